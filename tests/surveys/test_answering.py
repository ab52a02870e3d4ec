"""From the start page to the receipt, without JavaScript."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.participation.models import AnswerCount
from surveys.models import SurveyDraft, SurveySheet, SurveyText, SurveyWave
from tests.surveys.filling import (
    EVERYTHING,
    FRAGMENT,
    KEY,
    address,
    answers,
    form_of,
    live_page,
    open_page,
    rows,
    send,
    soup_of,
    three_pages,
    turn,
)
from tests.surveys.makers import make_wave, question, section


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, three_pages())


def test_from_the_start_to_the_receipt(client: FlaskClient, wave: SurveyWave) -> None:
    assert address(wave, "/answer") in client.get(address(wave)).text
    assert turn(client, wave, 1, {"q1": "yes"}).location.endswith("?page=2")
    assert turn(client, wave, 2, {"q2": "By bus"}).location.endswith("?page=3")
    assert turn(client, wave, 3, {"q3": ""}).location.endswith("/check")
    check = open_page(client, wave, "/check")
    reply = client.post(address(wave, "/answers"), data=form_of(check, "form[action$=answers]"))
    assert reply.status_code == 303
    assert "Your answers count" in client.get(reply.location).text
    assert answers() == [{"q1": "yes"}]
    assert db.session.scalars(select(SurveyText.text)).one() == "By bus"


def test_every_kind_is_counted_as_it_was_answered(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    assert send(client, wave, EVERYTHING).status_code == 303
    assert answers() == [
        {
            "mode": "bus",
            "others": ["bike", "car"],
            "order": ["bike", "bus"],
            "grid": {"a": "yes"},
            "talk": {"s1": "agree"},
            "rate": 4,
            "nps": 9,
            "age": 41,
            "since": "2001-02-03",
            "home": {"district": "north"},
            "ok": True,
        }
    ]


def test_the_page_says_where_somebody_is(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    page = open_page(client, wave, "/answer?page=2")
    assert "Question 2 of 3, about 1 minute left" in page.select_one("[data-progress]").text
    assert page.title.text.startswith("Question 2 of 3")
    assert live_page(page).h1.text == "Two"


def test_something_required_is_explained_beside_the_field_and_on_top(client: FlaskClient, wave: SurveyWave) -> None:
    reply = turn(client, wave, 1)
    page = soup_of(reply)
    assert reply.status_code == 422
    assert page.title.text.startswith("Error:")
    summary = page.select_one("#error-summary")
    assert summary.has_attr("autofocus")
    assert summary.a["href"] == "#q-q1.yes"
    assert page.find(id="q-q1.yes") is not None
    assert "Please choose an answer." in page.find(id="q-q1-error").text
    assert page.select_one("#q-q1 fieldset")["aria-describedby"] == "q-q1-error"


def test_what_was_typed_stays_beside_the_error(client: FlaskClient, city: City) -> None:
    document = {"sections": [section("a", question("n", "number", most=10), question("t", "text", is_required=True))]}
    wave = make_wave(city, document)
    page = soup_of(turn(client, wave, 1, {"n": "eleven", "t": ""}))
    assert page.find(id="q-n-field")["value"] == "eleven"
    assert "such as 12" in page.find(id="q-n-error").text
    assert "eleven" in str(open_page(client, wave, "/answer?page=1").find(id="q-n-field"))


def test_back_keeps_what_is_wrong_and_does_not_ask_for_it(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    assert turn(client, wave, 2, {"q2": "x" * 400}, go="back").location.endswith("?page=1")
    assert open_page(client, wave, "/answer?page=2").find(id="q-q2-field")["value"] == "x" * 400


def test_hidden_pages_are_passed_over_both_ways(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, three_pages(show_if=["=", ["answer", "q1"], "yes"]))
    assert turn(client, wave, 1, {"q1": "no"}).location.endswith("?page=3")
    assert turn(client, wave, 3, {"q3": ""}, go="back").location.endswith("?page=1")
    assert client.get(address(wave, "/answer?page=2")).location.endswith("?page=3")


def test_skipping_ahead_leads_to_the_first_page_that_lacks_something(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    turn(client, wave, 1)
    reply = client.get(address(wave, "/answer?page=3"))
    assert "page=1" in reply.location
    assert "Please answer this page first" in client.get(reply.location).text
    assert "page=1" in client.get(address(wave, "/check")).location


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "9" * 40, ""])
def test_an_odd_number_of_a_page_leads_to_a_page(client: FlaskClient, wave: SurveyWave, number: str) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    reply = client.get(address(wave, f"/answer?page={number}"))
    while reply.location:
        reply = client.get(reply.location)
    assert reply.status_code == 200


def test_a_question_that_comes_up_on_the_same_page_is_shown_before_going_on(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    page = open_page(client, wave, "/answer")
    assert page.find(id="q-why").has_attr("hidden")
    reply = turn(client, wave, 1, {"mode": "car", "why": ""})
    assert reply.location.endswith("#q-why")
    again = soup_of(client.get(reply.location))
    assert not again.find(id="q-why").has_attr("hidden")
    assert "One more question came up" in again.text
    assert turn(client, wave, 1, {"mode": "car", "why": "Rain"}).location.endswith("?page=2")


def test_the_check_page_says_everything_in_words(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    turn(client, wave, 1, {"mode": "x", "mode.other": "On foot", "others": ["none"], "whole": "1", **_rest()})
    page = open_page(client, wave, "/check")
    said = {row.dt.text.strip(): row.dd.text.strip() for row in page.select(".answers > div")}
    assert said["How do you travel most?"] == "Else: On foot"
    assert said["And how else?"] == "None of these"
    assert said["What matters?"] == "1. Bike2. Bus"
    assert said["Do you agree?"] == "Quick: Agree"
    assert said["What do you say?"] == "More trees: Agree"
    assert said["How good is it?"] == "4"
    assert said["How old are you?"] == "41 years"
    assert said["Since when do you live here?"] == "3 February 2001"
    assert said["Where do you live?"] == "North"
    assert said["I agree that my answers are used."] == "Yes"
    assert "Change: How old are you?" in page.text


def _rest() -> dict[str, Any]:
    return {name: value for name, value in EVERYTHING.items() if name not in {"mode", "others"}}


def test_the_check_page_says_what_was_not_answered(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    page = open_page(client, wave, "/check")
    assert page.text.count("Not answered") == 2


def test_answers_that_logic_hid_are_dropped_before_everybodys_eyes(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    turn(client, wave, 1, {"mode": "car", "why": "Rain"})
    turn(client, wave, 1, {"mode": "bus", "why": "Rain"})
    page = open_page(client, wave, "/check")
    assert "These answers do not count" in page.text
    assert "Why the car?" in page.select_one(".notice li").text
    client.post(address(wave, "/answers"), data=form_of(page, "form[action$=answers]"))
    assert answers() == [{"mode": "bus"}]
    assert rows(SurveyText) == 0


def test_the_server_brings_a_key_on_the_check_page_and_nowhere_else(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    assert form_of(open_page(client, wave, "/answer?page=2"), "#sheet")["key"] == [""]
    keys = {form_of(open_page(client, wave, "/check"), "form[action$=answers]")["key"][0] for _ in range(2)}
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)


def test_a_sheet_without_a_key_is_shown_once_more_and_not_stored(client: FlaskClient, wave: SurveyWave) -> None:
    reply = send(client, wave, {"q1": "yes"}, key="")
    assert "Check your answers" in reply.text
    assert rows(SurveySheet) == 0


def test_the_check_page_before_anything_was_typed_leads_to_the_first_page(
    client: FlaskClient, wave: SurveyWave
) -> None:
    assert client.get(address(wave, "/check")).location.endswith("?page=1")


def test_fetch_gets_fragments(client: FlaskClient, wave: SurveyWave) -> None:
    wrong = send(client, wave, {}, headers=FRAGMENT)
    assert wrong.status_code == 422
    assert wrong.text.lstrip().startswith('<div id="survey"')
    assert soup_of(wrong).select_one("#sheet") is not None
    right = send(client, wave, {"q1": "yes"}, headers=FRAGMENT)
    assert right.status_code == 200
    assert soup_of(right).select_one("#survey[data-sent] h1")["tabindex"] == "-1"
    assert "<html" not in right.text


def test_all_other_pages_wait_for_the_browser_with_what_was_typed(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    page = open_page(client, wave, "/answer?page=2")
    assert [template["data-page"] for template in page.select("template[data-page]")] == ["1", "3", "check"]
    assert page.select_one("template[data-page='1'] input[value=yes]").has_attr("checked")


def test_earlier_answers_stand_in_later_questions_escaped(client: FlaskClient, city: City) -> None:
    options = [{"code": "a", "label": {"en": "Tom & <b>Ann</b>"}}, {"code": "b", "label": {"en": "B"}}]
    asked = {"en": "Why {who}, and not {nobody}? {wrote}"}
    document = {
        "sections": [
            section("one", question("who", "single", options=options), question("wrote", "line")),
            section("two", question("why", "line") | {"text": asked}, text={"en": "About {who}."}),
        ]
    }
    wave = make_wave(city, document)
    turn(client, wave, 1, {"who": "a", "wrote": "<i>x</i>"})
    page = open_page(client, wave, "/answer?page=2")
    label = live_page(page).label
    assert label.text.strip() == "Why Tom & <b>Ann</b>, and not …? <i>x</i>"
    assert [pipe["data-pipe"] for pipe in label.select("[data-pipe]")] == ["who", "nobody", "wrote"]
    assert "About Tom &amp; &lt;b&gt;Ann&lt;/b&gt;." in str(live_page(page)).replace(
        '<bdi data-pipe="who">', ""
    ).replace("</bdi>", "")


def test_a_channel_stays_on_the_whole_way(client: FlaskClient, wave: SurveyWave) -> None:
    start = soup_of(client.get(address(wave) + "?via=qr")).select_one("main a.button")["href"]
    form = soup_of(client.get(start)).select_one("#sheet")
    assert "via=qr" in form["action"]
    client.post(form["data-send"], data={"q1": "yes", "key": KEY})
    assert db.session.scalar(select(AnswerCount.channel)) == "qr"


def test_the_pages_speak_german(client: FlaskClient, city: City) -> None:
    wave = make_wave(city)
    page = soup_of(client.get(address(wave, "/answer?lang=de")))
    assert live_page(page).h1.text == "Travel (de)"
    assert "lang=de" in page.select_one("#sheet")["action"]


def test_texts_that_lack_a_translation_say_their_language(client: FlaskClient, wave: SurveyWave) -> None:
    page = soup_of(client.get(address(wave, "/answer?lang=de")))
    assert live_page(page).select_one("label [lang=en]").text == "Yes"


@pytest.mark.parametrize("form", ["br", "gzip"])
def test_the_sheet_comes_compressed(client: FlaskClient, wave: SurveyWave, form: str) -> None:
    plain = client.get(address(wave, "/answer"))
    reply = client.get(address(wave, "/answer"), headers={"Accept-Encoding": form})
    assert reply.headers["Content-Encoding"] == form
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert len(reply.data) < len(plain.data) / 3


def test_nothing_of_one_person_is_shared(client: FlaskClient, wave: SurveyWave) -> None:
    assert "no-store" in client.get(address(wave, "/answer")).headers["Cache-Control"]
    turn(client, wave, 1, {"q1": "yes"})
    assert "no-store" in client.get(address(wave, "/check")).headers["Cache-Control"]
    start = client.get(address(wave))
    assert "public" in start.headers["Cache-Control"]
    assert "Set-Cookie" not in start.headers


def test_another_city_and_a_draft_have_no_page(client: FlaskClient, city: City, other_city: City) -> None:
    wave = make_wave(city, three_pages())
    draft = make_wave(city, three_pages(), published=False)
    for page in ("", "/answer", "/check", "/receipt", "/kiosk", "/qr.svg"):
        assert client.get(f"/hillside/surveys/{wave.slug}{page}").status_code == 404
        assert client.get(address(draft, page)).status_code == 404
    assert client.post(f"/hillside/surveys/{wave.slug}/answers", data={"q1": "yes", "key": KEY}).status_code == 404
    assert rows(SurveySheet) == rows(SurveyDraft) == 0


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_answer_for_somebody(
    client: FlaskClient, wave: SurveyWave, headers: dict[str, str]
) -> None:
    assert send(client, wave, {"q1": "yes"}, headers=headers).status_code == 403
    assert rows(SurveySheet) == 0
