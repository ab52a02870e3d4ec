"""Blocks: who may not write until when, beginning and ending one."""

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import find_or_404, page
from citizen.moderation import blocking, deciding, words
from citizen.moderation.models import ModerationItem, Statement
from citizen.moderation.settings import offered_reasons
from citizen.moderation.staff.room import bp, go, grounds_in, lengths, may_moderate, the_item

MOST = 200


@bp.get("/blocks")
@staff(Role.VIEWER)
def blocks() -> Response:
    rows = list(db.session.scalars(blocking.blocks_in(g.city).limit(MOST)).unique())
    names = words.reason_names(g.city)
    return page("moderation/staff/blocks.html", rows=rows, reason_names=names, may_moderate=may_moderate())


@bp.get("/inbox/<int:item_id>/block")
@staff(Role.MODERATOR)
def confirm_block(item_id: int) -> Response:
    return _block_page(the_item(item_id))


@bp.post("/inbox/<int:item_id>/block")
@staff(Role.MODERATOR)
def block(item_id: int) -> Response:
    """Keep the author of this text from writing."""
    item = the_item(item_id)
    try:
        deciding.block(g.city, item, grounds_in(request.form), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _block_page(item, refusal)
    flash(_("The author cannot write any more for that time, and will be told."), "good")
    return go(url_for(".blocks"))


@bp.post("/blocks/<int:statement_id>/end")
@staff(Role.MODERATOR)
def end_block(statement_id: int) -> Response:
    statement = find_or_404(blocking.blocks_in(g.city).where(Statement.id == statement_id))
    deciding.restore(statement, by=current_actor())
    db.session.commit()
    flash(_("The author can write again."), "good")
    return go(url_for(".blocks"))


def _block_page(item: ModerationItem, refusal: Refused | None = None) -> Response:
    return page(
        "moderation/staff/block.html",
        status=refusal.status if refusal else 200,
        item=item,
        reasons=offered_reasons(g.city),
        lengths={days: words for days, words in lengths().items() if days},
        grounds=grounds_in(request.form),
        days=request.form.get("days", ""),
        errors=[(refusal.sentence, "reason-block")] if refusal else [],
        has_errors=refusal is not None,
    )
