"""The second factor: codes from a phone (TOTP, RFC 6238), and codes on paper for when the phone is lost."""

import base64
import hmac
import time
from typing import Any

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import Update, delete, func, select, update

from citizen.accounts import keys
from citizen.accounts.models import RecoveryCode, User
from citizen.core import clock
from citizen.core.db import db

STEP_SECONDS = 30
DRIFT = (-1, 0, 1)
"""Steps that count: phones and people are up to half a minute early or late."""

CODES = 10
CODE_GROUPS = 4


def new_secret() -> str:
    """A fresh secret, encrypted: the form in which it is kept everywhere."""
    return _cipher().encrypt(pyotp.random_base32().encode()).decode()


def readable_secret(kept: str) -> str:
    """The secret in groups of four, for people who cannot scan the code."""
    plain = _decrypted(kept) or ""
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def picture(kept: str, email: str) -> str:
    """The QR code for authenticator apps, as a data address of an SVG."""
    address = pyotp.TOTP(_decrypted(kept) or "").provisioning_uri(name=email, issuer_name="Plaza")
    return segno.make(address, error="m").svg_data_uri(border=2, scale=4, light="#fff", omitsize=True)


def step_of(kept: str, code: str) -> int | None:
    """The time step that the code belongs to, if it is one of those that count now."""
    plain = _decrypted(kept)
    if plain is None:
        return None
    totp, now = pyotp.TOTP(plain), int(time.time()) // STEP_SECONDS
    fitting = (now + drift for drift in DRIFT if hmac.compare_digest(totp.generate_otp(now + drift), code))
    return max(fitting, default=None)


def accept_code(person: User, code: str) -> bool:
    """True for a right code, once: one statement claims its step, so whoever saw it typed cannot use it."""
    step = step_of(person.factor_secret, code) if person.factor_secret else None
    if step is None:
        return False
    claim = update(User).where(User.id == person.id, User.factor_last_step < step).values(factor_last_step=step)
    return _changed_one(claim)


def new_recovery_codes(person: User) -> list[str]:
    """Ten fresh codes in place of all earlier ones. They are shown once; we keep hashes."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == person.id))
    codes = [keys.readable_key(groups=CODE_GROUPS) for _ in range(CODES)]
    db.session.add_all(RecoveryCode(user_id=person.id, digest=_code_digest(code)) for code in codes)
    return codes


def accept_recovery_code(person: User, code: str) -> bool:
    """True for one of the person's codes, once."""
    ours = (RecoveryCode.user_id == person.id) & (RecoveryCode.digest == _code_digest(code))
    claim = update(RecoveryCode).where(ours, RecoveryCode.used_at.is_(None)).values(used_at=clock.now())
    return _changed_one(claim)


def unused_recovery_codes(person: User) -> int:
    query = select(func.count()).select_from(RecoveryCode).filter_by(user_id=person.id, used_at=None)
    return db.session.scalar(query) or 0


def _code_digest(code: str) -> bytes:
    """Dashes, spaces and capitals are for reading; they do not count."""
    return keys.digest("".join(code.split()).replace("-", "").lower())


def _changed_one(statement: Update) -> bool:
    result: Any = db.session.execute(statement)
    return bool(result.rowcount == 1)


def _decrypted(kept: str) -> str | None:
    """The secret itself; None where SECRET_KEY has changed since. Recovery codes still work then."""
    try:
        return _cipher().decrypt(kept.encode()).decode()
    except InvalidToken:
        current_app.logger.error("a second factor cannot be read: SECRET_KEY has changed")
        return None


def _cipher() -> Fernet:
    """Secrets rest encrypted under a key of their own, so that a copy of the database alone opens nothing."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"plaza second factor")
    key = derivation.derive(current_app.extensions["settings"].secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))
