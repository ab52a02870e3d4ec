"""Drives a server with wrk for some seconds, and says what came back."""

import itertools
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("requests.lua")
CONNECTIONS = 16

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Load:
    """What wrk sends: an address, a kind of request (see requests.lua), and the form fields of an answer.

    `page` is where the form stands, where that is another address.
    """

    url: str
    kind: str = "read"
    fields: str = ""
    page: str = ""


@dataclass(frozen=True)
class Run:
    """What came back: requests a second, milliseconds within which 50, 95 and 99 % of the replies came, failures."""

    requests: int
    rate: float
    p50: float
    p95: float
    p99: float
    errors: int


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def drive(load: Load, seconds: int) -> Run:
    """Send as fast as replies come, over a fixed number of connections. Raises CalledProcessError where wrk fails."""
    command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"]
    command += ["--timeout", "10s", "--script", str(SCRIPT), load.url, "--"]
    command += [load.kind, str(next(_numbers)), load.fields]
    reply = subprocess.run(
        command, env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True, check=True, timeout=seconds + 60
    )
    return _run(json.loads(reply.stdout.splitlines()[-1]))


def _run(told: dict[str, int]) -> Run:
    errors = told["broken"] + told["refused"]
    good = told["requests"] - told["refused"]
    p50, p95, p99 = (told[name] / 1000 for name in ("p50", "p95", "p99"))
    return Run(good, good / (told["microseconds"] / 1_000_000), p50, p95, p99, errors)
