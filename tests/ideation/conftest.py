"""Who works for Riverton in these tests, and the campaign that runs there."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from ideation.models import Campaign
from tests.ideation.makers import make_campaign
from tests.makers import make_staff, sign_in


@pytest.fixture
def editor(app: Flask, city: City) -> FlaskClient:
    """Eda writes for Riverton."""
    return sign_in(app.test_client(), make_staff(city, Role.EDITOR))


@pytest.fixture
def bruno(app: Flask, city: City) -> FlaskClient:
    """Bruno moderates in Riverton."""
    return sign_in(app.test_client(), make_staff(city, Role.MODERATOR))


@pytest.fixture
def campaign(city: City) -> Campaign:
    """A campaign of Riverton in which everything is possible at once."""
    return make_campaign(city, slug="electricity")
