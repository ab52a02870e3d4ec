"""Ideas that may be the same as one that is being written."""

import math
from dataclasses import dataclass

from sqlalchemy import case, func, select

from citizen.core.db import db
from ideation.models import Campaign, Idea, IdeaTerm, Showing
from ideation.terms import stems

TYPED = 40
"""Words of a new idea that are looked up, those of its title first."""
TELLING = 12
"""How many of them are compared: the rarest ones, because they say most."""
ENOUGH = 0.3
"""The least part of what the rare words weigh that another idea must share to count as similar."""
LOOKED_AT = 30


@dataclass(frozen=True)
class Similar:
    """An idea, and how much of the weight of the compared words it shares: between 0 and 1."""

    idea: Idea
    likeness: float


def similar_to(
    campaign: Campaign, title: str, text: str, language: str, *, most: int = 5, without: int | None = None
) -> list[Similar]:
    """The shown ideas that share most of the rare words, the likest first. `without` is the id of the idea itself.

    Words weigh the logarithm of how rarely they are used in the campaign (Spärck Jones, A statistical interpretation of
    term specificity, 1972); a word that stands in the other idea's title counts as it is, elsewhere half.
    """
    terms = list(dict.fromkeys(stems(title, language) + stems(text, language)))[:TYPED]
    weights, whole = _weights(campaign, terms)
    if not weights:
        return []
    scores = _scores(campaign, weights, without)
    found = db.session.scalars(select(Idea).where(Idea.id.in_(scores), Idea.showing == Showing.SHOWN))
    similar = [Similar(idea, scores[idea.id] / whole) for idea in found]
    close = [item for item in similar if item.likeness >= ENOUGH]
    return sorted(close, key=lambda item: (-item.likeness, item.idea.id))[:most]


def _weights(campaign: Campaign, terms: list[str]) -> tuple[dict[str, float], float]:
    """The rarest of the terms with their weights, and what an idea with all the terms would weigh.

    A term that no idea has yet weighs half of the rarest: it may be what is new, or a slip of the finger.
    """
    used = IdeaTerm.city_id == campaign.city_id, IdeaTerm.campaign_id == campaign.id, IdeaTerm.term.in_(terms)
    counts = dict(db.session.execute(select(IdeaTerm.term, func.count()).where(*used).group_by(IdeaTerm.term)).all())
    number = db.session.scalar(select(func.count()).select_from(Idea.in_campaign(campaign).subquery())) or 0
    rare = sorted(counts, key=lambda term: (counts[term], term))[:TELLING]
    weights = {term: math.log(1 + number / counts[term]) for term in rare}
    new = min(len(terms) - len(counts), TELLING)
    return weights, sum(weights.values()) + new * math.log(1 + number) / 2


def _scores(campaign: Campaign, weights: dict[str, float], without: int | None) -> dict[int, float]:
    weight = case(weights, value=IdeaTerm.term, else_=0.0) * case((IdeaTerm.in_title, 1.0), else_=0.5)
    score = func.sum(weight)
    query = (
        select(IdeaTerm.idea_id, score)
        .where(IdeaTerm.city_id == campaign.city_id, IdeaTerm.campaign_id == campaign.id)
        .where(IdeaTerm.term.in_(weights), IdeaTerm.idea_id != (without or 0))
        .group_by(IdeaTerm.idea_id)
        .order_by(score.desc(), IdeaTerm.idea_id)
        .limit(LOOKED_AT)
    )
    return {number: float(total) for number, total in db.session.execute(query)}
