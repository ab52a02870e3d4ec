"""The rules of progress from the command line, as a statistics office would try them."""

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from flask import Flask

from tests.insights.test_progress import CANADA, GOLDEN, needs_canada, needs_golden
from tests.makers import ONE_DATABASE

pytestmark = ONE_DATABASE
HEAD = "kind,baseline,target,value,baseline_date,due_date,value_date"
SERIES = "series base_value base_year current_value current_year direction limit target target_year".split()


def evaluate(app: Flask, file: Path, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["progress", "evaluate", str(file), *options])


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "cases.csv"
    file.write_text(text)
    return file


@needs_golden
def test_the_worked_cases_come_out_as_they_stand_there(app: Flask) -> None:
    result = evaluate(app, GOLDEN)
    assert result.exit_code == 0
    for found, wanted in zip(
        csv.DictReader(io.StringIO(result.stdout)), csv.DictReader(io.StringIO(GOLDEN.read_text())), strict=True
    ):
        assert (found["case"], found["status"]) == (wanted["case"], wanted["status"])
        assert found["shown_percent"] == wanted["shown_percent"]


@needs_canada
def test_published_series_come_out_with_value_status_and_score(app: Flask, tmp_path: Path) -> None:
    groups = yaml.safe_load(CANADA.read_text())
    rows = [row | {"series": name} for group in groups.values() for name, row in group.items() if isinstance(row, dict)]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, SERIES, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    result = evaluate(app, written(tmp_path, buffer.getvalue()), "--method", "cagr", "--json")
    assert result.exit_code == 0
    for found, wanted in zip(json.loads(result.stdout)["cases"], rows, strict=True):
        assert found["status"] == wanted["status"]
        assert found["score"] == pytest.approx(wanted["score"], abs=1e-6)


def test_a_row_that_cannot_be_computed_says_why(app: Flask, tmp_path: Path) -> None:
    table = f"{HEAD}\nup,10,80,much,2020-01-01,2030-01-01,2025-01-01\nup,10,80,45,2020-01-01,2030-01-01,2025-01-01\n"
    result = evaluate(app, written(tmp_path, table), "--json")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)["cases"]
    assert first["note"] == "value: 'much'"
    assert (second["status"], second["shown_percent"]) == ("on pace", 50)


def test_a_table_without_its_columns_is_refused(app: Flask, tmp_path: Path) -> None:
    result = evaluate(app, written(tmp_path, "a,b\n1,2\n"), "--json")
    assert result.exit_code == 1
    assert "baseline" in json.loads(result.stdout)["refused"]
