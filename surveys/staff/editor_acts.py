"""What editors do with questions and sections besides writing them, each act under a name of its own."""

from collections.abc import Callable

from flask import Response, abort, flash, request
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import drafting
from surveys.drafting import Edit
from surveys.editing import parts
from surveys.editing.history import Step
from surveys.editing.kinds import cards, new_question
from surveys.editing.published import published_in
from surveys.editing.words import act_words
from surveys.files import takes_files
from surveys.models import Survey
from surveys.questionnaire import Kind, Question, Questionnaire, Section, loaded
from surveys.staff.editor_page import address_of, edition_of, editor_page, others_words
from surveys.staff.editor_questions import show_question
from surveys.staff.editor_sections import show_section, show_settings
from surveys.staff.room import bp, the_survey
from surveys.staff.waves import go_on

STEPS = {"up": -1, "down": 1}
KINDS_TEMPLATE = "surveys/staff/_kinds.html"


@bp.get("/<int:survey_id>/kinds")
@staff(Role.EDITOR)
def choose_kind(survey_id: int) -> Response:
    """The kinds of questions as cards; the address says where the new question will stand."""
    survey = the_survey(survey_id)
    place = {name: request.args.get(name, "") for name in ("section", "after")}
    chosen = place["after"] or place["section"]
    return editor_page(survey, chosen, KINDS_TEMPLATE, cards=cards(with_files=takes_files()), place=place)


@bp.post("/<int:survey_id>/questions")
@staff(Role.EDITOR)
def add_question(survey_id: int) -> Response:
    survey, kind = _held(survey_id), request.form.get("kind", "")
    if kind not in set(Kind):
        abort(422)
    place = {name: request.form.get(name, "") for name in ("section", "after")}
    code = parts.fresh_code("q", _taken(survey))
    edit = Edit("question added", code, lambda now: parts.add_question(now, new_question(code, Kind(kind)), **place))
    return perform(survey, edit)


@bp.post("/<int:survey_id>/questions/<code>/place")
@staff(Role.EDITOR)
def place_question(survey_id: int, code: str) -> Response:
    """One step up or down; or into a section, before another question or at its end."""
    step = STEPS.get(request.form.get("step", ""))
    section, before = request.form.get("section", ""), request.form.get("before", "")

    def place(now: Questionnaire) -> Questionnaire:
        if step:
            return parts.step_question(now, code, step)
        return parts.place_question(now, code, section=section, before=before)

    return perform(the_survey(survey_id), Edit("question moved", code, place))


@bp.post("/<int:survey_id>/questions/<code>/copy")
@staff(Role.EDITOR)
def copy_question(survey_id: int, code: str) -> Response:
    survey = _held(survey_id)
    twin = parts.fresh_code("q", _taken(survey))
    return perform(survey, Edit("question copied", twin, lambda now: parts.copy_question(now, code, twin)))


@bp.post("/<int:survey_id>/questions/<code>/deletion")
@staff(Role.EDITOR)
def delete_question(survey_id: int, code: str) -> Response:
    """Without asking first: the page that follows offers to undo it."""

    def looked_at(now: Questionnaire) -> Question | None:
        return now.question(code)

    survey = the_survey(survey_id)
    codes = [question.code for question in loaded(survey.document).questions]
    edit = Edit("question deleted", code, lambda now: parts.remove_question(now, code), looked_at)
    return perform(survey, edit, neighbour_of(code, codes))


@bp.post("/<int:survey_id>/sections")
@staff(Role.EDITOR)
def add_section(survey_id: int) -> Response:
    survey, after = _held(survey_id), request.form.get("after", "")
    code = parts.fresh_code("s", _taken(survey))
    section = Section(code=code)
    return perform(survey, Edit("section added", code, lambda now: parts.add_section(now, section, after=after)))


@bp.post("/<int:survey_id>/sections/<code>/place")
@staff(Role.EDITOR)
def place_section(survey_id: int, code: str) -> Response:
    survey = the_survey(survey_id)
    step = STEPS.get(request.form.get("step", "")) or abort(404)
    return perform(survey, Edit("section moved", code, lambda now: parts.step_section(now, code, step)))


@bp.post("/<int:survey_id>/sections/<code>/copy")
@staff(Role.EDITOR)
def copy_section(survey_id: int, code: str) -> Response:
    survey = _held(survey_id)
    taken = _taken(survey)
    twin = parts.fresh_code("s", taken)
    return perform(survey, Edit("section copied", twin, lambda now: parts.copy_section(now, code, taken)))


@bp.post("/<int:survey_id>/sections/<code>/deletion")
@staff(Role.EDITOR)
def delete_section(survey_id: int, code: str) -> Response:
    """With all its questions; the page that follows offers to undo it."""

    def looked_at(now: Questionnaire) -> Section | None:
        return parts.section_named(now, code)

    survey = the_survey(survey_id)
    codes = [section.code for section in loaded(survey.document).sections]
    edit = Edit("section deleted", code, lambda now: parts.remove_section(now, code), looked_at)
    return perform(survey, edit, neighbour_of(code, codes))


@bp.post("/<int:survey_id>/undo")
@staff(Role.EDITOR)
def undo_change(survey_id: int) -> Response:
    return _travel(survey_id, drafting.undo)


@bp.post("/<int:survey_id>/redo")
@staff(Role.EDITOR)
def redo_change(survey_id: int) -> Response:
    return _travel(survey_id, drafting.redo)


def perform(survey: Survey, edit: Edit, next_part: str | None = None) -> Response:
    """Change the survey, commit, and go on to the part, or to `next_part` where it is deleted."""
    before = survey.edition
    try:
        steps = drafting.edit_survey(survey, edit, seen=edition_of(request.form), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        return refused(survey, edit.part, refusal)
    if steps:
        flash(others_words(steps), "good")
    deleted = survey.edition if next_part is not None and survey.edition > before else None
    part = edit.part if next_part is None else next_part
    return go_on(address_of(survey, loaded(survey.document), part, deleted=deleted))


def refused(survey: Survey, part: str, refusal: Refused) -> Response:
    """The part as it is now, with the sentence that says why nothing was done."""
    db.session.rollback()
    questionnaire = loaded(survey.document)
    if questionnaire.question(part):
        return show_question(survey, part, status=refusal.status, problem=refusal.sentence)
    if parts.section_named(questionnaire, part):
        return show_section(survey, part, status=refusal.status, problem=refusal.sentence)
    return show_settings(survey, status=refusal.status, problem=refusal.sentence)


def neighbour_of(code: str, codes: list[str]) -> str:
    """The part behind this one, else the one before it; none where it is gone already or alone."""
    place = codes.index(code) if code in codes else len(codes)
    return next((other for other in (*codes[place + 1 :], *reversed(codes[:place]))), "")


def _travel(survey_id: int, act: Callable[..., Step]) -> Response:
    """Undo or redo, and show the part that this was about."""
    survey = the_survey(survey_id)
    try:
        step = act(survey, seen=edition_of(request.form), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        return refused(survey, request.form.get("chosen", ""), refusal)
    words = act_words(step.act)
    is_undone = act is drafting.undo
    flash(_("Undone: %(act)s.", act=words) if is_undone else _("Done again: %(act)s.", act=words), "good")
    return go_on(address_of(survey, loaded(survey.document), step.part))


def _held(survey_id: int) -> Survey:
    """The survey, which nobody else changes now: the code that a new part gets must still be free when it is saved."""
    survey = the_survey(survey_id)
    drafting.hold(survey)
    return survey


def _taken(survey: Survey) -> set[str]:
    return parts.named_in(loaded(survey.document)) | set(published_in(survey).kinds)
