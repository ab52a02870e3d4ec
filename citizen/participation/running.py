"""What staff do with every consultation while it runs: close it, move its end, take it back. Nothing here commits."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation import rules
from citizen.participation.models import Consultation


def hold(consultation: Consultation) -> None:
    """Keep everybody else from changing or answering it until this transaction ends, and see it as it is.

    SQLite needs no lock here: its writing transactions stand in a queue from their beginning.
    """
    table = Consultation.__table__
    db.session.execute(select(table.c.id).where(table.c.id == consultation.id).with_for_update())
    db.session.refresh(consultation)


def close(consultation: Consultation, *, by: Actor) -> None:
    """End answering now, earlier than planned."""
    hold(consultation)
    if not rules.may_close(consultation):
        raise Refused(_("Only what is open can be closed."))
    consultation.closed_at = clock.now()
    audit.record("closed early", subject(consultation), by=by, city_id=consultation.city_id)


def move_closing(consultation: Consultation, closes_at: datetime, *, by: Actor) -> None:
    """Let it end at another moment than planned. The public sees the new one."""
    hold(consultation)
    if not rules.may_move_closing(consultation):
        raise Refused(_("This has ended. You can copy it and ask again."))
    if closes_at <= max(clock.now(), consultation.opens_at):
        raise Refused(_("Please choose a closing time in the future, after the opening time."), status=422)
    moments = {"before": consultation.closes_at.isoformat(), "after": closes_at.isoformat()}
    consultation.closes_at = closes_at
    audit.record("moved the closing time", subject(consultation), by=by, city_id=consultation.city_id, **moments)


def withdraw(consultation: Consultation, reason: dict[str, str], *, by: Actor) -> None:
    """Take it back. Its page stays and shows the reason; its results do not."""
    hold(consultation)
    if not rules.may_withdraw(consultation):
        raise Refused(_("Only what is published can be withdrawn."))
    if not any(text.strip() for text in reason.values()):
        raise Refused(_("Please write a reason. The public will read it."), status=422)
    consultation.withdrawn_at, consultation.withdrawal_reason = clock.now(), reason
    audit.record("withdrew", subject(consultation), by=by, city_id=consultation.city_id, reason=reason)


def subject(consultation: Consultation) -> str:
    """How the audit names it: "poll transport-app"."""
    return f"{consultation.kind} {consultation.slug}"
