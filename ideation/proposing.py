"""Proposing an idea, changing it and taking it back. Nothing here commits."""

import hashlib
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from citizen.core import clock
from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.participation import actions as participation
from citizen.participation.identity import Participant
from ideation import rules
from ideation.drafts import IdeaDraft
from ideation.events import note
from ideation.flags import flags_for
from ideation.inbox import ensure_welcome, put_in, take_out
from ideation.models import Campaign, Contributor, Idea, IdeaVersion, Showing
from ideation.pulse import beat
from ideation.terms import digest_of, drop_idea, index_idea
from ideation.voting import free_votes

MOST_A_DAY = 20
"""Ideas of one contributor in a campaign within 24 hours."""
IDEAS = "ideas"
"""How a campaign names ideas among what a moderator looks at first."""


def propose(campaign: Campaign, draft: IdeaDraft, key: str, *, by: Contributor, participant: Participant) -> Idea:
    """Make the idea of a cleaned draft without faults. `key` is the form's: sent again, it gives the same idea.

    `participant` says how the idea came and how sure we are of whoever sent it, for the numbers alone.
    """
    receipt = hashlib.sha256(key.encode()).digest()
    earlier = _sent_before(campaign, draft, receipt)
    if earlier is not None:
        return earlier
    if not rules.may_propose(campaign):
        raise Refused(_("This campaign takes no ideas at the moment."))
    ensure_welcome(campaign, by)
    _ensure_not_too_many(campaign, by)
    values = _values(campaign, draft) | {"receipt": receipt, "author_id": by.id}
    values["flags"] = flags_for(campaign, draft.title, draft.text)
    if not insert_once(Idea, **values, showing=_first_showing(campaign)):
        return _sent_at_once(campaign, draft, receipt)
    idea = db.session.scalars(Idea.in_campaign(campaign).where(Idea.receipt == receipt)).one()
    index_idea(idea)
    note(idea, "received")
    put_in(campaign, idea)
    participation.count_answer(campaign, participant.channel, participant.assurance)
    beat(campaign)
    return idea


def _sent_before(campaign: Campaign, draft: IdeaDraft, receipt: bytes) -> Idea | None:
    idea = db.session.scalar(Idea.in_campaign(campaign).where(Idea.receipt == receipt))
    if idea is None:
        return None
    if idea.edition == 1 and (idea.title, idea.text) != (draft.title, draft.text):
        raise Refused(_("This form was already sent with another idea. The first one is here."))
    return idea


def _sent_at_once(campaign: Campaign, draft: IdeaDraft, receipt: bytes) -> Idea:
    """The same form came twice at the same moment, and the other one was first."""
    idea = _sent_before(campaign, draft, receipt)
    assert idea is not None
    return idea


def _ensure_not_too_many(campaign: Campaign, by: Contributor) -> None:
    since = clock.now() - timedelta(days=1)
    recent = Idea.in_campaign(campaign).where(Idea.author_id == by.id, Idea.created_at > since)
    if (db.session.scalar(select(func.count()).select_from(recent.subquery())) or 0) >= MOST_A_DAY:
        words = _("You have sent %(most)s ideas in one day. Please go on tomorrow.", most=MOST_A_DAY)
        raise Refused(words, status=429)


def _first_showing(campaign: Campaign) -> Showing:
    return Showing.HELD if IDEAS in campaign.premoderates else Showing.SHOWN


def _values(campaign: Campaign, draft: IdeaDraft) -> dict[str, Any]:
    picture = draft.picture
    written = {name: value for name, value in vars(draft).items() if name != "picture"}
    return written | {
        "city_id": campaign.city_id,
        "campaign_id": campaign.id,
        "title_digest": digest_of(draft.title),
        "text_digest": digest_of(draft.text),
        "picture": picture.name if picture else None,
        "picture_width": picture.width if picture else None,
        "picture_height": picture.height if picture else None,
    }


def revise(campaign: Campaign, idea: Idea, draft: IdeaDraft, *, seen: int, by: Contributor) -> None:
    """Let the idea say what the cleaned draft says. `seen` is the edition that its author had before them.

    What stood there before is kept. Where ideas wait for a moderator, a changed one waits again.
    """
    if not rules.may_revise(campaign, idea, by):
        raise Refused(_("This idea cannot be changed any more."))
    before = IdeaVersion(city_id=idea.city_id, idea_id=idea.id, edition=seen, title=idea.title, text=idea.text)
    flags = flags_for(campaign, draft.title, draft.text, without=idea.id)
    values = _values(campaign, draft) | {"edition": seen + 1, "changed_at": clock.now(), "flags": flags}
    change = update(Idea).where(Idea.id == idea.id, Idea.edition == seen)
    changed: Any = db.session.execute(change.values(**values, showing=_first_showing(campaign)))
    if not changed.rowcount:
        raise Refused(_("This idea was changed in the meantime. Please look at it and make your change again."))
    db.session.add(before)
    db.session.refresh(idea)
    index_idea(idea)
    put_in(campaign, idea)
    beat(campaign)


def withdraw_idea(campaign: Campaign, idea: Idea, *, by: Contributor) -> None:
    """Take the idea back. Its page says so; votes for it go back to whoever gave them."""
    if not rules.may_withdraw(idea, by):
        raise Refused(_("This idea cannot be taken back any more."))
    take_off_ballot(idea)
    idea.showing = Showing.WITHDRAWN
    drop_idea(idea)
    note(idea, "withdrawn")
    take_out(campaign, idea)
    beat(campaign)


def take_off_ballot(idea: Idea) -> None:
    """Give the votes for it back, where people can vote for it."""
    if idea.number is not None:
        free_votes(idea)
        idea.number = None
