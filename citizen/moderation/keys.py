"""Private links of authors: they follow from the statement's number, and nobody else can make them."""

import hmac
from collections.abc import Sequence

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.moderation.authors import keyed
from citizen.moderation.models import ModerationItem, Statement


def key_of(statement_id: int) -> str:
    """What stands in the private link: the number, and 128 bits that prove that we gave it out."""
    return f"{statement_id}-{keyed('statement', statement_id).hex()[:32]}"


def keys_for(city: City, source: str, subjects: Sequence[str]) -> dict[str, str]:
    """By subject: what opens the statement about each text that is kept from the public. For its author alone."""
    if not subjects:
        return {}
    query = select(ModerationItem.subject, Statement.id).join(ModerationItem, Statement.item_id == ModerationItem.id)
    ours = (ModerationItem.city_id == city.id, ModerationItem.source == source, ModerationItem.subject.in_(subjects))
    in_force = (Statement.decision_id == ModerationItem.decision_id, Statement.ended_at.is_(None))
    return {subject: key_of(number) for subject, number in db.session.execute(query.where(*ours, *in_force))}


def statement_with(city: City, key: str) -> Statement | None:
    number, _dash, _proof = key.partition("-")
    if not number.isdecimal() or len(number) > 9 or not hmac.compare_digest(key.encode(), key_of(int(number)).encode()):
        return None
    query = select(Statement).where(Statement.city_id == city.id, Statement.id == int(number))
    found = db.session.scalars(query).unique().one_or_none()
    return found if found is not None and found.decision.undone_at is None else None
