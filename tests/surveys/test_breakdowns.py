"""Answers split by what people said elsewhere: counted at once where there are few, else by the worker."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import ResultsRule
from surveys import breakdowns, drafting, jobs, statistics, waves
from surveys.breakdowns import EVERYBODY, NOBODY, Split, Task, may_split
from surveys.models import SurveyBreakdown, SurveySheet, SurveyText, SurveyWave
from surveys.questionnaire import loaded
from surveys.seeding import fill_wave
from surveys.tallies import Counted
from tests.surveys.makers import MODES, choice, every_kind, fill, make_wave, question, section
from tests.surveys.test_results import address

pytestmark = pytest.mark.usefixtures("few_are_many")


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than five sheets are left to the worker."""
    monkeypatch.setattr(breakdowns, "SMALL", 5)


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, results=ResultsRule.ALWAYS)


def answer(wave: SurveyWave, people: int, start: int = 0) -> None:
    for number in range(start, start + people):
        fill(wave, f"p{number}", mode=("bus", "bike", "car")[number % 3], nps=number % 11)


def count(wave: SurveyWave, split: Split) -> breakdowns.Breakdown:
    return breakdowns.count(Task.of(wave, [split]))[split]


def sizes(found: breakdowns.Breakdown) -> dict[str, int]:
    return {name: group.n for name, group in found.groups.items()}


def kept_rows() -> list[tuple[str, int, bool]]:
    rows = db.session.execute(select(SurveyBreakdown.split, SurveyBreakdown.n, SurveyBreakdown.is_wanted))
    return sorted(tuple(row) for row in rows)


def test_everybody_is_in_one_group(wave: SurveyWave) -> None:
    answer(wave, 4)
    assert sizes(count(wave, Split("mode"))) == {EVERYBODY: 4, "bus": 2, "bike": 1, "car": 1}


def test_whoever_chose_several_is_in_several_groups(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="bus", others=["bus", "car"])
    fill(wave, "ben", mode="bus", others=["bus"])
    fill(wave, "cem", mode="bus")
    assert sizes(count(wave, Split("others"))) == {EVERYBODY: 3, "bus": 2, "car": 1, NOBODY: 1}


def test_one_answer_alone_is_looked_at(wave: SurveyWave) -> None:
    answer(wave, 6)
    found = count(wave, Split("nps", ("mode", "bus")))
    assert (found.n, sizes(found)) == (6, {EVERYBODY: 2, "0": 1, "3": 1})
    assert sizes(count(wave, Split("nps", ("mode", "x")))) == {}


def test_a_group_has_the_counters_of_its_people(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="car", why="Rain", grid={"a": "yes", "b": "no"}, order=["bus"])
    fill(wave, "ben", mode="bus", grid={"a": "no"})
    group = count(wave, Split("mode")).group("car")
    counters = {(key.question, key.row, key.choice, key.rival): n for key, n in group.counters.items()}
    assert counters["why", "", "#answered", ""] == 1
    assert counters["grid", "a", "yes", ""] == 1
    assert counters["order", "", "bus", "car"] == 1
    assert ("grid", "a", "no", "") not in counters


def test_a_rejected_text_was_an_answer_still(wave: SurveyWave) -> None:
    fill(wave, mode="car", why="Rude")
    db.session.query(SurveyText).update({"state": "rejected"})
    db.session.commit()
    assert count(wave, Split("mode")).group("car").counters[Counted("why", 1, "", "#answered")] == 1


def test_who_was_asked_in_other_words_is_in_no_group(city: City) -> None:
    wave = make_wave(city, {"sections": [section("s", question("q", "single", options=MODES))]})
    fill(wave, "ana", q="bus")
    changed = {
        "sections": [section("s", question("q", "single", "Anew?", options=MODES))],
        "title": {"en": "A", "de": "B"},
    }
    drafting.change_survey(wave.survey, loaded(changed), seen=1, by=COMMAND_LINE)
    waves.renew_wave(wave, by=COMMAND_LINE)
    db.session.commit()
    fill(wave, "ben", q="bus")
    assert sizes(count(wave, Split("q"))) == {EVERYBODY: 2, NOBODY: 1, "bus": 1}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_groups_are_those_of_a_naive_count(wave: SurveyWave, seed: int) -> None:
    db.session.query(SurveySheet).delete()
    db.session.query(SurveyText).delete()
    fill_wave(wave, Random(seed).randint(1, 30), seed=seed)
    db.session.commit()
    sheets = [sheet.answers for sheet in db.session.scalars(select(SurveySheet))]
    chosen = Counter(choice for answers in sheets for choice in answers.get("others") or [NOBODY])
    found = count(wave, Split("others"))
    assert sizes(found) == {EVERYBODY: len(sheets), **chosen}
    for name, group in found.groups.items():
        ours = [a for a in sheets if name == EVERYBODY or name in (a.get("others") or [NOBODY])]
        naive = Counter(str(answers["nps"]) for answers in ours if "nps" in answers)
        told = {key.choice: n for key, n in group.counters.items() if key.question == "nps" and key.choice[0] != "#"}
        assert told == naive


def test_only_closed_questions_with_few_answers_split() -> None:
    asked = loaded(every_kind())
    assert [q.code for q in asked.questions if may_split(q)] == ["mode", "others", "rate", "nps", "home", "ok"]
    many = question("q", "single", options=[choice(f"c{n}", str(n)) for n in range(61)])
    assert not may_split(loaded({"sections": [section("s", many)]}).question("q"))


def test_a_split_is_its_own_name() -> None:
    for split in (Split("mode"), Split("mode", ("home", "north-1"))):
        assert Split.parsed(str(split)) == split


def test_the_worker_counts_what_a_reader_asks_for(client: FlaskClient, wave: SurveyWave) -> None:
    answer(wave, 9)
    first = client.get(address(wave) + "?by=mode")
    assert first.status_code == 202
    assert "We are counting this for you." in first.text
    assert first.headers["Cache-Control"] == "private, no-store"
    assert kept_rows() == [("mode", 0, True)]
    jobs.count_breakdowns()
    assert kept_rows() == [("mode", 9, False)]
    page = client.get(address(wave) + "?by=mode")
    heads = BeautifulSoup(page.text, "html.parser").select("#q-nps thead th")
    assert (page.status_code, [head.get_text(" ", strip=True) for head in heads]) == (
        200,
        ["All 9 responses", "Bus 3 responses", "Bike 3 responses", "Car 3 responses"],
    )
    assert client.get(address(wave) + "?only=mode:bus").status_code == 200


@pytest.mark.parametrize("file", ["/results.json", "/results.csv"])
def test_programs_are_told_to_come_back(client: FlaskClient, wave: SurveyWave, file: str) -> None:
    answer(wave, 9)
    waiting = client.get(address(wave, file) + "?by=mode")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "5")
    jobs.count_breakdowns()
    assert client.get(address(wave, file) + "?by=mode").status_code == 200


def test_a_filter_that_nobody_matches_is_counted_once(client: FlaskClient, wave: SurveyWave) -> None:
    answer(wave, 9)
    client.get(address(wave) + "?only=mode:x&by=nps")
    jobs.count_breakdowns()
    page = client.get(address(wave) + "?only=mode:x&by=nps")
    assert page.status_code == 200
    assert "0 of 9 responses" in page.text


def test_an_old_count_is_shown_and_counted_again(client: FlaskClient, wave: SurveyWave) -> None:
    answer(wave, 9)
    client.get(address(wave) + "?by=mode")
    jobs.count_breakdowns()
    answer(wave, 3, start=9)
    page = client.get(address(wave) + "?by=mode").text
    assert "This was counted when there were 9 responses." in page
    assert kept_rows() == [("mode", 9, True)]
    jobs.count_breakdowns()
    assert "This was counted when" not in client.get(address(wave) + "?by=mode").text


def test_a_few_more_answers_are_no_reason_to_count_again(wave: SurveyWave) -> None:
    answer(wave, 9)
    split = Split("mode")
    breakdowns.ask_for(wave, split)
    db.session.commit()
    jobs.count_breakdowns()
    db.session.query(SurveyBreakdown).update({"n": 1000})
    assert breakdowns.standing(wave, split, 1020) == breakdowns.Standing(1000, is_due=False)
    assert breakdowns.standing(wave, split, 1021) == breakdowns.Standing(1000, is_due=True)
    wave.closes_at = clock.now()
    assert breakdowns.standing(wave, split, 1001) == breakdowns.Standing(1000, is_due=True)


def test_several_splits_are_counted_in_one_pass(wave: SurveyWave) -> None:
    answer(wave, 6)
    for split in (Split("mode"), Split("nps"), Split("nps", ("mode", "bus"))):
        breakdowns.ask_for(wave, split)
    db.session.commit()
    jobs.count_breakdowns()
    assert kept_rows() == [("mode", 6, False), ("nps", 6, False), ("nps mode:bus", 6, False)]
    jobs.count_breakdowns()


def test_nobody_can_ask_for_work_without_end(wave: SurveyWave) -> None:
    for number in range(breakdowns.MOST_WANTED + 5):
        breakdowns.ask_for(wave, Split("nps", ("home", f"place-{number}")))
    assert sum(is_wanted for _split, _n, is_wanted in kept_rows()) == breakdowns.MOST_WANTED


def test_what_the_worker_kept_is_what_is_counted_at_once(wave: SurveyWave) -> None:
    fill_wave(wave, 40, seed=8)
    split = Split("others", ("mode", "bus"))
    breakdowns.ask_for(wave, split)
    db.session.commit()
    jobs.count_breakdowns()
    kept, now = breakdowns.breakdown_of(wave, split, 40), count(wave, split)
    assert (kept.n, sizes(kept)) == (now.n, sizes(now))
    assert {name: dict(group.counters) for name, group in kept.groups.items()} == {
        name: dict(group.counters) for name, group in now.groups.items()
    }


def test_the_pass_holds_nobody_up(wave: SurveyWave, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody answers while the worker goes through the sheets."""
    answer(wave, 6)
    breakdowns.ask_for(wave, Split("mode"))
    db.session.commit()
    task = breakdowns.next_task()
    original = breakdowns.stream_sheets

    def stream(*args: object, **values: object) -> Iterator[object]:
        for place, sheet in enumerate(original(*args, **values)):
            if place == 1:
                fill(wave, "late", mode="bus")
            yield sheet

    monkeypatch.setattr(breakdowns, "stream_sheets", stream)
    breakdowns.keep(task, breakdowns.count(task))
    db.session.commit()
    assert kept_rows() == [("mode", 6, False)]
    assert statistics.count(wave) == 7
