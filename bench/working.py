"""Long work of the worker on many sheets: how long it takes, and how much memory it needs at most.

Each piece runs in a process of its own, so that the peak is its own:
`python -m bench.working "answers as CSV" survey-many /tmp`.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench import sample, surveys
from bench.servers import ROOT
from citizen.core.db import db
from surveys import breakdowns
from surveys.breakdowns import Split, Task
from surveys.exporters.answers import Answers
from surveys.exporters.files import WRITERS
from surveys.models import SurveyWave

ANOTHER = Split("age")
BYTES_OF = 1 if sys.platform == "darwin" else 1024
"""What the system counts peaks in."""


@dataclass(frozen=True)
class Work:
    """A piece of work: `few` and `many` say what it took on so many sheets, as seconds and megabytes at the peak."""

    name: str
    few: tuple[float, float]
    many: tuple[float, float]


def count_split(wave: SurveyWave, _folder: Path) -> None:
    task = Task.of(wave, [ANOTHER])
    db.session.expunge(wave)
    db.session.rollback()
    breakdowns.count(task)


def exported(form: str) -> Callable[[SurveyWave, Path], None]:
    def export(wave: SurveyWave, folder: Path) -> None:
        for _done in WRITERS[form](Answers(wave, "en"), folder / f"answers.{form}"):
            pass

    return export


PIECES: dict[str, Callable[[SurveyWave, Path], None]] = {
    "a split, counted": count_split,
    "answers as CSV": exported("csv"),
    "answers as XLSX": exported("xlsx"),
    "answers as SPSS": exported("sav"),
    "answers as JSON": exported("json"),
}


def measure(environment: Mapping[str, str], folder: Path) -> list[Work]:
    return [
        Work(name, *(_in_a_process(name, slug, environment, folder) for slug in (surveys.FEW, surveys.MANY)))
        for name in PIECES
    ]


def _in_a_process(name: str, slug: str, environment: Mapping[str, str], folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.working", name, slug, str(folder)]
    settings = {**os.environ, **environment}
    reply = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True, timeout=600)
    seconds, peak = json.loads(reply.stdout.splitlines()[-1])
    return seconds, peak


def main(name: str, slug: str, folder: str) -> None:
    app: Flask = sample.plaza(os.environ)
    with app.test_request_context():
        wave = surveys.wave_with(slug)
        started = time.perf_counter()
        PIECES[name](wave, Path(folder))
        seconds = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([seconds, peak * BYTES_OF / 1_000_000]))


if __name__ == "__main__":
    main(*sys.argv[1:])
