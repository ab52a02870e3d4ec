"""What a first visit costs on a phone, as Chromium counts it."""

from typing import Any

import pytest

from polls.models import Poll
from tests.browser.conftest import Visit
from tests.browser.watching import BROWSER

pytestmark = BROWSER

UNTIL_ANSWERABLE, ALL_TOLD = 14 * 1024, 45 * 1024
"""The budget of design.md, in bytes with their headers."""

NEEDED = {"Document", "Stylesheet"}
"""What must be there before the question can be read and answered. Scripts come after."""

Loaded = dict[str, dict[str, Any]]


@pytest.fixture
def loaded(visit: Visit, poll: Poll) -> Loaded:
    """Everything that a first visit to an open poll transfers, by address."""
    page, found, names = visit("about:blank"), {}, {}
    session = page.context.new_cdp_session(page)

    def begin(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["response"]["url"]
        found[event["response"]["url"]] = {"kind": event["type"], "headers": event["response"]["headers"]}

    def end(event: dict[str, Any]) -> None:
        found[names[event["requestId"]]]["bytes"] = event["encodedDataLength"]

    session.on("Network.responseReceived", begin)
    session.on("Network.loadingFinished", end)
    session.send("Network.enable")
    page.goto(f"/riverton/polls/{poll.slug}")
    page.wait_for_load_state("networkidle")
    return found


def test_it_can_be_read_and_answered_within_the_budget(loaded: Loaded) -> None:
    needed = {url: entry["bytes"] for url, entry in loaded.items() if entry["kind"] in NEEDED}
    assert len(needed) >= 2
    assert sum(needed.values()) <= UNTIL_ANSWERABLE, needed


def test_all_told_it_stays_within_the_budget(loaded: Loaded) -> None:
    sizes = {url: entry["bytes"] for url, entry in loaded.items()}
    assert sum(sizes.values()) <= ALL_TOLD, sizes


def test_everything_comes_compressed(loaded: Loaded) -> None:
    small = {url: entry for url, entry in loaded.items() if "look.css" not in url and entry["bytes"] > 1000}
    plain = [
        url for url, entry in small.items() if not {"content-encoding", "Content-Encoding"} & set(entry["headers"])
    ]
    assert plain == []


def test_built_files_are_kept_for_good(loaded: Loaded) -> None:
    for url, entry in loaded.items():
        if "/static/" in url:
            headers = {name.lower(): value for name, value in entry["headers"].items()}
            assert "immutable" in headers["cache-control"], url
