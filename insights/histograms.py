"""Counts of numbers in bins that do not mislead: equal widths, round edges, empty bins shown, nothing cut off."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from insights.scales import quantile

STEPS = (1, 2, 5, 10)
FAR = 3
"""Whole range to the range of 98 % of the values: beyond this the few far ones stand in open bins at the ends."""


@dataclass(frozen=True)
class Bin:
    """How many values lie from `low` up to, but not at, `high`. None: the bin is open on this side."""

    low: float | None
    high: float | None
    n: int


def histogram(counts: Mapping[float, int], most: int = 12) -> tuple[Bin, ...]:
    """At most `most` bins of equal width, whose edges are multiples of 1, 2 or 5 times a power of ten.

    `counts` says how often each value was given. Where a few values lie far from all others, the first or the last bin
    is open and counts them, so that the others can still be told apart. Nothing without values; bins of whole
    numbers are at least 1 wide.
    """
    given = {value: n for value, n in counts.items() if n}
    if not given:
        return ()
    low, high = _range(given)
    is_whole = all(float(value).is_integer() for value in given)
    width = _width(high - low, most, least=1.0 if is_whole else 0.0)
    first, last = _place(low, width), _place(high, width)
    found: Counter[int] = Counter()
    for value, n in given.items():
        found[min(max(_place(value, width), first - 1), last + 1)] += n
    inside = [Bin(_edge(place, width), _edge(place + 1, width), found[place]) for place in range(first, last + 1)]
    below = [Bin(None, inside[0].low, found[first - 1])] if found[first - 1] else []
    above = [Bin(inside[-1].high, None, found[last + 1])] if found[last + 1] else []
    return (*below, *inside, *above)


def _range(given: Mapping[float, int]) -> tuple[float, float]:
    """From the least to the largest; without the outermost hundredths where the whole would be far wider."""
    low, high = min(given), max(given)
    inner_low, inner_high = quantile(given, 1, 100), quantile(given, 99, 100)
    if inner_low is None or inner_high is None or inner_low == inner_high:
        return low, high
    return (inner_low, inner_high) if high - low > FAR * (inner_high - inner_low) else (low, high)


def _width(span: float, most: int, least: float) -> float:
    """The narrowest round width with which `most` bins cover the span wherever their edges fall."""
    rough = max(span / (most - 1), least)
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def _place(value: float, width: float) -> int:
    return math.floor(round(value / width, 9))


def _edge(place: int, width: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{place * width:.12g}")
