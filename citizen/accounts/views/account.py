"""Somebody's own account: name and language, sessions, what we keep, and the way out."""

from flask import Response, flash, g, jsonify, session, url_for
from flask_babel import gettext as _
from flask_babel import refresh

from citizen.accounts import actions, factor, rules
from citizen.accounts.access import current_actor, signed_in
from citizen.accounts.forms import ROLE_NAMES, ErasureForm, ProfileForm
from citizen.accounts.own_data import own_data
from citizen.accounts.views.pages import bp, form_page, go, person_here
from citizen.core.db import db
from citizen.core.web import page, public, uncached


@bp.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> Response:
    person = person_here()
    form = ProfileForm(data={"name": person.name, "language": person.language or ""})
    if not form.validate_on_submit():
        return form_page("accounts/account.html", form, **_overview())
    person.name, person.language = form.name.data or "", form.language.data or None
    db.session.commit()
    g.account_language = person.language
    refresh()
    flash(_("Saved."), "good")
    return go(url_for("accounts.account"))


def _overview() -> dict[str, object]:
    person = person_here()
    return {
        "person": person,
        "memberships": rules.memberships_of(person),
        "role_names": ROLE_NAMES,
        "uses_password": rules.must_use_password(person),
        "codes_left": factor.unused_recovery_codes(person),
    }


@bp.post("/account/sessions/end")
@signed_in
def end_sessions() -> Response:
    """Sign out everywhere, here too."""
    actions.end_sessions(person_here())
    db.session.commit()
    session.clear()
    flash(_("You are signed out on all devices."), "good")
    return go(url_for("accounts.sign_in"))


@bp.get("/account/data.json")
@signed_in
def data() -> Response:
    """All that we keep about this person, as a file."""
    response = jsonify(own_data(person_here()))
    response.headers["Content-Disposition"] = 'attachment; filename="plaza-account.json"'
    return uncached(response)


@bp.route("/account/erasure", methods=["GET", "POST"])
@signed_in
def erasure() -> Response:
    """Ask once more, then erase."""
    person, form = person_here(), ErasureForm()
    if not form.validate_on_submit():
        return form_page("accounts/erasure.html", form, is_staff=rules.is_staff(person))
    actions.erase(person, by=current_actor())
    db.session.commit()
    session.clear()
    return go(url_for("accounts.erased"))


@bp.get("/account/erased")
@public
def erased() -> Response:
    return page("accounts/erased.html")
