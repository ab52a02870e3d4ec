"""What protects every page: where a request came from, and what a page may load."""

from flask import Flask, Response, abort, current_app, g, request

from citizen.core.api import API_ROOT
from citizen.core.config import MAX_TEXT_BODY
from citizen.core.db import SAFE_METHODS

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


def init_app(app: Flask) -> None:
    app.before_request(refuse_foreign_origin)
    app.before_request(keep_texts_short)
    app.after_request(add_headers)


def refuse_foreign_origin() -> None:
    """Refuse a change that a page of another site asks for.

    Browsers say where a request comes from in Sec-Fetch-Site or Origin, and pages cannot forge either. A request
    with neither comes from no browser, so there is nobody whose cookies it could misuse. The API takes no cookies.
    """
    if request.method in SAFE_METHODS or request.path.startswith(API_ROOT):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        abort(403)


def keep_texts_short() -> None:
    """A form without files is read whole into memory, so it may not be as large as one with pictures."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = MAX_TEXT_BODY


def allow_framing() -> None:
    """Let other sites show this page inside theirs: embeds only."""
    g.may_be_framed = True


def add_headers(response: Response) -> Response:
    for name, value in FIXED_HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", content_policy())
    return response


def content_policy() -> str:
    """Only our own built files, nothing inline, nothing evaluated, no frame around us but for embeds."""
    root = f"{request.scheme}://{request.host}"
    framed = g.get("may_be_framed", False)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {root}/static/",
            f"style-src {root}/static/ {root}{g.get('look_path', '/static/')}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors *" if framed else "frame-ancestors 'self'",
            "frame-src 'self'",
        )
    )
