"""Settings, read once from the environment, typed, and refused when they make no sense."""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
WEAK_KEYS = {"secret", "changeme", "dev", "development", "test", "key", "password"}
KEY_LENGTH = 32
MAX_BODY = 8 * 1024 * 1024
MAX_TEXT_BODY = 1024 * 1024


class BadSettings(Exception):
    """The environment holds settings that Plaza must not start with; the text names each."""


@dataclass(frozen=True)
class Settings:
    """All that the environment decides. `is_public` is true where BASE_URL is not this machine itself.

    `survey_files` lets citizens send files where a survey asks for one.
    """

    data_dir: Path
    database_url: str
    secret_key: str
    base_url: str
    trusted_hosts: tuple[str, ...]
    redis_url: str | None
    mail_url: str
    mail_from: str
    port: int
    proxy_hops: int
    metrics_token: str | None
    debug: bool
    survey_files: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read and check the settings. Raises BadSettings with one line for each that is wrong."""
        data_dir = Path(env.get("DATA_DIR") or ROOT / "data").resolve()
        port = env.get("PORT") or "8000"
        base_url = (env.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
        problems = [*_wrong_numbers(env), *_wrong_urls(env, base_url), *_unsafe_for_public(env, base_url)]
        if problems:
            raise BadSettings("\n".join(problems))
        return cls(
            data_dir=data_dir,
            database_url=_database_url(env, data_dir),
            secret_key=env.get("SECRET_KEY") or _kept_key(data_dir),
            base_url=base_url,
            trusted_hosts=_hosts(env, base_url),
            redis_url=env.get("REDIS_URL") or None,
            mail_url=env.get("MAIL_URL") or f"folder://{data_dir / 'mail'}",
            mail_from=env.get("MAIL_FROM") or f"plaza@{urlsplit(base_url).hostname}",
            port=int(port),
            proxy_hops=int(env.get("PROXY_HOPS") or 0),
            metrics_token=env.get("METRICS_TOKEN") or None,
            debug=_truth(env.get("FLASK_DEBUG")),
            survey_files=_truth(env.get("SURVEY_FILES")),
        )

    @property
    def is_public(self) -> bool:
        return not _is_local(self.base_url)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    def flask(self) -> dict[str, Any]:
        """The same settings under the names that Flask and its extensions read."""
        host_prefix = "__Host-" if self.is_https else ""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(self.database_url),
            "TRUSTED_HOSTS": list(self.trusted_hosts),
            "MAX_CONTENT_LENGTH": MAX_BODY,
            "MAX_FORM_MEMORY_SIZE": MAX_TEXT_BODY,
            "SESSION_COOKIE_NAME": f"{host_prefix}plaza-session",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
            "WTF_CSRF_CHECK_DEFAULT": False,
            "WTF_CSRF_TIME_LIMIT": None,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "RATELIMIT_HEADERS_ENABLED": False,
        }


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30}}
    return {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 5}


def _truth(text: str | None) -> bool:
    return (text or "").lower() in {"1", "true", "yes", "on"}


def _is_local(base_url: str) -> bool:
    return urlsplit(base_url).hostname in LOOPBACK


def _hosts(env: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    """The hosts we answer to: those named, or that of BASE_URL; this machine's own names only at home."""
    named = [host.strip() for host in (env.get("TRUSTED_HOSTS") or "").split(",") if host.strip()]
    local = ["localhost", "127.0.0.1", "[::1]"] if _is_local(base_url) else []
    return tuple(dict.fromkeys([urlsplit(base_url).hostname or "", *named, *local]))


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'plaza.sqlite3'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _kept_key(data_dir: Path) -> str:
    """The key made for this install at its first start, readable by its owner only."""
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(KEY_LENGTH))
    return path.read_text().strip()


def _wrong_numbers(env: Mapping[str, str]) -> list[str]:
    bounds = {"PORT": (1, 65535), "PROXY_HOPS": (0, 5), "WEB_CONCURRENCY": (1, 256)}
    return [
        f"{name} must be a whole number from {low} to {high}, not {env[name]!r}."
        for name, (low, high) in bounds.items()
        if env.get(name) and not (env[name].isdecimal() and low <= int(env[name]) <= high)
    ]


def _wrong_urls(env: Mapping[str, str], base_url: str) -> list[str]:
    schemes = {
        "DATABASE_URL": ("sqlite", "postgres", "postgresql", "postgresql+psycopg"),
        "REDIS_URL": ("redis", "rediss", "unix"),
        "MAIL_URL": ("smtp", "smtps", "folder"),
    }
    problems = [
        f"{name} must begin with one of {', '.join(f'{scheme}://' for scheme in allowed)}."
        for name, allowed in schemes.items()
        if env.get(name) and env[name].split("://")[0] not in allowed
    ]
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        problems.append("BASE_URL must look like https://plaza.example.org, without a path.")
    return problems


def _unsafe_for_public(env: Mapping[str, str], base_url: str) -> list[str]:
    """What is fine at home but must never be reachable by others."""
    if _is_local(base_url):
        return []
    problems = []
    if _is_weak(env.get("SECRET_KEY") or ""):
        problems.append(f"SECRET_KEY must be set to at least {KEY_LENGTH} random characters.")
    if _truth(env.get("FLASK_DEBUG")):
        problems.append("FLASK_DEBUG must be off where others can reach Plaza.")
    if "*" in (env.get("TRUSTED_HOSTS") or ""):
        problems.append("TRUSTED_HOSTS must name hosts; '*' would trust every forged one.")
    return problems


def _is_weak(key: str) -> bool:
    return len(key) < KEY_LENGTH or len(set(key)) < 8 or key.lower() in WEAK_KEYS
