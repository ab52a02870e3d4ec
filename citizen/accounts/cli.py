"""Commands about staff and tokens."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy import select

from citizen.accounts import actions, mails
from citizen.accounts.forms import mail_address
from citizen.accounts.models import Membership, Role, User
from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.models import SELF_DECLARED, Channel

ROLES = click.Choice([role.value for role in Role])
CHANNELS = click.Choice([channel.value for channel in Channel if channel not in SELF_DECLARED])

staff_commands = AppGroup("staff", help="People who work for a city.")
token_commands = AppGroup("token", help="Keys for programs.")


def init_app(app: Flask) -> None:
    app.cli.add_command(staff_commands)
    app.cli.add_command(token_commands)


@staff_commands.command("add")
@click.argument("email")
@click.option("--city", "slug", help="Slug of the city.")
@click.option("--role", type=ROLES, default=Role.EDITOR.value, show_default=True)
@click.option("--platform-admin", is_flag=True, help="An admin in every city, instead of a role in one.")
def add(email: str, slug: str | None, role: str, platform_admin: bool) -> None:
    """Let EMAIL work for a city, and send an invitation. The link in it is printed here too."""
    if platform_admin == (slug is not None):
        raise click.UsageError("Say either --city SLUG or --platform-admin.")
    address = _checked_address(email)
    try:
        url = _add_to_city(city_or_fail(slug), address, Role(role)) if slug else _add_platform_admin(address)
    except Refused as refusal:
        raise click.ClickException(refusal.sentence) from None
    db.session.commit()
    click.echo(f"Added: {address}. A mail with this link is on its way; you can also hand it over yourself:")
    click.echo(url)


def _add_to_city(city: City, email: str, role: Role) -> str:
    membership = actions.add_staff(city, email, role, by=COMMAND_LINE)
    with force_locale(city.languages[0]):
        return mails.send_invitation(membership.user, city)


def _add_platform_admin(email: str) -> str:
    person = actions.make_platform_admin(email, by=COMMAND_LINE)
    return mails.send_invitation(person)


@staff_commands.command("list")
@click.option("--city", "slug", help="Slug of the city.")
def list_staff(slug: str | None) -> None:
    """Who works where, with which role."""
    query = select(Membership).join(Membership.city).join(Membership.user).order_by(City.slug, User.email)
    if slug:
        query = query.where(City.slug == slug)
    for row in db.session.scalars(query):
        click.echo(f"{row.city.slug}\t{row.role}\t{row.user.email}")


@staff_commands.command("reset-factor")
@click.argument("email")
def reset_factor(email: str) -> None:
    """Take the second factor of EMAIL away, where phone and recovery codes are lost."""
    person = actions.person_with(_checked_address(email))
    if person is None:
        raise click.ClickException(f"There is no account with the address {email}.")
    actions.reset_factor(person, by=COMMAND_LINE)
    db.session.commit()
    click.echo("Done. A new second factor is set up at the next sign-in.")


@token_commands.command("create")
@click.argument("city")
@click.argument("name")
@click.option("--role", type=ROLES, default=Role.VIEWER.value, show_default=True)
@click.option("--channel", type=CHANNELS, help="For a device that sends in answers. It may do nothing else.")
def create(city: str, name: str, role: str, channel: str | None) -> None:
    """Make a token of CITY for a program called NAME. It is printed once, and kept as a hash."""
    token, key = actions.create_token(city_or_fail(city), name, Role(role), channel=channel, by=COMMAND_LINE)
    db.session.commit()
    if token.role != role:
        click.echo(f"A token with a channel may only answer, so its role is {token.role}.", err=True)
    click.echo(key)


def city_or_fail(slug: str) -> City:
    city = db.session.scalar(select(City).filter_by(slug=slug))
    if city is None:
        raise click.ClickException(f"There is no city {slug!r}.")
    return city


def _checked_address(email: str) -> str:
    """One spelling of the address. Refuses what is no mail address."""
    try:
        checked = validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise click.ClickException(f"{email!r} is not a mail address.") from None
    return str(mail_address(checked.normalized))
