"""Lists of ideas, page by page: found, filtered, in one of four orders. Read-only."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from citizen.core.db import db
from ideation.models import Campaign, Idea, IdeaTerm, Status
from ideation.terms import stems

PAGE = 20
MOST_WORDS = 8
LONGEST_SEARCH = 100
LAST = "\U0010ffff"
"""Stands behind every letter, where words are in the order of their bytes."""


class Order(StrEnum):
    """MIXED is the fair one: by a random number that each idea got, so that late ideas are not buried."""

    MIXED = "mixed"
    NEW = "new"
    SUPPORTED = "supported"
    DISCUSSED = "discussed"


COLUMNS: dict[Order, InstrumentedAttribute[int]] = {
    Order.MIXED: Idea.mix,
    Order.NEW: Idea.id,
    Order.SUPPORTED: Idea.supports,
    Order.DISCUSSED: Idea.comments,
}


@dataclass(frozen=True)
class Selection:
    """Which ideas, and in which order. `language` is that of the words."""

    words: str = ""
    language: str = "en"
    category: str | None = None
    district: str | None = None
    status: Status | None = None
    order: Order = Order.MIXED

    def narrowed(self, campaign: Campaign, query: Select[Idea]) -> Select[Idea]:
        """The query for those of its ideas that are meant."""
        for column, wanted in (
            (Idea.category, self.category),
            (Idea.district, self.district),
            (Idea.status, self.status),
        ):
            if wanted is not None:
                query = query.where(column == wanted)
        for clause in _with_words(campaign, self.words[:LONGEST_SEARCH], self.language):
            query = query.where(clause)
        return query


@dataclass(frozen=True)
class IdeaPage:
    """Some ideas, and the id of the last one where more follow."""

    ideas: tuple[Idea, ...]
    last: int | None


def public_page(campaign: Campaign, selection: Selection, after: int | None = None, *, most: int = PAGE) -> IdeaPage:
    """The public ideas behind the one with the id `after`, at most so many."""
    return page_of(selection.narrowed(campaign, Idea.public_in(campaign)), selection.order, after, most=most)


def page_of(query: Select[Idea], order: Order, after: int | None = None, *, most: int = PAGE) -> IdeaPage:
    """A part of any query for ideas, by key: the hundredth page costs what the first does."""
    column = COLUMNS[order]
    if after is not None:
        place = db.session.execute(select(column, Idea.id).where(Idea.id == after)).first()
        query = query if place is None else query.where(_behind(order, column, *place))
    ordered = query.order_by(column, Idea.id) if order is Order.MIXED else query.order_by(column.desc(), Idea.id.desc())
    found = list(db.session.scalars(ordered.limit(most + 1)))
    shown = tuple(found[:most])
    return IdeaPage(shown, shown[-1].id if len(found) > most else None)


def _behind(order: Order, column: InstrumentedAttribute[int], value: int, number: int) -> ColumnElement[bool]:
    here, there = tuple_(column, Idea.id), tuple_(value, number)
    return here > there if order is Order.MIXED else here < there


def _with_words(campaign: Campaign, words: str, language: str) -> list[ColumnElement[bool]]:
    """Ideas in which all the words stand, in any form; the last one may have only begun."""
    terms = stems(words, language)[:MOST_WORDS]
    index = select(IdeaTerm.idea_id).where(IdeaTerm.city_id == campaign.city_id, IdeaTerm.campaign_id == campaign.id)
    clauses: list[ColumnElement[bool]] = []
    for place, term in enumerate(terms):
        is_last = place == len(terms) - 1
        same = and_(IdeaTerm.term >= term, IdeaTerm.term < term + LAST) if is_last else IdeaTerm.term == term
        clauses.append(Idea.id.in_(index.where(same)))
    return clauses
