"""From one accent colour to shades that can be read, in light and in dark.

Contrast after WCAG 2.2: relative luminance of sRGB, ratio (L1 + 0.05) / (L2 + 0.05).
"""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass

Rgb = tuple[float, float, float]

PAPER, NIGHT = "#f2ede5", "#2e2924"
"""The least favourable grounds of plaza.css: what can be read on them can be read on all others."""

TEXT_CONTRAST, CONTROL_CONTRAST = 4.5, 3.0
SOFTNESS = 0.12
HALF = 0.5
STEPS = 200


@dataclass(frozen=True)
class Shades:
    """The colours that one scheme needs, as #rrggbb. `accent` carries `on_accent` as text."""

    accent: str
    on_accent: str
    text: str
    soft: str
    line: str


def is_colour(text: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shades(accent: str, ground: str) -> Shades:
    """The accent on the given ground; lightness moves away from the ground until everything can be read."""
    fill = _until(accent, lambda colour: contrast(colour, ground) >= CONTROL_CONTRAST and _carries_text(colour), ground)
    return Shades(
        accent=fill,
        on_accent=max(("#ffffff", "#1a1714"), key=lambda colour: contrast(colour, fill)),
        text=_until(accent, lambda colour: contrast(colour, ground) >= TEXT_CONTRAST + 0.3, ground),
        soft=_mix(fill, "#ffffff" if luminance(ground) > HALF else "#1a1714", SOFTNESS),
        line=_until(accent, lambda colour: contrast(colour, ground) >= CONTROL_CONTRAST + 0.2, ground),
    )


def was_adjusted(accent: str) -> bool:
    """True where the city's own colour could not be used as it is on the light page: staff are told."""
    return shades(accent, PAPER).accent.lower() != accent.lower()


def stylesheet(accent: str) -> str:
    """The custom properties that carry the city's look into every page."""
    light, dark = shades(accent, PAPER), shades(accent, NIGHT)
    return f":root{{{_properties(light)}}}@media(prefers-color-scheme:dark){{:root{{{_properties(dark)}}}}}"


def _properties(found: Shades) -> str:
    return (
        f"--accent:{found.accent};--on-accent:{found.on_accent};--accent-text:{found.text};"
        f"--accent-soft:{found.soft};--accent-line:{found.line}"
    )


def _carries_text(colour: str) -> bool:
    return max(contrast(colour, "#ffffff"), contrast(colour, "#1a1714")) >= TEXT_CONTRAST


def _until(colour: str, is_good: Callable[[str], bool], ground: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    direction = -1 if luminance(ground) > HALF else 1
    for step in range(STEPS + 1):
        moved = min(1.0, max(0.0, lightness + direction * step / STEPS))
        candidate = colour if step == 0 else _hex(colorsys.hls_to_rgb(hue, moved, saturation))
        if is_good(candidate):
            return candidate.lower()
    return "#000000" if direction < 0 else "#ffffff"


def _mix(colour: str, ground: str, share: float) -> str:
    pairs = zip(_rgb(colour), _rgb(ground), strict=True)
    return _hex(tuple(share * one + (1 - share) * other for one, other in pairs))  # type: ignore[arg-type]


def _rgb(colour: str) -> Rgb:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))  # type: ignore[return-value]


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
