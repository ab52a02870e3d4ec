"""Pictures: read, made smaller, written anew without their metadata, and served by us."""

import io
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_from_directory
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from PIL import Image, ImageOps, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from citizen.core.errors import Refused
from citizen.core.web import public

bp = Blueprint("media", __name__)

MAX_PIXELS = 40_000_000
SIDE = 960


@dataclass(frozen=True)
class Picture:
    """A kept picture: its file name under /media/, and its size in pixels, so that pages can reserve the space."""

    name: str
    width: int
    height: int


def keep_picture(upload: FileStorage, *, side: int = SIDE) -> Picture:
    """Keep the upload where everybody may see it, at most `side` pixels wide and high. Refuses what is no picture."""
    content, width, height = as_webp(upload, side=side)
    name = f"{secrets.token_hex(16)}.webp"
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return Picture(name, width, height)


def as_webp(upload: FileStorage, *, side: int = SIDE) -> tuple[bytes, int, int]:
    """The upload decoded and written anew, without its metadata: its bytes, width and height in pixels."""
    try:
        opened = Image.open(upload.stream, formats=("JPEG", "PNG", "WEBP", "GIF"))
        if opened.width * opened.height > MAX_PIXELS:
            raise Refused(_("This picture is too large. Please use a smaller one."), status=422)
        image = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise Refused(_("This file is not a picture. Please use JPEG, PNG or WebP."), status=422) from None
    image.thumbnail((side, side))
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=82, method=4)
    return buffer.getvalue(), image.width, image.height


def picture_token(picture: Picture | None) -> str:
    """A kept picture as a form carries it: signed, so that only what we kept comes back. Empty where there is none."""
    return _signer().dumps(asdict(picture)) if picture else ""


def picture_from(token: str) -> Picture | None:
    """The kept picture that the token stands for; None where it stands for none."""
    try:
        return Picture(**_signer().loads(token)) if token else None
    except BadSignature:
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kept picture")


def _folder() -> Path:
    return Path(current_app.extensions["settings"].media_dir)


@bp.get("/media/<name>")
@public
def show(name: str) -> Response:
    if not name.endswith(".webp"):
        abort(404)
    response = send_from_directory(_folder(), name, mimetype="image/webp")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
