"""Is the process up, can it serve, and how is it doing."""

import hmac
import shutil
from collections.abc import Callable
from datetime import timedelta

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, abort, current_app, jsonify, request
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core import mail, metrics
from citizen.core.config import LOOPBACK, ROOT
from citizen.core.db import Base, Created, db
from citizen.core.web import operator, public, uncached

bp = Blueprint("health", __name__)

FREE_BYTES = 200 * 1024 * 1024
QUEUE_AGE = timedelta(minutes=15)


class Probe(Base):
    """A row that readiness writes and takes away again: the only proof that the database takes writes."""

    __tablename__ = "probe"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Created]


@bp.get("/healthz")
@public
def process() -> Response:
    return uncached(jsonify(status="ok"))


@bp.get("/readyz")
@public
def ready() -> Response:
    found = {name: check() for name, check in CHECKS.items()}
    response = jsonify(status="ok" if all(found.values()) else "not ready", checks=found)
    response.status_code = 200 if all(found.values()) else 503
    return uncached(response)


@bp.get("/metrics")
@operator
def figures() -> Response:
    """For this machine itself, or with METRICS_TOKEN as bearer token; nobody else learns that it exists."""
    if not _is_operator():
        abort(404)
    return uncached(Response(metrics.as_text(mail.oldest_due_seconds()), mimetype="text/plain"))


def _is_operator() -> bool:
    token = current_app.extensions["settings"].metrics_token
    if token is None:
        return request.remote_addr in LOOPBACK and "X-Forwarded-For" not in request.headers
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), token.encode())


def is_migrated() -> bool:
    """The database stands at the newest migration of this code."""
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def takes_writes() -> bool:
    try:
        db.session.execute(delete(Probe))
        db.session.add(Probe(id=1))
        db.session.flush()
        db.session.rollback()
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def has_space() -> bool:
    folder = current_app.extensions["settings"].data_dir
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free > FREE_BYTES


def queue_is_young() -> bool:
    return mail.oldest_due_seconds() < QUEUE_AGE.total_seconds()


CHECKS: dict[str, Callable[[], bool]] = {
    "migrations": is_migrated,
    "database takes writes": takes_writes,
    "disk": has_space,
    "queue": queue_is_young,
}
