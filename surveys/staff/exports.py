"""The answers of a wave as files: asked for here, written by the worker, fetched within a week."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, abort, flash, g, redirect, request, send_file, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.forms import PageForm
from citizen.core.i18n import own_name
from citizen.core.jobs import queue
from citizen.core.web import find_or_404, page, uncached
from surveys import exporting
from surveys.exporters.sheets import count_sheets
from surveys.files import asks_for_files, write_archive
from surveys.models import SurveyExport, SurveyWave
from surveys.staff.room import bp, the_wave
from surveys.versions import questionnaire_of


@bp.get("/waves/<slug:slug>/exports")
@staff(Role.ANALYST)
def exports(slug: str) -> Response:
    """What was asked for, how far it is, and the form to ask for more."""
    wave = the_wave(slug)
    return page("surveys/staff/exports.html", fragment="surveys/staff/_exports.html", **_context(wave))


@bp.post("/waves/<slug:slug>/exports")
@staff(Role.ANALYST)
def order_export(slug: str) -> Response:
    wave = the_wave(slug)
    asked = (request.form.get("form", ""), request.form.get("language", ""))
    export = exporting.order_export(wave, *asked, by=current_actor())
    if export.total <= exporting.AT_ONCE:
        with force_locale(export.language):
            list(exporting.write_export(export))
    db.session.commit()
    if export.finished_at is None:
        queue.soon("write_exports")
    is_ready = export.finished_at is not None
    flash(_("The file is ready.") if is_ready else _("We are writing the file. You can leave this page."), "good")
    return uncached(redirect(url_for(".exports", slug=slug), code=303))  # type: ignore[arg-type]


@bp.get("/waves/<slug:slug>/exports/<int:export_id>/file")
@staff(Role.ANALYST)
def export_file(slug: str, export_id: int) -> Response:
    wave = the_wave(slug)
    query = db.select(SurveyExport).where(SurveyExport.city_id == g.city.id, SurveyExport.wave_id == wave.id)
    export = find_or_404(query, id=export_id)
    path = exporting.file_of(export)
    if export.finished_at is None or not path.exists():
        abort(404)
    name = f"{wave.slug}.{export.form}"
    return uncached(send_file(path, exporting.mimetype_of(export), as_attachment=True, download_name=name))


@bp.get("/waves/<slug:slug>/files.zip")
@staff(Role.ANALYST)
def files(slug: str) -> Response:
    """What people sent with their sheets. The reply holds the archive open, so that its folder may go at once."""
    wave = the_wave(slug)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / f"{wave.slug}-files.zip"
        write_archive(wave, archive)
        return uncached(send_file(archive, "application/zip", as_attachment=True))


def _context(wave: SurveyWave) -> dict[str, Any]:
    found = exporting.exports_of(wave)
    return {
        "wave": wave,
        "form": PageForm(),
        "exports": found,
        "has_files": wave.version is not None and asks_for_files(questionnaire_of(wave)),
        "is_waiting": any(export.finished_at is None and export.problem is None for export in found),
        "total": count_sheets(wave),
        "formats": formats(),
        "languages": [(code, own_name(code)) for code in g.city.languages],
    }


def formats() -> dict[str, tuple[str, str]]:
    """Each format's name, and whom it is for."""
    return {
        "xlsx": ("Excel (XLSX)", _("With a second sheet that says what every column and code means.")),
        "csv": ("CSV", _("Plain table, for every program.")),
        "sav": ("SPSS (SAV)", _("With labels, for SPSS, PSPP, R and Stata.")),
        "json": ("JSON", _("For programmers.")),
    }
