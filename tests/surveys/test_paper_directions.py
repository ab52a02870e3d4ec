"""Conditions and skips on paper: in words, with the numbers of questions."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from surveys.paper.boxes import PaperForm
from surveys.paper.directions import Directions
from surveys.paper.layout import Layout
from surveys.questionnaire import loaded
from tests.surveys.makers import MODES, PARTS, question, section

MODE = question("mode", "single", options=MODES)


def paper(*sections: dict[str, Any]) -> PaperForm:
    return PaperForm(loaded({"sections": list(sections)}), {})


def texts_in(form: PaperForm) -> set[str]:
    sections = Layout(form, Path("/nowhere")).sections()
    return {question["text"]["text"] for part in sections for question in part["questions"]}


@pytest.fixture
def words(app: Flask):
    """Inside a request, so that texts have a language."""
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("tree", "condition"),
    [
        (["=", ["answer", "mode"], "car"], "you ticked “Car” in question 1"),
        (["=", "car", ["answer", "mode"]], "you ticked “Car” in question 1"),
        (["has", ["answer", "many"], "bus"], "you ticked “Bus” in question 2"),
        (["!=", ["answer", "mode"], "car"], "you did not tick “Car” in question 1"),
        (["not", ["has", ["answer", "many"], "bus"]], "you did not tick “Bus” in question 2"),
        (["answered", ["answer", "mode"]], "you answered question 1"),
        (["not", ["answered", ["answer", "mode"]]], "you did not answer question 1"),
        ([">=", ["answer", "age"], 18], "your answer to question 3 is at least 18"),
        ([">", 18, ["answer", "age"]], "your answer to question 3 is less than 18"),
        (["=", ["answer", "grid", "a"], "bus"], "you ticked “Bus” for “Quick” in question 4"),
        ([">", ["count", ["answer", "many"]], 1], "you ticked at least 2 boxes in question 2"),
        (["=", ["answer", "ok"], True], "you ticked “Yes” in question 5"),
        (["<", ["answer", "day"], "2020-02-01"], "your answer to question 6 is less than 1 February 2020"),
        (
            ["and", ["=", ["answer", "mode"], "car"], [">", ["answer", "age"], 64]],
            "you ticked “Car” in question 1 and your answer to question 3 is more than 64",
        ),
        (
            ["or", ["has", ["answer", "many"], "bus"], ["!=", ["answer", "grid", "b"], "car"]],
            "you ticked “Bus” in question 2 or you did not tick “Car” for “Safe” in question 4",
        ),
        (["matches", ["answer", "mode"], "^c"], None),
        (True, None),
        (["not", True], None),
        (["not", ["matches", ["answer", "mode"], "^c"]], None),
        (["answered", ["answer", "gone"]], None),
        (["=", ["answer", "mode"], ["answer", "many"]], None),
        ([">", ["count", ["answer", "gone"]], 1], None),
        (["<", ["count", ["answer", "many"]], 3], None),
        (["or", ["=", ["answer", "mode"], "car"], ["matches", ["answer", "mode"], "x"]], None),
        (["=", ["answer", "gone"], "car"], None),
        (["=", ["+", ["answer", "age"], 1], 5], None),
        (["not", ["and", True]], None),
    ],
)
def test_conditions_are_said_in_words_or_not_at_all(words, tree, condition):
    form = paper(
        section(
            "s",
            MODE,
            question("many", "multiple", options=MODES),
            question("age", "number"),
            question("grid", "matrix", options=MODES, rows=PARTS),
            question("ok", "consent"),
            question("day", "date"),
        )
    )
    assert Directions(form).condition(tree) == condition


def test_skips_and_parts_for_some_say_where_to_go_on(words):
    if_car = ["=", ["answer", "mode"], "car"]
    skips = [{"when": if_car, "to": "end"}, {"when": ["=", ["answer", "mode"], "bus"], "to": "last"}]
    form = paper(
        section("first", MODE | {"skips": skips}),
        section("middle", question("b", "line"), question("c", "line", show_if=if_car), show_if=if_car),
        section("last", question("hello", "note"), question("d", "line", "D {mode} {gone}")),
    )
    directions = Directions(form)
    assert directions.skips(form.questions[0]) == [
        "If you ticked “Car” in question 1: you have reached the end.",
        "If you ticked “Bus” in question 1: please go on with question 4.",
    ]
    sentence = "This part is for you only if you ticked “Car” in question 1. Otherwise please go on with question 4."
    assert directions.for_whom(form.asked.sections[1]) == sentence
    assert directions.only_if(form.questions[2].show_if) == "Only if you ticked “Car” in question 1:"
    assert directions.only_if(["matches", ["answer", "mode"], "x"]) == "Please answer this only if it fits you."
    assert "D (your answer to question 1) …" in texts_in(form)


def test_what_has_no_words_is_left_to_whoever_types_it_in(words):
    unsayable = ["matches", ["answer", "mode"], "x"]
    skips = [{"when": unsayable, "to": "end"}, {"when": None, "to": "end"}]
    form = paper(section("first", MODE | {"skips": skips}), section("last", question("b", "line"), show_if=unsayable))
    directions = Directions(form)
    assert directions.skips(form.questions[0]) == ["you have reached the end."]
    assert directions.for_whom(form.asked.sections[0]) == ""
    assert directions.for_whom(form.asked.sections[1]) == "This part may not fit you. Then you have reached the end."
