"""Texts and languages of LimeSurvey files."""

import pytest

from surveys.questionnaire import Layout
from tests.surveys.importers.brought import bring, question, said
from tests.surveys.importers.limesurvey_files import LimeFile, ask, brought, file_of

pytestmark = pytest.mark.usefixtures("speaking")


def test_html_becomes_plain_text_and_scripts_go():
    text = "<p>Read <a href='https://a.eu'>this</a></p><script>alert(1)</script><img src=x onerror=alert(2)>"
    found = brought(ask("Q", "S", text))
    assert question(found, "Q").text["en"] == "Read this (https://a.eu)"
    assert "HTML" in said(found, "Q")


def test_html_that_only_breaks_lines_is_not_worth_a_word():
    found = brought(ask("Q", "S", "<p>One<br />two &amp; three</p>"))
    assert question(found, "Q").text["en"] == "One\ntwo & three"
    assert said(found, "Q") == ""


def test_earlier_answers_are_repeated_under_our_codes():
    text = "You said {Q1.shown}, {INSERTANS:123456X1X101}, {if(Q1 == 'A', 'x', 'y')}"
    found = brought(ask("Q1", "S"), ask("Q2", "S", text))
    assert question(found, "Q2").text["en"] == "You said {Q1}, {Q1}, …"
    assert "{if(Q1" in said(found, "Q2")


def test_the_whole_survey_has_texts_and_a_layout():
    texts = {"title": "Our survey", "description": "About", "welcometext": "Welcome", "endtext": "Thanks"}
    found = brought(ask("Q", "S"), texts=texts, settings={"format": "S"}).questionnaire
    assert found.title == {"en": "Our survey (en)", "de": "Our survey (de)"}
    assert found.intro["en"] == "About (en)\n\nWelcome (en)"
    assert (found.thanks["de"], found.layout) == ("Thanks (de)", Layout.QUESTION)


def test_groups_are_sections_with_conditions():
    groups = [("About you", "", [ask("Q1", "Y")]), ("More", "Q1.NAOK == 'Y'", [ask("Q2", "S")])]
    sections = bring(LimeFile(groups).xml()).questionnaire.sections
    assert [section.title["en"] for section in sections] == ["About you", "More"]
    assert sections[1].show_if == ["=", ["answer", "Q1"], "Y"]


def test_informal_german_is_german():
    file = file_of(ask("Q", "S"), languages=("de-informal", "en"))
    xml = file.xml().replace(b"What about Q? (de)", b"")
    xml = xml.replace(
        b"<language><![CDATA[de-informal]]></language><question/>",
        b"<language>de-informal</language><question>Und du?</question>",
    )
    found = bring(xml, ("de", "en"))
    assert question(found, "Q").text == {"de": "Und du?", "en": "What about Q?"}
    assert "“de-informal” stand under Deutsch" in found.report.notes[0].sentence


def test_languages_that_the_city_does_not_write_in_are_counted():
    found = brought(ask("Q", "S"), languages=("en", "fr"))
    assert question(found, "Q").text == {"en": "What about Q?"}
    assert "We left out 2 texts in “de”" in found.report.notes[0].sentence


def test_a_file_in_a_foreign_language_stands_under_the_main_one():
    found = brought(ask("Q", "S"), languages=("fr",))
    assert question(found, "Q").text == {"fr": "What about Q?"}
    assert "Please translate" in found.report.notes[0].sentence


@pytest.mark.parametrize(
    ("settings", "texts", "part"),
    [
        ({"format": "A"}, {}, "each group is a page"),
        ({"showsurveypolicynotice": "2"}, {}, "data policy"),
        ({}, {"url": "https://example.org"}, "another address"),
    ],
)
def test_settings_of_the_survey_are_said(settings, texts, part):
    found = brought(ask("Q", "S"), settings=settings, texts=texts)
    assert part in " ".join(note.sentence for note in found.report.outcomes[0].notes)


def test_a_group_of_which_nothing_came_is_lost():
    found = bring(LimeFile([("Empty", "", [ask("I", "I")]), ("Full", "", [ask("Q", "S")])]).xml())
    assert [section.title["en"] for section in found.questionnaire.sections] == ["Full"]
    assert "Nothing of this group" in found.report.outcomes[1].notes[0].sentence
