"""The inbox: what waits, and decisions on one text at a time."""

from typing import Any

from flask import Response, abort, flash, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Membership, Role, staff_of
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import done, find_or_404, page
from citizen.moderation import assigning, deciding, inbox, words
from citizen.moderation.deciding import Changed
from citizen.moderation.inbox import UNASSIGNED, Filter
from citizen.moderation.models import Decision, ModerationItem, Statement, Verdict
from citizen.moderation.rules import may_undo
from citizen.moderation.staff.room import (
    asked,
    bp,
    go,
    grounds_in,
    item_context,
    keep_filter,
    kept_filter,
    shown,
    the_item,
)

ITEM = "moderation/staff/_item.html"


@bp.get("/inbox", endpoint="inbox")
@staff(Role.VIEWER)
def show_inbox() -> Response:
    """What waits. The filter stands in the address, and comes back with the next visit."""
    if not request.args and kept_filter():
        return go(url_for(".inbox", **kept_filter()))
    keep_filter(asked())
    return _inbox_page()


@bp.get("/inbox/<int:item_id>")
@staff(Role.VIEWER)
def item(item_id: int) -> Response:
    """One text, with all about it."""
    return _item_page(the_item(item_id))


@bp.post("/inbox/<int:item_id>/approval")
@staff(Role.MODERATOR)
def approve(item_id: int) -> Response:
    return _decide(the_item(item_id), Verdict.APPROVE, _("The text is shown."))


@bp.post("/inbox/<int:item_id>/rejection")
@staff(Role.MODERATOR)
def reject(item_id: int) -> Response:
    return _decide(the_item(item_id), Verdict.REJECT, _("The text is not shown, and its author will be told."))


@bp.post("/inbox/<int:item_id>/restoration")
@staff(Role.MODERATOR)
def restore(item_id: int) -> Response:
    """Bring back a text that was rejected, after the moment for undoing."""
    found = the_item(item_id)
    ours = select(Statement).where(Statement.item_id == found.id, Statement.decision_id == found.decision_id)
    statement = db.session.scalars(ours).unique().one_or_none() or abort(404)
    deciding.restore(statement, by=current_actor())
    db.session.commit()
    return _answer(found, _("The text is back, with everything that belongs to it."))


@bp.post("/inbox/<int:item_id>/assignment")
@staff(Role.MODERATOR)
def assign(item_id: int) -> Response:
    """Say who looks at it: `to` is the number of somebody's account, or nobody's."""
    found, to = the_item(item_id), request.form.get("to", 0, type=int)
    person = _colleagues().get(to)
    if to and person is None:
        raise Refused(_("Please choose somebody who moderates in this city."), status=422)
    assigning.assign(found, person.user if person else None, by=current_actor())
    db.session.commit()
    return _answer(found, _("%(name)s looks at it.", name=found.assigned_to) if person else _("Nobody looks at it."))


@bp.post("/decisions/<int:decision_id>/reversal")
@staff(Role.MODERATOR)
def undo(decision_id: int) -> Response:
    """Take a decision back within its moment."""
    decision = find_or_404(Decision.in_city(g.city), id=decision_id)
    ids = select(ModerationItem.id).where(ModerationItem.decision_id == decision.id)
    items = list(db.session.scalars(ids.limit(2)))
    deciding.undo(decision, by=current_actor())
    db.session.commit()
    if len(items) == 1:
        return _answer(the_item(items[0]), _("The decision is undone. The text waits again."))
    flash(_("The decision is undone. The texts wait again."), "good")
    return go(_back())


def _decide(found: ModerationItem, verdict: Verdict, sentence: str) -> Response:
    grounds, seen = grounds_in(request.form), _digest(request.form.get("seen", ""))
    try:
        decision = deciding.decide(g.city, found, verdict, grounds, seen=seen, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        db.session.refresh(found)
        return _item_page(found, refusal)
    return _answer(found, sentence, decision)


def _answer(found: ModerationItem, sentence: str, decision: Decision | None = None) -> Response:
    """The text as it stands now: its row for htmx, the inbox for everybody else."""
    location = _back(undo=decision.id if decision else None)
    flash_later = not request.headers.get("HX-Request")
    if flash_later:
        flash(sentence, "good")
    undo = decision if decision and may_undo(decision, current_actor()) else None
    context = item_context() | {"colleagues": _colleagues()}
    return done(ITEM, location, row=shown(found), sentence=sentence, undo=undo, **context)


def _item_page(found: ModerationItem, refusal: Refused | None = None) -> Response:
    return page(
        "moderation/staff/item.html",
        fragment=ITEM,
        status=refusal.status if refusal else 200,
        row=shown(found),
        problem=refusal.sentence if refusal else "",
        differences=refusal.differences if isinstance(refusal, Changed) else [],
        has_errors=refusal is not None,
        colleagues=_colleagues(),
        **item_context(),
    )


def _inbox_page() -> Response:
    wanted, after = asked(), request.args.get("after", "")
    return page(
        "moderation/staff/inbox.html",
        fragment="moderation/staff/_items.html",
        wanted=wanted,
        found=inbox.inbox_page(g.city, wanted, after),
        is_later=bool(after),
        is_empty=inbox.is_empty(g.city),
        waiting=inbox.waiting(g.city),
        rules={rule: (_rule_words(rule), n) for rule, n in inbox.rules_that_hit(g.city).items()},
        undo=_undoable(),
        unassigned=UNASSIGNED,
        colleagues=_colleagues(),
        me=g.person.id,
        **item_context(),
    )


def _rule_words(rule: str) -> str:
    return words.rule_words().get(rule, rule)


def _undoable() -> Decision | None:
    """The decision that was made just now, as long as it can be taken back."""
    number = request.args.get("undo", 0, type=int)
    decision = db.session.scalar(Decision.in_city(g.city).where(Decision.id == number)) if 0 < number < 2**31 else None
    return decision if decision and may_undo(decision, current_actor()) else None


def _colleagues() -> dict[int, Membership]:
    """Who moderates here, by account."""
    return {row.user_id: row for row in db.session.scalars(staff_of(g.city)) if Role(row.role).covers(Role.MODERATOR)}


def _back(**values: Any) -> str:
    """The inbox as it was filtered."""
    kept = kept_filter() or {"state": Filter().state}
    return url_for(".inbox", **kept, **values)


def _digest(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
