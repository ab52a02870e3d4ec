"""Conditions, validators, computed values and jumps of SurveyJS as ours."""

import pytest

from surveys.questionnaire import END
from tests.surveys.importers.brought import question, said, show_if
from tests.surveys.importers.surveyjs_forms import AB, element, form, form_of

pytestmark = pytest.mark.usefixtures("speaking")

COLUMNS = [{"name": "use", "choices": AB}, {"name": "why", "cellType": "text"}]
ASKED = [
    element("text", "age", inputType="number"),
    element("text", "Full Name"),
    element("radiogroup", "one", choices=AB, hasOther=True, showCommentArea=True),
    element("checkbox", "many", choices=[1, 2, "a b"], showNoneItem=True),
    element("boolean", "member", valueTrue="in", valueFalse="out"),
    element("boolean", "agreed", renderAs="checkbox", valueTrue="yes"),
    element("matrix", "grid", columns=["x", "y"], rows=["r 1", "r2"]),
    element("multipletext", "home", items=[{"name": "street"}]),
    element("matrixdropdown", "table", rows=["bus"], columns=COLUMNS),
]
AGE, NAME, ONE, MANY = (["answer", code] for code in ("age", "Full_Name", "one", "many"))
MEMBER, AGREED = ["answer", "member"], ["answer", "agreed"]


def shown_where(condition: str, **settings):
    return form(*ASKED, element("text", "last", visibleIf=condition), **settings)


@pytest.mark.parametrize(
    ("condition", "tree"),
    [
        ("", None),
        ("true", None),
        ("{age} > 17", [">", AGE, 17]),
        ("{age} greaterorequal 18", [">=", AGE, 18]),
        ("{AGE} <> -1.5", ["!=", AGE, -1.5]),
        ("{age} notempty and {one} = 'a'", ["and", ["answered", AGE], ["=", ONE, "a"]]),
        ("{age} = 1 || {age} < 3 && {one} != b", ["or", ["=", AGE, 1], ["and", ["<", AGE, 3], ["!=", ONE, "b"]]]),
        ("!({one} = 'a')", ["not", ["=", ONE, "a"]]),
        ("negate {age} empty", ["not", ["not", ["answered", AGE]]]),
        ("'a' == {one}", ["=", ONE, "a"]),
        ("{one} = 'other'", ["=", ONE, "other"]),
        ("{one-Comment} notempty", ["answered", ["answer", "one_comment"]]),
        ("{one} anyof ['a', 'b']", ["or", ["=", ONE, "a"], ["=", ONE, "b"]]),
        ("{Full Name} contains 'x.y'", ["matches", NAME, r"x\.y"]),
        ("{many} contains 2", ["has", MANY, "2"]),
        ("{many} contains 'a b'", ["has", MANY, "a_b"]),
        ("{many} notcontains 'none'", ["not", ["has", MANY, "none"]]),
        ("{many} allof [1, 2]", ["and", ["has", MANY, "1"], ["has", MANY, "2"]]),
        ("{many} = [1]", ["and", ["has", MANY, "1"], ["=", ["count", MANY], 1]]),
        ("{many.length} >= 2", [">=", ["count", MANY], 2]),
        ("{member} = true", ["=", MEMBER, "in"]),
        ("{member} = 'out'", ["=", MEMBER, "out"]),
        ("{member}", ["=", MEMBER, "in"]),
        ("!{member} or {age} = 1", ["or", ["not", ["=", MEMBER, "in"]], ["=", AGE, 1]]),
        ("{agreed} = true", ["=", AGREED, True]),
        ("{agreed} = 'yes'", ["=", AGREED, True]),
        ("{agreed} = false", ["not", ["=", AGREED, True]]),
        ("{agreed} != true", ["!=", AGREED, True]),
        ("{grid.r 1} = 'x'", ["=", ["answer", "grid", "r_1"], "x"]),
        ("{home.street} = 'A'", ["=", ["answer", "home_street"], "A"]),
        ("{table.bus.use} = 'b'", ["=", ["answer", "table_use", "bus"], "b"]),
        ("{table.bus.why} notempty", ["answered", ["answer", "table_bus_why"]]),
        ("{age} * 2 + 1 > 7", [">", ["+", ["*", AGE, 2], 1], 7]),
        ("{age} < today()", ["<", AGE, ["today"]]),
        ("iif({age} > 3, true, false)", [">", AGE, 3]),
        ("{adult} and {age} < 65", ["and", [">=", AGE, 18], ["<", AGE, 65]]),
    ],
)  # fmt: skip
def test_conditions_are_read(condition, tree):
    values = [{"name": "adult", "expression": "{age} >= 18"}]
    assert show_if(shown_where(condition, calculatedValues=values), "last") == tree


@pytest.mark.parametrize(
    "condition",
    [
        "age({birth}) >= 18",
        "{panel.name} = 1",
        "{age} % 2 = 0",
        "{age} > 2 and",
        "iif({age} > 3, 'a', 'b') = 'a'",
        "today(7) > {age}",
        "{Full Name} + ' Smith' = 'x'",
        "{many} anyof []",
        "[1, 2]",
        "((((((",
    ],
)
def test_what_cannot_be_read_is_shown_to_everybody_and_said(condition):
    found = shown_where(condition)
    assert show_if(found, "last") is None
    assert f"“{condition}”" in said(found, "last")


def test_conditions_of_panels_around_must_hold_too():
    inner = element(
        "panel", "inner", visibleIf="{age} < 65", elements=[element("text", "last", visibleIf="{age} != 30")]
    )
    outer = element("panel", "outer", visibleIf="{age} > 17", elements=[inner])
    found = form(ASKED[0], outer)
    assert show_if(found, "last") == ["and", [">", AGE, 17], ["<", AGE, 65], ["!=", AGE, 30]]


def test_sections_have_conditions():
    pages = [
        {"name": "p1", "elements": [ASKED[0]]},
        {"name": "p2", "visibleIf": "{age} > 3", "elements": [element("text")]},
    ]
    assert form_of(pages).questionnaire.sections[1].show_if == [">", AGE, 3]


def test_what_is_hidden_stays_so():
    found = form(element("text", visible=False), element("text", "last"))
    assert show_if(found, "q") is False
    assert "nobody" in said(found, "q")


OWN = ["answer", "q"]


@pytest.mark.parametrize(
    ("validator", "trees"),
    [
        ({"type": "numeric", "minValue": 1, "maxValue": 3}, [[">=", OWN, 1], ["<=", OWN, 3]]),
        ({"type": "numericvalidator", "minValue": 0}, [[">=", OWN, 0]]),
        ({"type": "text", "minLength": 2, "maxLength": 9}, [[">=", ["length", OWN], 2], ["<=", ["length", OWN], 9]]),
        ({"type": "text", "allowDigits": False}, [["not", ["matches", OWN, "[0-9]"]]]),
        ({"type": "regex", "regex": "^[a-z]+$"}, [["matches", OWN, "^[a-z]+$"]]),
        ({"type": "regex", "regex": "^a$", "caseInsensitive": True}, [["matches", OWN, "^[aA]$"]]),
        ({"type": "expression", "expression": "{q} > 3"}, [[">", OWN, 3]]),
    ],
)
def test_validators_are_checks(validator, trees):
    message = {"default": "No", "de": "Nein"}
    checks = question(form(element("text", validators=[validator | {"text": message}])), "q").checks
    assert [check.that for check in checks] == trees
    assert checks[0].message == {"en": "No", "de": "Nein"}


def test_a_check_without_a_message_has_ours():
    found = form(element("text", validators=[{"type": "numeric", "minValue": 1}]))
    assert question(found, "q").checks[0].message["en"] == "Please check this answer."


@pytest.mark.parametrize(
    "validator",
    [
        {"type": "regex", "regex": "(?<=a)b"},
        {"type": "regex", "regex": r"^\p{L}$", "caseInsensitive": True},
        {"type": "expression", "expression": "age({q}) > 3"},
        {"type": "unheard_of"},
    ],
)
def test_validators_that_cannot_be_read_are_said(validator):
    found = form(element("text", validators=[validator]))
    assert question(found, "q").checks == ()
    assert "We left it out" in said(found, "q")


def test_how_many_answers_may_be_a_validator():
    validators = [{"type": "answercount", "minCount": 1, "maxCount": 2}]
    asked = question(form(element("checkbox", choices=AB, validators=validators)), "q")
    assert (asked.choose_min, asked.choose_max) == (1, 2)


def test_limits_that_are_computed_are_checks():
    found = form(element("text", inputType="date", maxValueExpression="today()", minValueExpression="odd({x})"))
    assert [check.that for check in question(found, "q").checks] == [["<=", OWN, ["today"]]]
    assert "least value" in said(found, "q")


def skips(*triggers, **more):
    found = form(
        *ASKED[:3], element("text", "mid"), element("html", "last page", html="x"), triggers=list(triggers), **more
    )
    return found, {asked.code: list(asked.skips) for asked in found.questionnaire.questions if asked.skips}


def test_jumps_are_skips_behind_the_question_that_decides():
    _found, skipped = skips(
        {"type": "skip", "expression": "{age} > 3 and {one} = 'a'", "gotoName": "last page"},
        {"type": "completetrigger", "expression": "{age} < 16"},
        {"type": "complete", "name": "age", "operator": "empty"},
        {"type": "complete", "name": "one", "operator": "equal", "value": "b"},
    )
    assert [(skip.when, skip.to) for skip in skipped["age"]] == [
        (["<", AGE, 16], END),
        (["not", ["answered", AGE]], END),
    ]
    assert [skip.to for skip in skipped["one"]] == ["last_page", END]


@pytest.mark.parametrize(
    "trigger",
    [
        {"type": "setvalue", "expression": "{age} > 3", "setToName": "one"},
        {"type": "skip", "expression": "{age} > 3", "gotoName": "nowhere"},
        {"type": "skip", "expression": "age({x}) > 3", "gotoName": "mid"},
        {"type": "complete", "expression": "1 > 0"},
        {"type": "skip"},
    ],
)
def test_other_triggers_are_lost_and_said(trigger):
    found, skipped = skips(trigger)
    assert skipped == {}
    assert found.report.outcomes[-1].notes


def test_a_computed_value_that_cannot_be_read_is_lost_and_so_is_what_uses_it():
    found = shown_where("{adult}", calculatedValues=[{"name": "adult", "expression": "odd({age})"}])
    assert "We could not read the formula" in said(found, "adult")
    assert "“{adult}”" in said(found, "last")


def test_an_expression_on_a_page_is_no_question_but_conditions_may_use_it():
    found = form(
        ASKED[0], element("expression", "next", expression="{age} + 1"), element("text", visibleIf="{next} > 3")
    )
    assert show_if(found, "q") == [">", ["+", AGE, 1], 3]
    assert found.report.questions_imported == 2


def test_conditions_that_are_too_deep_together_are_said():
    deep = " + ".join(["{age}"] * 30) + " > 3"
    inner = element("panel", "p", visibleIf=deep, elements=[element("text", "last", visibleIf="{age} > 1")])
    found = form(ASKED[0], inner)
    assert show_if(found, "last") is None
    assert "together" in said(found, "last")


def test_checks_without_end_are_said():
    validators = [{"type": "numeric", "minValue": number} for number in range(30)]
    found = form(element("text", validators=validators))
    assert len(question(found, "q").checks) == 20
    assert "too many" in said(found, "q")
