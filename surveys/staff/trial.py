"""A survey answered by nobody: many invented sheets, to see whether the logic works. Nothing is saved."""

from flask import Response, g, request

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core.web import page
from citizen.participation.report import percent
from surveys.files import without_files
from surveys.questionnaire import loaded
from surveys.staff.editor_page import told_of
from surveys.staff.room import bp, the_survey
from surveys.staff.survey import name_of
from surveys.trial import try_out

MOST_SEEDS = 10_000


@bp.get("/<int:survey_id>/trial")
@staff(Role.VIEWER)
def trial(survey_id: int) -> Response:
    """The same number in the address gives the same invented answers."""
    survey = the_survey(survey_id)
    seed = min(max(request.args.get("seed", 1, type=int), 1), MOST_SEEDS)
    questionnaire = without_files(loaded(survey.document))
    tried = try_out(questionnaire, told_of(questionnaire).districts, seed=seed)
    return page(
        "surveys/staff/trial.html",
        survey=survey,
        name=name_of(survey),
        trial=tried,
        next_seed=seed + 1,
        percent=percent,
        may_write=g.role.covers(Role.EDITOR),
    )
