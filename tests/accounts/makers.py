"""People who sign in for real: with a password, a second factor and a mailbox."""

import re
import time
from functools import cache
from typing import Any

import pyotp
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.accounts import factor, passwords
from citizen.accounts.models import Role, User
from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.mail import OutgoingMail
from tests.makers import csrf_token, make_staff, post_form

PASSWORD = "seven green lamps sing"
STEP = 30


@cache
def kept_password() -> str:
    return passwords.hashed(PASSWORD)


def make_colleague(
    city: City | None, role: Role = Role.MODERATOR, *, email: str = "bruno@example.org", has_factor: bool = True
) -> User:
    """Somebody who works for the city, with PASSWORD and, unless told otherwise, a second factor."""
    person = make_staff(city, role, email=email)
    person.password_hash = kept_password()
    person.factor_secret = factor.new_secret() if has_factor else None
    person.factor_confirmed_at = person.factor_confirmed_at if has_factor else None
    db.session.commit()
    return person


def make_citizen(email: str = "ana@example.org") -> User:
    person = User(email=email)
    db.session.add(person)
    db.session.commit()
    return person


def code_of(person: User, *, steps_from_now: int = 0) -> str:
    """What the person's phone shows."""
    secret = factor.readable_secret(person.factor_secret or "").replace(" ", "")
    return pyotp.TOTP(secret).at(int(time.time()) + steps_from_now * STEP)


def give_password(client: FlaskClient, email: str, password: str = PASSWORD, *, query: str = "") -> Any:
    return post_form(client, f"/sign-in/password{query}", {"email": email, "password": password})


def sign_in_fully(client: FlaskClient, person: User, *, steps_from_now: int = 0, query: str = "") -> Any:
    """Through the pages: password, then the code from the phone."""
    give_password(client, person.email, query=query)
    return post_form(client, f"/sign-in/code{query}", {"code": code_of(person, steps_from_now=steps_from_now)})


def mails_to(email: str) -> list[OutgoingMail]:
    db.session.expire_all()
    return list(db.session.scalars(select(OutgoingMail).filter_by(to=email).order_by(OutgoingMail.id)))


def link_in(mail: OutgoingMail) -> str:
    """The address in a mail, as a path on our site."""
    found = re.search(r"http://localhost(/\S+)", mail.body)
    assert found is not None, mail.body
    return found[1]


def link_mailed_to(client: FlaskClient, email: str, *, query: str = "") -> str:
    post_form(client, f"/sign-in{query}", {"email": email})
    return link_in(mails_to(email.strip().lower())[-1])


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def act(client: FlaskClient, url: str, data: dict[str, Any] | None = None, *, page: str = "/account") -> Any:
    """A change that a signed-in person asks for, with the token of their session."""
    return client.post(url, data={**(data or {}), "csrf_token": csrf_token(client, page)})
