"""The OpenAPI document is true: schemathesis sends what it allows and what it forbids, and checks every reply."""

import contextvars
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.schemas import BaseSchema

from citizen.accounts.models import Role
from citizen.core.limits import limiter
from polls.models import Poll
from tests.api import bearing

ACCEPTED = ["2xx", "401", "403", "404", "409", "422"]
"""422 too: languages of the city, ids of the poll and moments in order are rules that no schema can tell."""


class Apart:
    """The app, each request in a context of its own and without memory of how fast the last ones came."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, *wsgi: Any) -> Any:
        limiter.reset()
        return contextvars.Context().run(self.app, *wsgi)


@pytest.fixture
def document(app: Flask, poll: Poll) -> BaseSchema:
    settings = {
        "headers": bearing(poll.city, Role.ADMIN),
        "parameters": {"path.city": poll.city.slug, "path.slug": poll.slug},
        "generation": {"max-examples": 20, "database": "none"},
        "seed": 1,
        "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
    }
    config = SchemathesisConfig.from_dict(settings)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", Apart(app), config=config)


def test_every_reply_is_what_the_document_says(document: BaseSchema) -> None:
    import collections
    st = collections.Counter()
    for event in from_schema(document).execute():
        if isinstance(event, events.ScenarioFinished):
            for cid, inter in event.recorder.interactions.items():
                if inter.response is not None: st[event.phase.name, event.recorder.cases[cid].value.operation.label, inter.response.status_code] += 1
            for cid, checks in event.recorder.checks.items():
                for c in checks:
                    if c.failure_info: print(event.phase, c.name, event.recorder.cases[cid].value.as_curl_command(), c.failure_info.failure)
        elif isinstance(event, events.NonFatalError):
            print("ERR", event.phase, event.label, event.value, event.info)
        elif isinstance(event, events.FatalError):
            print("FATAL", event.exception)
        elif isinstance(event, events.PhaseFinished): print(event.phase, event.status)
    for k,v in sorted(st.items(), key=str): print(k,v)
    assert 0
