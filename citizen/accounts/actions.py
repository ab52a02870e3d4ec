"""Every change to staff, roles, tokens and accounts. Nothing here commits."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from citizen.accounts import factor, keys, links, own_data, passwords, rules
from citizen.accounts.models import ApiToken, EmailLink, Membership, RecoveryCode, Role, User
from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.core.mail import OutgoingMail


def person_with(email: str) -> User | None:
    return db.session.scalar(select(User).filter_by(email=email))


def find_or_add_person(email: str, *, language: str | None = None) -> User:
    """The account of this mail address, made now where there is none. Two requests at once make one."""
    insert_once(User, email=email, language=language)
    return db.session.scalars(select(User).filter_by(email=email)).one()


def add_staff(city: City, email: str, role: Role, *, by: Actor) -> Membership:
    """Let somebody work for the city. Where they are signed in by a link, they have to sign in again."""
    person = find_or_add_person(email)
    if not insert_once(Membership, city_id=city.id, user_id=person.id, role=role):
        raise Refused(_("%(email)s is on the team already.", email=email))
    end_sessions(person)
    audit.record("added staff", subject(person), by=by, city_id=city.id, role=role)
    return db.session.scalars(select(Membership).filter_by(city_id=city.id, user_id=person.id)).one()


def note_invitation(membership: Membership, *, by: Actor) -> None:
    """Leave in the log that an invitation was sent once more."""
    audit.record("invited again", subject(membership.user), by=by, city_id=membership.city_id)


def make_platform_admin(email: str, *, by: Actor) -> User:
    """Let somebody run this install: an admin in every city."""
    person = find_or_add_person(email)
    if person.is_platform_admin:
        raise Refused(_("%(email)s is already an admin of the whole platform.", email=email))
    person.is_platform_admin = True
    end_sessions(person)
    audit.record("made platform admin", subject(person), by=by)
    return person


def change_role(membership: Membership, role: Role, *, by: Actor) -> None:
    """Give a member of staff another role. It counts from their next click on."""
    _hold_admins(membership.city_id)
    if role is not Role.ADMIN:
        _ensure_an_admin_stays(membership)
    earlier, membership.role = membership.role, role
    end_sessions(membership.user)
    detail = {"from": earlier, "to": role}
    audit.record("changed role", subject(membership.user), by=by, city_id=membership.city_id, **detail)


def end_role(membership: Membership, *, by: Actor) -> None:
    """Let a member of staff go. Their account stays; what they did stays in the log."""
    _hold_admins(membership.city_id)
    _ensure_an_admin_stays(membership)
    end_sessions(membership.user)
    db.session.delete(membership)
    audit.record("ended role", subject(membership.user), by=by, city_id=membership.city_id, role=membership.role)


def _hold_admins(city_id: int) -> None:
    """Two admins who end each other at the same moment take turns, so that the last one stays."""
    db.session.execute(select(City.id).filter_by(id=city_id).with_for_update())


def _ensure_an_admin_stays(membership: Membership) -> None:
    if rules.is_last_admin(membership):
        raise Refused(_("This is the only admin of the city. Please make somebody else an admin first."))


def end_sessions(person: User) -> None:
    """Sign the person out everywhere."""
    db.session.execute(update(User).where(User.id == person.id).values(epoch=User.epoch + 1))
    db.session.refresh(person, ["epoch"])


def set_password(person: User, password: str, *, by: Actor) -> None:
    """Keep a new password. It ends all sessions and waiting links. Raises Refused for a weak one."""
    problem = passwords.problem_with(password, own_words=own_words(person))
    if problem:
        raise Refused(problem, status=422)
    person.password_hash = passwords.hashed(password)
    end_sessions(person)
    links.end_links(person.email)
    audit.record("set password", subject(person), by=by)


def own_words(person: User) -> list[str]:
    """What an attacker who knows the person tries first."""
    cities = [word for membership in rules.memberships_of(person) for word in _names(membership.city)]
    return [person.email, *person.name.split(), "plaza", *cities]


def _names(city: City) -> list[str]:
    return [city.name, city.slug, *city.name.split()]


def confirm_factor(person: User, secret: str, code: str, *, by: Actor) -> list[str]:
    """Begin to use a second factor, proven by a code from it. Gives recovery codes; ends all sessions."""
    step = factor.step_of(secret, code)
    if step is None:
        raise Refused(_("This code is not right. Please type the code that the app shows now."), status=422)
    person.factor_secret, person.factor_last_step = secret, step
    person.factor_confirmed_at = clock.now()
    end_sessions(person)
    audit.record("set up second factor", subject(person), by=by)
    return factor.new_recovery_codes(person)


def reset_factor(person: User, *, by: Actor, city_id: int | None = None) -> None:
    """Take away a factor whose phone and codes are lost: a new one is set up at the next sign-in."""
    person.factor_secret = person.factor_confirmed_at = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == person.id))
    end_sessions(person)
    audit.record("reset second factor", subject(person), by=by, city_id=city_id)


def replace_recovery_codes(person: User, *, by: Actor) -> list[str]:
    """New recovery codes; the earlier ones end."""
    audit.record("made new recovery codes", subject(person), by=by)
    return factor.new_recovery_codes(person)


def create_token(city: City, name: str, role: Role, *, channel: str | None = None, by: Actor) -> tuple[ApiToken, str]:
    """A token for a program, and its key, which is shown once.

    A device with a channel stands where anybody may lay hands on it. Its token may only answer, so it gets
    the smallest role, whatever role is asked for.
    """
    role = Role.VIEWER if channel else role
    key = f"plaza_{keys.new_key()}"
    token = ApiToken(city_id=city.id, city=city, name=name, digest=keys.digest(key), role=role, channel=channel)
    db.session.add(token)
    db.session.flush()
    audit.record("created token", f"token {name}", by=by, city_id=city.id, role=role, channel=channel)
    return token, key


def end_token(token: ApiToken, *, by: Actor) -> None:
    """Make the token useless. Its row stays, for the log."""
    if token.ended_at is None:
        token.ended_at = clock.now()
        audit.record("ended token", f"token {token.name}", by=by, city_id=token.city_id)


def erase(person: User, *, by: Actor) -> None:
    """Delete the account and all that belongs to it. What staff did stays in the log of their city."""
    for membership in rules.memberships_of(person):
        _hold_admins(membership.city_id)
    if not rules.may_be_erased(person):
        raise Refused(_("You are the only admin of a city. Please make somebody else an admin first."))
    if rules.is_staff(person):
        audit.record("erased own account", subject(person), by=by)
    own_data.forget(person)
    for model in (RecoveryCode, Membership):
        db.session.execute(delete(model).where(model.user_id == person.id))
    db.session.execute(delete(EmailLink).where(EmailLink.email == person.email))
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.to == person.email))
    db.session.delete(person)


def subject(person: User) -> str:
    """How the audit names a person."""
    return f"account {person.email}"
