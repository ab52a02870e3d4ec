"""Goes to every address of the application, as everybody, and keeps what came back."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule

from citizen.core.web import Access
from polls.answers import choice_ids
from polls.models import Poll, PollForm
from tests.makers import sign_in
from tests.site.world import World

EVERYBODY = ("nobody", "citizen", "viewer", "analyst", "moderator", "editor", "admin", "carla", "operator")
"""Nobody is signed in; Carla is an admin of another city; the operator is admin of all."""

WHO_GOES = {
    "public": ("nobody",),
    "operator": ("nobody",),
    "signed_in": ("citizen", "admin"),
    "staff": ("viewer", "moderator", "editor", "admin"),
    "token": (),
}
"""By the kind of access, whoever sees something of their own. test_access.py goes as everybody else too."""

ALIKE = {"poll.poster", "poll.qr", "poll_staff.choose_closing_time", "poll_staff.confirm_closure"} | {
    f"poll_staff.{page}" for page in ("confirm_deletion", "give_reason", "results_csv")
}
"""Pages that look the same for polls of every form."""

MOST = "multiple-open"
"""The poll that almost every page has something to say about."""


@dataclass
class Visit:
    """One reply: who asked for what, and what they got."""

    endpoint: str
    address: str
    who: str
    reply: Any
    method: str = "GET"

    @property
    def is_page(self) -> bool:
        return self.reply.mimetype == "text/html" and not self.is_redirect

    @property
    def is_redirect(self) -> bool:
        return 300 <= self.reply.status_code < 400

    @property
    def text(self) -> str:
        return self.reply.get_data().decode(errors="replace")

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    def __str__(self) -> str:
        return f"{self.method} {self.address} ({self.who})"


def rules(app: Flask, *methods: str) -> list[Rule]:
    """The addresses that take one of these methods, in the order of their names."""
    found = [rule for rule in app.url_map.iter_rules() if (rule.methods or set()) & set(methods)]
    return sorted(found, key=lambda rule: (rule.endpoint, str(rule)))


def access_of(app: Flask, rule: Rule) -> Access | None:
    return getattr(app.view_functions[rule.endpoint], "access", None)


def addresses(app: Flask, world: World, rule: Rule) -> Iterator[str]:
    """Every address of this rule in Riverton: each value of each argument with each of the others."""
    names = sorted(rule.arguments)
    adapter = app.url_map.bind("localhost")
    for values in product(*(world.examples(rule.endpoint, name) for name in names)):
        method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)), method=method)


def sample(app: Flask, world: World, rule: Rule) -> str:
    """One address of the rule: of the poll that most can be said about, where it is about a poll."""
    found = list(addresses(app, world, rule))
    wanted = "/other/" if "text" in rule.arguments else MOST
    return next((address for address in found if wanted in address), found[0])


def browser(app: Flask, world: World, who: str) -> FlaskClient:
    client = app.test_client()
    return client if who == "nobody" else sign_in(client, world.people[who])


def give_token(client: FlaskClient) -> str:
    """A valid CSRF token for the session of this client."""
    with client.session_transaction() as session:
        session["csrf_token"] = "a" * 40
    return URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token").dumps("a" * 40)


def go_everywhere(app: Flask, world: World) -> list[Visit]:
    """Every page: public ones as nobody, the others as everybody who sees something else there."""
    visits = []
    for rule in rules(app, "GET"):
        access = access_of(app, rule)
        for who in WHO_GOES[access.kind if access else "public"]:
            client = browser(app, world, who)
            asked = addresses_for(app, world, rule, everything=who in {"nobody", "admin"})
            visits += (Visit(rule.endpoint, address, who, client.get(address, buffered=True)) for address in asked)
    return visits


def addresses_for(app: Flask, world: World, rule: Rule, *, everything: bool) -> list[str]:
    """All addresses of the rule; or, where the form of the poll changes little, those of one poll in each state."""
    found = list(addresses(app, world, rule))
    few = [address for address in found if MOST.partition("-")[0] in address]
    return found if not few or (everything and rule.endpoint not in ALIKE) else few


def send_answers(app: Flask, world: World) -> list[Visit]:
    """What citizens get back who send nothing, an answer without a key, an answer, and one more."""
    visits = []
    for (slug, poll), page in product(world.polls.items(), ("", "/embed")):
        address, client = f"/riverton/polls/{slug}{page}", app.test_client()
        for form in forms_for(poll):
            reply = client.post(address, data=form)
            visits.append(Visit("poll.answer", address, "nobody", reply, "POST"))
            if reply.location:
                visits.append(
                    Visit("poll.results", reply.location, "nobody", client.get(reply.location, buffered=True))
                )
    return visits


def forms_for(poll: Poll) -> list[dict[str, str]]:
    choice = choice_ids(poll)[0]
    answer = {f"rank-{choice}": "1"} if poll.form == PollForm.RANK else {"choice": choice}
    keys = [{"key": secrets.token_hex(16)} for _ in range(2)]
    return [keys[0], answer, answer | keys[0], answer | keys[1], answer | {"key": "too short"}]


def send_empty_forms(app: Flask, world: World) -> list[Visit]:
    """What an admin gets back for sending every form of the console empty."""
    visits = []
    for rule in rules(app, "POST", "PUT", "PATCH", "DELETE"):
        access = access_of(app, rule)
        if access is None or access.kind != "staff":
            continue
        client, address = browser(app, world, "admin"), sample(app, world, rule)
        reply = client.post(address, data={"csrf_token": give_token(client)})
        visits.append(Visit(rule.endpoint, address, "admin", reply, "POST"))
    return visits


def meet_errors(app: Flask) -> list[Visit]:
    """Every error page, in English and in German."""
    visits = []
    for language, (address, sent) in product(("en", "de"), ERRORS):
        headers = {"Accept-Language": language, **sent.get("headers", {})}
        reply = app.test_client().open(address, **{**sent, "headers": headers})
        visits.append(Visit("error", address, "nobody", reply, sent.get("method", "GET")))
    return visits


ERRORS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/nowhere/", {}),
    ("/riverton/nothing", {}),
    ("/riverton/polls/nothing", {}),
    ("/riverton/about", {"method": "POST"}),
    (f"/riverton/polls/{MOST}", {"method": "POST", "headers": {"Origin": "https://elsewhere.example"}}),
    (f"/riverton/polls/{MOST}", {"method": "POST", "data": {"choice": "x" * 2_000_000}}),
)
