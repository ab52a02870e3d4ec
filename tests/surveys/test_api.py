"""Surveys as JSON: from a questionnaire to waves to sheets and out again."""

import secrets
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from surveys.models import SurveySheet, SurveyWave
from tests.api import KEY, OTHER_KEY, assert_problem, bearing
from tests.surveys.makers import choice, every_kind, fill, make_districts, make_survey, make_wave, question, section

ROOT = "/api/v1/cities/riverton"
MODES = [choice("bus", "Bus"), choice("car", "Car")]
ASKED = {
    "title": {"en": "On the move", "de": "Unterwegs"},
    "sections": [
        section(
            "travel",
            question("mode", "single", options=MODES, is_required=True),
            question("why", "line", show_if=["=", ["answer", "mode"], "car"]),
        )
    ],
}


@pytest.fixture
def editor(city: City) -> dict[str, str]:
    return bearing(city, Role.EDITOR)


def create(client: FlaskClient, headers: Mapping[str, str], document: Mapping[str, Any] = ASKED) -> Any:
    return client.post(f"{ROOT}/questionnaires", json={"questionnaire": document}, headers=headers)


def send(client: FlaskClient, wave: SurveyWave, answers: Any, headers: Mapping[str, str], key: str = KEY) -> Any:
    address = f"{ROOT}/surveys/{wave.slug}/answers"
    return client.post(address, json={"answers": answers}, headers={**headers, "Idempotency-Key": key})


def mistakes(reply: Any) -> dict[str, str]:
    return {error["field"]: error["message"] for error in assert_problem(reply, 422)["errors"]}


def test_from_json_to_an_open_survey_and_out_again(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    made = create(client, editor)
    assert made.status_code == 201
    address = made.headers["Location"]
    assert client.get(address, headers=editor).json == made.json
    wave = client.post(f"{address}/waves", json={"name": {"en": "Before"}, "publish": True}, headers=editor)
    assert (wave.status_code, wave.json["state"], wave.json["version"]) == (201, "open", 1)
    page = client.get(wave.headers["Location"]).json
    assert page["questionnaire"]["sections"][0]["questions"][0]["code"] == "mode"
    answered = client.post(
        f"{wave.headers['Location']}/answers",
        json={"answers": {"mode": "car", "why": "Rain"}},
        headers=editor | {"Idempotency-Key": KEY},
    )
    assert (answered.status_code, answered.json) == (201, {"outcome": "counted"})
    sheets = client.get(f"{wave.headers['Location']}/answers", headers=bearing(city, Role.ANALYST)).json
    assert [sheet["answers"] for sheet in sheets["sheets"]] == [{"mode": "car", "why": "Rain"}]
    assert sheets["sheets"][0]["channel"] == "api"


def test_a_questionnaire_with_gaps_is_kept_but_not_published(client: FlaskClient, editor: dict[str, str]) -> None:
    made = create(client, editor, {"title": {"en": "Nothing yet"}})
    assert "error" in {finding["severity"] for finding in made.json["findings"]}
    wave = client.post(f"{made.headers['Location']}/waves", json={"publish": True}, headers=editor)
    assert_problem(wave, 422)
    assert db.session.scalar(db.select(SurveyWave.id)) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"titel": {}}, "questionnaire.titel"),
        ({"title": {"en": "x" * 501}}, "questionnaire.title.en"),
        ({"title": {"fr": "Bonjour"}}, "questionnaire.title.fr"),
        ({"sections": [section("a", question("q", "guess"))]}, "questionnaire.sections.0.questions.0.kind"),
        ({"sections": [section("a", question("q 1", "line"))]}, "questionnaire.sections.0.questions.0.code"),
        ({"sections": [section("a", show_if=["sudo", 1])]}, "questionnaire.sections.0.show_if"),
        (
            {"sections": [section("a", question("q", "nps", choose_max="2"))]},
            "questionnaire.sections.0.questions.0.choose_max",
        ),
    ],
)
def test_what_is_no_questionnaire_is_explained(
    client: FlaskClient, editor: dict[str, str], change: dict[str, Any], field: str
) -> None:
    assert field in mistakes(create(client, editor, ASKED | change))


def test_a_change_names_the_edition_that_it_is_of(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    survey = make_survey(city, ASKED)
    address = f"{ROOT}/questionnaires/{survey.id}"
    first, second = (
        client.put(address, json={"questionnaire": ASKED | {"title": {"en": title}}, "edition": 1}, headers=editor)
        for title in ("One", "Two")
    )
    assert (first.status_code, first.json["edition"]) == (200, 2)
    assert_problem(second, 409)
    assert client.get(address, headers=editor).json["questionnaire"]["title"] == {"en": "One"}


def test_the_same_key_is_one_sheet(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    wave = make_wave(city, ASKED)
    replies = [send(client, wave, {"mode": "bus"}, editor) for _ in range(2)]
    assert [reply.json for reply in replies] == [{"outcome": "counted"}] * 2
    assert_problem(send(client, wave, {"mode": "car"}, editor), 409)
    assert send(client, wave, {"mode": "car"}, editor, OTHER_KEY).status_code == 201
    assert len(db.session.scalars(db.select(SurveySheet)).all()) == 2


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "answers.mode"),
        ({"mode": "plane"}, "answers.mode"),
        ({"mode": ["car"]}, "answers.mode"),
        ({"mode": "bus", "why": "Rain"}, "answers.why"),
        ({"mode": "bus", "shoe": 43}, "answers.shoe"),
        ({"mode": "car", "why": "x" * 301}, "answers.why"),
        ({"mode": "car", "why": "a\u0000b"}, "answers.why"),
        ({"mode": "car", "why": {"$ne": 1}}, "answers.why"),
    ],
)
def test_a_sheet_that_does_not_fit_is_explained(
    client: FlaskClient, city: City, editor: dict[str, str], answers: dict[str, Any], field: str
) -> None:
    wave = make_wave(city, ASKED)
    assert field in mistakes(send(client, wave, answers, editor))
    assert db.session.scalar(db.select(SurveySheet.id)) is None


ODD: list[Any] = [
    None,
    True,
    1,
    -1,
    1e308,
    10**400,
    "",
    "x",
    [],
    [[]],
    [1],
    ["bus", {}],
    {},
    {"a": []},
    {"district": []},
]


@pytest.mark.parametrize("code", [q["code"] for part in every_kind()["sections"] for q in part["questions"]])
def test_no_value_makes_the_server_stumble(client: FlaskClient, city: City, editor: dict[str, str], code: str) -> None:
    make_districts(city)
    wave = make_wave(city)
    for value in ODD:
        reply = send(client, wave, {"mode": "bus", code: value}, editor, secrets.token_hex(16))
        assert reply.status_code in {201, 400, 422}, (code, value, reply.text)


def test_sheets_come_page_by_page(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, ASKED)
    for number in range(5):
        fill(wave, f"person {number}", mode="car", why=f"Reason {number}")
    analyst, seen, after = bearing(city, Role.ANALYST), [], ""
    for _page in range(3):
        page = client.get(f"{ROOT}/surveys/{wave.slug}/answers?limit=2{after}", headers=analyst).json
        seen += [sheet["answers"]["why"] for sheet in page["sheets"]]
        after = f"&after={page['next']}"
    assert page["next"] is None
    assert sorted(seen) == [f"Reason {number}" for number in range(5)]


def test_only_analysts_take_sheets_out(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    wave = make_wave(city, ASKED)
    assert_problem(client.get(f"{ROOT}/surveys/{wave.slug}/answers", headers=editor), 403)
    assert_problem(client.get(f"{ROOT}/surveys/{wave.slug}/answers"), 401)


def test_drafts_are_for_the_citys_programs(
    client: FlaskClient, city: City, other_city: City, editor: dict[str, str]
) -> None:
    draft = make_wave(city, ASKED, published=False)
    address = f"{ROOT}/surveys/{draft.slug}"
    assert client.get(address).status_code == 404
    assert client.get(address, headers=bearing(other_city)).status_code == 404
    assert client.get(address, headers=editor).json["state"] == "draft"
    assert client.get(f"{ROOT}/surveys").json["surveys"] == []


def test_results_follow_the_rule_but_analysts_see_them_at_any_time(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, ASKED)
    fill(wave, "ana", mode="car", why="Rain")
    fill(wave, "bruno", mode="bus")
    address = f"{ROOT}/surveys/{wave.slug}/results"
    assert_problem(client.get(address), 403)
    assert_problem(client.get(address, headers=bearing(city, Role.EDITOR)), 403)
    found = client.get(address, headers=bearing(city, Role.ANALYST)).json
    assert found["n"] == 2
    answers = {answer["id"]: (answer["count"], answer["share"]) for answer in found["questions"][0]["answers"]}
    assert answers == {"bus": (1, 0.5), "car": (1, 0.5)}
    wave.results = "always"
    assert client.get(address).json["questions"] == found["questions"]


def test_acts_of_programs_are_in_the_audit_log(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    wave = make_wave(city, ASKED, published=False)
    address = f"{ROOT}/surveys/{wave.slug}"
    for act, body in (
        ("publication", None),
        ("renewal", None),
        ("closure", None),
        ("withdrawal", {"reason": {"en": "Sorry."}}),
    ):
        assert client.post(f"{address}/{act}", json=body, headers=editor).status_code == 200
    entries = db.session.scalars(db.select(AuditEntry).filter_by(actor_kind="token").order_by(AuditEntry.id))
    assert [entry.verb for entry in entries] == ["published", "renewed", "closed early", "withdrew"]


def test_every_kind_of_answer_comes_back_as_it_went_in(client: FlaskClient, city: City, editor: dict[str, str]) -> None:
    make_districts(city)
    wave = make_wave(city)
    answers = {
        "mode": "x",
        "mode.other": "On foot",
        "others": ["none"],
        "order": ["car", "bus"],
        "grid": {"a": "yes", "b": "mid"},
        "talk": {"s1": "pass"},
        "rate": "dont_know",
        "nps": 10,
        "age": 41,
        "since": "2001-09-01",
        "job": "Baker",
        "home": {"district": "north", "point": [9.174, 47.66]},
        "ok": True,
    }
    assert send(client, wave, answers, editor).status_code == 201
    sheets = client.get(f"{ROOT}/surveys/{wave.slug}/answers", headers=bearing(city, Role.ANALYST)).json["sheets"]
    assert [sheet["answers"] for sheet in sheets] == [answers]


def test_another_citys_questionnaire_does_not_exist(
    client: FlaskClient, other_city: City, editor: dict[str, str]
) -> None:
    survey = make_survey(other_city, ASKED)
    assert_problem(client.get(f"{ROOT}/questionnaires/{survey.id}", headers=editor), 404)
    assert_problem(client.post(f"{ROOT}/questionnaires/{survey.id}/waves", json={}, headers=editor), 404)
