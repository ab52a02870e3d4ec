"""Templates in the console: those that come with Plaza, those that the city keeps, and the surveys made from them."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import library
from surveys.models import Survey
from surveys.questionnaire import loaded
from surveys.texts import languages_of
from tests.makers import make_staff, post_form, sign_in
from tests.surveys.makers import every_kind, make_survey, make_wave

TEMPLATES = "/riverton/staff/surveys/templates"


def surveys() -> list[Survey]:
    return list(db.session.scalars(select(Survey).order_by(Survey.id)).unique())


def use(who: FlaskClient, template: str, **values: str):
    return post_form(who, f"{TEMPLATES}/{template}/copy", values, page=TEMPLATES)


def keep(who: FlaskClient, survey: Survey):
    return post_form(who, f"/riverton/staff/surveys/{survey.id}/template", page=TEMPLATES)


def cards(html: str) -> dict[str, str]:
    """The text of each card by its heading."""
    found = BeautifulSoup(html, "html.parser").select("article.card")
    return {card.h3.text: " ".join(card.text.split()) for card in found}


def test_the_page_shows_what_each_template_is_for(editor):
    shown = cards(editor.get(TEMPLATES).text)
    assert len(shown) == 5
    text = shown["What matters most in our city?"]
    assert "Finds out what weighs most on people" in text
    assert "8 questions, about 4 minutes" in text
    assert "In English, Deutsch" in text
    assert "Still to translate" not in text


def test_the_page_says_what_is_still_to_translate(editor, city: City):
    city.languages = ["fr", "de"]
    assert (
        "Still to translate: Français" in cards(editor.get(TEMPLATES).text)["Was ist in unserer Stadt am wichtigsten?"]
    )


@pytest.mark.parametrize("one", library.templates(), ids=lambda one: one.code)
def test_a_template_can_be_looked_at_in_each_of_its_languages(editor, one):
    for lang in ("en", "de"):
        html = editor.get(f"{TEMPLATES}/{one.code}?in={lang}").text
        page = BeautifulSoup(html, "html.parser")
        assert page.h1.text == one.questionnaire.title[lang]
        assert len(page.select(".template-questions h3")) == len(list(one.questionnaire.questions))
    assert editor.get(f"{TEMPLATES}/{one.code}?in=xx").status_code == 200


@pytest.mark.parametrize("one", library.templates(), ids=lambda one: one.code)
def test_using_a_template_makes_a_survey_of_the_city(editor, city: City, one):
    response = use(editor, one.code)
    (survey,) = surveys()
    assert response.location.endswith(f"/riverton/staff/surveys/{survey.id}")
    assert loaded(survey.document) == one.questionnaire
    assert (survey.city_id, survey.is_template) == (city.id, False)
    assert editor.get(response.location).status_code == 200


def test_a_survey_keeps_only_the_city_s_languages(editor, city: City):
    city.languages = ["de", "fr"]
    response = use(editor, "service")
    assert languages_of(loaded(surveys()[0].document)) == ["de"]
    assert "Français" in editor.get(response.location).text


def test_a_city_that_speaks_neither_keeps_the_texts_to_translate_from(editor, city: City):
    city.languages = ["fr"]
    use(editor, "service")
    assert languages_of(loaded(surveys()[0].document)) == ["de", "en"]


def test_using_a_template_twice_makes_two_surveys(editor):
    use(editor, "service")
    use(editor, "service")
    assert len(surveys()) == 2


def test_a_survey_is_kept_as_a_template_as_it_is_now(editor, city: City):
    survey = make_survey(city)
    response = keep(editor, survey)
    template = surveys()[1]
    assert response.location.endswith(f"{TEMPLATES}#own-{template.id}")
    assert template.is_template
    assert template.document == survey.document
    assert not survey.is_template
    assert "City and you" in cards(editor.get(TEMPLATES).text)


def test_the_same_survey_is_not_kept_twice(editor, city: City):
    survey = make_survey(city)
    keep(editor, survey)
    keep(editor, survey)
    assert len(surveys()) == 2


def test_a_template_is_no_template_of_itself(editor, city: City):
    keep(editor, make_survey(city))
    assert keep(editor, surveys()[1]).status_code == 409
    assert len(surveys()) == 2


def test_a_template_of_the_city_is_used_by_copy(editor, city: City):
    keep(editor, make_survey(city))
    template = surveys()[1]
    use(editor, str(template.id))
    copy = surveys()[2]
    assert (copy.document, copy.is_template) == (template.document, False)
    assert editor.get(f"{TEMPLATES}/{template.id}").status_code == 200


def test_nobody_is_asked_a_template(editor, city: City):
    keep(editor, make_survey(city))
    with pytest.raises(Refused, match="This is a template"):
        make_wave(city, survey=surveys()[1])
    assert "Plan a wave" not in editor.get(f"/riverton/staff/surveys/{surveys()[1].id}").text


def test_templates_do_not_stand_among_the_surveys(editor, city: City):
    survey = make_survey(city)
    keep(editor, survey)
    listed = BeautifulSoup(editor.get("/riverton/staff/surveys/").text, "html.parser").select("#found th a")
    assert [link["href"] for link in listed] == [f"/riverton/staff/surveys/{survey.id}"]


def test_what_is_no_template_is_not_found(editor, city: City):
    survey = make_survey(city)
    for address in ("unknown", str(survey.id), "999"):
        assert editor.get(f"{TEMPLATES}/{address}").status_code == 404
        assert use(editor, address).status_code == 404


def test_another_city_s_template_is_not_found(editor, other_city: City):
    survey = make_survey(other_city, every_kind())
    survey.is_template = True
    db.session.commit()
    assert editor.get(f"{TEMPLATES}/{survey.id}").status_code == 404
    assert keep(editor, survey).status_code == 404
    assert cards(editor.get(TEMPLATES).text).keys().isdisjoint({"City and you"})


def test_who_only_looks_may_not_make_anything(bruno, city: City):
    assert bruno.get(TEMPLATES).status_code == 200
    assert bruno.get(f"{TEMPLATES}/service").status_code == 200
    assert "Use this" not in bruno.get(TEMPLATES).text
    survey = make_survey(city)
    for address in (f"{TEMPLATES}/service/copy", f"/riverton/staff/surveys/{survey.id}/template"):
        assert bruno.post(address).status_code == 403
    assert len(surveys()) == 1


def test_strangers_are_sent_away(client, city: City, other_city: City):
    assert client.get(TEMPLATES).status_code == 302
    carla = sign_in(client, make_staff(other_city))
    assert carla.get(TEMPLATES).status_code == 404
    assert carla.get(f"{TEMPLATES}/service").status_code == 404


def test_a_form_without_its_token_changes_nothing(editor):
    assert editor.post(f"{TEMPLATES}/service/copy").status_code == 400
    assert surveys() == []
