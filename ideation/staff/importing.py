"""Bringing ideas as a table: what becomes of every row is read before anything is saved. And taking them along."""

from flask import Response, flash, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FileField, SelectField

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused, show_http_error
from citizen.core.forms import PageForm
from citizen.core.i18n import own_name
from citizen.core.web import page, uncached
from ideation import exporters, importing, uploads
from ideation.flags import EXPLAINED
from ideation.importers import read_table
from ideation.importers.table import MAX_BYTES
from ideation.models import Campaign
from ideation.staff.room import bp, go_on, the_campaign

UPLOAD = "campaign_staff.read_file"
SHOWN = 500
"""Rows with something to say that the report shows."""


@bp.before_request
def allow_large_tables() -> None:
    if request.endpoint == UPLOAD:
        request.max_content_length = MAX_BYTES + 64 * 1024


@bp.errorhandler(RequestEntityTooLarge)
def show_too_large(error: RequestEntityTooLarge) -> Response:
    if request.endpoint != UPLOAD:
        return show_http_error(error)
    campaign = the_campaign((request.view_args or {})["slug"])
    return _choice(campaign, _("This file is too large. 50 MB is the most."), status=413)


@bp.get("/<slug:slug>/import")
@staff(Role.EDITOR)
def choose_file(slug: str) -> Response:
    return _choice(the_campaign(slug))


@bp.post("/<slug:slug>/import")
@staff(Role.EDITOR)
def read_file(slug: str) -> Response:
    """What would become of the file. Nothing is saved."""
    campaign = the_campaign(slug)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _choice(campaign, _("Please choose a file."), status=422)
    content = upload.read(MAX_BYTES + 1)
    upload.close()
    try:
        report = importing.look(campaign, read_table(content))
    except Refused as refusal:
        return _choice(campaign, refusal.sentence, status=refusal.status)
    found = importing.as_data(campaign, report, is_saved=False)
    return page(
        "ideation/staff/import_report.html",
        campaign=campaign,
        found=found,
        notes=found["notes"][:SHOWN],
        flag_words={flag: words() for flag, words in EXPLAINED.items()},
        form=_form(campaign),
        name=upload.filename[:120],
        ticket=uploads.keep(content),
    )


@bp.post("/<slug:slug>/import/ideas")
@staff(Role.EDITOR)
def import_ideas(slug: str) -> Response:
    """Make ideas of the rows that were looked at."""
    campaign = the_campaign(slug)
    language = request.form.get("language", "")
    spoken = language if language in campaign.city.languages else campaign.city.languages[0]
    try:
        report = importing.look(campaign, read_table(uploads.read(request.form.get("ticket", ""))))
    except Refused as refusal:
        return _choice(campaign, refusal.sentence, status=refusal.status)
    number = importing.save(campaign, report, spoken, by=current_actor())
    db.session.commit()
    flash(ngettext("%(num)s idea came over.", "%(num)s ideas came over.", number), "good")
    return go_on(url_for("campaign_staff.ideas", slug=slug))


@bp.get("/<slug:slug>/ideas.csv")
@staff(Role.VIEWER)
def ideas_csv(slug: str) -> Response:
    """All public ideas, also of drafts."""
    campaign = the_campaign(slug)
    response = uncached(Response(stream_with_context(exporters.ideas_csv(campaign)), mimetype="text/csv"))
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


class ChosenTable(PageForm):
    """A table, and the language that its texts are in."""

    file = FileField()


def _form(campaign: Campaign) -> PageForm:
    choices = {code: own_name(code) for code in campaign.city.languages}
    fields = {"language": SelectField(_("Language of the ideas"), choices=choices)}
    form: PageForm = type("CampaignTable", (ChosenTable,), fields)(formdata=None)
    return form


def _choice(campaign: Campaign, problem: str = "", *, status: int = 200) -> Response:
    form = _form(campaign)
    form["file"].errors = (problem,) if problem else ()
    return page("ideation/staff/import.html", status=status, campaign=campaign, form=form)
