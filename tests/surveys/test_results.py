"""The page of results and its files: who sees them when, that they agree, and what a reader can split them by."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import ResultsRule
from citizen.participation.receipts import receipt_for
from surveys.models import SurveyText, SurveyWave
from tests.surveys.makers import choice, fill, make_wave, question, section

FILES = ("/results.json", "/results.csv")
GENDERS = [choice("f", "Female"), choice("m", "Male"), choice("n", "No answer", role="dont_know")]


def address(wave: SurveyWave, page: str = "/results") -> str:
    return f"/{wave.city.slug}/surveys/{wave.slug}{page}"


def main_of(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser").main


def table_of(text: str, code: str) -> list[list[str]]:
    """The cells of a question's first table, without its heading."""
    rows = main_of(text).select_one(f"#q-{code} table tbody").select("tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]


@pytest.fixture
def wave(city: City) -> SurveyWave:
    """Every kind of question, answered by three, its result open to all."""
    wave = make_wave(city, results=ResultsRule.ALWAYS)
    fill(
        wave, "ana", mode="car", why="Rain", others=["bus"], order=["bike"], grid={"a": "yes"}, age=41, nps=10, ok=True
    )
    fill(wave, "ben", mode="car", others=["dk"], talk={"s1": "agree"}, rate=4, age=20, home={"district": "south"})
    fill(wave, "cem", mode="x", **{"mode.other": "=1+1"}, since="2026-01-31", job="Baker", nps=2)
    return wave


def test_every_question_has_its_finding_its_picture_and_its_numbers(client: FlaskClient, wave: SurveyWave) -> None:
    text = client.get(address(wave)).text
    page = main_of(text)
    questions = [part["id"] for part in page.select(".question-result")]
    assert questions == [
        f"q-{code}" for code in "mode others why order grid talk rate nps age since job home ok".split()
    ]
    assert "Most people chose “Car”: 67% of those who answered." in page.text
    assert "3 people answered." in page.select_one("#q-mode").text
    assert "1 person answered. 1 did not answer." in page.select_one("#q-why").text
    assert table_of(text, "mode") == [
        ["Car", "2", "67%"],
        ["Bus", "0", "0%"],
        ["Bike", "0", "0%"],
        ["Else", "1", "33%"],
    ]
    assert "“Bike” matters most" in page.select_one("#q-order").text
    assert "The score is 0." in page.select_one("#q-nps").text
    assert "Half of the people gave 30.5 years or less" in page.select_one("#q-age").text
    assert "33% of those who were asked agreed." in page.select_one("#q-ok").text
    assert page.select_one("#q-home table").text
    assert "not an official vote" in page.select_one("#reading").text
    assert "Responses" in page.select_one("#method").text


def test_the_list_of_contents_leads_to_every_question(client: FlaskClient, wave: SurveyWave) -> None:
    page = main_of(client.get(address(wave)).text)
    links = [link["href"] for link in page.select(".contents a")]
    assert "#q-home" in links
    assert all(page.select_one(link) for link in links)


def test_rows_with_an_order_lie_around_their_middle(client: FlaskClient, wave: SurveyWave) -> None:
    stack = main_of(client.get(address(wave)).text).select_one("#q-talk .stacks")
    assert "100% Agree" in stack.text
    assert stack.select_one("rect")["class"] == ["high-3"]
    assert not stack.select("[style]")


def test_page_json_and_csv_agree(client: FlaskClient, wave: SurveyWave) -> None:
    data = client.get(address(wave, "/results.json")).json
    lines = list(csv.DictReader(io.StringIO(client.get(address(wave, "/results.csv")).text)))
    mode = next(one for one in data["questions"] if one["code"] == "mode")
    listed = [line for line in lines if line["question"] == "mode"]
    assert data["n"] == 3
    assert (mode["asked"], mode["answered"], mode["dont_know"]) == (3, 3, 0)
    assert [(line["answer"], int(line["count"])) for line in listed] == [(a["id"], a["count"]) for a in mode["answers"]]
    assert [line["share"] for line in listed] == ["0.6667", "0.0000", "0.0000", "0.3333"]
    grid = [line for line in lines if line["question"] == "grid" and line["row"] == "a"]
    assert [(line["answer"], line["count"], line["base"]) for line in grid] == [
        ("no", "0", "1"),
        ("mid", "0", "1"),
        ("yes", "1", "1"),
    ]
    nps = next(one for one in data["questions"] if one["code"] == "nps")
    assert (nps["score"], nps["standard_error"] > 0) == (0, True)


def test_texts_that_look_like_formulas_stay_texts(client: FlaskClient, city: City) -> None:
    options = [choice("a", "=SUM(A1)"), choice("b", "Plain")]
    wave = make_wave(city, {"sections": [section("s", question("q", "single", options=options))]}, results="always")
    fill(wave, q="a")
    assert "'=SUM(A1)" in client.get(address(wave, "/results.csv")).text


def test_unread_texts_are_nowhere(client: FlaskClient, wave: SurveyWave) -> None:
    pages = [client.get(address(wave, page)).text for page in ("/results", *FILES, "/results/texts/why")]
    for text in pages:
        assert not any(word in text for word in ("Rain", "Baker", "1+1"))
    assert "No text is shown yet." in pages[-1]


def test_approved_texts_are_shown_with_those_beside_something_else(client: FlaskClient, wave: SurveyWave) -> None:
    db.session.query(SurveyText).update({"state": "approved"})
    page = main_of(client.get(address(wave)).text)
    assert page.select_one("#q-why .quotes").text.strip() == "Rain"
    assert page.select_one("#q-mode .quotes").text.strip() == "=1+1"


def test_many_texts_have_pages_of_their_own(client: FlaskClient, wave: SurveyWave) -> None:
    for number in range(60):
        fill(wave, f"p{number}", mode="car", why=f"Reason {number}")
    db.session.query(SurveyText).update({"state": "approved"})
    link = main_of(client.get(address(wave)).text).select_one("#q-why a[href*=texts]")
    assert "Read all 61 texts" in link.text
    seen: list[str] = []
    following = link["href"]
    while following:
        page = main_of(client.get(following).text)
        seen += [item.text for item in page.select(".quotes li")]
        more = page.select_one("a[rel=next]")
        following = more["href"] if more else ""
    assert sorted(seen) == sorted(["Rain", *(f"Reason {number}" for number in range(60))])


@pytest.mark.parametrize("field", ["mode", "nothing", "why.else", "why?after=zz", f"why?after={'z' * 32}"])
def test_texts_of_a_field_where_nobody_writes_do_not_exist(client: FlaskClient, wave: SurveyWave, field: str) -> None:
    assert client.get(address(wave, f"/results/texts/{field}")).status_code == 404


def test_a_new_answer_shows_at_once_and_an_old_page_is_not_sent_again(client: FlaskClient, wave: SurveyWave) -> None:
    tag = client.get(address(wave)).headers["ETag"]
    assert client.get(address(wave), headers={"If-None-Match": tag}).status_code == 304
    fill(wave, "dora", mode="bus")
    assert "4 responses." in client.get(address(wave), headers={"If-None-Match": tag}).text


def test_in_german_everything_staff_wrote_is_german(client: FlaskClient, wave: SurveyWave) -> None:
    page = main_of(client.get(address(wave) + "?lang=de").text)
    assert "How do you travel most? (de)" in page.select_one("#q-mode h3").text
    assert "Car (de)" in page.select_one("#q-mode .bars").text
    assert "67\u00a0%" in page.select_one("#q-mode .bars").text


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (ResultsRule.ALWAYS, True, True),
        (ResultsRule.AFTER_ANSWER, False, True),
        (ResultsRule.AFTER_CLOSE, False, False),
    ],
)
def test_results_show_when_staff_said(
    client: FlaskClient, wave: SurveyWave, rule: ResultsRule, before: bool, after: bool
) -> None:
    wave.results = rule
    db.session.commit()
    receipt = f"?receipt={receipt_for(wave)}"
    for asked, is_seen in (("", before), (receipt, after)):
        page = client.get(address(wave) + asked)
        assert ("#q-mode" in page.text, "3 responses" in page.text) == (is_seen, is_seen)
        assert [client.get(address(wave, file) + asked).status_code == 200 for file in FILES] == [is_seen] * 2
        assert (client.get(address(wave, "/results/texts/why") + asked).status_code == 200) is is_seen


def test_after_the_close_everybody_sees_them(client: FlaskClient, wave: SurveyWave) -> None:
    wave.results, wave.closes_at = ResultsRule.AFTER_CLOSE, clock.now() - timedelta(seconds=1)
    assert client.get(address(wave, "/results.json")).json["n"] == 3


def test_a_receipt_of_another_survey_shows_nothing(client: FlaskClient, city: City, wave: SurveyWave) -> None:
    hidden = make_wave(city, results=ResultsRule.AFTER_ANSWER)
    fill(hidden, mode="bus")
    for page in ("/results", *FILES):
        reply = client.get(address(hidden, page) + f"?receipt={receipt_for(wave)}")
        assert "1 response" not in reply.text
    assert "You see the result as soon as you have answered." in client.get(address(hidden)).text


def test_a_withdrawn_survey_shows_its_reason_and_no_numbers(client: FlaskClient, wave: SurveyWave) -> None:
    running.withdraw(wave, {"en": "The options were wrong."}, by=COMMAND_LINE)
    db.session.commit()
    text = client.get(address(wave)).text
    assert "The options were wrong." in text
    assert "responses" not in main_of(text).text
    assert {client.get(address(wave, file)).status_code for file in FILES} == {404}


def test_drafts_and_surveys_of_other_cities_do_not_exist(client: FlaskClient, city: City, other_city: City) -> None:
    draft, other = make_wave(city, published=False), make_wave(other_city)
    for page in ("/results", *FILES, "/results/texts/why", "/comparison"):
        assert client.get(address(draft, page)).status_code == 404
        assert client.get(f"/{city.slug}/surveys/{other.slug}{page}").status_code == 404


def test_nobody_has_answered_yet(client: FlaskClient, city: City) -> None:
    text = client.get(address(make_wave(city, results=ResultsRule.ALWAYS))).text
    assert "0 responses." in text
    assert "As soon as people have answered" in text


def test_only_some_answers(client: FlaskClient, wave: SurveyWave) -> None:
    text = client.get(address(wave) + "?only=mode:car").text
    page = main_of(text)
    assert "Only those who answered “How do you travel most? Car”: 2 of 3 responses." in page.text
    assert table_of(text, "age") == [
        ["20 to 21", "1", "50%"],
        *[[f"{n} to {n + 1}", "0", "0%"] for n in range(22, 40, 2)],
        ["40 to 41", "1", "50%"],
    ]
    assert page.select_one("option[value='mode:car']").has_attr("selected")
    assert "3 responses." in page.select_one(".lead").text


def test_groups_beside_each_other(client: FlaskClient, wave: SurveyWave) -> None:
    text = client.get(address(wave) + "?by=mode").text
    heads = [head.get_text(" ", strip=True) for head in main_of(text).select("#q-nps thead th")]
    assert heads == ["All 2 responses", "Car 1 response", "Else 1 response"]
    assert table_of(text, "nps") == [
        ["9 or 10", "50% 1", "100% 1", "0% 0"],
        ["7 or 8", "0% 0", "0% 0", "0% 0"],
        ["0 to 6", "50% 1", "0% 0", "100% 1"],
        ["Score, −100 to 100", "0", "100", "−100"],
    ]
    assert "What do you do?" in main_of(text).text
    assert main_of(text).select_one("#q-job") is None


def test_groups_among_some_answers_in_every_form(client: FlaskClient, wave: SurveyWave) -> None:
    asked = "?only=mode:car&by=others"
    heads = [head.text for head in main_of(client.get(address(wave) + asked).text).select("#q-mode thead th")]
    data = client.get(address(wave, "/results.json") + asked).json
    lines = list(csv.DictReader(io.StringIO(client.get(address(wave, "/results.csv") + asked).text)))
    assert [head.startswith(name) for head, name in zip(heads, ("All", "Bus", "I don't know"), strict=True)] == [
        True
    ] * 3
    assert (data["n"], data["responses"], [(group["id"], group["n"]) for group in data["groups"]]) == (
        2,
        3,
        [("bus", 1), ("dk", 1)],
    )
    assert list(dict.fromkeys(line["group"] for line in lines)) == ["All", "Bus", "I don't know"]


@pytest.mark.parametrize(
    "asked",
    [
        "by=age",
        "by=nothing",
        "by=why",
        "only=mode",
        "only=mode:plane",
        "only=age:41",
        "only=rate:9",
        "only=:",
        "by=order",
    ],
)
def test_what_cannot_be_split_by_does_not_exist(client: FlaskClient, wave: SurveyWave, asked: str) -> None:
    for page in ("/results", *FILES):
        assert client.get(address(wave, page) + f"?{asked}").status_code == 404


def test_the_form_of_the_page_leads_to_what_it_says(client: FlaskClient, wave: SurveyWave) -> None:
    form = main_of(client.get(address(wave) + "?lang=de").text).select_one("form.lens")
    values = {option["value"] for option in form.select("option")}
    assert {"mode", "home", "ok", "home:south", "rate:dont_know", "ok:yes", "nps:0"} <= values
    assert "order" not in values
    assert form.select_one("input[name=lang]")["value"] == "de"
    for value in values - {""}:
        asked = {"only" if ":" in value else "by": value}
        assert client.get(form["action"], query_string=asked).status_code == 200, value


def test_a_filter_keeps_the_receipt(client: FlaskClient, wave: SurveyWave) -> None:
    wave.results = ResultsRule.AFTER_ANSWER
    receipt = receipt_for(wave)
    page = main_of(client.get(address(wave) + f"?receipt={receipt}&by=mode").text)
    assert page.select_one("form.lens input[name=receipt]")["value"] == receipt
    assert all("receipt=" in link["href"] for link in page.select("a[href*='results.']"))
