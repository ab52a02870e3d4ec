"""Whatever stands in a file: reading it ends in a report, never in an error."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import importers
from surveys.importers.report import Import
from tests.surveys.importers.workbooks import changed, form, old_workbook, workbook
from tests.surveys.shared import questionnaire_file

pytestmark = pytest.mark.usefixtures("speaking")
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BEGINNINGS = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml version='1.0'?>", b"{", b"[")
ROUNDS = 120

SIGNS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
LOGIC = st.sampled_from(
    [
        "${a} = 'x'",
        "selected(${a}, 'x')",
        ". > 3",
        "count-selected(.) <= 2",
        "if(${a}, 1, 2)",
        "((((",
        "${",
        "today() - 1",
        "not(selected(., 'x') and count-selected(.) > 1)",
        "regex(., '(')",
        "${b} + ${c} > 2",
        "string-length(.) < 3",
    ]
)
TYPES = st.sampled_from(
    [
        "text",
        "note",
        "integer",
        "decimal",
        "range",
        "date",
        "calculate",
        "select_one l",
        "select_multiple l",
        "rank l",
        "select_one l or_other",
        "select_one nowhere",
        "begin group",
        "end group",
        "begin repeat",
        "end repeat",
        "geopoint",
        "acknowledge",
        "image",
        "audio",
        "start",
        "nothing",
        "",
    ]
)
CELLS = {
    "type": TYPES,
    "name": st.one_of(st.sampled_from(["a", "b", "c", "end", "page", "1", "ä-ö"]), SIGNS),
    "label": SIGNS,
    "label::Deutsch (de)": SIGNS,
    "hint": SIGNS,
    "required": st.sampled_from(["", "yes", "true()", "${a} = 1"]),
    "relevant": st.one_of(st.just(""), LOGIC, SIGNS),
    "constraint": st.one_of(st.just(""), LOGIC, SIGNS),
    "constraint_message": SIGNS,
    "calculation": st.one_of(st.just(""), LOGIC),
    "appearance": st.sampled_from(["", "table-list", "field-list", "label", "list-nolabel", "likert", "multiline"]),
    "parameters": st.sampled_from(["", "randomize=true", "start=1 end=5 step=1", "start=a end=", "=="]),
    "plaza": st.sampled_from(["", "intro", "title", "nps", "statements", "decimals=9", "choose_max=99 dont_know"]),
}
ROWS = st.lists(st.tuples(*CELLS.values()), max_size=12)
CHOICES = st.lists(st.tuples(st.sampled_from(["l", "m", ""]), SIGNS, SIGNS), max_size=6)


def read(content: bytes) -> Import:
    found = importers.read("form.xlsx", content, ["en", "de"])
    assert (found.questionnaire is None) == bool(found.report.refused)
    assert found.report.as_data()["questions_imported"] >= 0
    return found


def printable(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """openpyxl writes no control signs."""
    return [tuple("".join(sign for sign in cell if sign.isprintable()).lstrip("=") for cell in row) for row in rows]


@QUIET
@given(begin=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=2000))
def test_any_bytes(speaking, begin, rest):
    read(begin + rest)


@QUIET
@given(rows=ROWS, choices=CHOICES)
def test_any_rows(speaking, rows, choices):
    survey, options = [tuple(CELLS), *printable(rows)], [("list_name", "name", "label"), *printable(choices)]
    found = read(workbook(survey=survey, choices=options))
    told = [one.where for one in found.report.outcomes]
    assert len(told) == len(set(told)) or found.report.refused or told.count("survey!1") > 1


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Cut off somewhere, or with some bytes changed."""
    if chance.random() < 0.3:
        return content[: chance.randrange(len(content))]
    changed = bytearray(content)
    for _time in range(chance.randrange(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize(
    "content",
    [
        form(("select_one l", "a", "What?"), choices=[("l", "x", "X")]),
        old_workbook([("type", "name", "label"), ("text", "a", "Größe?"), ("integer", "b", 3.5)]),
    ],
    ids=["new", "old"],
)
def test_damaged_workbooks(content):
    chance = random.Random(1)
    assert sum(read(damaged(content, chance)).questionnaire is None for _time in range(ROUNDS)) > ROUNDS / 3


@pytest.mark.parametrize(
    "name", ["mitwirken_umfrage.xlsx", "widgets.xls", "citric_survey.lss", "surveyjs_all_types.json"]
)
def test_damaged_real_files(name):
    content, chance = questionnaire_file(name), random.Random(2)
    for _time in range(ROUNDS // 4):
        read(damaged(content, chance))


@pytest.mark.parametrize("name", ["mitwirken_umfrage.xlsx", "testA.xlsx"])
def test_damaged_parts_of_real_workbooks(name):
    """Inside of the archive, so that its check sums do not tell."""
    content, chance = questionnaire_file(name), random.Random(3)
    for _time in range(ROUNDS // 4):
        read(changed(content, lambda _name, part: damaged(part, chance) if chance.random() < 0.2 and part else part))
