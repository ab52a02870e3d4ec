"""The console's pages about people and tokens."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import Select, select

from citizen.accounts import actions, mails, rules
from citizen.accounts.access import current_actor, staff
from citizen.accounts.forms import (
    ROLE_NAMES,
    ButtonForm,
    PageForm,
    RoleForm,
    StaffForm,
    TokenForm,
)
from citizen.accounts.models import ApiToken, Membership, Role, staff_of
from citizen.core.db import db
from citizen.core.web import find_or_404, page, uncached
from citizen.participation.words import channel_words

bp = Blueprint("accounts_staff", __name__, url_prefix="/<slug:city_slug>/staff")


@bp.get("/people")
@staff(Role.ADMIN)
def people() -> Response:
    members = list(db.session.scalars(staff_of(g.city)))
    return page("accounts/staff/people.html", members=members, role_names=ROLE_NAMES)


@bp.route("/people/new", methods=["GET", "POST"])
@staff(Role.ADMIN)
def invite() -> Response:
    form = StaffForm()
    if not form.validate_on_submit():
        return _form_page("accounts/staff/invite.html", form)
    membership = actions.add_staff(g.city, form.email.data, Role(form.role.data), by=current_actor())
    mails.send_invitation(membership.user, g.city)
    db.session.commit()
    flash(_("We have sent an email to %(email)s.", email=membership.user.email), "good")
    return _to(".people")


@bp.route("/people/<int:user_id>", methods=["GET", "POST"])
@staff(Role.ADMIN)
def person(user_id: int) -> Response:
    """One member of staff; sending the form gives another role."""
    membership = _member(user_id)
    form = RoleForm(obj=membership)
    if not form.validate_on_submit():
        return _person_page(membership, form)
    if form.role.data != membership.role:
        actions.change_role(membership, Role(form.role.data), by=current_actor())
    db.session.commit()
    flash(_("Saved."), "good")
    return _to(".people")


@bp.route("/people/<int:user_id>/departure", methods=["GET", "POST"])
@staff(Role.ADMIN)
def departure(user_id: int) -> Response:
    """Ask once more, then end the role."""
    membership, form = _member(user_id), ButtonForm()
    if not form.validate_on_submit():
        return _form_page("accounts/staff/departure.html", form, membership=membership)
    actions.end_role(membership, by=current_actor())
    db.session.commit()
    flash(_("%(name)s is no longer on the team.", name=membership.user.shown_name), "good")
    return _to(".people")


@bp.post("/people/<int:user_id>/invitation")
@staff(Role.ADMIN)
def invitation(user_id: int) -> Response:
    """Write once more to somebody who has not chosen a password yet."""
    membership = _member(user_id)
    if membership.user.password_hash is not None:
        abort(409)
    mails.send_invitation(membership.user, g.city)
    actions.note_invitation(membership, by=current_actor())
    db.session.commit()
    flash(_("We have sent another email to %(email)s.", email=membership.user.email), "good")
    return _to(".people")


@bp.post("/people/<int:user_id>/factor/loss")
@staff(Role.ADMIN)
def factor_loss(user_id: int) -> Response:
    """Phone and recovery codes are lost: the person sets up a new second step at the next sign-in."""
    membership = _member(user_id)
    if not rules.may_reset_factor(membership):
        abort(403)
    actions.reset_factor(membership.user, by=current_actor(), city_id=g.city.id)
    mails.send_notice(membership.user, _("An admin has removed your second step. You can now set up a new one."))
    db.session.commit()
    flash(_("%(name)s sets up a new second step at the next sign-in.", name=membership.user.shown_name), "good")
    return _to(".people")


@bp.get("/tokens")
@staff(Role.ADMIN)
def tokens() -> Response:
    return _tokens_page()


@bp.route("/tokens/new", methods=["GET", "POST"])
@staff(Role.ADMIN)
def new_token() -> Response:
    """The key is on the page that answers the form, and never again."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _form_page("accounts/staff/new_token.html", form)
    role, channel = Role(form.role.data), form.channel.data or None
    token, key = actions.create_token(g.city, form.name.data, role, channel=channel, by=current_actor())
    db.session.commit()
    return _tokens_page(made=token, key=key)


@bp.post("/tokens/<int:token_id>/end")
@staff(Role.ADMIN)
def end_token(token_id: int) -> Response:
    token = find_or_404(_tokens(), id=token_id)
    actions.end_token(token, by=current_actor())
    db.session.commit()
    flash(_("The token %(name)s no longer works.", name=token.name), "good")
    return _to(".tokens")


def _member(user_id: int) -> Membership:
    return find_or_404(select(Membership).filter_by(city_id=g.city.id), user_id=user_id)


def _tokens() -> Select[ApiToken]:
    return select(ApiToken).filter_by(city_id=g.city.id)


def _person_page(membership: Membership, form: RoleForm) -> Response:
    return _form_page(
        "accounts/staff/person.html",
        form,
        membership=membership,
        may_reset_factor=rules.may_reset_factor(membership),
        is_last_admin=rules.is_last_admin(membership),
    )


def _tokens_page(made: ApiToken | None = None, key: str | None = None) -> Response:
    """All tokens of the city, ended ones last; `key` is that of the one just made."""
    rows = db.session.scalars(_tokens().order_by(ApiToken.ended_at.is_not(None), ApiToken.name))
    return page(
        "accounts/staff/tokens.html",
        tokens=list(rows),
        made=made,
        key=key,
        role_names=ROLE_NAMES,
        channel_words=channel_words,
    )


def _form_page(template: str, form: PageForm, **context: Any) -> Response:
    return page(template, status=422 if form.errors else 200, form=form, **context)


def _to(endpoint: str) -> Response:
    return uncached(redirect(url_for(endpoint), code=303))  # type: ignore[arg-type]
