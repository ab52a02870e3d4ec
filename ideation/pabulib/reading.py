"""From the text of a `.pb` file to what stands in it, or to a sentence that says which line is wrong."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from flask_babel import gettext as _

from citizen.core.errors import Refused
from ideation.pabulib.model import PbFile, PbProject, PbVote, VoteType

MAX_BYTES = 200 * 1024 * 1024
MAX_CELLS = 100_000_000
"""Votes times projects: the most that a count holds in memory, 8 bytes each."""
MAX_FIELD = 1_000_000
NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,9})?")
SECTIONS = ("META", "PROJECTS", "VOTES")

Row = Mapping[str, str]
Numbered = Iterator[tuple[int, list[str]]]


def read_pb(content: bytes) -> PbFile:
    """The file. Refuses what is none, with the number of the line."""
    if len(content) > MAX_BYTES:
        raise Refused(_("This file is too large to be counted."), status=422)
    sections = _sections(_text(content))
    meta = {row["key"].strip(): row["value"].strip() for _line, row in sections["META"] if {"key", "value"} <= set(row)}
    vote_type = _vote_type(meta)
    budget = _number(meta.get("budget", ""), lambda: _("The file does not say how large the budget is."))
    projects = _projects(sections["PROJECTS"])
    if len(projects) * len(sections["VOTES"]) > MAX_CELLS:
        raise Refused(_("This file is too large to be counted."), status=422)
    votes = tuple(_vote(line, row, vote_type, projects) for line, row in sections["VOTES"])
    return PbFile(budget, vote_type, tuple(projects.values()), votes, meta)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is no text in UTF-8."), status=422) from None


def _sections(text: str) -> dict[str, list[tuple[int, Row]]]:
    """The rows of each part, with their line numbers, by the names in its heading."""
    found: dict[str, list[tuple[int, Row]]] = {}
    rows = _rows(text)
    names: list[str] = []
    part: list[tuple[int, Row]] = []
    for line, cells in rows:
        if len(cells) == 1 and cells[0].strip().upper() in SECTIONS:
            part = found.setdefault(cells[0].strip().upper(), [])
            names = [name.strip().lower() for name in next(rows, (line, []))[1]]
        elif not found:
            raise _wrong(line, _("A .pb file begins with a line that says META."))
        else:
            part.append((line, dict(zip(names, cells, strict=False))))
    missing = [name for name in SECTIONS if name not in found]
    if missing:
        raise Refused(_("The part %(name)s is missing in this file.", name=missing[0]), status=422)
    return found


def _rows(text: str) -> Numbered:
    """Every line that is not empty, in cells, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    csv.field_size_limit(MAX_FIELD)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        raise _wrong(reader.line_num, _("We cannot read this line.")) from None


def _vote_type(meta: Row) -> VoteType:
    name = meta.get("vote_type", "").lower()
    try:
        return VoteType(name)
    except ValueError:
        known = ", ".join(VoteType)
        words = _("We do not know votes of the type “%(name)s”. We know: %(known)s.", name=name, known=known)
        raise Refused(words, status=422) from None


def _projects(rows: list[tuple[int, Row]]) -> dict[str, PbProject]:
    projects: dict[str, PbProject] = {}
    for line, row in rows:
        name = row.get("project_id", "").strip()
        if not name or name in projects:
            raise _wrong(line, _("Each project needs an id of its own."))
        cost = _number(row.get("cost", ""), lambda: _("The cost is no number."), line)
        if cost < 0:
            raise _wrong(line, _("A cost cannot be below zero."))
        projects[name] = PbProject(name, cost, row.get("name", "").strip())
    if not projects:
        raise Refused(_("There are no projects in this file."), status=422)
    return projects


def _vote(line: int, row: Row, vote_type: VoteType, projects: Mapping[str, PbProject]) -> PbVote:
    chosen = _list(row.get("vote", ""))
    unknown = next((name for name in chosen if name not in projects), None)
    if unknown is not None:
        raise _wrong(line, _("There is no project with the id “%(name)s”.", name=unknown[:60]))
    if len(set(chosen)) < len(chosen):
        raise _wrong(line, _("This vote names a project twice."))
    if not vote_type.has_points:
        return PbVote(chosen)
    given = tuple(_number(text, lambda: _("The points are no number."), line) for text in _list(row.get("points", "")))
    if len(given) != len(chosen) or any(points < 0 for points in given):
        raise _wrong(line, _("Each project in a vote needs its points, not below zero."))
    return PbVote(chosen, given)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(text: str, sentence: Callable[[], str], line: int | None = None) -> Fraction:
    if not NUMBER.fullmatch(text.strip()):
        raise Refused(sentence(), status=422) if line is None else _wrong(line, sentence())
    return Fraction(text.strip().replace(",", "."))


def _wrong(line: int, sentence: str) -> Refused:
    return Refused(_("Line %(line)s: %(sentence)s", line=line, sentence=sentence), status=422)
