"""Who must prove what to sign in, and who may leave, as yes or no."""

from sqlalchemy import ColumnElement, exists, func, select

from citizen.accounts.models import Membership, Role, User
from citizen.core.db import db


def is_staff(person: User) -> bool:
    """True for whoever works for any city, or runs this install."""
    works_somewhere = select(exists().where(Membership.user_id == person.id))
    return person.is_platform_admin or bool(db.session.scalar(works_somewhere))


def must_use_password(person: User) -> bool:
    """A link by mail is not enough for staff, nor for whoever has set up a second factor."""
    return person.has_factor or is_staff(person)


def is_last_admin(membership: Membership) -> bool:
    """True where nobody could let new staff into the city if this one went."""
    if membership.role != Role.ADMIN:
        return False
    query = select(func.count()).select_from(Membership).where(_admins(membership.city_id))
    return db.session.scalar(query) == 1


def _admins(city_id: int) -> ColumnElement[bool]:
    return (Membership.city_id == city_id) & (Membership.role == Role.ADMIN)


def may_reset_factor(membership: Membership) -> bool:
    """An admin may do it for people of this city alone: another city's doors are not theirs to open."""
    person = membership.user
    works_elsewhere = exists().where(Membership.user_id == person.id, Membership.city_id != membership.city_id)
    return person.has_factor and not person.is_platform_admin and not db.session.scalar(select(works_elsewhere))


def may_be_erased(person: User) -> bool:
    return not any(is_last_admin(membership) for membership in memberships_of(person))


def memberships_of(person: User) -> list[Membership]:
    return list(db.session.scalars(select(Membership).where(Membership.user_id == person.id)))
