"""The answers of a wave as rows under a codebook: what every file format starts from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from citizen.cities.districting import districts_of
from citizen.core.i18n import text_in
from citizen.participation.models import Channel
from citizen.participation.words import channel_words
from surveys.exporters.codebook import Cell, Column, codebook
from surveys.exporters.sheets import Sheet, count_sheets, stream_sheets
from surveys.models import SurveyWave
from surveys.questionnaire import Kind, Questionnaire
from surveys.versions import asked_versions


@dataclass(frozen=True)
class Answers:
    """A wave's answers in one language. Making it reads little; `rows` streams."""

    wave: SurveyWave
    lang: str

    @cached_property
    def questionnaires(self) -> dict[int, Questionnaire]:
        """By version, the newest first."""
        return asked_versions(self.wave)

    @cached_property
    def columns(self) -> list[Column]:
        return codebook(self.questionnaires.values(), self.lang)

    @cached_property
    def codes(self) -> dict[str, Mapping[str, str]]:
        """What the codes of a column mean, by its name; districts by their names."""
        districts = {row.code: str(text_in(row.name, self.lang)) for row in districts_of(self.wave.city)}
        places = {q.code for asked in self.questionnaires.values() for q in asked.questions if q.kind is Kind.PLACE}
        return {
            column.name: districts if column.question in places and column.is_text else column.codes
            for column in self.columns
        }

    @cached_property
    def total(self) -> int:
        return count_sheets(self.wave)

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Name and meaning of every column, our own first."""
        own = [
            ("sheet", _("Random number of the sheet. It says nothing about who answered, or when.")),
            ("channel", _("How the answer reached us")),
            ("assurance", _("How sure we are that one person answers once, 0 to 4")),
            ("version", _("Version of the questionnaire that was answered")),
        ]
        return own + [(column.name, column.label) for column in self.columns]

    @property
    def numeric(self) -> set[str]:
        """Names of the columns that hold numbers."""
        return {"assurance", "version"} | {column.name for column in self.columns if not column.is_text}

    @property
    def own_codes(self) -> dict[str, dict[str, str]]:
        """What the codes of our own columns mean."""
        return {"channel": {channel.value: channel_words(channel) for channel in Channel}}

    def rows(self) -> Iterator[list[Cell]]:
        """One row a sheet, as streamed: cells in the order of `heads`."""
        asked = {
            version: {question.code: question.version for question in questionnaire.questions}
            for version, questionnaire in self.questionnaires.items()
        }
        for sheet in stream_sheets(self.wave):
            yield self.row(sheet, asked[sheet.version])

    def row(self, sheet: Sheet, asked: Mapping[str, int]) -> list[Cell]:
        """The cells of one sheet; `asked` has the version of each question that it answered."""
        own: list[Cell] = [sheet.id.hex(), sheet.channel, sheet.assurance, sheet.version]
        return own + [
            column.take(sheet.answers) if asked.get(column.question) == column.version else None
            for column in self.columns
        ]
