"""How a city moderates: its reasons, its words, and what its rules look at."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.db import Base, CityId, Codes, Texts


class ReasonTemplate(Base):
    """A reason in the city's own words; it replaces the general one of the same code."""

    __tablename__ = "moderation_reason"

    city_id: Mapped[CityId]
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[Texts]
    sentence: Mapped[Texts]
    basis: Mapped[Texts] = mapped_column(default=dict)
    is_legal: Mapped[bool] = mapped_column(default=False)
    is_offered: Mapped[bool] = mapped_column(default=True)


class WordList(Base):
    """Words of one language that a moderator should look at. "idiot*" stands for all words that begin so."""

    __tablename__ = "moderation_words"

    city_id: Mapped[CityId]
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    words: Mapped[Codes]


class ModerationRules(Base):
    """What the rules look at in one city. `off` names those that it does not want."""

    __tablename__ = "moderation_rules"
    __table_args__ = (
        CheckConstraint("most_links BETWEEN 0 AND 50", name="links_in_bounds"),
        CheckConstraint("burst BETWEEN 2 AND 1000", name="burst_in_bounds"),
        CheckConstraint("appeal_days BETWEEN 1 AND 90", name="appeal_days_in_bounds"),
    )

    city_id: Mapped[CityId]
    off: Mapped[Codes] = mapped_column(default=list)
    most_links: Mapped[int] = mapped_column(default=2)
    burst: Mapped[int] = mapped_column(default=5)
    appeal_days: Mapped[int] = mapped_column(default=14)
    sends_digest: Mapped[bool] = mapped_column(default=True)
