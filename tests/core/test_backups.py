"""A whole install goes into one file and comes back from it."""

import os
import stat
import tarfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from citizen.cities.models import City
from citizen.core.config import Settings
from citizen.core.db import Base, db
from polls import statistics
from polls.models import Poll, PollBallot
from tests.makers import cast
from tests.postgres import postgres_programs


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of PostgreSQL, which an operator has beside the server."""
    monkeypatch.setenv("PATH", f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def install(app: Flask, poll: Poll, settings: Settings) -> Poll:
    """An install with answers, a picture and a key."""
    for number in range(5):
        cast(poll, "Maps", by=f"person {number}")
    settings.media_dir.mkdir(exist_ok=True)
    (settings.media_dir / "square.webp").write_bytes(b"picture")
    (settings.data_dir / "files").mkdir(exist_ok=True)
    (settings.data_dir / "files" / "letter.pdf").write_bytes(b"letter")
    return poll


def everything() -> dict[str, list[Any]]:
    """All rows of all tables, by table."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in Base.metadata.sorted_tables
    }


def run(app: Flask, *arguments: str) -> Any:
    db.session.remove()
    return app.test_cli_runner().invoke(args=list(arguments))


def test_what_was_written_comes_back(app: Flask, install: Poll, settings: Settings, tmp_path: Path) -> None:
    before, slug = everything(), install.slug
    file = str(tmp_path / "plaza.backup")
    assert run(app, "backup", file).exit_code == 0
    db.session.execute(delete(PollBallot))
    db.session.add(City(slug="new", name="New", languages=["en"]))
    db.session.commit()
    (settings.media_dir / "square.webp").unlink()
    (settings.data_dir / "files" / "letter.pdf").unlink()
    assert everything() != before
    told = run(app, "restore", file, "--yes")
    assert told.exit_code == 0, told.output
    assert everything() == before
    assert (settings.media_dir / "square.webp").read_bytes() == b"picture"
    assert (settings.data_dir / "files" / "letter.pdf").read_bytes() == b"letter"
    again = db.session.scalar(select(Poll).filter_by(slug=slug))
    assert again is not None
    assert statistics.count(again) == 5


def test_only_its_owner_can_read_a_backup(app: Flask, install: Poll, tmp_path: Path) -> None:
    file = tmp_path / "plaza.backup"
    run(app, "backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as archive:
        assert "secret_key" in archive.getnames()


@pytest.mark.parametrize("content", [b"", b"this is no archive", b"\x1f\x8b broken"])
def test_a_file_that_is_no_backup_changes_nothing(app: Flask, install: Poll, tmp_path: Path, content: bytes) -> None:
    before = everything()
    file = tmp_path / "letter.txt"
    file.write_bytes(content)
    told = run(app, "restore", str(file), "--yes")
    assert told.exit_code == 1
    assert "not a backup" in told.output
    assert everything() == before


def test_an_archive_of_something_else_changes_nothing(app: Flask, install: Poll, tmp_path: Path) -> None:
    before, file = everything(), tmp_path / "holiday.tar.gz"
    (tmp_path / "beach.txt").write_text("sand")
    with tarfile.open(file, "w:gz") as archive:
        archive.add(tmp_path / "beach.txt", "beach.txt")
    told = run(app, "restore", str(file), "--yes")
    assert told.exit_code == 1
    assert everything() == before


def test_restoring_asks_first(app: Flask, install: Poll, tmp_path: Path) -> None:
    file = str(tmp_path / "plaza.backup")
    run(app, "backup", file)
    before = everything()
    db.session.remove()
    told = app.test_cli_runner().invoke(args=["restore", file], input="n\n")
    assert told.exit_code == 1
    assert everything() == before
