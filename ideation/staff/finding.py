"""The table of a campaign's ideas for whoever curates them: searched and filtered by what staff know. Read-only."""

from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, String, cast, func, select
from werkzeug.datastructures import MultiDict

from citizen.accounts.models import Membership, User
from citizen.core.db import db
from citizen.core.i18n import current_language
from ideation.flags import EXPLAINED
from ideation.listing import LONGEST_SEARCH, Order, Selection, page_of
from ideation.models import Campaign, Idea, IdeaTag, Showing, Status

PAGE = 100
MOST_AT_ONCE = 5000
"""How many ideas one act can be about."""
NAMES = ("q", "showing", "status", "category", "flag", "tag", "assigned", "order")


@dataclass(frozen=True)
class Wanted:
    """What the table shows. An empty part does not narrow it."""

    selection: Selection
    showing: Showing | None
    flag: str
    tag: str
    assigned: int | None

    def query(self, campaign: Campaign) -> Select[Idea]:
        query = self.selection.narrowed(campaign, Idea.in_campaign(campaign))
        if self.showing is not None:
            query = query.where(Idea.showing == self.showing)
        if self.flag:
            query = query.where(cast(Idea.flags, String).contains(f'"{self.flag}"', autoescape=True))
        if self.tag:
            tagged = select(IdeaTag.idea_id).filter_by(city_id=campaign.city_id, campaign_id=campaign.id, tag=self.tag)
            query = query.where(Idea.id.in_(tagged))
        return query if self.assigned is None else query.where(Idea.assigned_to_id == self.assigned)


def wanted(campaign: Campaign, asked: MultiDict[str, str]) -> Wanted:
    """What the address or a form asks for. Anything that is not there is taken for nothing."""
    category = campaign.category(asked.get("category"))
    status, showing, order = (asked.get(name, "") for name in ("status", "showing", "order"))
    selection = Selection(
        words=" ".join(asked.get("q", "").split())[:LONGEST_SEARCH],
        language=current_language(),
        category=category.code if category else None,
        status=Status(status) if status in set(Status) else None,
        order=Order(order) if order in set(Order) else Order.NEW,
    )
    flag = asked.get("flag", "")
    return Wanted(
        selection,
        Showing(showing) if showing in set(Showing) else None,
        flag if flag in EXPLAINED else "",
        asked.get("tag", "")[:40],
        asked.get("assigned", type=int),
    )


def table(campaign: Campaign) -> dict[str, Any]:
    """The page of the table that the address asks for, with everything that can be filtered by."""
    want = wanted(campaign, request.args)
    query = want.query(campaign)
    found = page_of(query, want.selection.order, request.args.get("after", type=int), most=PAGE)
    return {
        "want": want,
        "found": found,
        "number": db.session.scalar(select(func.count()).select_from(query.subquery())) or 0,
        "tags_of": _tags_of([idea.id for idea in found.ideas]),
        "tags": _tags(campaign),
        "colleagues": colleagues(campaign),
        "flag_words": {flag: words() for flag, words in EXPLAINED.items()},
        "filters": {name: request.args[name] for name in NAMES if request.args.get(name)},
        "showings": list(Showing),
        "statuses": list(Status),
        "orders": [Order.NEW, Order.SUPPORTED, Order.DISCUSSED],
    }


def chosen(campaign: Campaign, sent: MultiDict[str, str]) -> list[Idea]:
    """The ideas that a form is about: those that were ticked, or all that the filters find."""
    if "all" in sent:
        return list(db.session.scalars(wanted(campaign, sent).query(campaign).order_by(Idea.id).limit(MOST_AT_ONCE)))
    ticked = [number for text in sent.getlist("idea") for number in text.split(",")]
    numbers = [int(number) for number in ticked if number.isdecimal() and len(number) < 10][:MOST_AT_ONCE]
    return list(db.session.scalars(Idea.in_campaign(campaign).where(Idea.id.in_(numbers)).order_by(Idea.id)))


def colleagues(campaign: Campaign) -> dict[int, str]:
    """Everybody who works for the city, by account."""
    query = select(User).join(Membership, Membership.user_id == User.id).where(Membership.city_id == campaign.city_id)
    return {person.id: person.shown_name for person in db.session.scalars(query.order_by(User.name, User.email))}


def _tags(campaign: Campaign) -> list[str]:
    query = select(IdeaTag.tag).filter_by(city_id=campaign.city_id, campaign_id=campaign.id).distinct()
    return list(db.session.scalars(query.order_by(IdeaTag.tag).limit(200)))


def _tags_of(ids: list[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = {}
    for idea, tag in db.session.execute(select(IdeaTag.idea_id, IdeaTag.tag).where(IdeaTag.idea_id.in_(ids))):
        tags.setdefault(idea, []).append(tag)
    return tags
