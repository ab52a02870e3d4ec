"""Consultations, and what we keep about taking part in them.

Two kinds of rows exist for one answer and nothing joins them: `Participation` says that a participant took part,
the feature's own tables (ballots, tallies) say what was answered. Neither has a moment, a number or an order.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, Self

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import UNORDERED, Base, CityId, Code, Created, Digest, Id, Slug, Texts


class Assurance(IntEnum):
    """How sure we are that one person answers once."""

    OPEN = 0
    DEVICE = 1
    CONTACT = 2
    ENTITLED = 3
    VERIFIED = 4


class Channel(StrEnum):
    """How an answer reached us."""

    WEB = "web"
    QR = "qr"
    KIOSK = "kiosk"
    PAPER = "paper"
    EVENT = "event"
    EMBED = "embed"
    API = "api"
    INVITED = "invited"


SELF_DECLARED = (Channel.WEB, Channel.QR, Channel.EVENT, Channel.EMBED)
"""The channels that an address may name by itself; the others need a token or a member of staff."""


class ResultsRule(StrEnum):
    """When the public sees results."""

    ALWAYS = "always"
    AFTER_ANSWER = "after_answer"
    AFTER_CLOSE = "after_close"


class State(StrEnum):
    """Where a consultation stands; computed from its moments, never stored."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Consultation(Base):
    """What a city opens to answers: a poll, a survey wave or an idea campaign, told apart by `kind`."""

    __tablename__ = "consultation"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}
    __table_args__: Any = (
        UniqueConstraint("city_id", "kind", "slug"),
        Index("ix_consultation_city_id_closes_at", "city_id", "closes_at"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("assurance BETWEEN 0 AND 4", name="assurance_known"),
        CheckConstraint("results IN ('always', 'after_answer', 'after_close')", name="results_known"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    kind: Mapped[Code]
    slug: Mapped[Slug]
    title: Mapped[Texts]
    assurance: Mapped[int] = mapped_column(default=Assurance.DEVICE)
    results: Mapped[Code] = mapped_column(default=ResultsRule.ALWAYS)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[Texts] = mapped_column(default=dict)
    sealed_at: Mapped[datetime | None]
    created_at: Mapped[Created]
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def in_city(cls, city: City) -> Select[Self]:
        return select(cls).where(cls.city_id == city.id)

    @classmethod
    def public_in(cls, city: City) -> Select[Self]:
        """What the public may know of: published, withdrawn ones too, with their reason."""
        return cls.in_city(city).where(cls.published_at.is_not(None))

    @property
    def occasion(self) -> Mapping[str, str]:
        """What tells it from others of the same title, by language; empty for most."""
        return {}

    @property
    def ends_at(self) -> datetime:
        """When answering ended or will end: the planned moment, or the earlier one that staff chose."""
        return min(self.closes_at, self.closed_at or self.closes_at, self.withdrawn_at or self.closes_at)

    @hybrid_property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> ColumnElement[bool]:
        moment = clock.now()
        return and_(
            cls.published_at.is_not(None),
            cls.withdrawn_at.is_(None),
            cls.opens_at <= moment,
            cls.closes_at > moment,
            or_(cls.closed_at.is_(None), cls.closed_at > moment),
        )

    @property
    def state(self) -> State:
        moment = clock.now()
        if self.published_at is None:
            return State.DRAFT
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        if moment >= self.ends_at:
            return State.CLOSED
        return State.OPEN if moment >= self.opens_at else State.UPCOMING


class ConsultationSecret(Base):
    """What turns identities into participant keys. Destroyed after closing: then nobody can link any more."""

    __tablename__ = "consultation_secret"

    city_id: Mapped[CityId]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    secret: Mapped[Digest]


class Participation(Base):
    """This participant took part. The key makes a second answer impossible."""

    __tablename__ = "participation"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    participant: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class Receipt(Base):
    """The reply that was given under an idempotency key, so that a replay gets the same.

    `key_digest` is the hash of the key, and `fingerprint` covers the body under the key itself, which we do not
    keep: without it nobody can try out which answer belongs to a receipt.
    """

    __tablename__ = "receipt"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    fingerprint: Mapped[Digest]
    outcome: Mapped[Code]


class AnswerCount(Base):
    """How many answers came on a day, by channel and assurance level."""

    __tablename__ = "answer_count"

    city_id: Mapped[CityId]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    assurance: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]


class Burst(Base):
    """How often on a day one network sent faster than people do and was asked to wait. Staff see it."""

    __tablename__ = "burst"

    city_id: Mapped[CityId]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    n: Mapped[int]


def count_of_answers(consultation: Any) -> Select[int]:
    """Query for the number of answers that count."""
    return select(func.coalesce(func.sum(AnswerCount.n), 0)).where(
        AnswerCount.city_id == consultation.city_id, AnswerCount.consultation_id == consultation.id
    )
