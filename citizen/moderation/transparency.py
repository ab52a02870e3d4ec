"""What a city decided, counted for everybody: by reason, and what came of appeals. Read-only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.moderation.models import Appeal, Decision, ModerationItem, Outcome, Report, Statement, Verdict


@dataclass(frozen=True)
class Line:
    """Decisions of one month, of one kind, for one reason. Appeals count where their decision counts."""

    month: date
    source: str
    verdict: Verdict
    reason: str
    is_legal: bool
    number: int
    with_machine: int
    after_report: int
    appeals: int
    granted: int
    upheld: int


@dataclass(frozen=True)
class Transparency:
    """All lines, the newest month first, and what they come to."""

    lines: Sequence[Line]
    reports: int

    def total(self, verdict: Verdict) -> int:
        return sum(line.number for line in self.lines if line.verdict is verdict)

    @property
    def restrictions(self) -> Sequence[Line]:
        return [line for line in self.lines if line.verdict in {Verdict.REJECT, Verdict.BLOCK}]

    @property
    def appeals(self) -> int:
        return sum(line.appeals for line in self.lines)

    @property
    def granted(self) -> int:
        return sum(line.granted for line in self.lines)

    @property
    def upheld(self) -> int:
        return sum(line.upheld for line in self.lines)

    @property
    def by_reason(self) -> list[Line]:
        """Restrictions of all months together, those with the most decisions first."""
        found: dict[tuple[str, Verdict], Line] = {}
        for line in self.restrictions:
            key = (line.reason, line.verdict)
            found[key] = _sum(found[key], line) if key in found else line
        return sorted(found.values(), key=lambda line: (-line.number, line.reason))


def transparency(city: City) -> Transparency:
    """Decisions that were undone within seconds never were any."""
    year, month = func.extract("year", Decision.at), func.extract("month", Decision.at)
    kinds = (year, month, ModerationItem.source, Decision.verdict, Decision.reason)
    counts = (
        func.count(),
        func.sum(case((Statement.had_machine, 1), else_=0)),
        func.sum(case((Statement.reports > 0, 1), else_=0)),
        func.count(Appeal.statement_id),
        func.sum(case((Appeal.outcome == Outcome.GRANTED, 1), else_=0)),
        func.sum(case((Appeal.outcome == Outcome.UPHELD, 1), else_=0)),
    )
    query = (
        select(*kinds, Decision.is_legal, *counts)
        .select_from(Statement)
        .join(Statement.decision)
        .join(Statement.item)
        .outerjoin(Appeal, Appeal.statement_id == Statement.id)
        .where(Statement.city_id == city.id, Decision.undone_at.is_(None))
        .group_by(*kinds, Decision.is_legal)
    )
    lines = [
        Line(date(int(y), int(m), 1), source, Verdict(verdict), reason, is_legal, *(int(n or 0) for n in numbers))
        for y, m, source, verdict, reason, is_legal, *numbers in db.session.execute(query)
    ]
    lines.sort(key=lambda line: (line.month, line.number), reverse=True)
    reports = select(func.count()).select_from(Report).where(Report.city_id == city.id)
    return Transparency(lines, db.session.scalar(reports) or 0)


def _sum(one: Line, other: Line) -> Line:
    counters = ("number", "with_machine", "after_report", "appeals", "granted", "upheld")
    return Line(**vars(one) | {name: getattr(one, name) + getattr(other, name) for name in counters})
