"""An author can be kept from writing for some time, with a reason, an end and an appeal."""

from datetime import timedelta

import pytest

from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.moderation import appealing, blocking, deciding
from citizen.moderation.authors import handle_of
from citizen.moderation.deciding import Grounds
from citizen.moderation.models import Outcome
from tests.makers import post_form
from tests.moderation.makers import actor, make_item, statement_of


def block(city, item, days=7, **values):
    grounds = Grounds("insult", "", clock.now() + timedelta(days=days))
    decision = deciding.block(city, item, grounds, **({"by": actor()} | values))
    db.session.commit()
    return decision


def is_blocked(city, author="ana"):
    try:
        blocking.ensure_not_blocked(city, author)
    except Refused:
        return True
    return False


def test_a_block_holds_for_the_author_in_the_city_until_its_end(app, board, city, other_city):
    decision = block(city, make_item(board, city))
    with app.test_request_context("/riverton/"):
        assert is_blocked(city)
        assert not is_blocked(city, "bea")
        assert not is_blocked(other_city)
        decision.until = clock.now()
        assert not is_blocked(city)


def test_the_sentence_leads_to_the_reason_and_the_appeal(app, board, city):
    block(city, make_item(board, city))
    with app.test_request_context("/riverton/"), pytest.raises(Refused) as refusal:
        blocking.ensure_not_blocked(city, "ana")
    assert refusal.value.status == 403
    assert "Your text insults" in refusal.value.sentence
    assert "/riverton/moderation/decisions/" in refusal.value.sentence


def test_an_appeal_lifts_it(app, board, city):
    statement = statement_of(block(city, make_item(board, city)))
    row = appealing.appeal(statement, "Why?")
    appealing.decide_appeal(row, Outcome.GRANTED, "You are right.", by=actor(8, "Dora"))
    assert not is_blocked(city)


def test_it_can_be_undone(board, city):
    decision = block(city, make_item(board, city))
    deciding.undo(decision, by=actor())
    assert not is_blocked(city)


def test_the_text_itself_stays_as_it_is(board, city):
    item = make_item(board, city, is_shown=True)
    block(city, item)
    assert (item.state, board.notes[item.subject].state) == ("waiting", "shown")


@pytest.mark.parametrize("values", [{"author": None}, {"days": None}])
def test_a_block_needs_an_author_and_an_end(board, city, values):
    item = make_item(board, city, author=values.get("author", "ana"))
    until = None if "days" in values else clock.now() + timedelta(days=7)
    with pytest.raises(Refused):
        deciding.block(city, item, Grounds("insult", until=until), by=actor())


def test_the_pages(bruno, board, city):
    item = make_item(board, city)
    page = f"/riverton/staff/inbox/{item.id}/block"
    assert post_form(bruno, page, {"reason": "", "days": "7"}).status_code == 422
    assert post_form(bruno, page, {"reason": "hate", "days": "30"}).status_code == 303
    listed = bruno.get("/riverton/staff/blocks").text
    assert "Hate against a group" in listed
    statement = blocking.block_of(city, "ana")
    end = f"/riverton/staff/blocks/{statement.id}/end"
    assert post_form(bruno, end, page="/riverton/staff/blocks").status_code == 303
    assert "Nobody is blocked" in bruno.get("/riverton/staff/blocks").text


def test_a_handle_is_the_same_for_one_person_in_one_city(city, other_city):
    assert handle_of(city, "device:a") == handle_of(city, "device:a")
    assert len({handle_of(city, "device:a"), handle_of(city, "device:b"), handle_of(other_city, "device:a")}) == 3
