"""The shell of the JSON API: endpoints turn models into models, and mistakes into problem documents.

Nothing here reads a cookie: only a bearer token says who asks.
"""

import json
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Annotated, Any, TypeVar, get_type_hints

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from flask_babel import gettext as _
from flask_babel import ngettext
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Select
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from citizen.core.config import MAX_TEXT_BODY
from citizen.core.db import SAFE_METHODS, db
from citizen.core.limits import limiter, network_key
from citizen.core.openapi import KEY, KEY_HEADER, SLUG, Operation, Place, document
from citizen.core.web import public

API_ROOT = "/api/v1"
JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"
READS = RateLimitItemPerMinute(600)
"""For each token, or each network without one: enough for a screen that asks for ten polls every second."""
CHANGES = RateLimitItemPerMinute(300)
"""For each token: enough for fifty kiosks that share one and take six answers a minute each."""
SHARED = "public, max-age=0, s-maxage=10"

Row = TypeVar("Row")
Sent = TypeVar("Sent", bound=BaseModel)
Endpoint = Callable[..., BaseModel]
Slug = Annotated[str, Field(pattern=SLUG["pattern"])]

bp = Blueprint("api", __name__, url_prefix=API_ROOT)


class Body(BaseModel):
    """What a client sends. Unknown fields and values of another kind are refused: no mistake stays silent."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def example(**body: Any) -> ConfigDict:
    """Configuration of a model that shows this body in the description."""
    return ConfigDict(json_schema_extra={"examples": [body]})


class Reply(BaseModel):
    """What a client gets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def location(self) -> str | None:
        """Where that which was just made can be read again."""
        return None


class Page(Body):
    """Which part of a list: at most `limit` entries, from the one behind the entry named `after`."""

    after: Slug | None = None
    limit: int = Field(50, ge=1, le=100)


class Mistake(BaseModel):
    """One part of what was sent, and what is wrong with it."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457: what went wrong, for programs and for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Mistake] = []


def endpoint(
    summary: str, *, status: int = 200, problems: tuple[int, ...] = (), knows_token: bool = False
) -> Callable[[Endpoint], Callable[..., Response]]:
    """Turn a function that takes and returns models into a view that the OpenAPI document describes.

    Its annotations say what is read: `body` and `query` into their models, `key` from the Idempotency-Key
    header. `problems` are the statuses that the function itself may end with. `knows_token` is true where a
    public endpoint shows more to whoever sends a token.
    """

    def decorate(function: Endpoint) -> Callable[..., Response]:
        hints = get_type_hints(function)

        @wraps(function)
        def view(**values: Any) -> Response:
            refuse_haste()
            values |= {name: read(hints[name]) for name, read in READERS.items() if name in hints}
            return _answered(function(**values), status)

        sent = (hints.get("body"), hints.get("query"), "key" in hints)
        view.operation = Operation(summary, status, problems, hints["return"], *sent, knows_token)  # type: ignore[attr-defined]
        return view

    return decorate


def _answered(reply: BaseModel, status: int) -> Response:
    response = Response(reply.model_dump_json(), status, mimetype=JSON_TYPE)
    may_be_shared = request.method in SAFE_METHODS and "Authorization" not in request.headers
    response.headers["Cache-Control"] = SHARED if may_be_shared else "private, no-store"
    response.headers["Vary"] = "Authorization, Accept-Language"
    if isinstance(reply, Reply) and reply.location:
        response.headers["Location"] = reply.location
    return response


def refuse_haste() -> None:
    """Ask whoever sends too fast to wait."""
    limit: RateLimitItem = READS if request.method in SAFE_METHODS else CHANGES
    sender = f"token:{g.token.id}" if g.get("token") else network_key()
    window = MovingWindowRateLimiter(limiter.storage)
    if not window.hit(limit, "api", sender):
        seconds = window.get_window_stats(limit, "api", sender).reset_time - time.time()
        abort(too_fast(max(1, math.ceil(seconds))))


def too_fast(seconds: int) -> Response:
    words = ngettext(
        "Many requests came at once. Please try again in %(num)s second.",
        "Many requests came at once. Please try again in %(num)s seconds.",
        seconds,
    )
    response = problem(429, _("Please wait a moment"), words)
    response.headers["Retry-After"] = str(seconds)
    return response


def _read_body(model: type[Sent]) -> Sent:
    request.max_content_length = MAX_TEXT_BODY
    if request.mimetype != JSON_TYPE:
        abort(problem(415, _("We do not know this format"), _("Please send JSON.")))
    return _checked(lambda: model.model_validate_json(request.get_data(), strict=True))


def _read_query(model: type[Sent]) -> Sent:
    return _checked(lambda: model.model_validate_strings(request.args.to_dict()))


def _read_key(_kind: type[str]) -> str:
    key = request.headers.get(KEY_HEADER, "")
    if not re.fullmatch(KEY["pattern"], key):
        words = _("Please send a new random number of 32 hexadecimal digits as %(header)s.", header=KEY_HEADER)
        abort(problem(422 if key else 400, _("The key is missing or wrong"), words))
    return key.lower()


READERS: dict[str, Callable[[Any], Any]] = {"query": _read_query, "key": _read_key, "body": _read_body}
"""What an endpoint may ask for, in the order in which it is read."""


def _checked(read: Callable[[], Sent]) -> Sent:
    try:
        return read()
    except ValidationError as error:
        raise HTTPException(response=_explained(error)) from None


def _explained(error: ValidationError) -> Response:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    if found[0]["type"] == "json_invalid":
        return problem(400, _("This request could not be read"), found[0]["msg"])
    return wrong_fields((item["loc"], item["msg"]) for item in found)


def wrong_fields(mistakes: Iterable[tuple[Iterable[str | int], str]]) -> Response:
    """422, with the path and the sentence of each mistake."""
    errors = [Mistake(field=".".join(map(str, path)), message=message) for path, message in mistakes]
    return problem(422, _("Some fields are not right"), _("Please look at each field."), errors)


def problem(status: int, title: str, detail: str, errors: Iterable[Mistake] = ()) -> Response:
    document = Problem(title=title, status=status, detail=detail, errors=list(errors))
    response = Response(document.model_dump_json(), status, content_type=PROBLEM_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_api_request() -> bool:
    return request.path.startswith(API_ROOT)


def page_of(query: Select[Row], page: Page) -> tuple[list[Row], Row | None]:
    """The rows of this page, and the last of them where more follow."""
    rows = list(db.session.scalars(query.limit(page.limit + 1)).unique())
    shown = rows[: page.limit]
    return shown, shown[-1] if len(rows) > page.limit else None


@bp.get("/openapi.json")
@public
def description() -> Response:
    """What this API can do, for programs."""
    app = current_app
    if "openapi" not in app.extensions:
        app.extensions["openapi"] = json.dumps(document(_places(app), Problem, PROBLEM_TYPE))
    response = Response(app.extensions["openapi"], mimetype=JSON_TYPE)
    response.headers["Cache-Control"] = SHARED
    return response


def _places(app: Flask) -> Iterator[Place]:
    """Every endpoint of the app at its address, in the order of the addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        view: Any = app.view_functions[rule.endpoint]
        if not hasattr(view, "operation"):
            continue
        security = "optional" if view.operation.knows_token else view.access.kind
        path = re.sub(r"<\w+:(\w+)>", r"{\1}", str(rule)).replace("{city_slug}", "{city}")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield Place(rule.endpoint.replace(".", "_"), method.lower(), path, security, view.operation)


@bp.after_app_request
def name_methods(response: Response) -> Response:
    """A 405 says which methods there are."""
    error = request.routing_exception
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers.setdefault("Allow", ", ".join(sorted(error.valid_methods)))
    return response
