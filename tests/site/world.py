"""A city in which every kind of page has something to show, and what stands in its addresses."""

import io
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from citizen.accounts import keys, links
from citizen.accounts.links import Purpose
from citizen.accounts.models import ApiToken, Membership, Role, User
from citizen.cities.models import City
from citizen.core import clock, media
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import Assurance, ResultsRule, State
from polls import actions
from polls.answers import checked, choice_ids
from polls.models import OTHER, Poll, PollCorrection, PollForm, PollOtherText
from surveys.models import SurveyWave
from tests.makers import make_city, make_participant, make_poll, make_staff
from tests.site import idea_world, moderation_world, survey_world

LONG = "Straßenbahnhaltestellenüberdachungsverordnung und alles, was sonst noch dazu gehört"


@dataclass
class World:
    """Riverton with a poll of every form in every state and somebody in every role; Hillside beside it."""

    city: City
    other_city: City
    polls: dict[str, Poll] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    picture: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)
    waves: dict[str, SurveyWave] = field(default_factory=dict)
    other_poll: Poll = field(init=False)
    other_wave: SurveyWave = field(init=False)

    def examples(self, endpoint: str, argument: str) -> list[str]:
        """Values that this argument of an address may have in Riverton."""
        name = named(EXAMPLES, endpoint, argument)
        if name not in self.found:
            self.found[name] = EXAMPLES[name](self)
        return self.found[name]


def make_world(*, forms: tuple[PollForm, ...] = tuple(PollForm), special: tuple[str, ...] | None = None) -> World:
    """Everything, or only polls of these forms and these special ones, which takes a fraction of the time."""
    riverton = make_city(population=84_500, contact="hello@riverton.example")
    world = World(riverton, make_city(slug="hillside", name="Hillside"))
    world.picture = keep_dot()
    make_polls(world, forms)
    make_special_polls(world, special or tuple(SPECIAL))
    world.other_poll = make_poll(world.other_city, slug="hills", options=("Up", "Down"))
    for role in Role:
        world.people[role.value] = make_staff(world.city, role)
    world.people["citizen"] = make_staff(None, email="ana@example.org")
    world.people["citizen"].factor_confirmed_at = None
    world.people["carla"] = make_staff(world.other_city, Role.ADMIN, email="carla@example.org")
    world.people["operator"] = make_staff(None, email="platform@example.org")
    world.people["operator"].is_platform_admin = True
    make_token(world.city, "present")
    make_links(world)
    survey_world.make_surveys(world)
    idea_world.make_campaigns(world)
    moderation_world.make_moderation(world)
    db.session.commit()
    return world


def keep_dot() -> str:
    """A small picture, kept as an uploaded one is."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "#1d5f8a").save(buffer, "PNG")
    buffer.seek(0)
    return media.keep_picture(FileStorage(buffer, "dot.png")).name


def make_token(city: City, name: str, role: Role = Role.EDITOR) -> str:
    """A token of the city, as a program sends it."""
    key = secrets.token_urlsafe(32)
    db.session.add(ApiToken(city_id=city.id, name=name, digest=keys.digest(key), role=role))
    db.session.commit()
    return key


def make_links(world: World) -> None:
    """What was sent by mail: a link to sign in, a link to choose a password, and one that is gone."""
    for purpose, who in ((Purpose.SIGN_IN, "citizen"), (Purpose.CREDENTIALS, "viewer")):
        email = world.people[who].email
        world.keys[purpose] = links.make_link(purpose, email, timedelta(hours=1))


def make_polls(world: World, forms: tuple[PollForm, ...]) -> None:
    for form in forms:
        for state in State:
            slug = f"{form}-{state}".replace("_", "-")
            world.polls[slug] = poll_in(world.city, form, state, slug=slug)


def poll_in(city: City, form: PollForm, state: State, **values: Any) -> Poll:
    """A poll of this form, answered by some where it could be, and now in this state."""
    values |= {"form": form, "published": state is not State.DRAFT}
    if form is PollForm.SCALE:
        values |= {"scale_low": {"en": "not at all"}, "scale_high": {"en": "very much"}}
    if state is State.UPCOMING:
        values |= {"opens_at": clock.now() + timedelta(days=1)}
    poll = make_poll(city, **values)
    if state in {State.OPEN, State.CLOSED, State.WITHDRAWN}:
        answer(poll, 12)
    if state is State.CLOSED:
        running.close(poll, by=COMMAND_LINE)
    if state is State.WITHDRAWN:
        running.withdraw(poll, {"en": "A mistake of ours.", "de": "Ein Fehler von uns."}, by=COMMAND_LINE)
    db.session.commit()
    return poll


def answer(poll: Poll, times: int) -> None:
    for number in range(times):
        chosen = [choice for choice in choice_ids(poll) if choice != OTHER][number % 2 : 2]
        person = make_participant(f"{poll.slug}-{number}")
        actions.cast_ballot(poll, checked(poll, chosen[:1]), secrets.token_hex(16), by=person)


SPECIAL: dict[str, dict[str, Any]] = {
    "pictures": {"form": PollForm.SINGLE},
    "many": {"form": PollForm.SINGLE, "options": tuple(f"{LONG} {n}" for n in range(30)), "has_other": True},
    "shuffled": {"is_shuffled": True},
    "after-answer": {"results": ResultsRule.AFTER_ANSWER},
    "after-close": {"results": ResultsRule.AFTER_CLOSE},
    "anybody": {"assurance": Assurance.OPEN},
    "confirmed": {"assurance": Assurance.CONTACT},
    "translated": {"title": {"en": "One word?", "de": "Ein Wort?"}, "background": {"en": LONG}},
    "other": {"form": PollForm.SINGLE, "has_other": True},
    "corrected": {},
}


def make_special_polls(world: World, names: tuple[str, ...]) -> None:
    """What makes a page look different beyond its form and its state."""
    for name in names:
        world.polls[name] = make_poll(world.city, slug=name, **SPECIAL[name])
        finish = {"pictures": show_pictures, "other": hold_texts, "corrected": correct}.get(name)
        if finish:
            finish(world, world.polls[name])


def show_pictures(world: World, poll: Poll) -> None:
    for option in poll.options:
        option.picture, option.picture_width, option.picture_height = world.picture, 40, 30
        option.picture_alt = {"en": f"A drawing of {option.label['en']}"}


def hold_texts(_world: World, poll: Poll) -> None:
    place = {"city_id": poll.city_id, "poll_id": poll.id}
    for state in ("held", "approved", "rejected"):
        text = PollOtherText(**place, id=secrets.token_bytes(16), text=f"{LONG} <b>", state=state)
        text.reason = "It names a person." if state == "rejected" else None
        db.session.add(text)
    answer(poll, 3)


def correct(_world: World, poll: Poll) -> None:
    answer(poll, 3)
    place = {"city_id": poll.city_id, "poll_id": poll.id}
    db.session.add(PollCorrection(**place, part="question", language="en", before="Waht?", after="What?"))


EXAMPLES: dict[str, Callable[[World], list[str]]] = (
    {
        "city_slug": lambda _world: ["riverton"],
        "slug": lambda world: list(world.polls),
        "name": lambda world: [world.picture],
        "text": lambda world: [row.id.hex() for row in rows(PollOtherText, world.city)],
        "user_id": lambda world: [str(row.user_id) for row in rows(Membership, world.city)],
        "token_id": lambda world: [str(row.id) for row in rows(ApiToken, world.city)],
        "accounts.link key": lambda world: [world.keys[Purpose.SIGN_IN], "gone"],
        "accounts.use_link key": lambda world: [world.keys[Purpose.SIGN_IN], "gone"],
        "accounts.choose_password key": lambda world: [world.keys[Purpose.CREDENTIALS], "gone"],
    }
    | survey_world.EXAMPLES
    | idea_world.EXAMPLES
    | moderation_world.EXAMPLES
)
"""By argument; by blueprint and argument; by endpoint and argument. A test names every address that has another one."""


def named(known: Mapping[str, Any], endpoint: str, argument: str) -> str:
    """The closest of the names under which a value for this argument may stand."""
    blueprint = endpoint.partition(".")[0]
    return next((name for name in (f"{endpoint} {argument}", f"{blueprint} {argument}") if name in known), argument)


def rows(model: type[Any], city: City) -> list[Any]:
    return list(db.session.scalars(select(model).filter_by(city_id=city.id)))
