"""Invented ideas stand in all tables that real ones write, with counters that are right."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import count_of_answers
from ideation.listing import Selection, public_page
from ideation.models import Idea, IdeaBallot, IdeaComment, IdeaSupport, IdeaTerm, IdeaVote
from ideation.outcome import outcome
from ideation.seeding import seed
from ideation.similar import similar_to
from tests.ideation.makers import make_campaign, make_indexed
from tests.ideation.votes import ensure_sums
from tests.makers import ONE_DATABASE


def number_of(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("method", ["choose", "rank", "budget"])
def test_everything_adds_up(city, method):
    campaign = make_campaign(city, method=method, votes_max=5, budget=1000)
    seed(campaign, ideas=60, comments=200, votes=1000, number=1, by=COMMAND_LINE)
    db.session.commit()
    assert (number_of(Idea), number_of(IdeaComment), number_of(IdeaSupport)) == (60, 200, 500)
    assert (number_of(IdeaVote), number_of(IdeaBallot)) == (500, 100)
    ensure_sums(campaign)
    ideas = db.session.scalars(select(Idea)).all()
    assert sum(idea.supports for idea in ideas) == 500
    assert sum(idea.comments for idea in ideas) == 200
    assert db.session.scalar(count_of_answers(campaign)) == 100
    assert outcome(campaign)["ballots"] == 100


def test_seeded_ideas_are_found(city):
    campaign = make_campaign(city)
    seed(campaign, ideas=50, comments=0, votes=0, number=1, by=COMMAND_LINE)
    db.session.commit()
    first = db.session.scalars(select(Idea).order_by(Idea.id)).first()
    assert first.id in {idea.id for idea in public_page(campaign, Selection(words=first.title)).ideas}
    assert similar_to(campaign, first.title, "", "en")[0].idea.id == first.id


def test_the_command_seeds(app: Flask, campaign):
    arguments = ["ideas", "seed", "riverton", "electricity", "--ideas", "20", "--comments", "5", "--votes", "40"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0
    assert number_of(Idea) == 20


def steps_of(campaign, **values: object) -> list[str]:
    """How SQLite finds a page of the list."""
    selection = Selection(**values)
    query = selection.narrowed(campaign, Idea.public_in(campaign)).order_by(Idea.mix, Idea.id).limit(20)
    compiled = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    return [row[-1] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]


@ONE_DATABASE
def test_lists_cost_the_same_however_many_ideas_there_are(campaign):
    """PostgreSQL plans by the size of its tables, so that its plans for small ones say nothing."""
    steps = steps_of(campaign)
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN idea") for step in steps)


@ONE_DATABASE
def test_words_are_looked_up_where_they_stand(campaign):
    for words in ("lamps", "street lamp"):
        assert any("term>? AND term<?" in step for step in steps_of(campaign, words=words))


def test_words_stand_in_the_order_of_their_bytes(campaign):
    for title in ("zoo", "zoé", "Zürich", "Ärger", "ёлка", "żaba", "100"):
        make_indexed(campaign, title, language="mt")
    terms = db.session.scalars(select(IdeaTerm.term).order_by(IdeaTerm.term)).all()
    assert terms == sorted(terms, key=str.encode)
