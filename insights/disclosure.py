"""What of a table of counts may be shown. Every public result passes through here.

Self-chosen polls without personal attributes publish one-way counts as they are; rounding, hiding and the steps in
which live results refresh belong here, so that page, CSV, API and embed can never differ.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Choice = TypeVar("Choice", bound=Hashable)
Group = TypeVar("Group", bound=Hashable)


def publishable(counts: Mapping[Choice, int]) -> dict[Choice, int]:
    """The counts of one question, as the public may see them."""
    return dict(counts)


def publishable_table(table: Mapping[Group, Mapping[Choice, int]]) -> dict[Group, dict[Choice, int]]:
    """The counts of one question in several groups of people, and of all of them together, seen side by side."""
    return {group: publishable(counts) for group, counts in table.items()}
