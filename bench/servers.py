"""Starts gunicorn with the settings of gunicorn.conf.py, whichever application it serves, and ends it again."""

import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
UNSET = dict.fromkeys(("REDIS_URL", "MAIL_URL", "METRICS_TOKEN", "TRUSTED_HOSTS", "FLASK_DEBUG"), "")
"""Settings of the shell that must not change what is measured."""


@dataclass(frozen=True)
class Server:
    """A gunicorn that listens."""

    url: str
    process: psutil.Popen

    def worker_megabytes(self) -> float:
        """Memory of one worker on average: its own, and its share of what it has in common with the others."""
        workers = self.process.children()
        return sum(_bytes(worker) for worker in workers) / len(workers) / 1_000_000


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def served(application: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Serve the application on the PORT of its environment, at this machine's own address only."""
    port = int(environment["PORT"])
    settings = {**os.environ, **UNSET, "LISTEN_HOST": "127.0.0.1", **environment}
    with log.open("wb") as output:
        command = [sys.executable, "-m", "gunicorn", application]
        process = psutil.Popen(command, cwd=ROOT, env=settings, stdout=output, stderr=output)
    try:
        _wait(process, port, log)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        _end(process)


def _wait(process: psutil.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()[-2000:]}")


def _answers(port: int) -> bool:
    """Any reply will do: the reference has no first page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _end(process: psutil.Popen) -> None:
    process.terminate()
    try:
        process.wait(30)
    except psutil.TimeoutExpired:
        for child in process.children(recursive=True):
            child.kill()
        process.kill()


def _bytes(process: psutil.Process) -> int:
    """PSS where the system tells it (Linux), else RSS, which counts shared memory again for every worker."""
    try:
        found: int = process.memory_full_info().pss
    except (AttributeError, psutil.AccessDenied):
        found = process.memory_info().rss
    return found
