"""What was done to a survey, by whom and when; and going back to how it was."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page
from surveys import drafting
from surveys.editing.history import revisions_of
from surveys.editing.listing import number_of_questions
from surveys.editing.words import act_words, part_name
from surveys.models import Survey, SurveyRevision
from surveys.staff.editor_page import edition_of
from surveys.staff.room import bp, the_survey
from surveys.staff.survey import name_of
from surveys.staff.waves import go_on

PAGE = 25


@dataclass(frozen=True)
class Entry:
    """A line of the history. `part` is what it was about, `questions` how many there were afterwards."""

    edition: int
    act: str
    part: str
    by: str
    at: datetime
    questions: int


@bp.get("/<int:survey_id>/history")
@staff(Role.VIEWER)
def survey_history(survey_id: int) -> Response:
    """The newest steps first; `?before=<edition>` shows older ones."""
    return _history_page(the_survey(survey_id))


@bp.post("/<int:survey_id>/history/<int:edition>")
@staff(Role.EDITOR)
def restore_edition(survey_id: int, edition: int) -> Response:
    survey = the_survey(survey_id)
    try:
        drafting.go_back(survey, edition, seen=edition_of(request.form), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _history_page(survey, status=refusal.status, problem=refusal.sentence)
    flash(_("The survey is again as it was. You can undo this."), "good")
    return go_on(url_for("survey_staff.edit_settings", survey_id=survey.id))


def _history_page(survey: Survey, *, status: int = 200, problem: str = "") -> Response:
    revisions = revisions_of(survey, most=PAGE + 1, before=request.args.get("before", type=int))
    entries = [_entry(revision, earlier) for revision, earlier in _pairs(revisions)[:PAGE]]
    return page(
        "surveys/staff/history.html",
        status=status,
        problem=problem,
        has_errors=bool(problem),
        survey=survey,
        name=name_of(survey),
        entries=entries,
        older=entries[-1].edition if len(revisions) > PAGE else None,
        may_write=g.role.covers(Role.EDITOR),
    )


def _pairs(revisions: list[SurveyRevision]) -> list[tuple[SurveyRevision, SurveyRevision | None]]:
    """Each revision and the one before it, which still has what was deleted."""
    return list(zip(revisions, [*revisions[1:], None], strict=True))


def _entry(revision: SurveyRevision, earlier: SurveyRevision | None) -> Entry:
    name = part_name(revision.document, revision.part) if revision.part else ""
    if revision.part and not name and earlier:
        name = part_name(earlier.document, revision.part)
    questions = number_of_questions(revision.document)
    return Entry(revision.edition, act_words(revision.act), name, revision.by, revision.at, questions)
