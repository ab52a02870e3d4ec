"""What the checker says, on the pages of the console: each sentence leads to the part that it is about."""

from bs4 import BeautifulSoup

from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from surveys import drafting
from surveys.models import Survey
from surveys.questionnaire import loaded
from tests.makers import post_form
from tests.surveys.makers import every_kind, make_survey, make_wave, question, section

SURVEYS = "/riverton/staff/surveys"


def troubled(city: City) -> Survey:
    """An error in a question, one in a section, one in no part at all; and a language in which texts are missing."""
    asked = question("few", "single", "Which?") | {"text": {"en": "Which?"}}
    document = {"title": {"de": "Sie"}, "sections": [section("all", asked), section("two", title={"de": "Zwei"})]}
    return make_survey(city, document)


def remarks(html: str) -> list[tuple[str, str, str]]:
    """Where, what, and the address that it leads to; None where there is no link."""
    lines = BeautifulSoup(html, "html.parser").select(".findings li span")
    return [(*line.text.split(": ", 1), line.a["href"] if line.a else None) for line in lines]


def test_each_sentence_leads_to_the_part_that_it_is_about(editor, city: City):
    survey = troubled(city)
    here = f"{SURVEYS}/{survey.id}"
    found = {sentence: (where, url) for where, sentence, url in remarks(editor.get(here).text)}
    title = found["Please write the title of the survey in English."]
    assert title == ("The whole survey", f"{here}/settings")
    assert found["Please offer at least two options."] == ("Which?", f"{here}/questions/few#part")
    assert found["Please write the title of this section in English."][1] == f"{here}/sections/two#part"
    assert found["1 text is missing in Deutsch. Please translate it, or people read it in English."] == (
        "Deutsch",
        f"{here}/translation/de?only=missing",
    )


def test_who_only_looks_reads_the_sentences_without_links(bruno, city: City):
    found = remarks(bruno.get(f"{SURVEYS}/{troubled(city).id}").text)
    assert len(found) == 5
    assert all(url is None for _where, _sentence, url in found)


def test_a_sound_survey_says_so(editor, city: City):
    assert remarks(editor.get(f"{SURVEYS}/{make_survey(city).id}").text) == []


def test_the_page_of_a_draft_wave_lists_all_errors_and_offers_no_button(editor, city: City):
    wave = make_wave(city, published=False, survey=troubled(city))
    page = f"{SURVEYS}/waves/{wave.slug}"
    html = editor.get(page).text
    assert "Please offer at least two options." in [sentence for _where, sentence, _url in remarks(html)]
    assert f"{page}/publication" not in html
    refused = post_form(editor, f"{page}/publication", page=page)
    assert refused.status_code == 422
    assert "2 more things have to be put right before you can publish." in refused.text
    assert len(remarks(refused.text)) == len(remarks(html))


def test_a_running_wave_says_what_keeps_it_from_going_on(editor, city: City):
    survey = make_survey(city)
    wave = make_wave(city, survey=survey)
    document = every_kind()
    document["sections"][0]["questions"].append(question("few", "single", "Which?"))
    drafting.change_survey(survey, loaded(document), seen=survey.edition, by=COMMAND_LINE)
    db.session.commit()
    html = editor.get(f"{SURVEYS}/waves/{wave.slug}").text
    assert [(where, sentence) for where, sentence, _url in remarks(html)] == [
        ("Which?", "Please offer at least two options.")
    ]
    assert f"{wave.slug}/renewal" not in html
