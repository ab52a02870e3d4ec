"""What this member of staff may do with this wave now: their role and the rules together, for pages to ask."""

from dataclasses import dataclass

from citizen.accounts.models import Role
from citizen.participation.models import State
from citizen.participation.rules import may_close, may_move_closing, may_withdraw
from surveys import rules
from surveys.models import SurveyWave


@dataclass(frozen=True)
class Powers:
    """One truth for each act."""

    may_edit: bool
    may_publish: bool
    may_close: bool
    may_move_closing: bool
    may_withdraw: bool
    may_delete: bool
    may_renew: bool
    may_plan_next: bool
    may_enter_paper: bool
    may_moderate: bool
    may_export: bool


def powers(role: Role, wave: SurveyWave) -> Powers:
    writes = role.covers(Role.EDITOR)
    was_public = wave.state in {State.OPEN, State.CLOSED}
    return Powers(
        may_edit=writes and rules.may_change(wave),
        may_publish=writes and rules.may_publish(wave),
        may_close=writes and may_close(wave),
        may_move_closing=writes and may_move_closing(wave),
        may_withdraw=writes and may_withdraw(wave),
        may_delete=writes and rules.may_delete(wave),
        may_renew=writes and rules.may_renew(wave),
        may_plan_next=writes and wave.state is not State.DRAFT,
        may_enter_paper=writes and rules.takes_paper(wave) and was_public,
        may_moderate=role.covers(Role.MODERATOR) and wave.state is not State.DRAFT,
        may_export=role.covers(Role.ANALYST) and wave.state is not State.DRAFT,
    )
