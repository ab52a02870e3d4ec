"""Who did what: a row for every staff act, in the same transaction, chained by hashes so that a change shows."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, select, text
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core import clock
from citizen.core.db import Base, Code, Created, Digest, Id, Line, db

GENESIS = bytes(32)
CHAIN_LOCK = 7_202_611
"""Number of the PostgreSQL advisory lock under which rows join the chain one after the other."""


@dataclass(frozen=True)
class Actor:
    """Who acts, as the audit names them: a person's account, a token, or the command line."""

    kind: str
    id: int | None
    name: str


COMMAND_LINE = Actor("command line", None, "command line")
SYSTEM = Actor("system", None, "Plaza")


class AuditEntry(Base):
    """One act. `digest` covers the row and the digest before it."""

    __tablename__ = "audit_entry"

    id: Mapped[Id]
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    at: Mapped[Created]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None] = mapped_column(Integer)
    actor_name: Mapped[Line]
    verb: Mapped[Line]
    subject: Mapped[Line]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[Digest]

    def computed_digest(self, previous: bytes) -> bytes:
        """SHA-256 over the row before and every column of this one."""
        content: list[Any] = [
            self.id,
            self.city_id,
            self.at.isoformat(),
            self.actor_kind,
            self.actor_id,
            self.actor_name,
        ]
        content += [self.verb, self.subject, self.detail]
        body = json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
        return hashlib.sha256(previous + body).digest()


def record(verb: str, subject: str, *, by: Actor, city_id: int | None = None, **detail: Any) -> AuditEntry:
    """Add the row for an act that stands in the open transaction. `detail` holds JSON values, never secrets."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    previous = db.session.execute(
        select(AuditEntry.id, AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
    ).first()
    entry = AuditEntry(
        id=previous.id + 1 if previous else 1,
        city_id=city_id,
        at=clock.now(),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        verb=verb,
        subject=subject,
        detail=detail,
    )
    entry.digest = entry.computed_digest(previous.digest if previous else GENESIS)
    db.session.add(entry)
    db.session.flush()
    return entry


def first_broken_entry() -> AuditEntry | None:
    """The first row whose digest does not follow from the row before it; None where the chain holds."""
    previous = GENESIS
    query = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    with closing(db.session.scalars(query)) as entries:
        for entry in entries:
            if not hmac.compare_digest(entry.digest, entry.computed_digest(previous)):
                return entry
            previous = entry.digest
    return None


def is_missing_before(entry: AuditEntry) -> bool:
    """True where the row in front of a broken one is gone: numbers follow each other without a gap."""
    return entry.id > 1 and db.session.get(AuditEntry, entry.id - 1) is None


def first_lost(kept: Iterable[tuple[int, bytes]]) -> int | None:
    """The first row of an older copy, number and digest, that does not stand here any more as it stood there.

    A chain that was cut off at its end holds in itself; only a copy shows what is missing.
    """
    for number, digest in kept:
        entry = db.session.get(AuditEntry, number)
        if entry is None or not hmac.compare_digest(entry.digest, digest):
            return number
    return None


def entries_since(moment: datetime, city_id: int) -> list[AuditEntry]:
    """The city's acts since a moment, newest first, at most 200."""
    query = select(AuditEntry).where(AuditEntry.city_id == city_id, AuditEntry.at >= moment)
    return list(db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(200)))
