"""What this member of staff may do with this campaign now: their role and the rules together, for pages to ask."""

from dataclasses import dataclass

from citizen.accounts.models import Role
from citizen.participation.rules import may_close, may_withdraw
from ideation import rules
from ideation.models import Campaign


@dataclass(frozen=True)
class Powers:
    """One truth for each act. Editors plan and curate, moderators decide what the public sees."""

    may_edit: bool
    may_publish: bool
    may_close: bool
    may_withdraw: bool
    may_delete: bool
    may_copy: bool
    may_curate: bool
    may_moderate: bool
    may_import: bool


def powers(role: Role, campaign: Campaign) -> Powers:
    writes = role.covers(Role.EDITOR)
    return Powers(
        may_edit=writes and rules.may_change(campaign),
        may_publish=writes and rules.may_publish(campaign),
        may_close=writes and may_close(campaign),
        may_withdraw=writes and may_withdraw(campaign),
        may_delete=writes and rules.may_delete(campaign),
        may_copy=writes,
        may_curate=writes,
        may_moderate=role.covers(Role.MODERATOR),
        may_import=writes,
    )
