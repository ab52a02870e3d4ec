"""Groups of an XLSForm as sections, headings and tables."""

import pytest

from surveys.questionnaire import Kind
from tests.surveys.importers.workbooks import brought, form, sentences

pytestmark = pytest.mark.usefixtures("speaking")
L = [("l", "a", "A"), ("l", "b", "B")]


def test_groups_become_sections_with_their_conditions():
    head = ("type", "name", "label", "hint", "relevant")
    rows = [
        ("integer", "age", "How old?"),
        ("begin group", "outer", "Outer", "", "${age} > 1"),
        ("text", "a", "A?"),
        ("begin_group", "inner", "Inner", "Please read.", "${age} > 2"),
        ("text", "b", "B?"),
        ("end group",),
        ("text", "c", "C?"),
        ("end_group",),
    ]
    sections = brought(form(*rows, head=head)).questionnaire.sections
    assert [(s.code, s.title.get("en"), [q.code for q in s.questions]) for s in sections] == [
        ("part_1", None, ["age"]),
        ("outer", "Outer", ["a"]),
        ("inner", "Inner", ["b"]),
        ("outer_2", "Outer", ["c"]),
    ]
    assert sections[2].show_if == ["and", [">", ["answer", "age"], 1], [">", ["answer", "age"], 2]]
    assert (sections[2].text, sections[3].show_if) == ({"en": "Please read."}, [">", ["answer", "age"], 1])


def test_a_group_on_somebody_s_page_stays_on_it():
    head = ("type", "name", "label", "appearance", "relevant")
    rows = [
        ("begin group", "page_1", "Page", "field-list"),
        ("integer", "age", "How old?"),
        ("begin group", "inner", "Inner", "", "${age} > 2"),
        ("text", "b", "B?", "", "${age} > 3"),
        ("end group",),
        ("end group",),
    ]
    (section,) = brought(form(*rows, head=head)).questionnaire.sections
    age, heading, b = section.questions
    assert (heading.kind, heading.text, heading.show_if) == (Kind.NOTE, {"en": "Inner"}, [">", ["answer", "age"], 2])
    assert b.show_if == ["and", [">", ["answer", "age"], 2], [">", ["answer", "age"], 3]]
    assert age.show_if is None


def test_what_repeats_does_not_come_over():
    rows = [("begin repeat", "kids", "Children"), ("text", "kid", "Name?"), ("end repeat",), ("text", "q", "What?")]
    found = brought(form(*rows))
    assert [question.code for question in found.questionnaire.questions] == ["q"]
    assert "part of a group that repeats" in sentences(found, "kid")[0]
    assert found.report.questions_skipped == 1


def test_ends_may_be_missing_or_too_many():
    found = brought(form(("end group",), ("begin group", "g", "G"), ("text", "q", "What?")))
    assert found.questionnaire.sections[0].code == "g"
    assert "The end of this group is missing." in sentences(found, "g")[0]
    assert "No group is open here that could end." in sentences(found)


@pytest.mark.parametrize(
    "rows",
    [
        [("begin group", "t", "Table", "table-list"), ("select_one l", "t_1", "One"), ("select_one l", "t_2", "Two")],
        [
            ("begin group", "g", "Page", "field-list"),
            ("select_one l", "t", "Table", "label"),
            ("select_one l", "t_1", "One", "list-nolabel"),
            ("select_one l", "t_2", "Two", "list-nolabel"),
        ],
    ],
    ids=["table-list", "label and list-nolabel"],
)
def test_a_choice_in_every_row_is_a_matrix(rows):
    found = brought(form(*rows, ("end group",), head=("type", "name", "label", "appearance"), choices=L))
    question = next(found.questionnaire.questions)
    assert (question.code, question.kind, question.text) == ("t", Kind.MATRIX, {"en": "Table"})
    assert [(row.code, row.label["en"]) for row in question.rows] == [("1", "One"), ("2", "Two")]
    assert [option.code for option in question.options] == ["a", "b"]
    assert found.report.questions_imported == 2


def test_several_choices_in_a_row_are_no_matrix():
    rows = [("begin group", "t", "T", "table-list"), ("select_multiple l", "t_1", "One"), ("end group",)]
    found = brought(form(*rows, head=("type", "name", "label", "appearance"), choices=L))
    assert next(found.questionnaire.questions).kind is Kind.MULTIPLE
    assert "Each is now a question." in sentences(found, "t")[0]


def test_a_table_whose_rows_differ_is_told():
    head = ("type", "name", "label", "appearance", "required", "relevant", "hint")
    rows = [
        ("text", "a", "A?"),
        ("begin group", "t", "Table", "table-list"),
        ("select_one l", "t_1", "One", "", "yes", "${a} = 1"),
        ("select_one l", "t_2", None, "", "no", "", "Look"),
        ("end group",),
    ]
    found = brought(form(*rows, head=head, choices=L))
    table = list(found.questionnaire.questions)[1]
    assert not table.is_required
    assert "Only some rows of the table needed an answer. Now none does." in sentences(found, "t")
    assert "A row of a table is always shown. Its condition was left out." in sentences(found, "t_1")
    assert {"This row has no text. Please write one.", "A row of a table has no hint."} <= set(sentences(found, "t_2"))


def test_a_table_has_so_many_rows():
    rows = [("begin group", "t", "Table", "table-list"), *[("select_one l", f"t_{n}", "Row") for n in range(61)]]
    found = brought(form(*rows, head=("type", "name", "label", "appearance"), choices=L))
    assert len(next(found.questionnaire.questions).rows) == 60
    assert sentences(found, "t_60") == ["A table may have 60 rows. We left this one out."]


def test_groups_of_groups_and_groups_without_a_heading_on_a_page():
    head = ("type", "name", "label", "appearance")
    rows = [
        ("begin group", "all", "All"),
        ("begin group", "page_1", "Page", "field-list"),
        ("begin group", "inner", None),
        ("begin group", "core", "Core"),
        ("text", "q", "What?"),
        ("end group",),
        ("begin repeat", "again", "Again"),
        ("text", "r", "Why?"),
        ("end repeat",),
        ("end group",),
        ("end group",),
        ("end group",),
    ]
    found = brought(form(*rows, head=head))
    (section,) = found.questionnaire.sections
    assert [question.code for question in section.questions] == ["core", "q"]
    assert sentences(found, "all") == ["This group holds only other groups. Each of them is now a section."]
    assert "This group has no heading" in sentences(found, "inner")[0]
    assert "part of a group that repeats" in sentences(found, "r")[0]
