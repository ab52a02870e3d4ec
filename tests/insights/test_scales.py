"""Mean and median of counted values, against the standard library on the values one by one."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.scales import mean, median

counted = st.dictionaries(st.integers(1, 11), st.integers(0, 30))


def one_by_one(counts: dict[int, int]) -> list[int]:
    return [value for value, n in counts.items() for _ in range(n)]


@given(counted.filter(lambda counts: sum(counts.values()) > 0))
def test_they_agree_with_the_standard_library(counts: dict[int, int]) -> None:
    values = one_by_one(counts)
    assert median(counts) == statistics.median(values)
    assert mean(counts) == pytest.approx(statistics.fmean(values))


@pytest.mark.parametrize("counts", [{}, {1: 0, 5: 0}])
def test_without_values_there_is_neither(counts: dict[int, int]) -> None:
    assert median(counts) is None
    assert mean(counts) is None
