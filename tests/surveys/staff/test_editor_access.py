"""Who may read and who may write surveys in the console."""

import pytest

from citizen.accounts.models import Role
from surveys.models import Survey
from surveys.questionnaire import loaded
from tests.makers import make_staff, sign_in
from tests.surveys.makers import make_survey
from tests.surveys.staff.writing import CONSOLE, SHORT, asked, at, press

READ = ["", "/history", "/preview", "/preview/phone"]
WRITTEN = ["/settings", "/kinds", "/sections/s1", "/questions/q1", "/deletion"]
ACTS = [
    "/settings",
    "/sections",
    "/sections/s1",
    "/sections/s1/place",
    "/sections/s1/copy",
    "/sections/s1/deletion",
    "/questions",
    "/questions/q1",
    "/questions/q1/kind",
    "/questions/q1/place",
    "/questions/q1/copy",
    "/questions/q1/deletion",
    "/undo",
    "/redo",
    "/history/1",
    "/copy",
    "/deletion",
]


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, SHORT)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MODERATOR, Role.ANALYST])
def test_everybody_in_the_console_reads_and_editors_write(client, city, survey, role):
    sign_in(client, make_staff(city, role))
    assert client.get(f"{CONSOLE}/").status_code == 200
    assert client.get(f"{CONSOLE}/new").status_code == 403
    assert {client.get(at(survey, page)).status_code for page in READ} == {200}
    assert {client.get(at(survey, page)).status_code for page in WRITTEN} == {403}
    assert {client.post(at(survey, act)).status_code for act in ACTS} == {403}
    assert asked(survey) == loaded(SHORT)


def test_another_city_s_staff_find_nothing(client, survey, other_city):
    carla = sign_in(client, make_staff(other_city, Role.ADMIN))
    there = f"/hillside/staff/surveys/{survey.id}"
    for page in (*READ, *WRITTEN):
        assert carla.get(at(survey, page)).status_code == 404
        assert carla.get(f"{there}{page}").status_code == 404
    for act in ACTS:
        assert carla.post(at(survey, act)).status_code == 404


def test_in_the_own_city_another_city_s_survey_is_no_survey(editor, city, survey, other_city):
    theirs = make_survey(other_city, SHORT)
    for act in ACTS:
        fields = {"seen": "1", "kind": "line", "step": "up"}
        response = press(editor, survey, "/undo", fields)
        address = f"/riverton/staff/surveys/{theirs.id}{act}"
        token = editor.get(at(survey, "/settings")).text.split('name="csrf_token" value="')[1].split('"')[0]
        assert editor.post(address, data=fields | {"csrf_token": token}).status_code == 404
        assert response.status_code == 409
    assert asked(theirs) == loaded(SHORT)


def test_who_is_signed_out_is_asked_to_sign_in(client, survey):
    for page in (*READ, *WRITTEN):
        response = client.get(at(survey, page))
        assert response.status_code == 302
        assert "/sign-in" in response.location


def test_a_form_without_its_token_is_refused(editor, survey):
    assert {editor.post(at(survey, act), data={"seen": "1"}).status_code for act in ACTS} == {400}
    assert editor.post(f"{CONSOLE}/new", data={"title": "X", "kind": "line"}).status_code == 400
    assert asked(survey) == loaded(SHORT)


def test_the_console_leads_to_the_surveys(editor):
    assert f'href="{CONSOLE}/"' in editor.get("/riverton/staff/").text


@pytest.mark.parametrize("number", [2**31, 2**63])
def test_a_number_that_no_row_can_have_names_nothing(editor, number):
    assert editor.get(f"{CONSOLE}/{number}").status_code == 404
