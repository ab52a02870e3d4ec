"""The survey before anybody is asked: its page in the console, as a phone shows it, as a screen reader reads it."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from citizen.core.db import db
from surveys.models import Survey, SurveyDraft, SurveySheet
from tests.surveys.makers import make_survey, make_wave
from tests.surveys.staff.writing import SHORT, at, fields_in


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city)


def rows_kept() -> int:
    return sum(db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (SurveyDraft, SurveySheet))


def test_the_page_of_a_survey_tells_it_in_words(editor, survey):
    page = BeautifulSoup(editor.get(at(survey)).text, "html.parser")
    lines = [line.get_text(" ", strip=True) for line in page.select(".asked li")]
    assert len(lines) == 14
    assert lines[1] == "How do you travel most? Choose one, must be answered"
    assert lines[3] == "Why the car? Long text Shown only if “How do you travel most?” is “Car”"


def test_what_is_missing_leads_to_where_it_is_mended(editor, city):
    empty = SHORT | {"sections": [{"code": "s1", "questions": [{"code": "q1", "kind": "single"}]}]}
    survey = make_survey(city, empty)
    page = BeautifulSoup(editor.get(at(survey)).text, "html.parser")
    links = {str(link["href"]) for link in page.select("#to-do ~ * a")}
    assert at(survey, "/questions/q1#part") in links


def test_waves_stand_on_the_page_with_their_state(editor, city, survey):
    wave = make_wave(city, survey=survey, name={"en": "Before"})
    page = BeautifulSoup(editor.get(at(survey)).text, "html.parser")
    line = page.select_one("#waves ~ ul li")
    assert line.get_text(" ", strip=True) == "Before Open"
    assert line.a["href"] == f"/riverton/staff/surveys/waves/{wave.slug}"


def test_who_only_reads_is_offered_no_act(bruno, survey):
    page = BeautifulSoup(bruno.get(at(survey)).text, "html.parser")
    assert not page.select("main form")
    addresses = {str(link["href"]) for link in page.select("main a")}
    assert not any("settings" in address or "/questions/" in address for address in addresses)


@pytest.mark.parametrize(
    ("number", "line"), [(1, "Group: And how else?"), (2, "Radio button, 1: bad"), (3, "How old are you?")]
)
def test_every_page_is_read_out(editor, survey, number, line):
    page = BeautifulSoup(editor.get(at(survey, f"/preview?page={number}")).text, "html.parser")
    assert any(line in entry.text for entry in page.select(".spoken li"))
    assert page.select_one("iframe")["src"].endswith(f"/preview/phone?page={number}")
    assert len(page.select(".preview-pages li")) == 3


def test_questions_that_depend_on_answers_are_read_out_too(editor, survey):
    page = BeautifulSoup(editor.get(at(survey, "/preview")).text, "html.parser")
    assert "Text field with several lines, Why the car?, empty" in [line.text for line in page.select(".spoken li")]


def test_the_phone_shows_the_page_as_people_will_see_it(editor, survey):
    response = editor.get(at(survey, "/preview/phone?page=2"))
    page = BeautifulSoup(response.text, "html.parser")
    live = page.select_one("#sheet > .sheet-page")
    assert live["data-page"] == "2"
    assert {template["data-page"] for template in page.select("template[data-page]")} == {"1", "3", "check"}
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_nothing_in_the_phone_leads_to_an_address_of_citizens(editor, survey):
    page = BeautifulSoup(editor.get(at(survey, "/preview/phone")).text, "html.parser")
    form = page.select_one("#sheet")
    addresses = [form[name] for name in ("action", "data-send", "data-check", "data-home")]
    assert all(address.startswith(at(survey, "/preview/phone")) for address in addresses)
    assert not form.has_attr("data-keep")


def test_answers_lead_on_and_are_not_kept(editor, survey):
    fields = fields_in(editor.get(at(survey, "/preview/phone")).text, "#sheet")
    fields |= {"csrf_token": fields_in(editor.get(at(survey, "/settings")).text)["csrf_token"], "mode": "bus"}
    following = editor.post(at(survey, "/preview/phone?page=1"), data=fields | {"go": "next"})
    assert following.location.endswith("/preview/phone?page=2")
    back = editor.post(at(survey, "/preview/phone"), data=fields | {"page": "1", "go": "back"})
    assert back.location.endswith("/preview/phone?page=1")
    end = editor.post(at(survey, "/preview/phone?end=1"), data=fields)
    assert end.status_code == 200
    assert "Nothing was sent." in end.text
    assert rows_kept() == 0


def test_the_last_page_leads_to_the_thanks(editor, city):
    survey = make_survey(city, SHORT | {"thanks": {"en": "See you in May."}})
    token = fields_in(editor.get(at(survey, "/settings")).text)["csrf_token"]
    response = editor.post(at(survey, "/preview/phone"), data={"csrf_token": token, "page": "2", "go": "next"})
    assert "See you in May." in response.text


def test_a_survey_without_questions_has_nothing_to_show_yet(editor, city):
    survey = make_survey(city, {"title": {"en": "Empty"}, "sections": [{"code": "s1"}]})
    assert "There is nothing to see yet" in editor.get(at(survey, "/preview")).text
    assert editor.get(at(survey, "/preview/phone")).status_code == 404
