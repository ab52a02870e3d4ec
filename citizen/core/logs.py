"""One structured line a request: the route and never the address, the answer, a code or a mail address."""

import logging
import sys
import time

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from citizen.core import metrics

logger = logging.getLogger("plaza")


def init_app(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for named in (logger, app.logger):
        named.handlers = [handler]
        named.setLevel(logging.INFO)
        named.propagate = False
    app.before_request(start_clock)
    app.after_request(log_request)


def start_clock() -> None:
    g.started = time.perf_counter()


def log_request(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    route = str(request.url_rule or "none")
    metrics.count_request(route, request.method, response.status_code, seconds)
    if response.status_code >= 400 or request.method != "GET":
        city = g.get("city")
        extra = {"route": route, "method": request.method, "status": response.status_code}
        extra |= {"milliseconds": round(seconds * 1000), "city": city.slug if city else None}
        logger.info("request", extra=extra)
    return response
