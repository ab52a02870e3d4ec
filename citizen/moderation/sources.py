"""Where texts come from: each feature registers a source, so that nothing here knows the features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from citizen.cities.models import City
from citizen.core.audit import Actor


@dataclass(frozen=True)
class Addressee:
    """Whom to tell, in which language."""

    email: str
    language: str


class Source(Protocol):
    """What a feature can do with its texts. Subjects are its own keys; those that are not there any more are skipped.

    Every act may come twice and from any state, and must end in the same one. `restore` brings back what `hide` took,
    votes too.
    """

    kind: str

    def name(self) -> str:
        """What such a text is called, for staff: "Idea"."""

    def explanations(self) -> Mapping[str, str]:
        """Sentences for the rules that the feature flags by itself."""

    def is_public(self, city: City, subject: str) -> bool:
        """True where the public can read it now: only that can be reported."""

    def submission(self, city: City, subject: str) -> "Submission | None":
        """The text as it is now; None for what is not there."""

    def addressees(self, city: City, subjects: Sequence[str]) -> Mapping[str, Addressee]:
        """Whom to tell about these, where their authors wanted mail."""

    def publish(self, city: City, subjects: Sequence[str], *, by: Actor) -> None: ...

    def hide(self, city: City, subjects: Sequence[str], reason: Mapping[str, str], *, by: Actor) -> None: ...

    def hold(self, city: City, subjects: Sequence[str], *, by: Actor) -> None: ...

    def restore(self, city: City, subjects: Sequence[str], *, by: Actor) -> None: ...


@dataclass(frozen=True)
class Submission:
    """A text as a feature hands it over. `path` leads to its place on the public pages, `context` names that place."""

    text: str
    language: str
    title: str = ""
    is_shown: bool = False
    context: str = ""
    path: str = ""
    consultation_id: int | None = None
    author: str | None = None
    assurance: int | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Let the source's texts into the inbox."""
    _sources[source.kind] = source
    return source


def source_of(kind: str) -> Source | None:
    return _sources.get(kind)


def all_sources() -> list[Source]:
    return list(_sources.values())


def names() -> dict[str, str]:
    """What texts of each source are called."""
    return {source.kind: source.name() for source in all_sources()}


def explanations() -> dict[str, str]:
    return {rule: words for source in all_sources() for rule, words in source.explanations().items()}
