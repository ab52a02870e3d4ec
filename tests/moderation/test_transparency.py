"""Everybody can read what was decided, and take it along."""

import csv
import io

from citizen.core.db import db
from citizen.moderation import appealing, deciding
from citizen.moderation.deciding import Grounds
from citizen.moderation.models import Outcome, Verdict
from citizen.moderation.transparency import transparency
from tests.moderation.makers import actor, decide, make_item, statement_of


def some_decisions(board, city):
    decide(city, make_item(board, city, "One"), Verdict.APPROVE)
    statement = statement_of(decide(city, make_item(board, city, "Two fools")))
    decide(city, make_item(board, city, "Mail me: a@b.example"), Verdict.REJECT, Grounds("personal_data"))
    undone = decide(city, make_item(board, city, "Four"))
    deciding.undo(undone, by=actor())
    row = appealing.appeal(statement, "Why?")
    appealing.decide_appeal(row, Outcome.GRANTED, "You are right.", by=actor(8, "Dora"))
    db.session.commit()


def test_decisions_are_counted_by_reason_with_their_appeals(board, city, other_city):
    some_decisions(board, city)
    counted = transparency(city)
    assert (counted.total(Verdict.APPROVE), counted.total(Verdict.REJECT)) == (1, 2)
    assert (counted.appeals, counted.granted, counted.upheld) == (1, 1, 0)
    lines = {line.reason: (line.number, line.with_machine, line.is_legal, line.granted) for line in counted.by_reason}
    assert lines == {"insult": (1, 0, False, 1), "personal_data": (1, 1, True, 0)}
    assert transparency(other_city).lines == []


def test_the_page_says_it_in_words(client, board, city):
    assert "So far no text was kept" in client.get("/riverton/moderation").text
    some_decisions(board, city)
    page = client.get("/riverton/moderation").text
    assert "Insult or attack" in page
    assert "Two fools" not in page
    assert "Bruno" not in page


def test_the_data_say_the_same(client, board, city):
    some_decisions(board, city)
    document = client.get("/riverton/moderation.json").get_json()
    rows = list(csv.DictReader(io.StringIO(client.get("/riverton/moderation.csv").text)))
    assert document["city"] == "riverton"
    assert len(document["decisions"]) == len(rows) == 4
    insult = next(line for line in document["decisions"] if line["reason"] == "insult")
    assert (insult["number"], insult["appeals"], insult["granted"], insult["source"]) == (1, 1, 1, "note")
