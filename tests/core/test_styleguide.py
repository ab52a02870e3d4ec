"""The style guide: there in debug mode, nowhere else."""

from dataclasses import replace

from flask.testing import FlaskClient

from app import create_app
from citizen.core.config import Settings


def test_it_shows_the_components_in_debug_mode(settings: Settings) -> None:
    app = create_app({"TESTING": True}, settings=replace(settings, debug=True))
    page = app.test_client().get("/styleguide")
    assert page.status_code == 200
    assert 'class="button' in page.text


def test_it_is_no_page_otherwise(client: FlaskClient) -> None:
    assert client.get("/styleguide/").status_code == 404
