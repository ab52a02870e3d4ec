"""Conditions as lines to fill in, and as text: both write one tree, and neither loses what the other wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.editing.lines import Comparison, Line, Lines, lines_of, tree_of
from surveys.editing.words import Told
from surveys.logic.expressions import fault_of
from surveys.logic.parsing import Unreadable
from surveys.questionnaire import loaded
from tests.surveys.makers import every_kind
from tests.surveys.trees import TREES

ASKED = loaded(every_kind())
MODE = ["answer", "mode"]


@pytest.mark.parametrize(
    ("tree", "line"),
    [
        (["=", MODE, "bus"], Line("mode", Comparison.IS, "bus")),
        (["!=", MODE, "bus"], Line("mode", Comparison.IS_NOT, "bus")),
        (["answered", MODE], Line("mode", Comparison.ANSWERED)),
        (["not", ["answered", MODE]], Line("mode", Comparison.UNANSWERED)),
        (["has", ["answer", "others"], "bus"], Line("others", Comparison.HAS, "bus")),
        (["not", ["has", ["answer", "others"], "bus"]], Line("others", Comparison.HAS_NOT, "bus")),
        ([">=", ["answer", "age"], 18], Line("age", Comparison.AT_LEAST, "18")),
        (["<", ["answer", "age"], 1.5], Line("age", Comparison.LESS, "1.5")),
        (["=", ["answer", "rate"], "dont_know"], Line("rate", Comparison.IS, "dont_know")),
        ([">", ["answer", "since"], "2020-01-31"], Line("since", Comparison.MORE, "2020-01-31")),
        (["=", ["answer", "grid", "a"], "yes"], Line("grid.a", Comparison.IS, "yes")),
        (["=", ["answer", "home", "district"], "north"], Line("home.district", Comparison.IS, "north")),
    ],
)
def test_what_a_line_can_show_stands_in_one(tree, line):
    assert lines_of(tree, ASKED) == Lines((line,))
    assert tree_of(Lines((line,)), ASKED) == tree


@pytest.mark.parametrize(
    "tree",
    [
        ["=", ["answer", "gone"], "bus"],
        ["=", ["answer", "grid"], "yes"],
        ["=", ["answer", "grid", "gone"], "yes"],
        ["=", MODE, True],
        ["=", MODE, MODE],
        ["=", ["answer", "age"], "18"],
        ["<", MODE, "bus"],
        ["not", ["=", MODE, "bus"]],
        [">", ["count", ["answer", "others"]], 2],
        True,
    ],
)
def test_what_a_line_cannot_show_stands_there_as_text(tree):
    lines = lines_of(tree, ASKED)
    assert lines.lines[0].text
    assert tree_of(lines, ASKED) == tree


def test_parts_that_belong_together_are_lines_beside_each_other():
    tree = ["or", ["=", MODE, "bus"], ["and", ["answered", MODE], ["=", MODE, "car"]]]
    lines = lines_of(tree, ASKED)
    assert lines.is_any
    assert [bool(line.text) for line in lines.lines] == [False, True]
    assert tree_of(lines, ASKED) == tree


@given(TREES.filter(lambda tree: fault_of(tree) is None))
def test_no_tree_is_lost_on_its_way_through_the_lines(tree):
    assert tree_of(lines_of(tree, ASKED), ASKED, tree) == tree


@given(st.lists(st.sampled_from([Line("mode", Comparison.IS, "bus"), Line("age", Comparison.LESS, "3")]), max_size=4))
def test_lines_come_back_as_they_were(lines):
    made = Lines(tuple(lines))
    assert lines_of(tree_of(made, ASKED), ASKED) == made


def test_a_text_that_cannot_be_read_is_refused():
    with pytest.raises(Unreadable):
        tree_of(Lines((Line(text="{mode} ="),)), ASKED)


def test_without_lines_there_is_no_condition():
    assert tree_of(Lines(), ASKED, ["=", MODE, "bus"]) is None


def test_a_condition_is_said_in_words(app):
    told = Told(ASKED, {"north": {"en": "North"}})
    tree = [
        "and",
        ["=", MODE, "bus"],
        ["=", ["answer", "home", "district"], "north"],
        [">", ["answer", "since"], "2020-01-01"],
    ]
    assert told.condition(tree) == (
        "“How do you travel most?” is “Bus” and “Where do you live?” is “North” "
        "and “Since when do you live here?” is after “2020-01-01”"
    )
    assert told.condition(["=", ["answer", "grid", "b"], "no"]) == "“Do you agree?: Safe” is “Disagree”"
    assert told.condition(["or", ["answered", ["answer", "ok"]], ["answered", MODE]]).count(" or ") == 1
    assert told.condition(None) == ""
