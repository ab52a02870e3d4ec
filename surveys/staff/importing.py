"""Bringing a questionnaire as a file: what becomes of it is read before anything is saved. And taking one along."""

from flask import Response, abort, flash, g, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FileField

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused, show_http_error
from citizen.core.forms import PageForm
from citizen.core.i18n import localized
from citizen.core.slugs import slug_from
from citizen.core.web import page, uncached
from surveys import importers, importing
from surveys.editing.outline import outline_of
from surveys.exporters.questionnaires import FORMATS
from surveys.importers.bounds import MAX_DOCUMENT, MAX_FILE
from surveys.importers.report import Import, Severity
from surveys.importers.words import FORMATS as NAMES
from surveys.importers.words import element_words, severity_words, summary
from surveys.questionnaire import loaded
from surveys.staff.editor_page import told_of
from surveys.staff.room import bp, the_survey
from surveys.staff.waves import go_on

UPLOAD, MAKING = "survey_staff.read_file", "survey_staff.make_imported_survey"
AROUND = 64 * 1024
"""Bytes of a form beside the file in it."""

TICKET = 2 * MAX_DOCUMENT
"""Bytes of the largest ticket: JSON, perhaps packed, in letters."""

ORDER = (Severity.LOST, Severity.CHANGED, Severity.KEPT)


class ChosenFile(PageForm):
    """A file to import."""

    file = FileField()


@bp.before_request
def allow_large_files() -> None:
    """A workbook may be larger than a form, and so may the questionnaire that came out of it."""
    if request.endpoint == UPLOAD:
        request.max_content_length = MAX_FILE + AROUND
    elif request.endpoint == MAKING:
        request.max_content_length = request.max_form_memory_size = TICKET + AROUND


@bp.errorhandler(RequestEntityTooLarge)
def show_too_large(error: RequestEntityTooLarge) -> Response:
    if request.endpoint != UPLOAD:
        return show_http_error(error)
    return _choice(_("This file is larger than 10 MB. Please take out pictures and extra sheets."), status=413)


@bp.get("/import")
@staff(Role.EDITOR)
def choose_file() -> Response:
    return _choice()


@bp.post("/import")
@staff(Role.EDITOR)
def read_file() -> Response:
    """What would become of the file. Nothing is saved."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _choice(_("Please choose a file."), status=422)
    found = importers.read(upload.filename, upload.read(MAX_FILE + 1), g.city.languages)
    return _report(found, upload.filename)


@bp.post("/import/survey")
@staff(Role.EDITOR)
def make_imported_survey() -> Response:
    try:
        checked = importing.checked_in(request.form.get("ticket", ""), g.city, by=current_actor())
        survey = importing.make_imported(checked, g.city, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _choice(refusal.sentence, status=refusal.status)
    flash(_("The survey is made. Only staff see it."), "good")
    return go_on(url_for("survey_staff.show_survey", survey_id=survey.id))


@bp.get("/<int:survey_id>/export.<form>")
@staff(Role.EDITOR)
def export_survey(survey_id: int, form: str) -> Response:
    """The questionnaire as a file of another tool."""
    survey = the_survey(survey_id)
    format_ = FORMATS.get(form) or abort(404)
    exported = format_.export(loaded(survey.document), g.city.languages)
    response = uncached(Response(exported.content, mimetype=format_.mimetype))
    name = slug_from(str(localized(survey.title))) or f"survey-{survey.id}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{format_.ending}"'
    return response


def _choice(problem: str = "", *, status: int = 200) -> Response:
    form = ChosenFile(formdata=None)
    form.file.errors = (problem,) if problem else ()
    return page("surveys/staff/import.html", status=status, form=form, readable=_readable())


def _readable() -> list[tuple[str, str]]:
    """The formats by their own names, and which files are meant."""
    return [
        (NAMES["xlsform"], _("Excel workbooks (.xlsx, .xls) from KoboToolbox, ODK, Enketo or ArcGIS Survey123")),
        (NAMES["limesurvey"], _("A survey (.lss), a group (.lsg) or a question (.lsq), exported from any version")),
        (NAMES["surveyjs"], _("The JSON of a form (.json)")),
    ]


def _report(found: Import, name: str) -> Response:
    questionnaire, report = found.questionnaire, found.report
    groups = [(severity, [one for one in report.outcomes if one.severity is severity]) for severity in ORDER]
    return page(
        "surveys/staff/import_report.html",
        status=200 if questionnaire else 422,
        form=ChosenFile(formdata=None),
        name=name[:120],
        format_name=NAMES.get(report.format, ""),
        report=report,
        summary=summary(report),
        groups=[(severity, outcomes) for severity, outcomes in groups if outcomes],
        element_words=element_words,
        severity_words=severity_words,
        outline=outline_of(told_of(questionnaire)) if questionnaire else [],
        ticket=importing.ticket(questionnaire, g.city, by=current_actor()) if questionnaire else "",
    )
