"""Conditions and skips that lead nowhere, look ahead or wait for each other."""

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


def document(*sections: dict[str, Any]) -> dict[str, Any]:
    return {"title": TITLE, "sections": list(sections)}


def found(*questions: dict[str, Any], sections: tuple[dict[str, Any], ...] = ()) -> list[Finding]:
    whole = document(*(sections or (section("all", *questions),)))
    return findings_for(loaded(whole), ("en", "de"), {"north", "south"})


def shown(condition: str, *before: dict[str, Any]) -> list[Finding]:
    """What is said of a question behind others that is shown on this condition."""
    return found(*(before or (MODE, NUMBER, OPEN)), usual("q", show_if=parse(condition)))


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
