"""The ballot, casting and changing it, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import done, page, public
from citizen.participation.actions import Outcome, TooFast, slow_down
from citizen.participation.identity import (
    Participant,
    declared_channel,
    device_of,
    new_key,
    participant_of,
    remember_device,
    with_device,
)
from citizen.participation.models import Assurance
from ideation import voting
from ideation.models import Campaign, Idea, Method, StageKind
from ideation.views.room import bp, the_campaign
from ideation.views.talkers import has_cookie, is_confirmed, sent_key
from ideation.voting import Choice
from ideation.voting.choices import allowance, gives_points, is_ranked


@dataclass(frozen=True)
class Typed:
    """What stands on the form: chosen ideas in their order, and points by idea."""

    chosen: tuple[int, ...] = ()
    points: tuple[tuple[int, int], ...] = ()

    @property
    def places(self) -> dict[str, int]:
        return {str(idea): place for place, idea in enumerate(self.chosen, start=1)}


@bp.get("/<slug:slug>/ballot")
@public
def ballot(slug: str) -> Response:
    """What can be voted on. Whoever has voted on this device finds their ballot filled in."""
    campaign = the_campaign(slug)
    voter = _known_voter(campaign)
    before = voting.ballot_of(campaign, voter) if voter else ()
    return _ballot_page(campaign, _typed_before(campaign, before), has_voted=bool(before))


@bp.post("/<slug:slug>/ballot")
@public
def vote(slug: str) -> Response:
    """Take the ballot. Sent again it changes nothing, sent anew it replaces the one before."""
    campaign = the_campaign(slug)
    typed = _typed(campaign)
    try:
        choices = voting.checked(campaign, typed.chosen, dict(typed.points))
        if not sent_key():
            return _confirmation(campaign, typed)
        participant, outcome = _cast(campaign, choices, sent_key())
    except Refused as refusal:
        db.session.rollback()
        return _again(campaign, typed, refusal)
    db.session.commit()
    return _thanks(campaign, participant, outcome, len(choices))


@bp.get("/<slug:slug>/ballot/withdrawal")
@public
def confirm_ballot_withdrawal(slug: str) -> Response:
    campaign = the_campaign(slug)
    voter = _known_voter(campaign)
    has_voted = bool(voter and voting.ballot_of(campaign, voter))
    return page("ideation/ballot_withdrawal.html", campaign=campaign, has_voted=has_voted)


@bp.post("/<slug:slug>/ballot/withdrawal")
@public
def withdraw_ballot(slug: str) -> Response:
    """As if this device, or this address, had never voted."""
    campaign = the_campaign(slug)
    voter = _known_voter(campaign)
    if voter is not None:
        voting.withdraw_ballot(campaign, by=voter)
        db.session.commit()
    return page("ideation/ballot_withdrawal.html", campaign=campaign, has_voted=False, is_done=True)


def _known_voter(campaign: Campaign) -> Participant | None:
    """Who this browser is as a voter, where it can be known again."""
    level = Assurance(campaign.assurance)
    is_known = has_cookie() if level is Assurance.DEVICE else level >= Assurance.CONTACT and is_confirmed()
    return participant_of(request, campaign, "", declared_channel(None)) if is_known else None


def _cast(campaign: Campaign, choices: Sequence[Choice], key: str) -> tuple[Participant, Outcome]:
    participant = participant_of(request, campaign, key, declared_channel(request.args.get("via")))
    seconds = slow_down(campaign)
    if seconds:
        db.session.commit()
        raise TooFast(seconds)
    return participant, voting.cast(campaign, choices, key, by=participant)


def _typed(campaign: Campaign) -> Typed:
    """Chosen ideas from `choice`, places from `rank-7`, points from `points-7`; what is no number counts as nothing."""
    if gives_points(campaign):
        return Typed(points=tuple(_numbers("points-").items()))
    if is_ranked(campaign):
        places = {idea: place for idea, place in _numbers("rank-").items() if place}
        return Typed(tuple(sorted(places, key=lambda idea: places[idea])))
    return Typed(tuple(int(text) for text in request.form.getlist("choice") if _is_number(text)))


def _numbers(begin: str) -> dict[int, int]:
    sent = ((name.removeprefix(begin), value) for name, value in request.form.items() if name.startswith(begin))
    return {int(name): int(value) for name, value in sent if _is_number(name) and _is_number(value)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _typed_before(campaign: Campaign, choices: Sequence[Choice]) -> Typed:
    if gives_points(campaign):
        return Typed(points=tuple((choice.idea_id, choice.points) for choice in choices))
    return Typed(tuple(choice.idea_id for choice in sorted(choices, key=lambda choice: choice.place)))


def _context(campaign: Campaign, typed: Typed) -> dict[str, Any]:
    ideas = voting.candidates(campaign)
    return {
        "campaign": campaign,
        "ideas": ideas,
        "typed": typed,
        "points": dict(typed.points),
        "given": sum(number for _idea, number in typed.points),
        "options": [{"id": str(idea.id), "label": idea.title} for idea in ideas],
        "most": min(allowance(campaign), max(len(ideas), 1)),
        "gives_points": gives_points(campaign),
        "is_ranked": is_ranked(campaign),
        "is_budget": campaign.method == Method.BUDGET,
        "is_open": campaign.is_in(StageKind.VOTE),
        "action": url_for(".vote", slug=campaign.slug, via=request.args.get("via")),
        "answered_name": f"{campaign.city.slug}/ideas/{campaign.slug}",
        "stage": campaign.stage(StageKind.VOTE),
        "needs_address": campaign.assurance >= Assurance.CONTACT and not is_confirmed(),
    }


def _ballot_page(campaign: Campaign, typed: Typed, *, status: int = 200, **more: Any) -> Response:
    context = _context(campaign, typed) | more
    if not context["is_open"]:
        return page("ideation/no_vote.html", fragment="ideation/_no_vote.html", status=status, **context)
    return page("ideation/ballot.html", fragment="ideation/_ballot.html", status=status, **context)


def _again(campaign: Campaign, typed: Typed, refusal: Refused) -> Response:
    status = 409 if refusal.status == 403 else refusal.status
    response = _ballot_page(campaign, typed, status=status, error=refusal.sentence, has_errors=True, key=sent_key())
    if isinstance(refusal, TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _confirmation(campaign: Campaign, typed: Typed) -> Response:
    """Without JavaScript: the ballot once more, under the key that this page brings. Nothing is stored before."""
    key = new_key()
    context = _context(campaign, typed) | {"key": key, "chosen": _chosen(typed, voting.candidates(campaign))}
    response = page("ideation/confirm_ballot.html", **context)
    return with_device(response, request, campaign, key)


def _chosen(typed: Typed, ideas: list[Idea]) -> list[tuple[Idea, int]]:
    """The chosen ideas with their points, in their order."""
    known = {idea.id: idea for idea in ideas}
    if typed.points:
        return [(known[idea], number) for idea, number in typed.points if idea in known and number]
    return [(known[idea], 0) for idea in typed.chosen if idea in known]


def _thanks(campaign: Campaign, by: Participant, outcome: Outcome, number: int) -> Response:
    location = url_for(".voted", slug=campaign.slug)
    context: dict[str, Any] = {
        "campaign": campaign,
        "outcome": outcome,
        "number": number,
        "stage": campaign.stage(StageKind.VOTE),
    }
    response = done("ideation/_voted.html", location, **context)
    if by.assurance is Assurance.DEVICE:
        remember_device(response, device_of(request, sent_key()))
    return response


@bp.get("/<slug:slug>/voted")
@public
def voted(slug: str) -> Response:
    """Thanks, and what happens next, for browsers without JavaScript."""
    campaign = the_campaign(slug)
    return page("ideation/voted.html", campaign=campaign, stage=campaign.stage(StageKind.VOTE), title=_("Thank you"))
