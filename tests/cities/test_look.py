"""Whatever colour a city has, what stands in it can be read: in light and in dark, for any colour there is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen.cities.look import NIGHT, PAPER, contrast, is_colour, luminance, shades, stylesheet, was_adjusted
from citizen.core.config import ROOT

TEXT, CONTROL = 4.5, 3.0
"""What WCAG 2.2 asks for (1.4.3 and 1.4.11)."""

LIGHT, DARK = (ROOT / "static" / "src" / "css" / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")


def token(scheme: str, name: str) -> str:
    """A colour of the stylesheet, as #rrggbb."""
    found = re.search(rf"--{name}: #([0-9a-f]{{3,6}});", scheme)
    assert found, name
    digits = found[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


SURFACES = {
    PAPER: [token(LIGHT, name) for name in ("page", "surface", "sunk")],
    NIGHT: [token(DARK, name) for name in ("page", "surface", "sunk")],
}
"""All that the accent can stand on, in light and in dark."""

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
grounds = st.sampled_from([PAPER, NIGHT])


@given(colours, grounds)
def test_every_shade_can_be_read_on_every_surface(accent: str, ground: str) -> None:
    found = shades(accent, ground)
    assert contrast(found.on_accent, found.accent) >= TEXT
    for surface in SURFACES[ground]:
        assert contrast(found.text, surface) >= TEXT
        assert contrast(found.accent, surface) >= CONTROL
        assert contrast(found.line, surface) >= CONTROL


@given(colours, grounds)
def test_what_is_written_on_the_tinted_surface_can_be_read(accent: str, ground: str) -> None:
    soft = shades(accent, ground).soft
    scheme = LIGHT if ground == PAPER else DARK
    assert contrast(token(scheme, "ink"), soft) >= TEXT
    assert contrast(token(scheme, "ink-soft"), soft) >= TEXT


@given(colours)
def test_a_colour_that_is_fine_stays_as_it_is(accent: str) -> None:
    best = max(contrast(accent, "#ffffff"), contrast(accent, "#1a1714"))
    if contrast(accent, PAPER) >= CONTROL and best >= TEXT:
        assert shades(accent, PAPER).accent == accent
        assert not was_adjusted(accent)
    else:
        assert was_adjusted(accent)


@given(colours)
def test_the_stylesheet_sets_colours_and_nothing_else(accent: str) -> None:
    css = stylesheet(accent)
    light, dark = css.split("@media(prefers-color-scheme:dark)")
    for part in (light, dark):
        assert re.findall(r"--([\w-]+):#[0-9a-f]{6}[;}]", part) == [
            "accent",
            "on-accent",
            "accent-text",
            "accent-soft",
            "accent-line",
        ]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    """Ratios as WebAIM's contrast checker gives them."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_luminance_weighs_the_three_parts() -> None:
    parts = [luminance(colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    assert parts == pytest.approx([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("text", ["#12345", "123456", "#12345g", "red", "#123456;", "#123456}", "", "#fff"])
def test_what_is_no_colour_is_known(text: str) -> None:
    assert not is_colour(text)
