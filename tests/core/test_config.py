"""Settings are read once, typed, and refused when they make no sense."""

import stat
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from citizen.core.config import BadSettings, Settings

GOOD_KEY = "k3y-0f-" + "abcdefghijklmnopqrstuvwxyz0123456789"
PUBLIC = {"BASE_URL": "https://plaza.example.org", "SECRET_KEY": GOOD_KEY}


def settings(folder: Path, **env: str) -> Settings:
    return Settings.from_env({"DATA_DIR": str(folder), **env})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("PROXY_HOPS", "many"),
        ("PROXY_HOPS", "9"),
        ("WEB_CONCURRENCY", "0"),
        ("DATABASE_URL", "mysql://localhost/plaza"),
        ("DATABASE_URL", "plaza.sqlite3"),
        ("REDIS_URL", "http://localhost"),
        ("MAIL_URL", "https://mail.example.org"),
        ("BASE_URL", "plaza.example.org"),
        ("BASE_URL", "ftp://plaza.example.org"),
        ("BASE_URL", "https://plaza.example.org/city"),
        ("BASE_URL", "https://plaza.example.org?x=1"),
    ],
)
def test_nonsense_is_refused_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        settings(tmp_path, **{"SECRET_KEY": GOOD_KEY, name: value})


@pytest.mark.parametrize("key", ["", "secret", "changeme", "a" * 64, "ab" * 32, "short-but-random-9f8a"])
def test_a_weak_key_is_refused_where_others_can_reach_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        settings(tmp_path, **PUBLIC | {"SECRET_KEY": key})


@pytest.mark.parametrize(("name", "value"), [("FLASK_DEBUG", "1"), ("FLASK_DEBUG", "True"), ("TRUSTED_HOSTS", "*")])
def test_what_is_fine_at_home_is_refused_in_public(tmp_path: Path, name: str, value: str) -> None:
    assert settings(tmp_path, **{name: value})
    with pytest.raises(BadSettings, match=name):
        settings(tmp_path, **PUBLIC, **{name: value})


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as refusal:
        settings(tmp_path, PORT="x", MAIL_URL="x", BASE_URL="http://plaza.example.org")
    assert len(str(refusal.value).splitlines()) == 3


def test_the_application_does_not_start_on_nonsense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "none")
    with pytest.raises(SystemExit, match="PORT"):
        create_app()


def test_at_home_nothing_has_to_be_set(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found.database_url == f"sqlite:///{tmp_path / 'plaza.sqlite3'}"
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.mail_url == f"folder://{tmp_path / 'mail'}"
    assert {"127.0.0.1", "localhost"} <= set(found.trusted_hosts)
    assert not found.is_public


def test_the_key_of_an_install_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = settings(tmp_path).secret_key, settings(tmp_path).secret_key
    assert first == second
    assert len(set(first)) >= 8
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert settings(tmp_path / "another").secret_key != first


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_spelling_of_postgresql_means_the_same(tmp_path: Path, scheme: str) -> None:
    found = settings(tmp_path, DATABASE_URL=f"{scheme}://user:pass@db/plaza")
    assert found.database_url == "postgresql+psycopg://user:pass@db/plaza"


def test_in_public_only_the_named_hosts_are_ours(tmp_path: Path) -> None:
    found = settings(tmp_path, **PUBLIC, TRUSTED_HOSTS="www.plaza.example.org, beteiligung.example.org")
    assert set(found.trusted_hosts) == {
        "plaza.example.org",
        "www.plaza.example.org",
        "beteiligung.example.org",
    }


def test_over_https_cookies_are_bound_to_the_host_and_the_page_says_so(tmp_path: Path) -> None:
    found = settings(tmp_path, **PUBLIC)
    config: dict[str, Any] = found.flask()
    assert config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert config["SESSION_COOKIE_SECURE"]
    client = create_app({"TESTING": True}, settings=found).test_client()
    reply = client.get("/healthz", base_url="https://plaza.example.org")
    assert "max-age=" in reply.headers["Strict-Transport-Security"]


def test_a_proxy_is_believed_only_where_it_is_said_to_stand(tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Host": "elsewhere.example"}
    client = create_app({"TESTING": True}, settings=settings(tmp_path)).test_client()
    assert client.get("/healthz", base_url="http://127.0.0.1", headers=forwarded).status_code == 200
    behind = create_app({"TESTING": True}, settings=settings(tmp_path, PROXY_HOPS="1")).test_client()
    assert behind.get("/healthz", base_url="http://127.0.0.1", headers=forwarded).status_code == 400
