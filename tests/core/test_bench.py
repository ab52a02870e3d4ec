"""The pieces of the bench: what it measures on and how it judges. Nothing here is timed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bench import cases, ideas, reference, sample, surveys, table
from bench.load import Load, Run
from bench.working import Work
from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core.db import db
from citizen.participation.models import Participation, Receipt
from polls import statistics
from polls.models import PollBallot

PLAZA, BARE = Load("http://127.0.0.1:1/ours", "answer", "choice=a"), Load("http://127.0.0.1:2/theirs")


def finding(ours: float, theirs: float, budget: float | None = 0.5) -> cases.Finding:
    runs = [[Run(100, rate, 1.0, 2.0, 3.0, 0)] for rate in (ours, theirs)]
    return cases.Finding(cases.Case("answer", PLAZA, BARE, budget), *runs)


def test_the_sample_counts_what_it_stores(city: City) -> None:
    poll = sample.make_poll(city, "many", 500)
    db.session.commit()
    stored = db.session.scalars(select(PollBallot.answer).filter_by(poll_id=poll.id)).all()
    chosen = Counter(choice for answer in stored for choice in answer)
    result = statistics.result(poll)
    assert (result.n, len(stored)) == (500, 500)
    assert {bar.id: bar.count for bar in result.bars} == chosen
    for model in (Participation, Receipt):
        assert db.session.scalar(select(func.count()).select_from(model)) == 500


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """The reference, whose page has 9,000 bytes."""
    address = f"sqlite:///{tmp_path / 'reference.sqlite3'}"
    reference.prepare(address, 9000)
    app = reference.create_app(address)
    yield app
    with app.app_context():
        reference.db.engine.dispose()


def test_the_page_of_the_reference_is_as_large_as_asked(bare: Flask) -> None:
    page = bare.test_client().get(f"/pages/{reference.SLUG}")
    assert page.status_code == 200
    assert len(page.data) == pytest.approx(9000, rel=0.02)


def test_the_reference_stores_an_answer(bare: Flask) -> None:
    assert bare.test_client().post(f"/pages/{reference.SLUG}", data={"choice": "a"}).status_code == 303
    with bare.app_context():
        assert reference.db.session.scalars(select(reference.Reply.choice)).all() == ["a"]


def test_a_budget_is_met_or_missed() -> None:
    text = table.speed("SQLite", [finding(60, 100), finding(40, 100), finding(1, 100, None)])
    assert [line.split(" | ")[4] for line in text.splitlines()[2:]] == ["≥ 0.5: met", "≥ 0.5: **missed**", ""]


@pytest.mark.parametrize("stored", [99, 117])
def test_answers_that_are_missing_or_too_many_stop_the_bench(stored: int) -> None:
    with pytest.raises(RuntimeError, match="100 answers were accepted"):
        cases.check_answers([finding(1, 1)], stored)


def test_answers_whose_reply_came_too_late_are_no_mistake() -> None:
    cases.check_answers([finding(1, 1)], 116)


def test_only_answers_that_were_sent_there_are_counted() -> None:
    cases.check_answers([finding(1, 1)], 0, "/elsewhere")
    cases.check_answers([finding(1, 1)], 100, "/ours")


def test_the_sample_has_surveys_and_a_sheet_that_is_taken(client: FlaskClient, city: City) -> None:
    db.session.add(District(city_id=city.id, code="old-town", position=0, name={"en": "Old town"}))
    fields = surveys.make_surveys(city, many=20)
    pages = [f"/riverton/surveys/{slug}/results" for slug in (surveys.FEW, surveys.MANY)]
    assert [client.get(page).status_code for page in (*pages, f"{pages[1]}?by={surveys.SPLIT}")] == [200] * 3
    form = "application/x-www-form-urlencoded"
    reply = client.post(cases.SHEETS, data=f"{fields}&key={'a' * 32}", content_type=form)
    assert (reply.status_code, surveys.count(surveys.wave_with(surveys.OPEN))) == (303, 1)


def test_the_sample_has_campaigns_of_two_sizes(client: FlaskClient, city: City) -> None:
    few, many = ({"ideas": number, "comments": number, "votes": number} for number in (20, 60))
    pairs = ideas.make_campaigns(city, {ideas.FEW: few, ideas.MANY: many})
    assert {pair.name for pair in pairs} >= ideas.LISTS
    for pair in pairs:
        for address in (pair.few, pair.many):
            reply = client.get(address)
            assert reply.status_code == 200
            assert any(reply.json.values()) if reply.is_json else "<article" in reply.text
    assert all(load.kind == "anywhere" for case in cases.idea_cases("", pairs) for load in (case.ours, case.theirs))


def test_memory_that_grows_with_the_sheets_is_missed() -> None:
    text = table.works("SQLite", [Work("CSV", (0.1, 120), (9.9, 130)), Work("XLSX", (0.1, 120), (30, 400))])
    assert [line.split(": ")[-1] for line in text.splitlines()[2:]] == ["met |", "**missed** |"]
