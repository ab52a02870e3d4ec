"""The findings as Markdown, ready for the README."""

import os
import platform
from importlib.metadata import version
from statistics import median

from bench.cases import Finding
from bench.load import CONNECTIONS, Run
from bench.visit import Visit
from bench.working import Work

HEAD = (
    "| {}, requests a second | Plaza | reference | ratio | budget | p50 / p95 / p99 ms | reference's |",
    "| --- | ---: | ---: | ---: | --- | ---: | ---: |",
)
PACKAGES = ("Flask", "SQLAlchemy", "gunicorn", "psycopg")
NEEDED, TOTAL = 14_000, 45_000
GROWTH = 100
"""So many megabytes more than on 100 sheets are fixed memory: buffers, and a library that loads when it is used."""


def machine() -> str:
    """One line on what this ran on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"{packages}; wrk with {CONNECTIONS} connections on the same machine."
    )


def speed(database: str, findings: list[Finding]) -> str:
    """Requests a second and what they were compared with."""
    return "\n".join((HEAD[0].format(database), HEAD[1], *map(_line, findings)))


def works(database: str, found: list[Work]) -> str:
    """Seconds and memory of long work. Its peak may not grow with the number of sheets."""
    head = f"| {database}: work on surveys of 30 questions | 100 sheets | 100,000 sheets | peak memory | budget |"
    lines = [_work(work) for work in found]
    return "\n".join((head, "| --- | ---: | ---: | ---: | --- |", *lines))


def _work(work: Work) -> str:
    (few, small), (many, large) = work.few, work.many
    verdict = _verdict(large - small <= GROWTH)
    return (
        f"| {work.name} | {few:.1f} s | {many:.1f} s | {small:.0f} → {large:.0f} MB | ≤ {GROWTH} MB more: {verdict} |"
    )


def _line(finding: Finding) -> str:
    ours, theirs = (median(run.rate for run in runs) for runs in (finding.ours, finding.theirs))
    cells = [finding.case.name, f"{ours:,.0f}", f"{theirs:,.0f}", f"{finding.ratio:.2f}"]
    cells += [_budget(finding), _latency(finding.ours), _latency(finding.theirs)]
    return f"| {' | '.join(cells)} |"


def _budget(finding: Finding) -> str:
    least = finding.case.budget
    return "" if least is None else f"≥ {least:g}: {_verdict(finding.is_met)}"


def _latency(runs: list[Run]) -> str:
    return " / ".join(f"{median(values):.0f}" for values in zip(*((r.p50, r.p95, r.p99) for r in runs), strict=True))


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "**missed**"


def bytes_of(visit: Visit | None) -> str:
    """The first visit, or why it was not measured."""
    if visit is None:
        return "First visit to a poll: not measured, there is no Chromium on this machine (sudo apt install chromium)."
    rows = (
        ("until the question can be read and answered", visit.needed, NEEDED, "bytes"),
        ("all told", visit.total, TOTAL, "bytes"),
        ("requests to third parties", visit.third_parties, 0, ""),
    )
    lines = [f"| {name} | {n:,} {unit} | ≤ {most:,} | {_verdict(n <= most)} |" for name, n, most, unit in rows]
    head = f"| first visit to a poll ({visit.requests} requests, compressed, with headers) | | budget | |"
    return "\n".join((head, "| --- | ---: | ---: | --- |", *lines))
