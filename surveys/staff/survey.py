"""One survey in the console: what it asks, what has to be put right, its waves, and what can be done with it."""

from typing import Any

from flask import Response, flash, g, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import localized, number
from citizen.core.web import page
from citizen.participation.words import state_words
from surveys import drafting, rules
from surveys.checker import findings
from surveys.editing.facts import layout_words
from surveys.editing.history import trail_of
from surveys.editing.outline import outline_of
from surveys.editing.words import act_words
from surveys.effort import minutes_for
from surveys.exporters.questionnaires import FORMATS
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.staff.editor_page import told_of, written_language
from surveys.staff.findings import remarks
from surveys.staff.room import bp, the_survey
from surveys.staff.waves import go_on

LAST_STEPS = 5


@bp.get("/<int:survey_id>")
@staff(Role.VIEWER)
def show_survey(survey_id: int) -> Response:
    return survey_page(the_survey(survey_id))


@bp.post("/<int:survey_id>/copy")
@staff(Role.EDITOR)
def copy_survey(survey_id: int) -> Response:
    twin = drafting.copy_survey(the_survey(survey_id), by=current_actor())
    db.session.commit()
    flash(_("This is the copy."), "good")
    return go_on(url_for("survey_staff.show_survey", survey_id=twin.id))


@bp.get("/<int:survey_id>/deletion")
@staff(Role.EDITOR)
def confirm_survey_deletion(survey_id: int) -> Response:
    survey = the_survey(survey_id)
    is_possible = rules.may_delete_survey(survey)
    return page("surveys/staff/deletion.html", survey=survey, name=name_of(survey), is_possible=is_possible)


@bp.post("/<int:survey_id>/deletion")
@staff(Role.EDITOR)
def delete_survey(survey_id: int) -> Response:
    survey = the_survey(survey_id)
    try:
        drafting.delete_survey(survey, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return survey_page(survey, status=refusal.status, problem=refusal.sentence)
    flash(_("The survey is deleted."), "good")
    return go_on(url_for("survey_staff.index"))


def survey_page(survey: Survey, *, status: int = 200, problem: str = "") -> Response:
    questionnaire = loaded(survey.document)
    found = remarks(findings(questionnaire, g.city), survey, questionnaire)
    return page(
        "surveys/staff/survey.html",
        status=status,
        problem=problem,
        has_errors=bool(problem),
        survey=survey,
        name=name_of(survey),
        outline=outline_of(told_of(questionnaire)),
        errors=[remark for remark in found if remark.is_error],
        warnings=[remark for remark in found if not remark.is_error],
        facts=_facts(questionnaire),
        state_words=state_words,
        steps=tuple(reversed(trail_of(survey).steps[-LAST_STEPS:])),
        act_words=act_words,
        links=_files(survey) if g.role.covers(Role.EDITOR) else [],
        may_write=g.role.covers(Role.EDITOR),
        may_delete=g.role.covers(Role.EDITOR) and rules.may_delete_survey(survey),
    )


def _files(survey: Survey) -> list[tuple[str, str, str]]:
    """The questionnaire as a file of other tools: label, address, icon."""
    return [
        (
            _("Export as %(format)s", format=format_.title),
            url_for("survey_staff.export_survey", survey_id=survey.id, form=form),
            "download",
        )
        for form, format_ in FORMATS.items()
    ]


def name_of(survey: Survey) -> Any:
    return localized(survey.title) or _("Survey without a title")


def _facts(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    n = sum(1 for _question in questionnaire.questions)
    minutes = minutes_for(questionnaire, written_language(questionnaire))
    return [
        (_("Questions"), number(n)),
        (_("Time to answer"), _("about %(minutes)s min", minutes=minutes)),
        (_("Pages"), layout_words()[questionnaire.layout.value]),
    ]
