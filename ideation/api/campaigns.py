"""Campaigns as JSON: planned, read, and what staff do with them while they run."""

from flask import abort, g
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, token, token_here
from citizen.accounts.models import Role
from citizen.core.api import Page, endpoint, page_of, wrong_fields
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.faults import Fault
from citizen.core.web import find_or_404, public
from citizen.participation import running
from citizen.participation.messages import Withdrawal
from citizen.participation.rules import may_see_results
from ideation import outcome, planning
from ideation.api.room import bp, ensure_languages, readable_campaign, the_campaign
from ideation.messages import NewCampaign
from ideation.models import Campaign
from ideation.planning import CampaignPlan, faults
from ideation.replies import BallotReply, CampaignListed, CampaignReply, CampaignsReply, ResultsReply

FIELDS = {
    "title": "question",
    "submit_level": "levels.submit",
    "support_level": "levels.support",
    "comment_level": "levels.comment",
    "assurance": "levels.vote",
    "votes_max": "method.votes_max",
    "per_idea_max": "method.per_idea_max",
    "budget": "method.budget",
    "currency": "method.currency",
}
"""What a plan's parts are called in the API, where the names differ."""


@bp.get("")
@public
@endpoint("The campaigns of a city; drafts too for the city's tokens", problems=(404,), knows_token=True)
def index(query: Page) -> CampaignsReply:
    readable = Campaign.in_city(g.city) if token_here() else Campaign.public_in(g.city)
    found = readable.order_by(Campaign.id.desc())
    if query.after:
        found = found.where(Campaign.id < find_or_404(readable, slug=query.after).id)
    shown, last = page_of(found, query)
    return CampaignsReply(campaigns=[CampaignListed.of(row) for row in shown], next=last.slug if last else None)


@bp.post("")
@token(Role.EDITOR)
@endpoint("Plan a campaign, as a draft", status=201, problems=(404, 409))
def create(body: NewCampaign) -> CampaignReply:
    plan = body.as_plan(g.city.time_zone)
    ensure_sound(plan)
    campaign = planning.create_campaign(g.city, plan, by=current_actor())
    db.session.commit()
    return CampaignReply.of(campaign)


@bp.get("/<slug:slug>")
@public
@endpoint("One campaign and its balance; drafts too for the city's tokens", problems=(404,), knows_token=True)
def show(slug: str) -> CampaignReply:
    return CampaignReply.of(readable_campaign(slug))


@bp.get("/<slug:slug>/ballot")
@public
@endpoint("What people vote on, and how", problems=(404,), knows_token=True)
def ballot(slug: str) -> BallotReply:
    return BallotReply.of(readable_campaign(slug))


@bp.get("/<slug:slug>/results")
@public
@endpoint("What came out of the vote, once everybody may see it", problems=(404,))
def results(slug: str) -> ResultsReply:
    campaign = find_or_404(Campaign.public_in(g.city), slug=slug)
    document = outcome.outcome_of(campaign) if may_see_results(campaign, has_answered=False) else None
    if document is None:
        raise Refused(_("There is no result yet that everybody may see."), status=404)
    return ResultsReply.of(campaign, document)


@bp.post("/<slug:slug>/publication")
@token(Role.EDITOR)
@endpoint("Show a draft to the public", problems=(404, 409, 422))
def publish(slug: str) -> CampaignReply:
    campaign = the_campaign(slug)
    planning.publish_campaign(campaign, by=current_actor())
    db.session.commit()
    return CampaignReply.of(campaign)


@bp.post("/<slug:slug>/closure")
@token(Role.EDITOR)
@endpoint("End an open campaign now", problems=(404, 409))
def close(slug: str) -> CampaignReply:
    campaign = the_campaign(slug)
    running.close(campaign, by=current_actor())
    db.session.commit()
    return CampaignReply.of(campaign)


@bp.post("/<slug:slug>/withdrawal")
@token(Role.EDITOR)
@endpoint("Take a campaign back, with a reason", problems=(404, 409))
def withdraw(slug: str, body: Withdrawal) -> CampaignReply:
    campaign = the_campaign(slug)
    ensure_languages("reason", body.reason)
    running.withdraw(campaign, body.reason, by=current_actor())
    db.session.commit()
    return CampaignReply.of(campaign)


def ensure_sound(plan: CampaignPlan) -> None:
    """Say everything that is wrong with a plan at once."""
    found = list(faults(plan, g.city.languages))
    if found:
        abort(wrong_fields((field_of(fault), fault.sentence) for fault in found))


def field_of(fault: Fault) -> list[str]:
    """Where the fault is, in the words of the API: only the first part of the path can have another name."""
    first, *rest = map(str, fault.path)
    return [FIELDS.get(first, first), *rest]
