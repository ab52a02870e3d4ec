"""Translating a survey side by side in the console, and the table that translators work on elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.forms import stripped
from citizen.core.i18n import own_name
from citizen.core.web import page, uncached
from surveys import translating
from surveys.drafting import Overtaken
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.staff.editor_page import edition_of, is_autosave
from surveys.staff.room import bp, the_survey
from surveys.staff.survey import name_of
from surveys.staff.translation_fields import Field, groups_of, part_words
from surveys.staff.waves import go_on
from surveys.translating import Cells, Line, Progress, fault_in, lines_of

MAX_FORM = 8 * 1024 * 1024
"""Bytes of the form of the longest survey, with every text in letters that need several bytes."""

MAX_TABLE = 4 * 1024 * 1024
OURS = {"csrf_token", "seen"}


@dataclass(frozen=True)
class Desk:
    """One survey, and the language that somebody translates it into."""

    survey: Survey
    questionnaire: Questionnaire
    language: str

    @property
    def lines(self) -> list[Line]:
        return lines_of(self.questionnaire, self.language, g.city.languages)

    def url(self, endpoint: str = "translation", **values: Any) -> str:
        return url_for(f"survey_staff.{endpoint}", survey_id=self.survey.id, language=self.language, **values)


@bp.before_request
def allow_long_translations() -> None:
    """Whoever is not allowed in is turned away before the body is read."""
    if request.endpoint == "survey_staff.translate":
        request.max_content_length = request.max_form_memory_size = MAX_FORM


@bp.get("/<int:survey_id>/translation/<language>")
@staff(Role.EDITOR)
def translation(survey_id: int, language: str) -> Response:
    desk = _desk(survey_id, language)
    return _translation_page(desk, [Field(line, line.target) for line in _wanted(desk.lines)])


@bp.post("/<int:survey_id>/translation/<language>")
@staff(Role.EDITOR)
def translate(survey_id: int, language: str) -> Response:
    """Write what was typed; what others changed elsewhere meanwhile stays."""
    desk = _desk(survey_id, language)
    fields = _typed(desk, request.form)
    if any(field.error for field in fields):
        return _translation_page(desk, fields, status=422, seen=edition_of(request.form))
    gone = _gone(desk, request.form)
    if gone:
        return _translation_page(desk, fields, status=409, seen=edition_of(request.form), gone=gone)
    texts = {field.name: field.typed for field in fields}
    try:
        theirs = translating.translate(desk.survey, language, texts, seen=edition_of(request.form), by=current_actor())
        db.session.commit()
    except Overtaken as overtaken:
        db.session.rollback()
        return _overtaken_page(desk, texts, overtaken)
    return _saved(desk, theirs)


@bp.get("/<int:survey_id>/translation/<language>/texts.csv")
@staff(Role.EDITOR)
def translation_csv(survey_id: int, language: str) -> Response:
    """All texts in both languages, for somebody who translates in a spreadsheet."""
    desk = _desk(survey_id, language)
    response = uncached(Response(translating.as_csv(desk.lines), mimetype="text/csv"))
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{desk.survey.id}-{language}.csv"'
    return response


@bp.post("/<int:survey_id>/translation/<language>/table")
@staff(Role.EDITOR)
def compare_table(survey_id: int, language: str) -> Response:
    """What a table that came back would change. Nothing is saved before somebody has looked at it."""
    desk = _desk(survey_id, language)
    try:
        cells = translating.read_csv(_sent_table())
    except Refused as refusal:
        fields = [Field(line, line.target) for line in _wanted(desk.lines)]
        return _translation_page(desk, fields, status=refusal.status, problem=refusal.sentence)
    return _comparison_page(desk, cells)


def _desk(survey_id: int, language: str) -> Desk:
    if language not in g.city.languages:
        abort(404)
    survey = the_survey(survey_id)
    return Desk(survey, loaded(survey.document), language)


def _wanted(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.is_missing] if _only_missing() else lines


def _only_missing() -> bool:
    return request.args.get("only") == "missing"


def _typed(desk: Desk, sent: Mapping[str, str]) -> list[Field]:
    """The fields that were sent, each with what is wrong with it."""
    fields = [Field(line, stripped(sent[line.wording.name])) for line in desk.lines if line.wording.name in sent]
    return [replace(field, error=fault_in(field.line.wording, field.typed) or "") for field in fields]


def _gone(desk: Desk, sent: Mapping[str, str]) -> list[str]:
    """What was typed for parts that somebody deleted meanwhile."""
    names = {line.wording.name for line in desk.lines} | OURS
    return [stripped(text) for name, text in sent.items() if name not in names and stripped(text)]


def _saved(desk: Desk, theirs: Mapping[str, str]) -> Response:
    """For the saving while somebody writes: how far it is, which edition was made, and what others wrote meanwhile."""
    after = Desk(desk.survey, loaded(desk.survey.document), desk.language)
    if is_autosave():
        context = {"progress": Progress.of(after.lines), "edition": after.survey.edition, "theirs": theirs}
        return uncached(make_response(render_template("surveys/staff/_translation_saved.html", **context)))
    flash(_("Saved."), "good")
    return go_on(desk.url(only=request.args.get("only")))


def _overtaken_page(desk: Desk, texts: Mapping[str, str], overtaken: Overtaken) -> Response:
    """Beside each text that both changed, theirs. Saving once more replaces it, knowingly."""
    now = Desk(desk.survey, overtaken.now, desk.language)
    typed, both = translating.merged(now.survey, now.language, texts, seen=edition_of(request.form))
    lines = {line.wording.name: line for line in now.lines}
    fields = [
        Field(line, typed[name], note=_("Saved now: %(text)s", text=line.target or "–") if name in both else "")
        for name, line in lines.items()
        if name in typed
    ]
    title = _("%(name)s translated some of these texts while you were writing", name=overtaken.by)
    return _translation_page(now, fields, status=409, overtaken=title)


def _sent_table() -> bytes:
    upload = request.files.get("table")
    if not upload or not upload.filename:
        raise Refused(_("Please choose a file first."), status=422)
    with upload.stream as stream:
        content = stream.read(MAX_TABLE + 1)
    if len(content) > MAX_TABLE:
        raise Refused(_("This table is too large."), status=422)
    return content


def _comparison_page(desk: Desk, cells: list[Cells]) -> Response:
    lines = {line.wording.name: line for line in desk.lines}
    fields = [
        _compared(lines[cell.code], cell)
        for cell in {cell.code: cell for cell in cells}.values()
        if cell.code in lines and cell.translation and cell.translation != lines[cell.code].target
    ]
    unknown = [cell.code for cell in cells if cell.code not in lines]
    return _translation_page(desk, fields, comparison={"unknown": unknown, "count": len(fields)})


def _compared(line: Line, cell: Cells) -> Field:
    notes = [_("Until now: %(text)s", text=line.target)] if line.target else []
    if cell.source and cell.source != line.source.value:
        notes.append(_("The table translates an earlier text: %(text)s", text=cell.source))
    return Field(line, cell.translation, error=fault_in(line.wording, cell.translation) or "", note="\n".join(notes))


def _translation_page(desk: Desk, fields: list[Field], *, status: int = 200, **context: Any) -> Response:
    """Only these fields; the others keep their texts. `comparison`: they come from a table and are not saved yet.

    `seen` is the edition that the fields begin from, where it is not the present one.
    """
    lines = desk.lines
    errors = [(field.error, field.id) for field in fields if field.error]
    values: dict[str, Any] = {
        "seen": desk.survey.edition,
        "problem": "",
        "overtaken": "",
        "gone": [],
        "comparison": None,
    } | context
    return page(
        "surveys/staff/translation.html",
        status=status,
        survey=desk.survey,
        name=name_of(desk.survey),
        language=desk.language,
        language_name=own_name(desk.language),
        languages=_tabs(desk),
        groups=groups_of(desk.questionnaire, fields),
        part_words=part_words(),
        errors=errors,
        has_errors=bool(errors or values["problem"]),
        progress=Progress.of(lines),
        only_missing=_only_missing(),
        has_source=any(line.source for line in lines),
        place={"survey_id": desk.survey.id, "language": desk.language},
        **values,
    )


def _tabs(desk: Desk) -> list[tuple[str, str, bool]]:
    """The city's languages, each with how many texts it lacks."""
    tabs = []
    for code in g.city.languages:
        other = Desk(desk.survey, desk.questionnaire, code)
        progress = Progress.of(other.lines)
        lacking = progress.total - progress.done
        words = ngettext("%(num)s missing", "%(num)s missing", lacking) if lacking else _("complete")
        tabs.append((f"{own_name(code)} ({words})", other.url(), code == desk.language))
    return tabs
