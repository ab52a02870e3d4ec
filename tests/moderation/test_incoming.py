"""Texts come before the moderators once, with what rules found; a changed one waits again."""

from sqlalchemy import func, select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.moderation import incoming, settings
from citizen.moderation.models import ModerationEdition, ModerationHit, ModerationItem, Verdict
from citizen.moderation.signs import Hit
from tests.moderation.makers import change, decide, make_item, make_submission


def hits_of(item):
    rows = db.session.scalars(select(ModerationHit).filter_by(item_id=item.id))
    return {hit.rule: hit.found for hit in rows}


def test_a_text_waits_once(board, city):
    item = make_item(board, city)
    incoming.waits(city, "note", item.subject, board.notes[item.subject].submission)
    assert db.session.scalar(select(func.count()).select_from(ModerationItem)) == 1
    assert (item.state, item.cause, item.is_shown) == ("waiting", "before", False)


def test_the_cause_says_whether_it_is_shown_already_or_a_rule_points_to_it(board, city):
    assert make_item(board, city, is_shown=True).cause == "after"
    assert make_item(board, city, "Mail me: a@b.example").cause == "flagged"


def test_nearly_every_text_comes_from_somebody_new_and_that_weighs_nothing(board, city):
    first = make_item(board, city, "One")
    assert hits_of(first) == {"new_author": ""}
    assert first.cause == "before"
    assert hits_of(make_item(board, city, "Two")) == {}


def test_the_same_text_twice_and_many_at_once_are_pointed_out(board, city):
    for number in range(4):
        make_item(board, city, f"Text {number}")
    last = make_item(board, city, "Text 0", author="ana")
    assert hits_of(last) == {"burst": "5", "repeated": "1"}


def test_a_city_has_words_of_its_own(board, city, other_city):
    settings.change_words(city, "de", ["Saukerl", " saukerl", ""], by=COMMAND_LINE)
    assert settings.words_of(city) == ("saukerl",)
    assert "words" in hits_of(make_item(board, city, "So ein Saukerl"))
    assert "words" not in hits_of(make_item(board, other_city, "So ein Saukerl"))


def test_a_rule_of_the_feature_explains_itself(board, city):
    submission = make_submission("ssrf test")
    item = incoming.waits(city, "note", "x", submission, hits=[Hit("probe")])
    assert "probe" in hits_of(item)


def test_a_changed_text_waits_again_and_keeps_how_it_read(board, city):
    item = make_item(board, city, "One")
    decide(city, item, Verdict.APPROVE)
    change(board, city, item, "Two")
    assert (item.state, item.text, item.decision_id) == ("waiting", "Two", None)
    assert db.session.scalars(select(ModerationEdition.text)).all() == ["One"]


def test_a_flag_that_comes_later_makes_it_wait_again(board, city):
    item = make_item(board, city)
    decide(city, item, Verdict.APPROVE)
    incoming.flag(item, Hit("probe"))
    db.session.commit()
    assert item.state == "waiting"
    assert "probe" in hits_of(item)


def test_what_its_author_took_back_is_forgotten(board, city):
    item = make_item(board, city, "Mail me: a@b.example")
    change(board, city, item, "Something else")
    incoming.gone(city, "note", item.subject)
    db.session.commit()
    assert (item.state, item.text) == ("gone", "")
    assert hits_of(item) == {}
    assert db.session.scalars(select(ModerationEdition)).all() == []
