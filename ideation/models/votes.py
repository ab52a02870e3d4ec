"""Secret ballots, their counters, and what came out."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.db import UNORDERED, Base, CityId, Code, Created


class IdeaBallot(Base):
    """One secret ballot. `used` is what was spent of `allowed`: votes, points or ranks; the check keeps the limit.

    `voter` is HMAC(the campaign's secret, who votes): only while the secret exists can somebody find their ballot
    again, to change it. At the end it is replaced by random bytes.
    """

    __tablename__ = "idea_ballot"
    __table_args__ = (CheckConstraint("used BETWEEN 0 AND allowed", name="within_the_limit"), UNORDERED)

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    voter: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used: Mapped[int]
    allowed: Mapped[int]
    channel: Mapped[Code]
    assurance: Mapped[int]
    day: Mapped[date] = mapped_column(Date)


class IdeaVote(Base):
    """What a ballot gives to one idea: `points` (1 where they are only chosen), or a `place` in a ranking."""

    __tablename__ = "idea_vote"
    __table_args__ = (CheckConstraint("points > 0", name="points_positive"), UNORDERED)

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    voter: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, index=True)
    points: Mapped[int] = mapped_column(default=1)
    place: Mapped[int] = mapped_column(default=0)


class VoteTally(Base):
    """Kept counters of the vote: how many ballots name the idea, and how many points they give it."""

    __tablename__ = "idea_vote_tally"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    assurance: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    points: Mapped[int]


class VoteOutcome(Base):
    """What came out of a campaign's vote, with the steps that led there, counted once after the end."""

    __tablename__ = "idea_vote_outcome"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    document: Mapped[dict[str, Any]]
    counted_at: Mapped[Created]
