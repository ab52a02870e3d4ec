"""The net promoter score, with its standard error.

Sources: F. F. Reichheld, "The one number you need to grow", Harvard Business Review, December 2003 (9 and 10 promote, 0
to 6 detract); B. Rocks, "Interval estimation for the net promoter score", The American Statistician 70 (2016), the
Wald variance.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """How many promote, are passive and detract; `points` from −100 to 100, and their standard error in points."""

    promoters: int
    passives: int
    detractors: int
    points: float
    standard_error: float


def net_promoter_score(counts: Mapping[int, int]) -> Score | None:
    """From how often each value of 0 to 10 was given; None without any."""
    total = sum(counts.values())
    if total == 0:
        return None
    promoters = sum(n for value, n in counts.items() if value >= 9)
    detractors = sum(n for value, n in counts.items() if value <= 6)
    difference = (promoters - detractors) / total
    variance = (promoters + detractors) / total - difference**2
    error = math.sqrt(variance / total)
    return Score(promoters, total - promoters - detractors, detractors, 100 * difference, 100 * error)
