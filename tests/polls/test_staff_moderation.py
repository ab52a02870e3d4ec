"""Staff decide on what people wrote under "something else"."""

import pytest

from tests.makers import csrf_token, make_poll
from tests.polls.staffing import act, console, last_act, write_other


def test_a_text_is_shown_after_a_moderator_approved_it(bruno, client, city):
    poll = make_poll(city, has_other=True)
    row = write_other(poll, "A map of shady ways")
    assert "A map of shady ways" in bruno.get(console(poll)).text
    assert "A map of shady ways" not in client.get(f"/riverton/polls/{poll.slug}/results").text
    assert act(bruno, poll, f"others/{row.id.hex()}/approval").status_code == 303
    assert "A map of shady ways" in client.get(f"/riverton/polls/{poll.slug}/results").text


def test_rejecting_needs_a_reason(bruno, city):
    poll = make_poll(city, has_other=True)
    row = write_other(poll, "My neighbour Karl")
    noun = f"others/{row.id.hex()}/rejection"
    assert act(bruno, poll, noun).status_code == 422
    assert row.state == "held"
    assert act(bruno, poll, noun, reason="Names a person").status_code == 303
    assert (row.state, row.reason) == ("rejected", "Names a person")
    assert "My neighbour Karl" not in str(last_act().detail)


def test_the_second_of_two_moderators_reads_that_it_was_decided(bruno, city):
    poll = make_poll(city, has_other=True)
    noun = f"others/{write_other(poll, 'Benches').id.hex()}/approval"
    act(bruno, poll, noun)
    response = act(bruno, poll, noun)
    assert response.status_code == 409
    assert "Somebody has decided on this text already." in response.text


def test_a_decision_can_be_changed(bruno, city):
    poll = make_poll(city, has_other=True)
    row = write_other(poll, "Benches")
    act(bruno, poll, f"others/{row.id.hex()}/approval")
    act(bruno, poll, f"others/{row.id.hex()}/rejection", reason="Off the question")
    assert row.state == "rejected"


def test_htmx_gets_the_row_alone(bruno, city):
    poll = make_poll(city, has_other=True)
    row = write_other(poll, "Benches")
    page = console(poll, f"/others/{row.id.hex()}/approval")
    token, asked_by_htmx = {"csrf_token": csrf_token(bruno, console(poll))}, {"HX-Request": "true"}
    response = bruno.post(page, data=token, headers=asked_by_htmx)
    assert response.status_code == 200
    assert response.text.lstrip().startswith(f'<li class="text" id="text-{row.id.hex()}">')
    response = bruno.post(page, data=token, headers=asked_by_htmx)
    assert response.status_code == 409
    assert response.text.lstrip().startswith('<li class="text">')


@pytest.mark.parametrize("text", ["zz", "00", "ab" * 16])
def test_a_text_that_is_not_there(bruno, city, text):
    poll = make_poll(city, has_other=True)
    write_other(poll, "Benches")
    assert act(bruno, poll, f"others/{text}/approval").status_code in {404, 409}


def test_a_text_of_another_poll_is_not_decided_on_here(bruno, city):
    poll, other = make_poll(city, has_other=True), make_poll(city, has_other=True)
    row = write_other(other, "Benches")
    write_other(poll, "Shade", by="bea")
    assert act(bruno, poll, f"others/{row.id.hex()}/approval").status_code == 409
    assert row.state == "held"
