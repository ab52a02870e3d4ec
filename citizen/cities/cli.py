"""Commands about cities."""

import click
from flask import Flask
from flask.cli import AppGroup

from citizen.cities import actions
from citizen.cities.models import all_cities
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused

city_commands = AppGroup("city", help="The cities of this install.")


def init_app(app: Flask) -> None:
    app.cli.add_command(city_commands)


@city_commands.command("create")
@click.argument("slug")
@click.argument("name")
@click.option("--language", "languages", multiple=True, required=True, help="Such as en; the first is the main one.")
@click.option("--time-zone", default=actions.DEFAULT_ZONE, show_default=True)
def create(slug: str, name: str, languages: tuple[str, ...], time_zone: str) -> None:
    """Make the city NAME, whose pages begin with /SLUG/."""
    try:
        city = actions.create_city(slug, name, languages, time_zone=time_zone, by=COMMAND_LINE)
    except Refused as refusal:
        raise click.ClickException(refusal.sentence) from None
    db.session.commit()
    click.echo(f"Made: {city.name}, at /{city.slug}/. Next: flask staff add EMAIL --city {city.slug} --role admin")


@city_commands.command("list")
def list_cities() -> None:
    """The cities of this install."""
    for city in db.session.scalars(all_cities()):
        click.echo(f"{city.slug}\t{','.join(city.languages)}\t{city.name}")
