"""What a decision does to the texts of features, and whom it tells; some at a time, so that a worker can do many.

Nothing here commits. A statement whose part is done has `carried_out_at`; taking a decision back clears it again.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from citizen.core import clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.mail import recall
from citizen.moderation import mails
from citizen.moderation.models import Decision, ItemState, Statement, Verdict
from citizen.moderation.sources import Source, source_of

BATCH = 200


def carry_out(decision: Decision) -> int:
    """Do the next part of it. How many statements that were; with the last one the decision is done."""
    is_done = Statement.carried_out_at.is_not(None)
    todo = is_done if decision.undone_at else ~is_done
    query = select(Statement).where(Statement.decision_id == decision.id, todo).order_by(Statement.id).limit(BATCH)
    statements = list(db.session.scalars(query).unique())
    by = Actor("account" if decision.by_id else "system", decision.by_id, decision.by_name)
    if decision.undone_at:
        _take_back(decision, statements, by)
    else:
        _do(decision, statements, by)
    db.session.flush()
    decision.is_done = len(statements) < BATCH
    return len(statements)


def unfinished() -> list[int]:
    """Ids of decisions that the features have not carried out for every text, the oldest first."""
    return list(db.session.scalars(select(Decision.id).filter_by(is_done=False).order_by(Decision.id).limit(20)))


def _do(decision: Decision, statements: Sequence[Statement], by: Actor) -> None:
    for source, ours in _by_source(statements):
        subjects = [row.item.subject for row in ours]
        if source is not None and decision.verdict == Verdict.APPROVE:
            source.publish(decision.city, subjects, by=by)
        elif source is not None and decision.verdict == Verdict.RESTORE:
            source.restore(decision.city, subjects, by=by)
        elif source is not None and decision.verdict == Verdict.REJECT:
            source.hide(decision.city, subjects, decision.sentence, by=by)
        _note_showing(decision, ours)
        mails.tell(decision, ours, source.addressees(decision.city, subjects) if source else {})
    for row in statements:
        row.carried_out_at = clock.now()


def _note_showing(decision: Decision, statements: Sequence[Statement]) -> None:
    """What was decided on in the meantime by somebody else keeps what that says."""
    if decision.verdict == Verdict.BLOCK:
        return
    for row in statements:
        if row.item.decision_id == decision.id:
            row.item.is_shown = decision.verdict != Verdict.REJECT


def _take_back(decision: Decision, statements: Sequence[Statement], by: Actor) -> None:
    """Let each text stand as it stood before, unless somebody has decided anew or its author took it back."""
    recall([mails.occasion(row) for row in statements])
    waiting = [row for row in statements if row.item.state == ItemState.WAITING]
    if decision.verdict != Verdict.BLOCK:
        for source, ours in _by_source(waiting):
            shown = [row.item.subject for row in ours if row.was_shown]
            held = [row.item.subject for row in ours if not row.was_shown]
            if source is not None and shown and decision.verdict == Verdict.REJECT:
                source.restore(decision.city, shown, by=by)
            if source is not None and held:
                source.hold(decision.city, held, by=by)
            for row in ours:
                row.item.is_shown = row.was_shown
    for row in statements:
        row.carried_out_at = None


def _by_source(statements: Sequence[Statement]) -> list[tuple[Source | None, list[Statement]]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in statements:
        if row.item.state != ItemState.GONE:
            found[row.item.source].append(row)
    return [(source_of(kind), rows) for kind, rows in found.items()]
