"""What moderators decided, what each author was told, and what came of an appeal."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import Base, Code, Created, Id, Line, LongText, Texts
from citizen.moderation.models.items import ModerationItem, one_of


class Verdict(StrEnum):
    """What a decision does: let the public read, keep from it, bring back, or keep an author from writing."""

    APPROVE = "approve"
    REJECT = "reject"
    RESTORE = "restore"
    BLOCK = "block"


class Outcome(StrEnum):
    """What came of an appeal."""

    GRANTED = "granted"
    UPHELD = "upheld"


class Decision(Base):
    """One act of one moderator, about one item or about many that were found by a filter.

    `sentence` and `basis` are the reason and the rule or law as they read on that day, by language. `is_done` turns
    true once the features have carried it out for every item, or taken it back for every item.
    """

    __tablename__ = "moderation_decision"
    __table_args__ = (
        CheckConstraint(one_of("verdict", Verdict), name="verdict_known"),
        Index("ix_moderation_decision_city_id_at", "city_id", "at"),
        Index("ix_moderation_decision_is_done", "is_done"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    verdict: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(40), default="")
    sentence: Mapped[Texts] = mapped_column(default=dict)
    basis: Mapped[Texts] = mapped_column(default=dict)
    is_legal: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[LongText] = mapped_column(default="")
    until: Mapped[datetime | None]
    number: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int | None] = mapped_column(Integer)
    by_name: Mapped[Line]
    at: Mapped[Created]
    undo_until: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    is_done: Mapped[bool] = mapped_column(default=False)
    city: Mapped[City] = relationship()

    @classmethod
    def in_city(cls, city: City) -> Select["Decision"]:
        return select(cls).where(cls.city_id == city.id)

    @property
    def is_restriction(self) -> bool:
        return self.verdict in {Verdict.REJECT, Verdict.BLOCK}


class Statement(Base):
    """What one decision means for one item: the author reads it under a private link and can appeal.

    `was_shown` and `reports` are as they stood at the decision, and `had_machine` says whether a rule had pointed to
    the text. `ended_at` is the moment in which the restriction was lifted or ran out.
    """

    __tablename__ = "moderation_statement"
    __table_args__ = (
        Index("ix_moderation_statement_author", "city_id", "author"),
        Index("ix_moderation_statement_work", "decision_id", "carried_out_at"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), index=True)
    author: Mapped[str | None] = mapped_column(String(64))
    was_shown: Mapped[bool]
    had_machine: Mapped[bool]
    reports: Mapped[int]
    carried_out_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    decision: Mapped[Decision] = relationship(lazy="joined", innerjoin=True)
    item: Mapped[ModerationItem] = relationship(lazy="joined", innerjoin=True)
    appeal: Mapped["Appeal | None"] = relationship(lazy="joined", back_populates="statement")

    @property
    def is_in_force(self) -> bool:
        """True while it keeps the text or the author from the public."""
        until = self.decision.until
        is_over = self.ended_at is not None or (until is not None and until <= clock.now())
        return self.decision.is_restriction and self.decision.undone_at is None and not is_over


class Appeal(Base):
    """The author's answer to a statement: one, decided by somebody else by `due_at`."""

    __tablename__ = "moderation_appeal"
    __table_args__ = (
        CheckConstraint(one_of("outcome", Outcome), name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_with_an_outcome"),
        Index("ix_moderation_appeal_waiting", "city_id", "outcome", "due_at"),
    )

    statement_id: Mapped[int] = mapped_column(ForeignKey("moderation_statement.id"), primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    text: Mapped[LongText]
    at: Mapped[Created]
    due_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[LongText] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(Integer)
    by_name: Mapped[Line] = mapped_column(default="")
    statement: Mapped[Statement] = relationship(lazy="joined", innerjoin=True, back_populates="appeal")
