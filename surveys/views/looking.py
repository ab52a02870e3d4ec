"""How pages of results find out what a reader asks to see, and whether it is counted already."""

from dataclasses import dataclass

from flask import Response, abort, request

from citizen.core.db import db
from citizen.core.jobs import queue
from citizen.participation.receipts import is_receipt
from citizen.participation.rules import may_see_results
from surveys import breakdowns, statistics
from surveys.breakdowns import Split
from surveys.models import SurveyWave
from surveys.report.lens import Lens, lens_for
from surveys.report.showing import Shown
from surveys.versions import questionnaire_of

ASKED = ("by", "only")
RETRY_SECONDS = 5


@dataclass(frozen=True)
class Ready:
    """How many sheets there are, and over how many of them the reader's lens is counted; None while it is not."""

    sheets: int
    counted: int | None


def has_answered(wave: SurveyWave) -> bool:
    """True where the address carries the receipt of somebody who answered this wave."""
    return is_receipt(request.args.get("receipt", ""), wave)


def ensure_visible(wave: SurveyWave) -> None:
    """What may not be seen yet does not exist for programs either."""
    if not may_see_results(wave, has_answered=has_answered(wave)):
        abort(404)


def lens_or_404(wave: SurveyWave) -> Lens:
    lens = lens_for(questionnaire_of(wave), request.args.get("by", ""), request.args.get("only", ""))
    return lens or abort(404)


def made_ready(wave: SurveyWave, lens: Lens) -> Ready:
    """How the lens stands; where it should be counted, or counted again, the worker is asked to."""
    sheets = statistics.count(wave)
    if lens.split is None:
        return Ready(sheets, sheets)
    standing = breakdowns.standing(wave, lens.split, sheets)
    if standing.is_due:
        _ask(wave, lens.split)
    return Ready(sheets, standing.n)


def _ask(wave: SurveyWave, split: Split) -> None:
    """In a transaction of its own: one that began with reading could not write on SQLite once somebody else has."""
    db.session.rollback()
    breakdowns.ask_for(wave, split)
    db.session.commit()
    queue.soon("count_breakdowns")


def shown(wave: SurveyWave, lens: Lens, ready: Ready) -> Shown:
    return Shown(wave, lens, statistics.answered(wave), ready.counted or 0)


def not_counted_yet() -> Response:
    """For programs: the numbers are on their way."""
    return Response(status=202, headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"})
