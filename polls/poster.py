"""The poster: an A4 page with the question, the code and where to answer."""

import io

import segno
import typst
from flask_babel import gettext as _

from citizen.core.config import ROOT
from citizen.core.i18n import current_language, direction_of, localized, moment
from polls.models import Poll

TEMPLATE = ROOT / "templates" / "polls" / "poster.typ"


def code_svg(address: str, *, border: int = 4) -> str:
    """The address as a QR code on white, as an SVG document; `border` is in modules (4 is what scanners want)."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", scale=8, border=border, light="#fff", xmldecl=False
    )
    return buffer.getvalue().decode()


def poster_pdf(poll: Poll, address: str) -> bytes:
    """The poster as PDF, in the language of the request. Texts go in as values, never as markup."""
    values = {
        "city": poll.city.name,
        "question": str(localized(poll.title)),
        "invitation": _("Answer in 30 seconds, without an account"),
        "address": address.partition("://")[2].partition("?")[0],
        "until": _("Open until %(moment)s", moment=moment(poll.ends_at)),
        "fine_print": _("This is not a vote. The city asks, and publishes what came out."),
        "accent": poll.city.accent,
        "code": code_svg(address, border=0),
        "language": current_language(),
        "direction": direction_of(current_language()),
    }
    return bytes(typst.compile(str(TEMPLATE), sys_inputs=values, pdf_standards=["ua-1"]))
