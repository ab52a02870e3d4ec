"""A text of the public in front of the moderators, what rules found in it, and who reported it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen.cities.models import City
from citizen.core.db import UNORDERED, Base, CityId, Code, Created, Digest, Id, Line, LongText


class Cause(StrEnum):
    """Why a text is here; what weighs most wins."""

    AFTER = "after"
    BEFORE = "before"
    FLAGGED = "flagged"
    REPORTED = "reported"


class ItemState(StrEnum):
    """Where it stands. What its author took back is gone, and so is its text."""

    WAITING = "waiting"
    DECIDED = "decided"
    GONE = "gone"


def one_of(column: str, kinds: type[StrEnum]) -> str:
    """The text of a check constraint: the column holds one of these."""
    return f"{column} IN ({', '.join(repr(kind.value) for kind in kinds)})"


class ModerationItem(Base):
    """One text of a feature, as it reads now. `source` and `subject` say where the feature finds it again.

    `author` is a handle: it tells whether two texts have the same author, and nothing about who that is. `is_shown`
    says whether the public could read the text when it came here. `digest` covers what a moderator sees.
    """

    __tablename__ = "moderation_item"
    __table_args__ = (
        UniqueConstraint("city_id", "source", "subject"),
        CheckConstraint(one_of("cause", Cause), name="cause_known"),
        CheckConstraint(one_of("state", ItemState), name="state_known"),
        CheckConstraint("state != 'decided' OR decision_id IS NOT NULL", name="decided_by_somebody"),
        Index("ix_moderation_item_oldest", "city_id", "state", "waiting_since", "id"),
        Index("ix_moderation_item_kinds", "city_id", "state", "source", "cause"),
        Index("ix_moderation_item_same", "city_id", "digest"),
        Index("ix_moderation_item_author", "city_id", "author", "created_at"),
        Index("ix_moderation_item_decision", "decision_id"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    source: Mapped[Code]
    subject: Mapped[str] = mapped_column(String(120))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    context: Mapped[Line] = mapped_column(default="")
    path: Mapped[Line] = mapped_column(default="")
    language: Mapped[Code]
    title: Mapped[Line] = mapped_column(default="")
    text: Mapped[LongText]
    digest: Mapped[Digest]
    author: Mapped[str | None] = mapped_column(String(64))
    assurance: Mapped[int | None]
    cause: Mapped[Code]
    is_shown: Mapped[bool] = mapped_column(default=False)
    state: Mapped[Code] = mapped_column(default=ItemState.WAITING)
    reports: Mapped[int] = mapped_column(default=0)
    reports_decided: Mapped[int] = mapped_column(default=0)
    assigned_to_id: Mapped[int | None] = mapped_column(Integer)
    assigned_to: Mapped[Line] = mapped_column(default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_decision.id"))
    waiting_since: Mapped[Created]
    created_at: Mapped[Created]
    changed_at: Mapped[datetime | None]

    @classmethod
    def in_city(cls, city: City) -> Select["ModerationItem"]:
        return select(cls).where(cls.city_id == city.id)

    @property
    def is_waiting(self) -> bool:
        return self.state == ItemState.WAITING


class ModerationHit(Base):
    """A rule found something in the item. `found` says what, for the sentence that explains it."""

    __tablename__ = "moderation_hit"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    found: Mapped[Line] = mapped_column(default="")


class ModerationEdition(Base):
    """How an item read before its author changed it, so that whoever saw that can be shown the difference."""

    __tablename__ = "moderation_edition"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), primary_key=True)
    digest: Mapped[Digest] = mapped_column(primary_key=True)
    title: Mapped[Line] = mapped_column(default="")
    text: Mapped[LongText]


class Report(Base):
    """Somebody finds the item wrong. `reporter` is a keyed hash of their browser, so that it counts once."""

    __tablename__ = "moderation_report"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), primary_key=True)
    reporter: Mapped[Digest] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))
    text: Mapped[LongText] = mapped_column(default="")
    at: Mapped[Created]
