"""Files that citizens send with a survey: off unless the operator wants them, and never shown to the public.

Pictures are written anew without their metadata. A form carries a kept file as a signed text, so that nobody can name
one that they did not send.
"""

import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from limits import RateLimitItemPerMinute
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict

from citizen.core.config import Settings
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import current_language
from citizen.core.limits import seconds_to_wait
from citizen.core.media import as_webp
from citizen.core.texts import is_plain
from citizen.participation.actions import TooFast
from surveys.models import SurveySheet, SurveyWave
from surveys.questionnaire import Kind, Question, Questionnaire
from surveys.sheets.checking import MAX_FILE_NAME

MAX_PDF = 5 * 1024 * 1024
UPLOADS_PER_NETWORK = RateLimitItemPerMinute(10)
SIDE = 1600
"""The longest side of a kept picture, in pixels: enough to read a sign on a photo."""


def takes_files() -> bool:
    """True where the operator set SURVEY_FILES."""
    return _settings().survey_files


def without_files(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire as it can be answered here. Where no files are taken, such a question is only read."""
    if takes_files() or not asks_for_files(questionnaire):
        return questionnaire
    sections = tuple(
        section.model_copy(update={"questions": tuple(_only_read(question) for question in section.questions)})
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections})


def asks_for_files(questionnaire: Questionnaire) -> bool:
    return any(question.kind is Kind.FILE for question in questionnaire.questions)


def keep_uploads(
    wave: SurveyWave, questions: Iterable[Question], uploads: MultiDict[str, FileStorage]
) -> dict[str, list[str]]:
    """Keep what was sent for these questions: gives the fields that stand for it from now on.

    Raises Refused for what is no file of the kinds that we take, and TooFast.
    """
    if not takes_files():
        return {}
    files = {question.code: uploads.get(question.code) for question in questions if question.kind is Kind.FILE}
    sent = {code: upload for code, upload in files.items() if upload is not None and upload.filename}
    return {code: [_keep(wave, upload)] for code, upload in sent.items()}


def file_finder(wave: SurveyWave) -> Callable[[str], dict[str, str] | None]:
    """Gives the kept file of this wave that a form's field stands for, as its answer; None for anything else."""

    def find(token: str) -> dict[str, str] | None:
        try:
            wave_id, name, file = _signer().loads(token)
        except BadSignature:
            return None
        return {"name": name, "file": file} if wave_id == wave.id else None

    return find


def write_archive(wave: SurveyWave, archive: Path) -> None:
    """A ZIP with all files of the wave's sheets, each named by sheet and question as an export names them."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for sheet_id, code, file in _sent_files(wave):
            path = _folder(wave) / file
            if path.exists():
                packed.write(path, f"{sheet_id.hex()}-{code}{path.suffix}")


def _sent_files(wave: SurveyWave) -> Iterator[tuple[bytes, str, str]]:
    query = select(SurveySheet.id, SurveySheet.answers).filter_by(city_id=wave.city_id, wave_id=wave.id)
    for sheet_id, answers in db.session.execute(query.execution_options(yield_per=1000)):
        for code, value in answers.items():
            if isinstance(value, dict) and "file" in value:
                yield sheet_id, code, str(value["file"])


def forget_unsent_files(wave: SurveyWave) -> None:
    """After the end: what was sent up and belongs to no sheet goes."""
    folder = _folder(wave)
    if not folder.exists():
        return
    used = {file for _sheet_id, _code, file in _sent_files(wave)}
    for path in folder.iterdir():
        if path.name not in used:
            path.unlink()


def _only_read(question: Question) -> Question:
    if question.kind is not Kind.FILE:
        return question
    sentence = _("Files cannot be sent here. You can go on without one.")
    return question.model_copy(update={"kind": Kind.NOTE, "is_required": False, "hint": {current_language(): sentence}})


def _keep(wave: SurveyWave, upload: FileStorage) -> str:
    seconds = seconds_to_wait(f"file:{wave.id}", limit=UPLOADS_PER_NETWORK)
    if seconds:
        raise TooFast(seconds)
    is_pdf = upload.stream.read(5) == b"%PDF-"
    upload.stream.seek(0)
    content = _pdf(upload) if is_pdf else as_webp(upload, side=SIDE)[0]
    file = f"{secrets.token_hex(16)}.{'pdf' if is_pdf else 'webp'}"
    folder = _folder(wave)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(content)
    return _signer().dumps([wave.id, _name_of(upload), file])


def _pdf(upload: FileStorage) -> bytes:
    content = upload.stream.read(MAX_PDF + 1)
    if len(content) > MAX_PDF:
        raise Refused(_("This file is too large. Please send at most 5 MB."), status=422)
    return content


def _name_of(upload: FileStorage) -> str:
    """As the person called it, without a folder."""
    name = (upload.filename or "").replace("\\", "/").rpartition("/")[2].strip()[-MAX_FILE_NAME:]
    return name if name and is_plain(name) else _("File")


def _folder(wave: SurveyWave) -> Path:
    return _settings().data_dir / "files" / str(wave.id)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="survey file")
