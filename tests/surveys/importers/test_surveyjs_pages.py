"""Pages, panels, texts and languages of SurveyJS forms."""

import pytest

from surveys.questionnaire import Layout
from tests.surveys.importers.brought import bring, codes, question, said
from tests.surveys.importers.surveyjs_forms import element, form, form_of

pytestmark = pytest.mark.usefixtures("speaking")


def test_without_a_title_the_name_is_asked():
    assert question(form(element("text", "favourite place")), "favourite_place").text == {"en": "favourite place"}


def test_pages_are_sections():
    pages = [
        {"name": "p1", "title": "About you", "description": "All of it", "elements": [element("text", "a")]},
        {"name": "p2", "questions": [element("text", "b")]},
    ]
    sections = form_of(pages).questionnaire.sections
    assert [(section.code, section.title, section.text) for section in sections] == [
        ("p1", {"en": "About you"}, {"en": "All of it"}),
        ("p2", {}, {}),
    ]


def test_panels_with_titles_are_sections_where_the_page_has_none():
    panel = element("panel", "p", title="Panel", elements=[element("text", "b")])
    found = form(element("text", "a"), panel, element("text", "c"))
    sections = [
        (section.title, [asked.code for asked in section.questions]) for section in found.questionnaire.sections
    ]
    assert sections == [({}, ["a"]), ({"en": "Panel"}, ["b"]), ({}, ["c"])]


def test_no_title_is_lost_where_the_page_has_one_too():
    panel = element("panel", "p", title="Panel", description="Inside", elements=[element("text", "b")])
    found = form_of([{"name": "page", "title": "Page", "elements": [panel]}])
    assert found.questionnaire.sections[0].title == {"en": "Page"}
    assert question(found, "p").text == {"en": "Panel\n\nInside"}


def test_a_form_without_pages_is_one_page():
    found = bring(b'{"title": "T", "elements": [{"type": "text", "name": "a"}]}')
    assert codes(found) == ["a"]


def test_the_form_has_texts_and_a_layout():
    found = form(
        element("text"),
        title={"default": "Form", "de": "Formular"},
        description="About",
        completedHtml="<h3>Thanks</h3><script>alert(1)</script>",
        questionsOnPageMode="questionPerPage",
    ).questionnaire
    assert found.title == {"en": "Form", "de": "Formular"}
    assert (found.intro, found.thanks, found.layout) == ({"en": "About"}, {"en": "Thanks"}, Layout.QUESTION)


def test_settings_without_a_counterpart_are_told_in_one_sentence():
    found = form(element("text"), showProgressBar="top", cookieName="c", logo="x")
    sentence = next(note.sentence for note in found.report.notes if "settings" in note.sentence)
    assert sentence.endswith("cookieName, logo, showProgressBar.")


@pytest.mark.parametrize("name", ["enableIf", "requiredIf", "defaultValue", "correctAnswer", "placeholder", "readOnly"])
def test_properties_without_a_counterpart_are_said(name):
    found = form(element("text", **{name: True if name == "readOnly" else "{x} = 1"}))
    assert len(found.report.outcomes[-1].notes) == 1


def test_a_form_says_its_language():
    found = form_of([{"name": "p", "elements": [element("text", title="Naam")]}], locale="nl", languages=("en", "nl"))
    assert question(found, "q").text == {"nl": "Naam"}


def test_texts_without_a_language_are_english_beside_others():
    title = {"default": "Name", "nl": "Naam"}
    pages = [{"name": "p", "elements": [element("text", title=title)]}]
    assert question(form_of(pages, locale="nl", languages=("nl", "en")), "q").text == {"nl": "Naam", "en": "Name"}
    assert question(form_of(pages, languages=("en",)), "q").text == {"en": "Name"}


def test_a_form_that_does_not_say_its_language_is_in_that_of_the_city():
    found = form_of([{"name": "p", "elements": [element("text", title="Name")]}], languages=("de", "en"))
    assert question(found, "q").text == {"de": "Name"}
    assert "Deutsch" in found.report.notes[0].sentence


def test_languages_that_the_city_does_not_write_in_are_counted():
    found = form(element("text", title={"default": "Name", "nl": "Naam"}, description={"default": "x", "nl": "y"}))
    assert any("We left out 2 texts in “nl”" in note.sentence for note in found.report.notes)


def test_words_of_surveyjs_are_ours_where_we_know_the_language():
    found = form_of([{"name": "p", "elements": [element("boolean")]}], languages=("de", "pl"))
    assert question(found, "q").options[0].label == {"de": "Ja"}
    assert "polski" in said(found, "q").lower()


def test_codes_that_do_not_fit_are_changed_and_said():
    found = form(element("text", "wie alt?"), element("text", "wie alt!"), element("text", "end"))
    assert codes(found) == ["wie_alt", "wie_alt_2", "end_2"]
    assert "“wie_alt”" in said(found, "wie alt?")


def test_earlier_answers_are_repeated_under_our_codes():
    found = form(element("text", "my name"), element("text", title="Hello {my name}, {panelIndex}"))
    assert question(found, "q").text["en"] == "Hello {my_name}, …"
    assert "{panelIndex}" in said(found, "q")
