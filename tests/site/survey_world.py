"""Surveys for the world that the tests of the whole site walk through: in every state, with something of everything."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from surveys import exporting, kiosk
from surveys.drafts import Draft, change_draft, new_secret
from surveys.library import templates
from surveys.models import PaperEntry, Survey, SurveyExport, SurveyText, SurveyWave
from surveys.paper import batches
from tests.surveys.makers import fill, make_districts, make_survey, make_wave

if TYPE_CHECKING:
    from tests.site.world import World

TEXT_STATES = ("held", "approved", "rejected")


def make_surveys(world: "World") -> None:
    """In Riverton a survey with two waves, others in each state, one without waves, a template; one in Hillside."""
    make_districts(world.city)
    make_districts(world.other_city)
    world.waves["open-now"] = opened = make_wave(world.city, slug="open-now", name={"en": "After", "de": "Nachher"})
    answer(opened, 12)
    settle_texts(opened)
    world.waves["before"] = make_wave(world.city, survey=opened.survey, slug="before", name={"en": "Before"})
    answer(world.waves["before"], 6)
    running.close(world.waves["before"], by=COMMAND_LINE)
    world.waves["coming"] = make_wave(world.city, slug="coming", opens_at=clock.now() + timedelta(days=1))
    world.waves["taken-back"] = make_wave(world.city, slug="taken-back")
    running.withdraw(world.waves["taken-back"], {"en": "A mistake of ours."}, by=COMMAND_LINE)
    world.waves["not-yet"] = make_wave(world.city, slug="not-yet", published=False)
    world.waves["shown-at-once"] = make_wave(world.city, slug="shown-at-once", results="always")
    answer(world.waves["shown-at-once"], 3)
    make_survey(world.city).is_template = True
    enter_paper(opened)
    export(opened)
    world.keys["draft"] = begin(opened)
    world.other_wave = make_wave(world.other_city, slug="hills")
    answer(world.other_wave, 2)
    enter_paper(world.other_wave)
    export(world.other_wave)


def answer(wave: SurveyWave, times: int) -> None:
    for number in range(times):
        place = {"home": {"district": ("north", "south")[number % 2]}}
        values = {"mode": ("car", "bus", "x")[number % 3], "nps": number % 11, "age": 20 + number, "grid": {"a": "yes"}}
        written = {0: {"why": "Rain & <b>"}, 2: {"mode.other": "On foot"}}.get(number % 3, {})
        fill(wave, f"{wave.slug} {number}", **values, **written, **place)


def settle_texts(wave: SurveyWave) -> None:
    for number, text in enumerate(db.session.scalars(select(SurveyText).filter_by(wave_id=wave.id))):
        text.state = TEXT_STATES[number % 3]
        text.reason = "It names a person." if text.state == "rejected" else None
    db.session.commit()


def enter_paper(wave: SurveyWave) -> None:
    """A pile with a sheet that two people have read differently."""
    batch = batches.make_batch(wave, "Library", version=wave.version or 1, is_double=True, by=COMMAND_LINE)
    db.session.flush()
    for reading, chosen in ((1, "bus"), (2, "car")):
        place = {"city_id": wave.city_id, "batch_id": batch.id, "number": 1, "reading": reading}
        db.session.add(PaperEntry(**place, typed={"mode": [chosen]}, by=f"Reader {reading}"))
    db.session.commit()


def export(wave: SurveyWave) -> None:
    order = exporting.order_export(wave, "csv", "en", by=COMMAND_LINE)
    list(exporting.write_export(order))
    db.session.commit()


def begin(wave: SurveyWave) -> str:
    """A sheet that somebody has begun; gives the secret that opens it."""
    secret = new_secret()
    with current_app.test_request_context():
        change_draft(wave, secret, Draft(clock.now(), wave.version or 1), lambda draft: draft)
    db.session.commit()
    return secret


def _ids(model: type[Any], city: City) -> list[str]:
    return [str(row.id) for row in db.session.scalars(select(model).filter_by(city_id=city.id).order_by(model.id))]


def _batches(city: City) -> list[str]:
    return [str(row.batch_id) for row in db.session.scalars(select(PaperEntry).filter_by(city_id=city.id, reading=1))]


def _own_templates(city: City) -> list[str]:
    return [str(row.id) for row in db.session.scalars(select(Survey).filter_by(city_id=city.id, is_template=True))]


def _texts(city: City) -> list[str]:
    return [row.key.hex() for row in db.session.scalars(select(SurveyText).filter_by(city_id=city.id).limit(3))]


def _kiosk(wave: SurveyWave) -> str:
    with current_app.test_request_context():
        return kiosk.kiosk_link(wave).rpartition("/")[2].partition("?")[0]


def _most(_world: "World") -> list[str]:
    """Where what stands behind it in the address belongs to one wave."""
    return ["open-now"]


OF_ONE_WAVE = """
    survey.open_kiosk survey.resume survey.go_on survey_staff.export_file survey_staff.approve_text
    survey_staff.reject_text survey_staff.close_batch survey_staff.reopen_batch survey_staff.count_batch
    survey_staff.paper_batch survey_staff.paper_sheet survey_staff.keep_sheet survey_staff.paper_differences
    survey_staff.decide_differences survey_staff.confirm_removal survey_staff.take_out_sheet
""".split()
OF_RESULTS = "comparison results results_csv results_json results_texts".split()
OF_A_SECTION = "edit_section change_section copy_section delete_section place_section".split()
OF_A_TEMPLATE = "template begin_from_template".split()

EXAMPLES: dict[str, Callable[["World"], list[str]]] = {
    "survey slug": lambda world: list(world.waves),
    "survey_staff slug": lambda world: list(world.waves),
    "surveys_api slug": lambda world: list(world.waves),
    "survey_id": lambda world: _ids(Survey, world.city)[:2],
    "survey_staff.own_template survey_id": lambda world: _own_templates(world.city),
    "survey_staff.begin_from_own_template survey_id": lambda world: _own_templates(world.city),
    "batch_id": lambda world: _batches(world.city),
    "export_id": lambda world: _ids(SurveyExport, world.city),
    "survey_staff key": lambda world: _texts(world.city),
    "code": lambda _world: ["mode", "grid", "order"],
    "number": lambda _world: ["1"],
    "language": lambda _world: ["de"],
    "edition": lambda _world: ["1"],
    "form": lambda _world: ["xlsform", "surveyjs"],
    "field": lambda _world: ["why", "mode.other"],
    "token": lambda world: [_kiosk(world.waves["open-now"]), "gone"],
    "secret": lambda world: [world.keys["draft"], "gone"],
}
EXAMPLES |= {f"{endpoint} slug": _most for endpoint in OF_ONE_WAVE}
EXAMPLES |= {
    "survey_staff.edit_wave slug": lambda world: ["not-yet", *(slug for slug in world.waves if slug != "not-yet")],
    "survey_staff.paper_sheet number": lambda _world: ["2", "1"],
}
EXAMPLES |= {f"survey_staff.{page} slug": lambda _world: ["shown-at-once", "open-now"] for page in OF_RESULTS}
EXAMPLES |= {f"survey_staff.{page} code": lambda _world: ["travel"] for page in OF_A_SECTION}
EXAMPLES |= {f"survey_staff.{page} code": lambda _world: [t.code for t in templates()][:2] for page in OF_A_TEMPLATE}

FOREIGN: dict[str, Callable[["World"], str]] = {
    "survey slug": lambda world: world.other_wave.slug,
    "survey_staff slug": lambda world: world.other_wave.slug,
    "surveys_api slug": lambda world: world.other_wave.slug,
    "survey_id": lambda world: str(world.other_wave.survey_id),
    "batch_id": lambda world: _batches(world.other_city)[0],
    "export_id": lambda world: _ids(SurveyExport, world.other_city)[0],
    "survey_staff key": lambda world: _texts(world.other_city)[0],
    "code": lambda _world: "mode",
    "number": lambda _world: "1",
    "language": lambda _world: "de",
    "edition": lambda _world: "1",
    "form": lambda _world: "xlsform",
    "field": lambda _world: "why",
    "token": lambda world: _kiosk(world.other_wave),
    "secret": lambda _world: secrets.token_urlsafe(32),
}
"""What stands in Hillside."""
