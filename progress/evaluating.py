"""The rules of progress on anybody's figures: a table of cases or of series, and what comes out. Nothing is kept."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from citizen.core.errors import Refused
from insights.progress import Case, Progress, Series, growth, progress

Row = dict[str, Any]
MOST_ROWS = 100_000
LINE_NEEDS = ("kind", "baseline", "target", "value", "baseline_date", "due_date", "value_date")
LINE_FINDS = ("attained", "shown_percent", "elapsed", "expected", "pace", "noise", "status", "note")
GROWTH_NEEDS = ("base_value", "base_year", "current_value", "current_year", "direction")
GROWTH_FINDS = ("progress_value", "status", "score", "note")
DECIMALS = {"attained": 4, "shown_percent": 0, "elapsed": 4, "expected": 4, "pace": 3, "noise": 4}
KINDS = ("up", "down", "band", "keep", "yes/no", "level")
NOTHING = {"", "null", "none", "nan", "na"}
DIRECTIONS = {"1": 1, "-1": -1, "1.0": 1, "-1.0": -1, "up": 1, "down": -1, "positive": 1, "negative": -1}


@dataclass(frozen=True)
class Evaluated:
    """The rows with what was found, the names of their columns, and how many could not be computed."""

    columns: list[str]
    rows: list[Row]
    refused: int


def by_line(content: str) -> Evaluated:
    """Cases with the columns LINE_NEEDS, and if they like target_high, margin and path_json."""
    return _evaluated(content, LINE_NEEDS, LINE_FINDS, _line)


def by_growth(content: str) -> Evaluated:
    """Series with the columns GROWTH_NEEDS, and if they like limit, target and target_year."""
    return _evaluated(content, GROWTH_NEEDS, GROWTH_FINDS, _growth)


def _evaluated(
    content: str, needs: Sequence[str], finds: Sequence[str], compute: Callable[[Mapping[str, str]], Row]
) -> Evaluated:
    names, given = _table(content, needs)
    rows = [_computed(row, finds, compute) for row in given]
    kept = [name for name in names if name not in finds]
    return Evaluated([*kept, *finds], rows, sum(1 for row in rows if row["note"]))


def _table(content: str, needs: Sequence[str]) -> tuple[list[str], list[dict[str, str]]]:
    head = content.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    names = [name.strip() for name in reader.fieldnames or []]
    missing = [name for name in needs if name not in names]
    if missing:
        raise Refused(_("These columns are missing: %(names)s", names=", ".join(missing)), status=422)
    reader.fieldnames = names
    try:
        rows = [{name: (row.get(name) or "").strip() for name in names} for row in reader]
    except csv.Error:
        raise Refused(_("We cannot read this table from line %(line)s on.", line=reader.line_num), status=422) from None
    if len(rows) > MOST_ROWS:
        raise Refused(_("This file has too many rows. %(most)s is the most.", most=MOST_ROWS), status=422)
    return names, rows


def _computed(row: dict[str, str], finds: Sequence[str], compute: Callable[[Mapping[str, str]], Row]) -> Row:
    """The row with what was found; where nothing can be, its note says why."""
    given: Row = {name: value for name, value in row.items() if name not in finds}
    try:
        return given | dict.fromkeys(finds) | compute(row) | {"note": ""}
    except (ValueError, OverflowError, ArithmeticError) as problem:
        return given | dict.fromkeys(finds) | {"note": str(problem) or type(problem).__name__}


def _line(row: Mapping[str, str]) -> Row:
    found = progress(_case(row))
    components = {name: _plain(value, DECIMALS[name]) for name, value in _components(found)}
    return components | {"status": found.standing.value}


def _components(found: Progress) -> Iterator[tuple[str, Fraction | int | None]]:
    for name in DECIMALS:
        yield name, getattr(found, name)


def _plain(value: Fraction | int | None, decimals: int) -> float | int | None:
    """Rounded; a whole number stays one."""
    if value is None or isinstance(value, int):
        return value
    return round(float(value), decimals)


def _case(row: Mapping[str, str]) -> Case:
    kind = row["kind"].lower()
    if kind not in KINDS:
        raise ValueError(f"kind: {row['kind']!r}")
    return Case(
        kind=kind,
        baseline=_fraction(row, "baseline"),
        target=_fraction(row, "target"),
        value=_fraction(row, "value"),
        baseline_date=_needed_day(row, "baseline_date"),
        due_date=_day(row.get("due_date", ""), "due_date"),
        value_date=_day(row.get("value_date", ""), "value_date"),
        target_high=_fraction(row, "target_high"),
        margin=_fraction(row, "margin"),
        path=tuple(_path(row.get("path_json", ""))),
    )


def _fraction(row: Mapping[str, str], name: str) -> Fraction | None:
    typed = row.get(name, "")
    if typed.lower() in NOTHING:
        return None
    try:
        return Fraction(typed)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{name}: {typed!r}") from None


def _needed_day(row: Mapping[str, str], name: str) -> date:
    found = _day(row.get(name, ""), name)
    if found is None:
        raise ValueError(f"{name}: {row.get(name, '')!r}")
    return found


def _day(typed: str, name: str) -> date | None:
    if typed.lower() in NOTHING:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{name}: {typed!r}") from None


def _path(typed: str) -> Iterator[tuple[date, Fraction]]:
    """Points as [["2022-01-01", 30], …] or as [{"date": "2022-01-01", "value": 30}, …]."""
    if typed.lower() in NOTHING:
        return
    try:
        for point in json.loads(typed):
            day, value = (point["date"], point["value"]) if isinstance(point, dict) else point
            yield date.fromisoformat(day), Fraction(str(value))
    except (ValueError, TypeError, KeyError):
        raise ValueError(f"path_json: {typed[:60]!r}") from None


def _growth(row: Mapping[str, str]) -> Row:
    direction = DIRECTIONS.get(row["direction"].lower())
    if direction is None:
        raise ValueError(f"direction: {row['direction']!r}")
    names = ("base_value", "base_year", "current_value", "current_year", "limit", "target", "target_year")
    found = growth(Series(direction=direction, **{name: _float(row, name) for name in names}))
    return {"progress_value": found.value, "status": found.status, "score": found.score}


def _float(row: Mapping[str, str], name: str) -> float | None:
    value = _fraction(row, name)
    return None if value is None else float(value)
