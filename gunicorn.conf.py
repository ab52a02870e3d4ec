"""How gunicorn serves Plaza. What differs between installs comes from the environment."""

import os
from pathlib import Path
from typing import Any

wsgi_app = "app:create_app()"
bind = f"{os.environ.get('LISTEN_HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

timeout = 30
graceful_timeout = 20
keepalive = 5

loglevel = "warning"
accesslog = None
"""No log of addresses: who asked for a page is nobody's business."""

forwarded_allow_ips = ""
"""Only the application decides how far to believe a proxy (PROXY_HOPS)."""

control_socket_disable = True


def post_fork(_server: Any, worker: Any) -> None:
    """Forget the parent's database connections: two processes must never speak on the same one."""
    app = worker.app.wsgi()
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose(close=False)
