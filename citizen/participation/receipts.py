"""The receipt in an address: a sign that the reader has answered, which names the consultation and nobody."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from citizen.participation.models import Consultation


def receipt_for(consultation: Consultation) -> str:
    """For whoever has just answered: signed, and the same for everybody."""
    return _signer().dumps(consultation.id)


def is_receipt(text: str, consultation: Consultation) -> bool:
    """True where we gave this text to somebody who answered this consultation."""
    try:
        return bool(_signer().loads(text) == consultation.id)
    except BadSignature:
        return False


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="answered")
