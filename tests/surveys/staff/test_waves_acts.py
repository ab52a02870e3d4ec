"""What staff do with a wave: publish, close, move, withdraw, delete, go on with a newer questionnaire."""

import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.desk import desk
from citizen.participation.models import Assurance
from surveys import drafting, waves
from surveys.models import SurveyWave
from surveys.questionnaire import loaded
from tests.makers import make_staff, sign_in
from tests.surveys.makers import every_kind, fill, make_survey, make_wave, question
from tests.surveys.staff.waving import act, beside_us, console, errors_in, last_act, main_of, number_of

LAST_WEEK = {"opens_at": clock.now() - timedelta(days=7), "closes_at": clock.now() - timedelta(days=1)}


def change(wave: SurveyWave, act: Any) -> None:
    """Somebody edits the questionnaire: `act` gets the document."""
    document = copy.deepcopy(wave.survey.document)
    act(document)
    drafting.change_survey(wave.survey, loaded(document), seen=wave.survey.edition, by=COMMAND_LINE)
    db.session.commit()


def test_publishing_shows_the_survey_to_the_public(editor, city):
    wave = make_wave(city, published=False)
    public = f"/riverton/surveys/{wave.slug}"
    assert editor.get(public).status_code == 404
    assert act(editor, wave, "publication").status_code == 303
    assert editor.get(public).status_code == 200
    assert (wave.version, last_act().verb) == (1, "published")


def test_publishing_twice_says_that_it_is_done(editor, city):
    wave = make_wave(city, published=False)
    act(editor, wave, "publication")
    response = act(editor, wave, "publication")
    assert response.status_code == 409
    assert "This survey is already published." in response.text


def test_what_has_errors_is_not_published(editor, city):
    wave = make_wave(city, {"sections": []}, published=False)
    response = act(editor, wave, "publication")
    assert response.status_code == 422
    assert "Please add a question." in response.text
    assert wave.published_at is None


def test_a_plan_whose_end_has_passed_is_not_published(editor, city):
    wave = make_wave(city, published=False, **LAST_WEEK)
    response = act(editor, wave, "publication")
    assert response.status_code == 422
    assert "Please choose a closing time in the future." in response.text


def test_programs_are_told_what_is_wrong_with_a_plan(city):
    survey = make_survey(city)
    plan = waves.WavePlan(clock.now(), clock.now() + timedelta(days=1))
    for change, sentence in (
        ({"name": {"fr": "Avant"}}, "The city has no texts in the language “fr”."),
        ({"grace_minutes": waves.MOST_GRACE + 1}, "Please choose at most two weeks."),
        ({"assurance": Assurance.VERIFIED}, "A survey cannot check who answers as closely as this."),
    ):
        with pytest.raises(Refused, match=sentence):
            waves.plan_wave(survey, replace(plan, **change), by=COMMAND_LINE)


def test_a_wave_that_was_published_meanwhile_is_not_changed(city):
    wave = make_wave(city)
    with pytest.raises(Refused, match="This survey is public already"):
        waves.change_wave(wave, waves.plan_of(wave), seen=waves.mark_of(wave), by=COMMAND_LINE)


def test_an_unchanged_questionnaire_keeps_its_version(city):
    first = make_wave(city)
    assert make_wave(city, survey=first.survey).version == first.version == 1


def test_closing_asks_first_and_ends_answering(editor, wave):
    page = editor.get(console(wave, "/closure")).text
    assert "Close this survey now?" in page
    assert "Whoever has begun by now may still send until" in page
    assert act(editor, wave, "closure").status_code == 303
    assert (wave.state, last_act().verb) == ("closed", "closed early")
    assert act(editor, wave, "closure").status_code == 409
    assert "Only an open survey can be closed." in editor.get(console(wave, "/closure")).text


def test_the_closing_time_moves(editor, wave):
    assert act(editor, wave, "closing-time", closes_at="2099-06-01T12:00").status_code == 303
    assert wave.closes_at.isoformat() == "2099-06-01T10:00:00+00:00"


@pytest.mark.parametrize("moment", ["2020-01-01T10:00", "then", ""])
def test_a_closing_time_that_makes_no_sense_is_refused(editor, wave, moment):
    before = wave.closes_at
    assert act(editor, wave, "closing-time", closes_at=moment).status_code == 422
    assert wave.closes_at == before


def test_withdrawing_needs_a_reason_and_shows_it(editor, wave):
    assert "Everybody can read it." in editor.get(console(wave, "/withdrawal")).text
    response = act(editor, wave, "withdrawal", reason_en=" ", reason_de="Die Frage war unklar.")
    assert response.status_code == 422
    assert errors_in(response.text) == ["Please write a reason. The public will read it."]
    assert "Die Frage war unklar." in response.text
    act(editor, wave, "withdrawal", reason_en="The question was unclear.")
    assert wave.state == "withdrawn"
    assert "The question was unclear." in editor.get(console(wave)).text
    assert act(editor, wave, "withdrawal", reason_en="Again").status_code == 409


def test_a_draft_can_be_deleted_and_its_survey_stays(editor, city):
    wave = make_wave(city, published=False)
    survey_id = wave.survey_id
    assert "Delete this draft?" in editor.get(console(wave, "/deletion")).text
    assert act(editor, wave, "deletion").status_code == 303
    assert number_of(SurveyWave) == 0
    assert editor.get(f"/riverton/staff/surveys/{survey_id}/waves/new").status_code == 200
    public = make_wave(city)
    assert act(editor, public, "deletion").status_code == 409
    assert "Only a draft can be deleted" in editor.get(console(public, "/deletion")).text


def test_an_unchanged_questionnaire_is_no_news(editor, wave):
    assert "has changed since" not in editor.get(console(wave)).text
    assert "Nothing has changed" in editor.get(console(wave, "/renewal")).text


def test_what_has_changed_is_shown_before_it_goes_out(editor, wave):
    fill(wave, mode="car")

    def edit(document: dict[str, Any]) -> None:
        questions = document["sections"][2]["questions"]
        questions[:] = [*questions[1:], question("wish", "line", "What do you wish?")]
        document["sections"][0]["questions"][3]["text"]["en"] = "Why by car?"

    change(wave, edit)
    assert "The questionnaire has changed since this wave was published" in editor.get(console(wave)).text
    words = main_of(editor.get(console(wave, "/renewal")).text)
    assert "New questions What do you wish?" in words
    assert "Questions that ask something else now Why by car?" in words
    assert "Questions that are gone How old are you?" in words
    assert "1 sheet was sent already." in words
    assert wave.version == 1
    assert act(editor, wave, "renewal", edition=str(wave.survey.edition)).status_code == 303
    assert (wave.version, last_act().verb) == (2, "renewed")
    assert "has changed since" not in editor.get(console(wave)).text


def test_changes_that_ask_the_same_are_counted_together(editor, wave):
    change(wave, lambda document: document.update(intro={"en": "Hello."}))
    words = main_of(editor.get(console(wave, "/renewal")).text)
    assert "Every question asks the same." in words
    assert "counted together with the new ones" in words


def test_only_what_was_shown_goes_out(editor, wave):
    change(wave, lambda document: document.update(intro={"en": "Hello."}))
    seen = str(wave.survey.edition)
    change(wave, lambda document: document.update(intro={"en": "Not ready"}))
    response = act(editor, wave, "renewal", edition=seen)
    assert response.status_code == 409
    assert "Somebody changed the questionnaire meanwhile." in response.text
    assert wave.version == 1


def test_an_ended_wave_goes_on_with_nothing(editor, city):
    wave = make_wave(city, closes_at=clock.now() - timedelta(minutes=1))
    change(wave, lambda document: document.update(intro={"en": "Hello."}))
    response = act(editor, wave, "renewal", edition=str(wave.survey.edition))
    assert response.status_code == 409
    assert "You can plan a new wave." in response.text


ACTS = ("publication", "closure", "closing-time", "withdrawal", "deletion", "renewal", "edit")


@pytest.mark.parametrize("noun", ACTS)
def test_each_act_keeps_strangers_out(app, city, other_city, wave, noun):
    page = console(wave, f"/{noun}")
    assert "/sign-in" in app.test_client().post(page).location
    assert sign_in(app.test_client(), make_staff(other_city)).post(page).status_code == 404
    assert sign_in(app.test_client(), make_staff(None)).post(page).status_code == 404
    assert sign_in(app.test_client(), make_staff(city, Role.MODERATOR)).post(page).status_code == 403
    assert sign_in(app.test_client(), make_staff(city, Role.EDITOR)).post(page).status_code == 400
    assert wave.state == "open"


def test_of_two_publications_at_once_one_counts(app, city):
    wave = make_wave(city, published=False)
    waves.publish_wave(wave, by=COMMAND_LINE)
    wave_id = wave.id
    thread, ended = beside_us(app, lambda: waves.publish_wave(db.session.get_one(SurveyWave, wave_id), by=COMMAND_LINE))
    db.session.commit()
    thread.join()
    assert ended == ["This survey is already published."]


def test_the_desk_names_surveys_without_a_next_act(app, city):
    survey = make_survey(city)
    late = make_wave(city, slug="late", published=False)
    ended = make_wave(city, slug="ended", **LAST_WEEK)
    make_wave(city, slug="running")
    long_over = clock.now() - timedelta(days=60)
    make_wave(city, slug="old", opens_at=long_over - timedelta(days=1), closes_at=long_over)
    with app.test_request_context("/riverton/"):
        app.preprocess_request()
        tasks = {task.url.partition("?")[0]: task.text for task in desk(city).tasks}
    assert tasks[f"/riverton/staff/surveys/{survey.id}/waves/new"] == "Plan when to ask this"
    assert tasks[console(late)] == "Not published yet, and its opening time has passed"
    assert tasks[console(ended)] == "Has ended: read the results, or plan the next wave"
    assert not {f"/riverton/staff/surveys/waves/{slug}" for slug in ("running", "old")} & tasks.keys()


def test_an_ended_wave_with_a_next_one_planned_waits_for_nothing(app, city):
    ended = make_wave(city, every_kind(), slug="ended", **LAST_WEEK)
    soon = clock.now() + timedelta(days=1)
    make_wave(city, survey=ended.survey, slug="next", published=False, opens_at=soon)
    with app.test_request_context("/riverton/"):
        app.preprocess_request()
        assert [task for task in desk(city).tasks if "surveys" in task.url] == []
