"""What staff do with a poll: publish, close, move, withdraw, copy, delete, correct, decide on texts."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import add_to_counters, db
from citizen.participation.models import AnswerCount, Burst
from polls import actions
from polls.answers import checked
from polls.models import Poll, PollCorrection, PollForm, PollOption
from tests.makers import TRANSPORT, cast, make_participant, make_poll, make_staff, post_form, sign_in
from tests.polls.staffing import act, console, errors_in, last_act, number_of, write_other


def test_publishing_shows_the_poll_to_the_public(editor, city):
    poll = make_poll(city, published=False)
    assert editor.get(f"/riverton/polls/{poll.slug}").status_code == 404
    assert act(editor, poll, "publication").status_code == 303
    assert editor.get(f"/riverton/polls/{poll.slug}").status_code == 200
    assert last_act().verb == "published"


def test_publishing_twice_says_that_it_is_done(editor, city):
    poll = make_poll(city, published=False)
    act(editor, poll, "publication")
    response = act(editor, poll, "publication")
    assert response.status_code == 409
    assert "This poll is already published." in response.text


def test_what_is_not_whole_is_not_published(editor, city):
    poll = make_poll(city, published=False, options=("Tickets",))
    assert "Please offer at least two options." in editor.get(console(poll)).text
    response = act(editor, poll, "publication")
    assert response.status_code == 422
    assert poll.published_at is None


def test_closing_asks_first_and_ends_answering(editor, poll):
    assert "Close this poll now?" in editor.get(console(poll, "/closure")).text
    assert act(editor, poll, "closure").status_code == 303
    assert poll.state == "closed"
    assert last_act().verb == "closed early"


def test_what_is_closed_cannot_be_closed_or_opened_again(editor, poll):
    act(editor, poll, "closure")
    assert act(editor, poll, "closure").status_code == 409
    assert "Only an open poll can be closed." in editor.get(console(poll, "/closure")).text
    later = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert act(editor, poll, "closing-time", closes_at=later).status_code == 409
    assert poll.state == "closed"


def test_the_closing_time_moves_also_after_the_first_answer(editor, poll):
    cast(poll, "Tickets")
    assert act(editor, poll, "closing-time", closes_at="2099-06-01T12:00").status_code == 303
    assert poll.closes_at.year == 2099
    assert last_act().detail["after"] == "2099-06-01T10:00:00+00:00"


@pytest.mark.parametrize("moment", ["2020-01-01T10:00", "then", ""])
def test_a_closing_time_that_makes_no_sense_is_refused(editor, poll, moment):
    before = poll.closes_at
    assert act(editor, poll, "closing-time", closes_at=moment).status_code == 422
    assert poll.closes_at == before


def test_withdrawing_needs_a_reason_and_shows_it(editor, poll):
    response = act(editor, poll, "withdrawal", reason_en=" ", reason_de="Die Frage war unklar.")
    assert response.status_code == 422
    assert errors_in(response.text) == ["Please write a reason. The public will read it."]
    assert "Die Frage war unklar." in response.text
    act(editor, poll, "withdrawal", reason_en="The question was unclear.", reason_de="Die Frage war unklar.")
    assert poll.state == "withdrawn"
    assert "The question was unclear." in editor.get(f"/riverton/polls/{poll.slug}").text
    assert act(editor, poll, "withdrawal", reason_en="Again").status_code == 409


def test_a_copy_is_a_draft_of_its_own(editor, poll):
    cast(poll, "Tickets")
    response = act(editor, poll, "copy")
    copy = db.session.scalars(select(Poll).where(Poll.id != poll.id)).one()
    assert response.location.endswith(console(copy, "/edit"))
    assert copy.state == "draft"
    assert copy.title == poll.title
    assert copy.slug == f"{poll.slug}-2"
    assert [row.label for row in copy.options] == [row.label for row in poll.options]
    assert not {row.id for row in copy.options} & {row.id for row in poll.options}


def test_a_draft_can_be_deleted(editor, city):
    poll = make_poll(city, published=False)
    assert "Delete this draft?" in editor.get(console(poll, "/deletion")).text
    slug = poll.slug
    assert act(editor, poll, "deletion").status_code == 303
    assert number_of(Poll) == number_of(PollOption) == 0
    assert (last_act().verb, last_act().subject) == ("deleted", f"poll {slug}")


def test_a_published_poll_cannot_be_deleted(editor, poll):
    assert act(editor, poll, "deletion").status_code == 409
    assert number_of(Poll) == 1
    assert "Only a draft can be deleted" in editor.get(console(poll, "/deletion")).text


def correct(who: FlaskClient, poll: Poll, **texts: str):
    fields = {"edition": str(poll.edition), "question_en": poll.title["en"], "question_de": ""}
    for row in poll.options:
        fields |= {f"option_{row.id}_en": row.label["en"], f"option_{row.id}_de": ""}
    return post_form(who, console(poll, "/correction"), fields | texts)


def test_a_typing_mistake_is_mended_in_the_open(editor, poll):
    cast(poll, "Tickets")
    first = poll.options[0]
    mended = {"question_en": "Which features?", f"option_{first.id}_en": "Buying tickets"}
    assert correct(editor, poll, **mended).status_code == 303
    assert poll.title["en"] == "Which features?"
    assert poll.options[0].label["en"] == "Buying tickets"
    assert poll.edition == 2
    rows = {(row.part, row.before, row.after) for row in db.session.scalars(select(PollCorrection))}
    assert rows == {
        ("question", TRANSPORT, "Which features?"),
        (f"option {first.id}", "Tickets", "Buying tickets"),
    }
    public = editor.get(f"/riverton/polls/{poll.slug}").text
    assert "Corrected on" in public
    assert "Tickets" in public


def test_a_missing_translation_can_be_added_after_the_first_answer(editor, poll):
    cast(poll, "Tickets")
    correct(editor, poll, question_de="Welche Funktionen?")
    assert poll.title == {"en": TRANSPORT, "de": "Welche Funktionen?"}


def test_a_correction_that_changes_nothing_leaves_no_trace(editor, poll):
    cast(poll, "Tickets")
    assert correct(editor, poll).status_code == 303
    assert number_of(PollCorrection) == 0
    assert poll.edition == 1


@pytest.mark.parametrize(("text", "status"), [("", 422), ("x" * 301, 422), ("Two\tparts", 422)])
def test_a_correction_has_to_be_a_text(editor, poll, text, status):
    cast(poll, "Tickets")
    response = correct(editor, poll, question_en=text)
    assert response.status_code == status
    assert errors_in(response.text)
    assert poll.title["en"] == TRANSPORT


def test_a_correction_over_somebody_else_s_is_refused(editor, poll):
    cast(poll, "Tickets")
    correct(editor, poll, question_en="Which?")
    response = correct(editor, poll, question_en="What?", edition="1")
    assert response.status_code == 409
    assert poll.title["en"] == "Which?"
    assert 'value="What?"' in response.text


def test_before_the_first_answer_there_is_the_editor_instead(editor, poll):
    assert correct(editor, poll, question_en="Which?").status_code == 409


def test_the_ends_of_a_scale_can_be_corrected(editor, city):
    ends = {"scale_low": {"en": "nto at all"}, "scale_high": {"en": "very"}}
    poll = make_poll(city, form=PollForm.SCALE, **ends)
    actions.cast_ballot(poll, checked(poll, ["3"]), "ab" * 16, by=make_participant())
    fields = {"edition": "1", "question_en": TRANSPORT, "scale_low_en": "not at all", "scale_high_en": "very"}
    post_form(editor, console(poll, "/correction"), fields)
    assert poll.scale_low == {"en": "not at all"}


def test_staff_see_results_that_the_public_does_not_see_yet(editor, city):
    poll = make_poll(city, results="after_close")
    cast(poll, "Tickets")
    assert "“Tickets” was chosen most often" in editor.get(console(poll)).text
    assert "The public does not see this yet." in editor.get(console(poll)).text
    assert "Tickets,1," in editor.get(console(poll, "/results.csv")).text
    assert editor.get(f"/riverton/polls/{poll.slug}/results.csv").status_code == 404


def test_the_page_shows_how_to_share_the_poll(editor, poll):
    page = editor.get(console(poll)).text
    assert f"http://localhost/riverton/polls/{poll.slug}" in page
    assert f"&lt;iframe src=&#34;http://localhost/riverton/polls/{poll.slug}/embed&#34;" in page
    assert f"/riverton/polls/{poll.slug}/qr.svg" in page
    assert f"/riverton/polls/{poll.slug}/poster.pdf" in page


def test_a_draft_has_nothing_to_share_yet(editor, city):
    page = editor.get(console(make_poll(city, published=False))).text
    assert "qr.svg" not in page
    assert "What happens when you publish" in page


def test_bursts_are_shown(editor, poll):
    day = clock.day_in(poll.city.time_zone)
    add_to_counters(Burst, [{"city_id": poll.city_id, "consultation_id": poll.id, "day": day, "n": 4}])
    assert "4 times" in editor.get(console(poll)).text


def test_days_become_a_curve_with_its_table(editor, poll):
    cast(poll, "Tickets")
    cast(poll, "Times", by="bea")
    first = clock.day_in(poll.city.time_zone) - timedelta(days=2)
    row = {"city_id": poll.city_id, "consultation_id": poll.id, "day": first, "channel": "qr", "assurance": 1, "n": 5}
    add_to_counters(AnswerCount, [row])
    page = editor.get(console(poll)).text
    assert 'data-chart="line"' in page
    assert page.count(f'<time datetime="{first + timedelta(days=1)}"') == 1


def test_the_preview_shows_a_draft_as_citizens_will_see_it(client, city):
    viewer = sign_in(client, make_staff(city, Role.VIEWER))
    poll = make_poll(city, published=False, title={"en": "Which?", "de": "Welche?"})
    response = viewer.get(console(poll, "/preview?lang=de"))
    assert response.status_code == 200
    assert "Welche?" in response.text
    assert "sandbox allow-same-origin allow-scripts" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert number_of(Poll) == 1


def test_a_viewer_sees_everything_and_may_do_nothing(client, city):
    viewer = sign_in(client, make_staff(city, Role.VIEWER))
    poll = make_poll(city, has_other=True)
    row = write_other(poll, "Benches")
    page = viewer.get(console(poll)).text
    assert "Benches" in page
    assert "<form" not in page.split('id="content"')[1].split("<dialog")[0]
    for noun in ACTS_OF_EDITORS:
        assert viewer.post(console(poll, f"/{noun}")).status_code == 403
    assert viewer.post(console(poll, f"/others/{row.id.hex()}/approval")).status_code == 403


ACTS_OF_EDITORS = ("publication", "closure", "closing-time", "withdrawal", "copy", "deletion", "correction")


@pytest.mark.parametrize("noun", ACTS_OF_EDITORS)
def test_each_act_keeps_strangers_out(app, city, other_city, poll, noun):
    page = console(poll, f"/{noun}")
    assert "/sign-in" in app.test_client().post(page).location
    assert sign_in(app.test_client(), make_staff(other_city)).post(page).status_code == 404
    assert sign_in(app.test_client(), make_staff(None)).post(page).status_code == 404
    assert sign_in(app.test_client(), make_staff(city, Role.MODERATOR)).post(page).status_code == 403
    assert sign_in(app.test_client(), make_staff(city, Role.EDITOR)).post(page).status_code == 400
    assert poll.state == "open"


@pytest.mark.parametrize("noun", ["approval", "rejection"])
def test_editors_do_not_moderate(editor, city, noun):
    poll = make_poll(city, has_other=True)
    row = write_other(poll, "Benches")
    assert act(editor, poll, f"others/{row.id.hex()}/{noun}", reason="x").status_code == 403
    assert row.state == "held"


def test_another_city_s_poll_is_not_found_below_one_s_own_city(editor, other_city):
    poll = make_poll(other_city)
    for noun in ("", "/edit", "/preview", "/closure", "/withdrawal", "/correction", "/results.csv"):
        assert editor.get(f"/riverton/staff/polls/{poll.slug}{noun}").status_code == 404
