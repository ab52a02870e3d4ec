"""Values with an order, from how often each was given: points of a scale, numbers, labelled steps.

Quantiles are the averaged inverse of the distribution function, type 2 of R. J. Hyndman and Y. Fan, "Sample quantiles
in statistical packages", The American Statistician 50 (1996): no value appears that lies between two others, except
their middle.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate


def median(counts: Mapping[int, int] | Mapping[float, int]) -> float | None:
    """Median of the values, from how often each was given; None without any."""
    return quantile(counts, 1, 2)


def quantile(counts: Mapping[int, int] | Mapping[float, int], part: int, parts: int) -> float | None:
    """The value below which `part` of `parts` equal groups lie: 1 of 4 is the lower quartile. None without any."""
    total = sum(counts.values())
    if total == 0:
        return None
    rank, rest = divmod(total * part, parts)
    low = _value_at(counts, rank if rest else max(rank - 1, 0))
    high = _value_at(counts, min(rank, total - 1))
    return (low + high) / 2


def mean(counts: Mapping[int, int] | Mapping[float, int]) -> float | None:
    """Arithmetic mean of the values; None without any."""
    total = sum(counts.values())
    return sum(value * n for value, n in counts.items()) / total if total else None


def middle(counts: Sequence[int]) -> tuple[int, int] | None:
    """The median of labelled steps, which have an order but no distance: the places of the two middle answers.

    `counts` are in the order of the steps. Both places are mostly the same. None without answers.
    """
    total = sum(counts)
    if total == 0:
        return None
    passed = list(accumulate(counts))
    low, high = ((total - 1) // 2, total // 2)
    return next(i for i, n in enumerate(passed) if n > low), next(i for i, n in enumerate(passed) if n > high)


def sides(counts: Sequence[int]) -> tuple[int, int]:
    """How many answers stand before and behind the middle of labelled steps; a middle step is on no side."""
    half = len(counts) // 2
    return sum(counts[:half]), sum(counts[len(counts) - half :])


def ends(steps: int) -> int:
    """How many steps the "top two" are: two of four or more, else one, or they would take in the middle."""
    return 2 if steps > 3 else min(1, steps // 2)


def _value_at(counts: Mapping[int, int] | Mapping[float, int], index: int) -> float:
    passed = 0
    for value, n in sorted(counts.items()):
        passed += n
        if passed > index:
            return value
    raise IndexError(index)
