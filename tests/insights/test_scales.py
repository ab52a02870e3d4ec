"""Mean, median and quantiles of counted values, against libraries on the values one by one."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.scales import ends, mean, median, middle, quantile, sides

counted = st.dictionaries(st.integers(1, 11), st.integers(0, 30))
some = counted.filter(lambda counts: sum(counts.values()) > 0)


def one_by_one(counts: dict[int, int]) -> list[int]:
    return [value for value, n in counts.items() for _ in range(n)]


@given(some)
def test_they_agree_with_the_standard_library(counts: dict[int, int]) -> None:
    values = one_by_one(counts)
    assert median(counts) == statistics.median(values)
    assert mean(counts) == pytest.approx(statistics.fmean(values))


@given(some, st.sampled_from([(1, 4), (3, 4), (1, 10), (9, 10), (1, 100), (99, 100)]))
def test_quantiles_agree_with_numpy(counts: dict[int, int], part: tuple[int, int]) -> None:
    """Where n × p is whole, numpy's fraction can miss it by a hair; then either neighbour or their middle is right."""
    values, (above, parts) = one_by_one(counts), part
    found = quantile(counts, above, parts)
    if len(values) * above % parts:
        assert found == np.quantile(values, above / parts, method="inverted_cdf")
    else:
        rank = len(values) * above // parts
        assert found == statistics.fmean(sorted(values)[rank - 1 : rank + 1])


@pytest.mark.parametrize("counts", [{}, {1: 0, 5: 0}])
def test_without_values_there_is_neither(counts: dict[int, int]) -> None:
    assert median(counts) is None
    assert mean(counts) is None
    assert middle(list(counts.values())) is None


@given(st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any))
def test_the_middle_of_labelled_steps_is_that_of_their_numbers(counts: list[int]) -> None:
    values = sorted(one_by_one(dict(enumerate(counts))))
    assert middle(counts) == (statistics.median_low(values), statistics.median_high(values))


def test_the_middle_step_stands_on_no_side() -> None:
    assert sides([1, 2, 4, 8, 16]) == (3, 24)
    assert sides([1, 2, 4, 8]) == (3, 12)
    assert sides([5]) == (0, 0)


def test_the_top_two_never_take_in_the_middle() -> None:
    assert [ends(steps) for steps in range(1, 8)] == [0, 1, 1, 2, 2, 2, 2]
