"""Ideas that say the same become one; and apart again. Nothing here commits."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import Base, db
from citizen.core.errors import Refused
from ideation import rules
from ideation.events import note
from ideation.models import Campaign, Following, Idea, IdeaComment, IdeaSupport, Showing, Status
from ideation.pulse import beat
from ideation.terms import digest_of, drop_idea, index_idea
from ideation.topics import topic_of
from ideation.voting import free_votes, move_votes

INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def merge(campaign: Campaign, ideas: Sequence[Idea], into: Idea, *, by: Actor) -> None:
    """Let ideas be one with another: supporters, comments, followers and votes go over, each person once.

    The old addresses lead to the one that stays. Supporters are copied, so that an idea which is split off again has
    its own back.
    """
    for idea in ideas:
        if not rules.may_merge(idea, into):
            raise Refused(_("These ideas cannot be merged: one of them was taken back, hidden or merged already."))
    for idea in ideas:
        _merge_one(campaign, idea, into)
    _count_anew(into)
    numbers = [idea.id for idea in ideas]
    place = f"campaign {campaign.slug}"
    audit.record("merged ideas", place, by=by, city_id=campaign.city_id, ideas=numbers, into=into.id)
    beat(campaign)


def _merge_one(campaign: Campaign, idea: Idea, into: Idea) -> None:
    if idea.number is not None and into.number is not None:
        move_votes(idea, into, campaign)
    elif idea.number is not None:
        free_votes(idea)
    _copy_supports(idea, into)
    _copy_followers(idea, into)
    own = update(IdeaComment).where(IdeaComment.city_id == idea.city_id, IdeaComment.idea_id == idea.id)
    db.session.execute(own.values(idea_id=into.id, came_from_id=func.coalesce(IdeaComment.came_from_id, idea.id)))
    earlier = update(Idea).where(Idea.merged_into_id == idea.id)
    db.session.execute(earlier.values(merged_into_id=into.id))
    idea.showing, idea.merged_into_id, idea.number = Showing.MERGED, into.id, None
    drop_idea(idea)
    note(idea, "merged")


def _copy_supports(idea: Idea, into: Idea) -> None:
    columns = (IdeaSupport.city_id, IdeaSupport.campaign_id, literal(into.id), IdeaSupport.contributor_id)
    rows = select(*columns).where(IdeaSupport.city_id == idea.city_id, IdeaSupport.idea_id == idea.id)
    rows = rows.where(IdeaSupport.campaign_id == idea.campaign_id)
    _insert_new(IdeaSupport, ["city_id", "campaign_id", "idea_id", "contributor_id"], rows)


def _copy_followers(idea: Idea, into: Idea) -> None:
    columns = (Following.city_id, Following.campaign_id, literal(topic_of(into)), Following.contributor_id)
    ours = {"city_id": idea.city_id, "campaign_id": idea.campaign_id, "topic": topic_of(idea)}
    _insert_new(Following, ["city_id", "campaign_id", "topic", "contributor_id"], select(*columns).filter_by(**ours))


def _insert_new(model: type[Base], names: list[str], rows: Any) -> None:
    """Insert the rows that are not there yet."""
    dialect = db.session.connection().dialect.name
    statement = INSERTS[dialect](model.__table__).from_select(names, rows)
    db.session.execute(statement.on_conflict_do_nothing())


def _count_anew(idea: Idea) -> None:
    """The idea's counters: those of its supporters who are known here, and the imported ones on top."""
    known = select(func.count()).select_from(IdeaSupport)
    ours = known.where(IdeaSupport.city_id == idea.city_id, IdeaSupport.campaign_id == idea.campaign_id)
    imported = select(func.coalesce(func.sum(Idea.imported_supports), 0)).where(
        Idea.city_id == idea.city_id, (Idea.id == idea.id) | (Idea.merged_into_id == idea.id)
    )
    comments = select(func.count()).select_from(IdeaComment).where(IdeaComment.city_id == idea.city_id)
    shown = comments.where(IdeaComment.idea_id == idea.id, IdeaComment.showing == Showing.SHOWN)
    db.session.flush()
    idea.supports = (db.session.scalar(ours.where(IdeaSupport.idea_id == idea.id)) or 0) + (
        db.session.scalar(imported) or 0
    )
    idea.comments = db.session.scalar(shown) or 0


def split(campaign: Campaign, idea: Idea, *, by: Actor) -> None:
    """Let a merged idea stand for itself again, with its own comments. Its supporters stay with the other one too."""
    if idea.merged_into_id is None:
        raise Refused(_("This idea was not merged."))
    other = db.session.get_one(Idea, idea.merged_into_id)
    idea.showing, idea.merged_into_id = Showing.SHOWN, None
    own = update(IdeaComment).where(IdeaComment.city_id == idea.city_id, IdeaComment.came_from_id == idea.id)
    db.session.execute(own.values(idea_id=idea.id, came_from_id=None))
    for each in (idea, other):
        _count_anew(each)
    index_idea(idea)
    note(idea, "split")
    audit.record("split an idea", f"campaign {campaign.slug}", by=by, city_id=campaign.city_id, idea=idea.id)
    beat(campaign)


def combine(campaign: Campaign, ideas: Sequence[Idea], title: str, text: str, *, by: Actor, language: str) -> Idea:
    """Make a proposal out of several ideas, which are merged into it and named as where it comes from."""
    first = ideas[0]
    values: Mapping[str, Any] = {
        "city_id": campaign.city_id,
        "campaign_id": campaign.id,
        "language": language,
        "title": title,
        "text": text,
        "title_digest": digest_of(title),
        "text_digest": digest_of(text),
        "category": first.category,
        "district": first.district,
        "showing": Showing.SHOWN,
        "status": Status.UNDER_REVIEW,
    }
    number = db.session.execute(insert(Idea).values(**values).returning(Idea.id)).scalar_one()
    made = db.session.get_one(Idea, number)
    index_idea(made)
    note(made, "received")
    merge(campaign, ideas, made, by=by)
    return made


def sources_of(idea: Idea) -> list[Idea]:
    """The ideas that were merged into this one, the earliest first."""
    return list(db.session.scalars(select(Idea).where(Idea.merged_into_id == idea.id).order_by(Idea.id)))
