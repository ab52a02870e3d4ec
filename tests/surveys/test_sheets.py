"""From what was typed to values, to what is wrong with them, to rows that nothing joins to whoever answered."""

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import SurveySheet, SurveyTally, SurveyText
from tests.surveys.makers import fill, make_wave


def test_a_sheet_raises_its_counters(city: City) -> None:
    wave = make_wave(city)
    fill(wave, mode="car", why="Rain", order=["bike", "bus"], grid={"a": "yes"}, rate=4, age=41, others=["none"])
    sheet = db.session.scalars(select(SurveySheet)).one()
    assert sheet.answers["mode"] == "car"
    assert "why" not in sheet.answers
    assert db.session.scalars(select(SurveyText)).one().text == "Rain"
    rows = db.session.scalars(select(SurveyTally))
    counters = {(row.question, row.row, row.choice, row.rival): row.n for row in rows}
    assert counters["mode", "", "car", ""] == 1
    assert counters["mode", "", "#asked", ""] == 1
    assert counters["grid", "a", "yes", ""] == 1
    assert counters["order", "", "bike", "car"] == 1
    assert ("nps", "", "#answered", "") not in counters
