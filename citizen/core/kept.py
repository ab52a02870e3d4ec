"""Rows that staff write and the public reads: kept in memory until staff act in their city again.

Every act of staff raises the revision of its city in the same transaction, so that one small read tells whether what
is kept still holds. Kept rows belong to no session and are shared by all threads: they are for reading only.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from citizen.core.db import Base, db

Row = TypeVar("Row", bound=Base)
MOST = 2000

_rows: dict[Hashable, tuple[int, Any]] = {}


def kept(key: Hashable, revision: int, load: Callable[[], Row]) -> Row:
    """The row as of this revision of its city; `load` is asked for it where it is not known yet or too old."""
    found = _rows.get(key)
    if found is None or found[0] != revision:
        if len(_rows) >= MOST:
            _rows.clear()
        _rows[key] = found = (revision, _detached(load()))
    row: Row = found[1]
    return row


@event.listens_for(Session, "after_flush")
def forget(_session: Session, _context: Any) -> None:
    """This process changes rows itself: what it shows next comes from the database."""
    _rows.clear()


def _detached(row: Row) -> Row:
    """The row with all that hangs on it, outside of the session, whose rollback would empty it."""
    parts: list[Any] = [row]
    for relation in inspect(row).mapper.relationships:
        hanging = getattr(row, relation.key)
        parts += hanging if relation.uselist else [hanging]
    for part in parts:
        if part in db.session:
            db.session.expunge(part)
    return row
