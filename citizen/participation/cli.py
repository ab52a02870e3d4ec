"""The command that makes a demo city."""

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from citizen.accounts.demo import make_first_admin
from citizen.cities.models import City
from citizen.core import audit
from citizen.core.db import db
from citizen.participation.demo import make_demo_city


def init_app(app: Flask) -> None:
    app.cli.add_command(demo)


@click.command()
@click.option("--only-when-empty", is_flag=True, help="Do nothing where there is a city already.")
@with_appcontext
def demo(only_when_empty: bool) -> None:
    """Make the demo city Riverton, with something of everything and somebody who can sign in."""
    if only_when_empty and db.session.scalar(select(City.id).limit(1)) is not None:
        return
    if db.session.scalar(select(City.id).filter_by(slug="riverton")) is not None:
        raise click.ClickException("The demo city is here already.")
    city = make_demo_city(by=audit.COMMAND_LINE)
    email, password = make_first_admin(city)
    db.session.commit()
    click.echo("A demo city was made: Riverton.")
    click.echo(f"  Staff sign in with    {email}")
    click.echo(f"  and the password      {password}    (made for this install; shown only now)")
