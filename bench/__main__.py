"""`make bench`: Plaza beside bare Flask, as tables in Markdown.

`python -m bench --quick` takes some minutes, most of them for the sample.
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import cases, load, reference, sample, surveys, table, working
from bench.databases import Database, postgresql, sqlite
from bench.servers import Server, free_port, served
from bench.visit import Visit, first_visit

Start = Callable[[Path], AbstractContextManager[Database]]
KINDS: dict[str, Start] = {"sqlite": sqlite, "postgresql": postgresql}
NO_WRK = "The bench drives the servers with wrk, which is missing here. Debian and Ubuntu: sudo apt install wrk"


@dataclass(frozen=True)
class Report:
    """What was found on one kind of database."""

    database: str
    findings: list[cases.Finding]
    memory: str
    visit: Visit | None
    works: list[working.Work]


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before its time."))
    if not load.has_wrk():
        say(NO_WRK)
        return 1
    reports = []
    for name in options.database or KINDS:
        with tempfile.TemporaryDirectory(prefix="plaza-bench-") as folder:
            reports.append(_report(KINDS[name], Path(folder), options))
    _print(reports, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: to see that it works, not to quote")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side, in turns (3)")
    parser.add_argument("--seconds", type=int, default=2, help="length of one run (2)")
    parser.add_argument("--database", choices=KINDS, action="append", help="only this one")
    parser.add_argument("--only", default="", help="only the lines whose name holds this text")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 1, 1
    return options


def _report(start: Start, folder: Path, options: argparse.Namespace) -> Report:
    with start(folder) as database:
        say(f"{database.name}: making the sample")
        environment = _environment(database, folder)
        app = sample.plaza(environment)
        fields = sample.prepare(app)
        with ExitStack() as servers:
            plaza = servers.enter_context(served("app:create_app()", environment, folder / "plaza.log"))
            poll = plaza.url + cases.PAGES["poll page"]
            visit = first_visit(poll)
            long_size = cases.page_size(plaza.url + cases.MANY_SHEETS)
            reference.prepare(database.reference, cases.page_size(poll), long_size)
            rendering = servers.enter_context(
                served("bench.rendered:create_app()", _elsewhere(environment), folder / "rendering.log")
            )
            bare = servers.enter_context(served("bench.reference:create_app()", _bare(database), folder / "bare.log"))
            lines = cases.cases(plaza.url, rendering.url, bare.url, fields)
            findings = [_measured(case, options) for case in lines if options.only in case.name]
            memory = _memory(plaza, bare)
        cases.check_answers(findings, sample.ballots(app), cases.PAGES["poll page"])
        cases.check_answers(findings, surveys.sheets(app), cases.SHEETS)
        say("  long work of the worker")
        works = [] if options.only else working.measure(environment, folder)
    return Report(database.name, findings, memory, visit, works)


def _environment(database: Database, folder: Path) -> dict[str, str]:
    """Plaza as it stands behind one proxy: so each answer can come from a network of its own, through the limits."""
    port = free_port()
    return {
        "DATABASE_URL": database.plaza,
        "DATA_DIR": str(folder / "data"),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "PROXY_HOPS": "1",
    }


def _elsewhere(environment: dict[str, str]) -> dict[str, str]:
    port = free_port()
    return environment | {"PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}"}


def _bare(database: Database) -> dict[str, str]:
    return {"REFERENCE_SQLALCHEMY_DATABASE_URI": database.reference, "PORT": str(free_port())}


def _measured(case: cases.Case, options: argparse.Namespace) -> cases.Finding:
    finding = cases.measure(case, options.rounds, options.seconds)
    say(f"  {case.name}: {finding.ratio:.2f}")
    return finding


def _memory(plaza: Server, bare: Server) -> str:
    return f"Plaza {plaza.worker_megabytes():.0f} MB, reference {bare.worker_megabytes():.0f} MB"


def _print(reports: list[Report], options: argparse.Namespace) -> None:
    """The tables, with all that a reader needs to judge them."""
    rounds = f"medians of {options.rounds} runs of {options.seconds} s on each side, in turns"
    print(f"Requests a second, {rounds}.\n{table.machine()}\n")
    for report in reports:
        print(table.speed(report.database, report.findings))
        errors = sum(finding.errors for finding in report.findings)
        print(f"\nMemory of one worker: {report.memory}. Failed requests: {errors}.\n")
        if report.works:
            print(f"{table.works(report.database, report.works)}\n")
    print(table.bytes_of(reports[0].visit))


def say(text: str) -> None:
    """Progress, apart from the tables."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
