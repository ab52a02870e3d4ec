"""Pages that are the same for everybody: rendered once, kept compressed, and asked for by ETag.

A kept page is served without Flask and without a look into the database for one second, unless this process has
written something since. After that second its version is compared again, which costs a query but no rendering.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import brotli
from flask import Flask, Response, g, request
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict

from citizen.core import metrics
from citizen.core.assets import release
from citizen.core.i18n import current_language
from citizen.core.security import content_policy

FRESH_SECONDS = 1.0
KEPT_BYTES = 32 * 1024 * 1024
MARKED_FRESH = 5000
SHARED_CACHE = "public, max-age=0, s-maxage=10, stale-while-revalidate=60"
VARY = "Accept-Encoding, Accept-Language, HX-Request"
ASKED = ("lang", "via")
"""All that the address of a shared page may ask for. Whatever else stands there makes no new page."""

PLAIN, NOT_MODIFIED = "", "304"
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6),
}
GENERATION, PAGE = "plaza.generation", "plaza.page"
"""Where a request's environment carries what the shelf needs to know."""

Environment = dict[str, Any]
Head = tuple[str, list[tuple[str, str]]]


@dataclass
class KeptPage:
    """A rendered page with its compressed forms, each made when it is first asked for.

    `sent` holds the status and the headers with which each form went out.
    """

    etag: str
    body: bytes
    mimetype: str
    policy: str | None
    language: str
    route: str
    encoded: dict[str, bytes] = field(default_factory=dict)
    sent: dict[str, Head] = field(default_factory=dict)

    def as_response(self) -> Response:
        form = wanted_form(request.environ, self.etag)
        response = Response(self.content(form), mimetype=self.mimetype)
        if form == NOT_MODIFIED:
            response.status_code = 304
        elif form != PLAIN:
            response.headers["Content-Encoding"] = form
        response.set_etag(self.etag, weak=True)
        response.headers["Cache-Control"] = SHARED_CACHE
        response.headers["Vary"] = VARY
        response.headers["Content-Language"] = self.language
        if self.policy:
            response.headers["Content-Security-Policy"] = self.policy
        return response

    def content(self, form: str) -> bytes:
        if form == NOT_MODIFIED:
            return b""
        if form == PLAIN:
            return self.body
        if form not in self.encoded:
            self.encoded[form] = ENCODERS[form](self.body)
        return self.encoded[form]


def wanted_form(environ: Environment, etag: str) -> str:
    """Nothing, where the reader has this page already; else compressed in a way that they can read."""
    return NOT_MODIFIED if etag in environ.get("HTTP_IF_NONE_MATCH", "") else readable_form(environ)


def readable_form(environ: Environment) -> str:
    """The best way of compressing that the reader says they can read."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return next((name for name in ENCODERS if name in accepted), PLAIN)


class Shelf:
    """The kept pages of this process, the longest unused ones dropped when they take too many bytes."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pages: OrderedDict[str, KeptPage] = OrderedDict()
        self.fresh: dict[str, tuple[float, int, str]] = {}
        self.bytes = 0
        self.generation = 0

    def fresh_page(self, address: str) -> KeptPage | None:
        seen = self.fresh.get(address)
        if seen is None or seen[0] < time.monotonic() or seen[1] != self.generation:
            return None
        return self.pages.get(seen[2])

    def page(self, etag: str) -> KeptPage | None:
        with self.lock:
            page = self.pages.get(etag)
            if page is not None:
                self.pages.move_to_end(etag)
            return page

    def keep(self, page: KeptPage) -> None:
        with self.lock:
            if page.etag not in self.pages:
                self.bytes += len(page.body)
            self.pages[page.etag] = page
            while self.bytes > KEPT_BYTES:
                _, oldest = self.pages.popitem(last=False)
                self.bytes -= len(oldest.body)

    def mark_fresh(self, address: str, generation: int, page: KeptPage) -> None:
        with self.lock:
            if len(self.fresh) > MARKED_FRESH:
                self.fresh.clear()
            self.fresh[address] = (time.monotonic() + FRESH_SECONDS, generation, page.etag)

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.fresh.clear()
            self.bytes = 0

    def forget_freshness(self) -> None:
        self.generation += 1


shelf = Shelf()


@event.listens_for(Session, "after_commit")
def _something_changed(_session: Session) -> None:
    shelf.forget_freshness()


def init_app(app: Flask) -> None:
    app.wsgi_app = Shortcut(app.wsgi_app)  # type: ignore[method-assign]


class Shortcut:
    """Stands before Flask and hands out fresh pages exactly as Flask sent them the last time, headers included."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self.app(environ, start_response)
        started = time.perf_counter()
        environ[GENERATION] = shelf.generation
        page = shelf.fresh_page(_address(environ))
        form = wanted_form(environ, page.etag) if page else PLAIN
        if page is None or form not in page.sent:
            return self.app(environ, _remembering(environ, start_response))
        start_response(*page.sent[form])
        metrics.count_request(page.route, "GET", int(page.sent[form][0][:3]), time.perf_counter() - started)
        return [page.content(form)]


def _remembering(environ: Environment, start_response: Callable[..., Any]) -> Callable[..., Any]:
    """Notes the head of a kept page's reply as it goes out. What sets a cookie is nobody else's."""

    def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
        page: KeptPage | None = environ.get(PAGE)
        if page is not None and all(name != "Set-Cookie" for name, _value in headers):
            form = wanted_form(environ, page.etag)
            if status[:3] == (NOT_MODIFIED if form == NOT_MODIFIED else "200"):
                page.sent[form] = (status, headers)
        return start_response(status, headers, *failure)

    return start


def _address(environ: Environment) -> str:
    """All of the request that can change a shared page."""
    names = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    wishes = ("HTTP_ACCEPT_LANGUAGE", "HTTP_HX_REQUEST")
    return "\n".join([environ.get(name, "") for name in (*names, *wishes)])


def shared_page(
    render: Callable[[], str], *version: object, mimetype: str = "text/html", asked: tuple[str, ...] = ()
) -> Response:
    """A page that any cache may keep until `version` changes. `render` is only called where it has to be.

    The version must name everything that the page shows and that can change, except the city's own texts and
    settings, whose revision is always part of it. `render` sees only what the address may ASK for, and what this page
    lets it ask for beyond that: such values have to be checked, or anybody could have pages made without end.
    """
    names = [name for name in (*ASKED, *asked) if name in request.args]
    request.args = ImmutableMultiDict([(name, request.args[name]) for name in names])
    etag = _etag(version)
    page = shelf.page(etag)
    if page is None:
        page = KeptPage(etag, render().encode(), mimetype, _policy(mimetype), current_language(), str(request.url_rule))
        shelf.keep(page)
    environ = request.environ
    shelf.mark_fresh(_address(environ), environ.get(GENERATION, shelf.generation), page)
    environ[PAGE] = page
    return page.as_response()


def compressed(response: Response) -> Response:
    """A large page of one person, in fewer bytes. For pages that hold no token: lengths could give it away."""
    form = readable_form(request.environ)
    if form != PLAIN:
        response.set_data(ENCODERS[form](response.get_data()))
        response.headers["Content-Encoding"] = form
    response.vary.add("Accept-Encoding")
    return response


def _policy(mimetype: str) -> str | None:
    return content_policy() if mimetype == "text/html" else None


def _etag(version: tuple[object, ...]) -> str:
    city = g.get("city")
    parts = (release(), request.base_url, *request.args.items(), current_language(), city and (city.id, city.revision))
    parts += (request.headers.get("HX-Request"), *version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
