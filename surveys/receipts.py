"""What somebody takes home from a survey: that a sheet of theirs arrived, on which day, and nothing about them."""

import base64
import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from citizen.core import clock
from citizen.participation.actions import Outcome
from surveys.models import SurveyWave

CODE_LETTERS = 12


@dataclass(frozen=True)
class SheetReceipt:
    """`code` follows from the form's key alone, so that it names a sheet's arrival and neither a person nor answers."""

    outcome: Outcome
    day: date
    code: str


def receipt_for_sheet(wave: SurveyWave, key: str, outcome: Outcome) -> SheetReceipt:
    return SheetReceipt(outcome, clock.day_in(wave.city.time_zone), receipt_code(key))


def signed_receipt(wave: SurveyWave, receipt: SheetReceipt) -> str:
    """The receipt as an address carries it."""
    return _signer().dumps({"wave": wave.id, **asdict(receipt), "day": receipt.day.isoformat()})


def read_receipt(text: str, wave: SurveyWave) -> SheetReceipt | None:
    """The receipt, where we gave it to somebody who answered this wave."""
    try:
        values: dict[str, Any] = _signer().loads(text)
    except BadSignature:
        return None
    if values["wave"] != wave.id:
        return None
    return SheetReceipt(Outcome(values["outcome"]), date.fromisoformat(values["day"]), values["code"])


def receipt_code(key: str) -> str:
    """Three groups of four letters and digits: sixty bits of a hash of the key's hash."""
    digest = hashlib.sha256(b"plaza receipt:" + hashlib.sha256(key.encode()).digest()).digest()
    letters = base64.b32encode(digest).decode()[:CODE_LETTERS]
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LETTERS, 4))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="survey receipt")
