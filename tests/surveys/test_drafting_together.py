"""Two people change one survey: below the pages, and at the very same moment."""

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask

from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import drafting
from surveys.drafting import Outdated, Overtaken
from surveys.models import Survey
from tests.surveys.editors import ANA, BRUNO, TWO, adds, asks, codes, deletes, edit, text_of, writes
from tests.surveys.makers import make_survey

A_MOMENT = 0.4


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, TWO)


def test_changes_of_other_questions_go_together_and_say_so(survey):
    edit(survey, writes("a", "Bruno's"), by=BRUNO)
    others = drafting.edit_survey(survey, writes("b", "Ana's"), seen=1, by=ANA)
    assert [(step.by, step.part) for step in others] == [("Bruno", "a")]
    assert (text_of(survey, "a"), text_of(survey, "b")) == ("Bruno's", "Ana's")


def test_the_same_question_is_never_overwritten_unseen(survey):
    edit(survey, writes("a", "Bruno's"), by=BRUNO)
    with pytest.raises(Overtaken) as overtaken:
        drafting.edit_survey(survey, writes("a", "Ana's"), seen=1, by=ANA)
    assert overtaken.value.by == "Bruno"
    assert overtaken.value.now.question("a").text == {"en": "Bruno's"}
    assert text_of(survey, "a") == "Bruno's"


def test_two_who_write_the_same_are_not_in_each_other_s_way(survey):
    edit(survey, writes("a", "Same"), by=BRUNO)
    drafting.edit_survey(survey, writes("a", "Same"), seen=1, by=ANA)
    assert survey.edition == 2


def test_what_another_person_changed_is_not_deleted_unseen(survey):
    edit(survey, writes("a", "Bruno's"), by=BRUNO)
    with pytest.raises(Overtaken):
        drafting.edit_survey(survey, deletes("a"), seen=1, by=ANA)
    assert codes(survey) == "ab"


def test_who_saw_the_middle_of_another_s_writing_is_asked_too(survey):
    """Ana's revision 2 became 3 while she wrote on, so what Bruno saw is not kept."""
    edit(survey, writes("a", "Hal"), writes("a", "Hallo"))
    with pytest.raises(Overtaken):
        drafting.edit_survey(survey, writes("a", "Bruno's"), seen=2, by=BRUNO)
    drafting.edit_survey(survey, writes("b", "Bruno's"), seen=2, by=BRUNO)
    assert text_of(survey, "b") == "Bruno's"


def test_an_edition_that_nobody_saw_overwrites_nothing(survey):
    for seen in (0, 99):
        with pytest.raises(Overtaken):
            drafting.edit_survey(survey, writes("a", "New"), seen=seen, by=ANA)


def test_a_whole_questionnaire_does_not_replace_what_came_meanwhile(survey):
    edit(survey, adds("c"))
    with pytest.raises(Outdated):
        drafting.change_survey(survey, asks(survey), seen=1, by=BRUNO)


def in_another_transaction(app: Flask, act: Callable[[Survey], object], survey: Survey):
    """Do it beside us; the list says how it ended once the thread has."""
    ended: list[object] = []
    survey_id = survey.id

    def work() -> None:
        with app.app_context():
            try:
                ended.append(act(db.session.get_one(Survey, survey_id)))
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                ended.append(type(refusal))

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(A_MOMENT)
    return thread, ended


def test_of_two_at_the_same_moment_the_later_one_is_told(app, survey):
    drafting.edit_survey(survey, writes("a", "Ana's"), seen=1, by=ANA)
    theirs = writes("a", "Bruno's")
    thread, ended = in_another_transaction(app, lambda one: drafting.edit_survey(one, theirs, seen=1, by=BRUNO), survey)
    db.session.commit()
    thread.join()
    assert ended == [Overtaken]
    db.session.refresh(survey)
    assert text_of(survey, "a") == "Ana's"


def test_two_at_the_same_moment_in_different_questions_both_count(app, survey):
    drafting.edit_survey(survey, writes("a", "Ana's"), seen=1, by=ANA)
    theirs = writes("b", "Bruno's")
    thread, ended = in_another_transaction(app, lambda one: drafting.edit_survey(one, theirs, seen=1, by=BRUNO), survey)
    db.session.commit()
    thread.join()
    assert [step.by for step in ended[0]] == ["Ana"]
    db.session.refresh(survey)
    assert (text_of(survey, "a"), text_of(survey, "b")) == ("Ana's", "Bruno's")
    assert survey.edition == 3


def test_two_undos_at_the_same_moment_undo_once(app, survey):
    edit(survey, adds("c"), adds("d"))
    drafting.undo(survey, seen=3, by=ANA)
    thread, ended = in_another_transaction(app, lambda one: drafting.undo(one, seen=3, by=BRUNO), survey)
    db.session.commit()
    thread.join()
    assert ended == [Outdated]
    db.session.refresh(survey)
    assert codes(survey) == "abc"
