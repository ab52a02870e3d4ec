"""The first visit to a poll on a phone, as Chromium counts its bytes."""

import os
import shutil
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, ViewportSize, sync_playwright

PHONE = ViewportSize(width=360, height=740)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
NEEDED = {"Document", "Stylesheet"}
"""What the question can be read and answered with: scripts come later and may fail."""


@dataclass(frozen=True)
class Visit:
    """Bytes as they travelled, headers included: until the question can be answered, and all told."""

    needed: int
    total: int
    requests: int
    third_parties: int


def first_visit(url: str) -> Visit | None:
    """Open the page with an empty cache. None where this machine has no Chromium."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=_arguments())
        except Error:
            return None
        try:
            return _visit(browser, url)
        finally:
            browser.close()


def _visit(browser: Browser, url: str) -> Visit:
    page = browser.new_context(viewport=PHONE, device_scale_factor=3, is_mobile=True, has_touch=True).new_page()
    asked: dict[str, dict[str, Any]] = {}
    sizes: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", lambda event: _note(asked, event, event))
    session.on("Network.loadingFinished", lambda event: _note(sizes, event, event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    needed = sum(sizes.get(number, 0) for number, event in asked.items() if event["type"] in NEEDED)
    hosts = [urlsplit(event["request"]["url"]).netloc for event in asked.values()]
    others = len([host for host in hosts if host not in {"", urlsplit(url).netloc}])
    return Visit(int(needed), int(sum(sizes.values())), len(asked), others)


def _note(notes: dict[str, Any], event: dict[str, Any], value: Any) -> None:
    notes[event["requestId"]] = value


def _chromium() -> str | None:
    """The system's; else None, which stands for Playwright's own download."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def _arguments() -> list[str]:
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
