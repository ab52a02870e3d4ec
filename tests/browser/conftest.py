"""A real Chromium at a real server: the application of the other tests, on a free port of this machine."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.watching import PHONE, Watch

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-quic", "--disable-component-update")
"""Chromium asks its maker for nothing; without a sandbox it also runs as root, as in CI."""

PATIENCE = 20_000
"""Milliseconds that a busy machine may need for what a quick one does at once."""

Visit = Callable[..., Page]


class SilentHandler(WSGIRequestHandler):
    """Keeps connections open, as gunicorn does, and writes down nothing but failures."""

    protocol_version = "HTTP/1.1"

    def log(self, kind: str, message: str, *values: Any) -> None:
        if kind == "error":
            sys.stderr.write(message % values + "\n")


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For these tests only: while it runs, nothing else in this process can run an event loop."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    found = next((path for name in NAMES if (path := shutil.which(name))), playwright.chromium.executable_path)
    if not Path(found).exists():
        pytest.skip("no Chromium on this machine, nor Playwright's own: `apt-get install chromium` brings one")
    browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def address(migrated_app: Flask) -> Iterator[str]:
    """Where the application answers."""
    server = make_server("127.0.0.1", 0, migrated_app, threaded=True, request_handler=SilentHandler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(app: Flask, chromium: Browser, address: str) -> Iterator[Visit]:
    """Opens a page in a browser of its own: `visit("/riverton/", viewport=DESK, java_script_enabled=False)`.

    At the end of the test nothing may have been blocked, gone wrong or been asked of another machine, unless the
    test has said so: `page.watch.expect("429")`.
    """
    with ExitStack() as stack:

        def open_page(path: str, **options: Any) -> Page:
            settings = {"viewport": PHONE, "locale": "en-GB", "base_url": address, **options}
            context = chromium.new_context(**settings)
            stack.callback(context.close)
            page = context.new_page()
            page.watch = Watch(page, address)
            stack.callback(page.watch.finish)
            page.goto(path)
            return page

        yield open_page


@pytest.fixture
def phone(visit: Visit) -> Visit:
    """The cheap phone: 360 pixels wide, touched with a finger."""
    return lambda path, **options: visit(path, has_touch=True, is_mobile=True, **options)
