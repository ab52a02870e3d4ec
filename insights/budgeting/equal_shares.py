"""The Method of Equal Shares: everybody gets the same part of the money, and those who want a project pay for it.

Source: Peters, Pierczyński and Skowron, Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from insights.budgeting.elections import Election, Measure, Numbers, Project, exhausts, total_cost

TOLERANCE = 1e-9
"""Prices that differ by less, compared with their size, are equal: money is kept as floating point numbers."""


@dataclass(frozen=True)
class Purchase:
    """One project that its supporters paid for together.

    `supporters`: how many there are; `spent_out`: how many of them gave all that they had left. Everybody else paid
    `price` for each unit of gladness; `most_paid` is the highest sum that one person paid. `left` is what everybody,
    supporters or not, has together afterwards. Sums are in the currency of the budget.
    """

    project: Project
    supporters: int
    spent_out: int
    price: float
    most_paid: float
    left: float


@dataclass(frozen=True)
class SharesOutcome:
    """The winners in the order in which they were bought. `share` is what everybody had at the beginning.

    `short` holds, for each project that was not bought, what its supporters had left together in the end.
    """

    share: Fraction
    purchases: tuple[Purchase, ...]
    short: dict[str, float]

    @property
    def winners(self) -> tuple[Project, ...]:
        return tuple(purchase.project for purchase in self.purchases)


def equal_shares(
    election: Election, measure: Measure = Measure.COST, *, share: Fraction | None = None
) -> SharesOutcome:
    """Buy, again and again, the project whose supporters get most gladness for their money.

    Supporters of a project share its cost by how glad they are of it, and nobody pays more than they have: whoever has
    too little gives all of it, and the others give more. `share` is what each person has; without it, an equal part of
    the budget.
    """
    share = share if share is not None else _equal_part(election)
    round_ = _Round(election, measure, float(share))
    purchases = [_gift(round_, column) for column in round_.free()]
    while (best := round_.best()) is not None:
        purchases.append(round_.buy(*best))
    bought = {purchase.project.id for purchase in purchases}
    return SharesOutcome(share, tuple(purchases), round_.short(bought))


def equal_shares_with_raises(
    election: Election, measure: Measure = Measure.COST, *, step: Fraction = Fraction(1)
) -> SharesOutcome:
    """Raise everybody's share by `step` until the next raise would cost more than the budget, or nothing more fits.

    Equal shares alone often leave money, because groups of supporters end up with a little each. Source:
    equalshares.net, "Completion by varying the budget" (add1 where the step is 1).
    """
    outcome = equal_shares(election, measure)
    while len(outcome.winners) < len(election.projects) and not exhausts(election, outcome.winners):
        richer = equal_shares(election, measure, share=outcome.share + step)
        if total_cost(richer.winners) > election.budget or outcome.share > election.budget:
            break
        outcome = richer
    return outcome


def _equal_part(election: Election) -> Fraction:
    return election.budget / election.voters if election.voters else Fraction(0)


def _gift(round_: "_Round", column: int) -> Purchase:
    """A project that costs nothing and that somebody wants."""
    supporters = round(float(round_.election.supporters[column]))
    return Purchase(round_.election.projects[column], supporters, 0, 0.0, 0.0, round_.left())


class _Round:
    """The purses of all voters, and the prices of what is still to be had.

    A price only ever rises while purses empty, so that the last known one is a lower bound: a project whose old price
    is above the best new one needs no second look.
    """

    def __init__(self, election: Election, measure: Measure, share: float) -> None:
        self.election = election
        self.purses = np.full(len(election.weights), share)
        gladness = election.gladness(measure)
        wanted = [column for column in range(len(election.projects)) if election.supporters[column] > 0]
        self.voters = {column: np.flatnonzero(election.points[:, column] > 0) for column in wanted}
        self.glad = {column: gladness[self.voters[column], column] for column in wanted}
        self.bounds = {column: 0.0 for column in wanted if election.projects[column].cost > 0}

    def free(self) -> list[int]:
        return [column for column in self.voters if self.election.projects[column].cost == 0]

    def left(self) -> float:
        return float(self.purses @ self.election.weights)

    def best(self) -> tuple[int, float] | None:
        """The column with the lowest price, and the price; of equal ones the first. None where nobody can pay."""
        found: dict[int, float] = {}
        lowest = math.inf
        for column in sorted(self.bounds, key=self.bounds.__getitem__):
            if self.bounds[column] > lowest * (1 + TOLERANCE):
                break
            price = self.price(column)
            if price is None:
                del self.bounds[column]
                continue
            self.bounds[column] = found[column] = price
            lowest = min(lowest, price)
        equal = [column for column, price in found.items() if price <= lowest * (1 + TOLERANCE)]
        return (min(equal), found[min(equal)]) if equal else None

    def price(self, column: int) -> float | None:
        """What a unit of gladness costs when the supporters buy the project together; None where they cannot."""
        voters, glad, cost = self.voters[column], self.glad[column], self.election.costs[column]
        weights, purses = self.election.weights[voters], self.purses[voters]
        if float(weights @ purses) < cost * (1 - TOLERANCE):
            return None
        order = np.argsort(purses / glad, kind="stable")
        given_before = np.concatenate(([0.0], np.cumsum((weights * purses)[order])[:-1]))
        glad_left = np.cumsum((weights * glad)[order][::-1])[::-1]
        prices = (cost - given_before) / glad_left
        enough = prices <= (purses / glad)[order] * (1 + TOLERANCE)
        return float(prices[np.argmax(enough)]) if enough.any() else float((purses / glad).max())

    def buy(self, column: int, price: float) -> Purchase:
        voters, weights = self.voters[column], self.election.weights[self.voters[column]]
        asked = price * self.glad[column]
        paid = np.minimum(self.purses[voters], asked)
        out = paid < asked * (1 - TOLERANCE)
        self.purses[voters] = _without_dust(self.purses[voters] - paid, paid)
        del self.bounds[column]
        supporters, spent_out = round(float(weights.sum())), round(float(weights[out].sum()))
        project = self.election.projects[column]
        return Purchase(project, supporters, spent_out, price, float(paid.max()), self.left())

    def short(self, bought: set[str]) -> dict[str, float]:
        """By project that was not bought: what its supporters have left together."""
        projects = self.election.projects
        sums = {projects[column].id: self._together(voters) for column, voters in self.voters.items()}
        return {project.id: sums.get(project.id, 0.0) for project in projects if project.id not in bought}

    def _together(self, voters: npt.NDArray[np.intp]) -> float:
        return float(self.election.weights[voters] @ self.purses[voters])


def _without_dust(left: Numbers, paid: Numbers) -> Numbers:
    """What rounding left in a purse that was emptied is nothing."""
    return np.where(left <= TOLERANCE * (left + paid), 0.0, left)
