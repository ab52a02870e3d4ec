"""The greedy rule: one project after the other, each one that still fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from insights.budgeting.elections import Election, Measure, Project, total_cost


@dataclass(frozen=True)
class Look:
    """One step: the project, its points from everybody, whether it was paid for, and what was left afterwards."""

    project: Project
    points: Fraction
    is_bought: bool
    left: Fraction


@dataclass(frozen=True)
class GreedyOutcome:
    """The winners in the order in which they were paid for, and every step on the way."""

    winners: tuple[Project, ...]
    steps: tuple[Look, ...]


def greedy(election: Election, measure: Measure = Measure.COST, start: Sequence[Project] = ()) -> GreedyOutcome:
    """Pay for the projects that make voters most glad for their cost, as long as they fit into the budget.

    With `Measure.COST` that is the order of the points: most points first. What is too dear is passed over, and the
    next one gets its chance. `start` has been paid for already. Projects without any point come last; leave them out
    where nobody's wish is no reason to pay. Source: Talmon and Faliszewski, A Framework for Approval-Based Budgeting
    Methods, AAAI 2019.
    """
    left, bought, steps = election.budget - total_cost(start), list(start), []
    for column in _order(election, measure, {project.id for project in start}):
        project = election.projects[column]
        fits = project.cost <= left
        if fits:
            left -= project.cost
            bought.append(project)
        steps.append(Look(project, _exact(election, column), fits, left))
    return GreedyOutcome(tuple(bought), tuple(steps))


def _order(election: Election, measure: Measure, without: set[str]) -> list[int]:
    """Columns, the best first. Computed exactly: two projects that are equal must not be told apart by a rounding."""

    def worth(column: int) -> tuple[bool, Fraction]:
        cost, points = election.projects[column].cost, _exact(election, column)
        is_free = cost == 0 and points > 0
        return is_free, points if measure is Measure.COST or not cost else points / cost

    columns = [column for column, project in enumerate(election.projects) if project.id not in without]
    return sorted(columns, key=worth, reverse=True)


def _exact(election: Election, column: int) -> Fraction:
    return Fraction(float(election.totals[column])).limit_denominator(10**6)
