"""The poster: an A4 page with the question, the code and where to answer."""

from flask_babel import gettext as _

from citizen.core import pdf
from citizen.core.config import ROOT
from citizen.core.i18n import current_language, direction_of, localized, moment
from citizen.core.qr import code_svg
from citizen.participation.models import Consultation

TEMPLATE = ROOT / "templates" / "participation" / "poster.typ"


def poster_pdf(consultation: Consultation, address: str, invitation: str) -> bytes:
    """The poster as PDF, in the language of the request. Texts go in as values, never as markup."""
    values = {
        "city": consultation.city.name,
        "question": str(localized(consultation.title)),
        "invitation": invitation,
        "address": address.partition("://")[2].partition("?")[0],
        "until": _("Open until %(moment)s", moment=moment(consultation.ends_at)),
        "fine_print": _("This is not a vote. The city asks, and publishes what came out."),
        "accent": consultation.city.accent,
        "code": code_svg(address, border=0),
        "language": current_language(),
        "direction": direction_of(current_language()),
    }
    return pdf.compiled(TEMPLATE, values)
