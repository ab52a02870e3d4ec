"""Progress on the straight line and by growth rates, held against worked cases and published series."""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from insights.progress import Case, Series, Standing, growth, progress

DATA = Path(__file__).parents[3] / "shared/data"
GOLDEN, CANADA = DATA / "golden_progress_cases.csv", DATA / "canada_cif_progress_oracle/cif_components.yml"
needs_golden = pytest.mark.skipif(not GOLDEN.exists(), reason=f"{GOLDEN} is not here")
needs_canada = pytest.mark.skipif(not CANADA.exists(), reason=f"{CANADA} is not here")
START, MIDDLE, DUE = date(2020, 1, 1), date(2025, 1, 1), date(2030, 1, 1)


def case(kind: str = "up", baseline: Any = 0, target: Any = 100, value: Any = 50, **values: Any) -> Case:
    """Half of the time has passed, unless told."""
    given = {"baseline_date": START, "due_date": DUE, "value_date": MIDDLE} | values
    numbers = (None if number is None else Fraction(number) for number in (baseline, target, value))
    return Case(kind, *numbers, **given)


def golden() -> list[dict[str, str]]:
    return list(csv.DictReader(GOLDEN.read_text().splitlines())) if GOLDEN.exists() else []


@needs_golden
@pytest.mark.parametrize("row", golden(), ids=lambda row: row["case"])
def test_the_worked_cases(row: dict[str, str]) -> None:
    numbers = {name: Fraction(row[name]) if row[name] else None for name in ("target_high", "margin")}
    days = {name: date.fromisoformat(row[name]) for name in ("baseline_date", "due_date", "value_date")}
    found = progress(case(row["kind"], row["baseline"], row["target"], row["value"], **numbers, **days))
    assert found.standing == row["status"]
    for name in ("attained", "shown_percent", "elapsed", "expected", "pace"):
        value = getattr(found, name)
        assert (value is None) == (row[name] == ""), name
        if value is not None:
            assert float(value) == pytest.approx(float(row[name]), abs=0.0006), name


def published() -> list[tuple[str, dict[str, Any]]]:
    found = yaml.safe_load(CANADA.read_text()) if CANADA.exists() else {}
    return [(name, row) for group in found.values() for name, row in group.items() if isinstance(row, dict)]


@needs_canada
def test_there_are_132_published_series() -> None:
    assert len(published()) == 132


@needs_canada
@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in published()])
def test_what_statistics_canada_published(row: dict[str, Any]) -> None:
    names = "base_value base_year current_value current_year direction limit target target_year".split()
    found = growth(Series(**{name: row[name] for name in names}))
    assert found.status == row["status"]
    assert found.value == pytest.approx(row["progress_value"], abs=1e-9)
    assert found.score == pytest.approx(row["score"], abs=1e-6)


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        (case(target=None), Standing.MONITORED),
        (case(baseline=None), Standing.BASELINE_AWAITED),
        (case(value=None, value_date=None), Standing.JUST_STARTED),
        (case(value=-10), Standing.MOVING_AWAY),
        (case(value=1), Standing.NO_CLEAR_CHANGE),
        (case(value=-1), Standing.NO_CLEAR_CHANGE),
        (case(value=100, value_date=DUE), Standing.REACHED),
        (case("keep", 90, 80, 85), Standing.HOLDING),
        (case("keep", 90, 80, 79), Standing.SLIPPED),
        (case("keep", 3, 5, 6), Standing.SLIPPED),
        (case("up", 90, 80, 70), Standing.SLIPPED),
        (case("band", 10, 20, 15, target_high=Fraction(30)), Standing.ON_PACE),
        (case("band", 10, 20, 25, target_high=Fraction(30)), Standing.REACHED_EARLY),
        (case("band", 40, 20, 45, target_high=Fraction(30)), Standing.MOVING_AWAY),
        (case("yes/no", 0, 1, 0), Standing.NO_CLEAR_CHANGE),
    ],
)
def test_standings(given: Case, standing: Standing) -> None:
    assert progress(given).standing is standing


def test_a_hundred_per_cent_is_shown_only_where_the_target_is_met() -> None:
    assert progress(case(value="99.999")).shown_percent == 99
    assert progress(case(value=100)).shown_percent == 100
    assert progress(case(value=-50)).shown_percent == 0


def test_eighty_per_cent_are_eighty() -> None:
    assert progress(case("down", "0.3", "0.2", "0.22")).shown_percent == 80


def test_a_published_path_says_what_is_expected() -> None:
    late = progress(case(value=20, path=((MIDDLE, Fraction(20)),)))
    assert (late.expected, late.pace, late.standing) == (Fraction(1, 5), 1, Standing.ON_PACE)


@pytest.mark.parametrize(
    "given", [case(due_date=START), case("band", 1, 2, 3), case("band", 1, 3, 2, target_high=Fraction(2))]
)
def test_what_is_turned_round_is_refused(given: Case) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        progress(given)


def test_growth_at_the_edges() -> None:
    zero_target = growth(Series(12, 2015, 6, 2020, -1, target=0, target_year=2030))
    assert zero_target.status != "target_achieved"
    assert growth(Series(1, 2015, 2, 2015, 1)).status == "not_available"
    assert growth(Series(50, 2015, 40, 2020, 1, target=50, target_year=2030)).score == -5
    with pytest.raises(ValueError, match="growth rate"):
        growth(Series(-1, 2015, 2, 2020, 1))
