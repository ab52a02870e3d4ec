"""The forms of a survey's settings and of its sections: shown and saved."""

from typing import Any

from flask import Response, abort, request, url_for

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from surveys.drafting import Edit, Overtaken
from surveys.editing.facts import section_facts, settings_facts
from surveys.editing.parts import replace_section, section_named
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.staff.editor_conditions import Choices
from surveys.staff.editor_page import SETTINGS, conflict_page, editor_page, save, told_of, written_language
from surveys.staff.editor_part_forms import TEXTS, SectionForm, SettingsForm
from surveys.staff.editor_rows import after_press, press_in
from surveys.staff.room import bp, the_survey
from surveys.staff.waves import go_on

SETTINGS_TEMPLATE = "surveys/staff/_settings.html"
SECTION_TEMPLATE = "surveys/staff/_section.html"


@bp.get("/<int:survey_id>/settings")
@staff(Role.EDITOR)
def edit_settings(survey_id: int) -> Response:
    """The first page of the editor: what belongs to the whole survey."""
    return show_settings(the_survey(survey_id))


@bp.post("/<int:survey_id>/settings")
@staff(Role.EDITOR)
def change_settings(survey_id: int) -> Response:
    survey = the_survey(survey_id)
    questionnaire = loaded(survey.document)
    form = SettingsForm.sent(questionnaire, written_language(questionnaire), request.form)
    if not form.is_sound():
        return settings_page(survey, form, status=422)
    mine = form.as_questionnaire()
    changes = {name: getattr(mine, name) for name in (*TEXTS, "layout")}
    edit = Edit("settings changed", SETTINGS, lambda now: now.model_copy(update=changes), settings_facts)
    try:
        saved = save(survey, edit, form.edition)
    except Overtaken as overtaken:
        facts = settings_facts(overtaken.now), settings_facts(mine)
        return conflict_page(survey, overtaken, facts, chosen=SETTINGS, template=SETTINGS_TEMPLATE, **_context(form))
    return saved or go_on(url_for("survey_staff.edit_settings", survey_id=survey.id))


@bp.get("/<int:survey_id>/sections/<code>")
@staff(Role.EDITOR)
def edit_section(survey_id: int, code: str) -> Response:
    return show_section(the_survey(survey_id), code)


@bp.post("/<int:survey_id>/sections/<code>")
@staff(Role.EDITOR)
def change_section(survey_id: int, code: str) -> Response:
    survey = the_survey(survey_id)
    press = press_in(request.form)
    form = _sent_form(survey, code, after_press(request.form, press) if press else request.form)
    if press:
        return section_page(survey, form, is_unsaved=True)
    if not form.is_sound():
        return section_page(survey, form, status=422)
    return _save(survey, form)


def show_settings(survey: Survey, **context: Any) -> Response:
    questionnaire = loaded(survey.document)
    form = SettingsForm.of(questionnaire, written_language(questionnaire), survey.edition)
    return settings_page(survey, form, **context)


def show_section(survey: Survey, code: str, **context: Any) -> Response:
    questionnaire = loaded(survey.document)
    section = section_named(questionnaire, code) or abort(404)
    form = SectionForm.of(section, questionnaire, written_language(questionnaire), survey.edition)
    return section_page(survey, form, **context)


def settings_page(survey: Survey, form: SettingsForm, *, status: int = 200, **context: Any) -> Response:
    return editor_page(survey, SETTINGS, SETTINGS_TEMPLATE, status=status, **_context(form), **context)


def section_page(survey: Survey, form: SectionForm, *, status: int = 200, **context: Any) -> Response:
    values = _section_context(survey, form) | context
    return editor_page(survey, form.section.code, SECTION_TEMPLATE, status=status, **values)


def _sent_form(survey: Survey, code: str, sent: Any) -> SectionForm:
    questionnaire = loaded(survey.document)
    section = section_named(questionnaire, code) or abort(404)
    return SectionForm.sent(section, questionnaire, written_language(questionnaire), sent)


def _save(survey: Survey, form: SectionForm) -> Response:
    section, code = form.as_section(), form.section.code

    def own_words(questionnaire: Questionnaire) -> Any:
        found = section_named(questionnaire, code)
        return found and found.model_dump(exclude={"questions"})

    edit = Edit("section changed", code, lambda now: replace_section(now, code, section), own_words)
    try:
        saved = save(survey, edit, form.edition)
    except Overtaken as overtaken:
        told = told_of(overtaken.now)
        facts = section_facts(section_named(overtaken.now, code), told), section_facts(section, told)
        context = _section_context(survey, form)
        return conflict_page(survey, overtaken, facts, chosen=code, template=SECTION_TEMPLATE, **context)
    return saved or go_on(url_for("survey_staff.edit_section", survey_id=survey.id, code=code))


def _context(form: SettingsForm) -> dict[str, Any]:
    return {"form": form, "lang_written": form.lang}


def _section_context(survey: Survey, form: SectionForm) -> dict[str, Any]:
    place = {"survey_id": survey.id, "code": form.section.code}
    return {
        "form": form,
        "section": form.section,
        "lang_written": form.lang,
        "choices": Choices(told_of(form.questionnaire), form.section.code),
        "place": place,
    }
