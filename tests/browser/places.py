"""The pages that people see, one for each kind and state, in a city that has them all."""

from dataclasses import dataclass

from flask import Flask

from citizen.participation.models import State
from polls.models import PollForm
from tests.site.access_table import COVERS, LEAST
from tests.site.visiting import MOST, addresses, addresses_for, rules, sample
from tests.site.world import World

CHANGING = {"poll_staff.show", "poll_staff.edit"}
"""Pages of the console that look different in each state of a poll."""

FILES = (".csv", ".json", ".pdf", ".zip", "/file")
"""How addresses end that give a file and no page."""


@dataclass(frozen=True)
class Place:
    """An address, and who goes there."""

    address: str
    who: str = "nobody"


def slug_of(form: PollForm) -> str:
    return f"{form}-open".replace("_", "-")


def citizens_places(_app: Flask, world: World) -> list[Place]:
    """Every poll page of every form, and of one form in every state; the special ones; the pages of the city."""
    city = [Place(f"/riverton/{page}") for page in ("", "about", "privacy", "accessibility", "polls/", "nowhere")]
    forms = [Place(f"/riverton/polls/{slug_of(form)}{page}") for form in PollForm for page in ("", "/results")]
    other = [Place(f"/riverton/polls/{MOST}{page}") for page in ("/embed", "/live")]
    states = [Place(f"/riverton/polls/multiple-{state}{page}") for state in State for page in ("", "/results")]
    special = [Place(f"/riverton/polls/{name}") for name in world.polls if "-" not in name or name.startswith("after")]
    return list(dict.fromkeys([Place("/"), *city, *forms, *other, *states, *special]))


def peoples_places(app: Flask, world: World) -> list[Place]:
    """The pages to sign in, the account, and every page of the console, as an admin sees them."""
    places = []
    for rule in rules(app, "GET"):
        least = LEAST[rule.endpoint]
        if rule.endpoint.startswith("accounts.") and least == "anybody":
            places += (Place(address) for address in addresses(app, world, rule))
        elif rule.endpoint in CHANGING:
            places += (Place(address, "admin") for address in addresses_for(app, world, rule, everything=False))
        elif least in COVERS or least.startswith("person"):
            places.append(Place(sample(app, world, rule), "admin"))
    return [place for place in places if not place.address.endswith(FILES) and "/export." not in place.address]
