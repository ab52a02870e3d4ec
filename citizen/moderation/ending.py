"""What moderation does by itself: restrictions with an end run out. Nothing here commits."""

from sqlalchemy import Select, select

from citizen.core import clock
from citizen.core.audit import SYSTEM
from citizen.core.db import db
from citizen.moderation.models import Decision, ItemState, Statement, Verdict
from citizen.moderation.sources import source_of

SOME = 100


def end_restrictions() -> int:
    """Bring back texts whose restriction has run out, some at a time. How many there were."""
    ended = list(db.session.scalars(_run_out().limit(SOME)).unique())
    for statement in ended:
        item, source = statement.item, source_of(statement.item.source)
        statement.ended_at = clock.now()
        is_ours = statement.decision.verdict == Verdict.REJECT and item.decision_id == statement.decision_id
        if is_ours and source is not None and item.state == ItemState.DECIDED:
            source.restore(statement.decision.city, [item.subject], by=SYSTEM)
            item.is_shown = True
    return len(ended)


def _run_out() -> Select[Statement]:
    query = select(Statement).join(Decision, Statement.decision_id == Decision.id)
    open_ones = (Statement.ended_at.is_(None), Statement.carried_out_at.is_not(None), Decision.undone_at.is_(None))
    return query.where(Decision.until <= clock.now(), *open_ones).order_by(Statement.id)
