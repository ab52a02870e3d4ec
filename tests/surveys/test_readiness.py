"""What has errors is not asked; whoever wants to publish it reads all of them."""

import pytest
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from surveys import drafting, waves
from surveys.checker import NotReady
from surveys.models import SurveyVersion
from surveys.questionnaire import loaded
from tests.surveys.makers import every_kind, make_survey, make_wave, question, section


def broken() -> dict[str, object]:
    return {"sections": [section("all", question("a", "single"), question("b", "matrix"), question("c", "line"))]}


def test_a_questionnaire_with_errors_is_not_published(city: City) -> None:
    wave = make_wave(city, broken(), published=False)
    with pytest.raises(NotReady) as refusal:
        waves.publish_wave(wave, by=COMMAND_LINE)
    assert refusal.value.status == 422
    assert [finding.question for finding in refusal.value.findings] == ["a", "b", "b"]
    assert refusal.value.sentence == (
        "Please offer at least two options. 2 more things have to be put right before you can publish."
    )
    assert wave.published_at is None
    assert db.session.scalars(select(SurveyVersion)).all() == []


def test_one_error_is_said_alone(city: City) -> None:
    wave = make_wave(city, {"sections": [section("all", question("a", "single"))]}, published=False)
    with pytest.raises(NotReady, match=r"^Please offer at least two options\.$"):
        waves.publish_wave(wave, by=COMMAND_LINE)


def test_warnings_do_not_block(city: City) -> None:
    wave = make_wave(city, {"sections": [section("all", question("a", "line")), section("empty")]})
    assert wave.version == 1


def test_a_wave_does_not_go_on_with_a_questionnaire_that_has_errors(city: City) -> None:
    survey = make_survey(city, every_kind())
    wave = make_wave(city, survey=survey)
    drafting.change_survey(survey, loaded({"title": survey.title} | broken()), seen=survey.edition, by=COMMAND_LINE)
    with pytest.raises(NotReady):
        waves.renew_wave(wave, by=COMMAND_LINE)
    assert wave.version == 1
