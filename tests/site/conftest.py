"""One walk through the whole site, which the tests of this folder look at from many sides."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from polls.models import PollForm
from tests.makers import forget_everything
from tests.site import visiting
from tests.site.visiting import Visit
from tests.site.world import World, make_world


@contextmanager
def world_of(app: Flask) -> Iterator[World]:
    """The world, for as long as it is needed: other tests start from nothing."""
    with app.app_context():
        try:
            yield make_world()
        finally:
            forget_everything()


@pytest.fixture(scope="session")
def visits(migrated_app: Flask) -> list[Visit]:
    """Every reply of the walk. What changes something comes last."""
    with world_of(migrated_app) as world:
        return [
            *visiting.go_everywhere(migrated_app, world),
            *visiting.meet_errors(migrated_app),
            *visiting.send_answers(migrated_app, world),
            *visiting.send_empty_forms(migrated_app, world),
        ]


@pytest.fixture(scope="session")
def pages(visits: list[Visit]) -> list[Visit]:
    """The whole pages among the replies."""
    found = [visit for visit in visits if visit.is_page]
    assert len(found) > 100, "the walk has found too few pages to say anything"
    return found


@pytest.fixture
def world(app: Flask) -> World:
    """A smaller world of one test's own, to change as it likes."""
    return make_world(forms=(PollForm.MULTIPLE,), special=("other",))
