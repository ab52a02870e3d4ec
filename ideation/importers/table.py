"""A CSV file of ideas, with whatever names other tools give to its columns. Nothing in it is fetched or run."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from flask_babel import gettext as _

from citizen.core.errors import Refused
from citizen.core.texts import can_be_seen
from ideation.importers.report import ImportReport, Row
from ideation.models import MAX_TITLE
from ideation.texts import clean_line, without_markup

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
MAX_TEXT = 20_000
"""Longer texts are cut. Ideas that come from elsewhere may be longer than ours."""
MAX_CELL = 1_000_000
MOST_SUPPORTS = 2**31 - 1
DELIMITERS = ",;\t|"
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")

COLUMNS = {
    "came_from": ("id", "idea_id", "proposal_id", "number", "nummer"),
    "title": ("title", "titel", "título", "titulo", "titre", "titolo", "name", "summary"),
    "text": ("text", "description", "beschreibung", "body", "descripción", "descripcion", "content", "idea"),
    "supports": ("supports", "cached_votes_up", "votes", "votes_up", "likes", "unterstützungen", "endorsements"),
    "created_at": ("created_at", "date", "created", "published_at", "datum", "fecha"),
    "withdrawn": ("retired_at", "withdrawn", "withdrawn_at"),
    "category": ("category", "kategorie", "categoría", "categoria", "tema"),
    "district": ("district", "stadtteil", "distrito", "area", "scope"),
    "cost": ("cost", "budget", "kosten", "price", "coste"),
    "author_name": ("author", "author_name", "verfasser", "autor"),
}
"""What the columns may be called, by the part of an idea that they hold."""


def read_table(content: bytes) -> ImportReport:
    """The rows of the file, each with what is wrong in it. Refuses what is no table with titles."""
    if len(content) > MAX_BYTES:
        raise Refused(_("This file is too large. 50 MB is the most."), status=422)
    reader = _reader(_text(content))
    places = _places(list(reader.fieldnames or []))
    report = ImportReport([], [name for name in reader.fieldnames or [] if name and name not in places.values()])
    try:
        for cells in reader:
            if len(report.rows) >= MAX_ROWS:
                words = _("This file has too many rows. %(most)s is the most.", most=MAX_ROWS)
                raise Refused(words, status=422)
            report.rows.append(_row(reader.line_num, {part: cells.get(name) or "" for part, name in places.items()}))
    except csv.Error:
        words = _("We cannot read this file from line %(line)s on.", line=reader.line_num)
        raise Refused(words, status=422) from None
    return report


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is no text in UTF-8. Please save it as “CSV UTF-8”."), status=422) from None


def _reader(text: str) -> "csv.DictReader[str]":
    csv.field_size_limit(MAX_CELL)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def _places(names: list[str]) -> dict[str, str]:
    """Which column holds which part, by the part."""
    known = {name.strip().casefold(): name for name in names if name}
    places = {part: next((known[name] for name in called if name in known), None) for part, called in COLUMNS.items()}
    if places["title"] is None:
        words = _("We found no column with the titles of the ideas. Please call it “title”.")
        raise Refused(words, status=422)
    return {part: name for part, name in places.items() if name is not None}


def _row(line: int, cells: Mapping[str, str]) -> Row:
    row = Row(line, clean_line(cells.get("came_from", ""))[:80], clean_line(cells["title"]), "")
    for read in (_read_title, _read_text, _read_numbers, _read_date):
        read(row, cells)
    row.category = clean_line(cells.get("category", "")) or None
    row.district = clean_line(cells.get("district", "")) or None
    row.author_name = clean_line(cells.get("author_name", ""))[:80]
    row.is_withdrawn = bool(cells.get("withdrawn", "").strip())
    return row


def _read_title(row: Row, _cells: Mapping[str, str]) -> None:
    if not can_be_seen(row.title):
        row.refuse(_("It has no title."))
    elif len(row.title) > MAX_TITLE:
        row.change(_("Its title was cut: “%(rest)s”", rest=row.title[MAX_TITLE:]))
        row.title = row.title[:MAX_TITLE].rstrip()


def _read_text(row: Row, cells: Mapping[str, str]) -> None:
    source = cells.get("text", "")
    row.text = without_markup(source)
    if len(row.text) > MAX_TEXT:
        row.text = row.text[:MAX_TEXT]
        row.change(_("Its text was cut after %(most)s characters.", most=MAX_TEXT))
    if re.search(r"<\s*(?:script|iframe|img|object|embed|form|style|svg)\b", source, re.IGNORECASE):
        row.change(_("Pictures and programs in its text were left out."))


def _read_numbers(row: Row, cells: Mapping[str, str]) -> None:
    row.supports = _number(row, cells.get("supports", ""), lambda: _("Its number of supporters is no number."))
    row.cost = _number(row, cells.get("cost", ""), lambda: _("Its cost is no number.")) or None


def _number(row: Row, text: str, sentence: Callable[[], str]) -> int:
    """A whole number from 0 on; anything else counts as 0, and the row says so."""
    typed = text.strip()
    if re.fullmatch(r"\d{1,10}", typed) and int(typed) <= MOST_SUPPORTS:
        return int(typed)
    if typed:
        row.change(sentence())
    return 0


def _read_date(row: Row, cells: Mapping[str, str]) -> None:
    typed = cells.get("created_at", "").strip()
    row.created_at = _moment(typed)
    if typed and row.created_at is None:
        row.change(_("We do not understand its date: “%(date)s”", date=typed[:40]))


def _moment(text: str) -> datetime | None:
    for pattern in DATES:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
