"""The console's page about the city's districts: a list of names, with outlines where the city has a file."""

from typing import Any

from flask import Response, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.cities import districting
from citizen.cities.district_form import DistrictsForm
from citizen.cities.maps import city_map
from citizen.cities.outlines import MAX_BYTES, read_outlines
from citizen.cities.staff import bp
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page, uncached

MAX_FIELDS = 5000
"""Two hundred districts in all languages of Europe."""


@bp.before_request
def allow_outlines() -> None:
    """Whoever is not allowed in is turned away before the body is read."""
    if request.endpoint == "cities_staff.districts":
        request.max_content_length, request.max_form_parts = MAX_BYTES + 1024 * 1024, MAX_FIELDS


@bp.route("/districts", methods=["GET", "POST"])
@staff(Role.ADMIN)
def districts() -> Response:
    known = districting.drafts_of(g.city)
    form = DistrictsForm.of(g.city, known)
    if not form.validate_on_submit():
        return _districts_page(form)
    try:
        wanted = form.drafts()
        if form.outlines.data:
            found = read_outlines(form.outlines.data.stream.read(MAX_BYTES + 1))
            wanted = districting.with_outlines(wanted, found, g.city.languages[0])
        districting.write_districts(g.city, wanted, by=current_actor())
    except Refused as refusal:
        form.form_errors = [refusal.sentence]
        return _districts_page(form)
    db.session.commit()
    flash(_("Saved."), "good")
    return uncached(redirect(url_for(".districts"), code=303))  # type: ignore[arg-type]


def _districts_page(form: DistrictsForm) -> Response:
    context: dict[str, Any] = {"form": form, "map": city_map(districting.districts_of(g.city))}
    return page("cities/staff/districts.html", status=422 if form.errors else 200, **context)
