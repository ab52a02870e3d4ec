"""Translating a survey side by side: what is shown, saved, merged with what others write, and refused."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from surveys import drafting
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.texts import with_texts
from tests.makers import make_staff, post_form, sign_in
from tests.surveys.makers import every_kind, make_survey, question, section


@pytest.fixture
def survey(city: City) -> Survey:
    """A question and its section, whole in English, without German."""
    asked = question(
        "a", "single", options=[{"code": "x", "label": {"en": "Yes"}}, {"code": "y", "label": {"en": "No"}}]
    )
    document = {
        "title": {"en": "You"},
        "sections": [section("all", asked | {"text": {"en": "Well?"}}, title={"en": "All"})],
    }
    return make_survey(city, document)


def address(survey: Survey, lang: str = "de", tail: str = "") -> str:
    return f"/{survey.city.slug}/staff/surveys/{survey.id}/translation/{lang}{tail}"


def now(survey: Survey) -> Questionnaire:
    db.session.refresh(survey)
    return loaded(survey.document)


def fields(html: str) -> dict[str, str]:
    """What the page's form would send as it stands."""
    form = BeautifulSoup(html, "html.parser").select_one("form.translations")
    values = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    return values | {str(area["name"]): area.text.removeprefix("\n") for area in form.select("textarea")}


def save(who: FlaskClient, survey: Survey, tail: str = "", **texts: Any):
    """Type these texts into the page and press the button."""
    return who.post(address(survey, tail=tail), data=fields(who.get(address(survey)).text) | texts)


def change(survey: Survey, lang: str, **texts: str) -> None:
    """Somebody else writes meanwhile."""
    changed = with_texts(now(survey), lang, texts)
    drafting.change_survey(survey, changed, seen=survey.edition, by=COMMAND_LINE)
    db.session.commit()


def test_the_page_shows_each_text_beside_its_field(editor, survey):
    page = BeautifulSoup(editor.get(address(survey)).text, "html.parser")
    pairs = {
        field.find(["input", "textarea"])["name"]: field.select_one(".source-text p").text
        for field in page.select(".translation")
    }
    assert pairs == {
        "title": "You",
        "section.all.title": "All",
        "a.text": "Well?",
        "a.options.x.label": "Yes",
        "a.options.y.label": "No",
    }
    assert page.select_one("#translation-progress").text.strip() == "0 of 5 texts"


def test_saving_writes_the_language_and_nothing_else(editor, survey):
    before = now(survey)
    response = save(editor, survey, **{"title": "Sie", "a.text": "Na?"})
    assert (response.status_code, response.location) == (303, address(survey))
    assert now(survey) == with_texts(before, "de", {"title": "Sie", "a.text": "Na?"})
    assert survey.title == {"en": "You", "de": "Sie"}
    assert "2 of 5 texts" in editor.get(address(survey)).text
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.verb, entry.subject) == ("translated", f"survey {survey.id}")


def test_saving_unchanged_makes_no_edition(editor, survey):
    save(editor, survey)
    assert (now(survey).title, survey.edition) == ({"en": "You"}, 1)


def test_saving_twice_is_saving_once(editor, survey):
    typed = fields(editor.get(address(survey)).text) | {"title": "Sie"}
    editor.post(address(survey), data=typed)
    assert editor.post(address(survey), data=typed).status_code == 303
    assert (now(survey).title["de"], survey.edition) == ("Sie", 2)


def test_a_text_can_be_taken_out_again(editor, survey):
    save(editor, survey, title="Sie")
    save(editor, survey, title="  ")
    assert now(survey).title == {"en": "You"}


def test_only_what_is_missing_can_be_shown_and_saved(editor, survey):
    save(editor, survey, **{"title": "Sie", "a.text": "Na?"})
    missing = address(survey, tail="?only=missing")
    shown = fields(editor.get(missing).text)
    assert shown.keys() - {"seen", "csrf_token"} == {"section.all.title", "a.options.x.label", "a.options.y.label"}
    done = {"section.all.title": "Alle", "a.options.x.label": "Ja", "a.options.y.label": "Nein"}
    response = editor.post(missing, data=shown | done)
    assert response.location == missing
    assert "Everything is translated." in editor.get(missing).text
    assert now(survey).title["de"] == "Sie"


def test_the_page_saves_by_itself_and_says_how_far_it_is(editor, survey):
    response = save(editor, survey, "?autosave=1", title="Sie")
    part = BeautifulSoup(response.text, "html.parser")
    assert (response.status_code, part.find("html")) == (200, None)
    assert part.select_one("#translation-progress").text.strip() == "1 of 5 texts"
    assert now(survey).title["de"] == "Sie"
    assert part.select_one("[data-seen]")["value"] == str(survey.edition) == "2"
    assert part.select("[data-theirs]") == []


def test_saving_by_itself_brings_what_others_wrote_meanwhile(editor, survey):
    """Or the page would write the old texts over theirs with its next saving."""
    typed = fields(editor.get(address(survey)).text) | {"title": "Sie"}
    change(survey, "de", **{"a.text": "Und?"})
    part = BeautifulSoup(editor.post(address(survey, tail="?autosave=1"), data=typed).text, "html.parser")
    assert [(field["name"], field["value"]) for field in part.select("[data-theirs]")] == [("a.text", "Und?")]
    assert now(survey).question("a").text["de"] == "Und?"


def test_saving_by_itself_many_times_is_one_step_of_the_history(editor, survey):
    for text in ("S", "Si", "Sie"):
        save(editor, survey, "?autosave=1", title=text)
    history = editor.get(f"/riverton/staff/surveys/{survey.id}/history").text
    assert history.count("Translation written") == 1


def test_what_others_change_elsewhere_meanwhile_stays(editor, survey):
    typed = fields(editor.get(address(survey)).text) | {"title": "Sie"}
    change(survey, "en", **{"a.text": "Well then?"})
    change(survey, "de", **{"section.all.title": "Alle"})
    assert editor.post(address(survey), data=typed).status_code == 303
    assert now(survey).title["de"] == "Sie"
    assert now(survey).sections[0].title["de"] == "Alle"
    assert now(survey).question("a").text == {"en": "Well then?"}


def test_nobody_overwrites_another_s_translation_unseen(editor, survey):
    typed = fields(editor.get(address(survey)).text) | {"title": "Sie", "a.text": "Na?"}
    change(survey, "de", **{"title": "Ihr", "section.all.title": "Alle"})
    response = editor.post(address(survey), data=typed)
    assert response.status_code == 409
    assert now(survey).title["de"] == "Ihr"
    page = BeautifulSoup(response.text, "html.parser")
    assert [note.text for note in page.select(".translation .hint")] == ["Saved now: Ihr"]
    again = fields(response.text)
    assert (again["title"], again["a.text"], again["section.all.title"]) == ("Sie", "Na?", "Alle")
    assert editor.post(address(survey), data=again).status_code == 303
    assert (now(survey).title["de"], now(survey).sections[0].title["de"]) == ("Sie", "Alle")


def test_a_page_that_came_back_with_errors_still_begins_from_its_own_edition(editor, survey):
    typed = fields(editor.get(address(survey)).text) | {"title": "x" * 501}
    change(survey, "de", **{"a.text": "Und?"})
    again = fields(editor.post(address(survey), data=typed).text) | {"title": "Sie"}
    assert editor.post(address(survey), data=again).status_code == 303
    assert now(survey).question("a").text["de"] == "Und?"


def test_two_who_write_the_same_are_not_in_each_other_s_way(editor, survey):
    typed = fields(editor.get(address(survey)).text) | {"title": "Sie"}
    change(survey, "de", title="Sie")
    assert editor.post(address(survey), data=typed).status_code == 303


def test_a_text_whose_question_is_gone_is_not_lost(editor, survey):
    typed = fields(editor.get(address(survey)).text) | {"title": "Sie", "a.text": "Na?"}
    drafting.change_survey(survey, now(survey).model_copy(update={"sections": ()}), seen=1, by=COMMAND_LINE)
    db.session.commit()
    response = editor.post(address(survey), data=typed)
    assert response.status_code == 409
    page = BeautifulSoup(response.text, "html.parser")
    assert [line.text for line in page.select(".notice li")] == ["Na?"]
    assert editor.post(address(survey), data=fields(response.text)).status_code == 303
    assert now(survey).title["de"] == "Sie"


BAD = {
    "too long": ("title", "x" * 501, "Please write at most 500 characters."),
    "long text too long": ("a.text", "x" * 5001, "Please write at most 5000 characters."),
    "two lines": ("title", "one\ntwo", "Please write on one line, without invisible special characters."),
    "invisible": ("a.text", "a\x00b", "Please write without invisible special characters."),
}


@pytest.mark.parametrize(("name", "text", "sentence"), BAD.values(), ids=BAD)
def test_what_cannot_be_kept_is_refused_with_everything_typed(editor, survey, name, text, sentence):
    response = save(editor, survey, **{"section.all.title": "Alle", name: text})
    assert response.status_code == 422
    page = BeautifulSoup(response.text, "html.parser")
    assert page.title.text.startswith("Error:")
    summary = page.select_one("#error-summary a")
    assert (summary.text, summary["href"]) == (sentence, f"#t-{name}")
    assert page.find(id=f"t-{name}")["aria-invalid"] == "true"
    assert fields(response.text)["section.all.title"] == "Alle"
    assert "de" not in now(survey).title


def test_lines_and_signs_come_back_as_they_were_typed(editor, survey):
    text = "<b>Na?</b>\n\n“{a}” & so weiter"
    save(editor, survey, **{"a.text": text})
    assert now(survey).question("a").text["de"] == text
    assert fields(editor.get(address(survey)).text)["a.text"] == text


def test_texts_that_others_lack_have_a_field_too(editor, city: City):
    survey = make_survey(city, {"title": {"de": "Sie"}, "sections": [section("all", question("a", "line"), title={})]})
    page = BeautifulSoup(editor.get(address(survey, "en")).text, "html.parser")
    first = page.select_one(".source-text")
    assert (first["lang"], first.p.text) == ("de", "Sie")


def test_a_survey_without_texts_says_what_comes_first(editor, city: City):
    survey = make_survey(city, {"title": {}, "sections": []})
    assert "There is nothing to translate from yet" in editor.get(address(survey)).text


def test_the_longest_survey_can_be_translated_in_one_form(editor, city: City):
    """400 questions with several options: about 3,000 texts and a megabyte and a half."""
    options = [{"code": f"o{n}", "label": {"en": f"Option {n}"}} for n in range(6)]
    asked = [
        {"code": f"q{n}", "kind": "single", "text": {"en": f"Question {n}?"}, "options": options} for n in range(400)
    ]
    survey = make_survey(city, {"title": {"en": "Long"}, "sections": [{"code": "s", "questions": asked}]})
    typed = {name: "ü" * 60 for name in fields(editor.get(address(survey)).text) if name not in {"seen", "csrf_token"}}
    assert save(editor, survey, **typed).status_code == 303
    assert now(survey).question("q399").options[5].label["de"] == "ü" * 60


@pytest.mark.parametrize("lang", ["fr", "xx", "english"])
def test_only_the_city_s_languages_have_a_page(editor, survey, lang):
    assert editor.get(address(survey, lang)).status_code == 404


def test_who_may_translate(client, bruno, survey, other_city: City):
    for tail in ("", "/texts.csv"):
        assert bruno.get(address(survey, tail=tail)).status_code == 403
        assert client.get(address(survey, tail=tail)).status_code == 302
    assert bruno.post(address(survey)).status_code == 403
    assert sign_in(client, make_staff(other_city)).get(address(survey)).status_code == 404


def test_another_city_s_survey_is_not_found(editor, survey, other_city: City):
    theirs = make_survey(other_city, every_kind())
    mine = address(survey).replace(f"/{survey.id}/", f"/{theirs.id}/")
    assert editor.get(mine).status_code == 404
    assert post_form(editor, mine, {"title": "Sie"}, page=address(survey)).status_code == 404
    assert editor.get(f"{mine}/texts.csv").status_code == 404


def test_a_form_without_its_token_changes_nothing(editor, survey):
    assert editor.post(address(survey), data={"title": "Sie", "seen": "1"}).status_code == 400
    assert "de" not in now(survey).title
