"""The console's page about the city itself: its name, languages, look and texts."""

from flask import Blueprint, Response, flash, g, redirect, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.cities import actions, look
from citizen.cities.forms import SettingsForm, form_for
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import own_name
from citizen.core.media import keep_picture
from citizen.core.web import page, uncached

bp = Blueprint("cities_staff", __name__, url_prefix="/<slug:city_slug>/staff")

LOGO_SIDE = 256


@bp.route("/settings", methods=["GET", "POST"])
@staff(Role.ADMIN)
def settings() -> Response:
    form = form_for(g.city)
    if not form.validate_on_submit() or not _explains_logo(form):
        return _settings_page(form)
    values = form.values()
    if form.logo.data:
        try:
            values["logo"] = keep_picture(form.logo.data, side=LOGO_SIDE).name
        except Refused as refusal:
            form.logo.errors = (refusal.sentence,)
            return _settings_page(form)
    changed = actions.change_settings(g.city, values, by=current_actor())
    db.session.commit()
    flash(_said(changed), "good")
    return uncached(redirect(url_for(".settings"), code=303))  # type: ignore[arg-type]


@bp.post("/settings/logo/removal")
@staff(Role.ADMIN)
def remove_logo() -> Response:
    actions.change_settings(g.city, {"logo": None}, by=current_actor())
    db.session.commit()
    flash(_("The logo is removed."), "good")
    return uncached(redirect(url_for(".settings"), code=303))  # type: ignore[arg-type]


def _explains_logo(form: SettingsForm) -> bool:
    """A logo needs its words in the main language; the other languages fall back to it."""
    words = form.texts("logo_alt").get(g.city.languages[0])
    if (g.city.has_logo or form.logo.data) and words is not None and not words.data:
        words.errors = (_("Please say in a few words what the logo shows."),)
        return False
    return True


def _said(changed: list[str]) -> str:
    if "accent" in changed and look.was_adjusted(g.city.accent):
        return _("Saved. Your colour was hard to read, so pages show it a little lighter or darker.")
    return _("Saved.") if changed else _("Nothing was changed.")


def _settings_page(form: SettingsForm) -> Response:
    shades = look.shades(g.city.accent, look.PAPER)
    return page(
        "cities/staff/settings.html",
        status=422 if form.errors else 200,
        form=form,
        shades=shades,
        was_adjusted=look.was_adjusted(g.city.accent),
        ratio=round(look.contrast(shades.accent, look.PAPER), 1),
        paper=look.PAPER,
        further_names=", ".join(own_name(code) for code in g.city.languages[1:]),
    )
