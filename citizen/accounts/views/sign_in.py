"""Signing in: by a link by mail, or with password and second factor. No page tells who has an account."""

from collections.abc import Callable

from flask import Response, flash, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts import actions, factor, links, mails, passwords, rules, tries
from citizen.accounts.access import actor_of, signed_in
from citizen.accounts.forms import (
    ButtonForm,
    CodeForm,
    MailForm,
    NewPasswordForm,
    PasswordForm,
    RecoveryForm,
    has_error,
)
from citizen.accounts.links import Purpose
from citizen.accounts.models import User
from citizen.accounts.views.pages import (
    after_password,
    asked_next,
    begin_session,
    bp,
    enter_at,
    form_page,
    go,
    half_way_person,
    is_good_password,
    note_refusal,
    slowed_page,
)
from citizen.core.db import db
from citizen.core.i18n import current_language
from citizen.core.web import page, public

FEW_CODES = 3


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    """One field: whoever types a mail address gets a link there."""
    form = MailForm()
    if not form.validate_on_submit():
        return form_page("accounts/sign_in.html", form, next=asked_next())
    wait = tries.seconds_until_next(tries.MAIL, form.email.data)
    if wait:
        return slowed_page("accounts/sign_in.html", form, wait, next=asked_next())
    mails.send_sign_in_link(form.email.data, next_path=asked_next() or "")
    db.session.commit()
    return go(url_for("accounts.sent"))


@bp.get("/sign-in/sent")
@public
def sent() -> Response:
    return page("accounts/sent.html")


@bp.get("/sign-in/link/<key>")
@public
def link(key: str) -> Response:
    """Shows a button. Programs that open the links in mails, to look for viruses, use nothing up."""
    found = links.find_link(Purpose.SIGN_IN, key)
    if found is None:
        return kept_quiet(page("accounts/link_gone.html", status=410))
    return kept_quiet(page("accounts/link.html", form=ButtonForm(), email=found.email))


@bp.post("/sign-in/link/<key>")
@public
def use_link(key: str) -> Response:
    form, found = ButtonForm(), links.find_link(Purpose.SIGN_IN, key)
    if found is not None and not form.validate_on_submit():
        return kept_quiet(form_page("accounts/link.html", form, email=found.email))
    if found is None or not links.use_link(found):
        return kept_quiet(page("accounts/link_gone.html", status=410))
    person = actions.find_or_add_person(found.email, language=current_language())
    db.session.commit()
    if rules.must_use_password(person):
        session["typed_mail"] = person.email
        return go(url_for("accounts.password", next=found.next_path or None))
    begin_session(person)
    return enter_at(found.next_path)


@bp.route("/sign-in/password", methods=["GET", "POST"])
@public
def password() -> Response:
    form = PasswordForm(data={"email": session.get("typed_mail")})
    if not form.validate_on_submit():
        return form_page("accounts/password.html", form, next=asked_next())
    wait = tries.seconds_until_next(tries.PASSWORD, form.email.data)
    if wait:
        return slowed_page("accounts/password.html", form, wait, next=asked_next())
    person = passwords.person_by_password(form.email.data, form.password.data)
    if person is None:
        note_refusal("password")
        form.form_errors.append(_("This email address and this password do not match. Please try again."))
        return form_page("accounts/password.html", form, next=asked_next())
    passwords.renew_hash(person, form.password.data)
    db.session.commit()
    return after_password(person)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> Response:
    """The second factor, from the phone."""
    wrong = _("This code is not right, or it was used already. Please type the code that the app shows now.")
    return _second_step("accounts/code.html", CodeForm(), factor.accept_code, wrong)


@bp.route("/sign-in/recovery", methods=["GET", "POST"])
@public
def recovery() -> Response:
    """The second factor, from paper."""
    wrong = _("This is not one of your codes, or it was used already.")
    return _second_step("accounts/recovery.html", RecoveryForm(), factor.accept_recovery_code, wrong)


def _second_step(
    template: str, form: CodeForm | RecoveryForm, accept: Callable[[User, str], bool], wrong: str
) -> Response:
    """Only after this does a session begin."""
    person = half_way_person()
    if person is None:
        return go(url_for("accounts.password", next=asked_next()))
    if not form.validate_on_submit():
        return form_page(template, form, next=asked_next())
    wait = tries.seconds_until_next(tries.FACTOR, person.email)
    if wait:
        return slowed_page(template, form, wait, next=asked_next())
    if not accept(person, form.code.data):
        note_refusal("second factor")
        has_error(form.code, wrong)
        return form_page(template, form, next=asked_next())
    db.session.commit()
    begin_session(person)
    _tell_what_is_left(person)
    return enter_at(asked_next())


def _tell_what_is_left(person: User) -> None:
    left = factor.unused_recovery_codes(person)
    if left <= FEW_CODES:
        words = ngettext(
            "You have %(num)s recovery code left. Please make new ones.",
            "You have %(num)s recovery codes left. Please make new ones.",
            left,
        )
        flash(words, "warn")


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Response:
    """A new password for staff. Everybody else gets a link to sign in: the page says the same to all."""
    form = MailForm(data={"email": session.get("typed_mail")})
    if not form.validate_on_submit():
        return form_page("accounts/forgotten.html", form)
    wait = tries.seconds_until_next(tries.MAIL, form.email.data)
    if wait:
        return slowed_page("accounts/forgotten.html", form, wait)
    person = actions.person_with(form.email.data)
    if person is not None and rules.must_use_password(person):
        mails.send_password_link(person.email)
    else:
        mails.send_sign_in_link(form.email.data)
    db.session.commit()
    return go(url_for("accounts.sent"))


@bp.route("/password/<key>", methods=["GET", "POST"])
@public
def choose_password(key: str) -> Response:
    """Where invitations and "I forgot my password" lead."""
    found, form = links.find_link(Purpose.CREDENTIALS, key), NewPasswordForm()
    person = actions.person_with(found.email) if found else None
    if found is None or person is None:
        return kept_quiet(page("accounts/link_gone.html", status=410))
    if not form.validate_on_submit() or not is_good_password(form, person):
        return kept_quiet(form_page("accounts/choose_password.html", form, email=person.email))
    if not links.use_link(found):
        return kept_quiet(page("accounts/link_gone.html", status=410))
    actions.set_password(person, form.password.data, by=actor_of(person))
    mails.send_notice(person, _("The password of your account was changed."))
    db.session.commit()
    return after_password(person)


@bp.post("/sign-out")
@signed_in
def sign_out() -> Response:
    session.clear()
    return go(url_for("cities.index"))


def kept_quiet(response: Response) -> Response:
    """The address of this page is a key: it is told to nobody else, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
