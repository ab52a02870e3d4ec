"""A questionnaire as a file of another tool, and what that tool cannot say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Left:
    """A sentence about something that did not go into the file. `where` is the code of a question or section."""

    where: str
    sentence: str


@dataclass(frozen=True)
class Exported:
    """The file, and everything that is not in it."""

    content: bytes
    left: tuple[Left, ...] = ()
