"""Conditions, answers and questionnaires at random, for hypothesis."""

from typing import Any

from hypothesis import strategies as st

from surveys.logic.expressions import ARITY

CODES = ["a", "b", "c", "d", "e", "valueOf"]
ROWS = ["r1", "r2", "0"]
WORDS = [
    "",
    "x",
    "yes",
    "no",
    "1",
    "01",
    "1.50",
    " -3",
    ".5",
    "2026-11-25",
    "dont_know",
    "é",
    "\uffee",
    "😀",
    "it's",
    "\\",
]

NUMBERS = st.one_of(
    st.integers(-5, 20),
    st.floats(-1e6, 1e6, width=32),
    st.sampled_from([0.1, 0.2, 0.3, 1e-7, 1e21, 1e308, 2**53 + 1, 1234567.891]),
)
LITERALS = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(WORDS), st.text(max_size=4))
VALUES = st.one_of(
    LITERALS,
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.lists(LITERALS, max_size=2),
    st.dictionaries(st.sampled_from(ROWS), st.sampled_from(WORDS), max_size=3),
)
ANSWERS = st.dictionaries(st.sampled_from(CODES), VALUES, max_size=6)


def pieces() -> st.SearchStrategy[str]:
    """Parts of patterns, of which some together are none."""
    single = r"a b 1 . \d \D \w \W \s \S \b ^ $ \- \. \_ é 😀 [ab] [^a] [a-c] [\d.] [-a] [é😀] (?:a|1) (b) (?=a) (?!1)"
    times = "* + ? {2} {1,} {0,2} *? +? ??"
    return st.one_of(st.sampled_from(single.split(" ")), st.sampled_from(times.split(" ")), st.just("|"), st.just(" "))


def patterns() -> st.SearchStrategy[str]:
    return st.lists(pieces(), max_size=6).map("".join)


def answers_to() -> st.SearchStrategy[list[Any]]:
    by_code = st.tuples(st.just("answer"), st.sampled_from(CODES)).map(list)
    by_row = st.tuples(st.just("answer"), st.sampled_from(CODES), st.sampled_from(ROWS)).map(list)
    return st.one_of(by_code, by_code, by_row)


def _operations(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    matching = st.tuples(st.just("matches"), parts, patterns()).map(list)
    others = [name for name in ARITY if name not in {"answer", "matches"}]
    return st.one_of(matching, *(_operation(name, parts) for name in others))


def _operation(name: str, parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    least, most = ARITY[name]
    return st.lists(parts, min_size=least, max_size=min(most, 3)).map(lambda found: [name, *found])


TREES = st.recursive(st.one_of(LITERALS, answers_to(), answers_to()), _operations, max_leaves=12)
"""Mostly sound: a pattern may be none."""

SIMPLE_TREES = st.recursive(
    st.one_of(st.sampled_from(["x", "1", 1, None, True]), answers_to()),
    lambda parts: st.one_of(
        *(_operation(name, parts) for name in ("and", "not", "=", "<", "has", "answered", "count"))
    ),
    max_leaves=5,
)


def _question(code: str) -> st.SearchStrategy[dict[str, Any]]:
    goals = st.sampled_from([*CODES, "one", "two", "three", "end"])
    skips = st.lists(st.fixed_dictionaries({"when": SIMPLE_TREES, "to": goals}), max_size=2)
    conditions = {"show_if": st.one_of(st.none(), SIMPLE_TREES), "skips": skips}
    return st.fixed_dictionaries({"code": st.just(code)}, optional=conditions)


def _section(code: str, codes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    questions = st.tuples(*map(_question, codes)).map(list)
    given = {"code": st.just(code), "questions": questions}
    return st.fixed_dictionaries(given, optional={"show_if": st.one_of(st.none(), SIMPLE_TREES)})


SECTIONS = st.tuples(_section("one", CODES[:3]), _section("two", []), _section("three", CODES[3:])).map(list)
"""Three sections, of which one has no questions."""
