"""The form of one question: shown, saved, and turned into another kind."""

from typing import Any

from flask import Response, abort, request, url_for

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.media import picture_from
from surveys.drafting import Edit, Overtaken
from surveys.editing.facts import question_facts, role_words
from surveys.editing.history import questionnaire_at
from surveys.editing.kinds import ICONS, ROLES, KindCard, as_kind, cards, kind_words
from surveys.editing.parts import add_question, replace_question, section_with
from surveys.editing.published import published_in
from surveys.editing.words import section_name
from surveys.files import takes_files
from surveys.models import Survey
from surveys.questionnaire import Kind, Question, Questionnaire, loaded
from surveys.staff.editor_conditions import Choices
from surveys.staff.editor_form import Desk, QuestionForm
from surveys.staff.editor_page import (
    address_of,
    conflict_page,
    edition_of,
    editor_page,
    is_autosave,
    save,
    told_of,
    written_language,
)
from surveys.staff.editor_rows import after_press, press_in, with_pictures
from surveys.staff.room import bp, the_survey
from surveys.staff.waves import go_on

TEMPLATE = "surveys/staff/_question.html"
MAX_PICTURES = 40 * 1024 * 1024
"""Bytes of one form with pictures straight from phones."""

MAX_FIELDS = 5000
"""Two hundred options with all that belongs to them."""

WITH_PICTURES = {Kind.SINGLE, Kind.MULTIPLE}


@bp.before_request
def allow_pictures_of_options() -> None:
    """Whoever is not allowed in is turned away before the body is read."""
    if request.endpoint in {"survey_staff.change_question", "survey_staff.change_kind"}:
        request.max_content_length, request.max_form_parts = MAX_PICTURES, MAX_FIELDS


@bp.get("/<int:survey_id>/questions/<code>")
@staff(Role.EDITOR)
def edit_question(survey_id: int, code: str) -> Response:
    return show_question(the_survey(survey_id), code)


@bp.post("/<int:survey_id>/questions/<code>")
@staff(Role.EDITOR)
def change_question(survey_id: int, code: str) -> Response:
    """Save the form; or show it with the rows as a button of theirs left them, without saving."""
    survey = the_survey(survey_id)
    sent, problems = with_pictures(request.form, request.files)
    press = press_in(sent)
    if press:
        return question_page(survey, _sent_form(survey, code, after_press(sent, press)), is_unsaved=True)
    form = _sent_form(survey, code, sent)
    if not form.is_sound(problems):
        return question_page(survey, form, status=422)
    question = form.as_question()
    if is_autosave():
        question = question.model_copy(update={"code": code})
    return _save(survey, form, question, "question changed")


@bp.post("/<int:survey_id>/questions/<code>/kind")
@staff(Role.EDITOR)
def change_kind(survey_id: int, code: str) -> Response:
    """Save what was typed, and ask it in another way from now on. What fits is kept."""
    survey, kind = the_survey(survey_id), request.form.get("kind", "")
    if kind not in set(Kind):
        abort(422)
    sent, problems = with_pictures(request.form, request.files)
    form = _sent_form(survey, code, sent)
    if not form.is_sound(problems):
        return question_page(survey, form, status=422)
    return _save(survey, form, as_kind(form.as_question(), Kind(kind)), "kind changed")


def show_question(survey: Survey, code: str, **context: Any) -> Response:
    questionnaire = loaded(survey.document)
    question = questionnaire.question(code) or abort(404)
    form = QuestionForm.of(question, _desk(survey, questionnaire), survey.edition)
    return question_page(survey, form, **context)


def question_page(survey: Survey, form: QuestionForm, *, status: int = 200, **context: Any) -> Response:
    return editor_page(survey, form.question.code, TEMPLATE, status=status, **_context(survey, form), **context)


def _save(survey: Survey, form: QuestionForm, question: Question, act: str) -> Response:
    """Where somebody else changed the question meanwhile, both versions are shown instead."""
    code, home = form.question.code, section_with(form.desk.questionnaire, form.question.code)

    def put(questionnaire: Questionnaire) -> Questionnaire:
        if questionnaire.question(code) is None:
            return add_question(questionnaire, question, section=home.code if home else "")
        return replace_question(questionnaire, code, question)

    edit = Edit(act, question.code, put, looked_at=lambda questionnaire: questionnaire.question(code))
    try:
        saved = save(survey, edit, form.edition)
    except Overtaken as overtaken:
        told = told_of(overtaken.now)
        facts = question_facts(overtaken.now.question(code), told), question_facts(question, told)
        context = _context(survey, form)
        return conflict_page(survey, overtaken, facts, chosen=code, template=TEMPLATE, **context)
    except Refused as refusal:
        db.session.rollback()
        form.form_errors = [refusal.sentence]
        return question_page(survey, form, status=refusal.status)
    return saved or go_on(address_of(survey, loaded(survey.document), question.code))


def _sent_form(survey: Survey, code: str, sent: Any) -> QuestionForm:
    """What was typed over the question; where it is gone meanwhile, over the one that the editor had before them."""
    questionnaire = loaded(survey.document)
    if questionnaire.question(code) is None:
        questionnaire = questionnaire_at(survey, edition_of(sent, "base") or edition_of(sent)) or questionnaire
    question = questionnaire.question(code) or abort(404)
    return QuestionForm.sent(question, _desk(survey, questionnaire), sent)


def _desk(survey: Survey, questionnaire: Questionnaire) -> Desk:
    return Desk(questionnaire, published_in(survey), written_language(questionnaire))


def _context(survey: Survey, form: QuestionForm) -> dict[str, Any]:
    """What the template of a question needs beside its form."""
    question, questionnaire = form.question, form.desk.questionnaire
    place: dict[str, Any] = {"survey_id": survey.id, "code": question.code}
    home = section_with(questionnaire, question.code)
    codes = [other.code for other in questionnaire.questions]
    return {
        "form": form,
        "question": question,
        "lang_written": form.desk.lang,
        "kind_name": kind_words(question.kind),
        "kind_icon": ICONS[question.kind],
        "kinds": [] if question.code in form.desk.published.kinds else _cards_for(question),
        "number": codes.index(question.code) + 1,
        "count": len(codes),
        "home": home.code if home else "",
        "sections": [(section.code, section_name(section)) for section in questionnaire.sections],
        "choices": Choices(told_of(questionnaire), question.code, question),
        "roles": [(role.value, role_words(role)) for role in ROLES.get(question.kind, ())],
        "pictures": _pictures(form),
        "has_pictures": question.kind in WITH_PICTURES,
        "action": url_for("survey_staff.change_question", **place),
        "autosave": url_for("survey_staff.change_question", **place, autosave=1),
        "place": place,
        "base": edition_of(request.form, "base") or form.edition,
    }


def _cards_for(question: Question) -> list[KindCard]:
    return cards(with_files=takes_files() or question.kind is Kind.FILE)


def _pictures(form: QuestionForm) -> dict[str, Any]:
    """The kept pictures of the rows, by the token that stands for them."""
    tokens = [row.form.kept.data for row in form["options"]] if "options" in form else []
    return {token: picture_from(token) for token in tokens if token}
