"""The balance of a campaign: how many ideas came, how many were answered, how long it took. Read-only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select

from citizen.core.db import db
from ideation.models import ANSWERED, Campaign, Idea, Showing, Status


@dataclass(frozen=True)
class Balance:
    """Public ideas by status. `median_wait` is from an idea to its answer; None where nothing was answered yet.

    `waiting_since` is when the oldest idea without an answer came.
    """

    by_status: Mapping[Status, int]
    merged: int
    median_wait: timedelta | None
    waiting_since: datetime | None

    @property
    def ideas(self) -> int:
        return sum(self.by_status.values())

    @property
    def answered(self) -> int:
        return sum(self.by_status[status] for status in ANSWERED)


def balance(campaign: Campaign) -> Balance:
    public = (Idea.city_id == campaign.city_id, Idea.campaign_id == campaign.id, Idea.showing == Showing.SHOWN)
    counts = dict(db.session.execute(select(Idea.status, func.count()).where(*public).group_by(Idea.status)).all())
    merged = Idea.in_campaign(campaign).where(Idea.showing == Showing.MERGED)
    waiting = select(func.min(Idea.created_at)).where(*public, Idea.status.not_in(ANSWERED))
    return Balance(
        by_status={status: counts.get(status, 0) for status in Status},
        merged=db.session.scalar(select(func.count()).select_from(merged.subquery())) or 0,
        median_wait=_median_wait(campaign),
        waiting_since=db.session.scalar(waiting),
    )


def _median_wait(campaign: Campaign) -> timedelta | None:
    moments = select(Idea.created_at, Idea.answered_at).where(
        Idea.city_id == campaign.city_id,
        Idea.campaign_id == campaign.id,
        Idea.showing == Showing.SHOWN,
        Idea.answered_at.is_not(None),
    )
    found = db.session.execute(moments)
    seconds = [(answered - created).total_seconds() for created, answered in found if answered is not None]
    return timedelta(seconds=median(seconds)) if seconds else None
