"""The sheets of a wave as a stream, each with what was written on it: whatever their number, few are in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select

from citizen.core.db import db, reading
from surveys.models import SurveySheet, SurveyText, SurveyWave

AT_ONCE = 1000
REJECTED = "rejected"


@dataclass(frozen=True)
class Sheet:
    """One filled-in questionnaire. `id` is random and says nothing about who or when."""

    id: bytes
    version: int
    channel: str
    assurance: int
    answers: dict[str, Any]


def count_sheets(wave: SurveyWave) -> int:
    table: Table = SurveySheet.__table__  # type: ignore[assignment]
    query = select(func.count()).where(table.c.city_id == wave.city_id, table.c.wave_id == wave.id)
    return db.session.scalar(query) or 0


def stream_sheets(wave: SurveyWave, *, with_rejected: bool = False) -> Iterator[Sheet]:
    """All sheets in the order of their random ids. Texts that a moderator has rejected are left out, unless asked for.

    It reads over a connection of its own, so that whoever writes about progress meanwhile does not end it.
    """
    with reading() as connection:
        texts = _Texts(_stream(connection, _texts_of(wave, with_rejected=with_rejected)))
        for row in _stream(connection, _sheets_of(wave)):
            yield _sheet(row, texts.of(row.id))


def some_sheets(wave: SurveyWave, *, after: bytes, limit: int) -> list[Sheet]:
    """At most `limit` sheets behind the one with this id; the empty id for the first ones."""
    sheets, texts = SurveySheet.__table__, SurveyText.__table__
    rows = db.session.execute(_sheets_of(wave).where(sheets.c.id > after).limit(limit)).all()
    ids = [row.id for row in rows]
    found = db.session.execute(_texts_of(wave).where(texts.c.sheet_id.in_(ids))).all() if ids else []
    written: dict[bytes, dict[str, str]] = {}
    for text in found:
        written.setdefault(text.sheet_id, {})[text.field] = text.text
    return [_sheet(row, written.get(row.id, {})) for row in rows]


def _sheet(row: Row[Any], texts: dict[str, str]) -> Sheet:
    return Sheet(row.id, row.version, row.channel, row.assurance, row.answers | texts)


class _Texts:
    """Goes through the texts beside the sheets: both come in the order of the sheets' ids."""

    def __init__(self, rows: Iterator[Row[Any]]) -> None:
        self.rows = rows
        self.next = next(rows, None)

    def of(self, sheet_id: bytes) -> dict[str, str]:
        found = {}
        while self.next is not None and self.next.sheet_id <= sheet_id:
            if self.next.sheet_id == sheet_id:
                found[self.next.field] = self.next.text
            self.next = next(self.rows, None)
        return found


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    yield from connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(query)


def _sheets_of(wave: SurveyWave) -> Select[Any]:
    table: Table = SurveySheet.__table__  # type: ignore[assignment]
    columns = (table.c.id, table.c.version, table.c.channel, table.c.assurance, table.c.answers)
    return select(*columns).where(table.c.city_id == wave.city_id, table.c.wave_id == wave.id).order_by(table.c.id)


def _texts_of(wave: SurveyWave, *, with_rejected: bool = False) -> Select[Any]:
    table: Table = SurveyText.__table__  # type: ignore[assignment]
    ours = (table.c.city_id == wave.city_id) & (table.c.wave_id == wave.id)
    query = select(table.c.sheet_id, table.c.field, table.c.text).where(ours).order_by(table.c.sheet_id)
    return query if with_rejected else query.where(table.c.state != REJECTED)
