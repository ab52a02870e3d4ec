"""How views load, answer and say who may come in. The only file that reads htmx headers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, abort, make_response, redirect, render_template
from flask_htmx import HTMX
from sqlalchemy import Select
from sqlalchemy.exc import NoResultFound
from werkzeug.routing import BaseConverter, IntegerConverter

from citizen.core.db import db
from citizen.core.texts import SLUG_PATTERN

Row = TypeVar("Row")
View = TypeVar("View", bound=Callable[..., Any])

htmx = HTMX()


@dataclass(frozen=True)
class Access:
    """Who may come in: `kind` is public, signed_in, staff, token or operator; `role` the least role of staff."""

    kind: str
    role: str | None = None


PUBLIC = Access("public")


def declare_access(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Everybody may come in."""
    return declare_access(view, PUBLIC)


def operator(view: View) -> View:
    """Only whoever runs this install."""
    return declare_access(view, Access("operator"))


def find_or_404(query: Select[Row], **equal: Any) -> Row:
    """The one row of the query whose columns equal the given values; 404 where there is none."""
    try:
        return db.session.scalars(query.filter_by(**equal)).unique().one()
    except NoResultFound:
        abort(404)


def wants_fragment() -> bool:
    """True where htmx asks for a part of the page."""
    return bool(htmx) and not htmx.history_restore_request


def done(template: str, location: str, *, status: int = 200, **context: Any) -> Response:
    """After an act: the fragment for htmx, 303 to `location` for everyone else."""
    if wants_fragment():
        return uncached(make_response(render_template(template, **context), status))
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def page(template: str, *, status: int = 200, fragment: str | None = None, **context: Any) -> Response:
    """A page of one person or moment, never kept by a cache; its `fragment` alone where htmx asks."""
    name = fragment if fragment and wants_fragment() else template
    return uncached(make_response(render_template(name, **context), status))


def uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def safe_next(target: str | None, fallback: str) -> str:
    """The local address to go on to; never another site's, whatever was asked."""
    text = target or ""
    is_path = text.startswith("/") and not text.startswith("//")
    return text if is_path and "\\" not in text and text.isprintable() else fallback


class NumberConverter(IntegerConverter):
    """A number of a row. An address with a larger one than a column can hold names nothing."""

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **{"max": 2**31 - 1} | values)


class SlugConverter(BaseConverter):
    """Part of an address that can be the short name of something; anything else is 404 without a look-up."""

    regex = SLUG_PATTERN


def init_app(app: Flask) -> None:
    htmx.init_app(app)
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["int"] = NumberConverter
