"""What of a table of counts may be shown. Every public result passes through here.

Self-chosen polls without personal attributes publish one-way counts as they are; rounding, hiding and the steps in
which live results refresh belong here, so that page, CSV, API and embed can never differ.
"""

from collections.abc import Mapping


def publishable(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts of one question, as the public may see them."""
    return dict(counts)
