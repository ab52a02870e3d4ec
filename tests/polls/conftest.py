"""Who works for Riverton in these tests."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from tests.makers import make_staff, sign_in


@pytest.fixture
def editor(client: FlaskClient, city: City) -> FlaskClient:
    """Eda writes for Riverton."""
    return sign_in(client, make_staff(city, Role.EDITOR))


@pytest.fixture
def bruno(app: Flask, city: City) -> FlaskClient:
    """Bruno moderates in Riverton."""
    return sign_in(app.test_client(), make_staff(city, Role.MODERATOR))
