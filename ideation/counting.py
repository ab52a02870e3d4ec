"""Counting a vote on a budget by a rule, with the steps that led there, as data."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from ideation.models import Rule
from insights.budgeting import (
    Election,
    GreedyOutcome,
    Look,
    Measure,
    Project,
    SharesOutcome,
    equal_shares,
    equal_shares_with_raises,
    greedy,
    total_cost,
)


class Completion(StrEnum):
    """What happens with money that equal shares leave over.

    NONE: nothing. RAISE: everybody's share is raised by 1, again and again, as long as the budget allows. GREEDY: it
    goes to the projects with most points that still fit.
    """

    NONE = "none"
    RAISE = "raise"
    GREEDY = "greedy"


@dataclass(frozen=True)
class Count:
    """The winners in the order in which they won, and the steps: of equal shares, and of the greedy rule after it."""

    winners: tuple[Project, ...]
    shares: SharesOutcome | None
    greedy: GreedyOutcome | None

    @property
    def cost(self) -> Fraction:
        return total_cost(self.winners)


def count(
    election: Election,
    rule: Rule,
    measure: Measure = Measure.COST,
    completion: Completion = Completion.NONE,
    *,
    step: Fraction = Fraction(1),
) -> Count:
    """Find the winners. `step` is by how much a raise makes everybody richer."""
    if rule is Rule.GREEDY:
        outcome = greedy(election, measure)
        return Count(outcome.winners, None, outcome)
    if completion is Completion.RAISE:
        shares = equal_shares_with_raises(election, measure, step=step)
    else:
        shares = equal_shares(election, measure)
    if completion is not Completion.GREEDY:
        return Count(shares.winners, shares, None)
    rest = greedy(election, measure, start=shares.winners)
    return Count(rest.winners, shares, rest)


def as_data(election: Election, counted: Count) -> dict[str, Any]:
    """The count as JSON values: ids of the winners, sums in the currency of the budget, and every step."""
    return {
        "winners": [project.id for project in counted.winners],
        "cost": plain(counted.cost),
        "budget": plain(election.budget),
        "left": plain(election.budget - counted.cost),
        "voters": election.voters,
        "projects": [
            {"id": project.id, "cost": plain(project.cost), "votes": int(votes), "points": plain(Fraction(points))}
            for project, votes, points in zip(
                election.projects, election.supporters.tolist(), election.totals.tolist(), strict=True
            )
        ],
        "shares": _shares_data(counted.shares) if counted.shares else None,
        "greedy": _greedy_data(counted.greedy) if counted.greedy else None,
    }


def plain(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _shares_data(outcome: SharesOutcome) -> dict[str, Any]:
    steps = [
        {
            "id": bought.project.id,
            "supporters": bought.supporters,
            "spent_out": bought.spent_out,
            "most_paid": bought.most_paid,
            "left": bought.left,
        }
        for bought in outcome.purchases
    ]
    return {"share": plain(outcome.share), "steps": steps, "short": outcome.short}


def _greedy_data(outcome: GreedyOutcome) -> dict[str, Any]:
    """What nobody wanted and nobody paid for is no step worth reading about."""
    return {"steps": [_look_data(step) for step in outcome.steps if step.points > 0 or step.is_bought]}


def _look_data(step: Look) -> dict[str, Any]:
    found = {"id": step.project.id, "points": plain(step.points)}
    return found | {"is_bought": step.is_bought, "left": plain(step.left)}
