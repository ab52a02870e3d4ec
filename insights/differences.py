"""How far two groups of people are apart, and how much of that chance alone could make.

Sources: E. B. Wilson, "Probable inference", Journal of the American Statistical Association 22 (1927); R. G. Newcombe,
"Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), method 10;
S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
"""Of a two-sided interval of 95 %."""


@dataclass(frozen=True)
class Difference:
    """The first less the second, its interval of 95 %, and the two-sided p of a test that both are equal."""

    value: float
    low: float
    high: float
    p: float

    @property
    def holds_zero(self) -> bool:
        return self.low <= 0 <= self.high


def wilson(count: int, n: int) -> tuple[float, float]:
    """The score interval of 95 % for a proportion, each end from 0 to 1. `n` is more than zero."""
    share, squared = count / n, Z * Z
    centre = (share + squared / (2 * n)) / (1 + squared / n)
    half = Z / (1 + squared / n) * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def of_proportions(count: int, n: int, other_count: int, other_n: int) -> Difference | None:
    """Newcombe's interval and the pooled score test, for two groups of different people; None where one is empty."""
    if not n or not other_n:
        return None
    share, other = count / n, other_count / other_n
    (low, high), (other_low, other_high) = wilson(count, n), wilson(other_count, other_n)
    value = share - other
    below = math.hypot(share - low, other_high - other)
    above = math.hypot(high - share, other - other_low)
    pooled = (count + other_count) / (n + other_n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return Difference(value, value - below, value + above, _two_sided(value, error))


def of_scores(score: float, error: float, other: float, other_error: float) -> Difference:
    """Of two independent figures with their standard errors, each nearly normal."""
    value, both = score - other, math.hypot(error, other_error)
    return Difference(value, value - Z * both, value + Z * both, _two_sided(value, both))


def holm(ps: Sequence[float]) -> list[float]:
    """Each p adjusted for the number of all of them, in the order in which they came."""
    adjusted, largest = [0.0] * len(ps), 0.0
    for rank, index in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
        largest = max(largest, min(1.0, (len(ps) - rank) * ps[index]))
        adjusted[index] = largest
    return adjusted


def _two_sided(value: float, error: float) -> float:
    if error == 0:
        return 1.0 if value == 0 else 0.0
    return math.erfc(abs(value) / error / math.sqrt(2))
