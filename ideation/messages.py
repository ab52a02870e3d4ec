"""What programs send about ideas: models of the JSON API."""

from typing import Annotated, Literal

from pydantic import Field

from citizen.core import clock
from citizen.core.api import Body, Slug, example
from citizen.core.slugs import LONGEST
from citizen.participation.messages import LEVELS, LINE, LINES, Language, Near, Reason, Written
from citizen.participation.models import Assurance, ResultsRule
from ideation.drafts import MAX_NAME, MOST_COST, IdeaDraft
from ideation.listing import LONGEST_SEARCH, Order
from ideation.models import (
    MAX_CANDIDATES,
    MAX_CATEGORIES,
    MAX_COMMENT,
    MAX_TEXT,
    MAX_TITLE,
    BallotForm,
    Method,
    Rule,
    Showing,
    StageKind,
    Stance,
    Status,
)
from ideation.planning import CampaignPlan, CategoryPlan, StagePlan
from ideation.planning.plan import LENGTHS, MOST_BUDGET, MOST_VOTES

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Question = Annotated[str, Field(min_length=1, max_length=LENGTHS["title"], pattern=LINE), Written]
Passage = Annotated[str, Field(min_length=1, max_length=LENGTHS["background"], pattern=LINES), Written]
Name = Annotated[str, Field(min_length=1, max_length=LENGTHS["name"], pattern=LINE), Written]
Asked = Literal["A0", "A1", "A2"]
Person = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
"""A random number that the program keeps for somebody. Without it, each key is a person of its own."""
MOST_AT_ONCE = 100
MAX_SKETCH = 1000


class IdeasPage(Body):
    """Which ideas: at most `limit`, in this order, behind the idea `after`. `q`: words in this `language`.

    What is not `shown` can only be read with the token of a moderator.
    """

    q: str = Field("", max_length=LONGEST_SEARCH)
    language: Language | None = None
    category: Slug | None = None
    district: Slug | None = None
    status: Status | None = None
    order: Order = Order.MIXED
    showing: Showing = Showing.SHOWN
    after: Number | None = None
    limit: int = Field(20, ge=1, le=100)


class Sketch(Body):
    """What somebody is about to write, in this `language`: its title, and the beginning of its text."""

    title: str = Field("", max_length=MAX_TITLE)
    text: str = Field("", max_length=MAX_SKETCH)
    language: Language | None = None


class CommentsPage(Body):
    """Which comments: at most `limit`, from the one behind the comment `after`."""

    after: Number | None = None
    limit: int = Field(50, ge=1, le=100)


class WaitingPage(CommentsPage):
    """Which comments of a campaign: those that wait, unless it says otherwise."""

    showing: Showing = Showing.HELD


class NewStage(Body):
    """From when until when something happens; from now on, unless it says otherwise."""

    opens_at: Near | None = None
    closes_at: Near | None = None


class NewCategory(Body):
    """What ideas can be about. The code is made from the name where none is given."""

    name: dict[Language, Name] = Field(min_length=1)
    code: Slug | None = Field(None, max_length=40)


class NewLevels(Body):
    """How sure the city must be of who does what."""

    submit: Asked = "A1"
    support: Asked = "A1"
    comment: Asked = "A1"
    vote: Asked = "A1"


class NewMethod(Body):
    """How people vote, within which limits. `form` and `rule` are for a participatory budget."""

    kind: Method = Method.CHOOSE
    votes_max: int = Field(default=3, ge=1, le=MOST_VOTES)
    per_idea_max: int = Field(default=1, ge=1, le=MOST_VOTES)
    budget: int | None = Field(default=None, ge=1, le=MOST_BUDGET)
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    form: BallotForm = BallotForm.APPROVAL
    rule: Rule = Rule.EQUAL_SHARES


class NewCampaign(Body):
    """A campaign to be made. Without stages, ideas come in from now on and for two weeks."""

    model_config = example(
        question={"en": "How could the city reduce its electricity consumption?"},
        stages={"collect": {"closes_at": "2099-01-31T18:00:00Z"}},
        categories=[{"name": {"en": "Street lights"}}],
    )

    question: dict[Language, Question] = Field(min_length=1)
    background: dict[Language, Passage] = {}
    guidelines: dict[Language, Passage] = {}
    stages: dict[StageKind, NewStage] = {}
    categories: list[NewCategory] = Field([], max_length=MAX_CATEGORIES)
    levels: NewLevels = NewLevels()
    premoderates: list[Literal["ideas", "comments"]] = Field([], max_length=2)
    asks_place: bool = True
    asks_cost: bool = False
    asks_picture: bool = True
    method: NewMethod = NewMethod()
    results: ResultsRule = ResultsRule.AFTER_CLOSE
    slug: Slug | None = Field(None, max_length=LONGEST)

    def as_plan(self, zone: str) -> CampaignPlan:
        """The plan that staff would have written in the console. `zone` is the city's time zone."""
        return CampaignPlan(
            title=self.question,
            stages=self._stages(zone),
            slug=self.slug or "",
            background=self.background,
            guidelines=self.guidelines,
            categories=tuple(CategoryPlan(category.name, category.code or "") for category in self.categories),
            submit_level=_level(self.levels.submit),
            support_level=_level(self.levels.support),
            comment_level=_level(self.levels.comment),
            assurance=_level(self.levels.vote),
            premoderates=tuple(dict.fromkeys(self.premoderates)),
            asks_place=self.asks_place,
            asks_cost=self.asks_cost,
            asks_picture=self.asks_picture,
            method=self.method.kind,
            votes_max=self.method.votes_max,
            per_idea_max=self.method.per_idea_max,
            budget=self.method.budget,
            currency=self.method.currency,
            ballot_form=self.method.form,
            rule=self.method.rule,
            results=self.results,
        )

    def _stages(self, zone: str) -> dict[StageKind, StagePlan]:
        moment = clock.now()
        if not self.stages:
            return {StageKind.COLLECT: StagePlan(moment, clock.two_weeks_after(moment, zone))}
        return {kind: StagePlan(stage.opens_at or moment, stage.closes_at) for kind, stage in self.stages.items()}


def _level(name: Asked) -> Assurance:
    return Assurance(LEVELS.index(name))


class NewIdea(Body):
    """An idea that somebody had. A place is a district, or a point in degrees, or nothing."""

    model_config = example(title="Solar roofs on schools", text="The roofs are empty.", language="en")

    title: str = Field(min_length=1, max_length=MAX_TITLE)
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    language: Language
    category: Slug | None = None
    district: Slug | None = None
    longitude: float | None = Field(None, ge=-180, le=180)
    latitude: float | None = Field(None, ge=-90, le=90)
    cost: int | None = Field(None, ge=1, le=MOST_COST)
    name: str = Field("", max_length=MAX_NAME)
    person: Person | None = None

    def as_draft(self) -> IdeaDraft:
        """The cleaned draft that its author would have written on the page."""
        given = self.model_dump(exclude={"name", "person"})
        return IdeaDraft(**given, author_name=self.name).cleaned()


class NewSupport(Body):
    """Somebody supports an idea."""

    model_config = example()

    person: Person | None = None


class NewComment(Body):
    """What somebody says about an idea, or replies to a comment on it: `parent`."""

    model_config = example(text="My school would like that.", stance="for")

    text: str = Field(min_length=1, max_length=MAX_COMMENT)
    stance: Stance = Stance.REMARK
    parent: Number | None = None
    name: str = Field("", max_length=MAX_NAME)
    person: Person | None = None


class Given(Body):
    """What a ballot gives to one idea. `points` are for methods in which people spread them."""

    idea: Number
    points: int = Field(1, ge=1, le=MOST_VOTES)


class NewBallot(Body):
    """A whole ballot, the best first where ideas are ranked. It takes the place of the same person's earlier one."""

    model_config = example(choices=[{"idea": 1}])

    choices: list[Given] = Field(min_length=1, max_length=MAX_CANDIDATES)
    person: Person | None = None


class Chosen(Body):
    """Which ideas of a campaign are meant."""

    ideas: list[Number] = Field(min_length=1, max_length=MOST_AT_ONCE)


class NewStatus(Chosen):
    """How far the city has come with ideas. What was decided needs a sentence, which the public reads."""

    model_config = example(ideas=[1], status="planned", sentence={"en": "We start in spring."})

    status: Status
    sentence: dict[Language, Reason] = {}
    link: str = Field("", max_length=300)


class NewShowing(Chosen):
    """Whether the public sees ideas. Hiding needs a reason, which stands in their place."""

    model_config = example(ideas=[1], showing="shown")

    showing: Literal[Showing.SHOWN, Showing.HIDDEN]
    reason: dict[Language, Reason] = {}


class NewCommentShowing(Body):
    """Whether the public sees a comment. Hiding needs a reason, which stands in its place."""

    model_config = example(showing="shown")

    showing: Literal[Showing.SHOWN, Showing.HIDDEN]
    reason: dict[Language, Reason] = {}
