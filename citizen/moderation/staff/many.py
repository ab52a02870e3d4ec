"""Decisions on many texts at once: all that a filter finds, or those that were ticked. A preview comes first."""

from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.jobs import queue
from citizen.core.web import page
from citizen.moderation import deciding, inbox, words
from citizen.moderation.deciding import Recounted
from citizen.moderation.models import Decision, ModerationItem, Verdict
from citizen.moderation.staff.room import asked, bp, go, grounds_in, item_context, kept_filter

LOOKED_AT = 5
"""How many texts a preview shows."""


@bp.get("/inbox/decision")
@staff(Role.MODERATOR)
def preview_decision() -> Response:
    """How many texts it is about and what some of them say, before anything is decided."""
    return _preview_page(_number())


@bp.post("/inbox/decision")
@staff(Role.MODERATOR)
def decide_many() -> Response:
    verdict, number = _verdict(), request.form.get("number", 0, type=int)
    grounds = grounds_in(request.form)
    try:
        decision = deciding.decide_many(g.city, asked(), _ids(), verdict, grounds, number=number, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _preview_page(refusal.number if isinstance(refusal, Recounted) else number, refusal)
    return _after(decision)


def _after(decision: Decision) -> Response:
    if not decision.is_done:
        queue.soon("carry_out_decisions")
    if decision.verdict == Verdict.APPROVE:
        words = ngettext("%(num)s text is shown.", "%(num)s texts are shown.", decision.number)
    else:
        words = ngettext("%(num)s text is not shown.", "%(num)s texts are not shown.", decision.number)
    flash(words, "good")
    return go(url_for(".inbox", state="waiting", undo=decision.id))


def _preview_page(number: int, refusal: Refused | None = None) -> Response:
    wanted, ids = asked(), _ids()
    found = inbox.inbox_page(g.city, wanted, most=LOOKED_AT) if ids is None else None
    samples = found.items if found else inbox.with_all(g.city, _ticked(ids or [])[:LOOKED_AT])
    context: dict[str, Any] = item_context() | {"rules": words.rule_words()}
    return page(
        "moderation/staff/decision.html",
        status=refusal.status if refusal else 200,
        wanted=wanted,
        ids=ids,
        number=number,
        verdict=_verdict(),
        samples=samples,
        grounds=grounds_in(request.form),
        days=request.form.get("days", ""),
        back=url_for(".inbox", **(kept_filter() or {"state": "waiting"})),
        errors=[(refusal.sentence, None)] if refusal else [],
        has_errors=refusal is not None,
        **context,
    )


def _number() -> int:
    ids = _ids()
    return inbox.number_of(g.city, asked()) if ids is None else len(_ticked(ids))


def _ticked(ids: list[int]) -> list[ModerationItem]:
    query = ModerationItem.in_city(g.city).where(asked().clause(g.city), ModerationItem.id.in_(ids))
    return list(db.session.scalars(query.order_by(ModerationItem.waiting_since, ModerationItem.id)))


def _ids() -> list[int] | None:
    """The texts that were ticked, perhaps none; None where all that the filter finds are meant."""
    if request.values.get("only") == "all":
        return None
    ticked = request.values.getlist("item")[: inbox.PAGE]
    return [int(number) for number in ticked if number.isdecimal() and len(number) < 10]


def _verdict() -> Verdict:
    return Verdict.REJECT if request.values.get("verdict") == Verdict.REJECT else Verdict.APPROVE
