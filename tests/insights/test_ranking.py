"""Borda and Schulze against figures that others published."""

from collections import Counter
from itertools import chain, combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.ranking import borda, schulze

Ballots = dict[str, int]
"""How many voters ranked the options, named by one letter each, in this order."""

FORTY_FIVE: Ballots = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}
"""The example of the article on the Schulze method in the English Wikipedia."""

TENNESSEE: Ballots = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
"""Memphis, Nashville, Chattanooga, Knoxville: the example of Wikipedia's articles on voting."""


def points(options: str, ballots: Ballots) -> dict[str, float]:
    places: Counter[tuple[str, int, int]] = Counter()
    lengths: Counter[int] = Counter()
    for ballot, voters in ballots.items():
        lengths[len(ballot)] += voters
        for place, option in enumerate(ballot, start=1):
            places[option, place, len(ballot)] += voters
    return borda(options, places, lengths)


def preferences(options: str, ballots: Ballots) -> Counter[tuple[str, str]]:
    """How many voters prefer the first to the second; what is not ranked comes after all that is."""
    found: Counter[tuple[str, str]] = Counter()
    for ballot, voters in ballots.items():
        whole = [*ballot, *(set(options) - set(ballot))]
        for better, worse in combinations(whole, 2):
            if better in ballot:
                found[better, worse] += voters
    return found


def order(options: str, ballots: Ballots) -> list[list[str]]:
    return schulze(options, preferences(options, ballots))


def test_the_45_voters_in_the_order_of_schulze() -> None:
    assert order("ABCDE", FORTY_FIVE) == [["E"], ["A"], ["C"], ["B"], ["D"]]


def test_the_45_voters_in_points_of_borda() -> None:
    assert points("ABCDE", FORTY_FIVE) == {"A": 98, "B": 92, "C": 89, "D": 69, "E": 102}


def test_the_capital_of_tennessee_in_points_of_borda() -> None:
    assert points("MNCK", TENNESSEE) == {"M": 126, "N": 194, "C": 173, "K": 107}


def test_the_capital_of_tennessee_in_the_order_of_schulze() -> None:
    assert order("MNCK", TENNESSEE) == [["N"], ["C"], ["K"], ["M"]]


def test_the_input_is_read_in_any_order_of_options() -> None:
    orders = {str(order("".join(options), FORTY_FIVE)) for options in permutations("ABCDE")}
    assert orders == {"[['E'], ['A'], ['C'], ['B'], ['D']]"}


def test_unranked_options_share_the_average_of_the_remaining_points() -> None:
    assert points("ABCD", {"A": 1}) == {"A": 3, "B": 1, "C": 1, "D": 1}


def test_options_that_nobody_tells_apart_tie() -> None:
    assert order("ABC", {"A": 4}) == [["A"], ["B", "C"]]


def test_nobody_voted() -> None:
    assert order("ABC", {}) == [["A", "B", "C"]]
    assert points("ABC", {}) == {"A": 0, "B": 0, "C": 0}


rankings = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True).map("".join)
elections = st.dictionaries(rankings, st.integers(1, 50), min_size=1, max_size=12)


@given(elections)
def test_every_ballot_gives_the_same_number_of_points(ballots: Ballots) -> None:
    assert sum(points("ABCDE", ballots).values()) == pytest.approx(10 * sum(ballots.values()))


@given(elections)
def test_who_beats_everybody_in_pairs_stands_first(ballots: Ballots) -> None:
    pairs = preferences("ABCDE", ballots)
    winners = [a for a in "ABCDE" if all(pairs[a, b] > pairs[b, a] for b in "ABCDE" if a != b)]
    assert not winners or order("ABCDE", ballots)[0] == winners


@given(elections)
def test_everybody_has_one_place(ballots: Ballots) -> None:
    assert sorted(chain.from_iterable(order("ABCDE", ballots))) == list("ABCDE")


@given(elections)
def test_the_order_is_that_of_the_strongest_paths(ballots: Ballots) -> None:
    """Against a slow reading of the definition: every path, its weakest step, the best of them."""
    strength = slow_strengths("ABCDE", preferences("ABCDE", ballots))
    place = {option: index for index, group in enumerate(order("ABCDE", ballots)) for option in group}
    beaten = {(a, b) for a, b in permutations("ABCDE", 2) if strength[a, b] > strength[b, a]}
    assert all(place[a] < place[b] for a, b in beaten)


def slow_strengths(options: str, pairs: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    return {(a, b): max(weakest(path, pairs) for path in paths(options, a, b)) for a, b in permutations(options, 2)}


def paths(options: str, start: str, end: str) -> list[tuple[str, ...]]:
    between = [option for option in options if option not in {start, end}]
    return [(start, *middle, end) for length in range(len(between) + 1) for middle in permutations(between, length)]


def weakest(path: tuple[str, ...], pairs: Counter[tuple[str, str]]) -> int:
    return min(pairs[a, b] if pairs[a, b] > pairs[b, a] else 0 for a, b in pairwise(path))
