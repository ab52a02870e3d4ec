"""Somebody's own account."""

import pytest
from sqlalchemy import select

from citizen.accounts import factor
from citizen.accounts.models import EmailLink, Membership, RecoveryCode, Role, User
from citizen.core.audit import AuditEntry, first_broken_entry
from citizen.core.db import db
from citizen.core.mail import OutgoingMail
from tests.accounts.makers import (
    PASSWORD,
    act,
    code_of,
    is_signed_in,
    link_mailed_to,
    mails_to,
    make_citizen,
    make_colleague,
    sign_in_fully,
)
from tests.makers import post_form, sign_in

NEW = "blue bridge under rain"
PAGES = [
    "/account",
    "/account/password",
    "/account/factor",
    "/account/recovery-codes",
    "/account/erasure",
    "/account/data.json",
]


@pytest.fixture
def ana(client):
    person = make_citizen()
    sign_in(client, person)
    return person


@pytest.fixture
def bruno(client, city):
    person = make_colleague(city)
    sign_in(client, person)
    return person


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_people_are_asked_to_sign_in(client, page):
    assert client.get(page).headers["Location"] == f"/sign-in?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_pages_work_for_staff(client, bruno, page):
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["/account/password", "/account/factor", "/account/recovery-codes"])
def test_citizens_have_neither_password_nor_factor(client, ana, page):
    assert client.get(page).status_code == 404


def test_name_and_language_are_kept_and_used(client, ana):
    answer = post_form(client, "/account", {"name": "  Ana \n María ", "language": "de"})
    assert answer.status_code == 303
    db.session.refresh(ana)
    assert (ana.name, ana.language) == ("Ana María", "de")
    assert '<html lang="de"' in client.get("/account").text


def test_a_language_we_do_not_write_is_refused_and_the_name_stays_typed(client, ana):
    answer = post_form(client, "/account", {"name": "Ana", "language": "xx"})
    assert answer.status_code == 422
    assert 'value="Ana"' in answer.text


def test_signing_out_needs_a_form_with_its_token(client, ana):
    client.get("/sign-out")
    assert client.post("/sign-out").status_code == 400
    assert is_signed_in(client)
    act(client, "/sign-out")
    assert not is_signed_in(client)


def test_a_token_of_another_session_is_refused(client, app, ana):
    other = sign_in(app.test_client(), make_citizen("dora@example.org"))
    token = other.get("/account").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert is_signed_in(client)


def test_sign_out_everywhere_ends_every_session(client, app, ana):
    phone = sign_in(app.test_client(), ana)
    act(client, "/account/sessions/end")
    assert not is_signed_in(client)
    assert not is_signed_in(phone)


def test_a_new_password_ends_the_other_sessions_and_tells_by_mail(client, app, bruno):
    phone = sign_in(app.test_client(), bruno)
    answer = post_form(client, "/account/password", {"current": PASSWORD, "password": NEW, "repeated": NEW})
    assert answer.status_code == 303
    assert is_signed_in(client)
    assert not is_signed_in(phone)
    assert "password" in mails_to(bruno.email)[-1].body


@pytest.mark.parametrize(
    "typed",
    [
        {"current": "not my password", "password": NEW, "repeated": NEW},
        {"current": PASSWORD, "password": NEW, "repeated": "another one here"},
        {"current": PASSWORD, "password": "short", "repeated": "short"},
        {"current": PASSWORD, "password": "riverton is nice", "repeated": "riverton is nice"},
        {"current": PASSWORD, "password": "bruno's own words", "repeated": "bruno's own words"},
        {},
    ],
)
def test_a_password_that_will_not_do_changes_nothing(client, bruno, typed):
    before = bruno.password_hash
    answer = post_form(client, "/account/password", typed)
    assert answer.status_code == 422
    assert PASSWORD not in answer.text
    db.session.refresh(bruno)
    assert bruno.password_hash == before


def test_another_phone_needs_the_password_and_ends_the_first_one(client, app, bruno):
    earlier = bruno.factor_secret
    secret = _new_secret(client)
    code = factor.pyotp.TOTP(secret).now()
    assert post_form(client, "/account/factor", {"code": code, "current": "not my password"}).status_code == 422
    assert bruno.factor_secret == earlier
    page = post_form(client, "/account/factor", {"code": code, "current": PASSWORD})
    assert page.text.count("<li><code>") == 10
    assert is_signed_in(client)
    other = app.test_client()
    bruno.factor_secret, kept = earlier, bruno.factor_secret
    old_code = code_of(bruno, steps_from_now=1)
    bruno.factor_secret = kept
    db.session.commit()
    post_form(other, "/sign-in/password", {"email": bruno.email, "password": PASSWORD})
    assert post_form(other, "/sign-in/code", {"code": old_code}).status_code == 422


def _new_secret(client) -> str:
    return client.get("/account/factor").text.split("<code>")[1].split("</code>")[0].replace(" ", "")


def test_the_offered_secret_stays_the_same_until_it_is_confirmed(client, bruno):
    assert _new_secret(client) == _new_secret(client)


def test_new_recovery_codes_end_the_old_ones(client, app, bruno):
    old = factor.new_recovery_codes(bruno)
    db.session.commit()
    page = post_form(client, "/account/recovery-codes", {"current": PASSWORD})
    assert page.text.count("<li><code>") == 10
    assert old[0] not in page.text
    assert not factor.accept_recovery_code(bruno, old[0])


def test_new_recovery_codes_need_the_password(client, bruno):
    old = factor.new_recovery_codes(bruno)
    assert post_form(client, "/account/recovery-codes", {"current": "not my password"}).status_code == 422
    assert factor.accept_recovery_code(bruno, old[0])


def test_ana_takes_along_all_that_we_keep(client, app):
    post_form(client, link_mailed_to(client, "ana@example.org"))
    answer = client.get("/account/data.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.json["account"]["mail"] == "ana@example.org"
    assert len(answer.json["mails"]) == 1
    assert "hash" not in answer.text


def test_own_data_of_staff_names_roles_and_acts(client, app, city, bruno):
    post_form(client, "/account/password", {"current": PASSWORD, "password": NEW, "repeated": NEW})
    found = client.get("/account/data.json").json
    assert found["roles"][0] | {"since": ""} == {"city": "Riverton", "role": "moderator", "since": ""}
    assert [act["act"] for act in found["acts"]] == ["set password"]


def test_erasing_wants_to_be_sure(client, ana):
    assert post_form(client, "/account/erasure", {}).status_code == 422
    assert is_signed_in(client)


def test_after_erasing_nothing_of_ana_is_left(client):
    post_form(client, link_mailed_to(client, "ana@example.org"))
    answer = post_form(client, "/account/erasure", {"sure": "y"})
    assert client.get(answer.headers["Location"]).status_code == 200
    assert not is_signed_in(client)
    for model in (User, EmailLink, OutgoingMail, AuditEntry):
        assert db.session.scalars(select(model)).all() == []


def test_what_staff_did_stays_after_they_erase_their_account(client, app, city):
    admin = make_colleague(city, Role.ADMIN, email="carla@example.org")
    make_colleague(city, Role.ADMIN, email="dora@example.org")
    factor.new_recovery_codes(admin)
    number = admin.id
    sign_in_fully(client, admin)
    post_form(client, "/riverton/staff/people/new", {"email": "new@example.org", "role": "viewer"})
    post_form(client, "/account/erasure", {"sure": "y"})
    assert db.session.scalars(select(AuditEntry.verb).filter_by(actor_name="carla@example.org")).all() == [
        "added staff",
        "erased own account",
    ]
    assert db.session.scalars(select(Membership).filter_by(user_id=number)).all() == []
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert first_broken_entry() is None


def test_the_only_admin_of_a_city_cannot_vanish(client, city):
    admin = make_colleague(city, Role.ADMIN)
    sign_in_fully(client, admin)
    answer = post_form(client, "/account/erasure", {"sure": "y"})
    assert answer.status_code == 409
    assert "somebody else an admin" in answer.text
    assert is_signed_in(client)
