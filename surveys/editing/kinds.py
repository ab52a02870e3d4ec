"""The kinds of questions as editors meet them, and what a question keeps when it becomes one of another kind."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from surveys.questionnaire import Kind, OptionRole, Question

COMMON = frozenset({"text", "hint", "show_if", "skips"})
ANSWERED = frozenset({"is_required", "checks"})
USED: dict[Kind, frozenset[str]] = {
    Kind.SINGLE: frozenset({"options", "is_shuffled", "is_ordered"}),
    Kind.MULTIPLE: frozenset({"options", "choose_min", "choose_max", "is_shuffled"}),
    Kind.RANKING: frozenset({"options", "choose_min", "choose_max", "is_shuffled"}),
    Kind.MATRIX: frozenset({"options", "rows", "is_ordered"}),
    Kind.STATEMENTS: frozenset({"rows"}),
    Kind.SCALE: frozenset({"low", "high", "low_label", "high_label", "has_dont_know"}),
    Kind.NPS: frozenset({"low_label", "high_label", "has_dont_know"}),
    Kind.NUMBER: frozenset({"unit", "decimals", "least", "most", "has_dont_know"}),
    Kind.DATE: frozenset({"earliest", "latest"}),
    Kind.LINE: frozenset({"max_length"}),
    Kind.TEXT: frozenset({"max_length"}),
}
"""What a kind needs beyond what all have, by the names of `Question`."""

ROLES: dict[Kind, tuple[OptionRole, ...]] = {
    Kind.SINGLE: (OptionRole.PLAIN, OptionRole.OTHER, OptionRole.NONE, OptionRole.DONT_KNOW),
    Kind.MULTIPLE: (OptionRole.PLAIN, OptionRole.OTHER, OptionRole.NONE, OptionRole.DONT_KNOW),
    Kind.RANKING: (OptionRole.PLAIN,),
    Kind.MATRIX: (OptionRole.PLAIN, OptionRole.DONT_KNOW),
}
"""The roles that an option may have."""

FIRST_SCALE = {"low": 1, "high": 5}


@dataclass(frozen=True)
class KindCard:
    """A kind to choose: its icon's name, what it is called, and when it is right, in one sentence."""

    kind: Kind
    icon: str
    name: str
    sentence: str


def cards(*, with_files: bool = False) -> list[KindCard]:
    """Every kind that can be asked, the most usual ones first. Not every install takes files."""
    found = [KindCard(kind, ICONS[kind], kind_words(kind), sentence) for kind, sentence in _sentences().items()]
    return [card for card in found if with_files or card.kind is not Kind.FILE]


ICONS = {
    Kind.SINGLE: "circle-dot",
    Kind.MULTIPLE: "square-check",
    Kind.RANKING: "list-ordered",
    Kind.MATRIX: "grid-3x3",
    Kind.STATEMENTS: "thumbs-up",
    Kind.SCALE: "sliders-horizontal",
    Kind.NPS: "gauge",
    Kind.NUMBER: "hash",
    Kind.DATE: "calendar",
    Kind.LINE: "text-cursor-input",
    Kind.TEXT: "letter-text",
    Kind.PLACE: "map-pin",
    Kind.CONSENT: "signature",
    Kind.FILE: "paperclip",
    Kind.NOTE: "info",
}


def kind_words(kind: Kind) -> str:
    return {
        Kind.SINGLE: _("Choose one"),
        Kind.MULTIPLE: _("Choose several"),
        Kind.RANKING: _("Put in order"),
        Kind.MATRIX: _("Table of answers"),
        Kind.STATEMENTS: _("Agree, pass or disagree"),
        Kind.SCALE: _("Scale"),
        Kind.NPS: _("Recommend, from 0 to 10"),
        Kind.NUMBER: _("Number"),
        Kind.DATE: _("Date"),
        Kind.LINE: _("Short text"),
        Kind.TEXT: _("Long text"),
        Kind.PLACE: _("Place in the city"),
        Kind.CONSENT: _("Consent"),
        Kind.FILE: _("File"),
        Kind.NOTE: _("Explanation"),
    }[kind]


def _sentences() -> dict[Kind, str]:
    return {
        Kind.SINGLE: _("People choose exactly one of your answers."),
        Kind.MULTIPLE: _("People choose as many of your answers as you allow."),
        Kind.RANKING: _("People put your answers in order, the most important one first."),
        Kind.SCALE: _("People choose a number between two ends, such as from 1 to 5."),
        Kind.MATRIX: _("The same answers for several lines, such as how satisfied people are with each service."),
        Kind.STATEMENTS: _("People say to each statement whether they agree. A statement can be skipped."),
        Kind.NPS: _("How likely people would recommend something. Cities and companies everywhere ask it this way."),
        Kind.LINE: _("A few words on one line. A moderator reads them before anybody else does."),
        Kind.TEXT: _("Some sentences. A moderator reads them before anybody else does."),
        Kind.NUMBER: _("An age, an amount or a distance, with a unit and limits."),
        Kind.DATE: _("A day, such as when somebody moved here."),
        Kind.PLACE: _("A district of your city, or a point on its map."),
        Kind.CONSENT: _("A box that people tick to agree to something."),
        Kind.NOTE: _("A text to read, without a question."),
        Kind.FILE: _("A picture or document that people send. Ask for one only where you really need it."),
    }


def used_by(kind: Kind) -> frozenset[str]:
    """What belongs to a question of this kind, by the names of `Question`."""
    return COMMON | USED.get(kind, frozenset()) | (frozenset() if kind is Kind.NOTE else ANSWERED)


def new_question(code: str, kind: Kind) -> Question:
    first: dict[str, Any] = FIRST_SCALE if kind is Kind.SCALE else {}
    return Question(code=code, kind=kind, **first)


def as_kind(question: Question, kind: Kind) -> Question:
    """The same question, answered in another way: what fits is kept."""
    if kind is question.kind:
        return question
    kept = {name: getattr(question, name) for name in used_by(kind) & used_by(question.kind)}
    if "options" in kept:
        kept["options"] = tuple(_with_role_for(kind, option) for option in question.options)
    return new_question(question.code, kind).model_copy(update=kept)


def _with_role_for(kind: Kind, option: Any) -> Any:
    is_known = option.role in ROLES[kind]
    return option if is_known else option.model_copy(update={"role": OptionRole.PLAIN})


def fresh_choice(taken: Collection[str]) -> str:
    """A code for a new option or row: the next number, as exports and statistics programs know them."""
    numbers = [int(code) for code in taken if code.isascii() and code.isdecimal() and len(code) < 6]
    return str(max(numbers, default=0) + 1)
