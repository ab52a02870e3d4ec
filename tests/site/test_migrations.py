"""The migrations make what the models say, on both databases, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect

from citizen.core.config import ROOT
from citizen.core.db import Base, db

MIGRATIONS = str(ROOT / "migrations")


def difference() -> list[Any]:
    """What the models have and the tables have not, and the other way round."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def constraints() -> set[tuple[str, str]]:
    """Names of the check constraints, which Alembic does not compare by itself."""
    inspector = inspect(db.engine)
    return {
        (table, str(check["name"]))
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(MIGRATIONS).get_heads()) == 1


def test_migrations_are_numbered_and_import_no_models() -> None:
    for path in Path(MIGRATIONS).glob("versions/*.py"):
        assert path.name[:4].isdigit(), path.name
        assert "import citizen" not in path.read_text()
        assert "from citizen" not in path.read_text()
        assert "from polls" not in path.read_text()


def test_tables_equal_models(app: Flask) -> None:
    assert difference() == []


def test_check_constraints_equal_those_of_the_models(app: Flask) -> None:
    declared = {
        (table.name, str(check.name))
        for table in Base.metadata.sorted_tables
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    assert constraints() == declared


@pytest.fixture
def back_and_forth(app: Flask) -> Iterator[None]:
    """Whatever happens, the tables are there again afterwards."""
    db.session.remove()
    yield
    upgrade(directory=MIGRATIONS)


def test_every_migration_can_be_taken_back_and_made_again(app: Flask, back_and_forth: None) -> None:
    downgrade(directory=MIGRATIONS, revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    upgrade(directory=MIGRATIONS)
    assert difference() == []
