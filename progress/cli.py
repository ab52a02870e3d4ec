"""Commands about progress towards targets."""

import csv
import sys
from pathlib import Path

import click
import orjson
from flask import Flask
from flask.cli import AppGroup
from flask_babel import gettext as _

from citizen.core.errors import Refused
from insights.progress import RULE_VERSION
from progress.evaluating import Evaluated, by_growth, by_line

METHODS = {"line": by_line, "cagr": by_growth}

progress = AppGroup("progress", help="How far the city has come towards its targets.")


def init_app(app: Flask) -> None:
    app.cli.add_command(progress)


@progress.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--method",
    type=click.Choice(list(METHODS)),
    default="line",
    show_default=True,
    help="On the straight line from the baseline to the target, or by growth rates.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def evaluate(file: Path, method: str, as_json: bool) -> None:
    """Compute the progress of every row of FILE, a CSV table, and print the table with what was found.

    A row that cannot be computed says why in its note. Exit status 1 where the file or a row of it was refused.
    """
    try:
        found = METHODS[method](_text(file))
    except Refused as refusal:
        _refuse(refusal.sentence, as_json=as_json)
    if as_json:
        about = {"method": method, "rule_version": RULE_VERSION, "refused": found.refused, "cases": found.rows}
        click.echo(orjson.dumps(about, option=orjson.OPT_INDENT_2))
    else:
        _print(found)
    if found.refused:
        raise SystemExit(1)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is no text in UTF-8. Please save it as “CSV UTF-8”."), status=422) from None


def _print(found: Evaluated) -> None:
    writer = csv.DictWriter(sys.stdout, found.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if row[name] is None else row[name] for name in found.columns} for row in found.rows)


def _refuse(sentence: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps({"refused": sentence}, option=orjson.OPT_INDENT_2))
    else:
        click.echo(f"Refused: {sentence}", err=True)
    raise SystemExit(1)
