"""Columns, languages, lists of options and settings of an XLSForm, as different people write them."""

import pytest

from surveys.importers.report import Element
from surveys.questionnaire import Layout
from tests.surveys.importers.workbooks import brought, first_question, form, old_workbook, sentences, workbook

pytestmark = pytest.mark.usefixtures("speaking")
LIST = ("select_one l", "q", "What?")


@pytest.mark.parametrize(
    "head",
    [
        ("Type", "Name", "Label"),
        ("type ", " name", "label::English (en)"),
        ("command", "tag", "caption"),
        ("type", "name", "label:English"),
        ("TYPE", "NAME", "LABEL :: english(en)"),
    ],
)
def test_columns_have_many_names(head):
    question = first_question("text", "q", "What?", head=head)
    assert (question.code, question.text) == ("q", {"en": "What?"})


def test_languages_stand_behind_the_names_of_columns():
    head = ("type", "name", "label::German (de)", "label::English", "hint::de", "constraint_message::Deutsch (de)")
    question = first_question("text", "q", "Was?", "What?", "Kurz", "Nein", head=head)
    assert (question.text, question.hint) == ({"de": "Was?", "en": "What?"}, {"de": "Kurz"})


def test_the_settings_say_in_which_language_plain_columns_are():
    settings = [("form_title", "default_language"), ("Titel", "Deutsch")]
    found = brought(form(("text", "q", "Was?"), settings=settings))
    assert found.questionnaire.title == {"de": "Titel"}
    assert next(found.questionnaire.questions).text == {"de": "Was?"}


def test_a_language_that_the_city_does_not_write_in_is_left_out():
    head = ("type", "name", "label::English (en)", "label::Nederlands (nl)")
    found = brought(form(("text", "q", "What?", "Wat?"), head=head))
    assert next(found.questionnaire.questions).text == {"en": "What?"}
    assert "The city does not write in Nederlands. The texts in this language were left out." in sentences(found)


def test_the_only_language_of_a_file_stands_under_that_of_the_city():
    head = ("type", "name", "label::Nederlands (nl)")
    found = brought(form(("text", "q", "Wat?"), head=head, choices=()))
    assert next(found.questionnaire.questions).text == {"en": "Wat?"}
    assert "These texts stand under English now. Please translate them." in "".join(sentences(found))


def test_two_columns_of_one_language_are_told_apart():
    found = brought(form(("text", "q", "What?", "How?"), head=("type", "name", "label", "label::English (en)")))
    assert next(found.questionnaire.questions).text == {"en": "How?"}
    assert any("another column with this text" in sentence for sentence in sentences(found))


@pytest.mark.parametrize("head", [("type", "name", "label", "label"), ("type", "name", "Label", "caption")])
def test_a_column_that_stands_there_twice_is_refused_with_its_place(head):
    found = brought(form(("text", "q", "What?", "How?"), head=head))
    assert found.questionnaire is None
    assert found.report.refused.startswith("survey!C1 and survey!D1: the column “")


@pytest.mark.parametrize(
    ("written", "is_required"),
    [
        ("yes", True),
        ("TRUE", True),
        ("true()", True),
        (True, True),
        ("Yes", True),
        ("no", False),
        ("false", False),
        ("", False),
    ],
)
def test_required_is_written_in_many_ways(written, is_required):
    head = ("type", "name", "label", "required")
    assert first_question("text", "q", "What?", written, head=head).is_required is is_required


def test_an_answer_that_is_needed_sometimes_is_never_needed():
    found = brought(form(("text", "q", "What?", "${a} = 1"), head=("type", "name", "label", "required")))
    assert not next(found.questionnaire.questions).is_required
    assert "An answer is needed only under a condition" in sentences(found, "q")[0]


def test_choices_may_be_numbers_and_lists_go_on_below():
    choices = [("list name", "name", "label"), ("l", 1.0, "One"), (None, 2, "Two"), ("", "", ""), ("m", 3, "Three")]
    found = brought(workbook(survey=[("type", "name", "label"), LIST], choices=choices))
    assert [option.code for option in next(found.questionnaire.questions).options] == ["1", "2"]
    assert "No list is named here." in sentences(found, "2")[0]
    assert "No question that came over uses the list “m”." in sentences(found, "3")


def test_choices_without_texts_twice_or_with_pictures():
    choices = [
        ("list_name", "name", "label", "media::image"),
        ("l", "a", "", "a.png"),
        ("l", "a", "A"),
        ("l", "b", "B"),
    ]
    found = brought(workbook(survey=[("type", "name", "label"), LIST], choices=choices))
    assert [option.label["en"] for option in next(found.questionnaire.questions).options] == ["a", "B"]
    said = " ".join(sentences(found, "a"))
    assert "People see its name “a”." in said
    assert "only the name of a picture" in said
    assert "has an option of the name “a” already" in said


def test_codes_that_do_not_fit_are_made_to_fit_also_in_conditions():
    head = ("type", "name", "label", "relevant")
    rows = [("select_one l", "ort-größe", "What?"), ("text", "_2", "Why?", "${ort-größe} = 'größer als'")]
    found = brought(form(*rows, head=head, choices=[("l", "größer als", "Bigger"), ("l", "b", "B")]))
    first, second = found.questionnaire.questions
    assert (first.code, first.options[0].code, second.code) == ("ort_groesse", "groesser_als", "q_2")
    assert second.show_if == ["=", ["answer", "ort_groesse"], "groesser_als"]
    assert "The code “ort-größe” does not fit here. It is now “ort_groesse”." in sentences(found, "ort-größe")


@pytest.mark.parametrize("name", ["end", "page", "key", "version"])
def test_names_that_the_form_needs_itself_are_changed(name):
    assert first_question("text", name, "What?").code == f"{name}_2"


def test_names_are_given_once():
    found = brought(form(("text", "q", "What?"), ("text", "q", "Why?"), ("text", None, "Who?")))
    assert len({question.code for question in found.questionnaire.questions}) == 3


@pytest.mark.parametrize(
    ("style", "look", "layout"),
    [("pages", "", Layout.QUESTION), ("pages", "field-list", Layout.SECTION), ("", "", Layout.SECTION)],
)
def test_pages_follow_enketo_s_rule(style, look, layout):
    rows = [("begin group", "g", "G", look), ("text", "q", "What?"), ("end group",)]
    settings = [("form_title", "style"), ("T", style)]
    assert (
        brought(form(*rows, head=("type", "name", "label", "appearance"), settings=settings)).questionnaire.layout
        is layout
    )


def test_settings_that_mean_nothing_are_told():
    found = brought(form(("text", "q", "What?"), settings=[("form_id", "public_key", "bogus"), ("a", "b", "c")]))
    assert found.questionnaire.title == {"en": "form"}
    assert "Plaza gives surveys an address of their own." in sentences(found, "form_id")
    assert "Plaza does not know this setting." in sentences(found, "bogus")


def test_rows_that_say_nothing_are_told():
    head = ("type", "name", "label", "disabled")
    found = brought(form(("", "x", "No type"), ("text", "y", "Off", "yes"), ("text", "q", "What?"), head=head))
    assert sentences(found, "x") == ["This row has no type. We left it out."]
    assert sentences(found, "y") == ["The column “disabled” switches this row off."]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (workbook(data=[("a",)]), "This workbook has no sheet “survey”, only: data."),
        (workbook(survey=[("a", "b"), ("c", "d")]), "The sheet “survey” has no column “type”. Is this an XLSForm?"),
        (workbook(survey=[]), "The sheet “survey” has no column “type”. Is this an XLSForm?"),
        (form(("begin group", "g", "G"), ("end group",)), "We found no question in this file."),
        (b"%PDF-1.7", "This is a PDF. Please bring the questionnaire as XLSForm, LimeSurvey or SurveyJS file."),
        (b"", "This file is empty."),
        (b"type,name,label\ntext,q,What?\n", "We do not know this format."),
    ],
)
def test_what_is_no_xlsform_is_refused(content, why):
    found = brought(content)
    assert found.questionnaire is None
    assert found.report.refused.startswith(why)


def test_more_sections_than_a_survey_has_are_refused():
    rows = [row for n in range(61) for row in (("begin group", f"g{n}", "G"), ("text", f"q{n}", "?"), ("end group",))]
    assert "The file has 61 sections. A survey may have 60." in brought(form(*rows)).report.refused


def test_old_workbooks_are_xlsforms_too():
    assert brought(old_workbook([("type", "name", "label"), ("int", "q", "What?")])).report.questions_imported == 1


def test_cells_that_cannot_be_read_are_told():
    found = brought(form(("text", "q", "What?", "=1+1"), head=("type", "name", "label", "hint")))
    (outcome,) = [one for one in found.report.outcomes if one.where == "survey!D2"]
    assert (outcome.element, outcome.severity) == (Element.OTHER, "lost")
    assert "We read it as empty." in outcome.notes[0].sentence


def test_a_language_that_nobody_knows_is_told():
    head = ("type", "name", "label::English (en)", "label::Dothraki")
    found = brought(form(("text", "q", "What?", "nuq?"), head=head))
    assert "We do not know the language of the column “label::Dothraki”." in sentences(found)
    alone = brought(form(("text", "q", "nuq?"), head=("type", "name", "label::Dothraki")))
    assert next(alone.questionnaire.questions).text == {"en": "nuq?"}


def test_more_options_than_a_question_has_are_left_out():
    found = brought(form(LIST, choices=[("l", f"c{n}", "X") for n in range(201)]))
    assert len(next(found.questionnaire.questions).options) == 200
    assert sentences(found, "c200") == ["A question may have 200 options. We left this one out."]


def test_columns_of_choices_are_told():
    choices = [("list_name", "name", "label", "province"), ("l", "a", "A", "x"), ("l", "b", "B", "y")]
    found = brought(workbook(survey=[("type", "name", "label"), LIST], choices=choices))
    assert "Plaza has no use for this column of the choices." in sentences(found, "province")


def test_only_the_first_row_of_the_settings_counts():
    found = brought(form(("text", "q", "What?"), settings=[("form_title",), ("One",), ("Two",)]))
    assert found.questionnaire.title == {"en": "One"}
    assert "Only the first row of the settings counts." in sentences(found)
