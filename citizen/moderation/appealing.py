"""Appeals: one step for the author, decided by somebody else, with a clock of their own. Nothing here commits."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select, update

from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.core.texts import can_be_seen, is_plain
from citizen.moderation import deciding, mails, rules
from citizen.moderation.models import Appeal, Outcome, Statement
from citizen.moderation.settings import rules_of
from citizen.moderation.sources import source_of

MAX_APPEAL = 3000
AUTHOR = Actor("author", None, "author")
"""How the audit names whoever holds the private link of a statement."""


def appeal(statement: Statement, text: str) -> Appeal:
    """Ask the city to look again. The same form sent twice is one appeal."""
    if statement.appeal is not None:
        return statement.appeal
    if not rules.may_appeal(statement):
        raise Refused(_("This restriction has ended, so there is nothing left to appeal against."))
    _ensure_sound(text)
    city = statement.decision.city
    due_at = clock.now() + timedelta(days=rules_of(city).appeal_days)
    values = {"statement_id": statement.id, "city_id": city.id, "text": text, "answer": "", "by_name": ""}
    insert_once(Appeal, **values, at=clock.now(), due_at=due_at)
    audit.record("appealed", f"statement {statement.id}", by=AUTHOR, city_id=city.id)
    db.session.refresh(statement)
    return db.session.get_one(Appeal, statement.id)


def decide_appeal(row: Appeal, outcome: Outcome, answer: str, *, by: Actor) -> None:
    """Say yes, and bring everything back; or no, and say why. Never by whoever made the decision."""
    if row.outcome is None and not rules.may_decide_appeal(row, by):
        raise Refused(_("You made this decision yourself. Somebody else has to look at the appeal."), status=403)
    _ensure_sound(answer)
    values = {"outcome": outcome, "answer": answer, "decided_at": clock.now(), "by_id": by.id, "by_name": by.name}
    claim = update(Appeal).where(Appeal.statement_id == row.statement_id, Appeal.outcome.is_(None))
    claimed: Any = db.session.execute(claim.values(**values))
    if not claimed.rowcount:
        raise Refused(_("Somebody has decided on this appeal already."))
    db.session.refresh(row)
    statement = row.statement
    audit.record(f"appeal {outcome}", f"statement {statement.id}", by=by, city_id=row.city_id)
    if outcome == Outcome.GRANTED and statement.is_in_force:
        deciding.restore(statement, by=by, facts=answer)
    _tell(row)


def _tell(row: Appeal) -> None:
    item = row.statement.item
    source = source_of(item.source)
    to = source.addressees(row.statement.decision.city, [item.subject]).get(item.subject) if source else None
    if to is not None:
        mails.tell_outcome(row, to)


def appeals_in(city: City) -> Select[Appeal]:
    """Those that wait, the first due first, and then the decided ones, the newest first."""
    query = select(Appeal).where(Appeal.city_id == city.id)
    return query.order_by(Appeal.outcome.is_not(None), Appeal.decided_at.desc(), Appeal.due_at, Appeal.statement_id)


def number_waiting(city: City) -> int:
    waiting = select(func.count()).select_from(Appeal).filter_by(city_id=city.id, outcome=None)
    return db.session.scalar(waiting) or 0


def _ensure_sound(text: str) -> None:
    if not can_be_seen(text):
        raise Refused(_("Please write something first."), status=422)
    if len(text) > MAX_APPEAL or not is_plain(text, lines=True):
        raise Refused(_("Please use at most %(most)s characters.", most=MAX_APPEAL), status=422)
