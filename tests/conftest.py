"""A real application on a real database, twice: SQLite and PostgreSQL. Everything is empty again after each test."""

import contextvars
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from app import create_app
from citizen.cities.models import City
from citizen.core.config import Settings
from citizen.core.db import db
from polls.models import Poll
from tests.makers import forget_everything, make_city, make_poll
from tests.postgres import start_postgres

DATABASES = ("sqlite", "postgresql")


class Browser(FlaskClient):
    """A client whose requests see what the test wrote, share nothing else with it, and leave nothing stale behind."""

    def open(self, *args: Any, **values: Any) -> Any:
        db.session.commit()
        response = contextvars.Context().run(super().open, *args, **values)
        db.session.expire_all()
        return response


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of an empty database of this process."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'plaza.sqlite3'}"
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    return start_postgres(Path(tempfile.gettempdir()) / f"plaza-postgres-{run}")


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("data")
    return Settings.from_env({"DATABASE_URL": database_url, "DATA_DIR": str(folder), "BASE_URL": "http://localhost"})


@pytest.fixture(scope="session")
def migrated_app(settings: Settings) -> Iterator[Flask]:
    app = create_app({"TESTING": True}, settings=settings)
    app.test_client_class = Browser
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    with migrated_app.app_context():
        yield migrated_app
        forget_everything()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody with a browser who is not signed in."""
    return app.test_client()


@pytest.fixture
def city(app: Flask) -> City:
    """Riverton, which speaks English and German."""
    return make_city()


@pytest.fixture
def other_city(app: Flask) -> City:
    """Where Carla belongs."""
    return make_city(slug="hillside", name="Hillside")


@pytest.fixture
def poll(city: City) -> Poll:
    """An open poll of Riverton: choose up to 2 of 3."""
    return make_poll(city)
