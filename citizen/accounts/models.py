"""Accounts, the roles they hold in cities, and everything that proves who signs in."""

from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.cities.models import City
from citizen.core.db import Base, Created, Digest, Id, Line, db


class Role(StrEnum):
    """What a member of staff may do in one city."""

    ADMIN = "admin"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ANALYST = "analyst"
    VIEWER = "viewer"

    def covers(self, needed: "Role") -> bool:
        """An admin may do everything, everybody what a viewer may, and each what their own role says."""
        return self is Role.ADMIN or needed is Role.VIEWER or self is needed


class User(UserMixin, Base):
    """A person. Staff have a password and a factor; citizens have neither.

    `epoch` is part of every session: raising it ends all of them.
    """

    __tablename__ = "account"

    id: Mapped[Id]
    email: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line] = mapped_column(default="")
    language: Mapped[str | None]
    password_hash: Mapped[str | None]
    factor_secret: Mapped[str | None]
    factor_confirmed_at: Mapped[datetime | None]
    factor_last_step: Mapped[int] = mapped_column(default=0)
    is_platform_admin: Mapped[bool] = mapped_column(default=False)
    epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Created]

    def get_id(self) -> str:
        return f"{self.id}.{self.epoch}"

    @property
    def has_factor(self) -> bool:
        return self.factor_confirmed_at is not None

    @property
    def shown_name(self) -> str:
        return self.name or self.email


class Membership(Base):
    """The one role that a person holds in a city."""

    __tablename__ = "membership"

    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    role: Mapped[str]
    created_at: Mapped[Created]
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class RecoveryCode(Base):
    """A code on paper for the day the phone is lost. Each works once."""

    __tablename__ = "recovery_code"

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    digest: Mapped[Digest] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class EmailLink(Base):
    """A link by mail: to sign in, or to choose a password. Opening it does nothing; its button does."""

    __tablename__ = "email_link"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    email: Mapped[Line]
    next_path: Mapped[str]
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A key for programs: one role in one city. A kiosk's token names its channel and may only answer."""

    __tablename__ = "api_token"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    name: Mapped[Line]
    digest: Mapped[Digest] = mapped_column(unique=True)
    role: Mapped[str]
    channel: Mapped[str | None]
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)


def role_in(user: User, city: City) -> Role | None:
    """The role that the person holds in the city; platform admins are admins everywhere."""
    if user.is_platform_admin:
        return Role.ADMIN
    role = db.session.scalar(select(Membership.role).filter_by(user_id=user.id, city_id=city.id))
    return Role(role) if role else None


def staff_of(city: City) -> Select[Membership]:
    return select(Membership).where(Membership.city_id == city.id).join(User).order_by(User.email)
