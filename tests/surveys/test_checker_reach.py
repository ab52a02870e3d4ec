"""What nobody can ever see and no answer can ever meet, where it is proved."""

import time
from typing import Any

import pytest
from flask import Flask

from surveys.logic.syntax import parse
from tests.makers import ONE_DATABASE
from tests.surveys.makers import MODES, choice, question, section
from tests.surveys.test_checker import TITLE, usual
from tests.surveys.test_checker_logic import MODE, found, shown

pytestmark = ONE_DATABASE

NONE = choice("none", "None", role="none")
NEVER = [
    "1 = 2",
    "{mode} = 'bus' and {mode} = 'car'",
    "{mode} = 'bus' and {mode} empty",
    "not ({mode} = 'bus' or {mode} != 'bus')",
    "{age} < 18",
    "{age} > 20 and {age} < 21",
    "{age} = 17.5",
    "{why} = 'x' and {mode} = 'bus' and {mode} = 'car'",
    "{why} empty and {why} notempty",
]


@pytest.mark.parametrize("condition", NEVER)
def test_what_can_never_be_shown_is_found(app: Flask, condition: str) -> None:
    (finding,) = shown(condition)
    assert (finding.severity, finding.question) == ("warning", "q")
    assert finding.sentence.startswith("Nobody can ever see this question.")


POSSIBLE = [
    "true",
    "{mode} = 'bus' and {age} = 18",
    "{mode} empty",
    "{age} > 98",
    "{age} > 20 and {age} < 22",
    "{why} = 'x' and {why} = 'y'",
    "today() > '2999-01-01'",
    "length({why}) > 99999",
    "{age} + 1 < 0",
]


@pytest.mark.parametrize("condition", POSSIBLE)
def test_what_can_happen_or_cannot_be_told_is_left_alone(app: Flask, condition: str) -> None:
    assert shown(condition) == []


OTHERS = {
    "{x} contains 'none' and {x} contains 'bus'": usual("x", "multiple", options=[*MODES, NONE]),
    "{x} contains 'bus' and {x} contains 'car'": usual("x", "multiple", choose_max=1),
    "count({x}) > 3": usual("x", "multiple"),
    "count({x}) = 3": usual("x", "ranking", choose_max=2),
    "{x.yes} = 'bus' and {x.yes} = 'car'": usual("x", "matrix"),
    "count({x}) > 2": usual("x", "matrix"),
    "{x.yes} = 'agree' and {x.yes} = 'pass'": usual("x", "statements"),
    "{x} > 5": usual("x", "scale", low=1, high=5),
    "{x} >= 9 and {x} < 7": usual("x", "nps"),
    "{x} = false and {x} notempty": usual("x", "consent"),
    "{x.district} = 'north' and {x.district} = 'south'": usual("x", "place"),
    "{x} > 1.1 and {x} < 1.2": usual("x", "number", decimals=1),
    "{x} empty and {x} notempty": usual("x", "date"),
}


@pytest.mark.parametrize(("condition", "asked"), OTHERS.items(), ids=OTHERS)
def test_every_kind_can_be_proved_with(app: Flask, condition: str, asked: dict[str, Any]) -> None:
    assert [one.question for one in shown(condition, asked)] == ["q"]
    assert shown("{x} notempty", asked) == []


def test_many_options_are_told_apart_by_those_that_are_asked_for(app: Flask) -> None:
    many = usual("many", "multiple", options=[choice(f"o{n}", f"Option {n}") for n in range(30)], choose_max=2)
    assert shown("{many} contains 'o1' and {many} contains 'o2'", many) == []
    assert len(shown("{many} contains 'o1' and {many} contains 'o2' and {many} contains 'o3'", many)) == 1
    assert shown("count({many}) > 2", many) == []


def test_what_hangs_on_something_that_is_never_shown_is_never_shown_either(app: Flask) -> None:
    first = usual("a", show_if=parse("{mode} = 'bus' and {mode} = 'car'"))
    assert [one.question for one in found(MODE, first, usual("b", show_if=parse("{a} notempty")))] == ["a", "b"]


def test_an_answer_that_is_not_shown_cannot_be_asked_for(app: Flask) -> None:
    only_bus = usual("a", show_if=parse("{mode} = 'bus'"))
    assert shown("{a} = 'yes' and {mode} = 'bus'", MODE, only_bus) == []
    assert [one.question for one in shown("{a} = 'yes' and {mode} = 'car'", MODE, only_bus)] == ["q"]


def test_what_decides_over_an_earlier_question_counts_too(app: Flask) -> None:
    """The answers that are tried have to tell apart what the earlier condition asks, not only the later one's."""
    number = question("n", "number", least=0, most=100)
    grown = usual("a", show_if=parse("{n} > 50"))
    assert shown("{n} > 5 and {a} = 'yes'", number, grown) == []
    assert [one.question for one in shown("{n} < 50 and {a} = 'yes'", number, grown)] == ["q"]
    many = usual("many", "multiple", options=[choice(f"o{n}", f"Option {n}") for n in range(30)])
    third = usual("a", show_if=parse("{many} contains 'o3' and {many} contains 'o4'"))
    assert shown("{many} contains 'o1' and {a} = 'yes'", many, third) == []


def test_whoever_sends_the_survey_has_answered_what_is_required(app: Flask) -> None:
    must = usual("a", options=[*MODES, choice("dk", "?", role="dont_know")], is_required=True)
    assert [one.question for one in shown("{a} empty", must)] == ["q"]
    assert shown("{a} empty", must | {"is_required": False}) == []


def test_a_skip_that_always_leads_past_is_found(app: Flask) -> None:
    always = usual("a", skips=[{"when": True, "to": "z"}])
    assert [one.question for one in found(always, usual("b"), usual("z"))] == ["b"]
    every = usual("a", skips=[{"when": parse(f"{{a}} = '{code}'"), "to": "z"} for code in ("yes", "no")])
    assert found(every, usual("b"), usual("z")) == []
    must = every | {"is_required": True}
    assert [one.question for one in found(must, usual("b"), usual("z")) if "ever see" in one.sentence] == ["b"]


def test_a_skip_past_a_question_that_was_not_reached_leads_nowhere(app: Flask) -> None:
    """Only who sees the first question skips; the others come to the second."""
    skip = usual("a", show_if=parse("{mode} = 'bus'"), skips=[{"when": True, "to": "z"}])
    assert found(MODE, skip, usual("b"), usual("z")) == []


def test_a_condition_and_a_skip_can_exclude_each_other(app: Flask) -> None:
    skip = MODE | {"skips": [{"when": parse("{mode} = 'bus'"), "to": "z"}]}
    assert [one.question for one in found(skip, usual("b", show_if=parse("{mode} = 'bus'")), usual("z"))] == ["b"]
    assert found(skip, usual("b", show_if=parse("{mode} = 'car'")), usual("z")) == []


def test_a_section_that_nobody_sees_is_named_instead_of_its_questions(app: Flask) -> None:
    never = section("two", usual("b"), usual("c"), show_if=parse("{a} = 'yes' and {a} = 'no'"))
    (finding,) = found(sections=(section("one", usual("a")), never))
    assert (finding.path, finding.question) == (("sections", 1), None)
    assert finding.sentence.startswith("Nobody can ever see this section.")


@pytest.mark.parametrize(("is_required", "severity"), [(True, "error"), (False, "warning")])
def test_a_check_that_no_answer_can_meet_is_found(app: Flask, is_required: bool, severity: str) -> None:
    check = {"that": parse("{q} > 10"), "message": TITLE}
    asked = question("q", "number", least=0, most=10, checks=[check], is_required=is_required)
    (finding,) = found(asked)
    assert (finding.severity, finding.path[-2:]) == (severity, ("checks", 0))
    assert finding.sentence.startswith("No answer can meet this check")
    assert found(asked | {"most": 11}) == []


def test_a_check_of_a_question_that_cannot_be_answered_anyway_is_left_alone(app: Flask) -> None:
    check = {"that": parse("{q} = 'no'"), "message": TITLE}
    never = usual("q", checks=[check], show_if=parse("{mode} = 'bus' and {mode} = 'car'"))
    assert [one.sentence.partition(".")[0] for one in found(MODE, never)] == ["Nobody can ever see this question"]


def test_the_largest_questionnaire_is_checked_in_time(app: Flask) -> None:
    """400 questions, each of which looks at all questions before it: what takes too long counts as possible."""
    questions = [usual(f"q{n}", show_if=_any_of(n), skips=[{"when": _any_of(n), "to": "end"}]) for n in range(400)]
    began = time.perf_counter()
    found(*questions)
    assert time.perf_counter() - began < 10


def _any_of(count: int) -> Any:
    return ["or", *(["=", ["answer", f"q{n}"], "yes"] for n in range(count))] if count else None
