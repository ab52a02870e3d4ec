"""Rate limits that know no addresses: networks are counted under a keyed hash that lives for a day, in memory."""

import hashlib
import hmac
import ipaddress
import math
import time

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

ANSWERS_PER_NETWORK = RateLimitItemPerMinute(60)
"""A school class of thirty behind one address answers two polls in a minute without noticing this."""


def network_key() -> str:
    """The network of this request, as a hash that changes every day and that nobody can turn back.

    An IPv6 household holds a /64, so that is what is counted there.
    """
    settings = current_app.extensions["settings"]
    today = int(time.time() // 86400)
    message = f"{today}:{_network(request.remote_addr or '')}".encode()
    return hmac.new(settings.secret_key.encode(), message, hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False))


limiter = Limiter(network_key, default_limits=[])


def init_app(app: Flask) -> None:
    limiter.init_app(app)


def seconds_to_wait(subject: str, *, limit: RateLimitItem = ANSWERS_PER_NETWORK) -> int:
    """Count one act of this network on the subject. 0 where it may go on, else the seconds until it may."""
    strategy = MovingWindowRateLimiter(limiter.storage)
    keys = (subject, network_key())
    if strategy.hit(limit, *keys):
        return 0
    return max(1, math.ceil(strategy.get_window_stats(limit, *keys).reset_time - time.time()))
