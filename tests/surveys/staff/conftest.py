"""Who works for Riverton in these tests."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from surveys.models import SurveyWave
from tests.makers import make_staff, sign_in
from tests.surveys.makers import make_wave


@pytest.fixture
def editor(client: FlaskClient, city: City) -> FlaskClient:
    """Eda writes for Riverton."""
    return sign_in(client, make_staff(city, Role.EDITOR, email="eda@example.org"))


@pytest.fixture
def second(app: Flask, city: City) -> FlaskClient:
    """Emil writes for Riverton, too."""
    return sign_in(app.test_client(), make_staff(city, Role.EDITOR, email="emil@example.org"))


@pytest.fixture
def bruno(app: Flask, city: City) -> FlaskClient:
    """Bruno moderates in Riverton."""
    return sign_in(app.test_client(), make_staff(city, Role.MODERATOR, email="bruno@example.org"))


@pytest.fixture
def wave(city: City) -> SurveyWave:
    """A wave that is open."""
    return make_wave(city)
