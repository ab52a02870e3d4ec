"""The blueprint that all pages about ideas share, and how they find a campaign or an idea."""

from flask import Blueprint, abort, g
from flask.sansio.blueprints import BlueprintSetupState

from citizen.core.db import db
from citizen.core.kept import kept
from citizen.core.web import find_or_404
from ideation.models import Campaign, Idea, Showing, Stance
from ideation.phases import standing
from ideation.pulse import pulse_of
from ideation.report import how_long, money
from ideation.texts import render
from ideation.words import (
    STATUS_LOOKS,
    ballot_hint,
    rhythm_words,
    rule_words,
    showing_words,
    stance_words,
    status_words,
)

bp = Blueprint("campaign", __name__, url_prefix="/<slug:city_slug>/ideas")


def the_campaign(slug: str) -> Campaign:
    """The published campaign of this city, for reading; 404 where there is none."""
    key = ("campaign", g.city.id, slug)
    return kept(key, g.city.revision, lambda: find_or_404(Campaign.public_in(g.city), slug=slug))


def the_idea(campaign: Campaign, idea_id: int) -> Idea:
    """An idea that the public knows of, whatever became of it; 404 for what still waits for a moderator."""
    idea = db.session.scalar(Idea.in_campaign(campaign).where(Idea.id == idea_id, Idea.showing != Showing.HELD))
    return idea or abort(404)


def public_idea(campaign: Campaign, idea_id: int) -> Idea:
    """An idea that everybody can read; 404 for all others."""
    return find_or_404(Idea.public_in(campaign), id=idea_id)


def version(campaign: Campaign) -> tuple[object, ...]:
    """What every shared page of the campaign grows old by."""
    return (*standing(campaign), pulse_of(campaign))


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """What templates about ideas may ask for, also inside of macros."""
    words = (status_words, stance_words, showing_words, rhythm_words, rule_words, ballot_hint, money, how_long)
    names: dict[str, object] = {function.__name__: function for function in words}
    names |= {"status_looks": STATUS_LOOKS, "stances": list(Stance)}
    names["base_url"] = state.app.extensions["settings"].base_url
    state.app.jinja_env.globals.update(names)
    state.app.jinja_env.filters["rendered"] = render
