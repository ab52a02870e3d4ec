"""What stands on a ballot, and whether the campaign's method allows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.errors import Refused
from ideation.models import MAX_CANDIDATES, BallotForm, Campaign, Method


@dataclass(frozen=True)
class Choice:
    """What a ballot gives to one idea: points (1 where they are only chosen), and a place from 1 on in a ranking."""

    idea_id: int
    points: int = 1
    place: int = 0


def gives_points(campaign: Campaign) -> bool:
    """True where people spread points."""
    return campaign.method == Method.POINTS or _is_budget_with(campaign, BallotForm.POINTS)


def is_ranked(campaign: Campaign) -> bool:
    return campaign.method == Method.RANK or _is_budget_with(campaign, BallotForm.RANK)


def _is_budget_with(campaign: Campaign, form: BallotForm) -> bool:
    return campaign.method == Method.BUDGET and campaign.ballot_form == form


def allowance(campaign: Campaign) -> int:
    """How much one ballot may spend: votes, points or places. Where everybody may support all, all of them."""
    return MAX_CANDIDATES if campaign.method == Method.SUPPORT else campaign.votes_max


def checked(campaign: Campaign, chosen: Sequence[int], points: Mapping[int, int] | None = None) -> tuple[Choice, ...]:
    """The ballot, by the id of the idea. `chosen` is in the order of preference; `points` where they are spread.

    Refuses, with a sentence for whoever votes, what the method does not allow.
    """
    if gives_points(campaign):
        return _spread(campaign, points or {})
    if len(set(chosen)) < len(chosen):
        raise Refused(_("An idea stands on your ballot twice."), status=422)
    _ensure_within(campaign, len(chosen))
    if is_ranked(campaign):
        return tuple(sorted((Choice(idea, 1, place) for place, idea in enumerate(chosen, start=1)), key=_by_idea))
    return tuple(Choice(idea) for idea in sorted(chosen))


def _spread(campaign: Campaign, points: Mapping[int, int]) -> tuple[Choice, ...]:
    given = {idea: number for idea, number in points.items() if number}
    if any(number < 0 for number in given.values()):
        raise Refused(_("Points cannot be below zero."), status=422)
    if any(number > campaign.per_idea_max for number in given.values()):
        words = ngettext(
            "One idea can get %(num)s point at most.", "One idea can get %(num)s points at most.", campaign.per_idea_max
        )
        raise Refused(words, status=422)
    _ensure_within(campaign, sum(given.values()))
    return tuple(Choice(idea, number) for idea, number in sorted(given.items()))


def _ensure_within(campaign: Campaign, spent: int) -> None:
    most = allowance(campaign)
    if spent <= most:
        return
    if gives_points(campaign):
        words = ngettext("You have %(num)s point to give.", "You have %(num)s points to give.", most)
    else:
        words = ngettext("You can choose %(num)s idea at most.", "You can choose %(num)s ideas at most.", most)
    raise Refused(words, status=422)


def _by_idea(choice: Choice) -> int:
    return choice.idea_id
