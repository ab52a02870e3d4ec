"""What the checker calls impossible never happens: held against many sheets of many questionnaires made at random."""

from random import Random
from typing import Any

import pytest
from flask import Flask

from surveys.checker.ground import Ground
from surveys.checker.reach import Prover
from surveys.questionnaire import Questionnaire, loaded
from surveys.trial import invented_values
from tests.makers import ONE_DATABASE
from tests.surveys.makers import choice, section
from tests.surveys.test_checker import TITLE, usual

pytestmark = ONE_DATABASE

KINDS = ["single", "multiple", "ranking", "matrix", "statements", "scale", "nps", "number", "consent", "place", "line"]
LITERALS = ["bus", "car", "o1", "o2", "o3", "yes", "no", "agree", "north", 0, 1, 2, 5, 9, "", True, None]
MANY = [choice(f"o{number}", f"Option {number}") for number in range(12)]
BOUNDS = {
    "multiple": {"options": MANY, "choose_max": 2},
    "scale": {"low": 0, "high": 2},
    "number": {"least": 0, "most": 9},
}


def a_condition(random: Random, codes: list[str], depth: int = 0) -> Any:
    """A tree about some of these questions."""
    if depth < 2 and random.random() < 0.5:
        parts = [a_condition(random, codes, depth + 1) for _part in range(random.randint(1, 3))]
        return random.choice([["and", *parts], ["or", *parts], ["not", parts[0]]])
    answer = ["answer", random.choice(codes), *random.choice([[], [], ["yes"], ["district"]])]
    operation = random.choice(["=", "!=", "<", ">=", "has", "answered", "count"])
    if operation == "answered":
        return [operation, answer]
    if operation == "count":
        return [random.choice(["=", ">"]), ["count", answer], random.randint(0, 3)]
    return [operation, answer, random.choice(LITERALS)]


def a_questionnaire(random: Random) -> Questionnaire:
    """Seven questions, most with a condition on earlier ones, some with a skip."""
    codes = [f"q{number}" for number in range(7)]
    questions = []
    for number, code in enumerate(codes):
        kind = random.choice(KINDS)
        asked = usual(code, kind, is_required=random.random() < 0.5, **BOUNDS.get(kind, {}))
        if number and random.random() < 0.6:
            asked["show_if"] = a_condition(random, codes[:number])
        if random.random() < 0.3:
            target = random.choice([*codes[number + 1 :], "end"])
            asked["skips"] = [{"when": a_condition(random, codes[: number + 1]), "to": target}]
        questions.append(asked)
    return loaded({"title": TITLE, "sections": [section("all", *questions)]})


@pytest.mark.parametrize("seed", range(12))
def test_nobody_comes_to_a_question_that_is_proved_to_be_out_of_reach(app: Flask, seed: int) -> None:
    random, proved = Random(seed), 0
    for _number in range(30):
        questionnaire = a_questionnaire(random)
        never = Prover(Ground(questionnaire, ("en",), frozenset({"north", "south"}))).never_shown()
        sheets = [invented_values(questionnaire, random, ["north", "south"]) for _sheet in range(40)]
        assert not never & {code for sheet in sheets for code in sheet}
        proved += len(never)
    assert proved
