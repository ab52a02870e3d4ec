"""Bringing a questionnaire in the console: the report first, then the survey. And taking one along."""

import io
from datetime import timedelta
from typing import Any

import orjson
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import func, select

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from surveys import importers
from surveys import importing as tickets
from surveys.importers.bounds import MAX_FILE
from surveys.models import Survey, SurveyRevision
from surveys.questionnaire import Questionnaire, dumped
from tests.makers import csrf_token, make_staff, post_form, sign_in
from tests.surveys.importers.workbooks import form
from tests.surveys.makers import every_kind, make_survey
from tests.surveys.shared import questionnaire_file

IMPORT = "/riverton/staff/surveys/import"
MAKE = f"{IMPORT}/survey"
UPLOAD_TYPE = "multipart/form-data; boundary=cut"
GOOD = form(("integer", "age", "How old are you?"), ("audio", "song", "Sing"), ("time", "at", "When?"))
BAD = form(("text", "q", "What?"), head=("type", "name", "label", "label"))


def bring(who: FlaskClient, content: bytes, name: str = "form.xlsx", **values: Any):
    return post_form(who, IMPORT, {"file": (io.BytesIO(content), name)}, **values)


def upload_of(size: int, token: str) -> bytes:
    """The form with a file of this size, as a browser writes it."""
    part = '--cut\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'.format
    file = part('file"; filename="form.xlsx', "{}").encode()
    return part("csrf_token", token).encode() + file.replace(b"{}", b"x" * size) + b"--cut--\r\n"


def ticket_in(html: str) -> str:
    field = BeautifulSoup(html, "html.parser").find("input", {"name": "ticket"})
    assert field is not None, "this report leads to no survey"
    return str(field["value"])


def make(who: FlaskClient, ticket: str):
    return post_form(who, MAKE, {"ticket": ticket}, page=IMPORT)


def surveys() -> list[Survey]:
    return list(db.session.scalars(select(Survey).order_by(Survey.id)))


def test_the_page_says_what_can_be_brought(editor):
    page = editor.get(IMPORT)
    assert page.status_code == 200
    assert "LimeSurvey" in page.text
    assert IMPORT in editor.get("/riverton/staff/surveys/").text


def test_the_report_comes_before_anything_is_saved(editor):
    page = bring(editor, GOOD)
    assert page.status_code == 200
    assert "2 questions came over. 1 of them was changed. 1 question could not." in page.text
    assert "Plaza takes no sound and no film." in page.text
    assert "survey!3" in page.text
    assert "How old are you?" in page.text
    assert surveys() == []


def test_what_was_read_becomes_a_survey(editor):
    response = make(editor, ticket_in(bring(editor, GOOD).text))
    (survey,) = surveys()
    assert (response.status_code, response.location) == (303, f"/riverton/staff/surveys/{survey.id}")
    assert survey.document == dumped(importers.read("form.xlsx", GOOD, ["en", "de"]).questionnaire)
    assert db.session.scalars(select(SurveyRevision.act)).one() == "imported"
    assert db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id.desc())).first() == "imported"
    assert "The survey is made. Only staff see it." in editor.get(response.location).text


def test_making_it_twice_makes_one_survey(editor):
    ticket = ticket_in(bring(editor, GOOD).text)
    first, second = make(editor, ticket), make(editor, ticket)
    assert first.location == second.location
    assert len(surveys()) == 1


def test_bringing_the_file_again_makes_another_survey(editor, monkeypatch):
    make(editor, ticket_in(bring(editor, GOOD).text))
    later = (clock.now() + timedelta(seconds=5)).timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: int(later))
    make(editor, ticket_in(bring(editor, GOOD).text))
    assert len(surveys()) == 2


def test_a_refused_file_is_told_with_the_place(editor):
    page = bring(editor, BAD)
    assert page.status_code == 422
    assert "survey!C1 and survey!D1: the column “label” stands here twice." in page.text
    assert "ticket" not in page.text
    assert 'name="file"' in page.text


def test_without_a_file_the_page_asks_for_one(editor):
    for sent in ({}, {"file": (io.BytesIO(b""), "")}):
        page = post_form(editor, IMPORT, sent)
        assert page.status_code == 422
        assert "Please choose a file." in page.text
    assert "This file is empty." in bring(editor, b"", "form.xlsx").text


@pytest.mark.parametrize(("size", "status"), [(MAX_FILE + 1, 422), (MAX_FILE + 1024 * 1024, 413)])
def test_a_file_that_is_too_large_is_told(editor, size, status):
    page = editor.post(IMPORT, data=upload_of(size, csrf_token(editor, IMPORT)), content_type=UPLOAD_TYPE)
    assert page.status_code == status
    assert "This file is larger than 10 MB." in page.text
    assert 'name="file"' in page.text


def test_what_stands_in_a_file_is_no_html_in_the_report(editor):
    page = bring(editor, form(("text", "q", "<img src=x onerror=alert(1)>"), ("bogus", "<b>", "&lt;script&gt;")))
    content = BeautifulSoup(page.text, "html.parser").select_one("#content")
    assert content.select("img, script, b") == []
    assert "<script>" in content.text


@pytest.mark.parametrize("ticket", ["", "nonsense", "WzEsMl0.aa.bb"])
def test_a_ticket_that_we_did_not_write_makes_nothing(editor, ticket):
    response = make(editor, ticket)
    assert response.status_code == 409
    assert "This report is too old. Please choose the file again." in response.text
    assert surveys() == []


def test_a_ticket_ends(editor, monkeypatch):
    ticket = ticket_in(bring(editor, GOOD).text)
    monkeypatch.setattr(tickets, "LIFE", timedelta(seconds=-1))
    assert make(editor, ticket).status_code == 409


def test_a_ticket_is_for_one_person_in_one_city(app, editor, second, city, other_city):
    ticket = ticket_in(bring(editor, GOOD).text)
    assert "belongs to somebody else" in make(second, ticket).text
    carla = sign_in(app.test_client(), make_staff(other_city))
    response = post_form(
        carla, "/hillside/staff/surveys/import/survey", {"ticket": ticket}, page="/hillside/staff/surveys/import"
    )
    assert response.status_code == 409
    assert surveys() == []


def test_a_large_questionnaire_rides_along(editor):
    content = form(*[("note", f"n{n}", "Größe und mehr. " * 250) for n in range(300)], ("text", "q", "What?"))
    response = make(editor, ticket_in(bring(editor, content).text))
    assert response.status_code == 303
    assert len(surveys()) == 1


def test_the_real_survey_is_brought_read_and_made(editor):
    page = bring(editor, questionnaire_file("mitwirken_umfrage.xlsx"), "mitwirken_umfrage.xlsx")
    assert "38 questions came over. 3 of them were changed. No question was lost." in page.text
    response = make(editor, ticket_in(page.text))
    assert "Bedarfserhebung für Migrant*innenorganisationen in Sachsen" in editor.get(response.location).text


@pytest.mark.parametrize(("ending", "name"), [("xlsform", "xlsx"), ("surveyjs", "json")])
def test_a_questionnaire_is_taken_along(editor, city, ending, name):
    survey = make_survey(city)
    page = f"/riverton/staff/surveys/{survey.id}"
    assert f"{page}/export.{ending}" in editor.get(page).text
    response = editor.get(f"{page}/export.{ending}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="city-and-you.{name}"'
    assert response.headers["Cache-Control"] == "private, no-store"
    back = importers.read("file", response.data, ["en", "de"]).questionnaire
    assert [question.code for question in back.questions] == [
        q["code"] for s in every_kind()["sections"] for q in s["questions"]
    ]


def test_a_survey_without_a_title_has_a_file_name_too(editor, city):
    survey = make_survey(city, dumped(Questionnaire(title={"en": "日本"})) | {"sections": every_kind()["sections"]})
    response = editor.get(f"/riverton/staff/surveys/{survey.id}/export.surveyjs")
    assert response.headers["Content-Disposition"] == f'attachment; filename="survey-{survey.id}.json"'
    assert orjson.loads(response.data)


def test_an_unknown_format_or_survey_is_not_found(editor, city, other_city):
    survey, foreign = make_survey(city), make_survey(other_city)
    assert editor.get(f"/riverton/staff/surveys/{survey.id}/export.pdf").status_code == 404
    assert editor.get(f"/riverton/staff/surveys/{foreign.id}/export.xlsform").status_code == 404
    assert editor.get("/riverton/staff/surveys/999/export.xlsform").status_code == 404


@pytest.mark.parametrize("page", [IMPORT, MAKE, "/riverton/staff/surveys/{id}/export.xlsform"])
def test_only_editors_of_the_city_come_in(app, city, other_city, page):
    page = page.format(id=make_survey(city).id)
    ask = app.test_client().post if page == MAKE else app.test_client().get
    assert "/sign-in" in ask(page).location
    for who, status in (
        (make_staff(other_city), 404),
        (make_staff(None), 404),
        (make_staff(city, Role.MODERATOR), 403),
    ):
        client = sign_in(app.test_client(), who)
        assert (client.post if page == MAKE else client.get)(page).status_code == status
    assert db.session.scalar(select(func.count()).select_from(Survey)) == 1


def test_a_form_without_the_token_of_the_session_does_nothing(editor):
    ticket = ticket_in(bring(editor, GOOD).text)
    assert editor.post(IMPORT, data={"file": (io.BytesIO(GOOD), "form.xlsx")}).status_code == 400
    assert editor.post(MAKE, data={"ticket": ticket}).status_code == 400
    assert surveys() == []
