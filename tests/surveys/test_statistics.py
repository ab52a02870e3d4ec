"""What is found for each kind of question, from the counters that sheets raised."""

import secrets
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import Base, db
from citizen.participation.models import AnswerCount
from insights import disclosure
from surveys import breakdowns, drafting, statistics, tallies, waves
from surveys.breakdowns import EVERYBODY, Split, Task
from surveys.counting import Memory
from surveys.logic.path import follow
from surveys.logic.ways import Ways
from surveys.models import SurveySheet, SurveyTally, SurveyText, SurveyWave
from surveys.questionnaire import loaded
from surveys.seeding import fill_wave
from surveys.statistics import counting
from surveys.statistics.found import QuestionFound
from surveys.statistics.kept import kept_counters
from surveys.statistics.periods import periods
from surveys.trial import invented_values
from surveys.versions import questionnaire_of
from tests.surveys.makers import MODES, choice, every_kind, fill, make_wave, question, section

LIKERT = [choice(f"l{place}", label) for place, label in enumerate(("Bad", "Poor", "Fair", "Good", "Great"))]
LIKERT += [choice("dk", "I don't know", role="dont_know")]


def only_with(*questions: dict) -> dict:
    return {"sections": [section("all", *questions)]}


def found_in(wave: SurveyWave, code: str) -> QuestionFound:
    return next(found for found in statistics.result(wave).questions if found.question.code == code)


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city)


def test_a_wave_that_nobody_answered(wave: SurveyWave) -> None:
    result = statistics.result(wave)
    assert (result.n, statistics.count(wave), statistics.answered(wave).n) == (0, 0, 0)
    assert {found.answered for found in result.questions} == {0}
    assert "hello" not in {found.question.code for found in result.questions}


def test_who_was_not_asked_did_not_leave_it_out(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="car", why="Rain")
    fill(wave, "ben", mode="car")
    fill(wave, "cem", mode="bus")
    why = found_in(wave, "why")
    assert (why.asked, why.answered, why.missing) == (2, 1, 1)
    assert found_in(wave, "others").missing == 3


def test_the_most_chosen_stands_first_and_something_else_last(wave: SurveyWave) -> None:
    for name, mode in zip("abcdef", ("bike", "bike", "x", "x", "x", "car"), strict=True):
        fill(wave, name, **{"mode": mode} | ({"mode.other": "Boat"} if mode == "x" else {}))
    found = found_in(wave, "mode").found
    assert [(bar.code, bar.count, bar.share) for bar in found.bars] == [
        ("bike", 2, 1 / 3),
        ("car", 1, 1 / 6),
        ("bus", 0, 0),
        ("x", 3, 1 / 2),
    ]
    assert [bar.code for bar in found.leading] == ["bike"]


def test_i_dont_know_counts_in_no_share(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="bus", others=["bus", "car"], rate=4)
    fill(wave, "ben", mode="bus", others=["dk"], rate="dont_know")
    others, rate = found_in(wave, "others"), found_in(wave, "rate")
    assert (others.answered, others.unsure, others.base) == (2, 1, 1)
    assert {bar.code: bar.share for bar in others.found.bars} == {"bus": 1, "car": 1, "bike": 0, "none": 0, "dk": None}
    assert [bar.code for bar in others.found.bars][-2:] == ["none", "dk"]
    assert (rate.base, rate.found.mean, rate.found.median) == (1, 4, 4)


def test_a_question_with_an_order_keeps_it(city: City) -> None:
    wave = make_wave(city, only_with(question("q", "single", options=MODES, is_ordered=True)))
    fill(wave, q="car")
    assert [bar.code for bar in found_in(wave, "q").found.bars] == ["bus", "bike", "car"]


def test_points_share_the_ranks_that_are_left(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="bus", order=["bike"])
    fill(wave, "ben", mode="bus", order=["bus", "bike"])
    ranks = found_in(wave, "order").found
    assert [(rank.code, rank.points, rank.first, rank.ranked) for rank in ranks.ranks] == [
        ("bike", 3, 1, 2),
        ("bus", 2.5, 1, 1),
        ("car", 0.5, 0, 0),
    ]
    assert ranks.schulze == (("bus", "bike"), ("car",))
    assert ranks.winners == ({"bike"}, {"bus", "bike"}, {"bike", "bus"})


def test_a_matrix_with_an_order_has_ends_and_a_middle(city: City) -> None:
    rows = [choice("a", "Parks"), choice("b", "Buses")]
    wave = make_wave(city, only_with(question("q", "matrix", options=LIKERT, rows=rows, is_ordered=True)))
    fill(wave, "ana", q={"a": "l0", "b": "l4"})
    fill(wave, "ben", q={"a": "l2", "b": "l3"})
    fill(wave, "cem", q={"a": "dk", "b": "l0"})
    found = found_in(wave, "q").found
    assert [str(label) for label in found.columns] == ["Bad", "Poor", "Fair", "Good", "Great"]
    assert [str(label) for label in found.high_columns] == ["Good", "Great"]
    assert [(r.code, r.counts, r.unsure, r.median, r.low, r.high, r.base) for r in found.rows] == [
        ("b", (1, 0, 0, 1, 1), 0, (3, 3), 1, 2, 3),
        ("a", (1, 0, 1, 0, 0), 1, (0, 2), 1, 0, 2),
    ]


def test_a_matrix_without_an_order_has_neither(wave: SurveyWave) -> None:
    fill(wave, mode="bus", grid={"a": "yes"})
    found = found_in(wave, "grid").found
    assert (found.is_ordered, found.ends, found.rows[0].median, found.rows[0].counts) == (False, 0, None, (0, 0, 1))


def test_statements_go_from_disagreeing_to_agreeing(wave: SurveyWave) -> None:
    fill(wave, mode="bus", talk={"s1": "disagree", "s2": "agree"})
    found = found_in(wave, "talk").found
    assert found.codes == ("disagree", "pass", "agree")
    assert [(row.code, row.low, row.high) for row in found.rows] == [("s2", 0, 1), ("s1", 1, 0)]


def test_the_score_of_recommending(wave: SurveyWave) -> None:
    for name, value in zip("abcde", (10, 9, 7, 6, 0), strict=True):
        fill(wave, name, mode="bus", nps=value)
    score = found_in(wave, "nps").found.score
    assert (score.promoters, score.passives, score.detractors, score.points) == (2, 1, 2, 0)


def test_numbers_in_bins_with_quartiles(wave: SurveyWave) -> None:
    for number, age in enumerate((20, 30, 40, 50)):
        fill(wave, f"p{number}", mode="bus", age=age)
    found = found_in(wave, "age").found
    assert (found.quartiles, found.mean) == ((25, 35, 45), 35)
    assert sum(one.n for one in found.bins) == 4


def test_large_numbers_are_kept_to_three_digits(city: City) -> None:
    wave = make_wave(city, only_with(question("q", "number", decimals=2)))
    for name, value in zip("abc", (1234, 1234.56, 12.34), strict=True):
        fill(wave, name, q=value)
    assert found_in(wave, "q").found.quartiles == (12.3, 1230, 1230)


def test_days_districts_and_consent(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="bus", since="2026-01-31", home={"district": "south"}, ok=True)
    fill(wave, "ben", mode="bus", since="2026-03-01", home={"district": "south", "point": [8.1, 50.2]})
    assert [(b.code, b.count) for b in found_in(wave, "since").found.bars] == [
        ("2026-01", 1),
        ("2026-02", 0),
        ("2026-03", 1),
    ]
    assert [(str(b.label), b.count, b.share) for b in found_in(wave, "home").found.bars] == [
        ("South", 2, 1),
        ("North", 0, 0),
    ]
    assert (found_in(wave, "ok").found.count, found_in(wave, "ok").found.share) == (1, 0.5)


def test_a_district_that_is_gone_keeps_its_answers(wave: SurveyWave) -> None:
    fill(wave, mode="bus", home={"district": "south"})
    db.session.execute(delete(District).where(District.code == "south"))
    assert [(str(b.label), b.count) for b in found_in(wave, "home").found.bars] == [("south", 1), ("North", 0)]


@pytest.mark.parametrize(
    ("months", "names"),
    [
        ({"2025-12": 1, "2026-01": 2}, ["2025-12", "2026-01"]),
        ({"2024-01": 1, "2026-01": 2}, ["2024", "2025", "2026"]),
        ({"1985-01": 1, "2026-01": 2}, ["1980s", "1990s", "2000s", "2010s", "2020s"]),
        ({}, []),
    ],
)
def test_periods_are_as_fine_as_can_be_shown(months: dict[str, int], names: list[str]) -> None:
    found = periods(months)
    assert list(found) == names
    assert sum(found.values()) == sum(months.values())


def test_only_approved_texts_are_shown_and_nobody_learns_how_many_wait(wave: SurveyWave) -> None:
    fill(wave, "ana", mode="car", why="Rain")
    fill(wave, "ben", mode="car", why="Snow")
    db.session.query(SurveyText).filter_by(text="Rain").update({"state": "approved"})
    why = found_in(wave, "why")
    assert (why.found.count, why.found.some) == (1, ("Rain",))


def test_what_was_asked_in_other_words_stands_apart(city: City) -> None:
    wave = make_wave(city, only_with(question("q", "single", options=MODES), question("gone", "nps")))
    fill(wave, "ana", q="bus", gone=3)
    changed = only_with(question("q", "single", "In other words?", options=MODES)) | {"title": every_kind()["title"]}
    drafting.change_survey(wave.survey, loaded(changed), seen=1, by=COMMAND_LINE)
    waves.renew_wave(wave, by=COMMAND_LINE)
    db.session.commit()
    fill(wave, "ben", q="car")
    result = statistics.result(wave)
    assert (result.n, found_in(wave, "q").answered, found_in(wave, "q").question.version) == (2, 1, 2)
    assert [(found.answered, found.question.version) for found in result.earlier["q"]] == [(1, 1)]
    assert [found.question.code for found in result.gone] == ["gone"]


def test_every_count_passes_disclosure_control(wave: SurveyWave, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(wave, mode="bus", nps=9, order=["bus"], grid={"a": "yes"}, home={"district": "south"})

    def hide(table: dict) -> dict:
        return {group: dict.fromkeys(counts, 0) for group, counts in table.items()}

    monkeypatch.setattr(counting, "publishable_table", hide)
    for found in statistics.result(wave).questions:
        assert (found.asked, found.answered, found.base) == (0, 0, 0), found.question.code
        assert all(bar.count == 0 for bar in getattr(found.found, "bars", ()))


def test_disclosure_control_lets_everything_pass_as_yet() -> None:
    table = {"a": {"x": 3}, "b": {"x": 0, "y": 12}}
    assert disclosure.publishable_table(table) == table
    assert disclosure.publishable({"x": 3}) == {"x": 3}


def empty(*models: type[Base]) -> None:
    for model in models:
        db.session.execute(delete(model))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), sheets=st.integers(1, 25))
def test_kept_counters_are_a_naive_recount_of_all_sheets(wave: SurveyWave, seed: int, sheets: int) -> None:
    empty(SurveySheet, SurveyText, SurveyTally, AnswerCount)
    random, questionnaire, today = Random(seed), questionnaire_of(wave), clock.now().date()
    for _sheet in range(sheets):
        values = invented_values(questionnaire, random, ["north", "south"], today=today)
        fill(wave, secrets.token_hex(8), **values)
    split = Split("mode")
    counted = breakdowns.count(Task.of(wave, [split]))[split]
    assert counted.n == statistics.count(wave) == sheets
    assert counted.group(EVERYBODY).counters == kept_counters(wave)


def test_seeded_counters_are_a_recount_too(wave: SurveyWave) -> None:
    fill_wave(wave, 150, seed=3)
    db.session.commit()
    split = Split("mode")
    counted = breakdowns.count(Task.of(wave, [split]))[split]
    assert counted.n == statistics.count(wave) == 150
    assert counted.group(EVERYBODY).counters == kept_counters(wave)
    assert sum(group.n for name, group in counted.groups.items() if name != EVERYBODY) == 150


def test_memory_raises_what_counting_raises(wave: SurveyWave) -> None:
    questionnaire, random, today = questionnaire_of(wave), Random(5), clock.now().date()
    memory, ways = Memory(), Ways(questionnaire, today)
    for _sheet in range(200):
        values = invented_values(questionnaire, random, ["north"], today=today)
        path = follow(questionnaire, values, today)
        assert ways.shown(values) == path.shown
        raised = memory.raised(ways.shown(values), values)
        keys = memory.keys
        assert sorted(keys[number] for number in raised) == sorted(tallies.counted(path))
