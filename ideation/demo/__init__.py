"""Campaigns for the demo city: one that takes ideas, one in which people vote, one that is over and answered."""

import json
import pathlib
import random
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.participation.demo import part, texts
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel, ResultsRule
from ideation import curating, outcome, planning, proposing, talking, voting
from ideation.contributing import enrol
from ideation.drafts import IdeaDraft
from ideation.models import BallotForm, Campaign, Idea, IdeaEvent, Method, StageKind, Stance, Status
from ideation.planning import CampaignPlan, CategoryPlan, StagePlan

SKETCHES: list[dict[str, Any]] = json.loads(pathlib.Path(__file__).with_name("campaigns.json").read_text())


@part
def make_demo_campaigns(city: City, *, by: Actor) -> None:
    """Campaigns in the demo city, with ideas, talk and votes of invented people. Nothing is committed."""
    for sketch in SKETCHES:
        _make_campaign(city, sketch, by=by)


def _make_campaign(city: City, sketch: dict[str, Any], *, by: Actor) -> None:
    """Everything happens within stages that run now; afterwards they get the moments that they should have."""
    campaign = planning.create_campaign(city, _plan(sketch), by=by)
    planning.publish_campaign(campaign, by=by)
    db.session.flush()
    began = clock.now() + timedelta(days=sketch["stages"]["collect"][0])
    ideas = [_make_idea(campaign, words, began + timedelta(days=day)) for day, words in enumerate(sketch["ideas"])]
    if any("likes" in words for words in sketch["ideas"]):
        _vote(campaign, sketch, ideas, by=by)
    _set_moments(campaign, sketch["stages"])
    db.session.flush()
    if campaign.method == Method.BUDGET:
        outcome.keep_outcome(campaign)
    for idea, words in zip(ideas, sketch["ideas"], strict=True):
        if "status" in words:
            curating.set_status(campaign, [idea], Status(words["status"]), texts(tuple(words["sentence"])), by=by)


def _plan(sketch: dict[str, Any]) -> CampaignPlan:
    """The sketch as a plan whose stages all begin now, but for the vote, which waits until its ballot is filled."""
    now = clock.now()
    stages = {StageKind(kind): StagePlan(now, now + timedelta(days=60)) for kind in sketch["stages"]}
    if StageKind.VOTE in stages:
        stages[StageKind.VOTE] = StagePlan(now + timedelta(days=1), now + timedelta(days=60))
    written: dict[str, Any] = {name: texts(tuple(sketch[name])) for name in ("title", "background", "guidelines")}
    return CampaignPlan(
        **written,
        slug=sketch["slug"],
        stages=stages,
        categories=tuple(CategoryPlan({"en": en, "de": de}, code) for code, en, de in sketch["categories"]),
        method=Method(sketch["method"]),
        votes_max=sketch["votes_max"],
        per_idea_max=sketch["per_idea_max"],
        budget=sketch.get("budget"),
        ballot_form=BallotForm.APPROVAL,
        results=ResultsRule.AFTER_CLOSE,
    )


def _make_idea(campaign: Campaign, words: dict[str, Any], came_at: datetime) -> Idea:
    author = enrol(campaign, secrets.token_hex(16))
    written: Any = {name: words.get(name) for name in ("title", "text", "category", "district", "cost")}
    draft = IdeaDraft(**written, language=words.get("language", "en"))
    key = secrets.token_hex(16)
    idea = proposing.propose(campaign, draft, key, by=author, participant=_somebody(Assurance.DEVICE))
    for stance, text in words["comments"]:
        who: dict[str, Any] = {"by": enrol(campaign, secrets.token_hex(16))}
        who["participant"] = _somebody(Assurance.DEVICE)
        talking.write_comment(campaign, idea, text, secrets.token_hex(16), stance=Stance(stance), **who)
    idea.imported_supports = idea.supports = words["supports"]
    idea.created_at = idea.changed_at = came_at
    received = update(IdeaEvent).where(IdeaEvent.idea_id == idea.id)
    db.session.execute(received.values(at=came_at, told_at=came_at))
    db.session.flush()
    return idea


def _vote(campaign: Campaign, sketch: dict[str, Any], ideas: list[Idea], *, by: Actor) -> None:
    """Invented ballots: ideas with more likes are chosen more often."""
    curating.put_on_ballot(campaign, ideas, by=by)
    stage = campaign.stage(StageKind.VOTE)
    assert stage is not None
    stage.opens_at = clock.now()
    db.session.flush()
    chance, weights = random.SystemRandom(), [words["likes"] for words in sketch["ideas"]]
    for _ballot in range(sketch["ballots"]):
        count = chance.randint(1, sketch["votes_max"])
        chosen = list(dict.fromkeys(idea.id for idea in chance.choices(ideas, weights, k=count)))
        choices = voting.checked(campaign, chosen)
        voting.cast(campaign, choices, secrets.token_hex(16), by=_somebody(Assurance(campaign.assurance)))


def _somebody(level: Assurance) -> Participant:
    return Participant(f"demo:{secrets.token_hex(8)}", level, Channel.WEB)


def _set_moments(campaign: Campaign, stages: dict[str, list[int | None]]) -> None:
    """`stages` holds, in days from now, when each begins and ends."""
    today = clock.now()
    for kind, (opens, closes) in stages.items():
        stage = campaign.stage(StageKind(kind))
        assert stage is not None
        assert opens is not None
        stage.opens_at = today + timedelta(days=opens)
        stage.closes_at = today + timedelta(days=closes) if closes is not None else None
    campaign.opens_at = min(stage.opens_at for stage in campaign.stages)
    campaign.closes_at = max(stage.closes_at for stage in campaign.stages if stage.closes_at is not None)
