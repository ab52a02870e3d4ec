"""What pages of a sheet do whatever the kinds of their questions."""

import json

import pytest
from flask.testing import FlaskClient

from citizen.cities.models import City
from tests.surveys.filling import (
    address,
    again,
    ask,
    chosen,
    live_page,
    open_page,
    shown,
    soup_of,
    turn,
)
from tests.surveys.makers import MODES, make_wave, question, section


def test_files_are_left_out_unless_the_operator_wants_them(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("f", "file", "A photo?", is_required=True), question("q", "line"))
    page = shown(client, wave)
    assert page.select_one("[type=file]") is None
    assert "Files cannot be sent here" in page.text
    assert turn(client, wave, 1, {"q": "x"}).location.endswith("/check")


def test_one_question_on_a_page_is_its_heading(client: FlaskClient, city: City) -> None:
    kinds = [question("a", "single", "Which?", options=MODES), question("b", "line", "What?")]
    wave = ask(city, *kinds, layout="question")
    first, second = (live_page(open_page(client, wave, f"/answer?page={n}")) for n in (1, 1))
    assert first.select_one("legend h1").text == "Which?"
    turn(client, wave, 1, {"a": "bus"})
    second = live_page(open_page(client, wave, "/answer?page=2"))
    assert [h1.label.text for h1 in second.select("h1")] == ["What?"]


def test_conditions_ride_along_for_the_browser(client: FlaskClient, city: City) -> None:
    tree = ["=", ["answer", "a"], "it's"]
    check = {"that": ["<", ["answer", "b"], 3], "message": {"en": "Less, please."}}
    skip = {"when": ["answered", ["answer", "b"]], "to": "end"}
    wave = ask(city, question("a", "line"), question("b", "number", show_if=tree, checks=[check], skips=[skip]))
    asked = shown(client, wave).find(id="q-b")
    assert json.loads(asked["data-show"]) == tree
    assert json.loads(asked["data-checks"]) == [{"that": check["that"], "message": "Less, please."}]
    assert json.loads(asked["data-skips"]) == [skip]


def test_a_skip_to_a_section_without_questions_leads_the_browser_on(client: FlaskClient, city: City) -> None:
    skips = [{"when": ["answered", ["answer", "a"]], "to": to} for to in ("empty", "last")]
    sections = [
        section("first", question("a", "line", skips=skips)),
        section("empty"),
        section("more", question("b", "line")),
        section("last"),
    ]
    page = shown(client, make_wave(city, {"sections": sections}))
    assert [skip["to"] for skip in json.loads(page.find(id="q-a")["data-skips"])] == ["more", "end"]


def test_an_answer_can_be_removed(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("a", "single", options=MODES), question("b", "line"))
    page = again(client, wave, {"a": "bus", "b": "x"})
    button = page.select_one("[name=clear]")
    assert not button.parent.has_attr("hidden")
    reply = turn(client, wave, 1, {"a": "bus", "b": "y"}, go="", clear="a")
    page = soup_of(client.get(reply.location.partition("#")[0]))
    assert chosen(page, "a") == []
    assert page.find(id="q-b-field")["value"] == "y"


def test_enter_in_a_line_goes_on_and_does_nothing_else(client: FlaskClient, city: City) -> None:
    page = open_page(client, ask(city, question("a", "single", options=MODES), question("b", "line")), "/answer")
    first = page.select_one("#sheet button")
    assert (first["name"], first["value"], first["tabindex"]) == ("go", "next", "-1")


@pytest.mark.parametrize("written", ["\u200b", "\u202e\u2066", "\u200d \u200d"])
def test_signs_that_nobody_sees_are_no_answer(client: FlaskClient, city: City, written: str) -> None:
    wave = make_wave(city, {"sections": [section("s", question("job", "line", is_required=True))]})
    reply = client.post(address(wave, "/answer"), data={"page": "1", "go": "next", "job": written})
    assert reply.status_code == 422
    assert "Please write an answer." in reply.text
