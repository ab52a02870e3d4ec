"""One idea: its page, how it read before, and what it looks like when it is shared."""

from typing import Any

from flask import Response, g, redirect, render_template, request, url_for

from citizen.cities.districts import district_name
from citizen.core import pdf
from citizen.core.config import ROOT
from citizen.core.i18n import current_language, direction_of, localized
from citizen.core.pages import shared_page
from citizen.core.web import page, public, uncached
from ideation import rules
from ideation.comparing import versions_of
from ideation.merging import sources_of
from ideation.models import Campaign, Idea, Showing, Status
from ideation.texts import excerpt
from ideation.threads import talk_of
from ideation.timeline import timeline
from ideation.views.room import bp, public_idea, the_campaign, the_idea, version
from ideation.words import status_words

CARD = ROOT / "templates" / "ideation" / "card.typ"


@bp.get("/<slug:slug>/<int:idea_id>")
@public
def idea(slug: str, idea_id: int) -> Response:
    """The idea; where it went, if it was merged; why it is gone, if it was taken away."""
    campaign = the_campaign(slug)
    found = the_idea(campaign, idea_id)
    if found.showing == Showing.MERGED:
        target = url_for(".idea", slug=slug, idea_id=found.merged_into_id, merged=idea_id)
        return uncached(redirect(target, code=303))  # type: ignore[arg-type]
    if found.showing != Showing.SHOWN:
        return page("ideation/gone.html", status=404, campaign=campaign, idea=found)
    return shared_page(
        lambda: render_template("ideation/idea.html", **idea_page(campaign, found)),
        *version(campaign),
        asked=("merged",),
    )


@bp.get("/<slug:slug>/<int:idea_id>/versions")
@public
def versions(slug: str, idea_id: int) -> Response:
    """How the idea read before, and what was changed each time."""
    campaign = the_campaign(slug)
    found = public_idea(campaign, idea_id)
    return shared_page(
        lambda: render_template("ideation/versions.html", campaign=campaign, idea=found, versions=versions_of(found)),
        *version(campaign),
    )


@bp.get("/<slug:slug>/<int:idea_id>/card.png")
@public
def card(slug: str, idea_id: int) -> Response:
    """A picture of the idea for messengers and other sites that show where a link leads."""
    campaign = the_campaign(slug)
    found = public_idea(campaign, idea_id)
    values = {
        "city": g.city.name,
        "campaign": str(localized(campaign.title)),
        "title": found.title,
        "accent": g.city.accent,
        "language": current_language(),
        "direction": direction_of(current_language()),
    }
    response = Response(pdf.picture(CARD, values), mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def idea_page(campaign: Campaign, found: Idea) -> dict[str, Any]:
    sources = sources_of(found)
    merged = request.args.get("merged", type=int)
    return {
        "campaign": campaign,
        "idea": found,
        "category": campaign.category(found.category),
        "district": district_name(found.city_id, found.district),
        "events": timeline(found),
        "sources": sources,
        "merged": next((source for source in sources if source.id == merged), None),
        "talk": talk_of(found),
        "description": excerpt(found.text),
        "status_word": status_words(Status(found.status)),
        "may_talk": rules.may_talk(campaign),
        "may_follow": rules.may_follow(campaign),
    }
