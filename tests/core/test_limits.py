"""Networks are counted, addresses are not kept."""

from dataclasses import replace

import pytest
from flask import Flask

from citizen.core import limits
from citizen.core.limits import RateLimitItemPerMinute, network_key, seconds_to_wait


def key_of(app: Flask, address: str) -> str:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        return network_key()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
    ],
)
def test_a_household_is_one_network(app: Flask, one: str, other: str, is_same: bool) -> None:
    assert (key_of(app, one) == key_of(app, other)) is is_same


def test_the_key_depends_on_the_install(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who lacks its secret can try out all addresses."""
    here = key_of(app, "192.0.2.7")
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], secret_key="another"))
    assert key_of(app, "192.0.2.7") != here


def test_the_key_is_another_one_tomorrow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    today = key_of(app, "192.0.2.7")
    now = limits.time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now + 86_400)
    assert key_of(app, "192.0.2.7") != today


def test_whoever_is_too_fast_is_told_how_long_to_wait(app: Flask) -> None:
    limit = RateLimitItemPerMinute(3)
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        waits = [seconds_to_wait("answer:1", limit=limit) for _time in range(4)]
        other_subject = seconds_to_wait("answer:2", limit=limit)
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "192.0.2.8"}):
        other_network = seconds_to_wait("answer:1", limit=limit)
    assert waits[:3] == [0, 0, 0]
    assert 1 <= waits[3] <= 60
    assert other_subject == other_network == 0


def test_what_is_not_an_address_is_counted_too(app: Flask) -> None:
    assert key_of(app, "unix:") == key_of(app, "unix:")
    assert key_of(app, "") != key_of(app, "unix:")
