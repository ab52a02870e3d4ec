"""Bare Flask doing the same work as Plaza: one ORM read and a page of the same size, one ORM read and a durable insert.

It is what Plaza is held against, so nothing here may be slower than a careful programmer would write it.
"""

import secrets
from typing import Any

from flask import Flask, has_request_context, redirect, render_template, request, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, LargeBinary, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response

SLUG, LONG = "square", "avenue"
"""A page as long as that of a poll, and one as long as the result of a survey."""
LINE = "A line of an ordinary page, as long as the words beside a button."


class Base(DeclarativeBase):
    """The tables of the reference, beside Plaza's and apart from them."""


class Page(Base):
    __tablename__ = "reference_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    text: Mapped[str]


class Reply(Base):
    __tablename__ = "reference_reply"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("reference_page.id"))
    choice: Mapped[str]


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})


def create_app(database_url: str | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_prefixed_env("REFERENCE")
    if database_url:
        app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _make_durable(db.engine)
    app.add_url_rule("/pages/<slug>", view_func=show)
    app.add_url_rule("/pages/<slug>", view_func=reply, methods=["POST"])
    return app


def show(slug: str) -> str:
    """One indexed read and one template."""
    page = db.session.scalars(select(Page).filter_by(slug=slug)).one()
    return render_template("page.html", page=page)


def reply(slug: str) -> Response:
    """One indexed read and one insert that survives a power cut, then a redirect."""
    page = db.session.scalars(select(Page).filter_by(slug=slug)).one()
    db.session.add(Reply(id=secrets.token_bytes(16), page_id=page.id, choice=request.form["choice"]))
    db.session.commit()
    return redirect(url_for("show", slug=slug), code=303)


def prepare(database_url: str, size: int, long_size: int | None = None) -> None:
    """Make the tables, and the pages that come closest to these numbers of bytes."""
    app = create_app(database_url)
    with app.test_request_context():
        db.create_all()
        for slug, wanted in ((SLUG, size), (LONG, long_size or size)):
            db.session.add(_page(slug, wanted))
        db.session.commit()
        db.engine.dispose()


def _page(slug: str, size: int) -> Page:
    page = Page(slug=slug, title="What matters to you?", text=LINE)
    one_line = len(render_template("page.html", page=page).encode())
    page.text = f"{LINE}\n{LINE}"
    two_lines = len(render_template("page.html", page=page).encode())
    missing = (size - one_line) / (two_lines - one_line)
    page.text = "\n".join([LINE] * max(1, round(missing) + 1))
    return page


def _make_durable(engine: Any) -> None:
    """Plaza's own SQLite settings: WAL with full durability, and a writer that takes its turn at the beginning."""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = has_request_context() and request.method == "POST"
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
