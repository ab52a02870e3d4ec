"""Comments as people read them: the most helpful first, each with its replies. Read-only."""

from dataclasses import dataclass

from sqlalchemy import Select, select, tuple_

from citizen.core.db import db
from ideation.models import Idea, IdeaComment, Showing

PAGE = 20


@dataclass(frozen=True)
class Thread:
    """A comment with the replies to it, the earliest first. What was taken away stands there without its text."""

    comment: IdeaComment
    replies: tuple[IdeaComment, ...]


@dataclass(frozen=True)
class Talk:
    """Some threads, and the id of the last comment where more follow."""

    threads: tuple[Thread, ...]
    last: int | None


def talk_of(idea: Idea, after: int | None = None, *, most: int = PAGE) -> Talk:
    """The threads behind the comment with the id `after`. What still waits for a moderator is not among them."""
    query = _visible(idea).where(IdeaComment.parent_id.is_(None))
    place = _place(after)
    if place is not None:
        query = query.where(tuple_(IdeaComment.helpful, IdeaComment.id) < tuple_(*place))
    ordered = query.order_by(IdeaComment.helpful.desc(), IdeaComment.id.desc()).limit(most + 1)
    found = list(db.session.scalars(ordered))
    comments = found[:most]
    replies = _replies_to(idea, [comment.id for comment in comments])
    threads = [Thread(comment, replies.get(comment.id, ())) for comment in comments]
    said = tuple(thread for thread in threads if thread.replies or thread.comment.showing != Showing.WITHDRAWN)
    return Talk(said, comments[-1].id if len(found) > most else None)


def _visible(idea: Idea) -> Select[IdeaComment]:
    ours = select(IdeaComment).where(IdeaComment.city_id == idea.city_id, IdeaComment.idea_id == idea.id)
    return ours.where(IdeaComment.showing != Showing.HELD)


def _place(after: int | None) -> tuple[int, int] | None:
    if after is None:
        return None
    found = db.session.execute(select(IdeaComment.helpful, IdeaComment.id).where(IdeaComment.id == after)).first()
    return (found.helpful, found.id) if found else None


def _replies_to(idea: Idea, ids: list[int]) -> dict[int, tuple[IdeaComment, ...]]:
    replies: dict[int, tuple[IdeaComment, ...]] = {}
    for reply in db.session.scalars(_visible(idea).where(IdeaComment.parent_id.in_(ids)).order_by(IdeaComment.id)):
        if reply.showing != Showing.WITHDRAWN and reply.parent_id is not None:
            replies[reply.parent_id] = (*replies.get(reply.parent_id, ()), reply)
    return replies
