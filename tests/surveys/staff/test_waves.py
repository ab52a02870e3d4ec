"""Planning a wave, and the page of one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import add_to_counters, db
from citizen.participation.models import AnswerCount, Assurance, Burst, Channel
from surveys.models import SurveyDraft, SurveyWave
from tests.makers import make_city, make_staff, post_form, sign_in
from tests.surveys.makers import fill, make_survey, make_wave
from tests.surveys.staff.waving import console, errors_in, fields_in, last_act, main_of, number_of, only_wave, planned


def new(survey, query: str = "") -> str:
    return f"/{survey.city.slug}/staff/surveys/{survey.id}/waves/new{query}"


def test_a_wave_is_planned_as_a_draft(editor, city):
    survey = make_survey(city)
    response = post_form(editor, new(survey), planned())
    wave = only_wave()
    assert response.location.endswith(console(wave))
    assert (wave.name, wave.paper_return) == ({"en": "Before", "de": "Vorher"}, {"en": "Town hall"})
    assert wave.slug == "city-and-you"
    assert wave.closes_at.isoformat() == "2099-01-01T09:00:00+00:00"
    assert (wave.grace_minutes, wave.results, wave.assurance) == (10080, "after_close", Assurance.DEVICE)
    assert wave.state == "draft"
    assert last_act().verb == "planned"


def test_one_button_saves_and_publishes(editor, city):
    survey = make_survey(city)
    post_form(editor, new(survey), planned(publish="1"))
    assert only_wave().state == "open"
    assert "The survey is open." in editor.get(console(only_wave())).text


def test_what_has_errors_is_planned_but_not_published(editor, city):
    survey = make_survey(city, {"sections": []})
    response = post_form(editor, new(survey), planned(publish="1", name_en="First"))
    assert response.status_code == 422
    assert errors_in(response.text) == ["Please add a question. There is nothing to answer yet."]
    assert fields_in(response.text)["name_en"] == "First"
    assert number_of(SurveyWave) == 0
    post_form(editor, new(survey), planned())
    page = editor.get(console(only_wave())).text
    assert "Before you publish" in page
    assert "Please add a question." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_at": "2025-01-01T10:00"}, "Please choose a closing time after the opening time."),
        ({"closes_at": "then"}, "Please choose a day and a time."),
        ({"opens_at": ""}, "Please fill this in."),
        ({"slug": "A B"}, "Please use small letters from a to z, numbers and hyphens for the short name."),
        ({"slug": "templates"}, "Please use small letters from a to z, numbers and hyphens for the short name."),
        ({"name_en": "x" * 81}, "Please write at most 80 characters."),
        ({"name_de": "a\u0007b"}, "Please write without invisible special characters."),
        ({"grace_minutes": "20161"}, "Not a valid choice."),
        ({"grace_minutes": ""}, "Please fill this in."),
        ({"assurance": "3"}, "Not a valid choice."),
    ],
)
def test_bad_input_is_explained_and_stays(editor, city, changes, sentence):
    survey = make_survey(city)
    response = post_form(editor, new(survey), planned(**changes))
    assert response.status_code == 422
    assert sentence in errors_in(response.text)
    assert fields_in(response.text)["paper_return_en"] == "Town hall"
    assert number_of(SurveyWave) == 0


def test_what_opens_later_says_when(editor, city):
    response = post_form(editor, new(make_survey(city)), planned(opens_at="2098-01-01T10:00", publish="1"))
    assert "It opens by itself at the planned time." in editor.get(response.location).text


def test_names_are_suggested_where_plaza_speaks_the_language(app):
    city = make_city(languages=["en", "fi"])
    who = sign_in(app.test_client(), make_staff(city, Role.EDITOR))
    page = who.get(new(make_survey(city))).text
    assert 'id="names-en"' in page
    assert 'id="names-fi"' not in page


def test_a_short_name_is_taken_once(editor, city):
    survey = make_survey(city)
    make_wave(city, slug="spring")
    response = post_form(editor, new(survey), planned(slug="spring"))
    assert response.status_code == 422
    assert errors_in(response.text) == ["Another survey of your city has this short name."]
    post_form(editor, new(survey), planned(slug="spring-2"))
    assert only_wave(slug="spring-2").survey_id == survey.id


def test_usual_names_are_suggested_in_each_language(editor, city):
    page = editor.get(new(make_survey(city))).text
    assert '<datalist id="names-en"><option value="Before">' in page
    assert 'list="names-de"' in page


def test_a_draft_can_be_changed_and_a_public_plan_cannot(editor, city):
    wave = make_wave(city, published=False)
    fields = fields_in(editor.get(console(wave, "/edit")).text)
    post_form(editor, console(wave, "/edit"), fields | {"name_en": "After", "slug": "new-name", "results": "always"})
    assert (wave.name["en"], wave.slug, wave.results) == ("After", "new-name", "always")
    assert last_act().verb == "changed"
    public = make_wave(city)
    response = editor.get(console(public, "/edit"))
    assert response.status_code == 409
    assert "This survey is public already." in response.text


def test_two_editors_do_not_overwrite_each_other_unseen(editor, second, city):
    wave = make_wave(city, published=False)
    mine = fields_in(editor.get(console(wave, "/edit")).text)
    post_form(
        second, console(wave, "/edit"), fields_in(second.get(console(wave, "/edit")).text) | {"name_en": "Theirs"}
    )
    response = post_form(editor, console(wave, "/edit"), mine | {"name_en": "Mine"})
    assert response.status_code == 409
    assert "Somebody else changed this plan while you were writing." in response.text
    again = fields_in(response.text)
    assert (wave.name["en"], again["name_en"]) == ("Theirs", "Mine")
    post_form(editor, console(wave, "/edit"), again)
    assert wave.name["en"] == "Mine"


def test_the_next_wave_begins_with_the_same_plan_moved_on(editor, city):
    wave = make_wave(city, name={"en": "Before"}, grace_minutes=1440, paper_return={"en": "Library"})
    wave.opens_at, wave.closes_at = clock.now() - timedelta(days=10), clock.now() - timedelta(days=3)
    fields = fields_in(editor.get(new(wave.survey, f"?after={wave.slug}")).text)
    assert (fields["name_en"], fields["grace_minutes"], fields["paper_return_en"]) == ("During", "1440", "Library")
    assert fields["slug"] == ""
    post_form(editor, new(wave.survey), fields)
    following = db.session.scalars(select(SurveyWave).where(SurveyWave.id != wave.id)).one()
    assert following.closes_at - following.opens_at == wave.closes_at - wave.opens_at
    assert clock.now() - timedelta(minutes=2) < following.opens_at < clock.now() + timedelta(days=1, minutes=1)
    assert editor.get(new(wave.survey, "?after=nothing")).status_code == 404


def test_the_page_says_how_many_took_part_and_how(editor, wave):
    fill(wave, "ana", mode="car")
    fill(wave, "bea", mode="bus", channel=Channel.QR)
    place = {"city_id": wave.city_id, "consultation_id": wave.id}
    first = clock.day_in(wave.city.time_zone) - timedelta(days=2)
    add_to_counters(AnswerCount, [place | {"day": first, "channel": "web", "assurance": 1, "n": 5}])
    add_to_counters(Burst, [place | {"day": first, "n": 4}])
    db.session.add(SurveyDraft(city_id=wave.city_id, wave_id=wave.id, key=b"k" * 32, sealed=b"s", day=first))
    page = editor.get(console(wave))
    words = main_of(page.text)
    assert "7 responses." in words
    assert "on the web 6" in words
    assert "by QR code 1" in words
    assert "1 more person has begun" in words
    assert "4 times" in words
    assert 'data-chart="line"' in page.text


def test_the_page_shows_how_to_share_it(editor, wave):
    page = editor.get(console(wave)).text
    assert f"http://localhost/riverton/surveys/{wave.slug}" in page
    for path in ("qr.svg", "poster.pdf"):
        assert f"/riverton/surveys/{wave.slug}/{path}" in page
    assert f"http://localhost/riverton/surveys/{wave.slug}/kiosk/" in page


def test_the_address_of_a_kiosk_is_for_editors_alone(bruno, wave):
    assert "/kiosk/" not in bruno.get(console(wave)).text


def test_a_draft_says_what_will_happen(editor, city):
    words = main_of(editor.get(console(make_wave(city, published=False))).text)
    assert "What happens when you publish" in words
    assert "Opens as soon as you publish" in words
    assert "Share it" not in words


def test_a_draft_whose_time_has_passed_cannot_be_published_as_it_is(editor, city):
    past = {"opens_at": clock.now() - timedelta(days=3), "closes_at": clock.now() - timedelta(days=1)}
    page = editor.get(console(make_wave(city, published=False, **past))).text
    assert "Please choose a closing time in the future." in page
    assert "/publication" not in page


def test_what_is_sealed_says_so(editor, city):
    wave = make_wave(city, closed_at=clock.now() - timedelta(hours=2), sealed_at=clock.now() - timedelta(hours=1))
    words = main_of(editor.get(console(wave)).text)
    assert "Nobody can tell any more who took part, not even we." in words


def test_a_survey_for_confirmed_addresses_takes_no_paper(editor, city):
    wave = make_wave(city, assurance=Assurance.CONTACT)
    words = main_of(editor.get(console(wave)).text)
    assert "sheets on paper cannot count" in words
    assert "/kiosk/" not in editor.get(console(wave)).text


def test_a_viewer_sees_the_page_and_may_do_nothing(client, city):
    viewer = sign_in(client, make_staff(city, Role.VIEWER))
    wave = make_wave(city)
    page = viewer.get(console(wave)).text
    assert "<form" not in page.split('id="content"')[1].split("<dialog")[0]
    assert viewer.get(new(wave.survey)).status_code == 403
    assert viewer.get(console(wave, "/edit")).status_code == 403


def test_strangers_find_nothing(app, city, other_city, wave):
    for page in (console(wave), console(wave, "/edit"), new(wave.survey)):
        assert "/sign-in" in app.test_client().get(page).location
        assert sign_in(app.test_client(), make_staff(other_city, Role.ADMIN)).get(page).status_code == 404
        assert sign_in(app.test_client(), make_staff(None)).get(page).status_code == 404


def test_another_city_s_wave_is_not_found_below_one_s_own(editor, other_city):
    wave = make_wave(other_city)
    assert editor.get(f"/riverton/staff/surveys/waves/{wave.slug}").status_code == 404
    assert editor.get(f"/riverton/staff/surveys/{wave.survey_id}/waves/new").status_code == 404
