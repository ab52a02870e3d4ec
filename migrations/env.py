"""Runs the migrations with the application's own engine, on SQLite and on PostgreSQL."""

from alembic import context
from flask import current_app

from citizen.core.db import Base

database = current_app.extensions["migrate"].db


def migrate() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
