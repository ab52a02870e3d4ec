"""The inbox as moderators use it: filtered, quick, and fair to two of them at once."""

import pytest
from bs4 import BeautifulSoup

from citizen.accounts.models import Membership, Role
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.moderation import settings
from citizen.moderation.models import ModerationItem, Verdict
from tests.makers import csrf_token, post_form
from tests.moderation.makers import change, decide, make_item

INBOX = "/riverton/staff/inbox"


def press(who, item, noun, **data):
    """Press the button for it in the inbox."""
    data = {"seen": item.digest.hex()} | data
    return post_form(who, f"{INBOX}/{item.id}/{noun}", data, page=f"{INBOX}?state=waiting")


def texts_in(reply):
    return [tag.text for tag in BeautifulSoup(reply.text, "html.parser").select("p.quote")]


def test_an_empty_inbox_says_what_it_is_for(bruno, city):
    assert "No text has come in yet" in bruno.get(INBOX).text


def test_a_text_stands_there_with_all_about_it(bruno, board, city):
    earlier = make_item(board, city, "Fool")
    decide(city, earlier)
    make_item(board, city, "Mail me: a@b.example", title="A bench", assurance=2, is_shown=True)
    page = bruno.get(INBOX).text
    for part in (
        "Note",
        "A2",
        "A bench",
        "Where do you miss a bench?",
        "an email address",
        "Not shown: 1",
        "waits for",
    ):
        assert part in page, part


def test_the_oldest_stands_first_and_pages_follow_each_other(bruno, board, city, monkeypatch):
    monkeypatch.setattr("citizen.moderation.inbox.inbox_page.__defaults__", ("", 2))
    for number in range(5):
        make_item(board, city, f"Text {number}")
    found, address = [], INBOX
    while address:
        reply = bruno.get(address)
        found += texts_in(reply)
        link = BeautifulSoup(reply.text, "html.parser").select_one("a[data-next]")
        address = link["href"] if link else None
    assert found == [f"Text {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=benches", ["More benches"]),
        ("q=BENCHES", ["More benches"]),
        ("cause=flagged", ["http://a.b http://c.d http://e.f"]),
        ("cause=after", ["Shown already"]),
        ("rule=links", ["http://a.b http://c.d http://e.f"]),
        ("language=de", ["Mehr Bänke"]),
        ("author=bea", ["More benches"]),
        ("source=nothing", []),
        ("consultation=99", []),
        ("consultation=x&assigned=y&state=z&after=q", None),
    ],
)
def test_filters(bruno, board, city, asked, found):
    make_item(board, city, "More benches", author="bea")
    make_item(board, city, "http://a.b http://c.d http://e.f")
    make_item(board, city, "Mehr Bänke", language="de")
    make_item(board, city, "Shown already", is_shown=True)
    reply = bruno.get(f"{INBOX}?{asked}")
    assert reply.status_code == 200
    assert len(texts_in(reply)) == 4 if found is None else texts_in(reply) == found


def test_the_filter_comes_back_with_the_next_visit(bruno, board, city):
    make_item(board, city, "More benches")
    bruno.get(f"{INBOX}?cause=before&q=benches")
    assert bruno.get(INBOX).location == f"{INBOX}?cause=before&q=benches"
    bruno.get(f"{INBOX}?state=waiting")
    assert bruno.get(INBOX).status_code == 200


def test_showing_and_undoing(bruno, board, city):
    item = make_item(board, city)
    reply = press(bruno, item, "approval")
    assert (reply.status_code, board.notes[item.subject].state) == (303, "shown")
    page = bruno.get(reply.location)
    form = BeautifulSoup(page.text, "html.parser").select_one("form.undo")
    assert post_form(bruno, form["action"], page=reply.location).status_code == 303
    db.session.refresh(item)
    assert (item.state, board.notes[item.subject].state) == ("waiting", "held")


def test_htmx_gets_the_row_with_its_undo(bruno, board, city):
    item = make_item(board, city)
    data = {"csrf_token": csrf_token(bruno, INBOX), "seen": item.digest.hex(), "reason": "insult"}
    reply = bruno.post(f"{INBOX}/{item.id}/rejection", data=data, headers={"HX-Request": "true"})
    assert reply.status_code == 200
    assert reply.text.lstrip().startswith(f'<li class="inbox-item" id="item-{item.id}"')
    assert 'data-act="undo"' in reply.text


def test_rejecting_needs_a_reason(bruno, board, city):
    item = make_item(board, city)
    reply = press(bruno, item, "rejection")
    assert reply.status_code == 422
    assert "Please choose a reason." in reply.text
    assert press(bruno, item, "rejection", reason="insult", facts="A name", days="7").status_code == 303
    db.session.refresh(item)
    assert board.notes[item.subject].state == "hidden"


def test_the_second_of_two_moderators_reads_that_it_was_decided(bruno, dora, board, city):
    item = make_item(board, city)
    other = make_item(board, city, "Another")
    press(bruno, item, "approval")
    token = csrf_token(dora, INBOX)
    reply = dora.post(
        f"{INBOX}/{item.id}/rejection", data={"csrf_token": token, "seen": item.digest.hex(), "reason": "hate"}
    )
    assert reply.status_code == 409
    assert "Somebody has decided on this text already." in reply.text
    assert other.is_waiting


def test_a_text_that_changed_meanwhile_comes_back_with_the_difference(bruno, board, city):
    item = make_item(board, city, "The bridge is old.")
    seen = item.digest.hex()
    change(board, city, item, "The bridge is stolen.")
    reply = press(bruno, item, "approval", seen=seen)
    assert reply.status_code == 409
    assert "<del>old</del>" in reply.text
    assert "<ins>stolen</ins>" in reply.text
    assert board.notes[item.subject].state == "held"
    assert press(bruno, item, "approval").status_code == 303


def test_viewers_look_and_do_not_decide(viewer, board, city):
    item = make_item(board, city)
    page = viewer.get(INBOX).text
    assert "More benches, please." in page
    assert "/approval" not in page
    assert viewer.post(f"{INBOX}/{item.id}/approval").status_code == 403


def test_a_moderator_who_is_demoted_is_out_at_the_next_click(bruno, moderator, board, city):
    item = make_item(board, city)
    token = csrf_token(bruno, INBOX)
    membership = db.session.get(Membership, (city.id, moderator.id))
    membership.role = Role.VIEWER
    db.session.commit()
    data = {"csrf_token": token, "seen": item.digest.hex()}
    assert bruno.post(f"{INBOX}/{item.id}/approval", data=data).status_code == 403
    assert board.notes[item.subject].state == "held"


def test_a_text_can_be_given_to_somebody(bruno, moderator, board, city):
    item = make_item(board, city)
    assert press(bruno, item, "assignment", to=moderator.id).status_code == 303
    assert texts_in(bruno.get(f"{INBOX}?assigned={moderator.id}")) == ["More benches, please."]
    assert texts_in(bruno.get(f"{INBOX}?assigned=nobody")) == []
    assert press(bruno, item, "assignment", to=999).status_code == 422
    assert press(bruno, item, "assignment", to=0).status_code == 303
    db.session.refresh(item)
    assert item.assigned_to_id is None


def test_a_rejected_text_can_be_brought_back(bruno, board, city):
    item = make_item(board, city, is_shown=True, votes=2)
    other = make_item(board, city, "Another")
    decide(city, item)
    assert press(bruno, item, "restoration").status_code == 303
    assert (board.notes[item.subject].state, board.notes[item.subject].votes) == ("shown", 2)
    assert press(bruno, other, "restoration").status_code == 404


def test_many_are_cleared_by_rule_in_a_few_clicks(bruno, board, city):
    for number in range(3):
        make_item(board, city, f"Buy {number} http://a.b http://c.d http://e.f", author=f"s{number}")
    make_item(board, city, "A fine idea")
    page = f"{INBOX}/decision?rule=links&only=all&verdict=reject"
    preview = bruno.get(page)
    assert "Do not show 3 texts?" in preview.text
    form = BeautifulSoup(preview.text, "html.parser").select_one("main form")
    data = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert bruno.post(f"{INBOX}/decision", data=data).status_code == 422
    reply = bruno.post(f"{INBOX}/decision", data=data | {"reason": "advertising"})
    assert reply.status_code == 303
    page = bruno.get(reply.location)
    assert texts_in(page) == ["A fine idea"]
    undo = BeautifulSoup(page.text, "html.parser").select_one("form.undo")["action"]
    assert post_form(bruno, undo, page=reply.location).status_code == 303
    assert len(texts_in(bruno.get(f"{INBOX}?state=waiting"))) == 4


def test_a_preview_that_is_out_of_date_asks_again(bruno, board, city):
    item = make_item(board, city)
    token = csrf_token(bruno, INBOX)
    data = {"csrf_token": token, "verdict": "approve", "only": "all", "number": "5"}
    reply = bruno.post(f"{INBOX}/decision", data=data)
    assert reply.status_code == 409
    assert "Show 1 text?" in reply.text
    assert item.is_waiting


def test_ticked_ones_are_previewed_alone(bruno, board, city):
    item = make_item(board, city, "One")
    make_item(board, city, "Two")
    preview = bruno.get(f"{INBOX}/decision?only=ticked&item={item.id}&item=x&verdict=approve").text
    assert "Show 1 text?" in preview
    assert "You have ticked no text" in bruno.get(f"{INBOX}/decision?only=ticked&verdict=approve").text


def test_another_citys_texts_are_not_here(bruno, board, city, other_city):
    item = make_item(board, other_city)
    make_item(board, city, "Ours")
    assert bruno.get(f"{INBOX}/{item.id}").status_code == 404
    assert press(bruno, item, "approval").status_code == 404
    assert texts_in(bruno.get(INBOX)) == ["Ours"]


def test_the_console_says_how_long_the_oldest_waits(bruno, board, city, poll):
    make_item(board, city)
    page = bruno.get("/riverton/staff/").text
    assert "1 text waits for a decision" in page
    assert "the oldest for" in page


def test_decided_ones_can_be_looked_up(bruno, board, city):
    item = make_item(board, city)
    decide(city, item, Verdict.REJECT)
    page = bruno.get(f"{INBOX}?state=decided").text
    assert "Insult or attack" in page
    assert "Bring it back" in page
    assert db.session.get(ModerationItem, item.id).state == "decided"


def test_a_city_writes_reasons_and_words_of_its_own(admin, bruno, board, city):
    page = "/riverton/staff/moderation/reasons/new"
    texts = {"name_en": "Dogs", "sentence_en": "It is about dogs.", "basis_en": "House rules: no dogs."}
    assert post_form(admin, page, {"name_en": "Dogs"}).status_code == 422
    assert post_form(admin, page, texts | {"is_offered": "y"}).status_code == 303
    make_item(board, city)
    assert "Dogs" in bruno.get(INBOX).text
    words = "/riverton/staff/moderation/words?language=de"
    assert post_form(bruno, words, {"words": "zwei Wörter"}).status_code == 422
    assert post_form(bruno, words, {"words": "Saukerl\nidiot*"}).status_code == 303
    assert settings.words_in(city, "de") == ["idiot*", "saukerl"]
    assert bruno.get("/riverton/staff/moderation/words?language=fr").status_code == 404
    assert admin.get("/riverton/staff/moderation/reasons/nothing").status_code == 404


def test_rules_can_be_switched_off(admin, board, city):
    page = "/riverton/staff/moderation"
    assert post_form(admin, page, {"on": ["links"], "most_links": "99"}).status_code == 422
    values = {"on": ["links"], "most_links": "0", "burst": "9", "appeal_days": "7"}
    assert post_form(admin, page, values).status_code == 303
    rules = settings.rules_of(city)
    assert (rules.most_links, rules.burst, rules.appeal_days, rules.sends_digest) == (0, 9, 7, False)
    assert "links" not in rules.off
    assert "capitals" in rules.off
    settings.change_rules(city, {"burst": 9}, by=COMMAND_LINE)
