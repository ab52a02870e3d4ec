"""New ideas and the city's answers as an Atom feed (RFC 4287)."""

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import current_app, url_for
from sqlalchemy import select

from citizen.core.db import db
from citizen.core.i18n import current_language, localized
from ideation.models import Campaign, CampaignCategory, Idea, IdeaEvent, Showing
from ideation.texts import excerpt
from ideation.timeline import Happening, happening

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50


def atom(campaign: Campaign, category: CampaignCategory | None = None) -> str:
    """What happened last in the campaign, or to ideas of one category, the newest first."""
    entries = list(_entries(campaign, category))
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": current_language()})
    title = str(localized(campaign.title))
    _text(feed, "title", f"{title} – {localized(category.name)}" if category else title)
    own = url_for("campaign.feed", slug=campaign.slug, category=category.code if category else None)
    _text(feed, "id", _whole(own))
    _text(feed, "updated", _stamp(entries[0][1].at if entries else campaign.opens_at))
    SubElement(feed, "link", {"rel": "self", "href": _whole(own)})
    SubElement(feed, "link", {"href": _whole(url_for("campaign.show", slug=campaign.slug))})
    author = SubElement(feed, "author")
    _text(author, "name", campaign.city.name)
    for event_id, what, idea in entries:
        _entry(feed, campaign, event_id, what, idea)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode")


def _entries(campaign: Campaign, category: CampaignCategory | None) -> list[tuple[int, Happening, Idea]]:
    query = (
        select(IdeaEvent, Idea)
        .join(Idea, Idea.id == IdeaEvent.idea_id)
        .where(IdeaEvent.city_id == campaign.city_id, IdeaEvent.campaign_id == campaign.id)
        .where(Idea.showing == Showing.SHOWN)
    )
    if category is not None:
        query = query.where(Idea.category == category.code)
    found = db.session.execute(query.order_by(IdeaEvent.id.desc()).limit(MOST))
    return [(event.id, happening(event), idea) for event, idea in found]


def _entry(feed: Element, campaign: Campaign, event_id: int, what: Happening, idea: Idea) -> None:
    entry = SubElement(feed, "entry")
    address = _whole(url_for("campaign.idea", slug=campaign.slug, idea_id=idea.id))
    _text(entry, "title", f"{idea.title} – {what.what}")
    _text(entry, "id", f"{address}#event-{event_id}")
    _text(entry, "updated", _stamp(what.at))
    SubElement(entry, "link", {"href": address})
    _text(entry, "summary", str(what.sentence) or excerpt(idea.text, 400))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def _stamp(moment: datetime) -> str:
    return moment.isoformat()


def _whole(path: str) -> str:
    return f"{current_app.extensions['settings'].base_url}{path}"
