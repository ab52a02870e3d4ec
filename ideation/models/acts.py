"""What staff did with many ideas at once, kept for a while so that it can be undone; and drafts of signed-in people."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.db import Base, CityId, Code, Created, Id


class CuratingAct(Base):
    """One act on ideas. `before` holds, by the id of each idea, what stood there; `events` the ids of what it noted."""

    __tablename__ = "idea_curating_act"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verb: Mapped[Code]
    before: Mapped[dict[str, Any]]
    events: Mapped[dict[str, Any]]
    at: Mapped[Created]
    undone_at: Mapped[datetime | None]


class IdeaDraftOnAccount(Base):
    """What a signed-in person has written of an idea and not sent yet, as the fields of the form."""

    __tablename__ = "idea_draft"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    fields: Mapped[dict[str, Any]]
    changed_at: Mapped[Created]
