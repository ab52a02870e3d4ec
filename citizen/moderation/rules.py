"""What moderators and authors may do, as yes or no."""

from citizen.core import clock
from citizen.core.audit import Actor
from citizen.moderation.models import Appeal, Decision, Statement


def may_undo(decision: Decision, by: Actor) -> bool:
    """Whoever decided may take it back for a moment, before anybody was told."""
    is_own = by.kind == "account" and decision.by_id == by.id
    return is_own and decision.undone_at is None and clock.now() < decision.undo_until


def may_appeal(statement: Statement) -> bool:
    """Once, while the restriction is in force."""
    return statement.appeal is None and statement.is_in_force


def may_decide_appeal(appeal: Appeal, by: Actor) -> bool:
    """Never whoever made the decision that it is about."""
    is_other = by.kind == "account" and by.id != appeal.statement.decision.by_id
    return appeal.outcome is None and is_other


def may_lift(statement: Statement) -> bool:
    return statement.is_in_force
