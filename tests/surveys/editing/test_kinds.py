"""What a question keeps when it is asked in another way."""

import itertools

import pytest

from surveys.editing.kinds import as_kind, cards, fresh_choice, new_question, used_by
from surveys.questionnaire import Kind, OptionRole, Question, loaded
from tests.surveys.makers import MODES, choice, every_kind, question, section

QUESTIONS = list(loaded(every_kind()).questions)


def single(**values) -> Question:
    options = [*MODES, choice("other", "Else", role="other")]
    return loaded({"sections": [section("s", question("q", "single", options=options, **values))]}).question("q")


def test_texts_conditions_and_options_stay():
    made = as_kind(single(is_required=True, show_if=["answered", ["answer", "a"]]), Kind.MULTIPLE)
    assert made.kind is Kind.MULTIPLE
    assert [option.code for option in made.options] == ["bus", "bike", "car", "other"]
    assert made.options[-1].role is OptionRole.OTHER
    assert made.is_required
    assert made.show_if == ["answered", ["answer", "a"]]


def test_roles_that_the_new_kind_does_not_know_become_plain():
    assert {option.role for option in as_kind(single(), Kind.RANKING).options} == {OptionRole.PLAIN}


def test_what_does_not_fit_goes():
    made = as_kind(single(), Kind.NUMBER)
    assert made.options == ()
    assert as_kind(single(is_required=True), Kind.NOTE).is_required is False


@pytest.mark.parametrize(("before", "after"), list(itertools.product(QUESTIONS, Kind)))
def test_every_kind_becomes_every_other_one(before, after):
    made = as_kind(before, after)
    assert (made.code, made.text, made.hint) == (before.code, before.text, before.hint)
    usual = new_question(before.code, after)
    others = set(Question.model_fields) - used_by(after) - {"code", "kind", "version"}
    if after is not before.kind:
        assert {name: getattr(made, name) for name in others} == {name: getattr(usual, name) for name in others}
    assert Question.model_validate(made.model_dump()) == made


def test_a_new_scale_goes_from_one_to_five():
    assert list(new_question("q", Kind.SCALE).scale) == [1, 2, 3, 4, 5]


def test_files_are_offered_where_they_are_taken(app):
    assert {card.kind for card in cards(with_files=True)} == set(Kind)
    assert {card.kind for card in cards()} == set(Kind) - {Kind.FILE}


def test_new_options_get_the_next_number():
    assert fresh_choice({"1", "2", "bus", "dont_know"}) == "3"
    assert fresh_choice(set()) == "1"
