"""What a vote on a budget consists of: projects with their costs, a total, and ballots."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


class Measure(StrEnum):
    """How glad a project makes a voter who gave it points.

    COST: points times cost, so that a project of twice the cost is worth twice as much; with approval ballots it is the
    measure that cities use. POINTS: the points alone, whatever the project costs.
    """

    COST = "cost"
    POINTS = "points"


@dataclass(frozen=True)
class Project:
    """Something that can be paid for. `cost` in the currency of the budget, not below zero."""

    id: str
    cost: Fraction


@dataclass(frozen=True)
class Election:
    """Projects in the order in which ties are broken: of two that are equal, the earlier one wins.

    `points` has a row for each different ballot and a column for each project; `weights` says how many people cast it.
    """

    projects: tuple[Project, ...]
    budget: Fraction
    points: Numbers
    weights: Numbers

    @property
    def voters(self) -> int:
        """How many people voted, those with an empty ballot too."""
        return round(float(self.weights.sum()))

    @cached_property
    def costs(self) -> Numbers:
        return np.array([float(project.cost) for project in self.projects])

    @cached_property
    def totals(self) -> Numbers:
        """The points of each project, from everybody together."""
        return self.weights @ self.points if len(self.weights) else np.zeros(len(self.projects))

    @cached_property
    def supporters(self) -> Numbers:
        """How many people gave each project any points."""
        return self.weights @ (self.points > 0) if len(self.weights) else np.zeros(len(self.projects))

    def gladness(self, measure: Measure) -> Numbers:
        """How glad each ballot (row) is of each project (column)."""
        return self.points * self.costs if measure is Measure.COST else self.points


def election(
    projects: Sequence[Project], budget: Fraction, ballots: Iterable[Mapping[str, Any]], *, ordered: bool = False
) -> Election:
    """Put ballots together: project id → points each, equal ones merged. Points of unknown projects are a `KeyError`.

    Ties are broken by the id, or in the given order of the projects where they are `ordered` already.
    """
    known = tuple(projects) if ordered else tuple(sorted(projects, key=lambda project: project.id))
    place = {project.id: column for column, project in enumerate(known)}
    counted = Counter(
        tuple(sorted((place[name], float(given)) for name, given in ballot.items() if given)) for ballot in ballots
    )
    points = np.zeros((len(counted), len(known)))
    for row, ballot in enumerate(counted):
        for column, given in ballot:
            points[row, column] = given
    return Election(known, budget, points, np.array(list(counted.values()), dtype=float))


def total_cost(projects: Iterable[Project]) -> Fraction:
    return sum((project.cost for project in projects), Fraction(0))


def exhausts(election: Election, winners: Sequence[Project]) -> bool:
    """True where no further project fits into what is left."""
    left = election.budget - total_cost(winners)
    chosen = {project.id for project in winners}
    return all(project.cost > left for project in election.projects if project.id not in chosen)
