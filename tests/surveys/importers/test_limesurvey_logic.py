"""LimeSurvey's conditions, checks and formulas as trees of ours."""

import pytest

from tests.surveys.importers.brought import bring, codes, question, said, show_if
from tests.surveys.importers.limesurvey_files import ROWS, SURVEY, LimeFile, ask

pytestmark = pytest.mark.usefixtures("speaking")

PARTS = {"SQ001": "Bus", "SQ002": "Bike"}
ANSWERS = {"A1": "Bad", "A2": "Good"}

ASKED = [
    ask("one", "L", answers=ANSWERS, values={"other": "Y"}),
    ask("many", "M", subquestions=PARTS, values={"other": "Y"}),
    ask("grid", "F", subquestions=PARTS, answers=ANSWERS),
    ask("dual", "1", subquestions=PARTS, answers=ANSWERS | {"B1/1": "Low"}),
    ask("age", "N"),
    ask("text", "S"),
    ask("rank", "R", answers=ANSWERS),
    ask("why", "O", answers=ANSWERS),
    ask("parts", "Q", subquestions=PARTS),
    ask("yes", "Y"),
]
ONE, MANY, AGE, TEXT = (["answer", code] for code in ("one", "many", "age", "text"))
BUS, BIKE = ["has", MANY, "SQ001"], ["has", MANY, "SQ002"]


def shown_where(relevance: str, **more):
    """What becomes of a question with this condition, behind one of each kind."""
    last = ask("last", "S", values={"relevance": relevance}, **more)
    return bring(LimeFile([("First", "", [*ASKED, last])]).xml())


@pytest.mark.parametrize(
    ("relevance", "tree"),
    [
        ("1", None),
        ("", None),
        ('one.NAOK == "A1"', ["=", ONE, "A1"]),
        ("((one.NAOK == 'A1'))", ["=", ONE, "A1"]),
        ("{one == 'A1'}", ["=", ONE, "A1"]),
        ("'A1' == one", ["=", ONE, "A1"]),
        ("one eq 'A1'", ["=", ONE, "A1"]),
        ("one ne 'A1'", ["!=", ONE, "A1"]),
        ("one == '-oth-'", ["=", ONE, "other"]),
        ("one == ''", ["not", ["answered", ONE]]),
        ('one != " "', ["answered", ONE]),
        ("is_empty(one)", ["not", ["answered", ONE]]),
        ("!is_empty(one)", ["answered", ONE]),
        ("many_SQ001 == 'Y'", BUS),
        ("many_SQ001.NAOK != 'Y'", ["not", BUS]),
        ("is_empty(many_SQ001)", ["not", BUS]),
        ("many_SQ001", BUS),
        ("!is_empty(many_other)", ["has", MANY, "other"]),
        ("many == 'SQ001'", BUS),
        ("count(many_SQ001, many_SQ002) > 0", ["or", BUS, BIKE]),
        ("count(many_SQ001, many_SQ002) == 0", ["not", ["or", BUS, BIKE]]),
        ("count(many_SQ001, many_SQ002) >= 2", ["and", BUS, BIKE]),
        ("count(that.many) >= 2", [">=", ["count", MANY], 2]),
        ("grid_SQ001.NAOK == 'A2'", ["=", ["answer", "grid", "SQ001"], "A2"]),
        ("dual_SQ002_1 == 'B1'", ["=", ["answer", "dual_2", "SQ002"], "B1"]),
        ("dual_SQ002_0 == 'A1'", ["=", ["answer", "dual_1", "SQ002"], "A1"]),
        ("age.NAOK >= 18", [">=", AGE, 18]),
        ("age ge 18 and age lt 65", ["and", [">=", AGE, 18], ["<", AGE, 65]]),
        ("age > 3 || age < 2 && age != 1", ["or", [">", AGE, 3], ["and", ["<", AGE, 2], ["!=", AGE, 1]]]),
        ("age + 1 > 2 * 3", [">", ["+", AGE, 1], ["*", 2, 3]]),
        ("strlen(text) > 3", [">", ["length", TEXT], 3]),
        ("text.shown == 'x'", ["=", TEXT, "x"]),
        ("regexMatch('/^a+$/', text)", ["matches", TEXT, "^a+$"]),
        ("if(age > 3, 1, 0)", [">", AGE, 3]),
        ("count(rank) > 1", [">", ["count", ["answer", "rank"]], 1]),
        ("why_comment != ''", ["answered", ["answer", "why_comment"]]),
        ("parts_SQ002 == 'x'", ["=", ["answer", "parts_SQ002"], "x"]),
        (f"{SURVEY}X1X101.NAOK == 'A1'", ["=", ONE, "A1"]),
        (f"{SURVEY}X1X102SQ001.NAOK == 'Y'", BUS),
        (f"{SURVEY}X1X103SQ001 == 'A1'", ["=", ["answer", "grid", "SQ001"], "A1"]),
        (f"{SURVEY}X1X104SQ001#1 == 'B1'", ["=", ["answer", "dual_2", "SQ001"], "B1"]),
        ("Q101.NAOK == 'A1'", ["=", ONE, "A1"]),
        ("Q102_S1003.NAOK == 'Y'", BUS),
    ],
)
def test_conditions_are_read(relevance, tree):
    assert show_if(shown_where(relevance), "last") == tree


@pytest.mark.parametrize(
    "relevance",
    [
        "countif('Y', that.many) > 2",
        "sum(that.many) > 2",
        "one.shown == 'Bad'",
        "many_SQ001 > 3",
        "TOKEN:ATTRIBUTE_1 == 'x'",
        "unknown == 1",
        "one = 'A1'",
        "rank_1 == 'A1'",
        "regexMatch('/(?<=a)b/', text)",
        "one == 'A1' and",
        "((((one == 'A1'))",
        "if(age > 3, 'a', 'b') == 'a'",
    ],
)
def test_what_cannot_be_read_is_shown_to_everybody_and_said(relevance):
    found = shown_where(relevance)
    assert show_if(found, "last") is None
    assert f"“{relevance}”" in said(found, "last")


def test_a_condition_that_looks_ahead_is_taken_out_and_said():
    first = ask("first", "S", values={"relevance": "second == 'x'"})
    found = bring(LimeFile([("First", "", [first, ask("second", "S")])]).xml())
    assert show_if(found, "first") is None
    assert "comes later" in said(found, "first")


@pytest.mark.parametrize("values", [{"relevance": "0"}, {}])
def test_what_is_never_shown_stays_so(values):
    attributes = {} if values else {"hidden": "1"}
    hidden = ask("hidden", "S", values=values, attributes=attributes)
    found = bring(LimeFile([("First", "", [hidden, ask("last", "S")])]).xml())
    assert show_if(found, "hidden") is False
    assert "nobody" in said(found, "hidden")


def conditions(*rows: dict[str, str]):
    """A file of the time when conditions had a table of their own."""
    table = [{"qid": 1 * 100 + len(ASKED) + 1, "method": "==", "scenario": 1} | row for row in rows]
    file = LimeFile([("First", "", [*ASKED, ask("last", "S", values={"relevance": ""})])], more={"conditions": table})
    return bring(file.xml(ROWS))


def row(number: int, value: str, behind: str = "", **more: object):
    return {"cqid": number, "cfieldname": f"{SURVEY}X1X{number}{behind}", "value": value} | more


def test_old_conditions_on_one_question_are_alternatives():
    found = conditions(row(101, "A1"), row(101, "A2"), row(105, "18", method=">="))
    assert show_if(found, "last") == ["and", ["or", ["=", ONE, "A1"], ["=", ONE, "A2"]], [">=", AGE, "18"]]


def test_old_scenarios_are_alternatives():
    found = conditions(row(101, "A1"), row(105, "18", method="<", scenario=2))
    assert show_if(found, "last") == ["or", ["=", ONE, "A1"], ["<", AGE, "18"]]


@pytest.mark.parametrize(
    ("one", "tree"),
    [
        (row(102, "SQ001"), BUS),
        (row(102, "Y", "SQ001") | {"cfieldname": f"+{SURVEY}X1X102SQ001"}, BUS),
        (row(101, " "), ["not", ["answered", ONE]]),
        (row(106, "/^x/", method="RX"), ["matches", TEXT, "^x"]),
        (row(105, f"@{SURVEY}X1X106@", method=">"), [">", AGE, TEXT]),
    ],
)
def test_old_conditions_are_read(one, tree):
    assert show_if(conditions(one), "last") == tree


@pytest.mark.parametrize("one", [row(999, "A1"), row(101, "A1", method="~"), row(106, "(", method="RX")])
def test_old_conditions_that_cannot_be_read_are_said(one):
    found = conditions(one)
    assert show_if(found, "last") is None
    assert "We could not read the condition" in said(found, "last")


def test_a_check_has_the_message_of_the_file():
    tip = {"em_validation_q_tip": {"en": "Longer, please", "de": "Bitte länger"}}
    found = shown_where("1", attributes={"em_validation_q": "strlen(self.NAOK) &gt; 3"}, translated=tip)
    check = question(found, "last").checks[0]
    assert check.that == [">", ["length", ["answer", "last"]], 3]
    assert check.message == {"en": "Longer, please", "de": "Bitte länger"}


def test_each_part_is_checked():
    parts = ask("p", "K", subquestions=PARTS, attributes={"em_validation_sq": "this &lt; 10"})
    found = bring(LimeFile([("First", "", [parts])]).xml())
    assert question(found, "p_SQ002").checks[0].that == ["<", ["answer", "p_SQ002"], 10]


@pytest.mark.parametrize(
    ("preg", "pattern"),
    [
        ("/^[a-c]x$/i", "^[a-cA-C][xX]$"),
        (r"/^\d{5}$/", r"^\d{5}$"),
        ("#^https?://#", "^https?://"),
        (r"/\A[^@]+\z/u", "^[^@]+$"),
    ],
)
def test_patterns_are_read(preg, pattern):
    found = bring(LimeFile([("First", "", [ask("Q", "S", values={"preg": preg})])]).xml())
    assert question(found, "Q").checks[0].that == ["matches", ["answer", "Q"], pattern]


@pytest.mark.parametrize("preg", ["abc", "/a/x", "/(/", r"/\p{L}/i", "/(?<=a)b/"])
def test_patterns_that_cannot_be_read_are_said(preg):
    found = bring(LimeFile([("First", "", [ask("Q", "S", values={"preg": preg})])]).xml())
    assert question(found, "Q").checks == ()
    assert "pattern" in said(found, "Q")


def test_a_check_that_cannot_be_read_is_said():
    found = shown_where("1", attributes={"em_validation_q": "sum(self) == 3"})
    assert question(found, "last").checks == ()
    assert "“sum(self) == 3”" in said(found, "last")


def with_formula(formula: str, condition: str, **values: str):
    asked = [ask("age", "N"), ask("calc", "*", formula, values=values)]
    return bring(LimeFile([("First", "", [*asked, ask("last", "S", values={"relevance": condition})])]).xml())


def test_a_formula_stands_in_the_conditions_that_use_it():
    found = with_formula("{age + 1}", "calc > 18")
    assert codes(found) == ["age", "last"]
    assert show_if(found, "last") == [">", ["+", AGE, 1], 18]


def test_a_formula_has_its_own_condition():
    found = with_formula("{age > 18}", "calc", relevance="age < 65")
    assert show_if(found, "last") == ["and", ["<", AGE, 65], [">", AGE, 18]]


def test_a_formula_that_cannot_be_read_is_lost_and_so_is_what_uses_it():
    found = with_formula("{rand(1, 6)}", "calc == 3")
    assert "We could not read the formula" in said(found, "calc")
    assert show_if(found, "last") is None
    assert "We could not read the condition" in said(found, "last")


def test_a_check_that_is_too_deep_is_said():
    parts = {f"P{number}": f"Part {number}" for number in range(35)}
    found = bring(
        LimeFile([("First", "", [ask("K", "K", subquestions=parts, attributes={"max_num_value": "9"})])]).xml()
    )
    assert question(found, "K_P34").checks == ()
    assert "too long" in said(found, "K")
