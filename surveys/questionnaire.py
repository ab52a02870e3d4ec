"""What a questionnaire is: sections of questions, as plain values that a page, a program and a file all make.

Kept as JSON (`dumped`) and read back strictly (`loaded`). A questionnaire that is being written may have gaps;
`surveys.checker` says which. Only hard limits stand here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from surveys.logic.expressions import Expression, fault_of

MAX_SECTIONS = 60
MAX_QUESTIONS = 400
MAX_OPTIONS = 200
MAX_ROWS = 60
CODE = r"^[A-Za-z][A-Za-z0-9_]{0,63}$"
CHOICE_CODE = r"^[A-Za-z0-9_-]{1,64}$"
WRITTEN = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"
"""Texts without control signs, but for tabs and line ends."""

END = "end"
"""Where a skip leads that ends the questionnaire. No question or section has this code."""

FIELDS_OF_FORMS = "began clear csrf_token go kept key lang page version whole".split()
PROPERTIES_OF_FORMS = """
    addEventListener autocomplete dataset elements enctype isConnected
    querySelector querySelectorAll requestSubmit waiting
""".split()
RESERVED = frozenset([END, *FIELDS_OF_FORMS, *PROPERTIES_OF_FORMS])
"""Codes that no question has: the form of a sheet has other fields of these names, or its script needs what a browser
calls so, which a field of the same name would hide."""


class Kind(StrEnum):
    """How a question is answered, and in brackets what its value is."""

    SINGLE = "single"  # an option's code
    MULTIPLE = "multiple"  # codes in the question's order
    RANKING = "ranking"  # codes, the best first
    MATRIX = "matrix"  # {row: option}
    STATEMENTS = "statements"  # {row: "agree", "pass" or "disagree"}
    SCALE = "scale"  # a whole number from low to high, or DONT_KNOW
    NPS = "nps"  # 0 to 10, or DONT_KNOW
    NUMBER = "number"  # a number, or DONT_KNOW
    DATE = "date"  # "2026-01-31"
    LINE = "line"  # a text on one line
    TEXT = "text"  # a text on several lines
    PLACE = "place"  # {"district": code} and, where given, "point": [longitude, latitude]
    CONSENT = "consent"  # true
    FILE = "file"  # {"name": as it was called, "file": as we keep it}
    NOTE = "note"  # explains something, and has no value

    @property
    def has_options(self) -> bool:
        return self in {Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX}

    @property
    def has_rows(self) -> bool:
        return self in {Kind.MATRIX, Kind.STATEMENTS}

    @property
    def is_written(self) -> bool:
        """True where people write freely, so that nobody publishes it unread."""
        return self in {Kind.LINE, Kind.TEXT}

    @property
    def is_closed(self) -> bool:
        """True where answers can be counted by choice: for filters and cross-tables."""
        return self in {Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NPS, Kind.PLACE, Kind.CONSENT}


DONT_KNOW = "dont_know"
OTHER = "other"
AGREEMENT = ("agree", "pass", "disagree")


class OptionRole(StrEnum):
    """Options that people expect to behave in a way of their own. All stand last, also where options are shuffled."""

    PLAIN = "plain"
    NONE = "none"  # "None of these": excludes all others
    OTHER = "other"  # comes with a line to write on
    DONT_KNOW = "dont_know"  # excludes all others, and counts in no share


class Layout(StrEnum):
    """What stands on one page."""

    SECTION = "section"
    QUESTION = "question"


def _sound(tree: Expression) -> Expression:
    fault = fault_of(tree)
    if fault:
        raise ValueError(fault)
    return tree


def is_day(value: object) -> bool:
    """Whether this is a day as "2026-11-25". Python reads "2026-W48-3" too, but nobody could count that by month."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _in_the_calendar(day: str) -> str:
    if not is_day(day):
        raise ValueError(day)
    return day


Code = Annotated[str, Field(pattern=CODE)]
ChoiceCode = Annotated[str, Field(pattern=CHOICE_CODE)]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
Line = dict[Language, Annotated[str, Field(max_length=500, pattern=WRITTEN)]]
Long = dict[Language, Annotated[str, Field(max_length=5000, pattern=WRITTEN)]]
Tree = Annotated[Any, AfterValidator(_sound)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_in_the_calendar)]


class Part(BaseModel):
    """A part of a questionnaire. Two parts with equal values are equal."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Picture(Part):
    """A kept picture (citizen.core.media)."""

    name: Annotated[str, Field(pattern=r"^[0-9a-f]{32}\.webp$")]
    width: Annotated[int, Field(ge=1, le=4000)]
    height: Annotated[int, Field(ge=1, le=4000)]


class Option(Part):
    """One of the answers to choose from, or a column of a matrix."""

    code: ChoiceCode
    label: Line = {}
    role: OptionRole = OptionRole.PLAIN
    picture: Picture | None = None
    picture_alt: Line = {}


class Row(Part):
    """A line of a matrix, or a statement."""

    code: ChoiceCode
    label: Line = {}


class Check(Part):
    """A condition that an answer must meet, and what to say where it does not."""

    that: Tree
    message: Line = {}


class Skip(Part):
    """After this question, where `when` holds: go on at the question or section `to`, or END."""

    when: Tree
    to: Code


class Question(Part):
    """One question. What its kind does not use stays as it is here."""

    code: Code
    kind: Kind
    text: Long = {}
    hint: Long = {}
    is_required: bool = False
    options: Annotated[tuple[Option, ...], Field(max_length=MAX_OPTIONS)] = ()
    rows: Annotated[tuple[Row, ...], Field(max_length=MAX_ROWS)] = ()
    choose_min: Annotated[int, Field(ge=0, le=MAX_OPTIONS)] = 0
    choose_max: Annotated[int, Field(ge=0, le=MAX_OPTIONS)] = 0  # 0: as many as there are
    is_shuffled: bool = False
    is_ordered: bool = False  # options go from one end to the other: results keep their order
    low: Annotated[int, Field(ge=-100, le=100)] = 0
    high: Annotated[int, Field(ge=-100, le=100)] = 10
    low_label: Line = {}
    high_label: Line = {}
    has_dont_know: bool = False  # beside scales and numbers
    unit: Line = {}
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    least: Number | None = None
    most: Number | None = None
    max_length: Annotated[int, Field(ge=0, le=10_000)] = 0  # 0: what the kind allows
    earliest: Day | None = None
    latest: Day | None = None
    show_if: Tree = None
    checks: Annotated[tuple[Check, ...], Field(max_length=20)] = ()
    skips: Annotated[tuple[Skip, ...], Field(max_length=20)] = ()
    version: Annotated[int, Field(ge=1)] = 1

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def options_as(self, role: OptionRole) -> tuple[str, ...]:
        """Codes of the options with this role."""
        return tuple(option.code for option in self.options if option.role is role)

    @property
    def most_chosen(self) -> int:
        """How many may be chosen or ranked."""
        return min(self.choose_max or len(self.options), len(self.options))

    @property
    def longest(self) -> int:
        """The longest text, in characters."""
        most = 300 if self.kind is Kind.LINE else 5000
        return min(self.max_length or most, 10_000)

    @property
    def scale(self) -> range:
        """The points of a scale."""
        return range(11) if self.kind is Kind.NPS else range(self.low, self.high + 1)


class Section(Part):
    """Questions that belong together."""

    code: Code
    title: Line = {}
    text: Long = {}
    show_if: Tree = None
    questions: tuple[Question, ...] = ()


class Questionnaire(Part):
    """Everything that people are asked."""

    title: Line = {}
    intro: Long = {}
    thanks: Long = {}
    layout: Layout = Layout.SECTION
    sections: Annotated[tuple[Section, ...], Field(max_length=MAX_SECTIONS)] = ()

    @property
    def questions(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)


def dumped(questionnaire: Questionnaire) -> dict[str, Any]:
    """As JSON values, without what is as usual anyway."""
    return questionnaire.model_dump(mode="json", exclude_defaults=True)


def loaded(document: Mapping[str, Any]) -> Questionnaire:
    """From JSON values. Raises pydantic.ValidationError, which names every field that does not fit."""
    return Questionnaire.model_validate(document)
