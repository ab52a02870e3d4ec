"""What waits, as moderators look through it: filtered, the oldest first, page by page. Read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_

from citizen.cities.models import City
from citizen.core.db import db
from citizen.moderation.authors import earlier_decisions
from citizen.moderation.models import Decision, ItemState, ModerationHit, ModerationItem, Report, Verdict

PAGE = 30
MOST_WORDS = 8
UNASSIGNED = "nobody"


@dataclass(frozen=True)
class Filter:
    """What to show; everything that is empty filters nothing. It stands in the address under the same names."""

    state: str = ItemState.WAITING.value
    source: str = ""
    cause: str = ""
    rule: str = ""
    language: str = ""
    consultation: str = ""
    author: str = ""
    assigned: str = ""
    q: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filter":
        """What an address or a form asks for."""
        values = {field.name: asked.get(field.name, "").strip()[:200] for field in fields(cls)}
        if values["state"] not in {ItemState.WAITING, ItemState.DECIDED}:
            values["state"] = ItemState.WAITING.value
        for name in ("consultation", "assigned"):
            is_number = values[name].isdecimal() and len(values[name]) < 10
            values[name] = values[name] if is_number or values[name] == UNASSIGNED else ""
        return cls(**values)

    def asked(self) -> dict[str, str]:
        """The same as an address says it, without what is empty."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value and (name, value) != ("state", "waiting")}

    @property
    def is_narrow(self) -> bool:
        """True where it leaves something out that waits."""
        return bool(self.asked())

    def clause(self, city: City) -> ColumnElement[bool]:
        parts = [ModerationItem.city_id == city.id, ModerationItem.state == self.state]
        named = {name: getattr(self, name) for name in ("source", "cause", "language", "author")}
        parts += [getattr(ModerationItem, name) == value for name, value in named.items() if value]
        if self.consultation.isdecimal():
            parts.append(ModerationItem.consultation_id == int(self.consultation))
        if self.rule:
            parts.append(_has_hit(self.rule))
        return and_(*parts, *self._assigned(), *(_holds(word) for word in self.q.split()[:MOST_WORDS]))

    def _assigned(self) -> list[ColumnElement[bool]]:
        if self.assigned == UNASSIGNED:
            return [ModerationItem.assigned_to_id.is_(None)]
        return [ModerationItem.assigned_to_id == int(self.assigned)] if self.assigned else []


def _has_hit(rule: str) -> ColumnElement[bool]:
    """Looked up by the whole key for each item: as a join, PostgreSQL plans it badly while a wave of spam comes in."""
    hit = ModerationHit
    ours = (hit.city_id == ModerationItem.city_id, hit.item_id == ModerationItem.id, hit.rule == rule)
    return select(hit.found).where(*ours).limit(1).scalar_subquery().is_not(None)


def _holds(word: str) -> ColumnElement[bool]:
    """Whatever the case. SQLite knows capital letters of English only, so that others are tried as they may stand."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    columns = (ModerationItem.text, ModerationItem.title)
    return or_(*(column.icontains(way, autoescape=True) for way in sorted(ways) for column in columns))


@dataclass(frozen=True)
class Shown:
    """An item with all that a moderator looks at beside its text."""

    item: ModerationItem
    hits: Sequence[ModerationHit]
    earlier: Mapping[Verdict, int]
    reports: Sequence[Report]
    decision: Decision | None


@dataclass(frozen=True)
class InboxPage:
    """Some items, and the key of the last one where more follow."""

    items: tuple[Shown, ...]
    after: str | None


def inbox_page(city: City, wanted: Filter, after: str = "", most: int = PAGE) -> InboxPage:
    """The items behind the key, the oldest first; of those that were decided, the newest first."""
    place = (ModerationItem.waiting_since, ModerationItem.id)
    query = select(ModerationItem).where(wanted.clause(city))
    begin = _parsed(after)
    if wanted.state == ItemState.WAITING:
        query = query.where(tuple_(*place) > tuple_(*begin)) if begin else query
        query = query.order_by(*place)
    else:
        query = query.where(tuple_(*place) < tuple_(*begin)) if begin else query
        query = query.order_by(*(column.desc() for column in place))
    found = list(db.session.scalars(query.limit(most + 1)))
    shown = found[:most]
    return InboxPage(tuple(with_all(city, shown)), _key(shown[-1]) if len(found) > most else None)


def with_all(city: City, items: Sequence[ModerationItem]) -> list[Shown]:
    ids = [item.id for item in items]
    hits = _by_item(ModerationHit, city, ids)
    reports = _by_item(Report, city, [item.id for item in items if item.reports])
    earlier = earlier_decisions(city.id, {item.author for item in items if item.author})
    decisions = select(Decision).where(Decision.id.in_({item.decision_id for item in items if item.decision_id}))
    found = {decision.id: decision for decision in db.session.scalars(decisions)}
    return [
        Shown(
            item,
            hits.get(item.id, []),
            earlier.get(item.author or "", {}),
            reports.get(item.id, []),
            found.get(item.decision_id or 0),
        )
        for item in items
    ]


def _by_item(model: Any, city: City, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    if ids:
        rows = db.session.scalars(select(model).where(model.city_id == city.id, model.item_id.in_(ids)))
        for row in rows:
            found.setdefault(row.item_id, []).append(row)
    return found


def number_of(city: City, wanted: Filter) -> int:
    return db.session.scalar(select(func.count()).select_from(ModerationItem).where(wanted.clause(city))) or 0


@dataclass(frozen=True)
class Waiting:
    """How much waits in a city, by source and by cause, and since when."""

    number: int
    since: datetime | None
    by_source: Mapping[str, int]
    by_cause: Mapping[str, int]


def waiting(city: City) -> Waiting:
    """Read from the indexes alone, so that it costs little where a hundred thousand wait."""
    ours = (ModerationItem.city_id == city.id, ModerationItem.state == ItemState.WAITING)
    kinds = select(ModerationItem.source, ModerationItem.cause, func.count()).where(*ours)
    by_source: dict[str, int] = {}
    by_cause: dict[str, int] = {}
    for source, cause, n in db.session.execute(kinds.group_by(ModerationItem.source, ModerationItem.cause)):
        by_source[source] = by_source.get(source, 0) + n
        by_cause[cause] = by_cause.get(cause, 0) + n
    since = db.session.scalar(select(func.min(ModerationItem.waiting_since)).where(*ours))
    return Waiting(sum(by_source.values()), since, by_source, by_cause)


def rules_that_hit(city: City) -> dict[str, int]:
    """How many items that wait each rule points to."""
    hit = and_(ModerationHit.item_id == ModerationItem.id, ModerationItem.state == ItemState.WAITING)
    query = select(ModerationHit.rule, func.count()).join(ModerationItem, hit)
    query = query.where(ModerationHit.city_id == city.id).group_by(ModerationHit.rule).order_by(ModerationHit.rule)
    found: dict[str, int] = dict(db.session.execute(query).all())
    return found


def is_empty(city: City) -> bool:
    """True where no text has ever come in."""
    return not db.session.scalar(select(exists().where(ModerationItem.city_id == city.id)))


def _key(item: ModerationItem) -> str:
    return f"{int(item.waiting_since.timestamp())}-{item.id}"


def _parsed(key: str) -> tuple[datetime, int] | None:
    moment, _dash, number = key.partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(moment) < 12 and len(number) < 10):
        return None
    return datetime.fromtimestamp(int(moment), UTC), int(number)
