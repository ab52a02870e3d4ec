"""Sheets that were begun and not sent. Only the secret in somebody's browser, or in their link, opens one.

The database keeps the hash of the secret, and what was typed encrypted under it (AES-GCM), so that whoever reads the
database reads no draft. A secret that is forgotten makes its draft unreadable for good. Nothing here commits.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask_babel import gettext as _
from sqlalchemy import Select, delete, select, update

from citizen.core import clock
from citizen.core.config import MAX_TEXT_BODY
from citizen.core.db import db, insert_once
from citizen.core.errors import Refused
from citizen.core.limits import seconds_to_wait
from citizen.participation.actions import TooFast
from surveys.models import SurveyDraft, SurveyWave
from surveys.questionnaire import Question, Questionnaire
from surveys.sheets.filling import kept_fields
from surveys.sheets.reading import field_names

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
NONCE_BYTES = 12


@dataclass(frozen=True)
class Draft:
    """What somebody has typed so far, as they typed it, and which questionnaire they were asked.

    `page` is where to go on. `owner` is who answers, where the survey asks for a confirmed address: nobody
    else opens the draft. `kept` is the moment of the last change as the browser's clock says it, in milliseconds.
    """

    began_at: datetime
    version: int
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page: int = 1
    owner: str = ""
    kept: int = 0

    def with_fields(self, questions: Sequence[Question], sent: Mapping[str, Sequence[str]]) -> "Draft":
        """The draft with these questions answered anew; what was answered elsewhere stays."""
        names = [name for question in questions for name in field_names(question)]
        others = {name: values for name, values in self.typed.items() if name not in names}
        return replace(self, typed=others | kept_fields(sent, names))


def new_secret() -> str:
    """256 random bits, fit for a cookie and for an address."""
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    return SECRET.fullmatch(text) is not None


def seed_of(secret: str) -> str:
    """What orders shuffled options for the holder of this secret, on whichever device."""
    return _hash("order", secret).hex()[:16]


def open_draft(wave: SurveyWave, secret: str) -> Draft | None:
    """The draft that this secret opens; None where there is none."""
    row = db.session.scalar(_row(wave, secret))
    return _opened(wave, secret, row.sealed) if row else None


def change_draft(wave: SurveyWave, secret: str, fresh: Draft, change: Callable[[Draft], Draft]) -> Draft:
    """Change the draft, `fresh` where there is none yet, and keep it. Gives what is kept.

    Two pages that are sent at the same moment change it one after the other. Raises TooFast where one network begins
    more drafts than people do, and Refused where the text is more than we keep.
    """
    values = {"sealed": _sealed(wave, secret, fresh), "day": clock.day_in(wave.city.time_zone)}
    if insert_once(SurveyDraft, **_place(wave, secret), **values):
        _slow_down(wave)
    row = db.session.scalars(_row(wave, secret).with_for_update()).one()
    draft = change(_opened(wave, secret, row.sealed) or fresh)
    values["sealed"] = _sealed(wave, secret, draft)
    db.session.execute(update(SurveyDraft).filter_by(**_place(wave, secret)).values(**values))
    return draft


def drop_draft(wave: SurveyWave, secret: str) -> None:
    """Forget what was typed: it was sent, or somebody starts again."""
    db.session.execute(delete(SurveyDraft).filter_by(**_place(wave, secret)))


def carried_over(draft: Draft, earlier: Questionnaire, now: Questionnaire, version: int) -> Draft:
    """The draft of an earlier questionnaire, for the present one: what reads the same keeps its answers."""
    names = [name for question in now.questions if _is_unchanged(question, earlier) for name in field_names(question)]
    return replace(draft, typed=kept_fields(draft.typed, names), version=version)


def asked_anew(shown: Sequence[Question], earlier: Questionnaire) -> list[Question]:
    """The questions that the earlier questionnaire did not ask, or not like this."""
    return [question for question in shown if not _is_unchanged(question, earlier)]


def _is_unchanged(question: Question, earlier: Questionnaire) -> bool:
    before = earlier.question(question.code)
    return before is not None and before.version == question.version and before.kind is question.kind


def _slow_down(wave: SurveyWave) -> None:
    seconds = seconds_to_wait(f"draft:{wave.id}")
    if seconds:
        raise TooFast(seconds)


def _row(wave: SurveyWave, secret: str) -> Select[SurveyDraft]:
    return select(SurveyDraft).filter_by(**_place(wave, secret)).execution_options(populate_existing=True)


def _place(wave: SurveyWave, secret: str) -> dict[str, Any]:
    return {"city_id": wave.city_id, "wave_id": wave.id, "key": _hash("row", secret)}


def _hash(purpose: str, secret: str) -> bytes:
    """32 bytes for one purpose, from which neither the secret nor those for another follow."""
    return hashlib.sha256(f"plaza draft {purpose}:{secret}".encode()).digest()


def _sealed(wave: SurveyWave, secret: str, draft: Draft) -> bytes:
    content = json.dumps(asdict(draft) | {"began_at": draft.began_at.isoformat()}, ensure_ascii=False).encode()
    if len(content) > MAX_TEXT_BODY:
        raise Refused(_("This is more text than we can keep. Please shorten your answers."), status=422)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_hash("cipher", secret)).encrypt(nonce, content, _bound_to(wave))


def _opened(wave: SurveyWave, secret: str, sealed: bytes) -> Draft | None:
    """None where the row was not sealed for this wave under this secret."""
    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        values = json.loads(AESGCM(_hash("cipher", secret)).decrypt(nonce, content, _bound_to(wave)))
    except InvalidTag:
        return None
    return Draft(**values | {"began_at": datetime.fromisoformat(values["began_at"])})


def _bound_to(wave: SurveyWave) -> bytes:
    return f"{wave.city_id}:{wave.id}".encode()
