"""Somebody who can sign in on a fresh install."""

from citizen.accounts import actions, keys
from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE


def make_first_admin(city: City) -> tuple[str, str]:
    """An admin of the city: mail address and a password made for this install, which nothing else knows.

    The second factor is set up at the first sign-in. Nothing is committed.
    """
    email, password = f"admin@{city.slug}.example", keys.readable_key()
    membership = actions.add_staff(city, email, Role.ADMIN, by=COMMAND_LINE)
    actions.set_password(membership.user, password, by=COMMAND_LINE)
    return email, password
