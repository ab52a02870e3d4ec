"""What can be taken out of a campaign: its ideas as CSV, the ballots of its vote as a `.pb` file."""

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import localized
from citizen.core.spreadsheets import as_text
from ideation.models import BallotForm, Campaign, Idea, IdeaBallot, IdeaVote, Method
from ideation.pabulib import PbFile, PbProject, PbVote, VoteType, write_pb
from ideation.voting import candidates
from ideation.voting.choices import gives_points, is_ranked

COLUMNS = (
    "id", "title", "text", "language", "category", "district", "status", "supports", "comments", "cost", "created_at",
    "answered_at",
)  # fmt: skip
READ_AT_ONCE = 1000


def ideas_csv(campaign: Campaign) -> Iterator[str]:
    """The public ideas, the oldest first, line by line. Texts that a spreadsheet would compute stay texts."""
    yield _line(COLUMNS)
    query = Idea.public_in(campaign).order_by(Idea.id).execution_options(yield_per=READ_AT_ONCE)
    for idea in db.session.scalars(query):
        yield _line([_cell(getattr(idea, name)) for name in COLUMNS])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return as_text(value) if isinstance(value, str) else str(value)


def _line(cells: tuple[str, ...] | list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def ballots_pb(campaign: Campaign) -> str:
    """The vote as a file of pabulib.org. Refused before the ballots are nobody's.

    Projects are named by their numbers on the ballot, with zeros before them: ties go to the first in the alphabet, so
    that whoever counts the file finds what we found.
    """
    if campaign.sealed_at is None:
        raise Refused(_("Ballots can be taken out once the vote has ended and nobody can be found by them any more."))
    ideas = candidates(campaign)
    names = {idea.id: f"{idea.number:04}" for idea in ideas}
    projects = tuple(PbProject(names[idea.id], Fraction(idea.cost_on_ballot), idea.title) for idea in ideas)
    budget = Fraction(campaign.budget) if campaign.budget else sum((p.cost for p in projects), Fraction(0))
    vote_type = _vote_type(campaign)
    return write_pb(PbFile(budget, vote_type, projects, tuple(_votes(campaign, names, vote_type)), _meta(campaign)))


def _vote_type(campaign: Campaign) -> VoteType:
    if is_ranked(campaign):
        return VoteType.ORDINAL
    return VoteType.CUMULATIVE if gives_points(campaign) else VoteType.APPROVAL


def _meta(campaign: Campaign) -> dict[str, str]:
    rule = campaign.rule.replace("_", "-") if campaign.method == Method.BUDGET else "none"
    found = {
        "description": str(localized(campaign.title)),
        "unit": campaign.city.name,
        "instance": str(campaign.opens_at.year),
        "rule": rule,
        "currency": campaign.currency,
        "date_begin": campaign.opens_at.strftime("%d.%m.%Y"),
        "date_end": campaign.ends_at.strftime("%d.%m.%Y"),
    }
    return found | ({"max_length": str(campaign.votes_max)} if campaign.ballot_form != BallotForm.POINTS else {})


def _votes(campaign: Campaign, names: dict[int, str], vote_type: VoteType) -> Iterator[PbVote]:
    """Every ballot, the empty ones too: they count among the voters."""
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    columns = select(IdeaVote.voter, IdeaVote.idea_id, IdeaVote.points).filter_by(**place)
    given: dict[bytes, list[tuple[str, int]]] = {}
    for voter, idea, points in db.session.execute(columns.order_by(IdeaVote.voter, IdeaVote.place, IdeaVote.idea_id)):
        given.setdefault(voter, []).append((names[idea], points))
    for voter in db.session.scalars(select(IdeaBallot.voter).filter_by(**place).order_by(IdeaBallot.voter)):
        chosen = given.get(voter, [])
        spread = tuple(Fraction(points) for _name, points in chosen) if vote_type.has_points else ()
        yield PbVote(tuple(name for name, _points in chosen), spread)
