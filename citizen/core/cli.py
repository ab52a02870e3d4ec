"""Commands that run an install and look after it."""

import os
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade

from citizen.core import assets, audit, audit_search, backups, health
from citizen.core.config import ROOT, Settings
from citizen.core.db import db
from citizen.core.jobs import queue

audit_commands = AppGroup("audit", help="The log of what staff did.")


def init_app(app: Flask) -> None:
    for command in (serve, worker, doctor, backup, restore, audit_commands):
        app.cli.add_command(command)


@click.command()
@click.option("--demo/--no-demo", default=True, help="Make a demo city where there is no city yet.")
@with_appcontext
def serve(demo: bool) -> None:
    """Bring the database up to date, then run the web server and the worker together."""
    upgrade()
    if demo:
        click.get_current_context().invoke(current_app.cli.commands["demo"], only_when_empty=True)
    db.engine.dispose()
    settings = _settings()
    click.echo(f"\nPlaza is starting on http://127.0.0.1:{settings.port}  (end it with Ctrl-C)\n")
    sys.stdout.flush()
    os.chdir(ROOT)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    os.environ["PORT"] = str(settings.port)
    os.environ["BASE_URL"] = settings.base_url  # honcho gives every process a PORT of its own
    arguments = ["honcho", "--no-prefix", "--no-colour", "start"]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])


@click.command()
@with_appcontext
def worker() -> None:
    """Run the jobs: mails, closing, cleaning."""
    assert queue.huey is not None
    queue.huey.create_consumer(workers=1, periodic=True, check_worker_health=True).run()


@click.command()
@with_appcontext
def doctor() -> None:
    """Look for what is wrong with this install, and say what to do. Exit status 1 where something is."""
    findings = [(name, check()) for name, check in (*health.CHECKS.items(), *EXTRA_CHECKS.items())]
    for name, is_well in findings:
        click.echo(f"{'ok   ' if is_well else 'WRONG'}  {name}{'' if is_well else ': ' + ADVICE[name]}")
    if not all(is_well for _, is_well in findings):
        raise SystemExit(1)


def _has_assets() -> bool:
    return (assets.BUILD / "manifest.json").exists()


def _has_private_key() -> bool:
    path = _settings().data_dir / "secret_key"
    return not path.exists() or not path.stat().st_mode & 0o077


def _chain_holds() -> bool:
    return audit.first_broken_entry() is None


EXTRA_CHECKS = {"front-end files": _has_assets, "secret key": _has_private_key, "audit chain": _chain_holds}
ADVICE = {
    "migrations": "run `flask db upgrade`.",
    "database takes writes": "check DATABASE_URL and the rights on the database.",
    "disk": "less than 200 MB are free under DATA_DIR.",
    "queue": "mails wait for more than 15 minutes; is `flask worker` running, and is MAIL_URL right?",
    "front-end files": "run `make assets`.",
    "secret key": "other users of this machine can read DATA_DIR/secret_key; run `chmod 600` on it.",
    "audit chain": "run `flask audit verify` to see which row was changed.",
}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True))
@with_appcontext
def backup(file: str) -> None:
    """Write the database and the pictures into FILE, while Plaza goes on running."""
    size = backups.write(file, _settings())
    click.echo(f"Written: {file} ({size / 1_000_000:.1f} MB). Keep it as safe as the database itself.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def restore(file: str, yes: bool) -> None:
    """Replace the database and the pictures by those in FILE. Stop Plaza first."""
    if not yes:
        click.confirm("This replaces everything in the present database. Go on?", abort=True)
    db.engine.dispose()
    try:
        backups.read(file, _settings())
    except backups.NotABackup as error:
        raise click.ClickException(str(error)) from None
    upgrade()
    click.echo("Restored, and brought up to date.")


@audit_commands.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False), required=False)
def verify(file: str | None) -> None:
    """Check that no row of the audit log was changed or taken out. Exit status 1 where one was.

    FILE is an earlier export of the log as CSV: its rows have to be here still. Without one, rows that were cut off at
    the end do not show.
    """
    broken = audit.first_broken_entry()
    if broken is not None:
        raise click.ClickException(_what_is_broken(broken))
    lost = audit.first_lost(audit_search.digests_in(file)) if file else None
    if lost is not None:
        raise click.ClickException(f"Row {lost} is not here any more as it stands in {file}.")
    click.echo("The audit log is whole.")


def _what_is_broken(entry: audit.AuditEntry) -> str:
    if audit.is_missing_before(entry):
        return f"Row {entry.id - 1} is missing: it was taken out from before row {entry.id} of {entry.at:%Y-%m-%d}."
    return (
        f"Row {entry.id} of {entry.at:%Y-%m-%d} was changed. It says: {entry.actor_name} {entry.verb} {entry.subject}."
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
