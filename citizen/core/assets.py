"""The built front-end files: which hashed file a name stands for, and how they are served."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from citizen.core.config import ROOT

BUILD = ROOT / "static" / "build"
PREFIX = "/static/"


@lru_cache(maxsize=1)
def manifest() -> dict[str, str]:
    """Logical name → hashed file name, as the build wrote it. FileNotFoundError before the first build."""
    names: dict[str, str] = json.loads((BUILD / "manifest.json").read_text())
    return names


def asset(name: str) -> str:
    """Address of a built file. Raises KeyError for a name that was not built: a page must not ask for nothing."""
    return PREFIX + manifest()[name]


@lru_cache(maxsize=1)
def release() -> str:
    """A short name for this very code: it changes with every template, script and style."""
    digest = hashlib.sha256(json.dumps(manifest(), sort_keys=True).encode())
    for path in sorted(ROOT.glob("templates/**/*.html")):
        digest.update(path.read_bytes())
    for path in sorted(ROOT.glob("translations/**/*.mo")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def init_app(app: Flask) -> None:
    app.add_template_global(asset)
    whitenoise = WhiteNoise(app.wsgi_app, max_age=86400, immutable_file_test=_is_hashed)
    if BUILD.exists():
        whitenoise.add_files(str(BUILD), prefix=PREFIX)
    app.wsgi_app = whitenoise  # type: ignore[method-assign]


def _is_hashed(path: str, _url: str) -> bool:
    return Path(path).name in _hashed_names()


@lru_cache(maxsize=1)
def _hashed_names() -> frozenset[str]:
    chunks = {path.name for path in BUILD.glob("*-*")} if BUILD.exists() else set()
    return frozenset(chunks | set(manifest().values()))
