"""What we keep about one person, for that person to take along, and to be forgotten.

A feature that keeps something about people says so here: `keeper(...)`, in a module that app.py imports.
"""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from citizen.accounts.models import User
from citizen.accounts.rules import memberships_of
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from citizen.core.mail import OutgoingMail


class Keeper(Protocol):
    """What a feature keeps about people. `name` is that of its part in the file."""

    name: str

    def told(self, person: User) -> Any:
        """All of it that is about this person, as JSON values."""

    def forget(self, person: User) -> None:
        """Delete it, or let nothing tell any more whose it is. Does not commit."""


_keepers: dict[str, Keeper] = {}


def keeper(found: Keeper) -> None:
    """From now on, a person's data holds this too, and it goes with their account."""
    _keepers[found.name] = found


def forget(person: User) -> None:
    """Let every feature forget the person."""
    for each in _keepers.values():
        each.forget(person)


def own_data(person: User) -> dict[str, Any]:
    """All that we keep about a person, as JSON values, but for the hashes and secrets that protect it."""
    return {
        "account": {
            "mail": person.email,
            "name": person.name,
            "language": person.language,
            "since": _text(person.created_at),
            "has_password": person.password_hash is not None,
            "second_factor_since": _text(person.factor_confirmed_at),
        },
        "roles": [
            {"city": row.city.name, "role": row.role, "since": _text(row.created_at)} for row in memberships_of(person)
        ],
        "mails": [{"subject": row.subject, "written": _text(row.created_at)} for row in _mails_to(person)],
        "acts": [{"at": _text(row.at), "act": row.verb, "subject": row.subject} for row in _acts_of(person)],
        **{each.name: each.told(person) for each in _keepers.values()},
    }


def _mails_to(person: User) -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).filter_by(to=person.email).order_by(OutgoingMail.id)))


def _acts_of(person: User) -> list[AuditEntry]:
    query = select(AuditEntry).filter_by(actor_kind="account", actor_id=person.id)
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
