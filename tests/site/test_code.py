"""What style.md measures: sizes, where a transaction ends, and how many checks are switched off."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from citizen.core.config import ROOT

ROOMS = (
    "app.py",
    "citizen",
    "ideation",
    "polls",
    "progress",
    "surveys",
    "insights",
    "bench",
    "scripts",
    "tests",
    "migrations",
)
LONGEST_FUNCTION, LONGEST_FILE = 40, 300
MAY_COMMIT = ("views", "staff", "api", "jobs", "cli")
JOBS = {"citizen/core/mail.py"}
"""Beside those rooms: the outbox, whose job has to end a transaction before it talks to a mail server."""


def modules() -> list[Path]:
    found = [ROOT / room for room in ROOMS if (ROOT / room).exists()]
    return [path for room in found for path in ([room] if room.is_file() else sorted(room.rglob("*.py")))]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    found = ast.walk(ast.parse(path.read_text()))
    return (node for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_function_is_longer_than_forty_lines() -> None:
    """Migrations are lists of columns, and those are as long as they are."""
    long = [
        f"{named(path)}: {function.name}() has {length} lines"
        for path in modules()
        for function in functions(path)
        if (length := function.end_lineno - function.lineno + 1) > LONGEST_FUNCTION and "migrations" not in path.parts
    ]
    assert long == []


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def commits(function: ast.FunctionDef) -> int:
    """How many `….commit()` stand in the function itself."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return sum(isinstance(call.func, ast.Attribute) and call.func.attr == "commit" for call in calls)


def code_with_commits() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for room in ("app.py", "citizen", "ideation", "polls", "progress", "surveys", "insights"):
        for path in [p for p in modules() if named(p).startswith(room)]:
            yield from ((path, function) for function in functions(path) if commits(function))


def test_commits_stand_in_the_outer_rooms_only() -> None:
    elsewhere = {
        named(path)
        for path, _ in code_with_commits()
        if not any(part.startswith(MAY_COMMIT) for part in path.relative_to(ROOT).parts)
    }
    assert elsewhere <= JOBS


def test_a_function_commits_once() -> None:
    assert [f"{named(path)}: {f.name}" for path, f in code_with_commits() if commits(f) > 1] == []


def test_imports_stand_on_top() -> None:
    """A late import hides a cycle. The server of the tests warns on import and is kept away from the others."""
    late = {
        named(path)
        for path in modules()
        for function in functions(path)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }
    assert late <= {"tests/postgres.py", "bench/databases.py"}


def test_few_checks_are_switched_off() -> None:
    """style.md: fewer than one suppression in a thousand lines, those of types apart, which libraries force."""
    texts = [path.read_text() for path in modules() if path.name != "test_code.py"]
    lines = sum(len(text.splitlines()) for text in texts)
    assert sum(len(re.findall(r"#\s*(noqa|nosec|pragma: no cover)", text)) for text in texts) <= lines / 1000


@pytest.mark.parametrize("pattern", [r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b", "print\\(.*debug"])
def test_nothing_unfinished_is_committed(pattern: str) -> None:
    """In whatever git knows, where this is a checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout, so git cannot list what belongs to it")
    command = ["git", "grep", "-lE", pattern, "--", ":!*.lock", ":!tests/site/test_code.py", ":!requirements"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert found == []
