"""Signing in with a password and a second factor."""

import pytest
from sqlalchemy import select

from citizen.accounts import factor, passwords
from citizen.accounts.models import RecoveryCode, Role
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from tests.accounts.makers import (
    PASSWORD,
    code_of,
    give_password,
    is_signed_in,
    link_in,
    mails_to,
    make_citizen,
    make_colleague,
    sign_in_fully,
)
from tests.makers import post_form


@pytest.fixture
def bruno(city):
    return make_colleague(city)


def test_bruno_signs_in_with_password_and_code(client, bruno):
    answer = sign_in_fully(client, bruno)
    assert answer.headers["Location"] == "/account"
    assert is_signed_in(client)


def test_the_password_alone_signs_nobody_in(client, bruno):
    assert give_password(client, bruno.email).headers["Location"].startswith("/sign-in/code")
    assert not is_signed_in(client)


def test_he_goes_on_to_where_he_wanted(client, bruno):
    query = "?next=/riverton/staff/"
    assert sign_in_fully(client, bruno, query=query).headers["Location"] == "/riverton/staff/"


def test_next_never_leaves_the_site(client, bruno):
    query = "?next=https://evil.example/"
    assert sign_in_fully(client, bruno, query=query).headers["Location"] == "/account"


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, bruno):
    known = give_password(client, bruno.email, "not the right password")
    unknown = give_password(client, "nobody@example.org", "not the right password")
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert _without_token(known.text).replace(bruno.email, "nobody@example.org") == _without_token(unknown.text)


def test_the_typed_address_stays_and_the_password_does_not(client, bruno):
    page = give_password(client, bruno.email, "not the right password").text
    assert bruno.email in page
    assert "not the right password" not in page


def _without_token(text: str) -> str:
    return "".join(line for line in text.splitlines() if "csrf_token" not in line)


def test_a_citizen_without_a_password_cannot_use_one(client):
    ana = make_citizen()
    assert give_password(client, ana.email).status_code == 422


def test_a_code_works_once(client, app, bruno):
    code = code_of(bruno)
    give_password(client, bruno.email)
    post_form(client, "/sign-in/code", {"code": code})
    second = app.test_client()
    give_password(second, bruno.email)
    assert post_form(second, "/sign-in/code", {"code": code}).status_code == 422
    assert not is_signed_in(second)


def test_an_older_code_is_refused_after_a_newer_one(app, client, bruno):
    sign_in_fully(client, bruno, steps_from_now=1)
    second = app.test_client()
    assert sign_in_fully(second, bruno).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-1, 303), (1, 303), (-3, 422), (3, 422)])
def test_phones_may_be_half_a_minute_off(client, bruno, steps, status):
    assert sign_in_fully(client, bruno, steps_from_now=steps).status_code == status


def test_a_code_may_be_typed_with_a_gap(client, bruno):
    give_password(client, bruno.email)
    code = code_of(bruno)
    assert post_form(client, "/sign-in/code", {"code": f" {code[:3]} {code[3:]} "}).status_code == 303


def test_without_the_password_there_is_no_second_step(client, bruno):
    for page in ("/sign-in/code", "/sign-in/recovery"):
        assert client.get(page).headers["Location"].startswith("/sign-in/password")


def test_the_second_step_waits_ten_minutes(client, bruno):
    give_password(client, bruno.email)
    with client.session_transaction() as session:
        session["half_way"] = [session["half_way"][0], session["half_way"][1] - 601]
    assert client.get("/sign-in/code").headers["Location"].startswith("/sign-in/password")


def test_a_recovery_code_works_once(client, app, bruno):
    codes = factor.new_recovery_codes(bruno)
    give_password(client, bruno.email)
    assert post_form(client, "/sign-in/recovery", {"code": codes[0].upper().replace("-", " ")}).status_code == 303
    assert is_signed_in(client)
    second = app.test_client()
    give_password(second, bruno.email)
    assert post_form(second, "/sign-in/recovery", {"code": codes[0]}).status_code == 422
    assert not is_signed_in(second)


def test_recovery_codes_are_kept_as_hashes(bruno):
    codes = factor.new_recovery_codes(bruno)
    db.session.commit()
    kept = db.session.scalars(select(RecoveryCode.digest).filter_by(user_id=bruno.id)).all()
    assert len(codes) == len(kept) == 10
    assert not any(code.encode() in digest for code in codes for digest in kept)


def test_somebody_elses_recovery_code_is_refused(client, city, bruno):
    clara = make_colleague(city, email="clara@example.org")
    codes = factor.new_recovery_codes(clara)
    give_password(client, bruno.email)
    assert post_form(client, "/sign-in/recovery", {"code": codes[0]}).status_code == 422


def test_the_secret_of_the_factor_rests_encrypted(bruno):
    assert factor.readable_secret(bruno.factor_secret).replace(" ", "") not in bruno.factor_secret


def test_after_a_change_of_the_secret_key_codes_fail_and_recovery_codes_work(client, app, bruno):
    bruno.factor_secret = "gAAAA-not-readable-any-more"
    codes = factor.new_recovery_codes(bruno)
    give_password(client, bruno.email)
    assert post_form(client, "/sign-in/code", {"code": "123456"}).status_code == 422
    assert post_form(client, "/sign-in/recovery", {"code": codes[0]}).status_code == 303


def test_many_wrong_passwords_have_to_wait(client, bruno):
    answers = [give_password(client, bruno.email, f"wrong number {n} of many") for n in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert "To protect the account" in answers[-1].text
    assert give_password(client, bruno.email).status_code == 429


def test_many_wrong_codes_have_to_wait(client, bruno):
    give_password(client, bruno.email)
    answers = [post_form(client, "/sign-in/code", {"code": "000000"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [422] * 6 + [429]
    assert post_form(client, "/sign-in/recovery", {"code": "abcd"}).status_code == 429


def test_a_form_without_its_token_is_refused(client, bruno):
    answer = client.post("/sign-in/password", data={"email": bruno.email, "password": PASSWORD})
    assert answer.status_code == 422
    assert "half_way" not in _session_of(client)


def _session_of(client):
    with client.session_transaction() as session:
        return dict(session)


def test_nothing_of_an_earlier_session_stays(client, bruno):
    client.get("/sign-in")
    before = _session_of(client)["csrf_token"]
    sign_in_fully(client, bruno)
    assert _session_of(client).get("csrf_token") != before


def test_weaker_hashes_are_made_anew(client, city, bruno):
    weaker = passwords.PasswordHasher(time_cost=1, memory_cost=8 * 1024)
    bruno.password_hash = weaker.hash(PASSWORD)
    give_password(client, bruno.email)
    assert not passwords.hasher.check_needs_rehash(bruno.password_hash)
    assert passwords.is_right(bruno.password_hash, PASSWORD)


def test_an_invitation_leads_from_the_mail_to_the_console(client, app, city):
    runner = app.test_cli_runner()
    runner.invoke(args=["staff", "add", "dora@example.org", "--city", "riverton", "--role", "editor"])
    link = link_in(mails_to("dora@example.org")[0])
    typed = {"password": "blue bridge under rain", "repeated": "blue bridge under rain"}
    answer = post_form(client, link, typed)
    assert answer.headers["Location"].startswith("/account/factor")
    assert client.get("/riverton/staff/").headers["Location"] == "/account/factor?next=/riverton/staff/"
    assert client.get(link).status_code == 410


def test_the_first_factor_opens_the_console(client, city):
    dora = make_colleague(city, Role.EDITOR, email="dora@example.org", has_factor=False)
    give_password(client, dora.email, query="?next=/riverton/staff/")
    page = client.get("/account/factor?next=/riverton/staff/")
    secret = page.text.split("<code>")[1].split("</code>")[0].replace(" ", "")
    answer = post_form(client, "/account/factor?next=/riverton/staff/", {"code": _now(secret)})
    assert answer.text.count("<li><code>") == 10
    assert 'href="/riverton/staff/"' in answer.text
    assert client.get("/riverton/staff/").status_code == 200


def _now(secret: str) -> str:
    return factor.pyotp.TOTP(secret).now()


def test_the_code_that_set_a_factor_up_does_not_sign_in(client, app, city):
    dora = make_colleague(city, email="dora@example.org", has_factor=False)
    give_password(client, dora.email)
    secret = client.get("/account/factor").text.split("<code>")[1].split("</code>")[0].replace(" ", "")
    code = _now(secret)
    post_form(client, "/account/factor", {"code": code})
    second = app.test_client()
    give_password(second, dora.email)
    assert post_form(second, "/sign-in/code", {"code": code}).status_code == 422


def test_a_wrong_first_code_changes_nothing(client, city):
    dora = make_colleague(city, email="dora@example.org", has_factor=False)
    give_password(client, dora.email)
    assert post_form(client, "/account/factor", {"code": "000000"}).status_code == 422
    assert dora.factor_confirmed_at is None


@pytest.mark.parametrize("email", ["bruno@example.org", "nobody@example.org", "ana@example.org"])
def test_a_forgotten_password_tells_nothing(client, bruno, email):
    make_citizen("ana@example.org")
    answer = post_form(client, "/sign-in/forgotten", {"email": email})
    assert answer.headers["Location"] == "/sign-in/sent"
    is_for_password = "/password/" in link_in(mails_to(email)[0])
    assert is_for_password == (email == bruno.email)


def test_a_new_password_ends_all_sessions_and_asks_for_the_factor(client, app, bruno):
    sign_in_fully(client, bruno)
    other = app.test_client()
    post_form(other, "/sign-in/forgotten", {"email": bruno.email})
    link = link_in(mails_to(bruno.email)[0])
    typed = {"password": "blue bridge under rain", "repeated": "blue bridge under rain"}
    assert post_form(other, link, typed).headers["Location"].startswith("/sign-in/code")
    assert not is_signed_in(client)
    assert not is_signed_in(other)
    assert give_password(client, bruno.email).status_code == 422
    assert "set password" in db.session.scalars(select(AuditEntry.verb)).all()


def test_a_weak_new_password_is_explained_and_uses_nothing_up(client, bruno):
    post_form(client, "/sign-in/forgotten", {"email": bruno.email})
    link = link_in(mails_to(bruno.email)[0])
    answer = post_form(client, link, {"password": "password1234", "repeated": "password1234"})
    assert answer.status_code == 422
    assert "easy to guess" in answer.text
    assert client.get(link).status_code == 200


def test_two_that_differ_are_explained(client, bruno):
    post_form(client, "/sign-in/forgotten", {"email": bruno.email})
    link = link_in(mails_to(bruno.email)[0])
    answer = post_form(client, link, {"password": "blue bridge under rain", "repeated": "blue bridge"})
    assert answer.status_code == 422
    assert "The two passwords are not the same" in answer.text


def test_a_link_for_a_password_signs_nobody_in(client, bruno):
    post_form(client, "/sign-in/forgotten", {"email": bruno.email})
    key = link_in(mails_to(bruno.email)[0]).split("/password/")[1]
    assert client.get(f"/sign-in/link/{key}").status_code == 410
