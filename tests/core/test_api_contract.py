"""The OpenAPI document is true: schemathesis sends what it allows and what it forbids, and checks every reply."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import RecordedScenario
from schemathesis.schemas import BaseSchema
from werkzeug.serving import WSGIRequestHandler, make_server

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.limits import limiter
from ideation.models import IdeaComment, Showing, VoteOutcome
from ideation.outcome import outcome
from polls.models import PollForm
from surveys.messages import SHORT
from tests.api import bearing
from tests.ideation.votes import make_vote
from tests.makers import make_poll
from tests.surveys.makers import make_wave

ACCEPTED = ["2xx", "401", "403", "404", "409", "422"]
"""422 where something is sent: what belongs to the city or the poll, or comes too late, no schema can tell."""


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log(self, *_message: Any) -> None:
        pass


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the app answers, without memory of how fast the last requests came."""

    def unhurried(*wsgi: Any) -> Any:
        limiter.reset()
        return app(*wsgi)

    server = make_server("127.0.0.1", 0, unhurried, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def document(address: str, city: City) -> BaseSchema:
    """The document as schemathesis reads it, with a token, and with one of each kind that its examples fit."""
    poll = make_poll(city, form=PollForm.YES_NO, choose_max=1)
    wave = make_wave(city, SHORT, slug=poll.slug, results="always")
    comment = make_counted_vote(city, poll.slug)
    settings = {
        "headers": bearing(city, Role.ADMIN),
        "parameters": {
            "path.city": city.slug,
            "path.slug": poll.slug,
            "path.survey_id": wave.survey_id,
            "path.idea_id": comment.idea_id,
            "path.comment_id": comment.id,
        },
        "generation": {"max-examples": 10, "database": "none", "codec": "utf-8"},
        "phases": {"stateful": {"max-steps": 4, "generation": {"max-examples": 5}}},
        "seed": 1,
        "operations": [
            {"include-method": ["POST", "PUT"], "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}}
        ],
    }
    config = SchemathesisConfig.from_dict(settings)
    return schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)


def make_counted_vote(city: City, slug: str) -> IdeaComment:
    """A comment in a campaign in which everything can still be done, and whose vote has been counted before."""
    campaign, (idea, *_others) = make_vote(city, slug=slug, results="always")
    place = {"city_id": city.id, "campaign_id": campaign.id}
    comment = IdeaComment(**place, idea_id=idea.id, language="en", text="Good.", showing=Showing.SHOWN)
    db.session.add_all([comment, VoteOutcome(**place, document=outcome(campaign))])
    db.session.commit()
    return comment


def test_every_reply_is_what_the_document_says(document: BaseSchema) -> None:
    found = list(from_schema(document).execute())
    scenarios = [event.recorder for event in found if isinstance(event, events.ScenarioFinished)]
    assert [event for event in found if isinstance(event, events.NonFatalError | events.FatalError)] == []
    assert [failure for scenario in scenarios for failure in failures(scenario)] == []
    assert operations(document) - succeeded(scenarios) == set()


def failures(scenario: RecordedScenario) -> list[tuple[str, str, str]]:
    """Which check failed, how, and the command that shows it."""
    return [
        (check.name, str(check.failure_info.failure), check.failure_info.code_sample)
        for checks in scenario.checks.values()
        for check in checks
        if check.failure_info
    ]


def operations(document: BaseSchema) -> set[str]:
    return {operation.ok().label for operation in document.get_all_operations()}


def succeeded(scenarios: Iterable[RecordedScenario]) -> set[str]:
    """Every operation that was carried out at least once: a run of nothing but refusals would prove little."""
    return {
        scenario.cases[number].value.operation.label
        for scenario in scenarios
        for number, exchange in scenario.interactions.items()
        if exchange.response is not None and exchange.response.status_code < 300
    }
