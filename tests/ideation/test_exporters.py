"""What is taken out of a campaign: ideas that no spreadsheet computes, ballots that nobody is found by."""

import csv
import io
import json

import pytest
from flask import Flask

from citizen.core.db import db
from citizen.core.errors import Refused
from ideation.exporters import ballots_pb, ideas_csv
from ideation.models import Showing
from ideation.outcome import outcome
from ideation.pabulib import VoteType, read_pb
from ideation.voting import seal_ended_votes
from tests.ideation.makers import make_idea
from tests.ideation.votes import end, make_vote, vote


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def test_public_ideas_come_out_as_a_table(campaign):
    make_idea(campaign, "Solar roofs", text="First line\nsecond", supports=3)
    make_idea(campaign, "Hidden", showing=Showing.HIDDEN)
    (row,) = csv.DictReader(io.StringIO("".join(ideas_csv(campaign)), newline=""))
    assert (row["title"], row["text"], row["supports"], row["answered_at"]) == (
        "Solar roofs",
        "First line\nsecond",
        "3",
        "",
    )


@pytest.mark.parametrize("title", ['=HYPERLINK("https://evil.example")', "+1", "-1+2", "@SUM(A1)", "\t=1"])
def test_no_text_is_a_formula(campaign, title):
    make_idea(campaign, title, text=title)
    (row,) = csv.DictReader(io.StringIO("".join(ideas_csv(campaign)), newline=""))
    assert row["title"][0] not in "=+-@\t"
    assert row["text"][0] not in "=+-@\t"


@pytest.mark.parametrize(
    ("values", "vote_type"),
    [
        ({"ballot_form": "approval"}, VoteType.APPROVAL),
        ({"ballot_form": "points", "votes_max": 5, "per_idea_max": 3}, VoteType.CUMULATIVE),
        ({"ballot_form": "rank"}, VoteType.ORDINAL),
        ({"method": "choose", "budget": None}, VoteType.APPROVAL),
    ],
)
def test_ballots_come_out_as_an_open_file(app, city, tmp_path, values, vote_type):
    campaign, (a, b, c, _d) = make_vote(city, **{"method": "budget", "budget": 500, "rule": "greedy"} | values)
    vote(campaign, c.id, a.id, points={c.id: 3, a.id: 2})
    vote(campaign, b.id, by="bea", points={b.id: 1})
    vote(campaign, by="cem")
    with pytest.raises(Refused, match="once the vote has ended"):
        ballots_pb(campaign)
    end(campaign)
    counted = outcome(campaign)
    seal_ended_votes()
    db.session.commit()
    found = read_pb(ballots_pb(campaign).encode())
    assert (found.vote_type, len(found.votes), len(found.projects)) == (vote_type, 3, 4)
    assert sorted(len(ballot.chosen) for ballot in found.votes) == [0, 1, 2]
    both = next(ballot for ballot in found.votes if len(ballot.chosen) == 2)
    assert set(both.chosen) == {"0001", "0003"}
    if vote_type is VoteType.ORDINAL:
        assert both.chosen[0] == "0003"
    if vote_type is VoteType.APPROVAL and campaign.budget:
        path = tmp_path / "vote.pb"
        path.write_text(ballots_pb(campaign))
        command = app.test_cli_runner().invoke(args=["ideas", "count", str(path), "--rule", "greedy", "--json"])
        wanted = {name for ballot in found.votes for name in ballot.chosen}
        numbers = {str(row["id"]): f"{row['number']:04}" for row in counted["candidates"]}
        winners = set(json.loads(command.output)["winners"])
        assert winners & wanted == {numbers[winner] for winner in counted["winners"]}
