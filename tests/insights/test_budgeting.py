"""Participatory budgets, held against the field's reference implementation on instances of several sizes."""

import random
from collections.abc import Mapping
from fractions import Fraction

import pytest
from pabutools import election as oracle
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from insights.budgeting import (
    Election,
    Measure,
    Project,
    election,
    equal_shares,
    equal_shares_with_raises,
    exhausts,
    greedy,
    total_cost,
)

Ballots = list[dict[str, int]]

SIZES = [(3, 4), (5, 8), (10, 30), (20, 100), (40, 400)]
"""Projects and voters."""


def instance(projects: int, voters: int, seed: int, *, most: int = 1) -> tuple[list[Project], Fraction, Ballots]:
    """Costs in few steps, so that ties are frequent; up to `most` points for a project."""
    dice = random.Random(seed)
    costs = [Project(f"p{number:02}", Fraction(dice.randint(1, 8) * 500)) for number in range(projects)]
    budget = Fraction(int(total_cost(costs)) * dice.choice((2, 4, 6)) // 10)
    names = [project.id for project in costs]
    ballots = [
        {name: dice.randint(1, most) for name in dice.sample(names, dice.randint(0, min(6, projects)))}
        for _voter in range(voters)
    ]
    return costs, budget, ballots


def as_oracle(projects: list[Project], budget: Fraction, ballots: Ballots, kind: str) -> tuple[object, object]:
    known = {project.id: oracle.Project(project.id, int(project.cost)) for project in projects}
    asked = oracle.Instance(known.values(), budget_limit=int(budget))
    if kind == "approval":
        return asked, oracle.ApprovalProfile([oracle.ApprovalBallot({known[name] for name in b}) for b in ballots])
    given = [oracle.CardinalBallot({known[name]: points for name, points in b.items()}) for b in ballots]
    return asked, oracle.CardinalProfile(given)


MEASURES = {
    "approval": [(Measure.COST, oracle.Cost_Sat), (Measure.POINTS, oracle.Cardinality_Sat)],
    "points": [(Measure.POINTS, oracle.Additive_Cardinal_Sat)],
}
CASES = [
    pytest.param(kind, measure, sat, size, seed, id=f"{kind}-{measure}-{size[0]}x{size[1]}-{seed}")
    for kind, measures in MEASURES.items()
    for measure, sat in measures
    for size in SIZES
    for seed in range(6)
]


def names(chosen: object) -> list[str]:
    return sorted(str(getattr(project, "id", None) or project.name) for project in chosen)


@pytest.mark.parametrize(("kind", "measure", "sat", "size", "seed"), CASES)
def test_equal_shares_are_those_of_the_oracle(kind, measure, sat, size, seed):
    projects, budget, ballots = instance(*size, seed, most=1 if kind == "approval" else 7)
    asked, profile = as_oracle(projects, budget, ballots, kind)
    ours = equal_shares(election(projects, budget, ballots), measure)
    assert names(ours.winners) == names(method_of_equal_shares(asked, profile, sat_class=sat))
    assert total_cost(ours.winners) <= budget


@pytest.mark.parametrize(("kind", "measure", "sat", "size", "seed"), CASES)
def test_greedy_is_that_of_the_oracle(kind, measure, sat, size, seed):
    projects, budget, ballots = instance(*size, seed, most=1 if kind == "approval" else 7)
    asked, profile = as_oracle(projects, budget, ballots, kind)
    ours = greedy(election(projects, budget, ballots), measure)
    assert names(ours.winners) == names(greedy_utilitarian_welfare(asked, profile, sat_class=sat))
    assert exhausts(election(projects, budget, ballots), ours.winners)


@pytest.mark.parametrize("size", SIZES[:4], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("seed", range(4))
def test_raising_the_shares_is_that_of_the_oracle(size, seed):
    projects, budget, ballots = instance(*size, seed)
    asked, profile = as_oracle(projects, budget, ballots, "approval")
    step = 5
    ours = equal_shares_with_raises(election(projects, budget, ballots), step=Fraction(step))
    theirs = method_of_equal_shares(asked, profile, sat_class=oracle.Cost_Sat, voter_budget_increment=step)
    assert names(ours.winners) == names(theirs)


def of(costs: Mapping[str, int], budget: int, *ballots: str) -> Election:
    """Projects with one letter each; a ballot is the letters that somebody chose."""
    projects = [Project(name, Fraction(cost)) for name, cost in costs.items()]
    return election(projects, Fraction(budget), [dict.fromkeys(ballot, 1) for ballot in ballots])


def test_a_minority_gets_its_share():
    """Sixty people want a, b and c, forty want d: greedy gives the forty nothing, equal shares what they can pay."""
    asked = of({"a": 30, "b": 30, "c": 40, "d": 40}, 100, *["abc"] * 60, *["d"] * 40)
    assert names(greedy(asked).winners) == ["a", "b", "c"]
    assert names(equal_shares(asked).winners) == ["a", "b", "d"]


def test_the_steps_say_who_paid_what():
    asked = of({"a": 60, "b": 60}, 100, "a", "a", "ab", "b")
    outcome = equal_shares(asked)
    (first,) = outcome.purchases
    assert (first.project.id, first.supporters, first.spent_out) == ("a", 3, 0)
    assert first.most_paid == pytest.approx(20)
    assert first.left == pytest.approx(40)
    assert outcome.short == {"b": pytest.approx(30)}


def test_whoever_has_too_little_gives_all_and_the_others_more():
    """Five people with 10 each. Ana pays 7 for b, as two others do, and gives her last 3 for d, where two pay 4.50."""
    first, second = equal_shares(of({"b": 21, "d": 12}, 50, "bd", "b", "b", "d", "d")).purchases
    assert (first.project.id, first.supporters, first.spent_out) == ("b", 3, 0)
    assert first.most_paid == pytest.approx(7)
    assert (second.project.id, second.supporters, second.spent_out) == ("d", 3, 1)
    assert second.most_paid == pytest.approx(4.5)
    assert second.left == pytest.approx(17)


def test_ties_go_to_the_earlier_project():
    asked = of({"a": 10, "b": 10}, 10, "ab", "ab")
    assert names(equal_shares(asked).winners) == ["a"]
    assert names(greedy(asked).winners) == ["a"]
    swapped = election(asked.projects[::-1], Fraction(10), [{"a": 1, "b": 1}], ordered=True)
    assert names(equal_shares(swapped).winners) == ["b"]


@pytest.mark.parametrize("ballots", [(), ("", "")])
def test_without_votes_nothing_is_bought(ballots):
    asked = of({"a": 10}, 10, *ballots)
    assert equal_shares(asked).winners == ()
    assert equal_shares_with_raises(asked).winners == ()


def test_what_costs_nothing_is_bought_where_somebody_wants_it():
    assert names(equal_shares(of({"a": 0, "b": 0}, 10, "a")).winners) == ["a"]


def test_greedy_goes_on_where_one_is_too_dear():
    outcome = greedy(of({"a": 50, "b": 60, "c": 40}, 100, "ab", "ab", "ac"))
    assert [(step.project.id, step.is_bought, int(step.left)) for step in outcome.steps] == [
        ("a", True, 50),
        ("b", False, 50),
        ("c", True, 10),
    ]


def test_greedy_can_go_on_from_what_is_bought():
    asked = of({"a": 50, "b": 30, "c": 40}, 100, "ab", "b", "c")
    start = equal_shares(asked).winners
    assert set(names(greedy(asked, start=start).winners)) >= set(names(start))
