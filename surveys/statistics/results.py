"""What came out of a wave: for everybody, for one group of people, or for several beside each other."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row

from citizen.cities.districting import districts_of
from citizen.core.i18n import localized
from insights.disclosure import publishable
from surveys.models import SurveyWave
from surveys.questionnaire import OTHER, Kind, Question, Questionnaire, Section
from surveys.statistics import kept
from surveys.statistics.counting import Counters, Names, by_question, found_in
from surveys.statistics.found import QuestionFound, SectionFound, Written
from surveys.versions import questionnaire_of

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True)
class Answered:
    """How many sheets there are, how they came and when."""

    n: int
    channels: dict[str, int]
    assurances: dict[int, int]
    days: tuple[tuple[date, int], ...]
    population: int | None


@dataclass(frozen=True)
class Result:
    """What `n` people answered, by section as it is asked now.

    `earlier` holds, by code, other wordings of questions that are still asked; `gone` questions that no longer are.
    """

    n: int
    questionnaire: Questionnaire
    sections: tuple[SectionFound, ...]
    earlier: Mapping[str, tuple[QuestionFound, ...]]
    gone: tuple[QuestionFound, ...]

    @property
    def questions(self) -> Iterator[QuestionFound]:
        return (found for section in self.sections for found in section.questions)


def answered(wave: SurveyWave) -> Answered:
    rows = kept.day_rows(wave)
    return Answered(
        n=sum(row.n for row in rows),
        channels=_sums(rows, "channel"),
        assurances=_sums(rows, "assurance"),
        days=tuple(sorted(_sums(rows, "day").items())),
        population=wave.city.population,
    )


def result(wave: SurveyWave) -> Result:
    """What everybody answered, from the kept counters, with the texts that may be shown."""
    found = results_of(wave, {"": (kept.count(wave), kept.kept_counters(wave))})[""]
    return _with_texts(found, kept.approved_texts(wave))


def results_of(wave: SurveyWave, groups: Mapping[Group, tuple[int, Counters]]) -> dict[Group, Result]:
    """What each group answered; `groups` hold how many people each one is, and all of its counters."""
    questionnaire, sizes = questionnaire_of(wave), publishable({group: n for group, (n, _counters) in groups.items()})
    names = _districts(wave, questionnaire)
    sorted_groups = {group: by_question(counters) for group, (_n, counters) in groups.items()}
    found: dict[tuple[str, int], dict[Group, QuestionFound]] = {
        wording: found_in(question, {group: all_of.get(wording, {}) for group, all_of in sorted_groups.items()}, names)
        for wording, question in _asked(wave, questionnaire, sorted_groups.values()).items()
    }
    return {
        group: _result(n, questionnaire, {wording: by_group[group] for wording, by_group in found.items()})
        for group, n in sizes.items()
    }


def _result(n: int, questionnaire: Questionnaire, found: Mapping[tuple[str, int], QuestionFound]) -> Result:
    now = {(question.code, question.version) for question in questionnaire.questions}
    codes = {code for code, _version in now}
    sections = tuple(
        SectionFound(section, tuple(filter(_is_shown, (found[q.code, q.version] for q in _answerable(section)))))
        for section in questionnaire.sections
    )
    others = [one for wording, one in found.items() if wording not in now and one.answered]
    earlier: dict[str, tuple[QuestionFound, ...]] = {}
    for one in others:
        earlier[one.question.code] = (*earlier.get(one.question.code, ()), one)
    gone = tuple(one for one in others if one.question.code not in codes)
    return Result(n, questionnaire, tuple(s for s in sections if s.questions), earlier, gone)


def _answerable(section: Section) -> Iterator[Question]:
    return (question for question in section.questions if question.kind is not Kind.NOTE)


def _is_shown(found: QuestionFound) -> bool:
    """Where no files are taken, nobody is asked for one."""
    return found.question.kind is not Kind.FILE or found.asked > 0


def _asked(wave: SurveyWave, questionnaire: Questionnaire, groups: Any) -> dict[tuple[str, int], Question]:
    """Every wording that is asked now or has counters, the present ones first, then the newest."""
    asked = {(q.code, q.version): q for q in questionnaire.questions if q.kind is not Kind.NOTE}
    counted = {wording for group in groups for wording in group}
    number = (wave.version or 1) - 1
    while number and not counted <= asked.keys():
        older = {(q.code, q.version): q for q in questionnaire_of(wave, number).questions}
        asked |= {wording: question for wording, question in older.items() if wording in counted - asked.keys()}
        number -= 1
    return asked


def _with_texts(found: Result, texts: Mapping[str, Written]) -> Result:
    def told(one: QuestionFound) -> QuestionFound:
        code = one.question.code
        own = texts.get(code) if isinstance(one.found, Written) else None
        return replace(one, found=own or one.found, written=texts.get(f"{code}.{OTHER}"))

    sections = tuple(
        replace(section, questions=tuple(told(one) for one in section.questions)) for section in found.sections
    )
    return replace(found, sections=sections)


def _districts(wave: SurveyWave, questionnaire: Questionnaire) -> Names:
    if all(question.kind is not Kind.PLACE for question in questionnaire.questions):
        return {}
    return {district.code: localized(district.name) for district in districts_of(wave.city)}


def _sums(rows: Sequence[Row[Any]], name: str) -> dict[Any, int]:
    sums: Counter[Any] = Counter()
    for row in rows:
        sums[getattr(row, name)] += row.n
    return dict(sums)
