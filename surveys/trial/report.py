"""What came out of many invented sheets: who would see what, for how long, and where answering gets stuck."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import median

from markupsafe import Markup

from citizen.core import clock
from citizen.core.i18n import current_language
from surveys import effort
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.sheets.checking import Checked, check
from surveys.sheets.piping import piped
from surveys.sheets.words import Districts, InWords
from surveys.trial.inventing import invented_values

SHEETS = 200


@dataclass(frozen=True)
class Reached:
    """A question: how many sheets showed it, how many of these were answered, and what was wrong with the others."""

    section: Section
    question: Question
    shown: int
    answered: int
    sheets: int
    problems: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """Of all sheets, 0 to 1."""
        return self.shown / self.sheets

    @property
    def share_answered(self) -> float:
        return self.answered / self.sheets


@dataclass(frozen=True)
class Way:
    """One invented way through: each question and its answer, in words; about how many seconds it takes."""

    steps: tuple[tuple[Question, Markup, list[str]], ...]
    seconds: float

    @property
    def minutes(self) -> int:
        return effort.minutes(self.seconds)


@dataclass(frozen=True)
class Trial:
    """What came out. `quickest`, `usual` and `longest` are minutes; `ways` are examples, the shortest first."""

    seed: int
    sheets: int
    reached: tuple[Reached, ...]
    quickest: int
    usual: int
    longest: int
    ways: tuple[Way, ...]

    @property
    def never(self) -> list[Reached]:
        return [row for row in self.reached if not row.shown]

    @property
    def stuck(self) -> list[Reached]:
        """Questions to which no right answer could be invented, at least sometimes."""
        return [row for row in self.reached if row.problems]


def try_out(questionnaire: Questionnaire, districts: Districts, *, seed: int = 1, sheets: int = SHEETS) -> Trial:
    """Invent so many sheets and check each. The same seed gives the same sheets. Texts in the reader's language."""
    today, random, lang = clock.now().date(), Random(seed), current_language()
    checked = [_sheet(questionnaire, random, districts, today) for _number in range(sheets)]
    lengths = {question.code: effort.seconds(question, lang) for question in questionnaire.questions}
    spent = sorted(_spent(sheet, lengths) for sheet in checked)
    return Trial(
        seed=seed,
        sheets=sheets,
        reached=_reached(questionnaire, checked),
        quickest=effort.minutes(spent[0]),
        usual=effort.minutes(median(spent)),
        longest=effort.minutes(spent[-1]),
        ways=tuple(_way(questionnaire, sheet, districts, _spent(sheet, lengths)) for sheet in _examples(checked)),
    )


def _sheet(questionnaire: Questionnaire, random: Random, districts: Districts, today: date) -> Checked:
    values = invented_values(questionnaire, random, sorted(districts), today=today)
    return check(questionnaire, values, today, districts.keys())


def _spent(sheet: Checked, lengths: Mapping[str, float]) -> float:
    """About how many seconds the sheet takes. `lengths`: of each question, by code."""
    return sum(lengths[question.code] for question in sheet.path.questions)


def _reached(questionnaire: Questionnaire, checked: list[Checked]) -> tuple[Reached, ...]:
    shown = Counter(code for sheet in checked for code in sheet.path.codes)
    answered = Counter(code for sheet in checked for code in sheet.path.answers)
    problems: dict[str, Counter[str]] = {}
    for sheet in checked:
        for code, sentence in sheet.problems.items():
            problems.setdefault(code, Counter())[sentence] += 1
    return tuple(
        Reached(
            section,
            question,
            shown[question.code],
            answered[question.code],
            len(checked),
            tuple(problems.get(question.code, Counter()).most_common()),
        )
        for section in questionnaire.sections
        for question in section.questions
    )


def _examples(checked: list[Checked]) -> list[Checked]:
    """Ways that differ in what is shown: the shortest, a middle one, the longest; rather those without problems."""
    worst_first = sorted(checked, key=lambda sheet: -len(sheet.problems))
    different = {frozenset(sheet.path.codes): sheet for sheet in worst_first}
    ordered = sorted(different.values(), key=lambda sheet: len(sheet.path.shown))
    places = dict.fromkeys((0, len(ordered) // 2, len(ordered) - 1))
    return [ordered[place] for place in places]


def _way(questionnaire: Questionnaire, sheet: Checked, districts: Districts, seconds: float) -> Way:
    said, answers = InWords(districts, sheet.answers), sheet.path.answers

    def say(code: str) -> str:
        question = questionnaire.question(code)
        return said.together(question, answers.get(code)) if question else ""

    steps = (
        (question, piped(question.text, say), said.lines(question, answers.get(question.code)))
        for question in sheet.path.questions
    )
    return Way(tuple(steps), seconds)
