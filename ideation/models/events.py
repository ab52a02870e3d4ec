"""What happened to ideas, and who hears of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.db import Base, CityId, Code, Created, Id, Line, Texts


class IdeaEvent(Base):
    """What the public may know of an idea's way: it was received, its status changed, it was merged or withdrawn.

    `kind` is "received", "status", "merged", "split", "withdrawn" or "answer". `link` leads on, to an indicator or to
    what the city does. `told_at` is when everybody who has a part in it had been noted down for mail.
    """

    __tablename__ = "idea_event"
    __table_args__ = (
        Index("ix_idea_event_idea_id", "city_id", "idea_id", "id"),
        Index("ix_idea_event_told_at", "told_at"),
    )

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    kind: Mapped[Code]
    status: Mapped[str | None] = mapped_column(String(20))
    sentence: Mapped[Texts] = mapped_column(default=dict)
    link: Mapped[Line] = mapped_column(default="")
    at: Mapped[Created]
    told_at: Mapped[datetime | None]


class IdeaNotice(Base):
    """This contributor hears of this event. The key makes sure that it happens once, whatever fails on the way."""

    __tablename__ = "idea_notice"

    city_id: Mapped[CityId]
    event_id: Mapped[int] = mapped_column(ForeignKey("idea_event.id"), primary_key=True)
    contributor_id: Mapped[int] = mapped_column(ForeignKey("contributor.id"), primary_key=True, index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    posted_at: Mapped[datetime | None]
