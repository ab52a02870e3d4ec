"""The blueprint that all endpoints about ideas share, and how they find a campaign."""

from flask import Blueprint, g

from citizen.accounts.access import token_here
from citizen.core.api import API_ROOT
from citizen.core.web import find_or_404
from ideation.models import Campaign

bp = Blueprint("ideas_api", __name__, url_prefix=f"{API_ROOT}/cities/<slug:city_slug>/campaigns")


def readable_campaign(slug: str) -> Campaign:
    """What the public may know of, and drafts too for programs of this city."""
    query = Campaign.in_city(g.city) if token_here() else Campaign.public_in(g.city)
    return find_or_404(query, slug=slug)
