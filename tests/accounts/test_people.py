"""The console's page about people."""

import pytest
from sqlalchemy import select

from citizen.accounts import factor
from citizen.accounts.models import Membership, Role, User
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from tests.accounts.makers import act, link_in, mails_to, make_citizen, make_colleague
from tests.makers import make_staff, post_form, sign_in

PEOPLE = "/riverton/staff/people"


@pytest.fixture
def carla(client, city):
    """An admin, signed in."""
    person = make_staff(city, Role.ADMIN, email="carla@example.org")
    sign_in(client, person)
    return person


@pytest.fixture
def bruno(city):
    return make_colleague(city)


def role_of(person: User) -> str | None:
    db.session.expire_all()
    return db.session.scalar(select(Membership.role).filter_by(user_id=person.id))


def verbs() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))


def test_the_list_shows_who_works_here_and_nobody_else(client, carla, bruno, other_city):
    make_staff(other_city, email="stranger@example.org")
    page = client.get(PEOPLE).text
    assert "bruno@example.org" in page
    assert "stranger@example.org" not in page


def test_an_invitation_goes_out_by_mail(client, carla):
    answer = post_form(client, f"{PEOPLE}/new", {"email": " Dora@Example.org ", "role": "editor"})
    assert answer.headers["Location"] == PEOPLE
    (mail,) = mails_to("dora@example.org")
    assert "Riverton" in mail.subject
    assert client.get(link_in(mail)).status_code == 200
    assert "dora@example.org" in client.get(PEOPLE).text


def test_somebody_with_a_password_is_invited_without_a_link_for_one(client, carla, other_city):
    make_colleague(other_city, email="dora@example.org")
    post_form(client, f"{PEOPLE}/new", {"email": "dora@example.org", "role": "editor"})
    assert "/password/" not in mails_to("dora@example.org")[0].body


def test_inviting_twice_is_refused_and_says_so(client, carla, bruno):
    answer = post_form(client, f"{PEOPLE}/new", {"email": bruno.email, "role": "admin"})
    assert answer.status_code == 409
    assert "is on the team already" in answer.text
    assert role_of(bruno) == "moderator"


@pytest.mark.parametrize(("email", "role"), [("", "editor"), ("dora", "editor"), ("dora@example.org", "king")])
def test_an_invitation_that_makes_no_sense_is_explained(client, carla, email, role):
    answer = post_form(client, f"{PEOPLE}/new", {"email": email, "role": role})
    assert answer.status_code == 422
    assert f'value="{email}"' in answer.text


def test_another_role(client, carla, bruno):
    assert post_form(client, f"{PEOPLE}/{bruno.id}", {"role": "editor"}).status_code == 303
    assert role_of(bruno) == "editor"
    assert verbs() == ["changed role"]


def test_the_same_role_again_leaves_the_person_signed_in(client, carla, bruno):
    epoch = bruno.epoch
    post_form(client, f"{PEOPLE}/{bruno.id}", {"role": "moderator"})
    db.session.refresh(bruno)
    assert (bruno.epoch, verbs()) == (epoch, [])


def test_somebody_leaves(client, carla, bruno):
    page = f"{PEOPLE}/{bruno.id}/departure"
    assert client.get(page).status_code == 200
    assert post_form(client, page).status_code == 303
    assert role_of(bruno) is None
    assert verbs() == ["ended role"]
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(("page", "typed"), [("", {"role": "editor"}), ("/departure", {})])
def test_the_last_admin_stays(client, carla, page, typed):
    answer = post_form(client, f"{PEOPLE}/{carla.id}{page}", typed)
    assert answer.status_code == 409
    assert role_of(carla) == "admin"


def test_one_of_two_admins_may_go(client, carla, city):
    dora = make_staff(city, Role.ADMIN)
    assert post_form(client, f"{PEOPLE}/{dora.id}/departure").status_code == 303


def test_people_of_another_city_are_not_there(client, carla, other_city):
    stranger = make_staff(other_city)
    for page in ("", "/departure", "/invitation", "/factor/loss"):
        assert act(client, f"{PEOPLE}/{stranger.id}{page}", {"role": "viewer"}).status_code == 404
    assert role_of(stranger) == "editor"


def test_citizens_are_not_there(client, carla):
    assert client.get(f"{PEOPLE}/{make_citizen().id}").status_code == 404


def test_an_invitation_once_more_only_before_there_is_a_password(client, carla, city, bruno):
    dora = make_staff(city, email="dora@example.org")
    assert act(client, f"{PEOPLE}/{dora.id}/invitation").status_code == 303
    assert act(client, f"{PEOPLE}/{bruno.id}/invitation").status_code == 409
    assert len(mails_to(dora.email)) == 1
    assert mails_to(bruno.email) == []


def test_a_lost_phone(client, carla, bruno):
    codes = factor.new_recovery_codes(bruno)
    assert act(client, f"{PEOPLE}/{bruno.id}/factor/loss").status_code == 303
    db.session.expire_all()
    assert not bruno.has_factor
    assert not factor.accept_recovery_code(bruno, codes[0])
    assert "second step" in mails_to(bruno.email)[0].body
    assert verbs() == ["reset second factor"]


def test_the_phone_of_somebody_who_works_elsewhere_too_is_none_of_their_business(client, carla, bruno, other_city):
    db.session.add(Membership(city_id=other_city.id, user_id=bruno.id, role=Role.ADMIN))
    assert act(client, f"{PEOPLE}/{bruno.id}/factor/loss").status_code == 403
    assert bruno.has_factor
