"""What the pages about signing in share."""

import logging
import time
from typing import Any

from flask import Blueprint, Response, g, redirect, request, session, url_for
from flask_login import login_user
from flask_wtf import FlaskForm

from citizen.accounts import access, actions, passwords, tries
from citizen.accounts.forms import NewPasswordForm, has_error
from citizen.accounts.models import User
from citizen.accounts.rules import is_staff
from citizen.core.web import page, safe_next, uncached

bp = Blueprint("accounts", __name__)
logger = logging.getLogger("plaza")

HALF_WAY_SECONDS = 600


def form_page(template: str, form: FlaskForm, **context: Any) -> Response:
    """The page of a form: as it is at first, or 422 with what was typed and what is wrong with it."""
    return page(template, status=422 if form.errors else 200, form=form, **context)


def slowed_page(template: str, form: FlaskForm, seconds: int, **context: Any) -> Response:
    """The same page where somebody tried too often. What was typed stays, but passwords never come back."""
    form.form_errors.append(tries.please_wait(seconds))
    response = page(template, status=429, form=form, **context)
    response.headers["Retry-After"] = str(seconds)
    return response


def go(location: str) -> Response:
    """303: the next page, to be fetched rather than posted to."""
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def is_good_password(form: NewPasswordForm, person: User) -> bool:
    """Whether the new password will do for this person; if not, the form says why."""
    problem = passwords.problem_with(form.password.data or "", own_words=actions.own_words(person))
    if problem:
        has_error(form.password, problem)
    return problem is None


def note_refusal(step: str) -> None:
    """Count a failed try in the log. Who it was does not stand there."""
    logger.info("sign-in refused", extra={"step": step})


def asked_next() -> str | None:
    """Where to go on to, as the address of this page says. Checked when it is followed."""
    return request.args.get("next")


def begin_session(person: User) -> None:
    """Sign in. Nothing of an earlier session stays, so nobody can have prepared it."""
    session.clear()
    login_user(person)


def go_half_way(person: User) -> None:
    """The password was right; the second factor is still to come."""
    session.clear()
    session["half_way"] = [person.get_id(), int(time.time())]


def half_way_person() -> User | None:
    """Whose password was right in this browser, within the last ten minutes."""
    session_id, since = session.get("half_way") or ("", 0)
    is_recent = time.time() - since < HALF_WAY_SECONDS
    return access.load_person(session_id) if session_id and is_recent else None


def after_password(person: User) -> Response:
    """On to the second factor: to ask for it, or to set it up."""
    if person.has_factor:
        go_half_way(person)
        return go(url_for("accounts.code", next=asked_next()))
    begin_session(person)
    if is_staff(person):
        return go(url_for("accounts.set_up_factor", next=asked_next()))
    return enter_at(asked_next())


def enter_at(target: str | None) -> Response:
    """On to where somebody wanted to go when we asked them to sign in."""
    return go(safe_next(target, url_for("accounts.account", lang=None)))


def person_here() -> User:
    """The person of a signed-in page."""
    person: User = g.person
    return person
