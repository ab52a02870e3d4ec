"""Asks html-validate, once, about many pages."""

import json
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = {
    "extends": ["html-validate:standard", "html-validate:document"],
    "rules": {
        "heading-level": "off",  # a summary of errors stands above the heading of the page
        "long-title": "off",  # the question of a poll is the title of its page
        "no-trailing-whitespace": "off",
        "require-sri": "off",  # nothing is loaded from elsewhere
    },
}


def node() -> str | None:
    """The Node.js that set-up chose: the one in the environment, else the machine's own."""
    inside = ROOT / ".venv" / "bin" / "node"
    return str(inside) if inside.exists() else shutil.which("node")


def problems(pages: dict[str, str], folder: Path) -> list[str]:
    """What html-validate has to say about these pages, by their names."""
    (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    different = {skeleton(text): name for name, text in pages.items()}
    names = {}
    for number, name in enumerate(different.values()):
        path = folder / f"{number}.html"
        path.write_text(pages[name])
        names[str(path)] = name
    return [problem for result in _ask(folder) for problem in _told(names[result["filePath"]], result)]


def skeleton(text: str) -> str:
    """The tags and the names of their attributes: of pages that differ in words alone, one is looked at."""
    return re.sub(r'="[^"]*"', "", re.sub(r">[^<]*<", "><", text))


def _ask(folder: Path) -> list[dict]:
    program, report = node(), folder / "report.json"
    assert program, "Node.js is not here: `make test` installs it"
    command = [program, str(PROGRAM), "--formatter", f"json={report}", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(report.read_text())


def _told(name: str, result: dict) -> list[str]:
    return [f"{name}, line {item['line']}: {item['ruleId']}: {item['message']}" for item in result["messages"]]
