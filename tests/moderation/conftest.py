"""Who moderates in Riverton in these tests, and where the texts come from."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.accounts.models import Role, User
from citizen.cities.models import City
from citizen.moderation import sources
from tests.makers import make_staff, sign_in
from tests.moderation.makers import Board


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    """A feature with short notes."""
    board = Board()
    monkeypatch.setitem(sources._sources, board.kind, board)
    return board


@pytest.fixture
def moderator(city: City) -> User:
    return make_staff(city, Role.MODERATOR, email="bruno@example.org")


@pytest.fixture
def bruno(app: Flask, moderator: User) -> FlaskClient:
    """Bruno moderates in Riverton."""
    return sign_in(app.test_client(), moderator)


@pytest.fixture
def dora(app: Flask, city: City) -> FlaskClient:
    """Dora moderates there too."""
    return sign_in(app.test_client(), make_staff(city, Role.MODERATOR, email="dora@example.org"))


@pytest.fixture
def viewer(app: Flask, city: City) -> FlaskClient:
    return sign_in(app.test_client(), make_staff(city, Role.VIEWER))


@pytest.fixture
def admin(app: Flask, city: City) -> FlaskClient:
    return sign_in(app.test_client(), make_staff(city, Role.ADMIN))
