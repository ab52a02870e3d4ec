"""Putting in, moving, copying and taking out questions and sections."""

import pytest

from citizen.core.errors import Refused
from surveys.editing import parts
from surveys.editing.kinds import new_question
from surveys.questionnaire import MAX_QUESTIONS, MAX_SECTIONS, Kind, Questionnaire, Section, loaded
from tests.surveys.makers import every_kind, question, section

THREE = {
    "sections": [section("one", question("a", "line"), question("b", "line")), section("two", question("c", "line"))]
}


def order(questionnaire: Questionnaire) -> str:
    """The codes of all questions, a bar between sections."""
    return "|".join("".join(question.code for question in section.questions) for section in questionnaire.sections)


def three() -> Questionnaire:
    return loaded(THREE)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"after": "a"}, "axb|c"),
        ({"section": "one"}, "abx|c"),
        ({}, "ab|cx"),
        ({"after": "gone", "section": "gone"}, "ab|cx"),
    ],
)
def test_a_question_is_added_where_it_was_asked_for(place, expected):
    assert order(parts.add_question(three(), new_question("x", Kind.LINE), **place)) == expected


def test_the_first_question_brings_a_section_along():
    made = parts.add_question(Questionnaire(), new_question("q1", Kind.SINGLE))
    assert [section.code for section in made.sections] == [parts.FIRST_SECTION]


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        ("a", 1, "ba|c"),
        ("b", -1, "ba|c"),
        ("b", 1, "a|bc"),
        ("c", -1, "abc|"),
        ("a", -1, "ab|c"),
        ("c", 1, "ab|c"),
        ("gone", 1, "ab|c"),
    ],
)
def test_one_step_also_leads_into_the_next_section(code, step, expected):
    assert order(parts.step_question(three(), code, step)) == expected


def test_many_steps_down_and_up_lead_back():
    questionnaire = loaded(every_kind())
    down = questionnaire
    for _step in range(8):
        down = parts.step_question(down, "mode", 1)
    for _step in range(8):
        down = parts.step_question(down, "mode", -1)
    assert down == questionnaire


@pytest.mark.parametrize(
    ("section", "before", "expected"),
    [("two", "c", "b|ac"), ("two", "", "b|ca"), ("one", "", "ba|c"), ("gone", "", "ab|c"), ("one", "a", "ab|c")],
)
def test_a_question_is_put_before_another_one(section, before, expected):
    assert order(parts.place_question(three(), "a", section=section, before=before)) == expected


def test_a_copy_stands_behind_and_looks_at_its_own_answer():
    document = {"sections": [section("s", question("age", "number", checks=[{"that": [">", ["answer", "age"], 17]}]))]}
    made = parts.copy_question(loaded(document), "age", "q2")
    twin = made.question("q2")
    assert order(made) == "ageq2"
    assert twin.checks[0].that == [">", ["answer", "q2"], 17]
    assert twin.text == made.question("age").text


def test_a_new_code_is_written_wherever_the_old_one_was_named():
    document = {
        "sections": [
            section("s", question("mode", "single"), question("why", "text", "Why {mode}, and {modern}?")),
            section(
                "t", question("z", "line", show_if=["=", ["answer", "mode"], "mode"], skips=[]), title={"en": "{mode}"}
            ),
            section("u", question("y", "line", skips=[{"when": True, "to": "mode"}])),
        ]
    }
    before = loaded(document)
    renamed = before.question("mode").model_copy(update={"code": "travel"})
    made = parts.replace_question(before, "mode", renamed)
    assert made.question("why").text["en"] == "Why {travel}, and {modern}?"
    assert made.question("z").show_if == ["=", ["answer", "travel"], "mode"]
    assert made.sections[1].title == {"en": "{travel}"}
    assert made.question("y").skips[0].to == "travel"


def test_what_a_condition_compares_with_is_no_text_that_shows_an_answer():
    check = {"that": ["=", ["answer", "zip"], "{zip}"]}
    document = {"sections": [section("s", question("zip", "line", checks=[check]))]}
    before = loaded(document)
    made = parts.replace_question(before, "zip", before.question("zip").model_copy(update={"code": "post"}))
    assert made.question("post").checks[0].that == ["=", ["answer", "post"], "{zip}"]


def test_a_section_is_copied_with_codes_of_its_own():
    questionnaire = loaded(every_kind())
    made = parts.copy_section(questionnaire, "travel", set())
    codes = [question.code for question in made.questions]
    twin = made.sections[1]
    assert len(set(codes)) == len(codes) == 18
    assert twin.questions[3].show_if == ["=", ["answer", twin.questions[1].code], "car"]


def test_sections_move_and_go_with_their_questions():
    assert order(parts.step_section(three(), "one", 1)) == "c|ab"
    assert order(parts.step_section(three(), "one", -1)) == "ab|c"
    assert order(parts.remove_section(three(), "one")) == "c"
    assert order(parts.add_section(three(), Section(code="x"), after="one")) == "ab||c"


def test_a_section_keeps_its_questions_when_its_words_change():
    made = parts.replace_section(three(), "one", Section(code="one", title={"en": "New"}))
    assert made.sections[0].title == {"en": "New"}
    assert order(made) == "ab|c"


def test_a_code_that_is_gone_does_not_come_back():
    assert parts.fresh_code("q", {"q1", "q7", "quiz", "q007x"}) == "q8"
    document = {"sections": [section("s", question("a", "line", show_if=["=", ["answer", "q9"], "1"]))]}
    assert parts.fresh_code("q", parts.named_in(loaded(document))) == "q10"


def test_a_part_that_is_gone_meanwhile_changes_nothing():
    before = three()
    question = new_question("gone", Kind.LINE)
    assert parts.replace_question(before, "gone", question) == before
    assert parts.copy_question(before, "gone", "x") == before
    assert parts.copy_section(before, "gone", set()) == before
    assert parts.replace_section(before, "gone", Section(code="gone")) == before


def test_there_is_room_for_so_many_sections_only():
    full = loaded({"sections": [section(f"s{number}") for number in range(MAX_SECTIONS)]})
    with pytest.raises(Refused):
        parts.add_section(full, Section(code="x"))


def test_there_is_room_for_so_many_questions_only():
    questions = [question(f"q{number}", "line") for number in range(MAX_QUESTIONS)]
    full = loaded({"sections": [section("s", *questions)]})
    with pytest.raises(Refused):
        parts.add_question(full, new_question("x", Kind.LINE))
    with pytest.raises(Refused):
        parts.copy_section(full, "s", set())
