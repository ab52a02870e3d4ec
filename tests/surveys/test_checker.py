"""What keeps a questionnaire from being published, and what works badly for the people who answer it."""

from typing import Any

import pytest
from flask import Flask

from citizen.cities.models import City
from surveys.checker import Finding, findings, findings_for
from surveys.questionnaire import loaded
from tests.makers import ONE_DATABASE
from tests.surveys.makers import ENDS, MODES, choice, every_kind, make_districts, question, section

pytestmark = ONE_DATABASE

YES_NO = [choice("yes", "Yes"), choice("no", "No")]
TITLE = {"en": "You", "de": "Sie"}
DOT = {"name": f"{'0' * 32}.webp", "width": 40, "height": 30}


def checked(*questions: dict[str, Any], languages: tuple[str, ...] = ("en", "de"), **values: Any) -> list[Finding]:
    """What the checker says about a questionnaire of these questions in a city with two districts."""
    document = {"title": TITLE, "sections": [section("all", *questions)]} | values
    return findings_for(loaded(document), languages, {"north", "south"})


def said(*questions: dict[str, Any], **values: Any) -> list[tuple[str, str | None, str]]:
    return [(finding.severity, finding.question, finding.sentence) for finding in checked(*questions, **values)]


def usual(code: str = "q", kind: str = "single", **values: Any) -> dict[str, Any]:
    """A question that is as it should be."""
    parts = {
        "single": {"options": YES_NO},
        "multiple": {"options": MODES},
        "ranking": {"options": MODES},
        "matrix": {"options": MODES, "rows": YES_NO},
        "statements": {"rows": YES_NO},
        "scale": ENDS,
    }
    return question(code, kind, **(parts.get(kind, {}) | values))


def test_a_sound_questionnaire_of_every_kind_has_no_findings(city: City) -> None:
    make_districts(city)
    assert findings(loaded(every_kind()), city) == []


def test_the_city_s_districts_and_languages_count(city: City) -> None:
    city.languages = ["de", "fr"]
    found = findings(loaded(every_kind()), city)
    assert [finding.question for finding in found if finding.severity == "error"] == ["home"]
    assert "Français" in found[0].sentence


ERRORS: dict[str, tuple[dict[str, Any], str]] = {
    "one option": (usual(options=MODES[:1]), "Please offer at least two options."),
    "one column": (usual(kind="matrix", options=MODES[:1]), "Please offer at least two columns."),
    "no row": (usual(kind="matrix", rows=[]), "Please add a row."),
    "no statement": (usual(kind="statements", rows=[]), "Please add a statement."),
    "option twice": (usual(options=[*YES_NO, choice("yes", "Aye")]), "Two options have the code “yes”."),
    "row twice": (usual(kind="matrix", rows=[*YES_NO, choice("no", "Nay")]), "Two rows have the code “no”."),
    "two ways out": (
        usual(options=[*YES_NO, choice("a", "None", role="none"), choice("b", "Neither", role="none")]),
        "Please offer “none of these” only once.",
    ),
    "two lines": (
        usual(options=[*YES_NO, choice("a", "Else", role="other"), choice("b", "More", role="other")]),
        "Please offer “something else” only once.",
    ),
    "does not know twice": (
        usual(options=[*YES_NO, choice("a", "?", role="dont_know"), choice("b", "??", role="dont_know")]),
        "Please offer “I don't know” only once.",
    ),
    "other in a ranking": (
        usual(kind="ranking", options=[*MODES, choice("x", "Else", role="other")]),
        "A ranking holds only what can be ranked. Please make option “x” a usual one.",
    ),
    "other in a table": (
        usual(kind="matrix", options=[*MODES, choice("x", "Else", role="other")]),
        "A table has no line to write on. Please make column “x” a usual one.",
    ),
    "too many to choose": (
        usual(kind="multiple", choose_min=3, choose_max=2),
        "People have to choose at least 3 options, but can choose only 2.",
    ),
    "more than can go together": (
        usual(kind="multiple", options=[*YES_NO, choice("n", "None", role="none")], choose_min=3),
        "People have to choose at least 3 options, but can choose only 2.",
    ),
    "scale upside down": (usual(kind="scale", low=5, high=1), "Please let the scale end at a number that is larger"),
    "number upside down": (usual(kind="number", least=9, most=1), "The smallest number is larger than the largest."),
    "no number between": (usual(kind="number", least=0.2, most=0.8), "No number with so few decimals lies between"),
    "day upside down": (
        usual(kind="date", earliest="2026-05-01", latest="2026-04-30"),
        "The first possible day comes after the last one.",
    ),
    "required note": (usual(kind="note", is_required=True), "Nobody can answer an explanation."),
    "reserved code": (usual("page"), "The form itself needs the code “page”."),
    "a button's code": (usual("go"), "The form itself needs the code “go”."),
    "the end": (usual("end"), "The form itself needs the code “end”."),
    "no question": (usual() | {"text": {"de": "Was?"}}, "Please write the question in English."),
    "no explanation": (usual(kind="note") | {"text": {}}, "Please write the explanation in English."),
    "no hint": (usual(hint={"de": "So"}), "Please write the hint in English."),
    "no option": (usual(options=[*YES_NO, {"code": "maybe"}]), "Please write each option in English."),
    "no row text": (usual(kind="matrix", rows=[{"code": "r"}]), "Please write each row in English."),
    "no low end": (usual(kind="scale", low_label={}), "Please say in English what the lowest number means."),
    "no high end": (usual(kind="scale", high_label={}), "Please say in English what the highest number means."),
    "no unit": (usual(kind="number", unit={"de": "Jahre"}), "Please write the unit in English."),
    "no message": (
        usual(kind="number", checks=[{"that": [">", ["answer", "q"], 1]}]),
        "Please say in English what people should do where the check fails.",
    ),
    "no words for a picture": (
        usual(options=[*YES_NO, choice("p", "Park", picture=DOT)]),
        "Please describe each picture in English, for people who cannot see it.",
    ),
}


@pytest.mark.parametrize(("wrong", "sentence"), ERRORS.values(), ids=ERRORS)
def test_an_error_blocks_and_says_what_to_do(app: Flask, wrong: dict[str, Any], sentence: str) -> None:
    found = [one for one in said(wrong | {"code": wrong["code"]}, usual("beside")) if one[0] == "error"]
    assert len(found) == 1
    assert found[0][1] == wrong["code"]
    assert found[0][2].startswith(sentence)


RIGHT = {
    "no hint, no unit": usual(kind="number"),
    "own ends of 0 to 10": usual(kind="nps"),
    "each way out once": usual(
        options=[*YES_NO, choice("a", "None", role="none"), choice("b", "?", role="dont_know")], is_required=True
    ),
    "not applicable in a table": usual(kind="matrix", options=[*MODES, choice("n", "Not for me", role="none")]),
    "choose all": usual(kind="multiple", choose_min=3, choose_max=3),
    "one number between": usual(kind="number", least=0.2, most=0.8, decimals=1),
    "one day": usual(kind="date", earliest="2026-05-01", latest="2026-05-01"),
    "a picture with words": usual(options=[*YES_NO, choice("p", "Park", picture=DOT, picture_alt=TITLE)]),
    "a district": usual(kind="place", is_required=True),
    "texts of another kind": usual(kind="line", options=[{"code": "left"}], rows=[{"code": "over"}]),
}


@pytest.mark.parametrize("right", RIGHT.values(), ids=RIGHT)
def test_what_is_right_has_no_findings(app: Flask, right: dict[str, Any]) -> None:
    assert said(right) == []


def test_a_place_needs_districts(app: Flask) -> None:
    document = loaded({"title": TITLE, "sections": [section("all", usual(kind="place"))]})
    (found,) = findings_for(document, ["en", "de"], ())
    assert (found.severity, found.question) == ("error", "q")
    assert found.sentence.startswith("Your city has no districts yet")


def test_explanations_alone_are_no_questionnaire(app: Flask) -> None:
    assert said(usual(kind="note"))[0][2] == "Please add a question. There is nothing to answer yet."


def test_a_survey_needs_a_title_in_the_first_language(app: Flask) -> None:
    assert [one[2] for one in said(usual(), title={"de": "Sie"})] == [
        "Please write the title of the survey in English."
    ]


def test_the_title_of_a_section_may_be_left_out_but_not_in_the_first_language_only(app: Flask) -> None:
    assert said(sections=[section("all", usual(), title={})]) == []
    (found,) = checked(sections=[section("all", usual(), title={"de": "Alles"})])
    assert (found.severity, found.path) == ("error", ("sections", 0, "title", "en"))


@pytest.mark.parametrize("second", [section("q"), section("all", usual("q"))])
def test_questions_and_sections_share_their_codes(app: Flask, second: dict[str, Any]) -> None:
    found = checked(sections=[section("all", usual("q")), second])
    sentences = [one.sentence for one in found if one.severity == "error"]
    assert all(sentence.startswith("Two parts have the code") for sentence in sentences)
    assert sentences


def test_a_path_leads_into_the_document(app: Flask) -> None:
    (found,) = checked(usual("a"), usual("b", options=[*YES_NO, {"code": "maybe", "label": {"de": "Vielleicht"}}]))
    assert found.path == ("sections", 0, "questions", 1, "options", 2, "label", "en")


def test_findings_stand_in_the_order_of_the_pages(app: Flask) -> None:
    late = section("late", usual("z", options=MODES[:1]), title={"de": "Spät"})
    found = checked(sections=[section("early", usual("a", kind="statements", rows=[])), late], title={})
    assert [one.question for one in found if one.severity == "error"] == [None, "a", None, "z"]


def test_missing_translations_are_counted_by_language(app: Flask) -> None:
    found = said(usual(hint={"en": "So"}) | {"text": {"en": "What?"}}, languages=("en", "de", "fr"))
    assert [one[:2] for one in found] == [("warning", None)] * 2
    assert found[0][2].startswith("2 texts are missing in Deutsch.")
    assert found[1][2].startswith("6 texts are missing in Français.")


def test_a_long_survey_is_said_to_be_long(app: Flask) -> None:
    texts = [usual(f"t{number}", kind="text") for number in range(20)]
    assert said(*texts)[0][2].startswith("Answering takes about")
    assert said(*texts[:5]) == []


WARNINGS = {
    "rows": (
        usual(kind="matrix", rows=[choice(f"r{n}", f"Row {n}") for n in range(8)]),
        "8 rows are many on a phone.",
    ),
    "columns": (
        usual(kind="matrix", options=[choice(f"c{n}", f"Column {n}") for n in range(8)]),
        "8 columns are many on a phone.",
    ),
    "points": (usual(kind="scale", low=0, high=100), "A scale with 101 points is hard to use."),
    "no way out": (usual(is_required=True), "Everybody has to answer this."),
    "same words": (usual(options=[*YES_NO, choice("again", "yes")]), "Two options say “Yes”."),
    "unknown pipe": (usual(text="You chose {nothing}."), "The text repeats the answer to “nothing”"),
    "own pipe": (
        usual(text="You chose {q}."),
        "The text repeats the answer to “You chose {q}.” (q), which comes later.",
    ),
    "later pipe": (
        usual(hint={"en": "{beside}", "de": "{beside}"}),
        "The text repeats the answer to “What about beside?”",
    ),
}


@pytest.mark.parametrize(("poor", "sentence"), WARNINGS.values(), ids=WARNINGS)
def test_a_warning_does_not_block_and_says_what_to_do(app: Flask, poor: dict[str, Any], sentence: str) -> None:
    ((severity, code, text),) = said(poor, usual("beside"))
    assert (severity, code) == ("warning", "q")
    assert text.startswith(sentence)


def test_texts_may_repeat_earlier_answers_and_thanks_may_repeat_all(app: Flask) -> None:
    assert said(usual("a"), usual("b", text="You chose {a}."), thanks={"en": "{b}", "de": "{b}"}) == []


def test_an_empty_section_is_said_to_be_empty(app: Flask) -> None:
    ((severity, _code, text),) = said(sections=[section("all", usual()), section("empty")])
    assert (severity, text.partition(".")[0]) == ("warning", "This section is empty")
