"""Bringing and taking questionnaires on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.core.db import db
from surveys import importers
from surveys.models import Survey, SurveyRevision
from surveys.questionnaire import dumped, loaded
from tests.makers import ONE_DATABASE
from tests.surveys.importers.workbooks import form
from tests.surveys.makers import every_kind, make_survey, question, section
from tests.surveys.shared import questionnaire_path

pytestmark = ONE_DATABASE
GOOD = form(("integer", "age", "How old are you?"), ("audio", "song", "Sing"), ("time", "at", "When?"))


@pytest.fixture
def run(app: Flask, city: Any) -> Callable[..., Any]:
    return lambda *arguments: app.test_cli_runner().invoke(args=["survey", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(GOOD)
    return path


def number_of_surveys() -> int:
    return len(db.session.scalars(select(Survey)).all())


def test_the_report_is_printed_row_by_row_and_a_draft_is_made(run, file):
    told = run("import", "riverton", file)
    (survey,) = db.session.scalars(select(Survey))
    assert told.exit_code == 0
    assert "Came over     survey!2       Question age How old are you?" in told.output
    assert "Not possible  survey!3       Question song Sing\n" in told.output
    assert "Plaza takes no sound and no film." in told.output
    assert "2 questions came over. 1 of them was changed. 1 question could not." in told.output
    assert f"Made: /riverton/staff/surveys/{survey.id}" in told.output
    assert (survey.waves, db.session.scalars(select(SurveyRevision.act)).one()) == ([], "imported")


def test_a_dry_run_saves_nothing(run, file):
    told = run("import", "riverton", file, "--dry-run")
    assert told.exit_code == 0
    assert "Nothing was saved." in told.output
    assert number_of_surveys() == 0


def test_json_holds_the_whole_report(run, file):
    report = json.loads(run("import", "riverton", file, "--json").output)
    assert (report["questions_imported"], report["questions_changed"], report["questions_skipped"]) == (2, 1, 1)
    assert (report["format"], report["refused"]) == ("xlsform", None)
    assert report["survey"] == db.session.scalars(select(Survey.id)).one()
    assert {"where": "survey!3", "severity": "lost", "sentence": "Plaza takes no sound and no film."} in report["notes"]


def test_a_refused_file_ends_with_one(run, tmp_path):
    path = tmp_path / "twice.xlsx"
    path.write_bytes(form(("text", "q", "What?"), head=("type", "name", "label", "label")))
    told = run("import", "riverton", path)
    assert told.exit_code == 1
    assert "Refused: survey!C1 and survey!D1: the column “label” stands here twice." in told.output
    told = run("import", "riverton", path, "--json")
    assert told.exit_code == 1
    assert "stands here twice" in json.loads(told.output)["refused"]
    assert number_of_surveys() == 0


def test_cities_and_files_that_are_not_there_are_told(run, file, tmp_path):
    assert "There is no city 'nowhere'." in run("import", "nowhere", file).output
    assert run("import", "riverton", tmp_path / "gone.xlsx").exit_code == 2
    large = tmp_path / "large.xlsx"
    large.write_bytes(b"x" * (importers.bounds.MAX_FILE + 5))
    assert "This file is larger than 10 MB." in run("import", "riverton", large).output


@pytest.mark.parametrize("form_", ["xlsform", "surveyjs"])
def test_a_survey_is_written_and_read_again(run, city, tmp_path, form_):
    survey, path = make_survey(city), tmp_path / "out"
    assert run("export", "riverton", survey.id, "--format", form_, "--output", path).exit_code == 0
    back = importers.read("out", path.read_bytes(), ["en", "de"]).questionnaire
    assert [question.code for question in back.questions] == [q.code for q in loaded(every_kind()).questions]


def test_what_the_file_cannot_say_stands_on_the_error_stream(run, city, tmp_path):
    skips = [{"when": ["=", ["answer", "q"], "x"], "to": "end"}]
    document = {"title": {"en": "T"}, "sections": [section("all", question("q", "line", skips=skips))]}
    survey = make_survey(city, document)
    told = run("export", "riverton", survey.id)
    assert "q: XLSForm has no jumps. The jump after this question was left out." in told.stderr
    back = importers.read("out", told.stdout_bytes, ["en", "de"]).questionnaire
    assert dumped(back)["sections"][0]["code"] == "all"


def test_a_survey_of_another_city_is_not_written(run, other_city):
    told = run("export", "riverton", make_survey(other_city).id)
    assert told.exit_code == 1
    assert "There is no survey" in told.stderr


@pytest.mark.parametrize(
    ("name", "imported"), [("mitwirken_umfrage.xlsx", 38), ("testA.xlsx", 21), ("widgets.xls", 28)]
)
def test_real_files_are_brought(run, name, imported):
    told = run("import", "riverton", questionnaire_path(name), "--json")
    assert told.exit_code == 0
    assert json.loads(told.output)["questions_imported"] == imported
