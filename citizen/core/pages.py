"""Pages that are the same for everybody: rendered once, kept compressed, and asked for by ETag.

A kept page is served without a look into the database for one second, unless this process has written something
since. After that second its version is compared again, which costs a query but no rendering.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
from flask import Flask, Response, g, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from citizen.core.assets import release
from citizen.core.i18n import current_language
from citizen.core.security import content_policy

FRESH_SECONDS = 1.0
KEPT_BYTES = 32 * 1024 * 1024
SHARED_CACHE = "public, max-age=0, s-maxage=10, stale-while-revalidate=60"
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6),
}


@dataclass
class KeptPage:
    """A rendered page with its compressed forms, each made when it is first asked for."""

    etag: str
    body: bytes
    mimetype: str
    policy: str | None
    language: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    def as_response(self) -> Response:
        response = Response(status=304) if request.if_none_match.contains(self.etag) else self._full()
        response.set_etag(self.etag)
        response.headers["Cache-Control"] = SHARED_CACHE
        response.headers["Vary"] = "Accept-Encoding, Accept-Language, HX-Request"
        response.headers["Content-Language"] = self.language
        if self.policy:
            response.headers["Content-Security-Policy"] = self.policy
        return response

    def _full(self) -> Response:
        encoding = wanted_encoding()
        if encoding is None:
            return Response(self.body, mimetype=self.mimetype)
        if encoding not in self.encoded:
            self.encoded[encoding] = ENCODERS[encoding](self.body)
        response = Response(self.encoded[encoding], mimetype=self.mimetype)
        response.headers["Content-Encoding"] = encoding
        return response


def wanted_encoding() -> str | None:
    header = request.headers.get("Accept-Encoding", "")
    return next((name for name in ENCODERS if name in header), None)


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
            if len(self.fresh) > 5000:
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
    app.before_request(serve_fresh)


def _address() -> str:
    """All of the request that can change a shared page."""
    headers = request.headers
    wish = (headers.get("Accept-Language", ""), headers.get("HX-Request", ""))
    return "\n".join((request.host, request.full_path, *wish))


def serve_fresh() -> Response | None:
    """Answer from the shelf before anything else happens."""
    if request.method != "GET":
        return None
    g.shelf_generation = shelf.generation
    page = shelf.fresh_page(_address())
    return page.as_response() if page is not None else None


def shared_page(render: Callable[[], str], *version: object, mimetype: str = "text/html") -> Response:
    """A page that any cache may keep until `version` changes. `render` is only called where it has to be.

    The version must name everything that the page shows and that can change, except the city's own texts and
    settings, whose revision is always part of it.
    """
    etag = _etag(version)
    page = shelf.page(etag)
    if page is None:
        page = KeptPage(etag, render().encode(), mimetype, _policy(mimetype), current_language())
        shelf.keep(page)
    shelf.mark_fresh(_address(), g.get("shelf_generation", shelf.generation), page)
    return page.as_response()


def _policy(mimetype: str) -> str | None:
    return content_policy() if mimetype == "text/html" else None


def _etag(version: tuple[object, ...]) -> str:
    city = g.get("city")
    place = (
        release(),
        request.host,
        request.full_path,
        request.headers.get("HX-Request"),
        current_language(),
    )
    parts = (*place, city and (city.id, city.revision), *version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
