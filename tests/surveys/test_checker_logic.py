"""Conditions that lead nowhere, look ahead or wait for each other; and what nobody can ever see, where it is proved."""

import time
from typing import Any

import pytest
from flask import Flask

from surveys.checker import Finding, findings_for
from surveys.logic.syntax import parse
from surveys.questionnaire import loaded
from tests.makers import ONE_DATABASE
from tests.surveys.makers import AGREE, MODES, PARTS, STATEMENTS, choice, question, section
from tests.surveys.test_checker import TITLE, usual

pytestmark = ONE_DATABASE

MODE = usual("mode", options=MODES)
NUMBER = question("age", "number", least=18, most=99)
OPEN = question("why", "text")
NONE = choice("none", "None", role="none")


def document(*sections: dict[str, Any]) -> dict[str, Any]:
    return {"title": TITLE, "sections": list(sections)}


def found(*questions: dict[str, Any], sections: tuple[dict[str, Any], ...] = ()) -> list[Finding]:
    whole = document(*(sections or (section("all", *questions),)))
    return findings_for(loaded(whole), ("en", "de"), {"north", "south"})


def shown(condition: str, *before: dict[str, Any]) -> list[Finding]:
    """What is said of a question behind others that is shown on this condition."""
    return found(*(before or (MODE, NUMBER, OPEN)), usual("q", show_if=parse(condition)))


def sentences(findings: list[Finding]) -> list[str]:
    return [finding.sentence for finding in findings]


REFERENCES = {
    "{nothing} = 1": "The condition asks for “nothing”, but no question has this code.",
    "{q} = 'yes'": "The condition looks at its own question.",
    "{later} = 'yes'": "The condition looks ahead to “What about later?” (later).",
    "{note} notempty": "The condition asks for “What about note?” (note), which is an explanation without an answer.",
    "{grid.c} = 'yes'": "The condition asks for row “c” of “What about grid?” (grid), which has no such row.",
    "{mode} = 'tram'": "The condition looks for the answer “tram”, which “What about mode?” (mode) does not offer.",
    "'tram' = {mode}": "The condition looks for the answer “tram”, which “What about mode?” (mode) does not offer.",
    "{many} contains 'tram'": "The condition looks for the answer “tram”, which “What about many?” (many)",
    "{grid.a} = 'maybe'": "The condition looks for the answer “maybe”, which “What about grid?” (grid)",
    "{talk.s1} = 'maybe'": "The condition looks for the answer “maybe”, which “What about talk?” (talk)",
    "{home.district} = 'east'": "The condition looks for the answer “east”, which “What about home?” (home)",
}
EVERYTHING = (
    MODE,
    usual("many", "multiple"),
    question("note", "note"),
    question("grid", "matrix", options=AGREE, rows=PARTS),
    question("talk", "statements", rows=STATEMENTS),
    question("home", "place"),
)


@pytest.mark.parametrize(("condition", "sentence"), REFERENCES.items(), ids=REFERENCES)
def test_a_condition_refers_to_what_is_there(app: Flask, condition: str, sentence: str) -> None:
    asked = usual("q", show_if=parse(condition))
    errors = [one for one in found(*EVERYTHING, asked, usual("later")) if one.severity == "error"]
    assert [one.question for one in errors] == ["q"]
    assert errors[0].path == ("sections", 0, "questions", 6, "show_if")
    assert errors[0].sentence.startswith(sentence)


GOOD = [
    "{mode} = 'bus'",
    "{mode} != ''",
    "{many} contains 'car' and count({many}) > 1",
    "{grid.a} = 'yes'",
    "{talk.s1} = 'agree'",
    "{home.district} = 'north'",
]


@pytest.mark.parametrize("condition", GOOD)
def test_a_condition_on_what_is_offered_is_right(app: Flask, condition: str) -> None:
    assert found(*EVERYTHING, usual("q", show_if=parse(condition))) == []


def test_codes_that_are_numbers_may_be_compared_as_numbers(app: Flask) -> None:
    assert shown("{n} = 1", usual("n", options=[choice("1", "One"), choice("2", "Two")])) == []


def test_checks_and_skips_may_look_at_their_own_question_but_not_ahead(app: Flask) -> None:
    own = {"checks": [{"that": parse("{q} > 3"), "message": TITLE}], "skips": [{"when": parse("{q} = 9"), "to": "end"}]}
    ahead = {
        "checks": [{"that": parse("{z} > 3"), "message": TITLE}],
        "skips": [{"when": parse("{z} = 9"), "to": "end"}],
    }
    last = question("z", "number")
    assert found(question("q", "number", **own), last) == []
    assert [one.path[-3:] for one in found(question("q", "number", **ahead), last)] == [
        ("checks", 0, "that"),
        ("skips", 0, "when"),
    ]


def test_the_condition_of_a_section_looks_back_only(app: Flask) -> None:
    inside = section("two", usual("b"), show_if=parse("{b} = 'yes'"))
    (inner,) = found(sections=(section("one", usual("a")), inside))
    assert (inner.question, inner.path) == (None, ("sections", 1, "show_if"))
    assert inner.sentence.startswith("The condition of this section looks at “What about b?” (b) inside it.")
    back = section("two", usual("b"), show_if=parse("{a} = 'yes'"))
    assert found(sections=(section("one", usual("a")), back)) == []


def test_a_circle_is_named_as_a_whole_and_once(app: Flask) -> None:
    ring = [usual(code, show_if=parse(f"{{{other}}} = 'yes'")) for code, other in ("ab", "bc", "ca")]
    (finding,) = found(*ring, usual("d"))
    assert (finding.severity, finding.question) == ("error", "a")
    names = [f"“What about {code}?” ({code})" for code in "abca"]
    assert finding.sentence == (
        f"These questions wait for each other: {' → '.join(names)}. Please take one of the conditions out."
    )


def test_sections_can_wait_for_each_other_too(app: Flask) -> None:
    one = section("one", usual("a"), show_if=parse("{b} = 'yes'"))
    two = section("two", usual("b"), show_if=parse("{a} = 'yes'"))
    assert [finding.sentence.partition(":")[0] for finding in found(sections=(one, two))] == [
        "These questions wait for each other"
    ]


SKIPS = {
    "nowhere": "The skip leads to “nowhere”, which is not there.",
    "first": "The skip leads back to “first”.",
    "q": "The skip leads back to “q”.",
    "all": "The skip leads back to “all”.",
}


@pytest.mark.parametrize(("target", "sentence"), SKIPS.items(), ids=SKIPS)
def test_a_skip_leads_forward(app: Flask, target: str, sentence: str) -> None:
    skip = usual("q", skips=[{"when": parse("{q} = 'yes'"), "to": target}])
    (finding,) = found(usual("first"), skip, usual("last"))
    assert (finding.severity, finding.question, finding.path[-1]) == ("error", "q", "to")
    assert finding.sentence.startswith(sentence)


@pytest.mark.parametrize("target", ["last", "more", "end"])
def test_a_skip_to_something_later_is_right(app: Flask, target: str) -> None:
    skip = usual("q", skips=[{"when": parse("{q} = 'yes'"), "to": target}])
    assert found(sections=(section("all", skip, usual("between"), usual("last")), section("more", usual("z")))) == []


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


def test_the_largest_questionnaire_is_checked_in_time(app: Flask) -> None:
    """400 questions, each of which looks at all questions before it: what takes too long counts as possible."""
    questions = [usual(f"q{n}", show_if=_any_of(n), skips=[{"when": _any_of(n), "to": "end"}]) for n in range(400)]
    began = time.perf_counter()
    found(*questions)
    assert time.perf_counter() - began < 10


def _any_of(count: int) -> Any:
    return ["or", *(["=", ["answer", f"q{n}"], "yes"] for n in range(count))] if count else None
