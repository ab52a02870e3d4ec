"""How staff prove who they are: password, second factor and recovery codes, changed by themselves."""

from flask import Response, abort, flash, session, url_for
from flask_babel import gettext as _

from citizen.accounts import actions, factor, mails, passwords, rules, tries
from citizen.accounts.access import current_actor, signed_in
from citizen.accounts.forms import (
    ChangePasswordForm,
    ConfirmForm,
    FactorForm,
    PageForm,
    ReplaceFactorForm,
    has_error,
)
from citizen.accounts.models import User
from citizen.accounts.views.pages import (
    asked_next,
    begin_session,
    bp,
    form_page,
    go,
    is_good_password,
    note_refusal,
    person_here,
)
from citizen.core.db import db
from citizen.core.web import page, safe_next


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Response:
    person, form = _person_with_password(), ChangePasswordForm()
    is_fine = form.validate_on_submit() and _is_confirmed(form, person) and is_good_password(form, person)
    if not is_fine:
        return form_page("accounts/change_password.html", form, email=person.email)
    actions.set_password(person, form.password.data, by=current_actor())
    mails.send_notice(person, _("The password of your account was changed."))
    db.session.commit()
    begin_session(person)
    flash(_("Your password was changed. All other devices are signed out."), "good")
    return go(url_for("accounts.account"))


@bp.route("/account/factor", methods=["GET", "POST"])
@signed_in
def set_up_factor() -> Response:
    """Scan, type one code, keep the recovery codes. Until then the secret waits in the session, encrypted."""
    person = _person_with_password()
    form = ReplaceFactorForm() if person.has_factor else FactorForm()
    secret = session.setdefault("new_factor", factor.new_secret())
    if not form.validate_on_submit() or not _is_confirmed(form, person) or not _fits(form, secret):
        return _factor_page(person, form, secret)
    codes = actions.confirm_factor(person, secret, form.code.data, by=current_actor())
    mails.send_notice(person, _("A new second step was set up for your account."))
    db.session.commit()
    begin_session(person)
    return page("accounts/recovery_codes.html", codes=codes, next=safe_next(asked_next(), url_for("accounts.account")))


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> Response:
    """New codes in place of the old ones. They are on this one page and never again."""
    person, form = _person_with_password(), ConfirmForm()
    if not form.validate_on_submit() or not _is_confirmed(form, person):
        return form_page("accounts/new_codes.html", form, left=factor.unused_recovery_codes(person))
    codes = actions.replace_recovery_codes(person, by=current_actor())
    mails.send_notice(person, _("New recovery codes were made for your account."))
    db.session.commit()
    return page("accounts/recovery_codes.html", codes=codes, next=url_for("accounts.account"))


def _person_with_password() -> User:
    """404 for citizens: they have neither password nor second factor."""
    person = person_here()
    if not rules.must_use_password(person):
        abort(404)
    return person


def _is_confirmed(form: PageForm, person: User) -> bool:
    """Whether the form's present password, where it asks for one, is right."""
    if "current" not in form:
        return True
    current = form["current"]
    wait = tries.seconds_until_next(tries.PASSWORD, person.email)
    if wait:
        has_error(current, tries.please_wait(wait))
    elif not passwords.is_right(person.password_hash, current.data):
        note_refusal("confirmation")
        has_error(current, _("This is not your current password."))
    return not current.errors


def _fits(form: FactorForm, secret: str) -> bool:
    if factor.step_of(secret, form.code.data) is None:
        has_error(form.code, _("This code is not right. Please type the code that the app shows now."))
    return not form.code.errors


def _factor_page(person: User, form: FactorForm, secret: str) -> Response:
    return form_page(
        "accounts/factor.html",
        form,
        is_new=not person.has_factor,
        picture=factor.picture(secret, person.email),
        secret=factor.readable_secret(secret),
    )
