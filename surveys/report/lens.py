"""How a reader looks at a result: at everybody, at those who said one thing, or at groups beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from citizen.cities.districts import District
from citizen.core.i18n import localized
from surveys.breakdowns import EVERYBODY, NOBODY, Breakdown, Group, Split, may_split
from surveys.questionnaire import DONT_KNOW, Kind, Question, Questionnaire
from surveys.report.words import plain_title
from surveys.sheets.words import dont_know_words
from surveys.statistics.counting import label_of
from surveys.statistics.found import Label

Names = Mapping[str, Label]


@dataclass(frozen=True)
class Lens:
    """`by` makes the groups; `only` is a question and the one choice of it that is looked at."""

    by: Question | None = None
    only: tuple[Question, str] | None = None

    @property
    def split(self) -> Split | None:
        """What has to be counted for this; nothing for everybody together."""
        if self.by:
            return Split(self.by.code, (self.only[0].code, self.only[1]) if self.only else None)
        return Split(self.only[0].code) if self.only else None

    @property
    def asked(self) -> dict[str, str]:
        """As an address asks for it."""
        by = {"by": self.by.code} if self.by else {}
        return by | ({"only": f"{self.only[0].code}:{self.only[1]}"} if self.only else {})

    def groups(self, breakdown: Breakdown, districts: Sequence[District]) -> dict[str, Group]:
        """All together first, then each group that somebody is in, in the order of the question's answers."""
        if self.by is None:
            return {EVERYBODY: breakdown.group(self.only[1] if self.only else EVERYBODY)}
        names = [EVERYBODY, *answers_of(self.by, districts), NOBODY]
        listed = [*names, *(name for name in breakdown.groups if name not in names)]
        return {name: breakdown.group(name) for name in listed if name == EVERYBODY or breakdown.group(name).n}


def lens_for(questionnaire: Questionnaire, by: str, only: str) -> Lens | None:
    """What an address asks for; empty texts ask for nothing. None where there is no such question or answer."""
    splitters = {question.code: question for question in splitters_of(questionnaire)}
    code, _colon, choice = only.partition(":")
    if (by and by not in splitters) or (only and (code not in splitters or not _can_be_said(splitters[code], choice))):
        return None
    return Lens(splitters.get(by), (splitters[code], choice) if only else None)


def splitters_of(questionnaire: Questionnaire) -> list[Question]:
    return [question for question in questionnaire.questions if may_split(question)]


def _can_be_said(question: Question, choice: str) -> bool:
    """Districts come and go, so that any short code may be one."""
    return 0 < len(choice) <= 64 if question.kind is Kind.PLACE else choice in answers_of(question, ())


def answers_of(question: Question, districts: Sequence[District]) -> dict[str, Label]:
    """Everything that can be said to a closed question, by the name of its group."""
    match question.kind:
        case Kind.SCALE | Kind.NPS:
            points: dict[str, Label] = {str(point): str(point) for point in question.scale}
            return points | ({DONT_KNOW: dont_know_words()} if question.has_dont_know else {})
        case Kind.PLACE:
            return {district.code: localized(district.name) for district in districts}
        case Kind.CONSENT:
            return {"yes": _("Agreed")}
    return {option.code: label_of(option) for option in question.options}


def group_names(lens: Lens, districts: Sequence[District]) -> Names:
    own = answers_of(lens.by, districts) if lens.by else {}
    return {EVERYBODY: _("All"), NOBODY: _("No answer"), **own}


def only_words(lens: Lens, districts: Sequence[District]) -> str:
    """ "You are …: Female"."""
    if lens.only is None:
        return ""
    question, choice = lens.only
    return f"{plain_title(question)} {answers_of(question, districts).get(choice, choice)}"


@dataclass(frozen=True)
class LensForm:
    """The two lists to choose from: questions, and questions with their answers as address values."""

    by: tuple[tuple[str, str], ...]
    only: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def lens_form(questionnaire: Questionnaire, districts: Sequence[District]) -> LensForm:
    splitters = splitters_of(questionnaire)
    return LensForm(
        tuple((question.code, plain_title(question)) for question in splitters),
        tuple((plain_title(question), tuple(_values(question, districts))) for question in splitters),
    )


def _values(question: Question, districts: Sequence[District]) -> Iterator[tuple[str, str]]:
    for code, label in answers_of(question, districts).items():
        yield f"{question.code}:{code}", str(label)
