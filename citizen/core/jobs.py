"""Work that happens outside of requests: the queue, and the context that a job runs in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask
from huey.api import Huey, RedisHuey, SqliteHuey, crontab

from citizen.core.config import Settings
from citizen.core.db import db


class Queue:
    """The queue of this process. Jobs are declared at import; `bind` gives them their storage and their app."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self.huey: Huey | None = None
        self.declared: list[tuple[Callable[[], None], Any]] = []

    def every(self, **when: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Declare a job without parameters that runs at the given crontab times, and when `soon` is called."""

        def declare(function: Callable[[], None]) -> Callable[[], None]:
            self.declared.append((function, crontab(**when)))
            return function

        return declare

    def bind(self, app: Flask, settings: Settings) -> Huey:
        self.app = app
        self.huey = _storage(settings)
        self.tasks = {
            function.__name__: self.huey.periodic_task(when, name=function.__name__)(self._in_app(function))
            for function, when in self.declared
        }
        return self.huey

    def soon(self, job: str) -> None:
        """Ask the worker to run the declared job of this name now rather than at its next time."""
        if self.app is not None and not self.app.testing:
            self.tasks[job].schedule(delay=0)

    def _in_app(self, function: Callable[[], None]) -> Callable[[], None]:
        @wraps(function)
        def run() -> None:
            assert self.app is not None
            with self.app.app_context():
                try:
                    function()
                finally:
                    db.session.remove()

        return run


def _storage(settings: Settings) -> Huey:
    if settings.redis_url:
        return RedisHuey("plaza", url=settings.redis_url, results=False)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("plaza", filename=str(settings.data_dir / "queue.sqlite3"), results=False, fsync=True)


queue = Queue()
