"""Decisions: carried out at once, told once, decided once, taken back for a moment."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from citizen.core import clock
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.mail import OutgoingMail
from citizen.moderation import deciding, incoming, jobs
from citizen.moderation.deciding import Changed, Grounds, Recounted
from citizen.moderation.inbox import Filter
from citizen.moderation.models import ModerationItem, Statement, Verdict
from tests.moderation.makers import INSULT, actor, change, decide, make_item, statement_of


def mails():
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def test_approving_shows_the_text(board, city):
    item = make_item(board, city)
    decision = decide(city, item, Verdict.APPROVE)
    assert board.notes[item.subject].state == "shown"
    assert (item.state, item.is_shown, decision.is_done) == ("decided", True, True)


def test_rejecting_hides_it_with_the_reason_in_every_language(board, city):
    item = make_item(board, city, is_shown=True)
    decide(city, item)
    assert board.notes[item.subject].state == "hidden"
    assert board.reason["de"].startswith("Ihr Text beleidigt")


def test_the_statement_says_how_it_stood_at_the_decision(board, city):
    item = make_item(board, city, "Mail me: a@b.example", is_shown=True)
    statement = statement_of(decide(city, item))
    assert (statement.was_shown, statement.had_machine, statement.reports) == (True, True, 0)
    assert statement.is_in_force


@pytest.mark.parametrize(
    "grounds",
    [
        Grounds(),
        Grounds("nothing"),
        Grounds("illegal"),
        Grounds("insult", "x" * 1001),
        Grounds("insult", until=clock.now() - timedelta(days=1)),
    ],
    ids=str,
)
def test_a_rejection_needs_sound_grounds(board, city, grounds):
    item = make_item(board, city)
    with pytest.raises(Refused):
        decide(city, item, Verdict.REJECT, grounds)


def test_the_author_is_told_once_the_moment_for_undoing_is_over(board, city):
    item = make_item(board, city, email="ana@example.org", language="de")
    decision = decide(city, item)
    [mail] = mails()
    assert mail.due_at == decision.undo_until == decision.at + timedelta(seconds=30)
    assert mail.to == "ana@example.org"
    assert "Ihr Text beleidigt" in mail.body
    assert "/riverton/moderation/decisions/" in mail.body


def test_nobody_is_told_that_a_text_is_fine(board, city):
    decide(city, make_item(board, city, email="ana@example.org"), Verdict.APPROVE)
    assert mails() == []


def test_undoing_takes_everything_back(board, city):
    item = make_item(board, city, email="ana@example.org", is_shown=True, votes=3)
    decision = decide(city, item)
    assert board.notes[item.subject].votes == 0
    deciding.undo(decision, by=actor())
    db.session.commit()
    assert (item.state, item.is_shown, mails()) == ("waiting", True, [])
    assert (board.notes[item.subject].state, board.notes[item.subject].votes) == ("shown", 3)


def test_undoing_holds_again_what_was_held(board, city):
    item = make_item(board, city)
    decision = decide(city, item, Verdict.APPROVE)
    deciding.undo(decision, by=actor())
    assert board.notes[item.subject].state == "held"


def test_a_decision_can_be_undone_once_in_time_by_whoever_made_it(board, city):
    decision = decide(city, make_item(board, city))
    with pytest.raises(Refused):
        deciding.undo(decision, by=actor(8, "Dora"))
    db.session.rollback()
    decision.undo_until = clock.now()
    db.session.commit()
    with pytest.raises(Refused):
        deciding.undo(decision, by=actor())
    db.session.rollback()
    decision.undo_until = clock.now() + timedelta(seconds=9)
    deciding.undo(decision, by=actor())
    with pytest.raises(Refused):
        deciding.undo(decision, by=actor())


def test_the_second_moderator_reads_that_it_was_decided(board, city):
    item = make_item(board, city)
    decide(city, item, Verdict.APPROVE)
    with pytest.raises(Refused, match="already"):
        decide(city, item)


def test_a_text_that_changed_meanwhile_is_not_decided_on(board, city):
    item = make_item(board, city, "The bridge is old.")
    seen = item.digest
    change(board, city, item, "The bridge is stolen.")
    with pytest.raises(Changed) as refusal:
        decide(city, item, seen=seen)
    db.session.rollback()
    kinds = {part.kind: part.text for part in refusal.value.differences if part.kind != "same"}
    assert kinds == {"old": "old", "new": "stolen"}
    assert item.state == "waiting"


def test_what_is_gone_is_not_decided_on(board, city):
    item = make_item(board, city)
    seen = item.digest
    incoming.gone(city, "note", item.subject)
    db.session.commit()
    with pytest.raises(Refused, match="taken this text back"):
        decide(city, item, seen=seen)


def test_many_are_decided_on_by_filter_and_undone_together(board, city):
    spam = [make_item(board, city, f"Buy {n}: http://a.b http://c.d http://e.f", author=f"s{n}") for n in range(5)]
    other = make_item(board, city, "A fine idea")
    wanted = Filter(rule="links")
    grounds = Grounds("advertising")
    decision = deciding.decide_many(city, wanted, None, Verdict.REJECT, grounds, number=5, by=actor())
    db.session.commit()
    db.session.expire_all()
    assert {item.state for item in spam} == {"decided"}
    assert other.state == "waiting"
    assert db.session.scalar(select(func.count()).select_from(Statement)) == 5
    deciding.undo(decision, by=actor())
    db.session.commit()
    db.session.expire_all()
    assert {item.state for item in spam} == {"waiting"}
    assert {board.notes[item.subject].state for item in spam} == {"held"}


def test_many_are_only_decided_on_where_their_number_is_the_one_that_was_shown(board, city):
    item = make_item(board, city)
    make_item(board, city, "Another")
    with pytest.raises(Recounted) as refusal:
        deciding.decide_many(city, Filter(), None, Verdict.APPROVE, Grounds(), number=1, by=actor())
    db.session.rollback()
    assert refusal.value.number == 2
    assert item.state == "waiting"


def test_ticked_ones_of_another_city_are_not_touched(board, city, other_city):
    foreign = make_item(board, other_city)
    with pytest.raises(Recounted):
        deciding.decide_many(city, Filter(), [foreign.id], Verdict.APPROVE, Grounds(), number=1, by=actor())


def test_the_worker_carries_out_what_is_too_much_for_a_request(board, city, monkeypatch):
    monkeypatch.setattr("citizen.moderation.deciding.BATCH", 2)
    monkeypatch.setattr("citizen.moderation.carrying_out.BATCH", 2)
    items = [make_item(board, city, f"Text {n}", author=f"a{n}") for n in range(5)]
    decision = deciding.decide_many(city, Filter(), None, Verdict.REJECT, INSULT, number=5, by=actor())
    db.session.commit()
    assert (decision.is_done, board.acts) == (False, [])
    jobs.carry_out_decisions()
    db.session.expire_all()
    assert decision.is_done
    assert {board.notes[item.subject].state for item in items} == {"hidden"}
    deciding.undo(decision, by=actor())
    db.session.commit()
    jobs.carry_out_decisions()
    db.session.expire_all()
    assert {board.notes[item.subject].state for item in items} == {"held"}
    assert {item.is_shown for item in items} == {False}


def test_a_restriction_with_an_end_runs_out(board, city):
    item = make_item(board, city, is_shown=True, votes=2)
    decision = decide(city, item, Verdict.REJECT, Grounds("insult", until=clock.now() + timedelta(days=1)))
    jobs.end_restrictions()
    assert board.notes[item.subject].state == "hidden"
    decision.until = clock.now()
    db.session.commit()
    jobs.end_restrictions()
    db.session.expire_all()
    assert (board.notes[item.subject].state, board.notes[item.subject].votes) == ("shown", 2)
    assert not statement_of(decision).is_in_force


def test_every_act_stands_in_the_audit(board, city):
    item = make_item(board, city, "A secret text")
    decision = decide(city, item)
    deciding.undo(decision, by=actor())
    db.session.commit()
    entries = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert [(entry.verb, entry.actor_name) for entry in entries] == [
        ("reject: texts", "Bruno"),
        ("undid a decision", "Bruno"),
    ]
    assert "A secret text" not in str([entry.detail for entry in entries])
    assert db.session.scalar(select(func.count()).select_from(ModerationItem)) == 1
