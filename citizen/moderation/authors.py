"""Authors as moderation knows them: handles that tell two texts of one person from two of two, and nothing else."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.moderation.models import Decision, Statement, Verdict


def handle_of(city: City, identity: str) -> str:
    """The handle of an identity in this city. Nobody who reads it learns the identity."""
    return keyed("author", city.id, identity).hex()[:32]


def keyed(*parts: object) -> bytes:
    """A hash that only this install can make."""
    secret: str = current_app.extensions["settings"].secret_key
    message = ":".join(str(part) for part in ("moderation", *parts))
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()


def earlier_decisions(city_id: int, authors: set[str]) -> dict[str, dict[Verdict, int]]:
    """How many texts of each author were decided in which way; what was undone does not count."""
    verdict = Decision.verdict
    query = (
        select(Statement.author, verdict, func.count())
        .join(Statement.decision)
        .where(Statement.city_id == city_id, Statement.author.in_(authors), Decision.undone_at.is_(None))
        .group_by(Statement.author, verdict)
    )
    found: dict[str, dict[Verdict, int]] = {}
    for author, name, number in db.session.execute(query):
        found.setdefault(str(author), {})[Verdict(name)] = number
    return found
