"""A questionnaire that goes out as a SurveyJS form and comes back is the same, but for what SurveyJS cannot say."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from surveys import importers
from surveys.exporters.surveyjs import export
from surveys.questionnaire import Kind, OptionRole, Question, Questionnaire, dumped
from tests.surveys.strategies import questionnaires

pytestmark = pytest.mark.usefixtures("speaking")
LANGUAGES = ["en", "de"]
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def there_and_back(questionnaire: Questionnaire) -> Questionnaire:
    found = importers.read("form.json", export(questionnaire, LANGUAGES).content, LANGUAGES)
    assert found.questionnaire is not None, found.report.refused
    return found.questionnaire


def known_to_surveyjs(questionnaire: Questionnaire) -> Questionnaire:
    """What both sides know of the questionnaire."""
    sections = tuple(
        section.model_copy(update={"questions": tuple(map(_known, section.questions))})
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections})


def _known(question: Question) -> Question:
    kind = {Kind.NPS: Kind.SCALE, Kind.PLACE: Kind.LINE}.get(question.kind, question.kind)
    changes: dict[str, Any] = {"kind": kind, "has_dont_know": False, "unit": {}}
    plain = all(option.role is OptionRole.PLAIN for option in question.options)
    if kind is Kind.SINGLE:
        changes["is_ordered"] = question.is_ordered and plain and not question.is_shuffled
    if kind is Kind.MATRIX:
        changes["is_ordered"] = True
    return question.model_copy(update=changes)


@QUIET
@given(questionnaires())
def test_what_both_know_comes_back(speaking, questionnaire):
    known = known_to_surveyjs(questionnaire)
    assert dumped(there_and_back(known)) == dumped(known)


@QUIET
@given(questionnaires())
def test_nothing_is_lost_without_a_word(speaking, questionnaire):
    said = {left.where for left in export(questionnaire, LANGUAGES).left}
    known = known_to_surveyjs(questionnaire)
    for before, after in zip(questionnaire.questions, known.questions, strict=True):
        is_equal = before.model_copy(update={"is_ordered": after.is_ordered}) == after
        assert is_equal or before.code in said
