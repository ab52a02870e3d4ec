"""Who hears of what happened to an idea, exactly once each.

An event is first written down for everybody who has a part in it, and then told as often as each of them wants. The key
of the notice (event, contributor) makes a second one impossible; claiming it and posting the mail are one transaction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, case, literal, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from citizen.core import clock
from citizen.core.db import db
from ideation.models import (
    Contributor,
    Following,
    Idea,
    IdeaComment,
    IdeaEvent,
    IdeaNotice,
    IdeaSupport,
    Rhythm,
    Showing,
)

INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
MORNING = 6
"""The hour, in UTC, at which summaries go out: daily ones every day, weekly ones on Mondays."""
EVENTS_AT_ONCE = 20
PEOPLE_AT_ONCE = 200


def note_who_hears(before: datetime | None = None) -> int:
    """Write down who hears of the oldest events that nobody was noted for, up to a moment. How many they were."""
    waiting = select(IdeaEvent).where(IdeaEvent.told_at.is_(None), IdeaEvent.at <= (before or clock.now()))
    waiting = waiting.order_by(IdeaEvent.id).limit(EVENTS_AT_ONCE)
    events = db.session.scalars(waiting.with_for_update(skip_locked=True)).all()
    for event in events:
        _note(event)
        event.told_at = clock.now()
    return len(events)


def _note(event: IdeaEvent) -> None:
    moment = clock.now()
    due = case(
        (Contributor.rhythm == Rhythm.DAILY, literal(_next_morning(moment), IdeaNotice.due_at.type)),
        (Contributor.rhythm == Rhythm.WEEKLY, literal(_next_monday(moment), IdeaNotice.due_at.type)),
        else_=literal(moment, IdeaNotice.due_at.type),
    )
    listeners = select(literal(event.city_id), literal(event.id), Contributor.id, due).where(
        Contributor.city_id == event.city_id,
        Contributor.campaign_id == event.campaign_id,
        Contributor.id.in_(_concerned(event)),
        Contributor.email.is_not(None),
        Contributor.confirmed_at.is_not(None),
        Contributor.rhythm != Rhythm.NEVER,
    )
    statement = INSERTS[db.session.connection().dialect.name](IdeaNotice.__table__)
    names = ["city_id", "event_id", "contributor_id", "due_at"]
    db.session.execute(statement.from_select(names, listeners).on_conflict_do_nothing())


def _concerned(event: IdeaEvent) -> CompoundSelect[Any]:
    """Ids of everybody who proposed, supports, commented or follows the idea, its category or the campaign."""
    idea = db.session.get_one(Idea, event.idea_id)
    place = {"city_id": event.city_id, "campaign_id": event.campaign_id}
    topics = [f"idea:{idea.id}", f"category:{idea.category}", "campaign"]
    said = select(IdeaComment.author_id).filter_by(**place, idea_id=idea.id, showing=Showing.SHOWN)
    parts: Sequence[Select[Any]] = (
        _authors_of(idea),
        select(IdeaSupport.contributor_id).filter_by(**place, idea_id=idea.id),
        said.where(IdeaComment.author_id.is_not(None)),
        select(Following.contributor_id).filter_by(**place).where(Following.topic.in_(topics)),
    )
    return union(*parts)


def _authors_of(idea: Idea) -> Select[Any]:
    """Whoever proposed it, or an idea that was merged into it."""
    ours = (Idea.id == idea.id) | (Idea.merged_into_id == idea.id)
    return select(Idea.author_id).where(Idea.city_id == idea.city_id, ours, Idea.author_id.is_not(None))


def _next_morning(moment: datetime) -> datetime:
    today = moment.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return today if today > moment else today + timedelta(days=1)


def _next_monday(moment: datetime) -> datetime:
    morning = _next_morning(moment)
    return morning + timedelta(days=-morning.weekday() % 7)


def due_contributors() -> list[int]:
    """Ids of contributors who have something to hear by now, some at a time."""
    due = select(IdeaNotice.contributor_id).where(IdeaNotice.posted_at.is_(None), IdeaNotice.due_at <= clock.now())
    return list(db.session.scalars(due.distinct().order_by(IdeaNotice.contributor_id).limit(PEOPLE_AT_ONCE)))


def claim(contributor_id: int) -> list[IdeaEvent]:
    """The events that this contributor is to hear of now, the oldest first; nobody else gets them from here on."""
    ours = update(IdeaNotice).where(
        IdeaNotice.contributor_id == contributor_id,
        IdeaNotice.posted_at.is_(None),
        IdeaNotice.due_at <= clock.now(),
    )
    claimed = db.session.scalars(ours.values(posted_at=clock.now()).returning(IdeaNotice.event_id)).all()
    return list(db.session.scalars(select(IdeaEvent).where(IdeaEvent.id.in_(claimed)).order_by(IdeaEvent.id)))
