"""When a question is the same as before: only then are its answers counted together and compared."""

from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select

from citizen.core.db import db
from citizen.core.kept import kept
from surveys.models import SurveySheet, SurveyVersion, SurveyWave
from surveys.questionnaire import Question, Questionnaire, loaded

WITHOUT_MEANING = {"version", "is_required", "show_if", "checks", "skips", "is_shuffled"}
"""What may change without asking something else."""

_read: WeakKeyDictionary[SurveyVersion, Questionnaire] = WeakKeyDictionary()
"""What the kept rows say, read once: for a long questionnaire that costs more than showing a page of it."""


def questionnaire_of(wave: SurveyWave, version: int | None = None) -> Questionnaire:
    """What the wave asks, or asked under an earlier version. Its row is kept in memory: a version never changes."""
    place = {"city_id": wave.city_id, "survey_id": wave.survey_id, "number": version or wave.version}
    row = kept(("questionnaire", *place.values()), 0, lambda: _version(place))
    if row not in _read:
        _read[row] = loaded(row.document)
    return _read[row]


def _version(place: dict[str, int | None]) -> SurveyVersion:
    return db.session.scalars(select(SurveyVersion).filter_by(**place)).one()


def asked_versions(wave: SurveyWave) -> dict[int, Questionnaire]:
    """Every questionnaire that the wave's sheets were asked with, and the present one; the newest first."""
    query = select(SurveySheet.version).where(SurveySheet.city_id == wave.city_id, SurveySheet.wave_id == wave.id)
    numbers = {*db.session.scalars(query.distinct()), *([wave.version] if wave.version else [])}
    return {number: questionnaire_of(wave, number) for number in sorted(numbers, reverse=True)}


def with_versions(questionnaire: Questionnaire, earlier: Iterable[Questionnaire]) -> Questionnaire:
    """The questionnaire with the version of each question. `earlier` are the published ones, oldest first.

    A question that was asked before keeps that version, also where it comes back after another one; a changed one gets
    the next number.
    """
    known: dict[str, list[Question]] = {}
    for old in earlier:
        for question in old.questions:
            known.setdefault(question.code, []).append(question)
    sections = tuple(
        section.model_copy(update={"questions": tuple(_versioned(q, known.get(q.code, [])) for q in section.questions)})
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections})


def _versioned(question: Question, earlier: list[Question]) -> Question:
    same = next((old.version for old in reversed(earlier) if is_same(old, question)), None)
    newest = max((old.version for old in earlier), default=0)
    return question.model_copy(update={"version": same or newest + 1})


def is_same(one: Question, other: Question) -> bool:
    """True where both ask the same: equal but for translations that one of them lacks."""
    return _agree(one.model_dump(exclude=WITHOUT_MEANING), other.model_dump(exclude=WITHOUT_MEANING))


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        shared = one.keys() & other.keys()
        is_untranslated = _are_texts(one) and _are_texts(other)
        has_basis = bool(shared) or not one or not other
        return (one.keys() == other.keys() or (is_untranslated and has_basis)) and all(
            _agree(one[key], other[key]) for key in shared
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(_agree(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


def _are_texts(values: Mapping[str, Any]) -> bool:
    """True for a text by language: short codes, plain texts."""
    return all(len(key) <= 3 and isinstance(value, str) for key, value in values.items())
