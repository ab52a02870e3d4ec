"""What a questionnaire looks like as a SurveyJS form, and what the export says about the rest."""

from typing import Any

import orjson
import pytest

from surveys.exporters.surveyjs import export
from surveys.questionnaire import loaded
from tests.surveys.importers.brought import bring
from tests.surveys.makers import AGREE, MODES, PARTS, STATEMENTS, choice, every_kind, question, section

pytestmark = pytest.mark.usefixtures("speaking")
BOTH = ["en", "de"]


def written(document: dict[str, Any], languages: list[str] = BOTH) -> dict[str, Any]:
    return orjson.loads(export(loaded(document), languages).content)


def element(kind: str, languages: list[str] = BOTH, **values: Any) -> dict[str, Any]:
    """The element of one question, and the sentences about it."""
    document = {"sections": [section("one", question("q", kind, **values))]}
    return written(document, languages)["pages"][0]["elements"][0]


def left(kind: str, **values: Any) -> str:
    document = {"sections": [section("one", question("q", kind, **values))]}
    return " ".join(found.sentence for found in export(loaded(document), BOTH).left)


BUS = ["has", ["answer", "m"], "bus"]
TITLE = {"default": "What about q?", "de": "What about q? (de)"}
USUAL = {"name": "q", "title": TITLE}


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("line", {"max_length": 40}, {"type": "text", "maxLength": 40}),
        ("text", {"is_required": True}, {"type": "comment", "isRequired": True}),
        ("date", {"earliest": "2020-01-01"}, {"type": "text", "inputType": "date", "min": "2020-01-01"}),
        ("consent", {}, {"type": "boolean", "renderAs": "checkbox"}),
        ("file", {}, {"type": "file"}),
        ("scale", {"low": 0, "high": 4}, {"type": "rating", "rateMin": 0, "rateMax": 4}),
        ("nps", {}, {"type": "rating", "rateMin": 0, "rateMax": 10}),
        (
            "number",
            {"least": 0, "most": 9, "decimals": 1},
            {"type": "text", "inputType": "number", "min": 0, "max": 9, "step": 0.1},
        ),
    ],
)
def test_each_kind_has_a_type(kind, values, expected):
    assert element(kind, **values) == USUAL | expected


def test_choices_with_a_role_are_those_of_surveyjs():
    options = [*MODES, choice("x", "Else", role="other"), choice("dk", "No idea", role="dont_know")]
    found = element("multiple", options=options, choose_max=2, is_shuffled=True)
    assert [item["value"] for item in found["choices"]] == ["bus", "bike", "car"]
    assert (found["showOtherItem"], found["otherText"]["default"], found["showDontKnowItem"]) == (True, "Else", True)
    assert (found["maxSelectedChoices"], found["choicesOrder"]) == (2, "random")


def test_codes_that_surveyjs_fixes_are_said_and_used_in_conditions():
    one = question("one", "single", options=[*MODES, choice("x", "Else", role="other")])
    document = {"sections": [section("s", one, question("two", "line", show_if=["=", ["answer", "one"], "x"]))]}
    assert written(document)["pages"][0]["elements"][1]["visibleIf"] == "{one} = 'other'"
    assert "“other”" in export(loaded(document), BOTH).left[0].sentence


def test_a_second_answer_that_goes_with_no_other_is_exclusive():
    options = [*MODES, choice("none", "None", role="none"), choice("never", "Never", role="none")]
    assert element("multiple", options=options)["choices"][-1]["isExclusive"] is True
    assert "“never”" in left("single", options=options)


def test_ordered_answers_are_a_rating():
    found = element("single", options=AGREE, is_ordered=True)
    assert (found["type"], [item["value"] for item in found["rateValues"]]) == ("rating", ["no", "mid", "yes"])


def test_tables_have_columns_and_rows():
    found = element("matrix", options=AGREE, rows=PARTS, is_required=True)
    assert [len(found["columns"]), len(found["rows"])] == [3, 2]
    assert found["eachRowRequired"] is True
    assert "isRequired" not in found


def test_statements_are_a_table_of_three_columns():
    found = element("statements", rows=STATEMENTS)
    assert [column["value"] for column in found["columns"]] == ["agree", "pass", "disagree"]


def test_a_note_is_html_without_html_in_it():
    found = element("note", text="1 < 2\n<script>", languages=["en"])
    assert found == {"type": "html", "name": "q", "html": "<p>1 &lt; 2<br>&lt;script&gt;</p>"}


def test_texts_without_a_language_are_english_or_the_only_one():
    assert element("line", ["de", "en"])["title"] == TITLE
    assert element("line", ["de"])["title"] == "What about q? (de)"
    assert written({"sections": []}, ["de", "en"])["locale"] == "de"
    assert "locale" not in written({"sections": []})


@pytest.mark.parametrize(
    ("tree", "expression"),
    [
        (["and", ["=", ["answer", "a"], "it's"], [">", ["answer", "n"], 2.5]], "({a} = 'it\\'s') and ({n} > 2.5)"),
        (["not", ["or", BUS, ["answered", ["answer", "a"]]]], "!(({m} contains 'bus') or {a} notempty)"),
        (["not", ["answered", ["answer", "a"]]], "{a} empty"),
        (["=", ["count", ["answer", "m"]], 2], "{m.length} = 2"),
        (["=", ["answer", "t", "a"], "no"], "{t.a} = 'no'"),
        (["<", ["+", ["answer", "n"], 1], -3], "({n} + 1) < -3"),
        (["<=", ["answer", "d"], ["today"]], "{d} <= today()"),
        (["=", ["answer", "c"], True], "{c} = true"),
    ],
)
def test_conditions_are_expressions(tree, expression):
    assert last_of(tree)[0]["visibleIf"] == expression


def last_of(tree: Any) -> tuple[dict[str, Any], str]:
    """The last of these questions with this condition, and what the export says about it."""
    asked = [
        question("a", "line"),
        question("n", "number"),
        question("m", "multiple", options=MODES),
        question("t", "matrix", options=AGREE, rows=PARTS),
        question("d", "date"),
        question("c", "consent"),
        question("last", "line", show_if=tree),
    ]
    exported = export(loaded({"sections": [section("s", *asked)]}), BOTH)
    found = [note.sentence for note in exported.left if note.where == "last"]
    return orjson.loads(exported.content)["pages"][0]["elements"][-1], " ".join(found)


@pytest.mark.parametrize(
    "tree",
    [
        ["matches", ["answer", "a"], "^x"],
        [">", ["length", ["answer", "a"]], 3],
        ["=", ["count", ["answer", "t"]], 2],
        ["has", ["answer", "t"], "no"],
        ["=", ["answer", "a"], "ends with \\"],
        ["=", ["answer", "n"], 1e30],
        ["answered", ["=", ["answer", "a"], "x"]],
    ],
)
def test_what_surveyjs_cannot_say_is_left_out_and_told(tree):
    found, sentences = last_of(tree)
    assert "visibleIf" not in found
    assert "Everybody sees this" in sentences


def test_what_is_hidden_stays_so():
    assert last_of(False)[0]["visible"] is False


@pytest.mark.parametrize(
    ("that", "validator"),
    [
        (["matches", ["answer", "q"], "^x"], {"type": "regex", "regex": "^x"}),
        ([">=", ["length", ["answer", "q"]], 3], {"type": "text", "minLength": 3}),
        (["!=", ["answer", "q"], "x"], {"type": "expression", "expression": "{q} != 'x'"}),
    ],
)
def test_checks_are_validators(that, validator):
    found = element("line", checks=[{"that": that, "message": {"en": "No", "de": "Nein"}}])
    assert found["validators"] == [validator | {"text": {"default": "No", "de": "Nein"}}]


def test_a_check_that_surveyjs_cannot_say_is_told():
    that = ["and", ["matches", ["answer", "q"], "^x"], ["answered", ["answer", "q"]]]
    assert "check" in left("line", checks=[{"that": that, "message": {"en": "No"}}])


def test_skips_are_triggers():
    skips = [{"when": ["=", ["answer", "a"], "x"], "to": "more"}, {"when": ["=", ["answer", "a"], "y"], "to": "end"}]
    first = section("one", question("a", "line", skips=skips), question("b", "line"))
    document = {"sections": [first, section("more", question("c", "line"))]}
    assert written(document)["triggers"] == [
        {"type": "skip", "gotoName": "c", "expression": "{a} = 'x'"},
        {"type": "complete", "expression": "{a} = 'y'"},
    ]


@pytest.mark.parametrize("when", [["=", ["answer", "a"], "x"], True, ["matches", ["answer", "b"], "^x"]])
def test_a_skip_that_surveyjs_cannot_say_is_told(when):
    behind = question("b", "line", skips=[{"when": when, "to": "end"}])
    exported = export(loaded({"sections": [section("one", question("a", "line"), behind)]}), BOTH)
    assert [note.where for note in exported.left] == ["b"]
    assert "triggers" not in orjson.loads(exported.content)


@pytest.mark.parametrize(
    ("kind", "values", "part"),
    [
        ("scale", {"has_dont_know": True}, "I don't know"),
        ("number", {"has_dont_know": True}, "I don't know"),
        ("number", {"unit": {"en": "km"}}, "units"),
        ("nps", {}, "0 to 10"),
        ("place", {}, "map"),
        ("matrix", {"options": [*AGREE, choice("dk", "?", role="dont_know")], "rows": PARTS}, "“dk”"),
    ],
)
def test_what_is_left_out_is_told(kind, values, part):
    assert part in left(kind, **values)


def test_a_unit_is_not_lost_from_sight():
    assert element("number", unit={"en": "km"}, hint={"en": "About"})["description"] == "About\n(km)"


def test_every_kind_goes_out_and_comes_back():
    exported = export(loaded(every_kind()), BOTH)
    found = bring(exported.content).questionnaire
    assert [asked.code for asked in found.questions] == [asked.code for asked in loaded(every_kind()).questions]
