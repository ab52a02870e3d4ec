"""A campaign for programs."""

from typing import Any, Self

from flask import url_for

from citizen.core.api import Reply
from citizen.participation.messages import LEVELS, Level, Moment, Texts
from citizen.participation.models import ResultsRule, State
from citizen.participation.replies import absolute
from ideation.balance import balance
from ideation.models import BallotForm, Campaign, CampaignCategory, CampaignStage, Method, Rule, StageKind, Status
from ideation.voting.choices import allowance, gives_points, is_ranked


class CampaignListed(Reply):
    """A campaign in a list. `address` is its page."""

    slug: str
    address: str
    question: Texts
    state: State
    opens_at: Moment
    closes_at: Moment

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        return cls(**_listed(campaign))


class CampaignsReply(Reply):
    """Campaigns, the newest first. `next` is the `after` of the next page, null on the last one."""

    campaigns: list[CampaignListed]
    next: str | None


class StageReply(Reply):
    """From when until when something happens; without an end, it goes on."""

    kind: StageKind
    opens_at: Moment
    closes_at: Moment | None
    is_running: bool

    @classmethod
    def of(cls, campaign: Campaign, stage: CampaignStage) -> Self:
        return cls(
            kind=StageKind(stage.kind),
            opens_at=stage.opens_at,
            closes_at=stage.closes_at,
            is_running=stage.is_running and campaign.state in {State.OPEN, State.CLOSED},
        )


class CategoryReply(Reply):
    """What ideas can be about."""

    code: str
    name: Texts

    @classmethod
    def of(cls, category: CampaignCategory) -> Self:
        return cls(code=category.code, name=category.name)


class LevelsReply(Reply):
    """How sure the city must be of who does what."""

    submit: Level
    support: Level
    comment: Level
    vote: Level

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        return cls(
            submit=LEVELS[campaign.submit_level],
            support=LEVELS[campaign.support_level],
            comment=LEVELS[campaign.comment_level],
            vote=LEVELS[campaign.assurance],
        )


class MethodReply(Reply):
    """How people vote. `form` is what they write; one ballot has `votes_max` votes, points or places to give.

    One idea gets at most `per_idea_max` of the points. `rule` is how the winners of a budget are found.
    """

    kind: Method
    form: BallotForm
    votes_max: int
    per_idea_max: int
    budget: int | None
    currency: str
    rule: Rule | None

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        return cls(
            kind=Method(campaign.method),
            form=_form(campaign),
            votes_max=allowance(campaign),
            per_idea_max=campaign.per_idea_max if gives_points(campaign) else 1,
            budget=campaign.budget,
            currency=campaign.currency,
            rule=Rule(campaign.rule) if campaign.method == Method.BUDGET else None,
        )


class BalanceReply(Reply):
    """Public ideas by status, how many were answered, and how long that took.

    `median_wait` is from an idea to its answer, in seconds; `waiting_since` when the oldest one without an answer came.
    """

    ideas: int
    answered: int
    merged: int
    by_status: dict[Status, int]
    median_wait: int | None
    waiting_since: Moment | None

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        found = balance(campaign)
        return cls(
            ideas=found.ideas,
            answered=found.answered,
            merged=found.merged,
            by_status=dict(found.by_status),
            median_wait=round(found.median_wait.total_seconds()) if found.median_wait else None,
            waiting_since=found.waiting_since,
        )


class LinksReply(Reply):
    """Where to go on: pages for people, and parts of this API."""

    page: str
    results_page: str
    ideas: str
    ballot: str
    results: str

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        names = {
            "page": "campaign.show",
            "results_page": "campaign.results",
            "ideas": "ideas_api.ideas",
            "ballot": "ideas_api.ballot",
            "results": "ideas_api.results",
        }
        return cls(**{name: absolute(url_for(endpoint, slug=campaign.slug)) for name, endpoint in names.items()})


class CampaignReply(CampaignListed):
    """One campaign. `premoderates` names what a moderator looks at before it shows."""

    city: str
    background: Texts
    guidelines: Texts
    stages: list[StageReply]
    categories: list[CategoryReply]
    levels: LevelsReply
    premoderates: list[str]
    asks_place: bool
    asks_cost: bool
    asks_picture: bool
    method: MethodReply
    results: ResultsRule
    balance: BalanceReply
    published_at: Moment | None
    closed_at: Moment | None
    withdrawn_at: Moment | None
    withdrawal_reason: Texts
    edition: int
    links: LinksReply

    @property
    def location(self) -> str:
        return url_for("ideas_api.show", slug=self.slug)

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        return cls(
            **_listed(campaign),
            **{name: getattr(campaign, name) for name in PLAIN},
            city=campaign.city.slug,
            stages=[StageReply.of(campaign, stage) for stage in campaign.stages],
            categories=[CategoryReply.of(category) for category in campaign.categories],
            levels=LevelsReply.of(campaign),
            method=MethodReply.of(campaign),
            results=ResultsRule(campaign.results),
            balance=BalanceReply.of(campaign),
            links=LinksReply.of(campaign),
        )


PLAIN = """
    background guidelines premoderates asks_place asks_cost asks_picture published_at closed_at withdrawn_at
    withdrawal_reason edition
""".split()
"""Parts that programs read as they are kept."""


def _listed(campaign: Campaign) -> dict[str, Any]:
    return {
        "slug": campaign.slug,
        "address": absolute(url_for("campaign.show", slug=campaign.slug)),
        "question": campaign.title,
        "state": campaign.state,
        "opens_at": campaign.opens_at,
        "closes_at": campaign.closes_at,
    }


def _form(campaign: Campaign) -> BallotForm:
    if is_ranked(campaign):
        return BallotForm.RANK
    return BallotForm.POINTS if gives_points(campaign) else BallotForm.APPROVAL
