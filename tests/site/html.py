"""Asks html-validate, once, about many pages."""

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = {
    "extends": ["html-validate:standard", "html-validate:document"],
    "rules": {
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
    names = {}
    (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    for number, (name, text) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(text)
        names[str(path)] = name
    return [problem for result in _ask(folder) for problem in _told(names[result["filePath"]], result)]


def _ask(folder: Path) -> list[dict]:
    program = node()
    assert program and PROGRAM.exists(), "html-validate is not here: `make test` installs it"
    command = [program, str(PROGRAM), "--formatter", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=os.environ)
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(done.stdout)


def _told(name: str, result: dict) -> list[str]:
    return [
        f"{name}, line {item['line']}: {item['ruleId']}: {item['message']}" for item in result["messages"]
    ]
