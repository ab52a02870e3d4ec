"""The templates that come with Plaza: whole in both languages, sound, and answered to the end."""

import json
import re
from collections import Counter

import pytest

from citizen.core.config import ROOT
from surveys.checker import findings_for
from surveys.effort import minutes_for
from surveys.library import FOLDER, Template, template, templates
from surveys.questionnaire import Kind, OptionRole
from surveys.texts import languages_of, texts_of
from surveys.trial import try_out
from tests.makers import ONE_DATABASE

pytestmark = [
    ONE_DATABASE,
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("one", templates(), ids=lambda one: one.code),
]

DISTRICTS = {"north": {"en": "North"}, "south": {"en": "South"}}
ALONE = {OptionRole.NONE, OptionRole.DONT_KNOW}


@pytest.mark.parametrize("languages", [("en", "de"), ("de", "en")])
def test_nothing_is_wrong_with_it(one: Template, languages: tuple[str, ...]) -> None:
    assert findings_for(one.questionnaire, languages, DISTRICTS) == []


def test_it_is_whole_in_both_languages(one: Template) -> None:
    assert languages_of(one.questionnaire) == ["de", "en"]
    assert one.about.keys() == {"en", "de"}


def test_every_question_is_answered_and_nobody_gets_stuck(one: Template) -> None:
    trial = try_out(one.questionnaire, DISTRICTS)
    assert trial.never == []
    assert trial.stuck == []
    assert all(row.answered for row in trial.reached if row.question.kind is not Kind.NOTE)


def test_it_takes_fifteen_minutes_at_most(one: Template) -> None:
    assert minutes_for(one.questionnaire, "de") <= 15


def test_whoever_cannot_answer_can_say_so(one: Template) -> None:
    """Every choice has a way out, unless it can be left out and asks for a fact or an order."""
    closed = [question for question in one.questionnaire.questions if question.kind in {Kind.SINGLE, Kind.MULTIPLE}]
    assert [q.code for q in closed if not any(option.role in ALONE for option in q.options)] == []


def test_scales_are_balanced(one: Template) -> None:
    """As many named steps below the middle as above it, from 1 upwards, and what counts in no share stands last."""
    for question in one.questionnaire.questions:
        if question.kind is Kind.MATRIX and question.rows[0].code != "foot":
            codes = [option.code for option in question.options]
            assert codes[:5] == ["1", "2", "3", "4", "5"]
            assert question.is_ordered
        if question.kind is Kind.SCALE:
            assert (question.low, question.high) == (1, 5)


def test_what_has_no_order_of_its_own_is_shuffled(one: Template) -> None:
    chosen = [q for q in one.questionnaire.questions if q.kind is Kind.RANKING or q.choose_max]
    assert all(question.is_shuffled for question in chosen)


def test_hints_do_not_repeat_how_many_may_be_chosen(one: Template) -> None:
    """The page says that by itself."""
    for question in one.questionnaire.questions:
        if question.kind is Kind.MULTIPLE and question.choose_max:
            assert not [text for text in question.hint.values() if str(question.choose_max) in text]


def test_its_words_are_kind_and_plain(one: Template) -> None:
    texts = [text for wording in texts_of(one.questionnaire) for text in wording.texts.values()]
    assert not [text for text in texts if "!" in text or re.search(r"\s{2}|^\s|\s$", text)]
    assert not [text for text in texts if len(text.split()) > 60]


def test_its_file_says_where_its_wording_comes_from(one: Template) -> None:
    assert f"| `{one.code}` " in (ROOT / "docs" / "survey-templates.md").read_text()
    assert template(one.code) is one


def test_its_file_names_nothing_twice(one: Template) -> None:
    """JSON keeps the last of two equal names without a word."""
    json.loads((FOLDER / f"{one.code}.json").read_text(), object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert max(Counter(name for name, _value in pairs).values(), default=0) <= 1
    return dict(pairs)
