"""What we keep about one person, for that person to take along."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from citizen.accounts.models import User
from citizen.accounts.rules import memberships_of
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from citizen.core.mail import OutgoingMail


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
    }


def _mails_to(person: User) -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).filter_by(to=person.email).order_by(OutgoingMail.id)))


def _acts_of(person: User) -> list[AuditEntry]:
    query = select(AuditEntry).filter_by(actor_kind="account", actor_id=person.id)
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
