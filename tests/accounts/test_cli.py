"""Commands about staff and tokens."""

import pytest
from sqlalchemy import select

from citizen.accounts.demo import make_first_admin
from citizen.accounts.models import ApiToken, Membership, Role, User
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from tests.accounts.makers import give_password, link_in, mails_to, make_colleague
from tests.makers import make_city


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=list(arguments))


def test_staff_add_prints_the_link_that_the_mail_holds(run, client, city):
    result = run("staff", "add", "Dora@example.org", "--city", "riverton", "--role", "admin")
    (mail,) = mails_to("dora@example.org")
    assert result.exit_code == 0
    assert link_in(mail) in result.output
    assert client.get(link_in(mail)).status_code == 200
    assert db.session.scalars(select(Membership.role)).one() == "admin"
    assert db.session.scalars(select(AuditEntry.actor_kind)).one() == "command line"


def test_the_invitation_speaks_the_citys_language(run, app):
    make_city(slug="aachen", name="Aachen", languages=["de", "en"])
    run("staff", "add", "dora@example.org", "--city", "aachen")
    assert "lang=de" in link_in(mails_to("dora@example.org")[0])


@pytest.mark.parametrize(
    "arguments",
    [
        ("dora@example.org", "--city", "nowhere"),
        ("not an address", "--city", "riverton"),
        ("bruno@example.org", "--city", "riverton"),
        ("dora@example.org",),
        ("dora@example.org", "--city", "riverton", "--platform-admin"),
        ("dora@example.org", "--city", "riverton", "--role", "king"),
    ],
)
def test_staff_add_refuses_nonsense(run, city, arguments):
    make_colleague(city)
    result = run("staff", "add", *arguments)
    assert result.exit_code != 0
    assert result.output
    assert mails_to("dora@example.org") == []


def test_a_platform_admin(run, app):
    assert run("staff", "add", "root@example.org", "--platform-admin").exit_code == 0
    assert db.session.scalars(select(User)).one().is_platform_admin
    assert run("staff", "add", "root@example.org", "--platform-admin").exit_code == 1


def test_staff_list(run, city):
    make_colleague(city)
    assert run("staff", "list", "--city", "riverton").output == "riverton\tmoderator\tbruno@example.org\n"


def test_reset_factor(run, city):
    bruno = make_colleague(city)
    assert run("staff", "reset-factor", "bruno@example.org").exit_code == 0
    db.session.refresh(bruno)
    assert not bruno.has_factor
    assert run("staff", "reset-factor", "nobody@example.org").exit_code == 1


def test_token_create_prints_the_key_alone(run, client, city):
    result = run("token", "create", "riverton", "importer", "--role", "editor")
    assert result.exit_code == 0
    answer = client.post(
        "/api/v1/cities/riverton/polls/nothing/publication",
        headers={"Authorization": f"Bearer {result.stdout.strip()}"},
    )
    assert answer.status_code == 404


def test_a_token_with_a_channel_says_that_it_may_only_answer(run, city):
    result = run("token", "create", "riverton", "library", "--role", "editor", "--channel", "kiosk")
    kept = db.session.scalars(select(ApiToken)).one()
    assert (kept.role, kept.channel) == ("viewer", "kiosk")
    assert "may only answer" in result.stderr
    assert len(result.stdout.split()) == 1


@pytest.mark.parametrize("arguments", [("nowhere", "x"), ("riverton", "x", "--channel", "web")])
def test_token_create_refuses_nonsense(run, city, arguments):
    assert run("token", "create", *arguments).exit_code != 0
    assert db.session.scalars(select(ApiToken)).all() == []


def test_the_first_admin_signs_in_with_a_password_made_for_this_install(client, city):
    email, password = make_first_admin(city)
    assert db.session.scalars(select(Membership.role)).one() == Role.ADMIN
    assert give_password(client, email, password).headers["Location"].startswith("/account/factor")
