"""Whoever talks in a campaign: their support, comments, and what they follow."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.db import UNORDERED, Base, CityId, Code, Created, Digest, Id, Line, LongText, Texts
from ideation.models.campaigns import Campaign
from ideation.models.kinds import Rhythm, Showing, Stance, one_of


class Contributor(Base):
    """Somebody who talks in a campaign: whoever holds the key whose digest stands here.

    The key follows from the browser's cookie or the confirmed contact, and rides in the private link. `email` is there
    only where somebody wanted mail, and counts once it is confirmed.
    """

    __tablename__ = "contributor"
    __table_args__ = (
        UniqueConstraint("city_id", "campaign_id", "key_digest"),
        CheckConstraint(one_of("rhythm", Rhythm), name="rhythm_known"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    key_digest: Mapped[Digest]
    name: Mapped[Line] = mapped_column(default="")
    language: Mapped[Code]
    email: Mapped[str | None] = mapped_column(String(300))
    confirmed_at: Mapped[datetime | None]
    rhythm: Mapped[Code] = mapped_column(default=Rhythm.AT_ONCE)

    @property
    def has_mail(self) -> bool:
        return self.email is not None and self.confirmed_at is not None and self.rhythm != Rhythm.NEVER


class IdeaSupport(Base):
    """One contributor's support for one idea; the key makes a second one impossible."""

    __tablename__ = "idea_support"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    contributor_id: Mapped[int] = mapped_column(ForeignKey("contributor.id"), primary_key=True, index=True)


class IdeaComment(Base):
    """A comment, or a reply to one: never deeper than that. `receipt` is the digest of the form's key.

    `came_from_id` is the idea that it was written on, where that one was merged into another.
    """

    __tablename__ = "idea_comment"
    __table_args__ = (
        CheckConstraint(one_of("stance", Stance), name="stance_known"),
        CheckConstraint(one_of("showing", Showing), name="showing_known"),
        UniqueConstraint("city_id", "campaign_id", "receipt"),
        Index("ix_idea_comment_helpful", "city_id", "idea_id", "parent_id", "helpful", "id"),
        Index("ix_idea_comment_waiting", "city_id", "campaign_id", "showing", "id"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("idea_comment.id"))
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("contributor.id"), index=True)
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    stance: Mapped[Code] = mapped_column(default=Stance.REMARK)
    language: Mapped[Code]
    text: Mapped[LongText]
    author_name: Mapped[Line] = mapped_column(default="")
    is_official: Mapped[bool] = mapped_column(default=False)
    showing: Mapped[Code]
    hidden_reason: Mapped[Texts] = mapped_column(default=dict)
    helpful: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]

    @classmethod
    def in_campaign(cls, campaign: Campaign) -> Select["IdeaComment"]:
        return select(cls).where(cls.city_id == campaign.city_id, cls.campaign_id == campaign.id)


class CommentHelp(Base):
    """This comment helped this contributor."""

    __tablename__ = "idea_comment_help"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    comment_id: Mapped[int] = mapped_column(ForeignKey("idea_comment.id"), primary_key=True)
    contributor_id: Mapped[int] = mapped_column(ForeignKey("contributor.id"), primary_key=True)


class Following(Base):
    """A contributor wants to hear of an idea ("idea:7"), a category ("category:energy") or all of it ("campaign")."""

    __tablename__ = "idea_following"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(60), primary_key=True)
    contributor_id: Mapped[int] = mapped_column(ForeignKey("contributor.id"), primary_key=True, index=True)
