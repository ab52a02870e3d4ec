"""Progress on the straight line from the baseline to the target, or on a published path.

The share of the way that is behind us, beside the share of the time: defined at zero and where signs change, and to be
checked with a ruler. The cuts 0.95, 0.60 and 0 are those of Eurostat (Sustainable development in the European Union,
monitoring report, annex on the method). Numbers are exact fractions, so that 80 % never becomes 79.
"""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

EARLY = Fraction(1, 10)
"""Before this part of the expected way there is no pace."""
ON_PACE, NEARLY = Fraction(95, 100), Fraction(60, 100)
LEAST_NOISE = Fraction(2, 100)


class Standing(StrEnum):
    """Where an indicator stands. Each is a word for itself; none is told by a colour alone."""

    MONITORED = "monitored"
    BASELINE_AWAITED = "baseline awaited"
    HOLDING = "holding"
    SLIPPED = "slipped"
    REACHED = "reached"
    REACHED_EARLY = "reached early"
    ENDED_SHORT = "ended short"
    JUST_STARTED = "just started"
    MOVING_AWAY = "moving away"
    NO_CLEAR_CHANGE = "no clear change yet"
    ON_PACE = "on pace"
    NEARLY_ON_PACE = "nearly on pace"
    BEHIND_PACE = "behind pace"


@dataclass(frozen=True)
class Case:
    """One indicator at one moment. `kind` is "up", "down", "band", "keep", "yes/no" or "level".

    `target_high` is the upper end of a band, whose lower one is `target`. `margin` is the margin of error of the value,
    in its unit. `path` holds further points between the baseline and the target: what should be reached by when.
    """

    kind: str
    baseline: Fraction | None
    target: Fraction | None
    value: Fraction | None
    baseline_date: date
    due_date: date | None
    value_date: date | None
    target_high: Fraction | None = None
    margin: Fraction | None = None
    path: tuple[tuple[date, Fraction], ...] = ()


@dataclass(frozen=True)
class Progress:
    """Every component. What makes no sense in a standing is None.

    `attained` is a share of the way, below 0 where it leads away and above 1 beyond the target; `shown_percent` is a
    whole number from 0 to 100 that is 100 only where the target is met; `elapsed` and `expected` are shares of the time
    and of the way, `pace` is attained ÷ expected, `noise` the share that may be chance.
    """

    standing: Standing
    attained: Fraction | None = None
    shown_percent: int | None = None
    elapsed: Fraction | None = None
    expected: Fraction | None = None
    pace: Fraction | None = None
    noise: Fraction | None = None


def progress(case: Case) -> Progress:
    """By the first rule that fits. Raises ValueError where the dates or the band are turned round."""
    _ensure_sound(case)
    if case.target is None:
        return Progress(Standing.MONITORED)
    if case.baseline is None:
        return Progress(Standing.BASELINE_AWAITED)
    elapsed = _elapsed(case)
    if case.kind == "keep" or _meets(case, case.baseline) or _distance(case, case.baseline) == 0:
        return _kept(case, elapsed)
    if case.value is None or elapsed is None:
        return Progress(Standing.JUST_STARTED, elapsed=elapsed)
    return _on_the_way(case, case.value, elapsed)


def _ensure_sound(case: Case) -> None:
    if case.due_date is not None and case.due_date <= case.baseline_date:
        raise ValueError("The target is due before its baseline.")
    if case.kind == "band" and case.target is not None and case.target_high is None:
        raise ValueError("A band needs its upper end.")
    if case.target is not None and case.target_high is not None and case.target_high < case.target:
        raise ValueError("The upper end of the band is below its lower end.")
    if case.target is not None and case.due_date is None and case.baseline is not None:
        raise ValueError("The target has no date.")


def _kept(case: Case, elapsed: Fraction | None) -> Progress:
    """What was there from the beginning is held or lost; a percentage would say nothing."""
    is_held = case.value is None or _meets(case, case.value)
    return Progress(Standing.HOLDING if is_held else Standing.SLIPPED, elapsed=elapsed)


def _on_the_way(case: Case, value: Fraction, elapsed: Fraction) -> Progress:
    attained, noise = _attained(case, value), _noise(case)
    expected = _expected(case, elapsed)
    pace = attained / expected if expected >= EARLY else None
    is_met = _meets(case, value)
    shown = 100 if is_met else max(0, min(99, math.floor(100 * attained)))
    standing = _standing(case, attained, expected, pace, noise, is_met=is_met)
    return Progress(standing, attained, shown, elapsed, expected, pace, noise)


def _standing(
    case: Case, attained: Fraction, expected: Fraction, pace: Fraction | None, noise: Fraction, *, is_met: bool
) -> Standing:
    assert case.value_date is not None
    assert case.due_date is not None
    is_over = case.value_date >= case.due_date
    if is_met:
        return Standing.REACHED if is_over else Standing.REACHED_EARLY
    if is_over:
        return Standing.ENDED_SHORT
    if pace is None or expected < EARLY or case.value_date <= case.baseline_date:
        return Standing.JUST_STARTED
    if abs(attained) <= noise:
        return Standing.NO_CLEAR_CHANGE
    return Standing.MOVING_AWAY if attained < 0 else _by_pace(pace)


def _by_pace(pace: Fraction) -> Standing:
    if pace >= ON_PACE:
        return Standing.ON_PACE
    return Standing.NEARLY_ON_PACE if pace >= NEARLY else Standing.BEHIND_PACE


def _meets(case: Case, value: Fraction) -> bool:
    assert case.target is not None
    if case.target_high is not None:
        return case.target <= value <= case.target_high
    return value <= case.target if _goes_down(case) else value >= case.target


def _goes_down(case: Case) -> bool:
    """A level that is to be kept is a ceiling where the baseline stands below it."""
    if case.kind != "keep":
        return case.kind == "down"
    assert case.target is not None
    return case.baseline is not None and case.baseline < case.target


def _distance(case: Case, value: Fraction) -> Fraction:
    """How far a value is from the target, or from the nearer end of the band; 0 on it or within."""
    assert case.target is not None
    high = case.target if case.target_high is None else case.target_high
    return max(case.target - value, value - high, Fraction(0))


def _attained(case: Case, value: Fraction) -> Fraction:
    assert case.target is not None
    assert case.baseline is not None
    if case.target_high is not None:
        return 1 - _distance(case, value) / _distance(case, case.baseline)
    return (value - case.baseline) / (case.target - case.baseline)


def _noise(case: Case) -> Fraction:
    assert case.baseline is not None
    way = _distance(case, case.baseline)
    return max(LEAST_NOISE, case.margin / way) if case.margin else LEAST_NOISE


def _elapsed(case: Case) -> Fraction | None:
    """By the period that was measured, not by today; None where nothing was measured."""
    if case.value_date is None or case.due_date is None:
        return None
    return _share_of_time(case, case.value_date, case.due_date)


def _share_of_time(case: Case, day: date, due: date) -> Fraction:
    share = Fraction((day - case.baseline_date).days, (due - case.baseline_date).days)
    return min(max(share, Fraction(0)), Fraction(1))


def _expected(case: Case, elapsed: Fraction) -> Fraction:
    """The share of the way that should be behind us: that of the time, or what the path says, straight in between."""
    if not case.path:
        return elapsed
    assert case.value_date is not None
    assert case.due_date is not None
    points = [(Fraction(0), Fraction(0)), *sorted(_points(case, case.due_date)), (Fraction(1), Fraction(1))]
    for (start, low), (end, high) in pairwise(points):
        if start <= elapsed <= end and end > start:
            return low + (high - low) * (elapsed - start) / (end - start)
    return Fraction(1)


def _points(case: Case, due: date) -> list[tuple[Fraction, Fraction]]:
    return [(_share_of_time(case, day, due), _attained(case, value)) for day, value in case.path]
