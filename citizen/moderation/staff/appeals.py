"""Appeals: what waits for an answer, the first due first, and what came of the others."""

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.forms import stripped
from citizen.core.web import find_or_404, page
from citizen.moderation import appealing, words
from citizen.moderation.keys import key_of
from citizen.moderation.models import Appeal, Outcome
from citizen.moderation.rules import may_decide_appeal
from citizen.moderation.staff.room import bp, go, may_moderate

MOST = 200


@bp.get("/appeals")
@staff(Role.VIEWER)
def appeals() -> Response:
    rows = list(db.session.scalars(appealing.appeals_in(g.city).limit(MOST)).unique())
    return page("moderation/staff/appeals.html", rows=rows, now=clock.now())


@bp.get("/appeals/<int:statement_id>")
@staff(Role.VIEWER)
def appeal(statement_id: int) -> Response:
    return _appeal_page(_the_appeal(statement_id))


@bp.post("/appeals/<int:statement_id>")
@staff(Role.MODERATOR)
def answer_appeal(statement_id: int) -> Response:
    row, answer = _the_appeal(statement_id), stripped(request.form.get("answer"))
    outcome = Outcome.GRANTED if request.form.get("outcome") == Outcome.GRANTED else Outcome.UPHELD
    try:
        appealing.decide_appeal(row, outcome, answer, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _appeal_page(_the_appeal(statement_id), refusal, answer)
    is_granted = outcome is Outcome.GRANTED
    flash(_("The decision is lifted, and the author told.") if is_granted else _("The author is told."), "good")
    return go(url_for(".appeals"))


def _the_appeal(statement_id: int) -> Appeal:
    return find_or_404(appealing.appeals_in(g.city), statement_id=statement_id)


def _appeal_page(row: Appeal, refusal: Refused | None = None, answer: str = "") -> Response:
    statement = row.statement
    return page(
        "moderation/staff/appeal.html",
        status=refusal.status if refusal else 200,
        row=row,
        statement=statement,
        title=words.restriction_words(statement),
        reason=words.reason_names(g.city).get(statement.decision.reason, statement.decision.reason),
        machine=words.machine_words(statement),
        key=key_of(statement.id),
        may_moderate=may_moderate(),
        may_answer=may_moderate() and may_decide_appeal(row, current_actor()),
        answer=answer,
        errors=[(refusal.sentence, "answer")] if refusal else [],
        has_errors=refusal is not None,
    )
