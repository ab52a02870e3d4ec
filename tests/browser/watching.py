"""Sees what a person would not: what the browser blocked, what failed, and who else was asked."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from citizen.core.config import ROOT
from citizen.core.db import db
from polls import statistics
from polls.models import Poll
from tests.makers import ONE_DATABASE

PHONE = {"width": 360, "height": 720}
DESK = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}

BROWSER = [pytest.mark.browser, ONE_DATABASE]

TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} blocked ${event.blockedURI}`));
"""

HARMLESS: tuple[str, ...] = ("status of 422", "can escape its sandboxing")
"""A form that comes back with an explanation; and the preview in the console, a frame of our own pages."""

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GUIDELINES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


class Watch:
    """All that went wrong on one page since it was opened."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.problems: list[str] = []
        self.expected = HARMLESS
        page.add_init_script(TELL_VIOLATIONS)
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"{message.type}: {message.text} {message.location['url']}")

    def see(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "about:", "blob:")):
            self.problems.append(f"asked another machine: {request.url}")

    def expect(self, *words: str) -> None:
        """What this test makes go wrong on purpose."""
        self.expected = (*self.expected, *words)

    def finish(self) -> None:
        left = [problem for problem in self.problems if not any(word in problem for word in self.expected)]
        assert not left, "\n".join(left)


def axe_findings(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds on the page as it is, by all guidelines or by these rules alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": list(GUIDELINES)}
    found = page.evaluate(f"axe.run(document, {json.dumps({'runOnly': only})})")
    return [_in_words(violation) for violation in found["violations"]]


def _in_words(violation: dict[str, Any]) -> str:
    nodes = [node["html"][:150] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']}: {nodes}"


def answers(poll: Poll) -> int:
    """How many answers count. The transaction ends at once, or the server would wait for it."""
    return read(lambda: statistics.count(poll))


def counts(poll: Poll) -> dict[str, int]:
    return read(lambda: {str(bar.label): bar.count for bar in statistics.result(poll).bars})


def read(query: Callable[[], Any]) -> Any:
    found = query()
    db.session.commit()
    return found
