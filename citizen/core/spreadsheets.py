"""Cells of tables that people open in a spreadsheet."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Wide signs too: spreadsheets set to Chinese, Japanese or Korean read them as the narrow ones."""


def as_text(text: str) -> str:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
