"""Readers need no database, only words: an application that speaks, and nothing else."""

from collections.abc import Iterator

import pytest
from flask import Flask

from citizen.core import i18n
from citizen.core.config import ROOT


@pytest.fixture(scope="session")
def speaking_app() -> Flask:
    app = Flask("speaking", root_path=str(ROOT))
    i18n.init_app(app)
    return app


@pytest.fixture
def speaking(speaking_app: Flask) -> Iterator[None]:
    """Sentences in English, as the command line has them."""
    with speaking_app.app_context():
        yield
