"""A questionnaire that goes out as an XLSForm and comes back is the same, but for what the export says is not in it."""

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from surveys import importers
from surveys.exporters.exported import Exported
from surveys.exporters.xlsform import export
from surveys.questionnaire import Questionnaire, dumped, loaded
from tests.surveys.importers.workbooks import brought
from tests.surveys.makers import AGREE, MODES, PARTS, STATEMENTS, choice, every_kind, question, section
from tests.surveys.shared import questionnaire_file
from tests.surveys.strategies import questionnaires

pytestmark = pytest.mark.usefixtures("speaking")
LANGUAGES = ["en", "de"]
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def exported(questionnaire: Questionnaire) -> Exported:
    return export(questionnaire, LANGUAGES)


def brought_back(file: Exported) -> Questionnaire:
    found = importers.read("form.xlsx", file.content, LANGUAGES)
    assert found.questionnaire is not None, found.report.refused
    return found.questionnaire


def without(questionnaire: Questionnaire, codes: set[str]) -> list[dict]:
    """The questions of which nothing was said."""
    return [q.model_dump(exclude_defaults=True) for q in questionnaire.questions if q.code not in codes]


@QUIET
@given(questionnaires())
def test_what_the_export_does_not_name_comes_back_equal(speaking, questionnaire):
    file = exported(questionnaire)
    said = {left.where for left in file.left}
    back = brought_back(file)
    assert without(back, said) == without(questionnaire, said)
    if not said:
        assert dumped(back) == dumped(questionnaire)


@settings(QUIET, max_examples=25)
@given(questionnaires())
def test_pyxform_takes_what_we_write(speaking, questionnaire):
    assert "<h:html" in convert(exported(questionnaire).content, file_type=".xlsx").xform


def asked(*questions: dict[str, Any], **values: Any) -> Questionnaire:
    return loaded({"title": {"en": "City"}, "sections": [section("all", *questions)]} | values)


def said(*questions: dict[str, Any], **values: Any) -> list[str]:
    return [left.sentence for left in exported(asked(*questions, **values)).left]


def test_every_kind_comes_back_without_a_word():
    questionnaire = loaded(every_kind())
    file = exported(questionnaire)
    assert file.left == ()
    assert dumped(brought_back(file)) == dumped(questionnaire)


ROLES = [choice("none", "None", role="none"), choice("dk", "I don't know", role="dont_know")]


@pytest.mark.parametrize(
    "asked_for",
    [
        question("q", "multiple", options=[*MODES, *ROLES], choose_min=2, choose_max=3),
        question("q", "single", options=[*MODES, choice("x", "Else", role="other")], is_ordered=True, is_shuffled=True),
        question("q", "ranking", options=MODES, choose_min=1, choose_max=2),
        question("q", "matrix", options=AGREE, rows=PARTS, is_ordered=True, is_shuffled=True, is_required=True),
        question("q", "statements", rows=STATEMENTS, is_shuffled=True),
        question("q", "scale", low=-2, high=2, low_label={"en": "bad"}, high_label={"en": "good", "de": "gut"}),
        question("q", "nps", low_label={"en": "no"}, has_dont_know=True),
        question("q", "number", least=-1.5, most=1e6, decimals=1, unit={"en": "km"}, has_dont_know=True),
        question("q", "date", earliest="2020-01-01", latest="2030-12-31"),
        question("q", "text", max_length=200),
        question("q", "line", checks=[{"that": ["matches", ["answer", "q"], "b+"], "message": {"de": "Nein"}}]),
        question("q", "line", "“**x**” \\* # [a](b) <b>bold</b> &amp; {q} ***"),
        question("q", "line", "# no heading\n## neither"),
    ],
    ids=lambda asked_for: f"{asked_for['kind']} {len(asked_for)}",
)
def test_the_fields_of_a_kind_come_back(asked_for):
    questionnaire = asked(asked_for)
    assert dumped(brought_back(exported(questionnaire))) == dumped(questionnaire)


@pytest.mark.parametrize("name", ["mitwirken_umfrage.xlsx", "testA.xlsx", "widgets.xls"])
def test_real_files_go_out_as_they_came(name):
    came = importers.read(name, questionnaire_file(name), LANGUAGES).questionnaire
    file = exported(came)
    assert file.left == ()
    assert dumped(brought_back(file)) == dumped(came)
    assert convert(file.content, file_type=".xlsx").xform


def check(that: Any, message: str = "") -> dict[str, Any]:
    return {"that": that, "message": {"en": message} if message else {}}


OWN = ["answer", "q"]
PICTURED = choice("p", "Park", picture={"name": f"{'a' * 32}.webp", "width": 40, "height": 30})
LARGE = [">", OWN, 3]


@pytest.mark.parametrize(
    ("asked_for", "sentence"),
    [
        (question("q", "single", options=MODES, skips=[{"when": ["=", OWN, "bus"], "to": "end"}]), "has no jumps"),
        (
            question("q", "matrix", options=AGREE, rows=PARTS, checks=[check(["answered", OWN])]),
            "cannot check a whole table",
        ),
        (question("q", "number", checks=[check(LARGE, "No"), check(["!=", OWN, 7], "No")]), "Its checks are one now"),
        (question("q", "number", least=1, checks=[check(LARGE, "No")]), "are one check now"),
        (question("q", "number", checks=[check(LARGE)]), "is read as a bound"),
        (question("q", "number", checks=[check(["!=", OWN, 7])]), "has no words"),
        (question("q", "number", most=1e15), "too large or too small"),
        (question("q", "scale", low=0, high=50), "so many points"),
        (question("q", "single"), "is not whole yet"),
        (question("q", "matrix", options=AGREE), "is not whole yet"),
        (question("q", "line", text={}) | {"text": {}}, "has no text"),
        (question("q", "single", options=[{"code": "a"}, {"code": "b"}]), "An option has no text"),
        (question("q", "line", "${x}"), "means something in XLSForm"),
        (
            question("q", "single", options=[PICTURED, *MODES]),
            "pictures of the options",
        ),
        (
            question("q", "matrix", options=AGREE, rows=[choice("r", "R"), choice("r", "S")]),
            "is not whole yet",
        ),
        (question("q", "line", show_if=["=", 1, "'\""]), "has no words for the condition"),
    ],
)
def test_what_xlsform_cannot_say_is_said(asked_for, sentence):
    assert any(sentence in word for word in said(asked_for)), said(asked_for)
    assert convert(exported(asked(question("first", "line"), asked_for)).content, file_type=".xlsx").xform


def test_an_empty_section_and_a_code_used_twice_are_said():
    empty = loaded({"title": {"en": "City"}, "sections": [section("one"), section("two", question("q", "line"))]})
    assert "has no question, so it does not come back" in exported(empty).left[0].sentence
    assert any("is not in the file" in word for word in said(question("q", "line"), question("q", "text")))


def test_texts_stay_texts_in_a_spreadsheet():
    file = exported(asked(question("q", "line", "=1+1"), question("r", "line", "https://a.org")))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(file.content))["survey"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_the_workbook_says_what_is_not_in_it():
    file = exported(asked(question("q", "single", options=MODES, skips=[{"when": ["=", OWN, "bus"], "to": "end"}])))
    notes = openpyxl.load_workbook(io.BytesIO(file.content))["notes"]
    assert [cell.value for cell in notes[2]] == ["q", file.left[0].sentence]


def test_our_own_marks_do_not_show_as_changes():
    report = brought(exported(loaded(every_kind())).content).report
    assert (report.questions_changed, report.questions_skipped) == (0, 0)


def test_what_repeats_a_table_is_said():
    table = question("t", "matrix", options=AGREE, rows=PARTS)
    assert said(table, question("q", "line", "You said {t}.")) == [
        "The text repeats the table “t”. XLSForm cannot do that."
    ]


def test_names_of_rows_and_lists_are_found_where_others_have_them():
    rows = [choice("a", "A"), choice("b", "B")]
    questions = (
        question("grid_a", "single", options=MODES),
        question("grid", "matrix", options=AGREE, rows=rows),
        question("GRID", "single", options=PARTS),
    )
    questionnaire = asked(*questions)
    assert said(*questions) == ["A row of this table has another name in the file."]
    back = brought_back(exported(questionnaire))
    assert [q.code for q in back.questions] == ["grid_a", "grid", "GRID"]
    assert [q.options for q in back.questions] == [q.options for q in questionnaire.questions]


def test_conditions_that_say_true_or_ticked_come_back():
    conditions = [["=", ["answer", "ok"], True], ["and", True, ["!=", ["answer", "ok"], True]], False]
    later = [question(f"q{n}", "line", show_if=tree) for n, tree in enumerate(conditions)]
    questionnaire = asked(question("ok", "consent"), *later)
    assert [q.show_if for q in brought_back(exported(questionnaire)).questions][1:] == conditions
