"""A whole install in one file: the database, the pictures, the files that citizens sent, the key."""

import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from citizen.core.config import Settings

DUMP = "database.dump"
COPY = "database.sqlite3"
KEPT = ("media", "files", "secret_key")
"""Beside the database: pictures of staff, files of citizens, the key of the install."""


class NotABackup(Exception):
    """The file was not written by `flask backup`, or for another kind of database."""


def write(file: str, settings: Settings) -> int:
    """Write the backup and return its size in bytes. The database may be in use."""
    _make_private(Path(file))
    with tempfile.TemporaryDirectory() as folder:
        database = _dump(Path(folder), settings)
        with tarfile.open(file, "w:gz") as archive:
            archive.add(database, database.name)
            for name in KEPT:
                if (settings.data_dir / name).exists():
                    archive.add(settings.data_dir / name, name)
    return Path(file).stat().st_size


def _make_private(file: Path) -> None:
    """Only its owner may read the file, from before the first byte of it: the key of the install is in it."""
    file.touch(mode=0o600)
    file.chmod(0o600)


def read(file: str, settings: Settings) -> None:
    """Replace database, files and key by those of the backup. Nothing changes where the file is not right."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(file) as archive:
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, zlib.error, EOFError, OSError):
            raise NotABackup("This file is not a backup of Plaza.") from None
        _load(Path(folder), settings)
        for name in KEPT:
            _replace(Path(folder) / name, settings.data_dir / name)


def _is_sqlite(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite")


def _database_file(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")


def _plain_url(settings: Settings) -> str:
    return settings.database_url.replace("postgresql+psycopg://", "postgresql://")


def _dump(folder: Path, settings: Settings) -> Path:
    if not _is_sqlite(settings):
        command = ["pg_dump", "--format=custom", f"--file={folder / DUMP}", _plain_url(settings)]
        subprocess.run(command, check=True)
        return folder / DUMP
    _copy(_database_file(settings), folder / COPY)
    return folder / COPY


def _load(folder: Path, settings: Settings) -> None:
    expected = COPY if _is_sqlite(settings) else DUMP
    if not (folder / expected).exists():
        raise NotABackup("This backup is of another kind of database than DATABASE_URL names.")
    if not _is_sqlite(settings):
        command = ["pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={_plain_url(settings)}"]
        subprocess.run([*command, str(folder / DUMP)], check=True)
        return
    _copy(folder / COPY, _database_file(settings))


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)


def _replace(source: Path, target: Path) -> None:
    if not source.exists():
        return
    if target.is_dir():
        shutil.rmtree(target)
    shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
