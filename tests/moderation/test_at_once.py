"""Two moderators decide on one text at the same moment: one of them does, and the other one reads that."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.moderation import deciding, reporting
from citizen.moderation.deciding import Grounds
from citizen.moderation.inbox import Filter
from citizen.moderation.models import ModerationItem, Report, Statement, Verdict
from tests.moderation.makers import INSULT, Board, actor, make_item

MODERATORS = 8


def at_once(app: Flask, act) -> list[str]:
    """Everybody acts in a transaction of their own; how it ended for each."""

    def work(number: int) -> str:
        with app.test_request_context(method="POST"):
            try:
                act(number)
                db.session.commit()
            except Refused:
                db.session.rollback()
                return "refused"
            return "done"

    db.session.commit()
    with ThreadPoolExecutor(MODERATORS) as pool:
        return list(pool.map(work, range(MODERATORS)))


def test_one_of_many_decisions_counts(app: Flask, board: Board, city: City) -> None:
    item = make_item(board, city)
    number, seen, city_id = item.id, item.digest, city.id

    def decide(person: int) -> None:
        verdict = (Verdict.APPROVE, Verdict.REJECT)[person % 2]
        theirs = db.session.get_one(ModerationItem, number)
        deciding.decide(db.session.get_one(City, city_id), theirs, verdict, INSULT, seen=seen, by=actor(person))

    assert sorted(at_once(app, decide)) == ["done", *["refused"] * (MODERATORS - 1)]
    assert db.session.scalar(select(func.count()).select_from(Statement)) == 1


def test_one_of_many_decisions_on_many_counts(app: Flask, board: Board, city: City) -> None:
    ids = [make_item(board, city, f"Text {number}", author=f"a{number}").id for number in range(4)]
    city_id = city.id

    def clear(person: int) -> None:
        theirs = db.session.get_one(City, city_id)
        deciding.decide_many(theirs, Filter(), ids, Verdict.REJECT, Grounds("advertising"), number=4, by=actor(person))

    assert sorted(at_once(app, clear)) == ["done", *["refused"] * (MODERATORS - 1)]
    assert db.session.scalar(select(func.count()).select_from(Statement)) == 4


def test_reports_at_the_same_moment_all_count(app: Flask, board: Board, city: City) -> None:
    item = make_item(board, city, is_shown=True)
    subject, city_id = item.subject, city.id

    def report(person: int) -> None:
        reporting.report(db.session.get_one(City, city_id), "note", subject, "insult", "", device=f"device {person}")

    assert at_once(app, report) == ["done"] * MODERATORS
    db.session.refresh(item)
    assert item.reports == MODERATORS
    assert db.session.scalar(select(func.count()).select_from(Report)) == MODERATORS
