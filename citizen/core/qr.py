"""Addresses as codes that a phone's camera reads."""

import io

import segno


def code_svg(address: str, *, border: int = 4) -> str:
    """The address as a QR code on white, as an SVG document; `border` is in modules (4 is what scanners want)."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", scale=8, border=border, light="#fff", xmldecl=False
    )
    return buffer.getvalue().decode()
