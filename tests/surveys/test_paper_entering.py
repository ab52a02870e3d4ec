"""What was typed from a paper sheet becomes values, or a sentence that says what is wrong."""

from datetime import date
from typing import Any

import pytest
from flask_babel import force_locale

from surveys.paper.boxes import PaperForm
from surveys.paper.comparing import Choice, differences, settled
from surveys.paper.entering import Entered, Entry, entered, entry_from
from surveys.paper.retyping import fields_of
from surveys.questionnaire import loaded
from tests.surveys.makers import MODES, choice, every_kind, question, section

DISTRICTS = {"north": {"en": "North"}, "south": {"en": "South"}}


def paper(*questions: dict[str, Any]) -> PaperForm:
    document = {"sections": [section("all", *questions)]} if questions else every_kind()
    return PaperForm(loaded(document), DISTRICTS)


def read(form: PaperForm, sent: dict[str, Any], decimal: str = ".") -> Entered:
    fields = {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
    return entered(form, fields, date(2026, 11, 25), decimal=decimal)


@pytest.mark.parametrize(
    ("sent", "values"),
    [
        ({"mode.typed": "2"}, {"mode": "bike"}),
        ({"mode.typed": " 02 "}, {"mode": "bike"}),
        ({"mode.typed": "٢"}, {"mode": "bike"}),
        ({"mode": "bike"}, {"mode": "bike"}),
        ({"mode.typed": "2", "mode": "bike"}, {"mode": "bike"}),
        ({"mode.typed": "4", "mode.other": "Skates"}, {"mode": "x", "mode.other": "Skates"}),
        ({"mode.other": "Skates"}, {"mode": "x", "mode.other": "Skates"}),
        ({"others.typed": "2, 1"}, {"others": ["bus", "bike"]}),
        ({"others": ["bike", "bus"]}, {"others": ["bus", "bike"]}),
        ({"order.rank.car": "1", "order.rank.bus": "2"}, {"order": ["car", "bus"]}),
        ({"grid.a.typed": "3", "grid.b": "no"}, {"grid": {"a": "yes", "b": "no"}}),
        ({"talk.s1.typed": "3"}, {"talk": {"s1": "disagree"}}),
        ({"rate.typed": "4"}, {"rate": 4}),
        ({"rate.typed": "?"}, {"rate": "dont_know"}),
        ({"nps.typed": "0"}, {"nps": 0}),
        ({"age": "41"}, {"age": 41}),
        ({"since": "1.2.2020"}, {"since": "2020-02-01"}),
        ({"job": " Baker "}, {"job": "Baker"}),
        ({"home.district.typed": "2"}, {"home": {"district": "south"}}),
        ({"home.district": "north"}, {"home": {"district": "north"}}),
        ({"ok.typed": "1"}, {"ok": True}),
        ({"ok": "yes"}, {"ok": True}),
        ({}, {}),
    ],
)
def test_numbers_and_boxes_mean_the_same(sent, values):
    found = read(paper(), sent)
    assert (found.problems, found.entry.values) == ({}, values)


@pytest.mark.parametrize(
    ("sent", "code", "sentence"),
    [
        ({"mode.typed": "7"}, "mode", "There is no box 7 here."),
        ({"mode.typed": "x"}, "mode", "There is no box x here."),
        ({"mode.typed": "1 3"}, "mode", "Only one box can be ticked here."),
        ({"mode.typed": "1", "mode": "car"}, "mode", "differ. Please keep one of them."),
        ({"mode.typed": "1", "others.typed": "1 2 3"}, "others", "You chose 3 answers."),
        ({"grid.a.typed": "1 2"}, "grid", "Only one box can be ticked here."),
        ({"order.rank.car": "1", "order.rank.bus": "1"}, "order", "Two answers have the same place."),
        ({"rate.typed": "9"}, "rate", "There is no box 9 here."),
        ({"nps.typed": "?"}, "nps", "There is no box ? here."),
        ({"age": "340"}, "age", "not larger than 120"),
        ({"since": "31.2.2020"}, "since", "Please write a date"),
        ({"home.district.typed": "3"}, "home", "There is no box 3 here."),
    ],
)
def test_what_cannot_stand_is_explained_and_may_be_unreadable(sent, code, sentence):
    form = paper()
    assert sentence in read(form, sent).problems[code]
    found = read(form, sent | {f"{code}.unreadable": "1"})
    assert code not in found.problems
    assert found.entry.unreadable == {code}
    assert code not in found.entry.values


def test_paper_may_leave_out_required_questions_but_not_consent():
    form = paper(
        question("a", "line", is_required=True),
        question("b", "ranking", options=MODES, is_required=True),
        question("c", "consent", is_required=True),
    )
    assert read(form, {}).problems == {"c": "Please tick this box to go on."}
    assert read(form, {"c.typed": "1"}).problems == {}


def test_something_else_may_be_ticked_without_a_word():
    assert read(paper(), {"mode.typed": "4"}).entry.values == {"mode": "x"}
    assert read(paper(), {"mode.typed": "4"}).problems == {}


def test_whoever_writes_on_the_line_means_it():
    form = paper(question("m", "multiple", options=[*MODES, choice("x", "Else", role="other")]))
    found = read(form, {"m.typed": "1", "m.other": "Skates"})
    assert found.entry.values == {"m": ["bus", "x"], "m.other": "Skates"}


def test_answers_past_which_the_form_leads_are_named():
    assert read(paper(), {"mode.typed": "1", "why": "Rain"}).dropped == ("why",)


def test_files_cannot_be_asked_for_and_skips_still_find_their_way():
    form = paper(
        question("a", "single", options=MODES, skips=[{"when": ["=", ["answer", "a"], "bus"], "to": "f"}]),
        question("b", "line"),
        question("f", "file", is_required=True),
        question("d", "line"),
    )
    assert form.numbers == {"a": 1, "b": 2, "d": 3}
    found = read(form, {"a.typed": "1", "b": "no", "d": "yes"})
    assert (found.problems, found.dropped) == ({}, ("b",))


def test_boxes_stand_as_printed_whatever_is_shuffled():
    options = [choice("none", "None", role="none"), *MODES]
    form = paper(question("m", "multiple", options=options, is_shuffled=True))
    numbers = {box.number: box.code for box in form.boxes(form.questions[0])}
    assert numbers == {"1": "bus", "2": "bike", "3": "car", "4": "none"}


@pytest.mark.parametrize("decimal", [".", ","])
def test_an_entry_is_shown_again_as_it_was_typed(app, decimal):
    sent = {"mode.typed": "4", "mode.other": "Skates", "others.typed": "1 3", "order.rank.car": "1", "why": "Rain"}
    sent |= {"grid.a.typed": "3", "talk.s1.typed": "2", "rate.typed": "?", "nps.typed": "10", "age": "41"}
    sent |= {"since": "01.02.2020", "job": "Baker", "home.district.typed": "2", "ok.typed": "1"}
    form = paper()
    first = read(form, sent, decimal).entry
    with app.test_request_context(), force_locale("de" if decimal == "," else "en"):
        fields = fields_of(form, entry_from(first.kept()))
    assert fields["mode.typed"] == ["4"]
    assert fields["rate.typed"] == ["?"]
    assert read(form, fields, decimal).entry == first


def test_numbers_keep_their_decimals_in_every_language(app):
    form = paper(question("size", "number", decimals=3, has_dont_know=True))
    for language, decimal, shown in (("de", ",", "1234,567"), ("en", ".", "1234.567")):
        with app.test_request_context(), force_locale(language):
            fields = fields_of(form, Entry({"size": 1234.567}))
        assert fields == {"size": [shown]}
        assert read(form, fields, decimal).entry.values == {"size": 1234.567}
    assert read(form, {"size": "؟"}).entry.values == {"size": "dont_know"}


def test_what_was_unreadable_stays_so():
    assert fields_of(paper(), Entry({}, frozenset({"mode"}))) == {"mode.unreadable": ["1"]}


def entry(**values: Any) -> Entry:
    return Entry({name.replace("__", "."): value for name, value in values.items()})


def test_readings_differ_where_people_would_say_so():
    form = paper()
    one = entry(mode="car", why="St.-Anna-Platz!", age=41, others=["bus"])
    assert differences(form, one, entry(mode="car", why="st anna platz", age=41, others=["bus"])) == []
    other = Entry({"mode": "bus", "why": "Rain"}, frozenset({"age"}))
    assert [q.code for q in differences(form, one, other)] == ["mode", "others", "why", "age"]


def test_the_line_beside_something_else_is_compared_too():
    one, other = entry(mode="x", mode__other="Skates"), entry(mode="x", mode__other="Skis")
    assert [q.code for q in differences(paper(), one, other)] == ["mode"]


def test_a_decision_takes_each_question_from_the_reading_that_was_chosen():
    one = entry(mode="x", mode__other="Skates", age=41, rate=4)
    other = entry(mode="bus", age=47, rate=5, nps=3)
    choices = {"mode": Choice.SECOND, "age": Choice.UNREADABLE, "nps": Choice.SECOND}
    found = settled(paper(), one, other, choices)
    assert found == Entry({"mode": "bus", "rate": 4, "nps": 3}, frozenset({"age"}))
