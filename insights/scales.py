"""Values on a labelled scale."""

from collections.abc import Mapping


def median(counts: Mapping[int, int]) -> float | None:
    """Median of the values, from how often each was given; None without any."""
    total = sum(counts.values())
    if total == 0:
        return None
    low, high = _value_at(counts, (total - 1) // 2), _value_at(counts, total // 2)
    return (low + high) / 2


def mean(counts: Mapping[int, int]) -> float | None:
    """Arithmetic mean of the values; None without any."""
    total = sum(counts.values())
    return sum(value * n for value, n in counts.items()) / total if total else None


def _value_at(counts: Mapping[int, int], index: int) -> int:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > index:
            return value
    raise IndexError(index)
