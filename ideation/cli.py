"""Commands about ideas and votes on them."""

from pathlib import Path
from typing import Any, NoReturn

import click
import orjson
from flask import Flask, current_app
from flask.cli import AppGroup

from citizen.accounts.cli import city_or_fail
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from ideation import importing, seeding
from ideation.counting import Completion, Count, as_data, count
from ideation.flags import EXPLAINED
from ideation.importers import RowOutcome, read_table
from ideation.models import Campaign, Rule
from ideation.pabulib import PbFile, read_pb
from insights.budgeting import Election, Measure

RULES = {"greedy": Rule.GREEDY, "equal-shares": Rule.EQUAL_SHARES}

ideas = AppGroup("ideas", help="Ideas of citizens, and votes on them.")


def init_app(app: Flask) -> None:
    app.cli.add_command(ideas)


@ideas.command("count")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", type=click.Choice(list(RULES)), required=True, help="How the winners are found.")
@click.option(
    "--completion",
    type=click.Choice([kind.value for kind in Completion]),
    default=Completion.NONE.value,
    show_default=True,
    help="What happens with money that equal shares leave over.",
)
@click.option(
    "--measure",
    type=click.Choice([measure.value for measure in Measure]),
    help="What a project is worth to a voter: its cost, or the points alone. Without it: cost for approval ballots.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole count as JSON.")
def count_file(file: Path, rule: str, completion: str, measure: str | None, as_json: bool) -> None:
    """Count any vote on a budget that stands in FILE, a .pb file of pabulib.org."""
    try:
        vote = read_pb(file.read_bytes())
    except Refused as refusal:
        _refuse(refusal.sentence, as_json=as_json)
    election = vote.election()
    worth = Measure(measure) if measure else vote.vote_type.measure
    counted = count(election, RULES[rule], worth, Completion(completion))
    if as_json:
        how = {"rule": rule, "completion": completion, "measure": worth.value, "vote_type": vote.vote_type.value}
        click.echo(orjson.dumps(how | as_data(election, counted), option=orjson.OPT_INDENT_2))
    else:
        _print_count(vote, election, counted)


@ideas.command("import")
@click.argument("city")
@click.argument("slug", metavar="CAMPAIGN")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", help="Language of the ideas; the city's first one unless told.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--dry-run", is_flag=True, help="Only print the report; save nothing.")
def import_file(city: str, slug: str, file: Path, language: str | None, as_json: bool, dry_run: bool) -> None:
    """Bring the ideas of FILE, a CSV table, into a campaign of CITY, and say what became of every row.

    What looks like an attack waits for a moderator. Exit status 1 where the file or a row of it was refused.
    """
    campaign = _campaign_or_fail(city, slug)
    try:
        report = importing.look(campaign, read_table(file.read_bytes()))
    except Refused as refusal:
        _refuse(refusal.sentence, as_json=as_json)
    if not dry_run:
        importing.save(campaign, report, language or campaign.city.languages[0], by=COMMAND_LINE)
        db.session.commit()
    found = importing.as_data(campaign, report, is_saved=not dry_run)
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    else:
        _print_import(found)
    if report.number(RowOutcome.REFUSED):
        raise SystemExit(1)


@ideas.command("seed")
@click.argument("city")
@click.argument("slug", metavar="CAMPAIGN")
@click.option("--ideas", "number_of_ideas", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--comments", type=click.IntRange(0), default=10_000, show_default=True)
@click.option("--votes", type=click.IntRange(0), default=50_000, show_default=True)
@click.option("--number", default=1, show_default=True, help="The same number gives the same ideas.")
@click.option("--yes", is_flag=True, help="Also where the public can reach this install.")
def seed_campaign(
    city: str, slug: str, number_of_ideas: int, comments: int, votes: int, number: int, *, yes: bool
) -> None:
    """Fill a campaign with invented ideas, comments and votes, to see what many look like.

    They stand among the real ones and cannot be told from them afterwards.
    """
    if current_app.extensions["settings"].is_public and not yes:
        raise click.ClickException(
            "The public can reach this install. Invented votes would count: --yes if you mean it."
        )
    campaign = _campaign_or_fail(city, slug)
    given = {"ideas": number_of_ideas, "comments": comments, "votes": votes, "number": number}
    seeding.seed(campaign, **given, by=COMMAND_LINE)
    db.session.commit()
    click.echo(f"{number_of_ideas:,} invented ideas, {comments:,} comments, {votes:,} votes.")


def _campaign_or_fail(city: str, slug: str) -> Campaign:
    campaign = db.session.scalar(Campaign.in_city(city_or_fail(city)).where(Campaign.slug == slug))
    if campaign is None:
        raise click.ClickException(f"There is no campaign {slug} in {city}.")
    return campaign


def _print_import(found: dict[str, Any]) -> None:
    for note in found["notes"]:
        said = " ".join([*note["notes"], *(str(EXPLAINED[flag]()) for flag in note["flags"])])
        click.echo(f"line {note['line']:<6} {note['outcome']:<8} {note['title'][:50]:<50}  {said}")
    click.echo(f"{found['ideas_imported']:,} ideas came over, {found['ideas_skipped']:,} did not.")
    click.echo(f"{found['held']:,} of them wait for a moderator.")
    if not found["is_saved"]:
        click.echo("Nothing was saved.")


def _refuse(sentence: str, *, as_json: bool) -> NoReturn:
    """Say why, and end with 1."""
    if as_json:
        click.echo(orjson.dumps({"refused": sentence}, option=orjson.OPT_INDENT_2))
    else:
        click.echo(f"Refused: {sentence}", err=True)
    raise SystemExit(1)


def _print_count(vote: PbFile, election: Election, counted: Count) -> None:
    names = {project.id: project.name for project in vote.projects}
    votes = dict(zip((project.id for project in election.projects), election.supporters.tolist(), strict=True))
    for place, project in enumerate(counted.winners, start=1):
        line = f"{place:>4}. {project.id:<12} {float(project.cost):>15,.2f} {votes[project.id]:>9,.0f} votes"
        click.echo(f"{line}  {names[project.id]}".rstrip())
    spent, budget = float(counted.cost), float(election.budget)
    click.echo(f"{len(counted.winners)} of {len(election.projects)} projects; {spent:,.2f} of {budget:,.2f} spent.")
