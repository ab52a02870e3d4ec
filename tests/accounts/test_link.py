"""Signing in by a link in the mail."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from citizen.accounts.models import EmailLink, Role, User
from citizen.core import clock
from citizen.core.db import db
from tests.accounts.makers import is_signed_in, link_in, link_mailed_to, mails_to, make_citizen, make_colleague
from tests.makers import post_form


def test_ana_signs_in_by_the_link_in_her_mail(client):
    link = link_mailed_to(client, "ana@example.org")
    answer = post_form(client, link)
    assert answer.headers["Location"] == "/account"
    assert is_signed_in(client)


def test_the_first_link_makes_the_account_and_the_next_one_finds_it(client):
    for _ in range(2):
        post_form(client, link_mailed_to(client, " ANA@example.org "))
    assert [person.email for person in db.session.scalars(select(User))] == ["ana@example.org"]


def test_a_scanner_that_opens_the_link_uses_nothing_up(client, app):
    link = link_mailed_to(client, "ana@example.org")
    scanner = app.test_client()
    for _ in range(3):
        assert scanner.get(link).status_code == 200
        scanner.head(link)
    assert not is_signed_in(scanner)
    post_form(client, link)
    assert is_signed_in(client)


def test_a_link_works_once(client, app):
    link = link_mailed_to(client, "ana@example.org")
    thief = app.test_client()
    token = post_form(client, link)
    assert token.status_code == 303
    assert thief.get(link).status_code == 410
    assert client.post(link, data={}).status_code == 410


def test_two_who_hold_the_page_of_one_link_cannot_both_use_it(client, app):
    link = link_mailed_to(client, "ana@example.org")
    second = app.test_client()
    token = second.get(link).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    post_form(client, link)
    assert second.post(link, data={"csrf_token": token}).status_code == 410
    assert not is_signed_in(second)


def test_a_link_ends_after_half_an_hour(client):
    link = link_mailed_to(client, "ana@example.org")
    db.session.execute(update(EmailLink).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert client.get(link).status_code == 410


def test_links_last_thirty_minutes(client):
    link_mailed_to(client, "ana@example.org")
    kept = db.session.scalars(select(EmailLink)).one()
    assert kept.expires_at - kept.created_at == timedelta(minutes=30)


def test_only_the_hash_of_a_link_is_kept(client):
    key = link_mailed_to(client, "ana@example.org").split("/")[-1].split("?")[0]
    kept = db.session.scalars(select(EmailLink)).one()
    assert key.encode() not in kept.digest
    assert len(key) >= 43


def test_without_the_token_of_the_page_the_button_does_nothing(client):
    link = link_mailed_to(client, "ana@example.org")
    assert client.post(link).status_code == 422
    assert not is_signed_in(client)
    assert client.get(link).status_code == 200


def test_a_forged_host_never_reaches_a_mail(client):
    answer = client.post("/sign-in", data={"email": "ana@example.org"}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    post = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    token = client.get("/sign-in").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    client.post("/sign-in", data={"email": "ana@example.org", "csrf_token": token}, headers=post)
    (mail,) = mails_to("ana@example.org")
    assert "evil" not in mail.body
    assert "http://localhost/sign-in/link/" in mail.body


def test_the_mail_speaks_the_language_of_the_page(client):
    post_form(client, "/sign-in?lang=de", {"email": "ana@example.org"})
    assert "lang=de" in link_in(mails_to("ana@example.org")[0])


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leaves_the_site(client, target):
    link = link_mailed_to(client, "ana@example.org", query=f"?next={target}")
    assert post_form(client, link).headers["Location"] == "/account"


def test_next_leads_back_to_where_somebody_came_from(client):
    link = link_mailed_to(client, "ana@example.org", query="?next=/riverton/polls/")
    assert post_form(client, link).headers["Location"] == "/riverton/polls/"


def test_the_page_says_the_same_for_known_and_unknown_addresses(client, city):
    make_citizen("ana@example.org")
    make_colleague(city, Role.EDITOR, email="bruno@example.org")
    answers = [
        post_form(client, "/sign-in", {"email": email})
        for email in ("ana@example.org", "bruno@example.org", "nobody@example.org")
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/sign-in/sent")}
    assert [len(mails_to(name)) for name in ("ana@example.org", "bruno@example.org", "nobody@example.org")] == [1] * 3


def test_a_member_of_staff_cannot_sign_in_by_a_link_alone(client, city):
    bruno = make_colleague(city)
    answer = post_form(client, link_mailed_to(client, bruno.email))
    assert answer.headers["Location"].startswith("/sign-in/password")
    assert not is_signed_in(client)
    assert "bruno@example.org" in client.get("/sign-in/password").text


def test_somebody_who_left_still_needs_the_second_factor(client):
    person = make_colleague(None)
    answer = post_form(client, link_mailed_to(client, person.email))
    assert answer.headers["Location"].startswith("/sign-in/password")


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "ana@example .org", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_explained_and_stays(client, typed):
    answer = post_form(client, "/sign-in", {"email": typed})
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert typed.strip() in answer.text


def test_many_links_to_one_mailbox_have_to_wait(client):
    answers = [post_form(client, "/sign-in", {"email": "ana@example.org"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Please wait" in answers[-1].text or "please wait" in answers[-1].text
    assert len(mails_to("ana@example.org")) == 5


def test_the_address_of_a_link_is_told_to_nobody(client):
    answer = client.get(link_mailed_to(client, "ana@example.org"))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-store"
