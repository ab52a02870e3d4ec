"""Which pages there are, and what is seen of them."""

from datetime import date
from typing import Any

from surveys.logic.path import follow, pages, shown_pages
from surveys.questionnaire import Questionnaire, loaded
from tests.surveys.makers import question, section

TODAY = date(2026, 11, 25)
BORN = ["=", ["answer", "born"], "yes"]


def asked(**values: Any) -> Questionnaire:
    """A note in front of a question, a section without questions, a question with a condition, and a last note."""
    sections = [
        section("first", question("hello", "note"), question("born", "line"), question("where", "line", show_if=BORN)),
        section("empty"),
        section("last", question("end_of_it", "note"), show_if=BORN),
    ]
    return loaded({"sections": sections} | values)


def codes(found: list[Any]) -> list[tuple[int, str, list[str]]]:
    return [(page.number, page.section.code, [question.code for question in page.questions]) for page in found]


def test_a_page_for_each_section_that_asks_something() -> None:
    assert codes(pages(asked())) == [(1, "first", ["hello", "born", "where"]), (2, "last", ["end_of_it"])]


def test_a_page_for_each_question_and_the_notes_before_it() -> None:
    found = codes(pages(asked(layout="question")))
    assert found == [(1, "first", ["hello", "born"]), (2, "first", ["where"]), (3, "last", ["end_of_it"])]


def test_pages_keep_their_numbers_whatever_is_shown() -> None:
    questionnaire = asked(layout="question")
    shown = shown_pages(questionnaire, follow(questionnaire, {"born": "no"}, TODAY))
    assert codes(shown) == [(1, "first", ["hello", "born"])]
    shown = shown_pages(questionnaire, follow(questionnaire, {"born": "yes"}, TODAY))
    assert [page.number for page in shown] == [1, 2, 3]


def test_what_is_seen_of_a_page() -> None:
    questionnaire = asked()
    shown = shown_pages(questionnaire, follow(questionnaire, {}, TODAY))
    assert codes(shown) == [(1, "first", ["hello", "born"])]


def test_the_first_page_with_questions_is_page_one() -> None:
    questionnaire = loaded({"sections": [section("empty"), section("full", question("a", "line"))]})
    assert codes(pages(questionnaire)) == [(1, "full", ["a"])]


def test_a_path_knows_its_sections_questions_and_codes() -> None:
    path = follow(asked(), {"born": "no", "where": "there"}, TODAY)
    assert [(part.code, question.code) for part, question in path.shown] == [("first", "hello"), ("first", "born")]
    assert path.codes == {"hello", "born"}
    assert path.answers == {"born": "no"}


def test_today_can_be_asked_for() -> None:
    questionnaire = loaded({"sections": [section("s", question("a", "line", show_if=["=", ["today"], "2026-11-25"]))]})
    assert follow(questionnaire, {}, TODAY).codes == {"a"}
    assert follow(questionnaire, {}, date(2026, 11, 26)).codes == set()
