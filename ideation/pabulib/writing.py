"""A vote as a `.pb` file."""

import csv
import io
from fractions import Fraction

from ideation.pabulib.model import PbFile, PbVote

FIRST = ("description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule")
"""The keys that every file has, in the order of the standard; others follow them."""


def write_pb(file: PbFile) -> str:
    """The text of the file. Votes are numbered as they come: bring them in an order that says nothing about anybody."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(_meta(file))
    writer.writerow(["PROJECTS"])
    writer.writerow(["project_id", "cost", "name"])
    writer.writerows([project.id, as_number(project.cost), _one_line(project.name)] for project in file.projects)
    writer.writerow(["VOTES"])
    writer.writerow(["voter_id", "vote", *(["points"] if file.vote_type.has_points else [])])
    writer.writerows(_vote(number, vote, file) for number, vote in enumerate(file.votes, start=1))
    return buffer.getvalue()


def as_number(value: Fraction) -> str:
    """Whole numbers without a point, others with at most nine places."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.9f}".rstrip("0")


def _meta(file: PbFile) -> list[list[str]]:
    counted = {
        "num_projects": str(len(file.projects)),
        "num_votes": str(len(file.votes)),
        "budget": as_number(file.budget),
        "vote_type": file.vote_type.value,
    }
    known = dict.fromkeys(FIRST, "") | dict(file.meta) | counted
    return [[key, _one_line(value)] for key, value in known.items() if value]


def _vote(number: int, vote: PbVote, file: PbFile) -> list[str]:
    row = [str(number), ",".join(vote.chosen)]
    return [*row, ",".join(as_number(points) for points in vote.points)] if file.vote_type.has_points else row


def _one_line(text: str) -> str:
    return " ".join(text.split())
