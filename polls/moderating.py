"""What people wrote under "something else": shown or not, as a moderator decides. Nothing here commits."""

from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import Table, update

from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.texts import is_plain
from citizen.participation.running import subject
from polls.models import Poll, PollOtherText

MAX_REASON = 300


class Decision(StrEnum):
    """What became of a text that was held."""

    APPROVED = "approved"
    REJECTED = "rejected"


def approve_text(poll: Poll, text_id: bytes, *, by: Actor) -> None:
    """Show the text beside the result."""
    _decide(poll, text_id, Decision.APPROVED, None, by=by)


def reject_text(poll: Poll, text_id: bytes, reason: str, *, by: Actor) -> None:
    """Keep the text to ourselves, and write down why."""
    if not reason or len(reason) > MAX_REASON or not is_plain(reason):
        raise Refused(_("Please give a reason, on one line."), status=422)
    _decide(poll, text_id, Decision.REJECTED, reason, by=by)


def _decide(poll: Poll, text_id: bytes, decision: Decision, reason: str | None, *, by: Actor) -> None:
    """In one statement, so that of two moderators one decides and the other one reads that."""
    table: Table = PollOtherText.__table__  # type: ignore[assignment]
    place = (table.c.city_id == poll.city_id) & (table.c.poll_id == poll.id) & (table.c.id == text_id)
    change = update(table).where(place, table.c.state != decision).values(state=decision, reason=reason)
    if not db.session.connection().execute(change).rowcount:
        raise Refused(_("Somebody has decided on this text already."))
    detail = {"text": text_id.hex(), "reason": reason}
    audit.record(f"{decision} a text", subject(poll), by=by, city_id=poll.city_id, **detail)
