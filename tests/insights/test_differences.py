"""Intervals and adjusted p against published figures, and the test of two proportions against Pearson's chi-square."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.differences import holm, of_proportions, of_scores, wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_score_interval_of_newcombe_1998(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("groups", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((0, 10, 0, 20), -0.1611, 0.2775),
    ],
)
def test_the_difference_of_newcombe_1998(groups: tuple[int, int, int, int], low: float, high: float) -> None:
    found = of_proportions(*groups)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def chi_square_p(a: int, m: int, b: int, n: int) -> float:
    """Pearson's test of a 2 × 2 table, from what would be expected in each cell; one degree of freedom."""
    table, total, chosen = [[a, m - a], [b, n - b]], m + n, a + b
    expected = [[size * part / total for part in (chosen, total - chosen)] for size in (m, n)]
    squared = sum((table[i][j] - expected[i][j]) ** 2 / expected[i][j] for i in (0, 1) for j in (0, 1))
    return math.erfc(math.sqrt(squared / 2))


groups = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(groups, groups)
def test_the_test_is_pearsons(one: tuple[int, int], other: tuple[int, int]) -> None:
    found = of_proportions(*one, *other)
    assert found is not None
    assert found.low - 1e-12 <= found.value <= found.high + 1e-12
    if 0 < one[0] + other[0] < one[1] + other[1]:
        assert found.p == pytest.approx(chi_square_p(*one, *other), abs=1e-9)
    else:
        assert found.p == 1


@given(groups, groups)
def test_turned_round_it_says_the_opposite(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = of_proportions(*one, *other), of_proportions(*other, *one)
    assert there is not None
    assert back is not None
    assert (there.low, there.p) == pytest.approx((-back.high, back.p))


def test_an_empty_group_differs_from_nothing() -> None:
    assert of_proportions(0, 0, 3, 9) is None


def test_scores_differ_by_more_than_chance_or_not() -> None:
    far, near = of_scores(30, 3, 10, 4), of_scores(12, 3, 10, 4)
    assert (far.low, far.high) == pytest.approx((20 - 1.959964 * 5, 20 + 1.959964 * 5))
    assert far.p == pytest.approx(6.334e-5, rel=1e-3)
    assert (far.holds_zero, near.holds_zero) == (False, True)
    assert of_scores(5, 0, 5, 0).p == 1


def test_holm_as_in_the_textbook() -> None:
    assert holm([0.01, 0.02, 0.03, 0.04]) == pytest.approx([0.04, 0.06, 0.06, 0.06])
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.9, 0.6]) == [1, 1]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_adjusting_never_makes_a_p_smaller_or_swaps_two(ps: list[float]) -> None:
    adjusted = holm(ps)
    assert all(p <= q <= 1 for p, q in zip(ps, adjusted, strict=True))
    pairs = sorted(zip(ps, adjusted, strict=True))
    assert [q for _p, q in pairs] == sorted(q for _p, q in pairs)
