"""Rows of an XLSForm as questions, in the spellings that people use."""

import pytest

from surveys.questionnaire import Kind, Layout, OptionRole
from tests.surveys.importers.workbooks import brought, first_question, form, old_workbook, sentences, workbook

pytestmark = pytest.mark.usefixtures("speaking")
L = [("l", "a", "A"), ("l", "b", "B")]
LIST = ("select_one l", "q", "What?")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one l", Kind.SINGLE),
        ("Select_One  l", Kind.SINGLE),
        ("select one from l", Kind.SINGLE),
        ("select_multiple l", Kind.MULTIPLE),
        ("select all that apply from l", Kind.MULTIPLE),
        ("rank l", Kind.RANKING),
        ("integer", Kind.NUMBER),
        ("int", Kind.NUMBER),
        ("decimal", Kind.NUMBER),
        ("range", Kind.SCALE),
        ("text", Kind.LINE),
        ("string", Kind.LINE),
        ("date", Kind.DATE),
        ("dateTime", Kind.DATE),
        ("time", Kind.LINE),
        ("note", Kind.NOTE),
        ("acknowledge", Kind.CONSENT),
        ("trigger", Kind.CONSENT),
        ("geopoint", Kind.PLACE),
        ("gps", Kind.PLACE),
        ("image", Kind.FILE),
        ("file", Kind.FILE),
        ("barcode", Kind.LINE),
        ("email", Kind.LINE),
    ],
)
def test_every_type_has_its_kind(written, kind):
    assert first_question(written, "q", "What?", choices=L).kind is kind


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("audio", "no sound and no film"),
        ("video", "no sound and no film"),
        ("geotrace", "draw lines or areas"),
        ("geoshape", "draw lines or areas"),
        ("select_one_from_file towns.csv", "stand in another file"),
        ("select_one ${earlier}", "come from earlier answers"),
        ("select_one nowhere", "has no list “nowhere”"),
        ("telepathy", "no question like “telepathy”"),
    ],
)
def test_what_is_not_possible_is_told_and_left_out(written, why):
    found = brought(form((written, "q", "What?"), ("text", "kept", "What?")))
    assert [question.code for question in found.questionnaire.questions] == ["kept"]
    assert why in sentences(found, "q")[0]
    assert (found.report.questions_imported, found.report.questions_skipped) == (1, 1)


@pytest.mark.parametrize(
    "written", ["start", "end", "today", "deviceid", "audit", "start-geopoint", "background-audio"]
)
def test_nothing_is_taken_from_a_device(written):
    found = brought(form((written, "x", ""), ("text", "q", "What?")))
    assert "Plaza never records" in sentences(found, "x")[0]
    assert found.report.questions_skipped == 0


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


def test_or_other_comes_with_a_line():
    options = first_question("select_one l or_other", "q", "What?", choices=L).options
    assert [(option.code, option.role) for option in options][-1] == ("other", OptionRole.OTHER)
    named = first_question("select_one l", "q", "What?", choices=[*L, ("l", "other", "Other")]).options
    assert named[-1].role is OptionRole.PLAIN


@pytest.mark.parametrize(
    ("parameters", "kind", "expected"),
    [
        ("", Kind.SCALE, {"low": 1, "high": 10}),
        ("start=0 end=10 step=1", Kind.SCALE, {"low": 0, "high": 10}),
        ("start=5; end=-5", Kind.SCALE, {"low": -5, "high": 5}),
        ("start=0 end=100 step=5", Kind.NUMBER, {"least": 0, "most": 100, "decimals": 0}),
        ("start=0 end=1 step=0.1", Kind.NUMBER, {"least": 0, "most": 1, "decimals": 2}),
        ("start=a end=b", Kind.SCALE, {"low": 1, "high": 10}),
        ("nonsense", Kind.SCALE, {"low": 1, "high": 10}),
    ],
)
def test_a_range_is_a_scale_or_a_number(parameters, kind, expected):
    question = first_question("range", "q", "How?", parameters, head=("type", "name", "label", "parameters"))
    assert question.kind is kind
    assert {name: getattr(question, name) for name in expected} == expected


def test_looks_and_parameters_say_more():
    head = ("type", "name", "label", "appearance", "parameters")
    question = first_question("select_one l", "q", "What?", "w4 likert", "randomize=true", head=head, choices=L)
    assert question.is_ordered
    assert question.is_shuffled
    assert first_question("text", "q", "What?", "multiline", "", head=head).kind is Kind.TEXT
    assert first_question("text", "q", "What?", "", "rows=5", head=head).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("column", "written", "why"),
    [
        ("default", "x", "No answer is filled in beforehand."),
        ("choice_filter", "a = 1", "People now see all of them."),
        ("media::image", "x.png", "only the name of a picture"),
        ("media::audio", "x.wav", "The sound was left out."),
        ("guidance_hint", "Ask twice", "The words for interviewers were left out."),
        ("required_message", "Sorry", "We say in our own words"),
        ("calculation", "1 + 1", "Nothing is calculated into an answer."),
    ],
)
def test_what_a_question_lost_is_told_with_its_place(column, written, why):
    found = brought(form((*LIST, written), head=("type", "name", "label", column), choices=L))
    (outcome,) = [one for one in found.report.outcomes if one.name == "q"]
    assert (outcome.severity, outcome.notes[0].where) == ("changed", "survey!D2")
    assert why in outcome.notes[0].sentence


def test_columns_and_sheets_that_mean_nothing_are_told():
    survey = [("type", "name", "label", "bogus", ""), ("text", "q", "What?", "x", "y")]
    found = brought(workbook(survey=survey, entities=[("a",), ("b",)], notes=[("x",)]))
    said = sentences(found)
    assert "Plaza has no use for the column “bogus”." in said
    assert "This column has no name in the first row. We did not read it." in said
    assert "Plaza does not read this sheet." in said


def test_a_text_that_nobody_can_change_is_a_note():
    rows = [("text", "q", "Read this.", "yes"), ("text", "r", "What?", "no")]
    found = brought(form(*rows, head=("type", "name", "label", "read_only")))
    assert next(found.questionnaire.questions).kind is Kind.NOTE
    assert found.report.questions_changed == 1


def test_markdown_becomes_plain_text_and_stars_in_words_stay():
    label = "# Welcome\n**Bürger\\*innen** und Freund*innen, see [our page](https://a.org) and my__own__name"
    found = brought(form(("text", "q", label)))
    text = "Welcome\nBürger*innen und Freund*innen, see our page (https://a.org) and my__own__name"
    assert next(found.questionnaire.questions).text == {"en": text}
    assert found.report.questions_changed == 1


def test_earlier_answers_are_repeated_in_later_texts():
    found = brought(form(("text", "my-name", "Name?"), ("note", "n", "Hello ${my-name}, ${ gone }")))
    assert list(found.questionnaire.questions)[1].text == {"en": "Hello {my_name}, …"}
    assert "The text repeats “gone”" in sentences(found, "n")[0]


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
        (form(("note", "n", "Hello")), "We found no question in this file."),
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
