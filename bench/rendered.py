"""Plaza as it is, but with an empty shelf before each request: no page is ever kept, each is rendered anew."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

import app as plaza
from citizen.core.pages import shelf


def create_app() -> Flask:
    application = plaza.create_app()
    application.wsgi_app = emptying(application.wsgi_app)  # type: ignore[method-assign]
    return application


def emptying(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Around everything else: kept pages go out before Flask itself is asked."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        shelf.clear()
        return inner(environ, start_response)

    return serve
