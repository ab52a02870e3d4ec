"""The blueprint that all pages of the console about ideas share, and how they find a campaign or an idea."""

from flask import Blueprint, g

from citizen.core.web import find_or_404
from ideation.models import Campaign, Idea

bp = Blueprint("campaign_staff", __name__, url_prefix="/<slug:city_slug>/staff/ideas")


def the_campaign(slug: str) -> Campaign:
    return find_or_404(Campaign.in_city(g.city), slug=slug)


def the_idea(campaign: Campaign, idea_id: int) -> Idea:
    return find_or_404(Idea.in_campaign(campaign), id=idea_id)
