"""Support, comments, and what somebody follows. Nothing here commits."""

import hashlib
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.core.texts import can_be_seen
from citizen.participation import actions as participation
from citizen.participation.identity import Participant
from ideation import rules
from ideation.inbox import ensure_welcome, put_in, take_out
from ideation.models import (
    MAX_COMMENT,
    Campaign,
    CommentHelp,
    Contributor,
    Following,
    Idea,
    IdeaComment,
    IdeaSupport,
    Showing,
    Stance,
)
from ideation.pulse import beat
from ideation.texts import clean_line, clean_text

COMMENTS = "comments"
"""How a campaign names comments among what a moderator looks at first."""


def give_support(campaign: Campaign, idea: Idea, *, by: Contributor) -> None:
    """Support the idea. A second time changes nothing."""
    _ensure_talk(campaign, idea)
    if insert_once(IdeaSupport, **_place(campaign), idea_id=idea.id, contributor_id=by.id):
        _add(Idea, idea.id, Idea.supports, 1)
        beat(campaign)


def end_support(campaign: Campaign, idea: Idea, *, by: Contributor) -> None:
    """Take the support back. A second time changes nothing."""
    _ensure_talk(campaign, idea)
    own = delete(IdeaSupport).filter_by(**_place(campaign), idea_id=idea.id, contributor_id=by.id)
    gone: Any = db.session.execute(own)
    if gone.rowcount:
        _add(Idea, idea.id, Idea.supports, -1)
        beat(campaign)


def write_comment(
    campaign: Campaign,
    idea: Idea,
    text: str,
    key: str,
    *,
    by: Contributor,
    participant: Participant,
    stance: Stance = Stance.REMARK,
    parent: IdeaComment | None = None,
    name: str = "",
) -> IdeaComment:
    """Comment on the idea, or reply to a comment on it. `key` is the form's: sent again, it gives the same comment."""
    written, receipt = clean_text(text), hashlib.sha256(key.encode()).digest()
    earlier = _comment_with(campaign, receipt)
    if earlier is not None:
        return _same(earlier, idea, written)
    _ensure_talk(campaign, idea)
    ensure_welcome(campaign, by)
    _ensure_sound(written, idea, parent)
    values = _place(campaign) | {"idea_id": idea.id, "receipt": receipt, "author_id": by.id, "stance": stance}
    values |= {"text": written, "author_name": clean_line(name)[:60], "language": by.language}
    values |= {"parent_id": parent.id if parent else None, "showing": _first_showing(campaign)}
    is_new = insert_once(IdeaComment, **values)
    comment = _comment_with(campaign, receipt)
    assert comment is not None
    if not is_new:
        return _same(comment, idea, written)
    if comment.showing == Showing.SHOWN:
        _add(Idea, idea.id, Idea.comments, 1)
    put_in(campaign, comment)
    participation.count_answer(campaign, participant.channel, participant.assurance)
    beat(campaign)
    return comment


def withdraw_comment(campaign: Campaign, comment: IdeaComment, *, by: Contributor) -> None:
    """Take the comment back. Replies to it stay, under a note that it was there."""
    if not rules.may_withdraw_comment(comment, by):
        raise Refused(_("This comment cannot be taken back any more."))
    show_comment_as(comment, Showing.WITHDRAWN)
    take_out(campaign, comment)
    beat(campaign)


def show_comment_as(comment: IdeaComment, showing: Showing) -> None:
    """Show it, or not, and keep the idea's number of comments right."""
    change = (showing == Showing.SHOWN) - (comment.showing == Showing.SHOWN)
    comment.showing = showing
    if change:
        _add(Idea, comment.idea_id, Idea.comments, change)


def help_by(campaign: Campaign, comment: IdeaComment, *, by: Contributor) -> None:
    """Say that this comment helped. A second time changes nothing."""
    if not rules.may_talk(campaign) or comment.showing != Showing.SHOWN:
        raise Refused(_("This comment is closed."))
    if insert_once(CommentHelp, city_id=campaign.city_id, comment_id=comment.id, contributor_id=by.id):
        _add(IdeaComment, comment.id, IdeaComment.helpful, 1)
        beat(campaign)


def follow(campaign: Campaign, topic: str, *, by: Contributor) -> None:
    """Hear of a topic from now on: see `ideation.topics`."""
    if not rules.may_follow(campaign):
        raise Refused(_("This campaign cannot be followed."))
    insert_once(Following, **_place(campaign), topic=topic, contributor_id=by.id)


def unfollow(campaign: Campaign, topic: str, *, by: Contributor) -> None:
    own = _place(campaign) | {"topic": topic, "contributor_id": by.id}
    db.session.execute(delete(Following).filter_by(**own))


def supports(campaign: Campaign, idea: Idea, by: Contributor) -> bool:
    own = _place(campaign) | {"idea_id": idea.id, "contributor_id": by.id}
    return db.session.scalar(select(IdeaSupport.city_id).filter_by(**own)) is not None


def follows(campaign: Campaign, topic: str, by: Contributor) -> bool:
    own = _place(campaign) | {"topic": topic, "contributor_id": by.id}
    return db.session.scalar(select(Following.city_id).filter_by(**own)) is not None


def _first_showing(campaign: Campaign) -> Showing:
    return Showing.HELD if COMMENTS in campaign.premoderates else Showing.SHOWN


def _ensure_talk(campaign: Campaign, idea: Idea) -> None:
    if not rules.may_talk(campaign):
        raise Refused(_("The time for this campaign is over, or has not come yet."))
    if not idea.is_public:
        raise Refused(_("This idea is not open any more."))


def _ensure_sound(text: str, idea: Idea, parent: IdeaComment | None) -> None:
    if not can_be_seen(text):
        raise Refused(_("Please write something first."), status=422)
    if len(text) > MAX_COMMENT:
        raise Refused(_("Please use at most %(most)s characters.", most=MAX_COMMENT), status=422)
    if parent is not None and (parent.idea_id != idea.id or parent.parent_id is not None):
        raise Refused(_("You can reply to a comment, and no deeper than that."), status=422)
    if parent is not None and parent.showing != Showing.SHOWN:
        raise Refused(_("The comment that you reply to is not here any more."))


def _comment_with(campaign: Campaign, receipt: bytes) -> IdeaComment | None:
    return db.session.scalar(select(IdeaComment).filter_by(**_place(campaign), receipt=receipt))


def _same(comment: IdeaComment, idea: Idea, text: str) -> IdeaComment:
    if comment.text != text or idea.id not in {comment.idea_id, comment.came_from_id}:
        raise Refused(_("This form was already sent with another comment. The first one is here."))
    return comment


def _add(model: Any, row_id: int, counter: Any, number: int) -> None:
    """Move a counter in one statement; who reads the row later sees the sum of all."""
    db.session.execute(update(model).where(model.id == row_id).values({counter: counter + number}))


def _place(campaign: Campaign) -> dict[str, int]:
    return {"city_id": campaign.city_id, "campaign_id": campaign.id}
