"""The blueprint that all endpoints about ideas share, and how they find what they are about."""

from collections.abc import Iterable

from flask import Blueprint, abort, g
from flask_babel import gettext as _

from citizen.accounts.access import token_here
from citizen.accounts.models import ApiToken, Role
from citizen.core.api import API_ROOT, wrong_fields
from citizen.core.db import db
from citizen.core.web import find_or_404
from ideation.models import Campaign, Idea, Showing

bp = Blueprint("ideas_api", __name__, url_prefix=f"{API_ROOT}/cities/<slug:city_slug>/campaigns")


def readable_campaign(slug: str) -> Campaign:
    """What the public may know of, and drafts too for programs of this city."""
    query = Campaign.in_city(g.city) if token_here() else Campaign.public_in(g.city)
    return find_or_404(query, slug=slug)


def the_campaign(slug: str) -> Campaign:
    return find_or_404(Campaign.in_city(g.city), slug=slug)


def moderates(reader: ApiToken | None) -> bool:
    """True for programs that may also read what the public does not see."""
    return reader is not None and Role(reader.role).covers(Role.MODERATOR)


def readable_idea(campaign: Campaign, idea_id: int) -> Idea:
    """An idea, whatever became of it; 404 for one that still waits, unless the program may moderate."""
    idea = find_or_404(Idea.in_campaign(campaign), id=idea_id)
    if idea.showing == Showing.HELD and not moderates(token_here()):
        abort(404)
    return idea


def public_idea(campaign: Campaign, idea_id: int) -> Idea:
    return find_or_404(Idea.public_in(campaign), id=idea_id)


def the_ideas(campaign: Campaign, ids: Iterable[int]) -> list[Idea]:
    """Exactly these, each once, held until this request ends; 404 where one of them is not in the campaign."""
    wanted = set(ids)
    query = Idea.in_campaign(campaign).where(Idea.id.in_(wanted)).order_by(Idea.id)
    found = list(db.session.scalars(query.with_for_update()))
    if len(found) < len(wanted):
        abort(404)
    return found


def ensure_languages(name: str, codes: Iterable[str]) -> None:
    """Refuse texts of the field in languages that the city does not write in."""
    foreign = sorted(set(codes) - set(g.city.languages))
    if foreign:
        abort(wrong_fields(((name, code), _("The city does not write in this language.")) for code in foreign))
