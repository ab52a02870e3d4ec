"""Surveys to measure on: the example of thirty questions, open for answers, with few sheets and with many."""

from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import ResultsRule
from surveys import breakdowns, jobs
from surveys.breakdowns import Split
from surveys.models import SurveySheet, SurveyWave
from surveys.questionnaire import Kind, Question
from surveys.seeding import example_wave, fill_wave
from surveys.statistics import count
from surveys.trial import invented_values
from surveys.versions import questionnaire_of

OPEN, FEW, MANY = "survey-open", "survey-few", "survey-many"
FEW_SHEETS, MANY_SHEETS = 100, 100_000
SPLIT = Split("gender")


def make_surveys(city: City, many: int = MANY_SHEETS) -> str:
    """The surveys, and the split that the worker has counted. Returns the form fields of a sheet."""
    for slug, sheets in ((OPEN, 0), (FEW, FEW_SHEETS), (MANY, many)):
        wave = example_wave(city, slug, by=COMMAND_LINE)
        wave.results = ResultsRule.ALWAYS
        db.session.flush()
        fill_wave(wave, sheets, seed=sheets)
        if count(wave) != sheets:
            raise RuntimeError(f"The sample has {count(wave)} sheets instead of {sheets}.")
    breakdowns.ask_for(wave_with(MANY), SPLIT)
    db.session.commit()
    jobs.count_breakdowns()
    return fields_for(wave_with(OPEN))


def wave_with(slug: str) -> SurveyWave:
    return db.session.scalars(select(SurveyWave).filter_by(slug=slug)).one()


def sheets(app: Flask) -> int:
    """How many sheets stand in the survey that is open for them: rows, not the kept counter."""
    with app.app_context():
        wave = wave_with(OPEN)
        found = db.session.scalar(select(func.count()).select_from(SurveySheet).filter_by(wave_id=wave.id)) or 0
        if found != count(wave):
            raise RuntimeError(f"{found} sheets are stored but {count(wave)} are counted.")
        db.engine.dispose()
    return found


def fields_for(wave: SurveyWave) -> str:
    """One invented sheet as a browser sends it."""
    questionnaire = questionnaire_of(wave)
    values = invented_values(questionnaire, Random(1), ["old-town"])
    fields = [("version", str(wave.version))]
    for question in questionnaire.questions:
        fields += _fields(question, values.get(question.code))
    fields += [(name, text) for name, text in values.items() if name.endswith(".other")]
    return urlencode(fields)


def _fields(question: Question, value: Any) -> Iterator[tuple[str, str]]:
    code = question.code
    if value is None:
        return
    if question.kind is Kind.RANKING:
        yield from ((f"{code}.rank.{option}", str(place)) for place, option in enumerate(value, start=1))
    elif isinstance(value, list):
        yield from ((code, option) for option in value)
    elif isinstance(value, dict):
        yield from ((f"{code}.{part}", str(inner)) for part, inner in value.items())
    else:
        yield code, "yes" if value is True else str(value)
