"""The survey as a phone shows it and as a screen reader reads it, before anybody is asked. Nothing is saved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, abort, render_template, request, url_for

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core.i18n import current_language, localized
from citizen.core.security import content_policy
from citizen.core.web import page
from surveys import effort
from surveys.editing.spoken import Line, lines_of
from surveys.files import without_files
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.sheets.filling import Filling
from surveys.sheets.showing import Sheet, sheet
from surveys.staff.room import bp, the_survey
from surveys.staff.survey import name_of
from surveys.staff.waves import go_on
from surveys.views.finding import filling_of
from surveys.views.progress import progress
from surveys.views.sentences import sentences

SANDBOX = "sandbox allow-same-origin allow-scripts allow-forms"
A_DAY = 24 * 60 * 60
ENDS = {"send"}
"""The doors of the citizen's pages behind which the preview ends."""


@dataclass(frozen=True)
class Imagined:
    """As much of a wave as the citizen's pages show."""

    title: dict[str, str]
    slug: str
    version: int = 1


@bp.get("/<int:survey_id>/preview")
@staff(Role.VIEWER)
def preview_survey(survey_id: int) -> Response:
    """A phone, and beside it the same page in words. The page stands in the address."""
    survey = the_survey(survey_id)
    questionnaire = _asked_in(survey)
    sheets = _sheets(survey, filling_of(questionnaire, {}))
    here = _here(sheets)
    return page(
        "surveys/staff/preview.html",
        survey=survey,
        name=name_of(survey),
        sheets=sheets,
        here=here,
        spoken=_spoken(here) if here else [],
        thanks=localized(questionnaire.thanks),
    )


@bp.get("/<int:survey_id>/preview/phone")
@staff(Role.VIEWER)
def preview_phone(survey_id: int) -> Response:
    """The citizen's page itself, in the mode of a shared device, which keeps nothing that is typed."""
    survey = the_survey(survey_id)
    filling = filling_of(_asked_in(survey), {})
    sheets = _sheets(survey, filling)
    live = _here(sheets) or abort(404)
    response = page("surveys/staff/phone.html", **_context(survey, filling, sheets, live))
    response.headers["Content-Security-Policy"] = f"{content_policy()}; {SANDBOX}"
    return response


@bp.post("/<int:survey_id>/preview/phone")
@staff(Role.VIEWER)
def end_preview(survey_id: int) -> Response:
    """What somebody would read after sending. Without scripts: the next page, or the one before."""
    survey = the_survey(survey_id)
    step = {"next": 1, "back": -1}.get(request.form.get("go", ""), 0)
    number = request.form.get("page", 1, type=int) + step
    if not request.args.get("end") and number <= len(_sheets(survey, filling_of(_asked_in(survey), {}))):
        return go_on(url_for("survey_staff.preview_phone", survey_id=survey.id, page=max(1, number)))
    response = page(
        "surveys/staff/phone_end.html", **_surroundings(survey), thanks=localized(loaded(survey.document).thanks)
    )
    response.headers["Content-Security-Policy"] = f"{content_policy()}; {SANDBOX}"
    return response


def _asked_in(survey: Survey) -> Questionnaire:
    return without_files(loaded(survey.document))


def _sheets(survey: Survey, filling: Filling) -> list[Sheet]:
    """Every page, in the same order of options each time."""
    title = localized(survey.title)
    return [sheet(filling, whole, "preview", title=title) for whole in filling.all_pages]


def _here(sheets: list[Sheet]) -> Sheet | None:
    """The page that the address names, else the first one."""
    wanted = request.args.get("page", 1, type=int)
    return next((one for one in sheets if one.number == wanted), sheets[0] if sheets else None)


def _spoken(here: Sheet) -> list[Line]:
    """With every question of the page, also those that depend on answers."""
    shown = tuple(replace(asked, is_shown=True) for asked in here.questions)
    return lines_of(render_template("surveys/staff/_one_page.html", live=replace(here, questions=shown)))


def _context(survey: Survey, filling: Filling, sheets: list[Sheet], live: Sheet) -> dict[str, Any]:
    lengths = [effort.seconds(question, current_language()) for question in filling.numbered]
    return {
        **_surroundings(survey),
        "live": live,
        "others": [one for one in sheets if one is not live],
        "filling": filling,
        "progress": progress(live, lengths),
        "say": sentences(),
        "is_first": live is sheets[0],
        "is_last": live is sheets[-1],
    }


def _surroundings(survey: Survey) -> dict[str, Any]:
    """What the citizen's templates ask for around a page."""
    return {
        "wave": Imagined(survey.title, f"preview-{survey.id}"),
        "place": _place_in(survey),
        "home": url_for("survey_staff.preview_phone", survey_id=survey.id),
        "is_kiosk": True,
        "idle_seconds": A_DAY,
        "may_mail_link": False,
        "began": "",
        "kept": "",
        "note": "",
        "errors": [],
        "ends_at": None,
    }


def _place_in(survey: Survey) -> Callable[..., str]:
    """Every door of the citizen's pages leads into the preview."""

    def place(name: str, /, **values: Any) -> str:
        end = 1 if name in ENDS else None
        return url_for("survey_staff.preview_phone", survey_id=survey.id, page=values.get("page"), end=end)

    return place
