"""Invented answers: all the rows of real ones, and never by accident."""

import json

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.participation.models import AnswerCount, Participation, Receipt
from surveys import statistics
from surveys.models import SurveySheet, SurveyText, SurveyWave
from surveys.questionnaire import Kind, loaded
from surveys.seeding import EXAMPLE
from tests.surveys.makers import make_districts, make_wave


def seed(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["survey", "seed", *arguments])


def number_of(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def answers(slug: str) -> list[dict]:
    wave = db.session.scalars(select(SurveyWave).filter_by(slug=slug)).one()
    sheets = db.session.scalars(select(SurveySheet.answers).filter_by(wave_id=wave.id))
    return sorted(sheets, key=json.dumps)


def test_a_wave_is_filled_with_every_row_of_real_answers(app: Flask, city: City) -> None:
    wave = make_wave(city)
    assert seed(app, "riverton", wave.slug, "--answers", "30").exit_code == 0
    assert statistics.count(wave) == number_of(SurveySheet) == number_of(Participation) == number_of(Receipt) == 30
    assert number_of(SurveyText) > 0
    assert db.session.scalar(select(func.sum(AnswerCount.n))) == 30


def test_the_same_seed_gives_the_same_answers(app: Flask, city: City) -> None:
    survey = make_wave(city, slug="one").survey
    make_wave(city, slug="two", survey=survey)
    make_wave(city, slug="three", survey=survey)
    for slug, number in (("one", "7"), ("two", "7"), ("three", "8")):
        seed(app, "riverton", slug, "--answers", "20", "--seed", number)
    assert answers("one") == answers("two") != answers("three")


def test_where_there_is_no_survey_an_example_is_made(app: Flask, city: City) -> None:
    make_districts(city)
    assert "/riverton/surveys/example/results" in seed(app, "riverton", "example", "--answers", "5").output
    wave = db.session.scalars(select(SurveyWave).filter_by(slug="example")).one()
    assert (wave.state, statistics.count(wave)) == ("open", 5)
    seed(app, "riverton", "example", "--answers", "3")
    assert statistics.count(wave) == 8


def test_the_example_has_thirty_questions_of_almost_every_kind() -> None:
    kinds = [question.kind for question in loaded(json.loads(EXAMPLE.read_text())).questions]
    assert len([kind for kind in kinds if kind is not Kind.NOTE]) == 30
    assert set(Kind) - set(kinds) == {Kind.LINE, Kind.FILE}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere", "plan"), "There is no city"),
        (("riverton", "draft"), "Only an open survey takes answers."),
        (("riverton", "plan", "--answers", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_filled_is_refused(app: Flask, city: City, arguments: tuple[str, ...], sentence: str) -> None:
    make_wave(city, published=False, slug="draft")
    result = seed(app, *arguments)
    assert result.exit_code != 0
    assert sentence in result.output
    assert number_of(SurveySheet) == 0


def test_a_public_install_asks_whether_it_is_meant(app: Flask, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = make_wave(city)
    settings = type("Settings", (), {"is_public": True, "survey_files": False})()
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert "--yes if you mean it" in seed(app, "riverton", wave.slug, "--answers", "2").output
    assert statistics.count(wave) == 0
    seed(app, "riverton", wave.slug, "--answers", "2", "--yes")
    assert statistics.count(wave) == 2
