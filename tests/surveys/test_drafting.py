"""Changing surveys below the pages: revisions, undo and redo, codes that stay."""

from datetime import timedelta

import pytest

from citizen.core import clock
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import drafting, waves
from surveys.drafting import Edit, Outdated
from surveys.editing import parts
from surveys.editing.history import questionnaire_at, trail_of
from surveys.editing.kinds import new_question
from surveys.models import Survey, SurveyRevision, SurveyWave
from surveys.questionnaire import Kind, Question, Questionnaire
from tests.surveys.editors import ANA, BRUNO, TWO, adds, codes, count, deletes, edit, text_of, writes
from tests.surveys.makers import make_survey, make_wave


@pytest.fixture
def survey(city) -> Survey:
    return make_survey(city, TWO)


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
