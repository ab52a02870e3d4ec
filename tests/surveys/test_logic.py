"""Conditions and the way through a questionnaire: the same here and in the browser, case by case and at random."""

import json
import shutil
import subprocess
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from citizen.core.config import ROOT
from surveys.logic.expressions import evaluate, fault_of, references
from surveys.logic.path import follow
from surveys.questionnaire import Questionnaire, loaded
from surveys.sheets.reading import number_in
from tests.surveys.trees import ANSWERS, SECTIONS, TREES, patterns

Case = dict[str, Any]

CASES = json.loads((ROOT / "tests" / "surveys" / "logic_cases.json").read_text())
TODAY = CASES["today"]
NUMBERS = (
    "12",
    "1.5",
    "1,5",
    "1.234",
    "1,234",
    "1.234,5",
    "1,234.5",
    "1 234",
    "9" * 100,
    "-" + "9" * 5000,
    "9" * 400 + ".5",
    "1'234'567.8",
    "−3",
    "+0,25",
    "1.2.3",
    "12a",
)
AT_RANDOM = 1000
AS_LISTED = settings(
    derandomize=True, database=None, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)


def in_the_browser(cases: list[Case]) -> list[Any]:
    """What the browser's side makes of all cases, in one Node process."""
    node = shutil.which(str(ROOT / ".venv" / "bin" / "node")) or shutil.which("node")
    assert node, "`make assets` brings a Node"
    sent = json.dumps([{"today": TODAY} | case for case in cases])
    run = subprocess.run(
        [node, ROOT / "tests/surveys/logic.mjs"], input=sent, capture_output=True, text=True, check=True
    )
    return list(json.loads(run.stdout))


def here(case: Case) -> Any:
    today, answers = date.fromisoformat(TODAY), case.get("answers", {})
    if "sections" not in case:
        return evaluate(case["tree"], answers, today)
    path = follow(asked(case["sections"]), answers, today)
    return {"shown": [question.code for question in path.questions], "answers": path.answers}


def asked(sections: list[Case]) -> Questionnaire:
    questions = [[{"kind": "line"} | question for question in part.get("questions", ())] for part in sections]
    return loaded({"sections": [part | {"questions": each} for part, each in zip(sections, questions, strict=True)]})


def exactly(value: Any) -> str:
    """1 and 1.0 are one number, but true is none."""
    return json.dumps(value, sort_keys=True, default=str) if not is_number(value) else str(float(value) + 0.0)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@pytest.mark.parametrize("case", CASES["evaluate"], ids=lambda case: json.dumps(case["tree"]))
def test_the_value_of_a_condition(case: Case) -> None:
    assert fault_of(case["tree"]) is None
    assert exactly(here(case)) == exactly(case["value"])


@pytest.mark.parametrize("case", CASES["follow"], ids=lambda case: case["about"])
def test_the_way_through_a_questionnaire(case: Case) -> None:
    assert here(case) == {"shown": case["shown"], "answers": case["counted"]}


def test_the_browser_finds_the_same_values() -> None:
    cases = CASES["evaluate"]
    found = zip(cases, in_the_browser(cases), strict=True)
    assert [case["tree"] for case, value in found if exactly(value) != exactly(case["value"])] == []


def test_the_browser_goes_the_same_ways() -> None:
    cases = CASES["follow"]
    ways = [{"shown": case["shown"], "answers": case["counted"]} for case in cases]
    assert in_the_browser(cases) == ways


def test_every_operation_has_a_case() -> None:
    named = json.dumps([case["tree"] for case in CASES["evaluate"]])
    operations = "answer and or not = != < <= > >= has answered count length matches today + - * /".split()
    assert [name for name in operations if f'["{name}"' not in named] == []
    assert len(CASES["evaluate"]) + len(CASES["follow"]) >= 80


def gathered(one_case: st.SearchStrategy[Case], number: int) -> list[Case]:
    """As many cases as asked for, made at random but the same each time."""
    cases: list[Case] = []

    @settings(AS_LISTED, max_examples=number)
    @given(one_case)
    def gather(case: Case) -> None:
        cases.append(case)

    gather()
    return cases


def test_both_find_the_same_values_at_random() -> None:
    cases = gathered(st.fixed_dictionaries({"tree": TREES, "answers": ANSWERS}), AT_RANDOM)
    sound = [case for case in cases if fault_of(case["tree"]) is None]
    assert len(sound) > AT_RANDOM / 2
    pairs = zip(sound, in_the_browser(sound), strict=True)
    assert [(case, value) for case, value in pairs if exactly(value) != exactly(here(case))] == []


def test_both_go_the_same_ways_at_random() -> None:
    cases = gathered(st.fixed_dictionaries({"sections": SECTIONS, "answers": ANSWERS}), AT_RANDOM // 4)
    pairs = zip(cases, in_the_browser(cases), strict=True)
    assert [case for case, way in pairs if in_short(way) != in_short(here(case))] == []


def in_short(way: Case) -> tuple[list[str], list[str]]:
    """What is shown and whose answers count, whatever they are."""
    return way["shown"], sorted(way["answers"])


def test_both_read_patterns_alike() -> None:
    one_case = st.builds(lambda pattern, text: {"tree": ["matches", text, pattern]}, patterns(), st.text("ab1- \né😀."))
    cases = [case for case in gathered(one_case, AT_RANDOM) if fault_of(case["tree"]) is None]
    assert len(cases) > AT_RANDOM / 4
    pairs = zip(cases, in_the_browser(cases), strict=True)
    assert [case["tree"] for case, value in pairs if value != here(case)] == []


def test_both_read_numbers_alike() -> None:
    typed = st.text("0123456789.,'-+− \u202fx", max_size=10)
    one_case = st.fixed_dictionaries({"typed": typed, "decimal": st.sampled_from(".,")})
    cases = [{"typed": text, "decimal": sign} for text in NUMBERS for sign in ".,"] + gathered(one_case, AT_RANDOM)
    pairs = zip(cases, in_the_browser(cases), strict=True)
    assert [case for case, value in pairs if exactly(value) != exactly(number_in(case["typed"], case["decimal"]))] == []


@pytest.mark.parametrize(
    "pattern",
    [
        *["(", ")", "[", "]", "{", "a{,3}", "a{2}{3}", "a**", "a*+", "^*", "(?=a)*", "*a", "(?P<x>a)", r"(a)\1", "[^]"],
        *[
            "(?<=a)b",
            "(?i)a",
            r"\p{L}",
            r"[\S]",
            r"[a-\d]",
            "[a-c-e]",
            r"\q",
            "[z-a]",
            "a{3,2}",
            "(?:a){e<=1}",
            "a" * 501,
        ],
        *[5, None, ["answer", "q"]],
    ],
)
def test_a_pattern_that_one_of_them_would_read_otherwise_is_refused(pattern: Any) -> None:
    assert fault_of(["matches", ["answer", "q"], pattern]) == "This is no pattern that can be used."


MAIL = r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$"


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a*)*", r"(?:\d{2,}-?)+", "((a+)b)*", "(x(a|b+))+", "(a+){2,3}", r"(\.?\w+)+", r"(\w+\.*)+"]
)
def test_a_pattern_that_could_keep_a_browser_busy_is_refused(pattern: str) -> None:
    assert "repeat" in fault_of(["matches", ["answer", "q"], pattern])


@pytest.mark.parametrize(
    "pattern", ["a+b*", r"(\d{2}-)+", "(a+)b", "(ab)+", "([a-z] ?)+", "(a+)?", "(a+){2}", "(a|b)+"]
)
def test_ordinary_repeats_are_fine(pattern: str) -> None:
    assert fault_of(["matches", ["answer", "q"], pattern]) is None


def test_a_pattern_that_never_ends_matches_nothing() -> None:
    assert here({"tree": ["matches", "a" * 40 + "!", "^(a|a|a)*(a|a)*(a|a)*$"]}) is False


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ([], "Unknown operation: 'none'."),
        (["eval", "1"], "Unknown operation: 'eval'."),
        ([["and"]], "Unknown operation: ['and']."),
        (["not"], "“not” takes 1 parts."),
        (["answer", "a", "b", "c"], "“answer” takes 1 to 2 parts."),
        (["answer", ["answer", "a"]], "An answer is named by its code."),
        (["answer", ""], "An answer is named by its code."),
        (["=", 1, {"a": 1}], "A condition holds texts, numbers, true, false, null and lists only."),
        (float("nan"), "A condition holds texts, numbers, true, false, null and lists only."),
        (["+", 1, float("inf")], "A condition holds texts, numbers, true, false, null and lists only."),
        (["=", 1, 2**53 + 1], "A condition holds texts, numbers, true, false, null and lists only."),
    ],
)
def test_an_unsound_tree_is_explained(tree: Any, fault: str) -> None:
    assert fault_of(tree) == fault


def test_a_tree_may_be_thirty_levels_deep() -> None:
    tree: Any = True
    for _level in range(30):
        tree = ["not", tree]
    assert fault_of(tree) is None
    assert fault_of(["not", tree]) == "The condition is nested too deeply."


def test_references_name_codes_and_rows() -> None:
    tree = ["and", ["=", ["answer", "a"], 1], ["has", ["answer", "b", "r"], ["+", ["answer", "c"], 1]]]
    assert list(references(tree)) == [("a", None), ("b", "r"), ("c", None)]
