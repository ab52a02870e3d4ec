"""An idea, its earlier versions, its words, and what staff keep about it."""

import secrets
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    and_,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.db import UNORDERED, Base, CityId, Code, Codes, Created, Digest, Id, Line, LongText, Texts
from ideation.models.campaigns import Campaign
from ideation.models.kinds import TERM, Showing, Status, one_of

BY_BYTES = String(TERM).with_variant(String(TERM, collation="C"), "postgresql")


class Idea(Base):
    """One idea, as its author wrote it last. Whole numbers on it are counters, kept with what they count.

    `mix` is a random number: the fair order, in which late ideas stand as far in front as early ones. `number` is its
    place on the ballot; None while it is on none. `came_from` is the id that an imported idea had elsewhere, and
    `imported_supports` the part of `supports` that came with it.
    """

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint(one_of("showing", Showing), name="showing_known"),
        CheckConstraint(one_of("status", Status), name="status_known"),
        CheckConstraint("(showing = 'merged') = (merged_into_id IS NOT NULL)", name="merged_somewhere"),
        UniqueConstraint("city_id", "campaign_id", "number"),
        UniqueConstraint("city_id", "campaign_id", "came_from"),
        UniqueConstraint("city_id", "campaign_id", "receipt"),
        Index("ix_idea_newest", "city_id", "campaign_id", "showing", "id"),
        Index("ix_idea_most_supported", "city_id", "campaign_id", "showing", "supports", "id"),
        Index("ix_idea_most_discussed", "city_id", "campaign_id", "showing", "comments", "id"),
        Index("ix_idea_mixed", "city_id", "campaign_id", "showing", "mix", "id"),
        Index("ix_idea_category", "city_id", "campaign_id", "showing", "category", "id"),
        Index("ix_idea_district", "city_id", "campaign_id", "showing", "district", "id"),
        Index("ix_idea_status", "city_id", "campaign_id", "showing", "status", "id"),
        Index("ix_idea_same_text", "city_id", "campaign_id", "text_digest"),
        Index("ix_idea_same_title", "city_id", "campaign_id", "title_digest"),
        Index("ix_idea_author_id", "author_id"),
        Index("ix_idea_merged_into_id", "merged_into_id"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("contributor.id"))
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    came_from: Mapped[str | None] = mapped_column(String(80))
    language: Mapped[Code]
    title: Mapped[Line]
    text: Mapped[LongText]
    title_digest: Mapped[Digest]
    text_digest: Mapped[Digest]
    author_name: Mapped[Line] = mapped_column(default="")
    category: Mapped[str | None] = mapped_column(String(40))
    district: Mapped[str | None] = mapped_column(String(64))
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    cost: Mapped[int | None]
    picture: Mapped[str | None]
    picture_width: Mapped[int | None]
    picture_height: Mapped[int | None]
    picture_alt: Mapped[Line] = mapped_column(default="")
    showing: Mapped[Code]
    hidden_reason: Mapped[Texts] = mapped_column(default=dict)
    status: Mapped[Code] = mapped_column(default=Status.RECEIVED)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    number: Mapped[int | None]
    flags: Mapped[Codes] = mapped_column(default=list)
    feasibility: Mapped[str | None] = mapped_column(String(20))
    assessed_cost: Mapped[int | None]
    department: Mapped[Line] = mapped_column(default="")
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    supports: Mapped[int] = mapped_column(default=0)
    imported_supports: Mapped[int] = mapped_column(default=0)
    comments: Mapped[int] = mapped_column(default=0)
    mix: Mapped[int] = mapped_column(default=lambda: secrets.randbelow(2**31))
    edition: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Created]
    changed_at: Mapped[Created]
    answered_at: Mapped[datetime | None]

    @classmethod
    def in_campaign(cls, campaign: Campaign) -> Select["Idea"]:
        return select(cls).where(cls.city_id == campaign.city_id, cls.campaign_id == campaign.id)

    @classmethod
    def public_in(cls, campaign: Campaign) -> Select["Idea"]:
        """What stands in lists: neither what waits, nor what was hidden, withdrawn or merged."""
        return cls.in_campaign(campaign).where(cls.showing == Showing.SHOWN)

    @hybrid_property
    def is_public(self) -> bool:
        return self.showing == Showing.SHOWN

    @hybrid_property
    def is_candidate(self) -> bool:
        """True where people can vote for it."""
        return self.number is not None and self.showing == Showing.SHOWN

    @is_candidate.inplace.expression
    @classmethod
    def _is_candidate(cls) -> ColumnElement[bool]:
        return and_(cls.number.is_not(None), cls.showing == Showing.SHOWN)

    @property
    def cost_on_ballot(self) -> int:
        """What it would cost, as the city found out, or as its author thought; 0 where nobody knows."""
        return self.assessed_cost or self.cost or 0


class IdeaVersion(Base):
    """An idea as it stood before its author or staff changed it."""

    __tablename__ = "idea_version"

    city_id: Mapped[CityId]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Line]
    text: Mapped[LongText]
    at: Mapped[Created]
    by_staff: Mapped[bool] = mapped_column(default=False)


class IdeaTerm(Base):
    """The index of words: one row for each stem of an idea. `in_title` counts more when ideas are compared.

    Both databases order the stems by their bytes, so that those with one beginning stand together.
    """

    __tablename__ = "idea_term"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    term: Mapped[str] = mapped_column(BY_BYTES, primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, index=True)
    in_title: Mapped[bool] = mapped_column(default=False)


class IdeaTag(Base):
    """A word that staff put on an idea to find it again. The public does not see it."""

    __tablename__ = "idea_tag"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, index=True)


class IdeaNote(Base):
    """What staff tell each other about an idea."""

    __tablename__ = "idea_note"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    text: Mapped[LongText]
    by: Mapped[Line]
    at: Mapped[Created]
