"""Moderators read what people wrote, and show it or not."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.participation.desk import desk
from surveys.models import SurveySheet, SurveyText, SurveyWave
from surveys.written import PAGE, Selection, text_page
from tests.makers import csrf_token, make_staff, post_form, sign_in
from tests.surveys.makers import fill, make_wave
from tests.surveys.staff.waving import console, errors_in, last_act, main_of


def write(wave: SurveyWave, *texts: str, field: str = "job") -> None:
    """Each text by somebody else."""
    for place, text in enumerate(texts):
        fill(wave, f"{field}-{place}-{text}", mode="bus", **{field: text})


def text_of(words: str) -> SurveyText:
    return db.session.scalars(select(SurveyText).filter_by(text=words)).one()


def states() -> dict[str, str]:
    return {row.text: row.state for row in db.session.scalars(select(SurveyText))}


def texts_page(wave: SurveyWave, query: str = "") -> str:
    return console(wave, f"/texts{query}")


def decide(who: FlaskClient, wave: SurveyWave, words: str, noun: str, **data: str):
    path = texts_page(wave, f"/{text_of(words).key.hex()}/{noun}")
    return post_form(who, path, data, page=texts_page(wave, "?field=job"))


def test_a_text_is_shown_after_a_moderator_approved_it(bruno, wave):
    write(wave, "Baker")
    assert "Baker" in bruno.get(texts_page(wave)).text
    response = decide(bruno, wave, "Baker", "approval")
    assert response.status_code == 303
    assert states() == {"Baker": "approved"}
    words = main_of(bruno.get(response.location).text)
    assert "The text is now shown with the result." in words
    assert "Baker" not in words
    assert "Baker" in main_of(bruno.get(texts_page(wave, "?field=job&state=approved")).text)


def test_the_audit_says_what_was_done_and_no_text(bruno, wave):
    write(wave, "My neighbour Karl")
    decide(bruno, wave, "My neighbour Karl", "rejection", reason="Names a person")
    entry = last_act()
    assert (entry.verb, entry.subject) == ("rejected texts", f"survey {wave.slug}")
    assert entry.detail["field"] == "job"
    assert (entry.detail["texts"], entry.detail["reason"]) == (1, "Names a person")
    assert "Karl" not in str(entry.detail)


def test_rejecting_needs_a_reason(bruno, wave):
    write(wave, "Baker")
    response = decide(bruno, wave, "Baker", "rejection", reason="Two\tparts")
    assert response.status_code == 422
    assert "Please give a reason, on one line." in response.text
    assert 'value="Two\tparts"' in response.text
    assert decide(bruno, wave, "Baker", "rejection", reason=" ").status_code == 422
    assert states() == {"Baker": "held"}


def test_a_decision_can_be_changed_and_taken_back(bruno, wave):
    write(wave, "Baker")
    decide(bruno, wave, "Baker", "approval")
    location = decide(bruno, wave, "Baker", "rejection", reason="Off the question").location
    row = text_of("Baker")
    assert (row.state, row.reason) == ("rejected", "Off the question")
    page = bruno.get(location).text
    assert "Undo this" in page
    undo = {"act": row.act.hex(), "field": "job"}
    assert post_form(bruno, texts_page(wave, "/reversal"), undo, page=texts_page(wave)).status_code == 303
    db.session.refresh(row)
    assert (row.state, row.reason, row.act) == ("held", None, None)
    assert last_act().verb == "took back a decision"
    again = post_form(bruno, texts_page(wave, "/reversal"), undo, page=texts_page(wave))
    assert again.status_code == 409
    assert "This was taken back already" in again.text


def test_the_second_of_two_moderators_reads_that_it_was_decided(bruno, wave):
    write(wave, "Baker")
    decide(bruno, wave, "Baker", "approval")
    response = decide(bruno, wave, "Baker", "approval")
    assert response.status_code == 409
    assert "Somebody has decided on this text already." in response.text


def test_htmx_gets_the_row_alone(bruno, wave):
    write(wave, "Baker")
    token, asked_by_htmx = {"csrf_token": csrf_token(bruno, texts_page(wave))}, {"HX-Request": "true"}
    key = text_of("Baker").key.hex()
    response = bruno.post(texts_page(wave, f"/{key}/approval"), data=token, headers=asked_by_htmx)
    assert response.status_code == 200
    assert response.text.lstrip().startswith(f'<li class="text" id="text-{key}">')
    assert "Undo" in response.text
    response = bruno.post(texts_page(wave, f"/{key}/approval"), data=token, headers=asked_by_htmx)
    assert response.status_code == 409
    assert response.text.lstrip().startswith('<li class="text"')


def test_searching_replaces_the_list_alone(bruno, wave):
    write(wave, "Baker", "Ärztin", "Teacher 100%")
    for words, found in (("bak", "Baker"), ("ÄRZT", "Ärztin"), ("ärzt", "Ärztin"), ("0% tea", "Teacher 100%")):
        page = bruno.get(texts_page(wave), query_string={"q": words, "field": "job"}, headers={"HX-Request": "true"})
        assert page.text.lstrip().startswith('<div id="texts">')
        assert {text for text in states() if text in page.text} == {found}
    assert "No text matches." in bruno.get(texts_page(wave, "?q=_&field=job")).text


def test_texts_stand_by_question_the_ones_that_wait_first(bruno, wave):
    write(wave, "Baker")
    fill(wave, "zoe", mode="x", **{"mode.other": "Skates"})
    page = bruno.get(texts_page(wave))
    assert "How do you travel most? (something else) (1)" in page.text
    assert "Skates" in page.text
    assert "Baker" not in page.text
    assert "Baker" in bruno.get(texts_page(wave, "?field=job")).text


def test_no_page_says_which_texts_one_person_wrote(bruno, wave):
    fill(wave, "ana", mode="car", why="Rain", job="Baker", age=41)
    sheet = db.session.scalars(select(SurveySheet)).one()
    for field in ("job", "why"):
        page = bruno.get(texts_page(wave, f"?field={field}")).text
        assert sheet.id.hex() not in page
        assert "car" not in main_of(page).split()
        assert "41" not in main_of(page).split()
    assert len({row.key for row in db.session.scalars(select(SurveyText))}) == 2


def test_pages_follow_each_other_by_key(bruno, city):
    wave = make_wave(city)
    write(wave, *(f"Text {n}" for n in range(PAGE + 3)))
    first = text_page(wave, Selection("job"))
    rest = text_page(wave, Selection("job"), first.last)
    assert (len(first.texts), len(rest.texts), rest.last) == (PAGE, 3, None)
    assert {row.text for row in (*first.texts, *rest.texts)} == {f"Text {n}" for n in range(PAGE + 3)}
    page = bruno.get(texts_page(wave, f"?field=job&after={first.last.hex()}")).text
    assert "Back to the beginning" in page
    assert rest.texts[0].text in page


def test_an_empty_page_says_what_it_is_for(bruno, wave):
    assert "Nobody has written anything yet" in bruno.get(texts_page(wave)).text


def preview(who: FlaskClient, wave: SurveyWave, **asked: str) -> str:
    return who.get(texts_page(wave, "/decision"), query_string={"field": "job", "state": "held"} | asked).text


def decide_many(who: FlaskClient, wave: SurveyWave, **data):
    given = {"field": "job", "state": "held", "only": "all", "decision": "approved"} | data
    return post_form(who, texts_page(wave, "/decision"), given, page=texts_page(wave))


def test_many_are_decided_on_at_once_after_a_preview_and_taken_back(bruno, wave):
    write(wave, "Baker", "Cook", "Rude baker")
    assert "Show 2 texts?" in preview(bruno, wave, only="all", decision="approved", q="baker")
    response = decide_many(bruno, wave, q="baker", number="2")
    assert "2 texts are now shown." in bruno.get(response.location).text
    assert states() == {"Baker": "approved", "Cook": "held", "Rude baker": "approved"}
    assert last_act().detail["texts"] == 2
    acted = text_of("Baker").act
    decide(bruno, wave, "Rude baker", "rejection", reason="Rude")
    post_form(bruno, texts_page(wave, "/reversal"), {"act": acted.hex(), "field": "job"}, page=texts_page(wave))
    db.session.expire_all()
    assert states() == {"Baker": "held", "Cook": "held", "Rude baker": "rejected"}


def test_what_is_shown_already_is_not_shown_again(bruno, wave):
    write(wave, "Baker")
    decide(bruno, wave, "Baker", "approval")
    response = decide_many(bruno, wave, state="approved", number="1")
    assert response.status_code == 422
    assert errors_in(response.text) == ["These texts are there already."]


def test_only_ticked_ones_are_decided_on(bruno, wave):
    write(wave, "Baker", "Cook", "Waiter")
    keys = [text_of(words).key.hex() for words in ("Baker", "Cook")]
    page = bruno.get(texts_page(wave, "/decision"), query_string=[*(("key", key) for key in keys), *TICKED]).text
    assert "Do not show 2 texts?" in page
    assert "Waiter" not in page
    data = {"only": "ticked", "key": keys, "decision": "rejected", "reason": "Twice", "number": "2"}
    decide_many(bruno, wave, **data)
    assert states() == {"Baker": "rejected", "Cook": "rejected", "Waiter": "held"}


TICKED = (("only", "ticked"), ("field", "job"), ("state", "held"), ("decision", "rejected"))


def test_whoever_ticked_nothing_decides_on_nothing(bruno, wave):
    write(wave, "Baker")
    assert "You have ticked no text" in bruno.get(texts_page(wave, "/decision"), query_string=dict(TICKED)).text
    response = decide_many(bruno, wave, only="ticked", number="1")
    assert response.status_code == 409
    assert states() == {"Baker": "held"}


def test_many_are_not_decided_on_where_more_came_since(bruno, wave):
    write(wave, "Baker")
    preview(bruno, wave, only="all", decision="approved")
    write(wave, "Unread")
    response = decide_many(bruno, wave, number="1")
    assert response.status_code == 409
    assert errors_in(response.text) == ["The number of texts has changed. Please look at it again."]
    assert "Show 2 texts?" in response.text
    assert set(states().values()) == {"held"}


def test_rejecting_many_needs_a_reason_too(bruno, wave):
    write(wave, "Baker", "Cook")
    response = decide_many(bruno, wave, decision="rejected", number="2", reason="")
    assert response.status_code == 422
    assert errors_in(response.text) == ["Please give a reason, on one line."]
    assert set(states().values()) == {"held"}


@pytest.mark.parametrize("key", ["zz", "00", "ab" * 16])
def test_a_text_that_is_not_there(bruno, wave, key):
    write(wave, "Baker")
    path = texts_page(wave, f"/{key}/approval")
    assert post_form(bruno, path, {}, page=texts_page(wave)).status_code == 404


def test_a_text_of_another_wave_is_not_decided_on_here(bruno, city, wave):
    other = make_wave(city)
    write(other, "Baker")
    write(wave, "Cook")
    path = texts_page(wave, f"/{text_of('Baker').key.hex()}/approval")
    assert post_form(bruno, path, {}, page=texts_page(wave)).status_code == 404
    assert states()["Baker"] == "held"


def test_only_moderators_read_texts(app, editor, city, other_city, wave):
    write(wave, "Baker")
    key = text_of("Baker").key.hex()
    pages = [texts_page(wave), texts_page(wave, "/decision")]
    posts = [texts_page(wave, f"/{noun}") for noun in (f"{key}/approval", f"{key}/rejection", "decision", "reversal")]
    viewer = sign_in(app.test_client(), make_staff(city, Role.VIEWER))
    carla = sign_in(app.test_client(), make_staff(other_city, Role.ADMIN))
    for who, status in ((editor, 403), (viewer, 403), (carla, 404), (app.test_client(), 302)):
        assert {who.get(page).status_code for page in pages} == {status}
        assert {who.post(page).status_code for page in posts} == {status}
    assert "Baker" not in editor.get(console(wave)).text
    assert states() == {"Baker": "held"}


def test_the_desk_says_how_many_wait(app, city, wave):
    write(wave, "Baker", "Cook")
    with app.test_request_context("/riverton/"):
        app.preprocess_request()
        task = next(task for task in desk(city).tasks if task.url.startswith(texts_page(wave)))
    assert task.text == "2 texts wait for a decision"
