"""Every page for people who sign in, in a real browser: nothing blocked, nothing for axe, nothing that sticks out."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.places import peoples_places
from tests.browser.survey import FEW_LOOKS, KINDS, Survey, surveyed, told
from tests.browser.watching import BROWSER

pytestmark = BROWSER


@pytest.fixture(scope="module")
def survey(migrated_app: Flask, chromium: Browser, address: str) -> Survey:
    """One walk, which the tests look at from many sides."""
    return surveyed(migrated_app, chromium, address, peoples_places, FEW_LOOKS)


@pytest.mark.parametrize("kind", KINDS)
def test_on_every_page_of_people_nothing_is_found_by(survey: Survey, kind: str) -> None:
    assert not survey.findings[kind], told(survey.findings[kind])
