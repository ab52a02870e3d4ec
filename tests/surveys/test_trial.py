"""Invented answers: they follow the logic, come in every kind, and show where answering gets stuck."""

from datetime import date
from random import Random
from typing import Any

import pytest
from flask import Flask

from surveys.logic.syntax import parse
from surveys.questionnaire import Questionnaire, loaded
from surveys.sheets.checking import check
from surveys.trial import invented_values, try_out
from tests.makers import ONE_DATABASE
from tests.surveys.makers import ENDS, MODES, choice, every_kind, question, section

pytestmark = ONE_DATABASE

DISTRICTS = {"north": {"en": "North"}, "south": {"en": "South"}}
TODAY = date(2026, 5, 1)


def asking(*questions: dict[str, Any]) -> Questionnaire:
    return loaded({"title": {"en": "You"}, "sections": [section("all", *questions)]})


def invented(questionnaire: Questionnaire, seed: int = 1) -> dict[str, Any]:
    return invented_values(questionnaire, Random(seed), sorted(DISTRICTS), today=TODAY)


def test_many_sheets_of_every_kind_are_right(app: Flask) -> None:
    questionnaire = loaded(every_kind())
    for seed in range(100):
        values = invented(questionnaire, seed)
        checked = check(questionnaire, values, TODAY, DISTRICTS)
        assert checked.problems == {}
        assert checked.dropped == ()


def test_every_question_is_answered_by_somebody(app: Flask) -> None:
    answered = {code for seed in range(60) for code in invented(loaded(every_kind()), seed)}
    assert answered == {q["code"] for s in every_kind()["sections"] for q in s["questions"]} - {"hello"} | {
        "mode.other"
    }


def test_the_same_seed_invents_the_same_answers(app: Flask) -> None:
    assert invented(loaded(every_kind()), 7) == invented(loaded(every_kind()), 7)
    assert invented(loaded(every_kind()), 7) != invented(loaded(every_kind()), 8)


BOUNDS = {
    "number": {"least": 0.5, "most": 0.6, "decimals": 1},
    "date": {"earliest": "2026-04-30", "latest": "2026-05-01"},
    "scale": {"low": -1, "high": 1} | ENDS,
    "multiple": {"options": [*MODES, choice("n", "None", role="none")], "choose_min": 2, "choose_max": 2},
    "ranking": {"options": MODES, "choose_min": 3},
    "line": {"max_length": 5},
}


@pytest.mark.parametrize(("kind", "bounds"), BOUNDS.items(), ids=BOUNDS)
def test_answers_stay_within_their_bounds(app: Flask, kind: str, bounds: dict[str, Any]) -> None:
    questionnaire = asking(question("q", kind, is_required=True, **bounds))
    for seed in range(40):
        assert check(questionnaire, invented(questionnaire, seed), TODAY, DISTRICTS).problems == {}


IMPOSSIBLE = {
    "single": {},
    "multiple": {},
    "ranking": {},
    "matrix": {},
    "statements": {},
    "scale": {"low": 3, "high": 1},
    "number": {"least": 3, "most": 1},
    "date": {"earliest": "2026-05-01", "latest": "2026-04-01"},
    "note": {},
}


@pytest.mark.parametrize(("kind", "values"), IMPOSSIBLE.items(), ids=IMPOSSIBLE)
def test_what_nobody_can_answer_gets_everybody_stuck(app: Flask, kind: str, values: dict[str, Any]) -> None:
    trial = try_out(asking(question("q", kind, is_required=True, **values)), DISTRICTS, sheets=5)
    assert [(row.question.code, row.answered, row.problems[0][1]) for row in trial.stuck] == [("q", 0, 5)]


def test_a_place_without_districts_gets_everybody_stuck(app: Flask) -> None:
    trial = try_out(asking(question("q", "place", is_required=True)), {}, sheets=5)
    assert [row.problems for row in trial.stuck] == [(("Please choose an answer.", 5),)]


def test_answers_meet_the_question_s_own_checks_where_they_can(app: Flask) -> None:
    own = [{"that": parse("{q} > 90"), "message": {"en": "Too small."}}]
    possible = try_out(asking(question("q", "number", least=0, most=100, checks=own)), DISTRICTS, sheets=50)
    assert sum(count for row in possible.stuck for _sentence, count in row.problems) < 25
    impossible = try_out(asking(question("q", "number", least=0, most=90, checks=own)), DISTRICTS, sheets=50)
    ((sentence, count),) = impossible.stuck[0].problems
    assert (sentence, count) == ("Too small.", impossible.reached[0].answered)


def test_the_report_counts_who_saw_what(app: Flask) -> None:
    trial = try_out(loaded(every_kind()), DISTRICTS)
    shares = {row.question.code: row.share for row in trial.reached}
    assert shares["mode"] == 1
    assert 0 < shares["why"] < 0.6
    assert trial.never == []
    assert trial.quickest <= trial.usual <= trial.longest


def test_what_nobody_saw_is_named(app: Flask) -> None:
    trial = try_out(asking(question("a", "consent"), question("b", "text", show_if=parse("1 = 2"))), DISTRICTS)
    assert [row.question.code for row in trial.never] == ["b"]


def test_examples_differ_and_say_answers_in_words(app: Flask) -> None:
    trial = try_out(loaded(every_kind()), DISTRICTS)
    seen = [[question.code for question, _text, _lines in way.steps] for way in trial.ways]
    assert len(seen) == len({tuple(codes) for codes in seen}) == 2
    answers = {question.code: lines for question, _text, lines in trial.ways[-1].steps}
    assert answers["mode"] == ["Car"]


def test_examples_say_earlier_answers_in_later_texts(app: Flask) -> None:
    piping = asking(question("a", "single", options=MODES, is_required=True), question("b", "text", "Why {a}?"))
    (way,) = try_out(piping, DISTRICTS).ways
    (_question, text, _lines) = way.steps[1]
    assert way.steps[0][2][0] in text


def test_a_questionnaire_without_questions_can_be_tried_too(app: Flask) -> None:
    trial = try_out(loaded({}), {})
    assert (trial.reached, trial.ways[0].steps) == ((), ())
