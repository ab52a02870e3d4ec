"""Conditions written as text: read and written again, with errors that say where."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from surveys.logic.expressions import evaluate, fault_of
from surveys.logic.parsing import LONGEST, Dialect, Unreadable, read
from surveys.logic.syntax import parse, write
from tests.surveys.trees import ANSWERS, TREES

TODAY = date(2026, 11, 25)
AGE = ["answer", "age"]
MODES = ["answer", "modes"]

READ = {
    "{age}": AGE,
    "{ age }": AGE,
    "{grid.row-1}": ["answer", "grid", "row-1"],
    "  {age}>=18  ": [">=", AGE, 18],
    "{age} >= 18 and {modes} contains 'bus'": ["and", [">=", AGE, 18], ["has", MODES, "bus"]],
    "{age} = 1 OR {age} = 2 or {age} = 3": ["or", ["=", AGE, 1], ["=", AGE, 2], ["=", AGE, 3]],
    "{a} or {b} and {c}": ["or", ["answer", "a"], ["and", ["answer", "b"], ["answer", "c"]]],
    "({a} or {b}) and {c}": ["and", ["or", ["answer", "a"], ["answer", "b"]], ["answer", "c"]],
    "not {age} = 1": ["not", ["=", AGE, 1]],
    "(not {age}) = 1": ["=", ["not", AGE], 1],
    "not not true": ["not", ["not", True]],
    "{age} notempty": ["answered", AGE],
    "{age} empty and true": ["and", ["not", ["answered", AGE]], True],
    "1 + 2 * 3 - 4": ["-", ["+", 1, ["*", 2, 3]], 4],
    "-{age} < -1.50": ["<", ["-", 0, AGE], -1.5],
    "- -2": 2,
    "12345678901234567890": 12345678901234567890.0,
    "-true": ["-", 0, True],
    "count({modes}) != 0": ["!=", ["count", MODES], 0],
    "Length({a}) > 3": [">", ["length", ["answer", "a"]], 3],
    r"matches({zip}, '^\\d{5}$')": ["matches", ["answer", "zip"], r"^\d{5}$"],
    "{since} <= today()": ["<=", ["answer", "since"], ["today"]],
    r"'it\'s' = " + '"a \\"b\\" \\\\"': ["=", "it's", 'a "b" \\'],
    "{a} = bus": ["=", ["answer", "a"], "bus"],
    "false = null": ["=", False, None],
    "'two\nlines'": "two\nlines",
}


@pytest.mark.parametrize("text", READ)
def test_reading(text: str) -> None:
    tree = parse(text)
    assert tree == READ[text]
    assert parse(write(tree)) == tree


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_written_is_no_condition(text: str) -> None:
    assert parse(text) is None
    assert write(None) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{age} >= ", "A value is missing at position 10."),
        ("  {age} # 1", "This sign was not expected at position 9: '#'."),
        ("{age", "This sign was not expected at position 1: '{'."),
        ("{}", "This sign was not expected at position 1: '{'."),
        ("'open", 'This sign was not expected at position 1: "\'".'),
        ("{age} 18", "This was not expected at position 7: '18'."),
        ("1)", "This was not expected at position 2: ')'."),
        ("(1", "A closing bracket is missing at position 3."),
        ("count({a}", "A closing bracket is missing at position 10."),
        ("count({a} {b})", "A closing bracket is missing at position 11."),
        ("(1 {)}", "A closing bracket is missing at position 4."),
        ("count {(} )", "This was not expected at position 7: '('."),
        ("{a} = and", "A value is missing at position 7."),
        ("{a} = empty", "A value is missing at position 7."),
        ("eval('1')", "The function 'eval' is not known here."),
        ("count()", "'count' takes another number of values."),
        ("today(1)", "'today' takes another number of values."),
        ("matches({a}, '(')", "This is no pattern that can be used."),
        ("{ } = 1", "An answer is named by its code."),
        ("{a.} = 1", "An answer is named by its code."),
        ("1" * (LONGEST + 1), "The condition is too long."),
        ("(" * 91, "The condition is nested too deeply."),
        ("not " * 2000, "The condition is too long."),
        ("not " * 1000, "The condition is nested too deeply."),
        ("+".join("1" * 40), "The condition is nested too deeply."),
        ("-" * 5000, "The condition is nested too deeply."),
    ],
)
def test_what_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert str(refused.value) == said


def test_a_chain_of_and_may_be_long() -> None:
    text = " and ".join(["{a}"] * 300)
    assert len(parse(text)) == 301


@settings(max_examples=400, deadline=None)
@given(tree=TREES, answers=ANSWERS)
def test_what_is_written_means_the_same(tree: Any, answers: dict[str, Any]) -> None:
    if fault_of(tree) is not None:
        return
    again = parse(write(tree))
    assert evaluate(again, answers, TODAY) == evaluate(tree, answers, TODAY)
    assert parse(write(again)) == again


def test_the_deepest_tree_is_read_again() -> None:
    tree: Any = 1
    for _level in range(30):
        tree = ["+", 1, tree]
    assert parse(write(tree)) == tree


def test_a_dialect_without_bare_words_names_the_unknown_one() -> None:
    strict = Dialect(answer=r"\$\{(\w+)\}", refer=lambda name: ["answer", name], infix={"=": ("=", 1)})
    assert read("${age} = 'x'", strict) == ["=", AGE, "x"]
    with pytest.raises(Unreadable, match="Unknown word: 'bus'"):
        read("${age} = bus", strict)
