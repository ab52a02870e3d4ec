"""The net promoter score against the mean and the deviation of 1, 0 and −1, person by person."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.promoters import net_promoter_score


@given(st.dictionaries(st.integers(0, 10), st.integers(0, 40)).filter(lambda counts: any(counts.values())))
def test_it_is_the_mean_of_ones_and_minus_ones(counts: dict[int, int]) -> None:
    people = [(value > 8) - (value < 7) for value, n in counts.items() for _ in range(n)]
    score = net_promoter_score(counts)
    assert score is not None
    assert score.points == pytest.approx(100 * statistics.fmean(people))
    assert score.standard_error == pytest.approx(100 * statistics.pstdev(people) / len(people) ** 0.5, abs=1e-6)
    assert (score.promoters, score.passives, score.detractors) == (people.count(1), people.count(0), people.count(-1))


def test_a_worked_example() -> None:
    score = net_promoter_score({10: 50, 8: 30, 3: 20})
    assert score is not None
    assert (score.points, score.standard_error) == (pytest.approx(30), pytest.approx(7.81, abs=0.005))


def test_nobody_answered() -> None:
    assert net_promoter_score({7: 0}) is None
