"""Rows of an XLSForm as questions, sections and tables."""

import pytest

from surveys.questionnaire import Kind, OptionRole
from tests.surveys.importers.workbooks import brought, first_question, form, sentences, workbook

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
    found = brought(form((written, "q", "What?"), ("text", "stays", "What?")))
    assert [question.code for question in found.questionnaire.questions] == ["stays"]
    assert why in sentences(found, "q")[0]
    assert (found.report.questions_imported, found.report.questions_skipped) == (1, 1)


@pytest.mark.parametrize(
    "written", ["start", "end", "today", "deviceid", "audit", "start-geopoint", "background-audio"]
)
def test_nothing_is_taken_from_a_device(written):
    found = brought(form((written, "x", ""), ("text", "q", "What?")))
    assert "Plaza never records" in sentences(found, "x")[0]
    assert found.report.questions_skipped == 0


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


def test_hidden_rows_and_empty_texts_do_not_come_over():
    found = brought(form(("hidden", "h", ""), ("note", "n", ""), ("text", "q", "What?")))
    assert sentences(found, "h") == ["Nobody answers a hidden row, so it was left out."]
    assert sentences(found, "n") == ["This text is empty."]


def test_or_other_takes_the_other_that_is_there():
    options = first_question("select_one l or_other", "q", "What?", choices=[*L, ("l", "other", "Else")]).options
    assert [option.label["en"] for option in options if option.role is OptionRole.OTHER] == ["Else"]
    assert len(options) == 3


def test_words_between_the_ends_of_a_scale_are_left_out():
    choices = [("ends", "1", "bad"), ("ends", "3", "so so"), ("ends", "5", "good")]
    row = ("range", "q", "How?", "start=1 end=5 step=1 tick_labelset=ends")
    found = brought(form(row, head=("type", "name", "label", "parameters"), choices=choices))
    question = next(found.questionnaire.questions)
    assert (question.low_label, question.high_label) == ({"en": "bad"}, {"en": "good"})
    assert sentences(found, "q") == ["Only the ends of a scale have words here. Those at 3 were left out."]


def test_a_scale_without_words_asks_for_them():
    found = brought(form(("range", "q", "How?")))
    assert sentences(found, "q") == ["Please write in the editor what the lowest and the highest number mean."]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("image", "q", "Sign", "signature", "", ""), "Nobody can draw or sign here."),
        (("select_one l", "q", "What?", "minimal search('towns')", "", ""), "Some options stand in another file"),
        (("range", "q", "How?", "", "start=0 end=9e20", ""), "too far apart"),
        (("select_one l", "q", "What?", "", "", "yes"), "People can change the answer."),
    ],
)
def test_what_is_not_possible_in_a_question_is_told(row, why):
    head = ("type", "name", "label", "appearance", "parameters", "read_only")
    assert any(why in sentence for sentence in sentences(brought(form(row, head=head, choices=L)), "q"))
