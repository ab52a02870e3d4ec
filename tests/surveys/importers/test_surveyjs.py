"""SurveyJS forms: every type of element, its texts and its languages."""

import pytest

from surveys.questionnaire import Kind, OptionRole
from tests.surveys.importers.brought import bring, codes, option_codes, question, said
from tests.surveys.importers.surveyjs_forms import AB, element, form
from tests.surveys.shared import questionnaire_file

pytestmark = pytest.mark.usefixtures("speaking")

COLUMNS = [{"value": "no", "text": "Disagree"}, {"value": "yes", "text": "Agree"}]


@pytest.mark.parametrize(
    ("type_", "values", "kind"),
    [
        ("radiogroup", {"choices": AB}, Kind.SINGLE),
        ("dropdown", {"choices": AB}, Kind.SINGLE),
        ("dropdown", {"choicesMin": 1, "choicesMax": 3}, Kind.SINGLE),
        ("buttongroup", {"choices": AB}, Kind.SINGLE),
        ("imagepicker", {"choices": AB}, Kind.SINGLE),
        ("imagepicker", {"choices": AB, "multiSelect": True}, Kind.MULTIPLE),
        ("checkbox", {"choices": AB}, Kind.MULTIPLE),
        ("tagbox", {"choices": AB}, Kind.MULTIPLE),
        ("ranking", {"choices": AB}, Kind.RANKING),
        ("boolean", {}, Kind.SINGLE),
        ("boolean", {"renderAs": "checkbox"}, Kind.CONSENT),
        ("rating", {}, Kind.SCALE),
        ("rating", {"rateValues": [1, 2, 3]}, Kind.SCALE),
        ("rating", {"rateMin": 0, "rateMax": 100, "rateStep": 25}, Kind.SINGLE),
        ("rating", {"rateValues": AB}, Kind.SINGLE),
        ("matrix", {"columns": COLUMNS, "rows": ["r1", "r2"]}, Kind.MATRIX),
        ("matrix", {"columns": ["agree", "pass", "disagree"], "rows": ["r1"]}, Kind.STATEMENTS),
        ("matrix", {"columns": COLUMNS}, Kind.SINGLE),
        ("text", {}, Kind.LINE),
        ("text", {"inputType": "number"}, Kind.NUMBER),
        ("text", {"inputType": "date"}, Kind.DATE),
        ("text", {"inputType": "datetime-local"}, Kind.DATE),
        ("text", {"inputType": "tel"}, Kind.LINE),
        ("comment", {}, Kind.TEXT),
        ("html", {"html": "<p>Hi</p>"}, Kind.NOTE),
        ("file", {}, Kind.FILE),
        ("slider", {}, Kind.NUMBER),
        ("slider", {"min": 0, "max": 5}, Kind.SCALE),
        ("sortablelist", {"choices": AB}, Kind.RANKING),
    ],
)
def test_each_type_becomes_a_kind(type_, values, kind):
    found = form(element(type_, **values), element("text", "last"))
    assert question(found, "q").kind is kind
    assert found.report.questions_skipped == 0


@pytest.mark.parametrize(
    "node",
    [
        element("signaturepad"),
        element("image", imageLink="https://example.org/a.png"),
        element("paneldynamic", templateElements=[element("text", "inner")]),
        element("matrixdynamic", columns=[{"name": "inner"}]),
        element("dropdown", choicesByUrl={"url": "https://example.org/list"}),
        element("matrix", rows=["r"]),
        element("unheard_of"),
    ],
)
def test_what_has_no_counterpart_is_lost_alone(node):
    found = form(node, element("text", "last"))
    assert codes(found) == ["last"]
    assert said(found, "q")


def test_what_is_lost_names_what_is_in_it():
    found = form(element("paneldynamic", templateElements=[element("text", "inner")]), element("text", "last"))
    assert "inner" in said(found, "q")


def test_choices_have_texts_and_codes():
    asked = question(form(element("radiogroup", choices=[*AB, 3, "vier fünf"])), "q")
    assert option_codes(asked) == ["a", "b", "3", "vier_fuenf"]
    assert asked.options[0].label == {"en": "One", "de": "Eins"}
    assert asked.options[3].label["en"] == "vier fünf"


@pytest.mark.parametrize("names", [("showOtherItem", "showNoneItem"), ("hasOther", "hasNone")])
def test_choices_with_a_role_stand_last(names):
    node = element("checkbox", choices=AB, otherText="Else", showRefuseItem=True, showDontKnowItem=True)
    asked = question(form(node | dict.fromkeys(names, True)), "q")
    assert [(option.code, option.role.value) for option in asked.options[2:]] == [
        ("other", "other"),
        ("none", "none"),
        ("refused", "dont_know"),
        ("dontknow", "dont_know"),
    ]
    assert asked.options[2].label == {"en": "Else"}
    assert asked.options[5].label == {"en": "I don't know", "de": "Weiß nicht"}


def test_an_exclusive_choice_is_none_of_these():
    asked = question(form(element("checkbox", choices=[*AB, {"value": "c", "isExclusive": True}])), "q")
    assert asked.options[2].role is OptionRole.NONE


def test_amounts_and_order():
    node = element("checkbox", choices=AB, minSelectedChoices=1, maxSelectedChoices=2, choicesOrder="random")
    asked = question(form(node), "q")
    assert (asked.choose_min, asked.choose_max, asked.is_shuffled) == (1, 2, True)


def test_choices_of_another_question_are_copied_and_said():
    found = form(element("checkbox", "first", choices=AB), element("ranking", choicesFromQuestion="first"))
    assert option_codes(question(found, "q")) == ["a", "b"]
    assert "“first”" in said(found, "q")


def test_a_list_from_an_address_is_never_fetched():
    found = form(element("dropdown", choices=AB, choicesByUrl={"url": "https://example.org/list"}))
    assert option_codes(question(found, "q")) == ["a", "b"]
    assert "did not fetch" in said(found, "q")


def test_a_comment_below_is_a_question_of_its_own():
    found = form(element("radiogroup", choices=AB, showCommentArea=True, commentText="Why?", isRequired=True))
    assert (question(found, "q_comment").kind, question(found, "q_comment").is_required) == (Kind.TEXT, False)
    assert question(found, "q_comment").text["en"] == "q – Why?"


def test_a_scale_has_ends():
    node = element("rating", rateMin=0, rateMax=7, minRateDescription="Bad", maxRateDescription={"de": "Gut"})
    asked = question(form(node, title={"default": "F", "de": "F"}), "q")
    assert (asked.low, asked.high, asked.low_label, asked.high_label) == (0, 7, {"en": "Bad"}, {"de": "Gut"})


def test_a_number_has_bounds_and_decimals():
    asked = question(form(element("text", inputType="number", min=0, max="12.5", step=0.25)), "q")
    assert (asked.least, asked.most, asked.decimals) == (0, 12.5, 2)


def test_a_date_has_bounds():
    asked = question(form(element("text", inputType="date", min="2020-01-01", max="someday")), "q")
    assert (asked.earliest, asked.latest) == ("2020-01-01", None)


@pytest.mark.parametrize(("kind", "value"), [("email", "ana@riverton.eu"), ("url", "https://riverton.eu/a?b=c")])
def test_addresses_are_checked(kind, value):
    node = element("text", inputType=kind, validators=[{"type": kind}] if kind == "email" else [])
    checks = question(form(node), "q").checks
    assert [check.that[:2] for check in checks] == [["matches", ["answer", "q"]]]


def test_several_texts_are_several_questions():
    items = [{"name": "street", "title": "Street", "isRequired": True}, {"name": "no", "inputType": "number"}]
    found = form(element("multipletext", items=items, title="Where?"))
    assert question(found, "q_street").text == {"en": "Where? – Street"}
    assert question(found, "q_street").is_required
    assert question(found, "q_no").kind is Kind.NUMBER


def test_a_slider_for_a_range_is_two_numbers():
    found = form(element("slider", sliderType="range", max=1000))
    assert codes(found) == ["q_from", "q_to"]
    assert question(found, "q_to").checks[0].that[2] == ["<=", ["answer", "q_from"], ["answer", "q_to"]]


def test_a_table_needs_an_answer_in_each_row():
    found = form(element("matrix", columns=COLUMNS, rows=["r1"], isRequired=True, rowOrder="random"))
    assert (question(found, "q").is_required, question(found, "q").is_shuffled) == (True, True)
    assert "each row" in said(found, "q")


def test_a_table_of_boxes_is_one_question_a_row():
    found = form(element("matrix", columns=COLUMNS, rows=["r1", "r2"], cellType="checkbox"))
    assert [asked.kind for asked in found.questionnaire.questions] == [Kind.MULTIPLE, Kind.MULTIPLE]


def test_columns_to_choose_in_are_tables_and_cells_to_write_in_questions():
    columns = [
        {"name": "use", "title": "Use", "choices": AB},
        {"name": "good", "cellType": "boolean"},
        {"name": "stars", "cellType": "rating", "rateMax": 3},
        {"name": "why", "cellType": "comment"},
    ]
    found = form(element("matrixdropdown", columns=columns, rows=["bus", "bike"], title="Modes"))
    assert codes(found) == ["q_use", "q_good", "q_stars", "q_bus_why", "q_bike_why"]
    assert option_codes(question(found, "q_good")) == ["true", "false"]
    assert option_codes(question(found, "q_stars")) == ["1", "2", "3"]
    assert question(found, "q_bike_why").text["en"] == "Modes – bike – why"


def test_a_table_with_too_many_cells_is_lost():
    rows = [f"r{number}" for number in range(41)]
    found = form(
        element("matrixdropdown", columns=[{"name": "c", "cellType": "text"}], rows=rows), element("text", "x")
    )
    assert "41 cells" in said(found, "q")


def test_the_real_form_with_every_type_comes_over():
    found = bring(questionnaire_file("surveyjs_all_types.json"), ("nl", "en"))
    lost = {outcome.name for outcome in found.report.outcomes if outcome.severity.value == "lost"}
    assert lost == {"signature", "fullName", "employeeList", "education", "thankYouImage"}
    assert (found.report.questions_imported, found.report.questions_skipped) == (24, 3)
    assert question(found, "satisfaction").text == {"nl": "Algemene tevredenheid", "en": "Overall Satisfaction"}
    assert question(found, "hobbies").choose_max == 3
    assert question(found, "qualityMatrix").is_required
    assert question(found, "agreeTerms").kind is Kind.CONSENT
    assert [section.title.get("en") for section in found.questionnaire.sections] == [
        "Basic Input",
        "Choice Questions",
        "Special Types",
        "Matrix Questions",
        "Layout and Dynamic",
    ]


@pytest.mark.parametrize(
    ("node", "part"),
    [
        (element("rating", rateValues=[{"value": n} for n in range(201)]), "cannot be read"),
        (element("rating", rateMin=5, rateMax=5), "cannot be read"),
        (element("rating", rateMin=100, rateMax=110), "numbers"),
        (element("radiogroup", choices=AB, choicesOrder="desc"), "alphabet"),
        (element("radiogroup", choices=[{"value": "a", "visibleIf": "{x}"}]), "under a condition"),
        (element("matrix", columns=COLUMNS, rows=[f"r{n}" for n in range(61)]), "60 rows"),
        (element("matrix", columns=COLUMNS, rows=[{"value": "r", "visibleIf": "{x}"}]), "under a condition"),
        (element("matrix", columns=COLUMNS, rows=["r"], cells={"r": {}}), "texts of their own"),
        (element("matrix", columns=COLUMNS, rows=["r"], eachRowUnique=True), "one row only"),
        (element("matrixdropdown", columns=[], rows=["r"]), "no rows and columns"),
        (element("text", inputType="color"), "“color”"),
        (element("text", maskType="pattern"), "while people write"),
        (element("html", html="<script>x</script>"), "nothing to read"),
        (element("file", allowMultiple=True, acceptedTypes=".pdf"), ".pdf"),
    ],
)
def test_what_cannot_come_as_it_is_is_said(node, part):
    assert part in said(form(node, element("text", "last")), "q")


def test_sorted_choices_come_sorted():
    assert option_codes(question(form(element("radiogroup", choices=AB, choicesOrder="desc")), "q")) == ["b", "a"]
