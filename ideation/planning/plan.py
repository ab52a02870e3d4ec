"""What staff decide about a campaign: checked values, whether they come from a page or a program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from citizen.core import clock
from citizen.core.faults import Fault, Path
from citizen.core.slugs import LONGEST
from citizen.core.texts import is_plain, is_slug
from citizen.participation.models import Assurance, ResultsRule
from ideation.models import MAX_CATEGORIES, BallotForm, Campaign, Method, Rule, StageKind

LENGTHS = {"title": 300, "background": 5000, "guidelines": 5000, "name": 80}
"""The longest text of each part, in characters."""
LEVELS = (Assurance.OPEN, Assurance.DEVICE, Assurance.CONTACT)
LEVEL_PARTS = ("submit_level", "support_level", "comment_level", "assurance")
MODERATED = ("ideas", "comments")
MOST_VOTES = 1000
MOST_BUDGET = 10**9
CITIZENS = (StageKind.COLLECT, StageKind.CURATE, StageKind.VOTE)
"""The stages in which citizens act: the campaign is open from the first of them to the last."""


@dataclass(frozen=True)
class StagePlan:
    """From when until when. Without an end, it goes on."""

    opens_at: datetime
    closes_at: datetime | None = None


@dataclass(frozen=True)
class CategoryPlan:
    """What ideas can be about. An empty code is made from the name."""

    name: Mapping[str, str]
    code: str = ""


@dataclass(frozen=True)
class CampaignPlan:
    """All that staff decide. Texts are by language code; an empty `slug` is made from the question."""

    title: Mapping[str, str]
    stages: Mapping[StageKind, StagePlan]
    slug: str = ""
    background: Mapping[str, str] = field(default_factory=dict)
    guidelines: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[CategoryPlan, ...] = ()
    submit_level: Assurance = Assurance.DEVICE
    support_level: Assurance = Assurance.DEVICE
    comment_level: Assurance = Assurance.DEVICE
    assurance: Assurance = Assurance.DEVICE
    premoderates: tuple[str, ...] = ()
    asks_place: bool = True
    asks_cost: bool = False
    asks_picture: bool = True
    method: Method = Method.CHOOSE
    votes_max: int = 3
    per_idea_max: int = 1
    budget: int | None = None
    currency: str = "EUR"
    ballot_form: BallotForm = BallotForm.APPROVAL
    rule: Rule = Rule.EQUAL_SHARES
    results: ResultsRule = ResultsRule.AFTER_CLOSE

    @property
    def opens_at(self) -> datetime:
        return min(stage.opens_at for stage in self.stages.values())

    @property
    def closes_at(self) -> datetime | None:
        """When citizens can act no more; None where no stage of theirs ends."""
        ends = [self.stages[kind].closes_at for kind in CITIZENS if kind in self.stages]
        return None if None in ends else max((end for end in ends if end), default=None)

    @property
    def fixed(self) -> tuple[object, ...]:
        """What stays as it is once people can vote."""
        return (
            self.method, self.votes_max, self.per_idea_max, self.budget, self.currency, self.ballot_form, self.rule,
            self.assurance, self.results,
        )  # fmt: skip


PLAIN = tuple(
    "title background guidelines asks_place asks_cost asks_picture votes_max per_idea_max budget currency".split()
)
"""Parts that a campaign keeps as they are."""


def plan_of(campaign: Campaign) -> CampaignPlan:
    """The campaign as the plan that would make it."""
    return CampaignPlan(
        **{name: getattr(campaign, name) for name in PLAIN},
        submit_level=Assurance(campaign.submit_level),
        support_level=Assurance(campaign.support_level),
        comment_level=Assurance(campaign.comment_level),
        assurance=Assurance(campaign.assurance),
        slug=campaign.slug,
        stages={StageKind(stage.kind): StagePlan(stage.opens_at, stage.closes_at) for stage in campaign.stages},
        categories=tuple(CategoryPlan(row.name, row.code) for row in campaign.categories),
        premoderates=tuple(campaign.premoderates),
        method=Method(campaign.method),
        ballot_form=BallotForm(campaign.ballot_form),
        rule=Rule(campaign.rule),
        results=ResultsRule(campaign.results),
    )


def faults(plan: CampaignPlan, languages: list[str]) -> Iterator[Fault]:
    """Everything that cannot stand, in a draft neither."""
    first = languages[0]
    if not plan.title.get(first, "").strip():
        yield Fault(("title", first), _("Please write the question of the campaign."))
    if plan.slug and (not is_slug(plan.slug) or len(plan.slug) > LONGEST):
        yield Fault(("slug",), _("Please use small letters, digits and hyphens only."))
    for name in ("title", "background", "guidelines"):
        yield from _text_faults((name,), getattr(plan, name), languages)
    yield from _category_faults(plan, languages)
    yield from _stage_faults(plan)
    yield from _number_faults(plan)
    for name in LEVEL_PARTS:
        if getattr(plan, name) not in LEVELS:
            yield Fault((name,), _("A campaign cannot check who takes part as closely as this."))
    if not set(plan.premoderates) <= set(MODERATED):
        yield Fault(("premoderates",), _("Please choose what a moderator looks at first."))


def _text_faults(path: Path, texts: Mapping[str, str], languages: list[str]) -> Iterator[Fault]:
    most = LENGTHS[str(path[-1])]
    for code, text in texts.items():
        if code not in languages:
            yield Fault((*path, code), _("The city has no texts in the language “%(code)s”.", code=code))
        if len(text) > most:
            yield Fault((*path, code), _("Please write at most %(most)s characters.", most=most))
        if not is_plain(text, lines=path[-1] in {"background", "guidelines"}):
            yield Fault((*path, code), _("Please write without invisible special characters."))


def _category_faults(plan: CampaignPlan, languages: list[str]) -> Iterator[Fault]:
    if len(plan.categories) > MAX_CATEGORIES:
        yield Fault(("categories",), _("Please use at most %(most)s categories.", most=MAX_CATEGORIES))
    seen: set[str] = set()
    for index, category in enumerate(plan.categories):
        name = category.name.get(languages[0], "").strip().casefold()
        if not name:
            yield Fault(("categories", index, "name", languages[0]), _("Please name this category."))
        elif name in seen:
            yield Fault(("categories", index, "name", languages[0]), _("This category is there already."))
        seen.add(name)
        yield from _text_faults(("categories", index, "name"), category.name, languages)


def _stage_faults(plan: CampaignPlan) -> Iterator[Fault]:
    if not set(plan.stages) & {StageKind.COLLECT, StageKind.VOTE}:
        yield Fault(("stages",), _("Please plan when ideas are collected, or when people vote."))
    for kind, stage in plan.stages.items():
        if stage.closes_at is not None and stage.closes_at <= stage.opens_at:
            yield Fault(("stages", kind, "closes_at"), _("Please choose an end after the beginning."))
        elif stage.closes_at is None and kind in CITIZENS:
            yield Fault(("stages", kind, "closes_at"), _("Please say when this ends."))


def _number_faults(plan: CampaignPlan) -> Iterator[Fault]:
    if not 1 <= plan.votes_max <= MOST_VOTES:
        yield Fault(("votes_max",), _("Please choose a number from 1 to %(most)s.", most=MOST_VOTES))
    elif not 1 <= plan.per_idea_max <= plan.votes_max:
        words = _("Please choose a number from 1 to %(most)s.", most=plan.votes_max)
        yield Fault(("per_idea_max",), words)
    if plan.budget is not None and not 0 < plan.budget <= MOST_BUDGET:
        yield Fault(("budget",), _("Please write the budget as a whole number."))
    if not (len(plan.currency) == 3 and plan.currency.isascii() and plan.currency.isupper()):
        yield Fault(("currency",), _("Please write the currency in three capital letters, such as EUR."))


def gaps(plan: CampaignPlan, languages: list[str]) -> Iterator[Fault]:
    """What is still missing before the public can take part."""
    yield from faults(plan, languages)
    closes_at = plan.closes_at
    if closes_at is not None and closes_at <= clock.now():
        yield Fault(("stages",), _("Please choose an end in the future."))
    if plan.method is Method.BUDGET and plan.budget is None and StageKind.VOTE in plan.stages:
        yield Fault(("budget",), _("Please say how large the budget is."))
