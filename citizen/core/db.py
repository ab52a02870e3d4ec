"""The database: one Base, column kinds named once, and writes that the database itself keeps honest."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any

from flask import Flask, g, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Insert,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry

from citizen.core import clock

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
UPSERTS: dict[str, Callable[[Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
UNORDERED = {"sqlite_with_rowid": False}
"""Table option: SQLite keeps no row numbers, so that rows stand in the order of their random keys."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive datetimes: a moment without a zone is a mistake."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_json = JSON().with_variant(JSONB(), "postgresql")

Id = Annotated[int, mapped_column(primary_key=True)]
RandomKey = Annotated[bytes, mapped_column(LargeBinary(16), primary_key=True, default=lambda: secrets.token_bytes(16))]
Digest = Annotated[bytes, mapped_column(LargeBinary(32))]
CityId = Annotated[int, mapped_column(ForeignKey("city.id"), primary_key=True)]
Created = Annotated[datetime, mapped_column(default=clock.now)]
Slug = Annotated[str, mapped_column(String(80))]
Code = Annotated[str, mapped_column(String(20))]
Line = Annotated[str, mapped_column(String(300))]
LongText = Annotated[str, mapped_column(Text)]
Texts = Annotated[dict[str, str], mapped_column(_json)]
"""One text in several languages, by language code."""
Codes = Annotated[list[str], mapped_column(_json)]


class Base(DeclarativeBase):
    """All our tables. Names of constraints are fixed, so that migrations can name them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime,
            dict[str, Any]: _json,
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})
migrate = Migrate(compare_type=True, render_as_batch=True)


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)


def _prepare_sqlite(engine: Engine) -> None:
    """WAL with full durability; we begin transactions ourselves, because the driver begins them too late."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        is_reader = _only_reads() or connection.get_execution_options().get("only_reads", False)
        connection.exec_driver_sql("BEGIN" if is_reader else "BEGIN IMMEDIATE")


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection of its own for long reading, which sees one state of the database and keeps nobody from writing."""
    with db.engine.connect() as connection:
        yield connection.execution_options(only_reads=True)


def _only_reads() -> bool:
    """A safe request reads; so does everything that renders after the one commit of an unsafe one."""
    return has_request_context() and (request.method in SAFE_METHODS or g.get("has_committed", False))


@event.listens_for(Session, "after_commit")
def _remember_commit(_session: Session) -> None:
    if has_request_context():
        g.has_committed = True


def insert_once(model: type[Base], **values: Any) -> bool:
    """Insert the row unless its key exists already, in one statement. True where the row is new."""
    connection = db.session.connection()
    statement = _insertion(model.__table__, connection.dialect.name)
    return connection.execute(statement, values).first() is not None


def add_to_counters(
    model: type[Base], rows: Sequence[Mapping[str, Any]], *, counters: tuple[str, ...] = ("n",)
) -> None:
    """Add each row's numbers to the counters that its primary key names, making the row where there is none.

    The rows are sorted by key, so that two transactions which touch the same counters cannot wait for each other.
    """
    if not rows:
        return
    connection = db.session.connection()
    statement = _addition(model.__table__, counters, connection.dialect.name)
    keys = [column.name for column in model.__table__.primary_key]
    ordered = sorted(rows, key=lambda row: [str(row[key]) for key in keys])
    connection.execute(statement, ordered)


def look_anew(*models: type[Base]) -> None:
    """After many rows came at once: let PostgreSQL count what is in these tables, which its plans rest on.

    By itself it does so a minute later or more, and until then plans as if they were empty.
    """
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        names = ", ".join(model.__tablename__ for model in models)
        connection.exec_driver_sql(f"ANALYZE {names}")


@cache
def _insertion(table: Table, dialect: str) -> Insert:
    """Built once: on the way of an answer, building such statements cost more than the database did."""
    statement = UPSERTS[dialect](table).on_conflict_do_nothing()
    return statement.returning(*table.primary_key)  # type: ignore[no-any-return]


@cache
def _addition(table: Table, counters: tuple[str, ...], dialect: str) -> Insert:
    statement = UPSERTS[dialect](table)
    sums = {counter: table.c[counter] + statement.excluded[counter] for counter in counters}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)  # type: ignore[no-any-return]
