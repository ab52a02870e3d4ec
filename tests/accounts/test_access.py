"""Who may come in: looked up anew at every click."""

import pytest

from citizen.accounts import actions
from citizen.accounts.models import Membership, Role, User
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from tests.accounts.makers import act, make_citizen, make_colleague
from tests.makers import make_staff, sign_in

ADMIN_PAGE = "/riverton/staff/people"
VIEWER_PAGE = "/riverton/staff/"
HTMX = {"HX-Request": "true"}


def member(person: User) -> Membership:
    return db.session.query(Membership).filter_by(user_id=person.id).one()


def test_signed_out_people_are_asked_to_sign_in_and_come_back(client, city):
    answer = client.get(f"{ADMIN_PAGE}?page=2")
    assert answer.headers["Location"] == "/sign-in?next=/riverton/staff/people?page%3D2"


def test_htmx_sends_the_whole_page_to_sign_in(client, city):
    answer = client.get(ADMIN_PAGE, headers=HTMX | {"Referer": "http://localhost/riverton/staff/?q=bus"})
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/riverton/staff/"
    assert answer.text == ""


def test_after_a_change_that_came_too_late_somebody_returns_to_the_page_it_was_asked_on(client, city):
    headers = {"Referer": f"http://localhost{ADMIN_PAGE}"}
    answer = client.post("/riverton/staff/tokens/1/end", headers=headers)
    assert answer.headers["Location"] == f"/sign-in?next={ADMIN_PAGE}"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_a_role_that_is_too_small_is_403(client, city, role):
    sign_in(client, make_staff(city, role))
    assert client.get(ADMIN_PAGE).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_read_along(client, city, role):
    sign_in(client, make_staff(city, role))
    assert client.get(VIEWER_PAGE).status_code == 200


@pytest.mark.parametrize("page", [ADMIN_PAGE, VIEWER_PAGE])
def test_citizens_learn_nothing_of_the_console(client, city, page):
    sign_in(client, make_citizen())
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_staff_of_another_city_learn_nothing_of_the_console(client, city, other_city, role):
    sign_in(client, make_staff(other_city, role))
    assert client.get(ADMIN_PAGE).status_code == 404
    assert client.get("/nowhere/staff/people").status_code == 404


def test_platform_admins_are_admins_everywhere(client, city):
    person = make_staff(None, email="root@example.org")
    actions.end_sessions(person)
    person.is_platform_admin = True
    sign_in(client, person)
    assert client.get(ADMIN_PAGE).status_code == 200


def test_staff_without_a_second_factor_set_it_up_first(client, city):
    sign_in(client, make_colleague(city, Role.ADMIN, has_factor=False))
    assert client.get(ADMIN_PAGE).headers["Location"] == f"/account/factor?next={ADMIN_PAGE}"


def test_a_demoted_admin_is_out_at_the_next_click(client, city):
    bruno = make_staff(city, Role.ADMIN)
    make_staff(city, Role.ADMIN, email="carla@example.org")
    sign_in(client, bruno)
    assert client.get(ADMIN_PAGE).status_code == 200
    member(bruno).role = Role.VIEWER
    assert client.get(ADMIN_PAGE).status_code == 403


def test_a_new_role_ends_the_session(client, city):
    bruno = make_staff(city, Role.EDITOR)
    sign_in(client, bruno)
    actions.change_role(member(bruno), Role.ADMIN, by=COMMAND_LINE)
    assert client.get(VIEWER_PAGE).headers["Location"].startswith("/sign-in")


def test_the_end_of_a_role_ends_the_session(client, city):
    bruno = make_staff(city, Role.EDITOR)
    sign_in(client, bruno)
    actions.end_role(member(bruno), by=COMMAND_LINE)
    assert client.get(VIEWER_PAGE).headers["Location"].startswith("/sign-in")


def test_whoever_becomes_staff_has_to_sign_in_anew(client, city):
    ana = make_citizen()
    sign_in(client, ana)
    actions.add_staff(city, ana.email, Role.VIEWER, by=COMMAND_LINE)
    assert client.get("/account").headers["Location"].startswith("/sign-in")


def test_a_change_without_the_token_of_the_session_is_refused(client, city):
    sign_in(client, make_staff(city, Role.ADMIN))
    answer = client.post("/riverton/staff/people/new", data={"email": "dora@example.org", "role": "admin"})
    assert answer.status_code == 400
    assert actions.person_with("dora@example.org") is None


def test_a_change_that_another_site_asks_for_is_refused(client, city):
    sign_in(client, make_staff(city, Role.ADMIN))
    token = client.get("/account").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    typed = {"email": "dora@example.org", "role": "admin", "csrf_token": token}
    answer = client.post("/riverton/staff/people/new", data=typed, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert actions.person_with("dora@example.org") is None


def test_public_pages_do_not_look_into_the_session(client, city):
    sign_in(client, make_staff(city, Role.ADMIN, email="bruno@example.org"))
    answer = client.get("/riverton/")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers
    assert "bruno" not in answer.text


def test_the_console_speaks_the_language_of_the_account(client, city):
    person = make_staff(city, Role.VIEWER)
    person.language = "de"
    sign_in(client, person)
    assert '<html lang="de"' in client.get(VIEWER_PAGE).text


def test_every_act_names_who_did_it(client, city):
    sign_in(client, make_staff(city, Role.ADMIN, email="carla@example.org"))
    act(client, "/riverton/staff/people/new", {"email": "dora@example.org", "role": "editor"})
    entry = db.session.query(AuditEntry).one()
    assert (entry.actor_kind, entry.actor_name, entry.verb) == ("account", "carla@example.org", "added staff")
    assert (entry.subject, entry.city_id, entry.detail) == ("account dora@example.org", city.id, {"role": "editor"})
