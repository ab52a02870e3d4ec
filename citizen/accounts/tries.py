"""How often somebody may try to sign in: counted by network and by account, both under hashes."""

import hashlib
import hmac
import math
import time
from dataclasses import dataclass

from flask import current_app
from flask_babel import ngettext
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from citizen.core.limits import limiter, seconds_to_wait


@dataclass(frozen=True)
class Bounds:
    """For one step of signing in: tries from one network, and on one account from wherever they come."""

    name: str
    network: RateLimitItem
    account: tuple[RateLimitItem, ...]


PASSWORD = Bounds("password", RateLimitItemPerMinute(40, 10), (RateLimitItemPerMinute(10, 10),))
FACTOR = Bounds("factor", RateLimitItemPerMinute(40, 10), (RateLimitItemPerMinute(6, 10), RateLimitItemPerDay(40)))
MAIL = Bounds("mail", RateLimitItemPerHour(30), (RateLimitItemPerHour(5),))


def seconds_until_next(bounds: Bounds, account: str) -> int:
    """Count one try on the account. 0 where it may go on, else the seconds until the next one."""
    waits = [_seconds_for(bounds, limit, account) for limit in bounds.account]
    return max(seconds_to_wait(f"accounts:{bounds.name}", limit=bounds.network), *waits)


def _seconds_for(bounds: Bounds, limit: RateLimitItem, account: str) -> int:
    strategy = MovingWindowRateLimiter(limiter.storage)
    names = ("account", bounds.name, _hidden(account))
    if strategy.hit(limit, *names):
        return 0
    return max(1, math.ceil(strategy.get_window_stats(limit, *names).reset_time - time.time()))


def _hidden(account: str) -> str:
    key = current_app.extensions["settings"].secret_key.encode()
    return hmac.new(key, f"account:{account}".encode(), hashlib.sha256).hexdigest()[:32]


def please_wait(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "These were many tries. To protect the account, please wait %(num)s minute before the next one.",
        "These were many tries. To protect the account, please wait %(num)s minutes before the next one.",
        minutes,
    )
