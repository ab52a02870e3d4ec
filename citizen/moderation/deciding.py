"""Decisions on one text or on many, and taking them back for a moment. Nothing here commits.

One statement moves the items, so that of two moderators one decides and the other one reads that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Table, exists, insert, literal, select, update

from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.texts import is_plain
from citizen.moderation import rules
from citizen.moderation.carrying_out import BATCH, carry_out
from citizen.moderation.differences import Difference, difference
from citizen.moderation.inbox import Filter
from citizen.moderation.models import (
    Decision,
    ItemState,
    ModerationEdition,
    ModerationHit,
    ModerationItem,
    Statement,
    Verdict,
)
from citizen.moderation.settings import offered_reasons
from citizen.moderation.signs import WEIGHTLESS

UNDO_ONE, UNDO_MANY = timedelta(seconds=30), timedelta(minutes=10)
MAX_FACTS = 1000
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Grounds:
    """Why: the code of a reason, what it is about in this case, and how long it lasts; for good without an end."""

    reason: str = ""
    facts: str = ""
    until: datetime | None = None


class Changed(Refused):
    """Its author has changed the text since the moderator saw it."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__(_("The author has changed this text while you were reading. Please look at the difference."))
        self.differences = differences


class Recounted(Refused):
    """There are more or fewer items by now than the moderator was shown; `number` says how many."""

    def __init__(self, number: int) -> None:
        super().__init__(_("The number of texts has changed. Please look at it again."))
        self.number = number


def decide(city: City, item: ModerationItem, verdict: Verdict, grounds: Grounds, *, seen: bytes, by: Actor) -> Decision:
    """Decide on one text. `seen` is the digest of what the moderator had before them."""
    decision = _decision(city, verdict, grounds, UNDO_ONE, by=by)
    is_this = (ModerationItem.id == item.id) & (ModerationItem.digest == seen)
    if not _take(city, decision, is_this):
        db.session.refresh(item)
        raise _why_not(item, seen)
    _settle(city, decision, 1, by=by, item=item.id)
    db.session.refresh(item)
    return decision


def decide_many(
    city: City, wanted: Filter, ids: list[int] | None, verdict: Verdict, grounds: Grounds, *, number: int, by: Actor
) -> Decision:
    """Decide on all that the filter finds, or on those of them that were ticked.

    `number` is how many the moderator was shown: where it is another one by now, nothing is decided.
    """
    decision = _decision(city, verdict, grounds, UNDO_MANY, by=by)
    found = wanted.clause(city) if ids is None else wanted.clause(city) & ModerationItem.id.in_(ids)
    taken = _take(city, decision, found)
    if taken != number or not taken:
        raise Recounted(taken)
    detail = {"filter": wanted.asked()} if ids is None else {"items": ids}
    _settle(city, decision, number, by=by, **detail)
    return decision


def undo(decision: Decision, *, by: Actor) -> None:
    """Take the decision back, as if it had never been: its items wait again, and nobody is told."""
    moment = clock.now()
    may_still = (Decision.id == decision.id, Decision.undone_at.is_(None), Decision.undo_until > moment)
    is_own = Decision.by_id == (by.id if by.kind == "account" else None)
    change = update(Decision).where(*may_still, is_own).values(undone_at=moment, is_done=False)
    if not _rows(change):
        raise Refused(_("The time for undoing is over. You can still decide anew."))
    db.session.refresh(decision)
    again = update(ModerationItem).where(ModerationItem.decision_id == decision.id)
    _rows(again.values(state=ItemState.WAITING, decision_id=None))
    place = f"decision {decision.id}"
    audit.record("undid a decision", place, by=by, city_id=decision.city_id, items=decision.number)
    carry_out(decision)


def restore(statement: Statement, *, by: Actor, facts: str = "") -> Decision:
    """End a restriction for one text: everything that it took comes back."""
    if not rules.may_lift(statement):
        raise Refused(_("This restriction has ended already."))
    item, city = statement.item, statement.decision.city
    decision = _decision(city, Verdict.RESTORE, Grounds(facts=facts), timedelta(), by=by)
    statement.ended_at = clock.now()
    if statement.decision.verdict == Verdict.REJECT and item.state != ItemState.GONE:
        item.state, item.decision_id, item.is_shown = ItemState.DECIDED, decision.id, True
        db.session.flush()
        _settle(city, decision, 1, by=by, item=item.id)
    else:
        decision.is_done = True
        audit.record("lifted a block", f"statement {statement.id}", by=by, city_id=city.id)
    return decision


def block(city: City, item: ModerationItem, grounds: Grounds, *, by: Actor) -> Decision:
    """Keep the author of this text from writing in the city until a day. Answers and votes stay possible."""
    if item.author is None:
        raise Refused(_("Nobody knows who wrote this: it came without anything that tells its author from others."))
    if grounds.until is None:
        raise Refused(_("Please say on which day the block ends."), status=422)
    decision = _decision(city, Verdict.BLOCK, grounds, UNDO_ONE, by=by)
    db.session.execute(_statements(decision, ModerationItem.id == item.id))
    audit.record("blocked an author", f"decision {decision.id}", by=by, city_id=city.id, item=item.id)
    carry_out(decision)
    return decision


def _decision(city: City, verdict: Verdict, grounds: Grounds, undo_time: timedelta, *, by: Actor) -> Decision:
    moment = clock.now()
    values: Mapping[str, Any] = {}
    if verdict in {Verdict.REJECT, Verdict.BLOCK}:
        values = _checked(city, grounds)
    decision = Decision(city_id=city.id, city=city, verdict=verdict, by_id=by.id, by_name=by.name, at=moment, **values)
    decision.undo_until = moment + undo_time
    decision.facts = grounds.facts
    db.session.add(decision)
    db.session.flush()
    return decision


def _checked(city: City, grounds: Grounds) -> Mapping[str, Any]:
    reason = offered_reasons(city).get(grounds.reason)
    if reason is None:
        raise Refused(_("Please choose a reason. The author will read it."), status=422)
    if len(grounds.facts) > MAX_FACTS or not is_plain(grounds.facts, lines=True):
        raise Refused(_("Please use at most %(most)s characters.", most=MAX_FACTS), status=422)
    if grounds.until is not None and not clock.now() < grounds.until < clock.now() + LONGEST:
        raise Refused(_("Please choose an end within the next three years."), status=422)
    if grounds.reason == "illegal" and not grounds.facts:
        raise Refused(_("Please name the law, and say what in the text is against it."), status=422)
    told = {"sentence": dict(reason.sentence), "basis": dict(reason.basis), "is_legal": reason.is_legal}
    return told | {"reason": reason.code, "until": grounds.until}


def _take(city: City, decision: Decision, which: ColumnElement[bool]) -> int:
    """Move what waits of these to "decided". How many there were."""
    waits = (ModerationItem.city_id == city.id) & (ModerationItem.state == ItemState.WAITING)
    change = update(ModerationItem).where(waits, which)
    return _rows(change.values(state=ItemState.DECIDED, decision_id=decision.id, reports_decided=_items().c.reports))


def _settle(city: City, decision: Decision, number: int, *, by: Actor, **detail: Any) -> None:
    """Write what everybody is told, and carry it out: at once for a few, by the worker for many."""
    decision.number = number
    db.session.execute(_statements(decision, ModerationItem.decision_id == decision.id))
    detail |= {"reason": decision.reason or None, "number": number}
    audit.record(f"{decision.verdict}: texts", f"decision {decision.id}", by=by, city_id=city.id, **detail)
    if number <= BATCH:
        carry_out(decision)


def _statements(decision: Decision, which: ColumnElement[bool]) -> Any:
    hit = ModerationHit
    ours = (hit.city_id == ModerationItem.city_id, hit.item_id == ModerationItem.id)
    has_hit = exists().where(*ours, hit.rule.not_in(WEIGHTLESS))
    item = ModerationItem
    columns = ["city_id", "decision_id", "item_id", "author", "was_shown", "had_machine", "reports"]
    rows = select(item.city_id, literal(decision.id), item.id, item.author, item.is_shown, has_hit, item.reports)
    return insert(Statement).from_select(columns, rows.where(item.city_id == decision.city_id, which))


def _why_not(item: ModerationItem, seen: bytes) -> Refused:
    if item.state == ItemState.GONE:
        return Refused(_("Its author has taken this text back. Nothing is left to decide."))
    if item.digest == seen or item.state == ItemState.DECIDED:
        return Refused(_("Somebody has decided on this text already."))
    place = {"city_id": item.city_id, "item_id": item.id, "digest": seen}
    before = db.session.scalar(select(ModerationEdition).filter_by(**place))
    old = f"{before.title}\n{before.text}".strip() if before else ""
    return Changed(difference(old, f"{item.title}\n{item.text}".strip()))


def _items() -> Table:
    return cast(Table, ModerationItem.__table__)


def _rows(statement: Any) -> int:
    """How many rows an update changed, which the session then reads anew."""
    result: Any = db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.expire_all()
    return int(result.rowcount)
