"""Commands about surveys."""

from pathlib import Path
from typing import BinaryIO

import click
import orjson
from flask import Flask, current_app
from flask.cli import AppGroup

from citizen.accounts.cli import city_or_fail
from citizen.core import audit
from citizen.core.db import db
from surveys import importers
from surveys.drafting import create_survey
from surveys.exporters.questionnaires import FORMATS
from surveys.importers.bounds import MAX_FILE
from surveys.importers.report import ImportReport, Outcome
from surveys.importers.words import element_words, severity_words, summary
from surveys.importing import IMPORTED
from surveys.models import Survey, SurveyWave
from surveys.questionnaire import loaded
from surveys.seeding import example_wave, fill_wave

survey = AppGroup("survey", help="Main surveys.")


def init_app(app: Flask) -> None:
    app.cli.add_command(survey)


@survey.command()
@click.argument("city")
@click.argument("slug")
@click.option("--answers", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="How many sheets.")
@click.option("--seed", "number", default=1, show_default=True, help="The same number gives the same answers.")
@click.option("--yes", is_flag=True, help="Do it on an install that the public can reach, too.")
def seed(city: str, slug: str, answers: int, number: int, yes: bool) -> None:
    """Fill the survey SLUG of CITY with invented answers. Where there is none, an example of 30 questions is made.

    They stand among the real answers and cannot be told from them afterwards.
    """
    if current_app.extensions["settings"].is_public and not yes:
        raise click.ClickException(
            "The public can reach this install. Invented answers would count: --yes if you mean it."
        )
    found = city_or_fail(city)
    wave = db.session.scalar(SurveyWave.in_city(found).where(SurveyWave.slug == slug))
    wave = wave or example_wave(found, slug, by=audit.COMMAND_LINE)
    if not wave.is_open:
        raise click.ClickException("Only an open survey takes answers.")
    fill_wave(wave, answers, seed=number)
    db.session.commit()
    click.echo(f"{answers:,} invented answers: /{city}/surveys/{slug}/results")


@survey.command("import")
@click.argument("city")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--dry-run", is_flag=True, help="Only print the report; save nothing.")
def import_file(city: str, file: Path, as_json: bool, dry_run: bool) -> None:
    """Make a survey of CITY from FILE (XLSForm, LimeSurvey, SurveyJS), and say what became of every row.

    Only staff see the survey. Exit status 1 where the file was refused.
    """
    found = city_or_fail(city)
    with file.open("rb") as opened:
        result = importers.read(file.name, opened.read(MAX_FILE + 1), found.languages)
    made = None
    if result.questionnaire is not None and not dry_run:
        made = create_survey(found, result.questionnaire, by=audit.COMMAND_LINE, act=IMPORTED)
        db.session.commit()
    number = made.id if made else None
    if as_json:
        click.echo(orjson.dumps(result.report.as_data() | {"survey": number}, option=orjson.OPT_INDENT_2).decode())
    else:
        _print_report(result.report, f"/{city}/staff/surveys/{number}" if number else "")
    if result.report.refused:
        raise SystemExit(1)


def _print_report(report: ImportReport, address: str) -> None:
    for outcome in report.outcomes:
        _print_outcome(outcome)
    click.echo()
    if report.refused:
        click.echo(f"Refused: {report.refused}")
        return
    click.echo(" ".join(summary(report)))
    click.echo(f"Made: {address}" if address else "Nothing was saved.")


def _print_outcome(outcome: Outcome) -> None:
    what = " ".join(filter(None, (element_words(outcome.element), outcome.name, outcome.text)))
    click.echo(f"{severity_words(outcome.severity):<13} {outcome.where:<14} {what}")
    for note in outcome.notes:
        place = f"{note.where}: " if note.where != outcome.where else ""
        click.echo(f"{'':<13} {'':<14}   {place}{note.sentence}")


@survey.command("export")
@click.argument("city")
@click.argument("survey_id", type=int)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="xlsform", show_default=True)
@click.option("--output", type=click.File("wb"), default="-", help="Where to write; to the screen unless told.")
def export_survey(city: str, survey_id: int, form: str, output: BinaryIO) -> None:
    """Write the questionnaire of a survey as a file of another tool. What cannot be in it goes to the error stream."""
    found = city_or_fail(city)
    survey = db.session.scalar(Survey.in_city(found).where(Survey.id == survey_id))
    if survey is None:
        raise click.ClickException(f"There is no survey {survey_id} in {city}.")
    exported = FORMATS[form].export(loaded(survey.document), found.languages)
    output.write(exported.content)
    for left in exported.left:
        click.echo(f"{left.where}: {left.sentence}", err=True)
