"""Figures for the operator in the Prometheus format, of this process and of the shared queue."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()
requests = Counter("plaza_requests", "Requests answered", ["route", "method", "status"], registry=registry)
duration = Histogram(
    "plaza_request_seconds",
    "Seconds until the answer was ready",
    buckets=(0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10),
    registry=registry,
)
mail_age = Gauge("plaza_oldest_mail_seconds", "Age of the oldest mail that is due", registry=registry)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    requests.labels(route, method, status).inc()
    duration.observe(seconds)


def as_text(oldest_mail: float) -> bytes:
    mail_age.set(oldest_mail)
    return generate_latest(registry)
