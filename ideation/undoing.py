"""Taking back what was done with many ideas at once, for as long as nobody has heard of it. Nothing here commits."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from ideation.models import Campaign, CuratingAct, Idea, IdeaEvent, Showing
from ideation.pulse import beat
from ideation.terms import drop_idea, index_idea

TIME_TO_UNDO = timedelta(minutes=1)
"""How long an act can be taken back. Nobody is told before."""
KEPT = ("showing", "hidden_reason", "status", "answered_at")
INDEXED = {Showing.HELD, Showing.SHOWN, Showing.HIDDEN}


def done(campaign: Campaign, ideas: Sequence[Idea], verb: str, act: Callable[[], None], *, by: Actor) -> CuratingAct:
    """Do the act, and keep what stood there before it."""
    before = {str(idea.id): {name: _plain(getattr(idea, name)) for name in KEPT} for idea in ideas}
    newest = db.session.scalar(select(func.max(IdeaEvent.id)).where(IdeaEvent.campaign_id == campaign.id)) or 0
    act()
    db.session.flush()
    noted = select(IdeaEvent.id).where(IdeaEvent.campaign_id == campaign.id, IdeaEvent.id > newest)
    events = list(db.session.scalars(noted.where(IdeaEvent.idea_id.in_([idea.id for idea in ideas]))))
    account = by.id if by.kind == "account" else None
    kept = CuratingAct(city_id=campaign.city_id, campaign_id=campaign.id, account_id=account, verb=verb)
    kept.before, kept.events = before, {"ids": events}
    db.session.add(kept)
    db.session.flush()
    return kept


def undo(campaign: Campaign, act: CuratingAct, *, by: Actor) -> int:
    """Let the ideas be as they were before the act. How many they are."""
    _claim(act)
    moment = clock.now()
    told = select(IdeaEvent.id).where(IdeaEvent.id.in_(act.events["ids"]), IdeaEvent.told_at.is_not(None)).limit(1)
    if act.at < moment - TIME_TO_UNDO or db.session.scalar(told):
        raise Refused(_("This can be undone for one minute only. People are being told by now."))
    numbers = [int(number) for number in act.before]
    for idea in db.session.scalars(Idea.in_campaign(campaign).where(Idea.id.in_(numbers))):
        _restore(idea, act.before[str(idea.id)])
    db.session.execute(delete(IdeaEvent).where(IdeaEvent.id.in_(act.events["ids"])))
    place = f"campaign {campaign.slug}"
    audit.record("undid an act on ideas", place, by=by, city_id=campaign.city_id, act=act.verb, ideas=numbers)
    beat(campaign)
    return len(numbers)


def is_fresh(moment: int) -> bool:
    """True while an act of this moment, in seconds since 1970, can still be undone."""
    return clock.now().timestamp() - moment < TIME_TO_UNDO.total_seconds()


def _claim(act: CuratingAct) -> None:
    """One undo for each act, whoever presses first."""
    claim = update(CuratingAct).where(CuratingAct.id == act.id, CuratingAct.undone_at.is_(None))
    claimed: Any = db.session.execute(claim.values(undone_at=clock.now()))
    if not claimed.rowcount:
        raise Refused(_("This is undone already."))


def _restore(idea: Idea, before: dict[str, Any]) -> None:
    if idea.showing in {Showing.WITHDRAWN, Showing.MERGED}:
        return
    idea.showing, idea.hidden_reason = Showing(before["showing"]), before["hidden_reason"]
    idea.status = before["status"]
    idea.answered_at = datetime.fromisoformat(before["answered_at"]) if before["answered_at"] else None
    if idea.showing in INDEXED:
        index_idea(idea)
    else:
        drop_idea(idea)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
