"""Private links of authors: they follow from the statement's number, and nobody else can make them."""

import hmac

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.moderation.authors import keyed
from citizen.moderation.models import Statement


def key_of(statement_id: int) -> str:
    """What stands in the private link: the number, and 128 bits that prove that we gave it out."""
    return f"{statement_id}-{keyed('statement', statement_id).hex()[:32]}"


def statement_with(city: City, key: str) -> Statement | None:
    number, _dash, _proof = key.partition("-")
    if not number.isdecimal() or len(number) > 9 or not hmac.compare_digest(key.encode(), key_of(int(number)).encode()):
        return None
    query = select(Statement).where(Statement.city_id == city.id, Statement.id == int(number))
    found = db.session.scalars(query).unique().one_or_none()
    return found if found is not None and found.decision.undone_at is None else None
