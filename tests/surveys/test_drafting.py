"""Changing surveys below the pages: revisions, undo and redo, two people at once, codes that stay."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core import clock
from citizen.core.audit import Actor, AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import drafting, waves
from surveys.drafting import Edit, Outdated, Overtaken
from surveys.editing import parts
from surveys.editing.history import questionnaire_at, trail_of
from surveys.editing.kinds import new_question
from surveys.models import Survey, SurveyRevision, SurveyWave
from surveys.questionnaire import Kind, Question, Questionnaire, loaded
from tests.surveys.makers import make_survey, make_wave, question, section

ANA, BRUNO = Actor("account", 1, "Ana"), Actor("account", 2, "Bruno")
TWO = {"title": {"en": "Two"}, "sections": [section("s", question("a", "line"), question("b", "line"))]}
A_MOMENT = 0.4


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, TWO)


def asks(survey: Survey) -> Questionnaire:
    return loaded(survey.document)


def codes(survey: Survey) -> str:
    return "".join(question.code for question in asks(survey).questions)


def text_of(survey: Survey, code: str) -> str:
    return asks(survey).question(code).text["en"]


def writes(code: str, text: str) -> Edit:
    """Somebody writes another text for a question."""

    def apply(now: Questionnaire) -> Questionnaire:
        changed = (now.question(code) or Question(code=code, kind=Kind.LINE)).model_copy(update={"text": {"en": text}})
        return parts.replace_question(now, code, changed)

    return Edit("question changed", code, apply, lambda now: now.question(code))


def deletes(code: str) -> Edit:
    return Edit("question deleted", code, lambda now: parts.remove_question(now, code), lambda now: now.question(code))


def adds(code: str) -> Edit:
    return Edit("question added", code, lambda now: parts.add_question(now, new_question(code, Kind.LINE)))


def edit(survey: Survey, *edits: Edit, by: Actor = ANA) -> None:
    """One after the other, each having seen what was there."""
    for one in edits:
        drafting.edit_survey(survey, one, seen=survey.edition, by=by)
    db.session.commit()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_every_act_is_a_revision_and_an_entry_of_the_audit(survey):
    before = count(AuditEntry)
    edit(survey, adds("c"), deletes("a"))
    assert [(step.act, step.part, step.by) for step in trail_of(survey).steps[1:]] == [
        ("question added", "c", "Ana"),
        ("question deleted", "a", "Ana"),
    ]
    assert count(AuditEntry) == before + 2
    assert survey.edition == 3


def test_what_changes_nothing_is_no_revision(survey):
    edit(survey, writes("a", "What about a?"), deletes("gone"))
    assert survey.edition == 2
    assert len(trail_of(survey).steps) == 2


def test_writing_on_in_one_question_is_one_revision_of_one_act(survey):
    before = count(AuditEntry)
    edit(survey, writes("a", "H"), writes("a", "He"), writes("a", "Hello"))
    assert [step.edition for step in trail_of(survey).steps] == [1, 4]
    assert questionnaire_at(survey, 4).question("a").text == {"en": "Hello"}
    assert count(AuditEntry) == before + 1


def test_another_question_another_person_or_a_pause_make_another_revision(survey, monkeypatch):
    edit(survey, writes("a", "1"), writes("b", "1"), writes("b", "2"))
    edit(survey, writes("b", "3"), by=BRUNO)
    later = clock.now() + drafting.ONE_REVISION + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    edit(survey, writes("b", "4"), by=BRUNO)
    assert [(step.edition, step.part, step.by) for step in trail_of(survey).steps[1:]] == [
        (2, "a", "Ana"),
        (4, "b", "Ana"),
        (5, "b", "Bruno"),
        (6, "b", "Bruno"),
    ]


def test_undo_and_redo_walk_through_the_changes(survey):
    edit(survey, adds("c"), adds("d"), deletes("a"))
    for expected in ("abcd", "abc", "ab"):
        drafting.undo(survey, seen=survey.edition, by=ANA)
        assert codes(survey) == expected
    with pytest.raises(Refused, match="nothing to undo"):
        drafting.undo(survey, seen=survey.edition, by=ANA)
    for expected in ("abc", "abcd", "bcd"):
        drafting.redo(survey, seen=survey.edition, by=ANA)
        assert codes(survey) == expected
    with pytest.raises(Refused, match="nothing to do again"):
        drafting.redo(survey, seen=survey.edition, by=ANA)


def test_a_change_after_an_undo_is_the_only_way_on(survey):
    edit(survey, adds("c"))
    drafting.undo(survey, seen=survey.edition, by=ANA)
    edit(survey, adds("d"))
    assert trail_of(survey).redoable is None
    assert drafting.undo(survey, seen=survey.edition, by=ANA).part == "d"
    assert codes(survey) == "ab"
    assert drafting.redo(survey, seen=survey.edition, by=ANA).part == "d"
    assert codes(survey) == "abd"


def test_undo_says_what_and_takes_back_all_that_was_written_on(survey):
    edit(survey, adds("c"), writes("a", "H"), writes("a", "Hello"))
    step = drafting.undo(survey, seen=survey.edition, by=ANA)
    assert (step.act, step.part) == ("question changed", "a")
    assert text_of(survey, "a") == "What about a?"
    assert codes(survey) == "abc"


def test_nothing_is_undone_that_the_person_has_not_seen(survey):
    edit(survey, adds("c"))
    edit(survey, adds("d"), by=BRUNO)
    with pytest.raises(Outdated, match="Bruno"):
        drafting.undo(survey, seen=2, by=ANA)
    assert codes(survey) == "abcd"


def test_going_back_is_a_change_that_can_be_undone(survey):
    edit(survey, adds("c"), deletes("a"))
    drafting.go_back(survey, 1, seen=survey.edition, by=ANA)
    assert codes(survey) == "ab"
    drafting.undo(survey, seen=survey.edition, by=ANA)
    assert codes(survey) == "bc"


def test_there_is_no_going_back_to_what_never_was(survey):
    with pytest.raises(Refused):
        drafting.go_back(survey, 7, seen=1, by=ANA)


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


def as_a_number(now: Questionnaire) -> Questionnaire:
    return parts.replace_question(now, "a", Question(code="a", kind=Kind.NUMBER, text={"en": "How many?"}))


def test_a_published_code_is_not_used_for_another_kind_of_question(city, survey):
    make_wave(city, survey=survey)
    with pytest.raises(Refused, match="Short text"):
        edit(survey, Edit("kind changed", "a", as_a_number))
    edit(survey, deletes("a"))
    with pytest.raises(Refused):
        edit(survey, Edit("question added", "a", lambda now: parts.add_question(now, new_question("a", Kind.NUMBER))))
    edit(survey, adds("a"))
    assert codes(survey) == "ba"


def test_undo_does_not_bring_back_another_kind_under_a_published_code(city, survey):
    edit(survey, Edit("kind changed", "a", as_a_number))
    make_wave(city, survey=survey)
    with pytest.raises(Refused, match="Number"):
        drafting.undo(survey, seen=survey.edition, by=ANA)


def test_a_copy_has_the_same_questions_and_no_waves(city, survey):
    make_wave(city, survey=survey)
    twin = drafting.copy_survey(survey, by=ANA)
    assert twin.title == {"en": "Two (copy)"}
    assert codes(twin) == "ab"
    assert twin.waves == []


def test_a_survey_that_nobody_was_asked_goes_with_all_that_belongs_to_it(city, survey):
    make_wave(city, survey=survey, published=False)
    edit(survey, adds("c"))
    drafting.delete_survey(survey, by=ANA)
    db.session.commit()
    assert [count(model) for model in (Survey, SurveyRevision, SurveyWave)] == [0, 0, 0]


def test_a_survey_that_was_published_stays(city, survey):
    wave = make_wave(city, survey=survey)
    assert waves.versions_of(survey)
    with pytest.raises(Refused):
        drafting.delete_survey(survey, by=ANA)
    assert wave.survey is survey
