"""Conditions, constraints and calculations of XLSForm as our trees."""

from typing import Any

import pytest

from surveys.importers.report import Import
from surveys.importers.xlsform.xpath import dialect
from surveys.logic.parsing import Unreadable, read
from surveys.questionnaire import Check, Kind, OptionRole, Question
from tests.surveys.importers.workbooks import brought, form, sentences

pytestmark = pytest.mark.usefixtures("speaking")
A, B, SELF = ["answer", "a"], ["answer", "b"], ["answer", "."]
CHOICES = [("l", "x", "X"), ("l", "y", "Y"), ("l", "none", "None"), ("l", "dk", "I do not know")]
HEAD = ("type", "name", "label", "relevant", "constraint", "constraint_message", "calculation")


def tree(text: str) -> Any:
    return read(text, dialect(lambda name: ["answer", name]))


def brought_with(*rows: tuple[str, ...]) -> Import:
    return brought(form(*rows, head=HEAD, choices=CHOICES))


def constrained(kind: str, constraint: str, message: str = "") -> Question:
    found = brought_with((kind, "q", "What?", "", constraint, message))
    assert found.questionnaire is not None
    return next(found.questionnaire.questions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${a} = 'x'", ["=", A, "x"]),
        ("${ a }='x'", ["=", A, "x"]),
        ('${a} != "it\'s"', ["!=", A, "it's"]),
        ("selected(${a}, 'x')", ["has", A, "x"]),
        ("selected (${a},'x')", ["has", A, "x"]),
        ("not(selected(${a}, 'x'))", ["not", ["has", A, "x"]]),
        ("${a} = 1 or ${b} = 2 and ${a} < 3", ["or", ["=", A, 1], ["and", ["=", B, 2], ["<", A, 3]]]),
        ("(${a} = 1 or ${b} = 2) and ${a} < 3", ["and", ["or", ["=", A, 1], ["=", B, 2]], ["<", A, 3]]),
        ("${a} = 1 AND ${b} = 2 And ${a} = 3", ["and", ["=", A, 1], ["=", B, 2], ["=", A, 3]]),
        ("1 < 2 = true()", ["=", ["<", 1, 2], True]),
        ("${a} + ${b} * 2 - 1", ["-", ["+", A, ["*", B, 2]], 1]),
        ("${a} div 2 >= -1.5", [">=", ["/", A, 2], -1.5]),
        ("count-selected(.) <= 3", ["<=", ["count", SELF], 3]),
        ("string-length(.) < 5", ["<", ["length", SELF], 5]),
        (". >= today()", [">=", SELF, ["today"]]),
        (". > date('2026-01-31')", [">", SELF, "2026-01-31"]),
        ("false()", False),
        ("number(${a}) = 1", ["=", A, 1]),
        (r"regex(., '^[^@\s]+$')", ["matches", SELF, r"^[^@\s]+$"]),
        ("regex(., '[0-9]{5}')", ["matches", SELF, "^(?:[0-9]{5})$"]),
        ("regex(., '^.*(?:x).*$')", ["matches", SELF, "x"]),
        ("contains(., 'a.b')", ["matches", SELF, r"a\.b"]),
        ("starts-with(${a}, '+')", ["matches", A, r"^\+"]),
        ("ends-with(${a}, '$')", ["matches", A, r"\$$"]),
    ],
)
def test_what_both_can_say(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "if(${a} = 1, 2, 3)",
        "${a} mod 2 = 0",
        "jr:choice-name(${a}, '${a}') = 'X'",
        "instance('towns')/root/item[name = ${a}]/label",
        "position(..) > 1",
        "../a = 1",
        "${a} = ",
        "(${a} = 1",
        "${a} = 1)",
        "selected(${a})",
        "regex(., ${a})",
        "regex(., '(?<=a)b')",
        "contains(., 1)",
        "'open",
        "coalesce(${a}, 1) = 1",
    ],
)
def test_what_our_trees_cannot_say_is_unreadable(text):
    with pytest.raises(Unreadable):
        tree(text)


def test_a_condition_that_cannot_be_read_is_told_with_its_place():
    found = brought_with(("text", "a", "A?"), ("text", "q", "What?", "if(${a} = 1, 2, 3)"))
    assert list(found.questionnaire.questions)[1].show_if is None
    (outcome,) = [one for one in found.report.outcomes if one.name == "q"]
    assert (outcome.severity, outcome.notes[0].where, outcome.notes[0].severity) == ("changed", "survey!D3", "lost")
    assert "“if(${a} = 1, 2, 3)”. Everybody sees this now." in outcome.notes[0].sentence


def test_a_condition_on_what_did_not_come_over_is_told():
    found = brought_with(("audio", "a", "A?"), ("text", "q", "What?", "${a} != '' and ${nowhere} = 1"))
    assert "looks at “a”, which is no answer here" in sentences(found, "q")[0]


def test_a_condition_that_looks_ahead_is_taken_out():
    found = brought_with(("text", "q", "What?", "${later} = 1"), ("text", "later", "A?"))
    assert next(found.questionnaire.questions).show_if is None
    assert "A condition looks at “later”, which comes later." in sentences(found, "q")[0]


def test_typographic_quotes_are_read_too():
    found = brought_with(("text", "a", "A?"), ("text", "q", "What?", "${a} = ‘x’ or ${a} = “y”"))
    assert list(found.questionnaire.questions)[1].show_if == ["or", ["=", A, "x"], ["=", A, "y"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("${a} != ''", ["answered", A]),
        ("'' = ${a}", ["not", ["answered", A]]),
        ("${ok} = 'OK'", ["=", ["answer", "ok"], True]),
        ("${t_1} = 'x'", ["=", ["answer", "t", "1"], "x"]),
        ("true()", None),
    ],
)
def test_values_that_only_xlsform_knows(condition, expected):
    rows = [
        ("text", "a", "A?"),
        ("acknowledge", "ok", "OK?"),
        ("begin group", "t", "T"),
        ("select_one l", "t_1", "One"),
        ("end group", ""),
        ("text", "q", "What?", condition),
    ]
    head = (*HEAD, "appearance")
    rows[2] = (*rows[2], "", "", "", "", "table-list")
    found = brought(form(*rows, head=head, choices=CHOICES))
    assert list(found.questionnaire.questions)[-1].show_if == expected


@pytest.mark.parametrize("condition", ["today() - 1 > ${day}", "${day} + 7 > today()"])
def test_days_are_not_counted(condition):
    found = brought_with(("date", "day", "When?"), ("text", "q", "What?", condition))
    assert list(found.questionnaire.questions)[1].show_if is None


def test_digits_of_numbers_are_not_counted():
    found = brought_with(("integer", "q", "Phone?", "", "string-length(.) = 10"))
    assert next(found.questionnaire.questions).checks == ()
    assert "It was left out." in sentences(found, "q")[0]


@pytest.mark.parametrize(
    ("kind", "constraint", "fields"),
    [
        ("select_multiple l", "count-selected(.) <= 3", {"choose_max": 3}),
        ("select_multiple l", "count-selected(.) < 3", {"choose_max": 2}),
        ("select_multiple l", "1 <= count-selected(.) and count-selected(.) <= 2", {"choose_min": 1, "choose_max": 2}),
        ("select_multiple l", "count-selected(.) = 2", {"choose_min": 2, "choose_max": 2}),
        ("integer", ". >= 0 and . <= 120", {"least": 0, "most": 120}),
        ("integer", ". > 0 and 120 > .", {"least": 1, "most": 119}),
        ("decimal", ". >= 0.5", {"least": 0.5}),
        ("date", ". >= date('2026-01-01') and . < '2027-01-01'", {"earliest": "2026-01-01", "latest": "2026-12-31"}),
        ("text", "string-length(.) <= 50", {"max_length": 50}),
        ("text", "string-length(${q}) < 50", {"max_length": 49}),
    ],
)
def test_bounds_become_fields(kind, constraint, fields):
    question = constrained(kind, constraint)
    assert {name: getattr(question, name) for name in fields} == fields
    assert question.checks == ()


@pytest.mark.parametrize(
    ("kind", "constraint", "tree"),
    [
        ("decimal", ". > 0.5", [">", ["answer", "q"], 0.5]),
        ("integer", ". != 5", ["!=", ["answer", "q"], 5]),
        ("date", ". >= today()", [">=", ["answer", "q"], ["today"]]),
        ("text", "regex(., '^a+$')", ["matches", ["answer", "q"], "^a+$"]),
        ("text", "string-length(.) >= 5", [">=", ["length", ["answer", "q"]], 5]),
        ("date", ". <= date('not a day')", ["<=", ["answer", "q"], "not a day"]),
        (
            "select_multiple l",
            "not(selected(., 'x') and selected(., 'y'))",
            ["not", ["and", ["has", ["answer", "q"], "x"], ["has", ["answer", "q"], "y"]]],
        ),
    ],
)
def test_everything_else_becomes_a_check(kind, constraint, tree):
    assert constrained(kind, constraint, "No").checks == (Check(that=tree, message={"en": "No"}),)


def test_bounds_with_the_city_s_own_words_stay_a_check():
    question = constrained("integer", ". >= 18", "You have to be grown up.")
    assert (question.least, len(question.checks)) == (None, 1)


def test_bounds_and_checks_stand_side_by_side():
    question = constrained("select_multiple l", "count-selected(.) <= 2 and not(selected(., 'x') and selected(., 'y'))")
    assert question.choose_max == 2
    assert len(question.checks) == 1


@pytest.mark.parametrize(
    "constraint",
    [
        "not(selected(., 'none') and count-selected(.) > 1)",
        "not(count-selected(.) >= 2 and selected(., 'none'))",
        "not(selected(., 'none') and (selected(., 'x') or selected(., 'y') or selected(., 'dk')))",
        "not(selected(., 'none')) or count-selected(.) = 1",
        "count-selected(.) = 1 or not(selected(., 'none'))",
    ],
)
def test_what_excludes_the_others_is_none_of_these(constraint):
    question = constrained("select_multiple l", constraint, "Nothing else goes with it.")
    assert question.options_as(OptionRole.NONE) == ("none",)
    assert question.checks == ()


def test_a_second_one_that_excludes_the_others_is_i_do_not_know():
    alone = "not(selected(., '{}') and count-selected(.) > 1)"
    both = f"{alone.format('none')} and {alone.format('dk')} and (count-selected(.) >= 2 or selected(., 'none'))"
    question = constrained("select_multiple l", both)
    assert question.options_as(OptionRole.NONE) == ("none",)
    assert question.options_as(OptionRole.DONT_KNOW) == ("dk",)
    assert question.choose_min == 2
    third = constrained("select_multiple l", " and ".join(alone.format(code) for code in ("none", "x")))
    assert len(third.checks) == 1


def test_names_alone_give_no_role():
    roles = {option.role for option in constrained("select_multiple l", "").options}
    assert roles == {OptionRole.PLAIN}


def test_a_message_that_we_say_ourselves_is_told():
    found = brought_with(("select_multiple l", "q", "What?", "", "count-selected(.) <= 2", "Two at most!"))
    assert sentences(found, "q") == ["We say this in our own words, not as “Two at most!”."]


def test_calculations_stand_where_they_are_used():
    rows = [
        ("integer", "a", "A?"),
        ("integer", "b", "B?"),
        ("calculate", "sum", "", "", "", "", "${a} + ${b}"),
        ("calculate", "idle", "", "", "", "", "${a} * 2"),
        ("calculate", "odd", "", "", "", "", "${a} mod 2"),
        ("text", "q", "What? ${sum}", "${sum} > 3"),
        ("text", "r", "Why?", "${odd} = 1"),
    ]
    found = brought_with(*rows)
    *_rest, q, r = found.questionnaire.questions
    assert q.show_if == [">", ["+", A, B], 3]
    assert r.show_if is None
    assert q.text == {"en": "What? …"}
    assert "now stands where it is used" in sentences(found, "sum")[0]
    assert sentences(found, "idle") == ["No condition needs this calculation, so it was left out."]
    assert sentences(found, "odd") == ["We could not read this calculation."]
    assert found.report.questions_skipped == 0


def test_conditions_of_kinds_without_an_answer_are_taken_out():
    found = brought_with(("note", "n", "Hello"), ("text", "q", "What?", "${n} = 1"))
    assert list(found.questionnaire.questions)[1].show_if is None
    assert next(found.questionnaire.questions).kind is Kind.NOTE
