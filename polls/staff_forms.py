"""The console's form for corrections."""

from typing import Self, cast

from wtforms import Field, HiddenField

from citizen.core.forms import PageForm, edition_in, line
from citizen.core.i18n import own_name
from polls.correcting import Part, parts_of
from polls.drafts import LENGTHS
from polls.models import Poll


class Corrections(PageForm):
    """Every text that may be mended, in each language: `question_de`, `option 12ab34cd_de`."""

    edition = HiddenField()
    parts: list[Part]
    languages: list[str]

    @classmethod
    def of(cls, poll: Poll) -> Self:
        parts, languages = parts_of(poll), poll.city.languages
        names = [(part, code) for part in parts for code in languages]
        fields = {_name(part, code): line(own_name(code), LENGTHS[part.attribute]) for part, code in names}
        values = {_name(part, code): part.texts.get(code, "") for part, code in names}
        form = type("PollCorrections", (cls,), fields | {"parts": parts, "languages": languages})
        return cast(Self, form(data=values | {"edition": poll.edition}))

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        return {(part.name, code): self[_name(part, code)].data for part in self.parts for code in self.languages}

    @property
    def seen(self) -> int:
        return edition_in(self.edition)

    def fields_of(self, part: Part) -> list[tuple[str, Field]]:
        """For the page: each language's code and field."""
        return [(code, self[_name(part, code)]) for code in self.languages]


def _name(part: Part, code: str) -> str:
    return f"{part.name.replace(' ', '_')}_{code}"
