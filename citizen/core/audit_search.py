"""The log of staff acts as one city reads it: searched, page by page, and as a file. Read-only."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Select, or_, select

from citizen.core.audit import AuditEntry
from citizen.core.db import db
from citizen.core.spreadsheets import as_text

PAGE = 50
COLUMNS = ("number", "at", "actor_kind", "actor", "act", "subject", "detail", "digest")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words in who, what and whereon, and days; `before` is the number of a row."""

    q: str = ""
    since: str = ""
    until: str = ""
    before: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """What the address asks for; what cannot be read filters nothing."""
        before = asked.get("before", "")
        number = int(before) if before.isdecimal() and len(before) < 10 else None
        return cls(asked.get("q", "").strip()[:200], _day(asked, "since"), _day(asked, "until"), number)

    def asked(self) -> dict[str, str]:
        """The same as an address says it, without the page."""
        return {name: value for name in ("q", "since", "until") if (value := getattr(self, name))}


def _day(asked: Mapping[str, str], name: str) -> str:
    try:
        return date.fromisoformat(asked.get(name, "")).isoformat()
    except ValueError:
        return ""


@dataclass(frozen=True)
class Entries:
    """Some rows, and the number of the last one where older ones follow."""

    rows: list[AuditEntry]
    last: int | None


def entries(city_id: int, wanted: Wanted) -> Entries:
    query = _query(city_id, wanted)
    if wanted.before is not None:
        query = query.where(AuditEntry.id < wanted.before)
    found = list(db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(PAGE + 1)))
    return Entries(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def as_csv(city_id: int, wanted: Wanted) -> Iterator[str]:
    """Line by line, the oldest first."""
    yield _line(COLUMNS)
    query = _query(city_id, wanted).order_by(AuditEntry.id).execution_options(yield_per=500)
    for entry in db.session.scalars(query):
        detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
        texts = (entry.actor_kind, entry.actor_name, entry.verb, entry.subject, detail)
        yield _line((entry.id, entry.at.isoformat(), *(as_text(text) for text in texts), entry.digest.hex()))


def digests_in(file: str) -> Iterator[tuple[int, bytes]]:
    """Number and digest of each row of an exported file."""
    with Path(file).open(newline="") as lines:
        for row in csv.DictReader(lines):
            yield int(row["number"]), bytes.fromhex(row["digest"])


def _query(city_id: int, wanted: Wanted) -> Select[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.city_id == city_id)
    for word in wanted.q.split()[:8]:
        columns = (AuditEntry.verb, AuditEntry.subject, AuditEntry.actor_name)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if wanted.since:
        query = query.where(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(AuditEntry.at < _midnight(wanted.until) + timedelta(days=1))
    return query


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _line(cells: tuple[object, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
