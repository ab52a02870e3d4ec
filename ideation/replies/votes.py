"""The vote on ideas for programs: what stands on the ballot, and what came out."""

from typing import Any, Self

from flask import url_for
from flask_babel import gettext as _

from citizen.core.api import Reply
from citizen.participation.messages import LEVELS, Level, Moment, Texts
from citizen.participation.models import State
from citizen.participation.replies import absolute
from ideation.models import Campaign, Idea, Method, Rule, StageKind
from ideation.replies.campaigns import MethodReply
from ideation.voting import candidates


class CandidateReply(Reply):
    """An idea that people can vote for. `cost` is in the currency of the method, 0 where nobody knows it."""

    id: int
    number: int
    title: str
    cost: int
    address: str

    @classmethod
    def of(cls, campaign: Campaign, idea: Idea) -> Self:
        assert idea.number is not None
        address = absolute(url_for("campaign.idea", slug=campaign.slug, idea_id=idea.id))
        return cls(id=idea.id, number=idea.number, title=idea.title, cost=idea.cost_on_ballot, address=address)


class BallotReply(Reply):
    """What people vote on, and how: the candidates by their numbers, which were drawn by lot.

    `opens_at` and `closes_at` are null where no vote is planned.
    """

    question: Texts
    is_open: bool
    opens_at: Moment | None
    closes_at: Moment | None
    asked_for: Level
    method: MethodReply
    candidates: list[CandidateReply]

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        stage = campaign.stage(StageKind.VOTE)
        return cls(
            question=campaign.title,
            is_open=campaign.is_in(StageKind.VOTE),
            opens_at=stage.opens_at if stage else None,
            closes_at=stage.closes_at if stage else None,
            asked_for=LEVELS[campaign.assurance],
            method=MethodReply.of(campaign),
            candidates=[CandidateReply.of(campaign, idea) for idea in candidates(campaign)],
        )


class CandidateResult(Reply):
    """How many ballots name the idea, and how many points they give it."""

    id: int
    number: int
    title: str
    votes: int
    points: float


class PurchaseReply(Reply):
    """One project that its supporters paid for together. `spent_out` of them gave all that they had left.

    `most_paid` is the highest sum that one person paid, `left` what everybody together has afterwards.
    """

    id: int
    supporters: int
    spent_out: int
    most_paid: float
    left: float


class SharesReply(Reply):
    """Equal shares, step by step. `share` is what everybody had at the beginning.

    `short` holds, for each project that was not bought, what its supporters had left together in the end.
    """

    share: float
    steps: list[PurchaseReply]
    short: dict[str, float]


class LookReply(Reply):
    """A project that was looked at, the one with most points first: whether it was paid for, and what was left."""

    id: int
    points: float
    is_bought: bool
    left: float


class GreedyReply(Reply):
    """Most points first, step by step."""

    steps: list[LookReply]


class ProjectReply(Reply):
    """A project of the budget: its cost, on how many ballots it stands, and its points."""

    id: int
    cost: float
    votes: int
    points: float


class BudgetReply(Reply):
    """How the budget was spent, with every step. Sums are in the currency of the budget."""

    rule: Rule
    currency: str
    budget: float
    cost: float
    left: float
    voters: int
    winners: list[int]
    projects: list[ProjectReply]
    shares: SharesReply | None
    greedy: GreedyReply | None


class ResultsReply(Reply):
    """What came out of the vote. `candidates` are in the order in which they were chosen, the best first.

    `by_pairs` is another order of a ranking (Schulze), equal ones together; `budget` is there where one was spent.
    `note` belongs beside the numbers wherever they are shown.
    """

    question: Texts
    state: State
    method: Method
    asked_for: Level
    ballots: int
    candidates: list[CandidateResult]
    by_pairs: list[list[int]]
    budget: BudgetReply | None
    note: str

    @classmethod
    def of(cls, campaign: Campaign, document: dict[str, Any]) -> Self:
        budget = {name: document[name] for name in BudgetReply.model_fields if name in document}
        return cls(
            question=campaign.title,
            state=campaign.state,
            method=document["method"],
            asked_for=LEVELS[campaign.assurance],
            ballots=document["ballots"],
            candidates=document["candidates"],
            by_pairs=document.get("by_pairs", []),
            budget=BudgetReply.model_validate(budget) if "rule" in document else None,
            note=_("People chose to take part. This is advice to the city, not an official vote."),
        )
