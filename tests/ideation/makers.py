"""Makes campaigns, ideas and contributors for tests, with everything they do not care about filled in."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation import actions as participation
from ideation.contributing import enrol
from ideation.models import Campaign, CampaignCategory, CampaignStage, Contributor, Idea, Showing, StageKind, Status
from ideation.terms import index_idea

ELECTRICITY = "How could the city reduce its electricity consumption?"
CATEGORIES = {"light": "Street lights", "buildings": "Buildings", "habits": "Habits"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make_campaign(
    city: City, *, stages: tuple[str, ...] = ("collect", "curate", "vote", "answer"), **values: Any
) -> Campaign:
    """A campaign that is open, in which these stages run now; without them they have not begun or are not planned."""
    published = values.pop("published", True)
    given = {
        "slug": f"ideas-{secrets.token_hex(3)}",
        "title": {"en": ELECTRICITY, "de": "Wie kann die Stadt Strom sparen?"},
        "background": {"en": "The city uses 40 GWh a year.", "de": "Die Stadt braucht 40 GWh im Jahr."},
        "opens_at": clock.now() - HOUR,
        "closes_at": clock.now() + 7 * DAY,
        "premoderates": [],
    }
    campaign = Campaign(city_id=city.id, city=city, **(given | values))
    campaign.stages = [make_stage(city, StageKind(kind)) for kind in stages]
    campaign.categories = [
        CampaignCategory(city_id=city.id, code=code, position=place, name={"en": name, "de": f"{name} (de)"})
        for place, (code, name) in enumerate(CATEGORIES.items())
    ]
    if published:
        campaign.published_at = clock.now()
    db.session.add(campaign)
    db.session.flush()
    if published:
        participation.give_secret(campaign)
    db.session.commit()
    return campaign


def make_stage(city: City, kind: StageKind) -> CampaignStage:
    return CampaignStage(city_id=city.id, kind=kind, opens_at=clock.now() - HOUR, closes_at=clock.now() + 7 * DAY)


def make_contributor(campaign: Campaign, name: str = "ana", **values: Any) -> Contributor:
    """Somebody who talks in the campaign; the same name is the same person. `key_for(name)` opens their page."""
    contributor = enrol(campaign, key_for(name))
    for field, value in values.items():
        setattr(contributor, field, value)
    db.session.commit()
    return contributor


def key_for(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def make_idea(campaign: Campaign, title: str = "Solar roofs on schools", text: str = "", **values: Any) -> Idea:
    """An idea that everybody sees, below the pages and outside of the index of words."""
    text = text or f"{title}: the roofs are empty, and the sun shines for free."
    given = {
        "language": "en",
        "showing": Showing.SHOWN,
        "title_digest": hashlib.sha256(title.casefold().encode()).digest(),
        "text_digest": hashlib.sha256(text.casefold().encode()).digest(),
    }
    if values.get("number") is not None:
        given["status"] = Status.IN_VOTE
    author = values.pop("author", None)
    idea = Idea(city_id=campaign.city_id, campaign_id=campaign.id, title=title, text=text, **(given | values))
    idea.author_id = author.id if author else None
    db.session.add(idea)
    db.session.commit()
    return idea


def make_indexed(campaign: Campaign, title: str, **values: Any) -> Idea:
    """An idea whose text is its title, and which is found by its words."""
    idea = make_idea(campaign, title, **{"text": title} | values)
    index_idea(idea)
    db.session.commit()
    return idea
