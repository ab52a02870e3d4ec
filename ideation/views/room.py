"""The blueprint that all pages about ideas share, and how they find a campaign or an idea."""

from flask import Blueprint, g

from citizen.core.kept import kept
from citizen.core.web import find_or_404
from ideation.models import Campaign

bp = Blueprint("campaign", __name__, url_prefix="/<slug:city_slug>/ideas")


def the_campaign(slug: str) -> Campaign:
    """The published campaign of this city, for reading; 404 where there is none."""
    key = ("campaign", g.city.id, slug)
    return kept(key, g.city.revision, lambda: find_or_404(Campaign.public_in(g.city), slug=slug))
