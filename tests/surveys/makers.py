"""Makes surveys, waves and sheets for tests, with everything they do not care about filled in."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import Channel
from surveys import actions, drafting, waves
from surveys.models import Survey, SurveyWave
from surveys.questionnaire import Kind, loaded
from surveys.sheets.checking import check
from surveys.versions import questionnaire_of
from tests.makers import make_participant

DISTRICTS = {"north": "North", "south": "South"}


def choice(code: str, label: str, **values: Any) -> dict[str, Any]:
    """An option, or a row."""
    return {"code": code, "label": {"en": label, "de": f"{label} (de)"}} | values


def question(code: str, kind: str, text: str = "", **values: Any) -> dict[str, Any]:
    text = text or f"What about {code}?"
    return {"code": code, "kind": kind, "text": {"en": text, "de": f"{text} (de)"}} | values


def section(code: str, *questions: dict[str, Any], **values: Any) -> dict[str, Any]:
    title = {"en": code.title(), "de": f"{code.title()} (de)"}
    return {"code": code, "title": title, "questions": list(questions)} | values


MODES = [choice("bus", "Bus"), choice("bike", "Bike"), choice("car", "Car")]
PARTS = [choice("a", "Quick"), choice("b", "Safe")]
STATEMENTS = [choice("s1", "More trees"), choice("s2", "Fewer cars")]
ENDS = {"low_label": {"en": "bad", "de": "schlecht"}, "high_label": {"en": "good", "de": "gut"}}
AGREE = [choice("no", "Disagree"), choice("mid", "Neither"), choice("yes", "Agree")]


def every_kind() -> dict[str, Any]:
    """A questionnaire with every kind of question, a condition and a skip."""
    single = question("mode", "single", "How do you travel most?", options=[*MODES, choice("x", "Else", role="other")])
    many = [*MODES, choice("none", "None of these", role="none"), choice("dk", "I don't know", role="dont_know")]
    return {
        "title": {"en": "City and you", "de": "Die Stadt und Sie"},
        "intro": {"en": "Thank you for your time.", "de": "Danke für Ihre Zeit."},
        "sections": [
            section(
                "travel",
                question("hello", "note", "Welcome."),
                single | {"is_required": True},
                question("others", "multiple", "And how else?", options=many, choose_max=2),
                question("why", "text", "Why the car?", show_if=["=", ["answer", "mode"], "car"]),
            ),
            section(
                "views",
                question("order", "ranking", "What matters?", options=MODES, choose_max=2),
                question("grid", "matrix", "Do you agree?", options=AGREE, rows=PARTS),
                question("talk", "statements", "What do you say?", rows=STATEMENTS),
                question("rate", "scale", "How good is it?", low=1, high=5, has_dont_know=True, **ENDS),
                question("nps", "nps", "Would you recommend it?"),
            ),
            section(
                "you",
                question("age", "number", "How old are you?", least=0, most=120, unit={"en": "years", "de": "Jahre"}),
                question("since", "date", "Since when do you live here?"),
                question("job", "line", "What do you do?"),
                question("home", "place", "Where do you live?"),
                question("ok", "consent", "I agree that my answers are used."),
            ),
        ],
    }


def make_districts(city: City) -> None:
    """North and South, unless the city has districts already."""
    if db.session.scalar(District.in_city(city).limit(1)):
        return
    for place, (code, name) in enumerate(DISTRICTS.items()):
        db.session.add(District(city_id=city.id, code=code, position=place, name={"en": name}))
    db.session.commit()


def make_survey(city: City, document: Mapping[str, Any] | None = None) -> Survey:
    """A survey with a title, in a city that can ask it: a question about a place needs districts."""
    questionnaire = loaded({"title": every_kind()["title"]} | dict(document or every_kind()))
    if any(question.kind is Kind.PLACE for question in questionnaire.questions):
        make_districts(city)
    survey = drafting.create_survey(city, questionnaire, by=COMMAND_LINE)
    db.session.commit()
    return survey


def make_wave(city: City, document: Mapping[str, Any] | None = None, **values: Any) -> SurveyWave:
    """A wave that is open, unless `published` is false or the moments say otherwise. `survey`: of this one."""
    published = values.pop("published", True)
    survey = values.pop("survey", None) or make_survey(city, document)
    moments = {"opens_at": clock.now() - timedelta(hours=1), "closes_at": clock.now() + timedelta(days=14)}
    moments |= {name: values.pop(name) for name in tuple(moments) if name in values}
    slug = values.pop("slug", f"survey-{secrets.token_hex(3)}")
    plan = waves.WavePlan(clock.now() - timedelta(hours=1), clock.now() + timedelta(days=365), slug=slug)
    wave = waves.plan_wave(survey, plan, by=COMMAND_LINE)
    if published:
        waves.publish_wave(wave, by=COMMAND_LINE)
    for name, value in (moments | values).items():
        setattr(wave, name, value)
    db.session.commit()
    return wave


def fill(wave: SurveyWave, by: str = "ana", *, channel: Channel = Channel.WEB, **values: Any) -> None:
    """Somebody answers, below the pages."""
    checked = check(questionnaire_of(wave), values, clock.now().date(), DISTRICTS)
    participant = make_participant(by, channel=channel)
    actions.send_sheet(wave, checked, secrets.token_hex(16), by=participant)
    db.session.commit()
