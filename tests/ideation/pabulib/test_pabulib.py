"""Files of votes on a budget: read, refused with the line that is wrong, written, and counted from the command line."""

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pabutools.election import Additive_Borda_Sat, Additive_Cardinal_Sat, Cost_Sat
from pabutools.election.pabulib import parse_pabulib_from_string
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from citizen.core.errors import Refused
from ideation.pabulib import PbFile, PbProject, PbVote, VoteType, read_pb, write_pb
from tests.makers import ONE_DATABASE

pytestmark = [ONE_DATABASE, pytest.mark.usefixtures("speaking")]

SMALL = """META
key;value
description;Parks
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
1;60;A pond
2;60;"Benches; and trees"
3;40,5;Swings
VOTES
voter_id;age;vote
a;30;1,2
b;;2
c;41;2,3
"""


@pytest.fixture
def speaking(app: Flask):
    with app.test_request_context():
        yield


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read_pb(text.encode())
    return caught.value.sentence


def test_a_file_is_read():
    found = read_pb(SMALL.encode())
    assert (found.budget, found.vote_type, found.meta["description"]) == (100, VoteType.APPROVAL, "Parks")
    assert [project.name for project in found.projects] == ["A pond", "Benches; and trees", "Swings"]
    assert found.projects[2].cost == Fraction("40.5")
    assert [vote.chosen for vote in found.votes] == [("1", "2"), ("2",), ("2", "3")]


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n", "\n{}"])
def test_marks_and_empty_lines_change_nothing(change):
    assert read_pb(change.format(SMALL).encode()) == read_pb(SMALL.encode())
    assert read_pb(SMALL.replace("\n", "\r\n").encode()) == read_pb(SMALL.encode())


def test_points_and_ranks_are_read():
    with_points = SMALL.replace("approval", "cumulative").replace("age;vote", "vote;points")
    with_points = with_points.replace("a;30;1,2", "a;1,2;4,1").replace("b;;2", "b;2;5").replace("c;41;2,3", "c;2,3;3,2")
    assert read_pb(with_points.encode()).votes[0] == PbVote(("1", "2"), (Fraction(4), Fraction(1)))
    ranked = read_pb(SMALL.replace("approval", "ordinal").encode()).election()
    assert dict(zip("123", ranked.totals.tolist(), strict=True)) == {"1": 1, "2": 1, "3": 0}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("META\n", "", "Line 1: A .pb file begins with a line that says META."),
        ("budget;100\n", "", "The file does not say how large the budget is."),
        ("approval", "shouting", "We do not know votes of the type “shouting”."),
        ("1;60;A pond", "1;much;A pond", "Line 8: The cost is no number."),
        ("1;60;A pond", "1;-60;A pond", "Line 8: A cost cannot be below zero."),
        ("2;60;", "1;60;", "Line 9: Each project needs an id of its own."),
        ("c;41;2,3", "c;41;2,9", "Line 15: There is no project with the id “9”."),
        ("c;41;2,3", "c;41;2,2", "Line 15: This vote names a project twice."),
        ("VOTES\n", "", "The part VOTES is missing in this file."),
        ("approval", "scoring", "Line 13: Each project in a vote needs its points, not below zero."),
        ("budget;100", "budget;1e999999", "The file does not say how large the budget is."),
    ],
)
def test_what_is_wrong_is_said(old, new, said):
    assert said in refusal(SMALL.replace(old, new))


@pytest.mark.parametrize("text", ["", "PK\x03\x04", "<html>", ";" * 1000, "META\nkey;value\n" + "x;y\n" * 10])
def test_something_else_is_refused(text):
    assert refusal(text)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Refused, match="UTF-8"):
        read_pb(b"\xff\xfe\x00")


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(list(VoteType)), st.randoms(use_true_random=False))
def test_what_is_written_comes_back(names, vote_type, dice):
    projects = tuple(
        PbProject(str(number), Fraction(dice.randint(0, 9_999), 100), " ".join(name.split()))
        for number, name in enumerate(names)
    )
    votes = []
    for _voter in range(6):
        chosen = tuple(dice.sample([project.id for project in projects], dice.randint(0, len(projects))))
        points = tuple(Fraction(dice.randint(0, 5)) for _each in chosen) if vote_type.has_points else ()
        votes.append(PbVote(chosen, points))
    file = PbFile(Fraction(500), vote_type, projects, tuple(votes), {"description": "Parks; ponds"})
    again = read_pb(write_pb(file).encode())
    assert (again.projects, again.votes, again.budget) == (file.projects, file.votes, file.budget)
    assert again.meta["description"] == "Parks; ponds"


def make_file(vote_type: VoteType, projects: int, voters: int, seed: int) -> PbFile:
    dice = random.Random(seed)
    known = tuple(PbProject(f"p{n:02}", Fraction(dice.randint(1, 9) * 1000), f"Project {n}") for n in range(projects))
    votes = []
    for _voter in range(voters):
        chosen = tuple(dice.sample([project.id for project in known], dice.randint(1, min(5, projects))))
        points = tuple(Fraction(dice.randint(1, 5)) for _each in chosen) if vote_type.has_points else ()
        votes.append(PbVote(chosen, points))
    return PbFile(Fraction(projects * 2000), vote_type, known, tuple(votes), {"rule": "greedy", "description": "Made"})


def run(app: Flask, tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    path = tmp_path / "vote.pb"
    path.write_text(text)
    result = app.test_cli_runner().invoke(args=["ideas", "count", str(path), *options])
    return result.exit_code, result.output


SATISFACTION = {
    VoteType.APPROVAL: Cost_Sat,
    VoteType.CUMULATIVE: Additive_Cardinal_Sat,
    VoteType.SCORING: Additive_Cardinal_Sat,
    VoteType.ORDINAL: Additive_Borda_Sat,
}
ORACLES = {"greedy": greedy_utilitarian_welfare, "equal-shares": method_of_equal_shares}


@pytest.mark.parametrize("rule", ORACLES)
@pytest.mark.parametrize("vote_type", SATISFACTION)
@pytest.mark.parametrize("size", [(4, 6), (12, 60), (40, 300)], ids=str)
def test_the_command_counts_as_the_oracle_does(app, tmp_path, rule, vote_type, size):
    text = write_pb(make_file(vote_type, *size, seed=size[1]))
    instance, profile = parse_pabulib_from_string(text)
    theirs = ORACLES[rule](instance, profile, sat_class=SATISFACTION[vote_type])
    status, output = run(app, tmp_path, text, "--rule", rule, "--json")
    found = json.loads(output)
    assert status == 0
    assert sorted(found["winners"]) == sorted(project.name for project in theirs)
    assert found["cost"] + found["left"] == found["budget"]


def test_the_command_speaks_to_people(app, tmp_path):
    status, output = run(app, tmp_path, SMALL, "--rule", "greedy")
    assert status == 0
    assert "Benches; and trees" in output
    assert "1 of 3 projects; 60.00 of 100.00 spent." in output


def test_what_is_left_can_be_spent(app, tmp_path):
    text = write_pb(make_file(VoteType.APPROVAL, 12, 60, seed=1))
    costs = [
        json.loads(run(app, tmp_path, text, "--rule", "equal-shares", "--completion", kind, "--json")[1])["cost"]
        for kind in ("none", "raise", "greedy")
    ]
    assert costs[0] < min(costs[1:])
    assert max(costs) <= 24_000


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_refused_file_ends_with_one(app, tmp_path, options):
    status, output = run(app, tmp_path, "something", "--rule", "greedy", *options)
    assert status == 1
    assert "META" in output
