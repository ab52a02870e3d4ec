"""Bins: equal, round, complete."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.histograms import Bin, histogram

numbers = st.one_of(st.integers(-(10**6), 10**6).map(float), st.integers(-(10**7), 10**7).map(lambda n: n / 100))
counted = st.dictionaries(numbers, st.integers(1, 50), min_size=1, max_size=40)


@given(counted)
def test_every_value_stands_in_the_bin_that_names_it(counts: dict[float, int]) -> None:
    bins = histogram(counts)
    assert sum(found.n for found in bins) == sum(counts.values())
    for found in bins:
        low, high = (-math.inf if found.low is None else found.low), (math.inf if found.high is None else found.high)
        slack = 1e-9 * max(1, *map(abs, counts))
        inside = sum(n for value, n in counts.items() if low - slack <= value < high - slack)
        assert found.n == inside


@given(counted)
def test_bins_are_equal_round_and_without_gaps(counts: dict[float, int]) -> None:
    bins = histogram(counts)
    closed = [found for found in bins if None not in (found.low, found.high)]
    widths = {float(f"{found.high - found.low:.6g}") for found in closed}
    assert len(widths) == 1
    assert str(widths.pop()).replace(".", "").replace("e-0", "").strip("0")[:1] in {"1", "2", "5"}
    assert all(one.high == other.low for one, other in pairwise(bins))
    assert len(closed) <= 12


def test_small_whole_numbers_have_a_bin_each() -> None:
    assert histogram({0: 4, 1: 7, 3: 1}) == (Bin(0, 1, 4), Bin(1, 2, 7), Bin(2, 3, 0), Bin(3, 4, 1))


def test_ages_stand_in_tens() -> None:
    bins = histogram({float(age): 1 for age in range(18, 96)})
    assert [(found.low, found.high) for found in bins] == [(start, start + 10) for start in range(10, 100, 10)]


def test_one_far_value_does_not_hide_the_others() -> None:
    bins = histogram({1.0: 50, 2.0: 40, 3.0: 200, 1e15: 1})
    assert bins == (Bin(1, 2, 50), Bin(2, 3, 40), Bin(3, 4, 200), Bin(4, None, 1))


def test_decimals_have_clean_edges() -> None:
    assert [found.low for found in histogram({0.1: 3, 0.7: 1})] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])


def test_without_values_there_are_no_bins() -> None:
    assert histogram({}) == ()
    assert histogram({3.0: 0}) == ()
