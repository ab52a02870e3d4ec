"""What this member of staff may do with this poll now: their role and the rules together, for pages to ask."""

from dataclasses import dataclass

from citizen.accounts.models import Role
from citizen.participation.rules import may_close, may_move_closing, may_withdraw
from polls import rules
from polls.models import Poll


@dataclass(frozen=True)
class Powers:
    """One truth for each act."""

    may_edit: bool
    may_publish: bool
    may_close: bool
    may_move_closing: bool
    may_withdraw: bool
    may_correct: bool
    may_delete: bool
    may_copy: bool
    may_moderate: bool


def powers(role: Role, poll: Poll, *, answers: int) -> Powers:
    writes = role.covers(Role.EDITOR)
    return Powers(
        may_edit=writes and rules.may_edit(poll, answers=answers),
        may_publish=writes and rules.may_publish(poll),
        may_close=writes and may_close(poll),
        may_move_closing=writes and may_move_closing(poll),
        may_withdraw=writes and may_withdraw(poll),
        may_correct=writes and rules.may_correct(poll, answers=answers),
        may_delete=writes and rules.may_delete(poll),
        may_copy=writes,
        may_moderate=role.covers(Role.MODERATOR),
    )
