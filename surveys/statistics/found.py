"""What was found for one question: frozen values, one shape for each kind of question.

`count` counts people. A `share` is of those who answered the question and did not say that they do not know, 0 to 1.
"""

from dataclasses import dataclass

from citizen.core.i18n import Text
from insights.histograms import Bin
from insights.promoters import Score
from surveys.questionnaire import OptionRole, Question, Section

Label = Text | str


@dataclass(frozen=True)
class Bar:
    """One thing that could be chosen. No share where it says "I don't know", which counts in none."""

    code: str
    label: Label
    count: int
    share: float | None
    role: OptionRole = OptionRole.PLAIN

    @property
    def is_plain(self) -> bool:
        """False for "none of these", "something else" and "I don't know", which stand outside of any order."""
        return self.role is OptionRole.PLAIN


@dataclass(frozen=True)
class Choices:
    """Options: the most chosen first, or in the question's order where it has one; those out of order last."""

    bars: tuple[Bar, ...]

    @property
    def leading(self) -> tuple[Bar, ...]:
        """Plain bars that were chosen most: several where they tie, none where nobody chose one."""
        plain = [bar for bar in self.bars if bar.is_plain]
        most = max((bar.count for bar in plain), default=0)
        return tuple(bar for bar in plain if most and bar.count == most)


@dataclass(frozen=True)
class Rank:
    """One option of a ranking: Borda points, how many put it first, how many ranked it at all."""

    code: str
    label: Label
    points: float
    first: int
    ranked: int


@dataclass(frozen=True)
class Ranks:
    """Options by their points, most first; and the groups of equals of Schulze's order, best first, as codes."""

    ranks: tuple[Rank, ...]
    schulze: tuple[tuple[str, ...], ...]

    @property
    def winners(self) -> tuple[set[str], set[str], set[str]]:
        """Who stands first by points, in pairs, and by first choices; more than one where they tie."""
        points = max((rank.points for rank in self.ranks), default=0)
        first = max((rank.first for rank in self.ranks), default=0)
        return (
            {rank.code for rank in self.ranks if rank.points == points},
            set(self.schulze[0]) if self.schulze else set(),
            {rank.code for rank in self.ranks if rank.first == first},
        )


@dataclass(frozen=True)
class RowFound:
    """One row of a matrix: how many chose each column, how many did not know.

    `median` holds the places of the two middle answers among the columns; `low` and `high` count those at either end
    (insights.scales.ends).
    """

    code: str
    label: Label
    counts: tuple[int, ...]
    unsure: int
    median: tuple[int, int] | None = None
    low: int = 0
    high: int = 0

    @property
    def base(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Rows:
    """A matrix. Columns with an order go from one end to the other; those for "I don't know" are not among them.

    `ends` is how many columns make up either end (insights.scales.ends).
    """

    codes: tuple[str, ...]
    columns: tuple[Label, ...]
    rows: tuple[RowFound, ...]
    is_ordered: bool
    ends: int

    @property
    def low_columns(self) -> tuple[Label, ...]:
        return self.columns[: self.ends]

    @property
    def high_columns(self) -> tuple[Label, ...]:
        return self.columns[len(self.columns) - self.ends :]


@dataclass(frozen=True)
class Scale:
    """Points of a scale in their order. `score` for "0 to 10, would you recommend"."""

    bars: tuple[Bar, ...]
    mean: float | None
    median: float | None
    score: Score | None
    high: int
    ends: int


@dataclass(frozen=True)
class Amounts:
    """Numbers: in bins, with lower quartile, median and upper quartile."""

    bins: tuple[Bin, ...]
    mean: float | None
    quartiles: tuple[float, float, float] | None


@dataclass(frozen=True)
class Days:
    """Days by month ("2026-01"), year ("2026") or ten years ("2020s"), those without any among them."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Places:
    """Districts, the most named first."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Consented:
    """How many agreed, and their share of all who were asked."""

    count: int
    share: float


@dataclass(frozen=True)
class Written:
    """Texts that a moderator has approved: how many, and the first of them."""

    field: str
    count: int = 0
    some: tuple[str, ...] = ()


@dataclass(frozen=True)
class Uncounted:
    """Nothing but that it was answered."""


Found = Choices | Ranks | Rows | Scale | Amounts | Days | Places | Consented | Written | Uncounted


@dataclass(frozen=True)
class QuestionFound:
    """What was found for one wording of a question. `written` is what stands beside "something else"."""

    question: Question
    asked: int
    answered: int
    unsure: int
    found: Found
    written: Written | None = None

    @property
    def missing(self) -> int:
        """How many were asked and did not answer."""
        return max(self.asked - self.answered, 0)

    @property
    def base(self) -> int:
        """What shares are of."""
        return max(self.answered - self.unsure, 0)


@dataclass(frozen=True)
class SectionFound:
    section: Section
    questions: tuple[QuestionFound, ...]
