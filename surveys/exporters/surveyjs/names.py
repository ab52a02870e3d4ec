"""How SurveyJS calls what we call otherwise: languages, and choices that it adds by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.questionnaire import Kind, Option, OptionRole, Question

Text = str | dict[str, str]
DEFAULT, ENGLISH = "default", "en"
SPECIAL = {OptionRole.OTHER: "other", OptionRole.NONE: "none", OptionRole.DONT_KNOW: "dontknow"}
"""The value that SurveyJS stores for a choice of this role; it cannot be changed."""

SHOWN = {OptionRole.OTHER: "showOtherItem", OptionRole.NONE: "showNoneItem", OptionRole.DONT_KNOW: "showDontKnowItem"}
TEXTS = {OptionRole.OTHER: "otherText", OptionRole.NONE: "noneText", OptionRole.DONT_KNOW: "dontKnowText"}


@dataclass(frozen=True)
class Languages:
    """The languages of a form. SurveyJS takes texts without one for English, unless the form says otherwise."""

    codes: Sequence[str]

    @property
    def base(self) -> str:
        return ENGLISH if ENGLISH in self.codes else self.codes[0]

    def text(self, texts: Mapping[str, str]) -> Text:
        """A text alone where it is in the base language only, else all of them by language; empty where none is."""
        found = {DEFAULT if code == self.base else code: texts[code] for code in self.codes if texts.get(code)}
        if set(found) <= {DEFAULT}:
            return found.get(DEFAULT, "")
        return found


def special_options(question: Question) -> Iterator[Option]:
    """The options that SurveyJS adds by itself: the first of each role, where people choose."""
    if question.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
        return
    for role in SPECIAL:
        yield from [option for option in question.options if option.role is role][:1]


def value_of(question: Question, code: str) -> str:
    """What SurveyJS stores where this option is chosen."""
    return next((SPECIAL[option.role] for option in special_options(question) if option.code == code), code)
