"""The blueprint that all pages of the console about ideas share, and how they find a campaign or an idea."""

from flask import Blueprint, Response, flash, g, redirect, url_for

from citizen.core.web import find_or_404, uncached
from ideation.models import Campaign, Idea, IdeaComment

bp = Blueprint("campaign_staff", __name__, url_prefix="/<slug:city_slug>/staff/ideas")


def the_campaign(slug: str) -> Campaign:
    return find_or_404(Campaign.in_city(g.city), slug=slug)


def the_idea(campaign: Campaign, idea_id: int) -> Idea:
    return find_or_404(Idea.in_campaign(campaign), id=idea_id)


def the_comment(campaign: Campaign, comment_id: int) -> IdeaComment:
    return find_or_404(IdeaComment.in_campaign(campaign), id=comment_id)


def go_on(location: str) -> Response:
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def back_to(campaign: Campaign, sentence: str) -> Response:
    flash(sentence, "good")
    return go_on(url_for("campaign_staff.show", slug=campaign.slug))
