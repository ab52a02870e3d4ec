"""A table that staff look at before it is imported: kept for a day under a name that only its sender has."""

import re
import secrets
import time
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from citizen.core.errors import Refused

NAME = re.compile(r"[0-9a-f]{32}")
KEPT_SECONDS = 24 * 3600


def keep(content: bytes) -> str:
    """Keep the file and give its name. Old ones are swept away on the way."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    name = secrets.token_hex(16)
    (folder / name).write_bytes(content)
    return name


def read(name: str) -> bytes:
    """The kept file. Refused where it is gone, which a day or another machine can be the reason for."""
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise Refused(_("The file is not here any more. Please choose it again."), status=422)
    return path.read_bytes()


def _folder() -> Path:
    return Path(current_app.extensions["settings"].data_dir) / "imports"
