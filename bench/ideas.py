"""Campaigns to measure on: the same pages at a hundred ideas and at ten thousand."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from ideation.balance import balance
from ideation.models import Campaign, Idea, StageKind
from ideation.planning import CampaignPlan, CategoryPlan, StagePlan, create_campaign, publish_campaign
from ideation.seeding import seed

FEW, MANY = "ideas-few", "ideas-many"
SIZES = {
    FEW: {"ideas": 100, "comments": 1000, "votes": 5000},
    MANY: {"ideas": 10_000, "comments": 100_000, "votes": 500_000},
}
CATEGORIES = ("Streets", "Buildings", "Habits")
LISTS = {
    "page of the campaign, searched",
    "list",
    "list of a category",
    "list found by a word",
    "list found by two words",
    "comments on an idea",
}
"""What may not cost more however many ideas there are."""


@dataclass(frozen=True)
class Pair:
    """The same of both campaigns."""

    name: str
    few: str
    many: str
    is_list: bool


def make_campaigns(city: City, sizes: dict[str, dict[str, int]] = SIZES) -> list[Pair]:
    """The campaigns, and what is compared between them."""
    for slug, size in sizes.items():
        campaign = create_campaign(city, plan(slug), by=COMMAND_LINE)
        publish_campaign(campaign, by=COMMAND_LINE)
        seed(campaign, **size, number=1, by=COMMAND_LINE)
        if balance(campaign).ideas != size["ideas"]:
            raise RuntimeError(f"The sample has {balance(campaign).ideas} ideas instead of {size['ideas']}.")
    db.session.commit()
    few, many = (_pages(city, slug) for slug in (FEW, MANY))
    return [Pair(name, few[name], many[name], name in LISTS) for name in few]


def plan(slug: str) -> CampaignPlan:
    """Everything runs at once and for a week."""
    now = clock.now()
    stage = StagePlan(now, now + timedelta(days=7))
    return CampaignPlan(
        title={"en": "What should the city do next?"},
        stages={StageKind.COLLECT: stage, StageKind.VOTE: stage},
        slug=slug,
        categories=tuple(CategoryPlan({"en": name}) for name in CATEGORIES),
        votes_max=5,
    )


def _pages(city: City, slug: str) -> dict[str, str]:
    """The word of a search is one that many ideas have; the idea is the one with most comments."""
    campaign = db.session.scalars(Campaign.in_city(city).where(Campaign.slug == slug)).one()
    idea = db.session.scalars(Idea.in_campaign(campaign).order_by(Idea.comments.desc(), Idea.id).limit(1)).one()
    root = f"/api/v1/cities/{city.slug}/campaigns/{slug}"
    return {
        "page of the campaign, searched": f"/{city.slug}/ideas/{slug}?q=roofs",
        "page of an idea": f"/{city.slug}/ideas/{slug}/{idea.id}",
        "list": f"{root}/ideas",
        "list of a category": f"{root}/ideas?category=streets",
        "list found by a word": f"{root}/ideas?q=roofs",
        "list found by two words": f"{root}/ideas?q=school+roofs",
        "comments on an idea": f"{root}/ideas/{idea.id}/comments",
        "similar ideas": f"{root}/similar?{urlencode({'title': idea.title, 'text': idea.text})}",
        "campaign with its balance": root,
    }
