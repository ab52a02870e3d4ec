"""What the console shows around one campaign, and the list of all of them. Read-only."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.i18n import localized
from citizen.participation.desk import Task, source
from citizen.participation.models import State
from citizen.participation.words import state_words
from ideation.balance import balance
from ideation.models import Campaign, Idea, IdeaComment, Method, Showing, StageKind, Status
from ideation.phases import phases
from ideation.planning import gaps, plan_of
from ideation.powers import powers
from ideation.statistics import vote_result
from ideation.words import method_words

LISTED = 200


@dataclass(frozen=True)
class Row:
    """A campaign in the list: its public ideas, and what waits for a moderator."""

    campaign: Campaign
    ideas: int
    waiting: int


def listing(city: City) -> list[Row]:
    campaigns = list(db.session.scalars(Campaign.in_city(city).order_by(Campaign.id.desc()).limit(LISTED)).unique())
    public, held = _counts(city, Idea, Showing.SHOWN), waiting(city)
    return [Row(campaign, public.get(campaign.id, 0), sum(held.get(campaign.id, (0, 0)))) for campaign in campaigns]


def waiting(city: City) -> dict[int, tuple[int, int]]:
    """By campaign: how many ideas and how many comments wait for a moderator."""
    ideas, comments = _counts(city, Idea, Showing.HELD), _counts(city, IdeaComment, Showing.HELD)
    return {number: (ideas.get(number, 0), comments.get(number, 0)) for number in {*ideas, *comments}}


def _counts(city: City, model: type[Idea] | type[IdeaComment], showing: Showing) -> dict[int, int]:
    query = select(model.campaign_id, func.count()).where(model.city_id == city.id, model.showing == showing)
    return dict(db.session.execute(query.group_by(model.campaign_id)).all())


def overview(campaign: Campaign) -> dict[str, Any]:
    """For the page of one campaign."""
    may = powers(g.role, campaign)
    return {
        "campaign": campaign,
        "may": may,
        "state_word": state_words(campaign.state),
        "phases": phases(campaign),
        "balance": balance(campaign),
        "statuses": list(Status),
        "waiting": waiting(campaign.city).get(campaign.id, (0, 0)),
        "lacking": [gap.sentence for gap in gaps(plan_of(campaign), campaign.city.languages)]
        if may.may_publish
        else [],
        "result": vote_result(campaign),
        "method_word": method_words(Method(campaign.method)) if campaign.stage(StageKind.VOTE) else None,
        "candidates": _candidates(campaign),
        "address": _address(campaign) if campaign.state is not State.DRAFT else None,
    }


def _candidates(campaign: Campaign) -> int:
    query = Idea.in_campaign(campaign).where(Idea.is_candidate).with_only_columns(func.count())
    return db.session.scalar(query) or 0


def _address(campaign: Campaign) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for('campaign.show', slug=campaign.slug, lang=None)}"


@source
def ideas_to_decide(city: City) -> list[Task]:
    """What waits for a moderator, campaign by campaign."""
    held = waiting(city)
    campaigns = db.session.scalars(Campaign.in_city(city).where(Campaign.id.in_(held))).unique()
    return [task for campaign in campaigns for task in _tasks(campaign, *held[campaign.id])]


def _tasks(campaign: Campaign, ideas: int, comments: int) -> list[Task]:
    about, tasks = str(localized(campaign.title)), []
    if ideas:
        words = ngettext("%(num)s idea waits for a moderator", "%(num)s ideas wait for a moderator", ideas)
        tasks.append(
            Task(words, about, url_for("campaign_staff.ideas", slug=campaign.slug, showing=Showing.HELD.value))
        )
    if comments:
        words = ngettext("%(num)s comment waits for a moderator", "%(num)s comments wait for a moderator", comments)
        tasks.append(Task(words, about, url_for("campaign_staff.comments", slug=campaign.slug)))
    return tasks


@source
def ballots_to_fill(city: City) -> list[Task]:
    """Votes that are open and have nothing to vote on."""
    found = db.session.scalars(Campaign.public_in(city).where(Campaign.is_open)).unique()
    return [
        Task(
            _("People can vote, and there is nothing on the ballot"),
            str(localized(campaign.title)),
            url_for("campaign_staff.ideas", slug=campaign.slug),
        )
        for campaign in found
        if campaign.is_in(StageKind.VOTE) and not _candidates(campaign)
    ]
