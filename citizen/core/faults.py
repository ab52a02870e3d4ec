"""What is wrong with something that was written down, and in which part of it."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: ("title", "de"), ("options", 3, "label", "de"), ("closes_at",)."""

    path: Path
    sentence: str
