"""Who may not write in a city until when. Read-only: a block is a decision, see `deciding.block`."""

from flask_babel import gettext as _
from sqlalchemy import Select, select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import localized, moment
from citizen.moderation.mails import statement_address
from citizen.moderation.models import Decision, Statement, Verdict


def ensure_not_blocked(city: City, author: str) -> None:
    """Refuse what a blocked author wants to write, with the reason, the end, and where to appeal."""
    found = block_of(city, author)
    if found is not None:
        words = _(
            "You cannot write here until %(end)s. %(reason)s You can read why, and appeal, at %(url)s",
            end=moment(found.decision.until or clock.now()),
            reason=localized(found.decision.sentence),
            url=statement_address(city, found),
        )
        raise Refused(words, status=403)


def block_of(city: City, author: str) -> Statement | None:
    """The block that keeps this author from writing now: the one that lasts longest."""
    return db.session.scalars(blocks_in(city).where(Statement.author == author).limit(1)).unique().first()


def blocks_in(city: City) -> Select[Statement]:
    """Blocks in force, those that last longest first."""
    query = select(Statement).join(Decision, Statement.decision_id == Decision.id)
    in_force = (Statement.ended_at.is_(None), Decision.undone_at.is_(None), Decision.until > clock.now())
    ours = query.where(Statement.city_id == city.id, Decision.verdict == Verdict.BLOCK, *in_force)
    return ours.order_by(Decision.until.desc(), Statement.id)
