"""A result as a page shows it through a reader's lens: the same for the public, for staff and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from citizen.cities.districting import districts_of
from citizen.cities.districts import District
from surveys import statistics
from surveys.breakdowns import EVERYBODY, breakdown_of
from surveys.models import SurveyWave
from surveys.questionnaire import Kind
from surveys.report import crosstabs, files
from surveys.report.blocks import Chapter
from surveys.report.lens import Lens, LensForm, Names, group_names, lens_form, only_words
from surveys.report.whole import Report, report, source_of
from surveys.report.words import plain_title
from surveys.statistics import Answered, Result
from surveys.versions import questionnaire_of


@dataclass(frozen=True)
class Shown:
    """What is seen of a wave. `counted`: over how many sheets, where that is fewer than there are by now."""

    wave: SurveyWave
    lens: Lens
    answered: Answered
    counted: int

    @cached_property
    def districts(self) -> Sequence[District]:
        kinds = {question.kind for question in questionnaire_of(self.wave).questions}
        return districts_of(self.wave.city) if Kind.PLACE in kinds else ()

    @cached_property
    def results(self) -> dict[str, Result]:
        """By group, all together first."""
        if self.lens.split is None:
            return {EVERYBODY: statistics.result(self.wave)}
        breakdown = breakdown_of(self.wave, self.lens.split, self.answered.n)
        groups = self.lens.groups(breakdown, self.districts)
        return statistics.results_of(self.wave, {name: (group.n, group.counters) for name, group in groups.items()})

    @property
    def n(self) -> int:
        return self.results[EVERYBODY].n

    @property
    def names(self) -> Names:
        return group_names(self.lens, self.districts)

    @cached_property
    def form(self) -> LensForm:
        return lens_form(questionnaire_of(self.wave), self.districts)

    @property
    def only_words(self) -> str:
        return only_words(self.lens, self.districts)

    @property
    def by_words(self) -> str:
        return plain_title(self.lens.by) if self.lens.by else ""

    @cached_property
    def report(self) -> Report:
        return report(self.wave, self.results[EVERYBODY], self.answered, self.districts)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The questions; where groups stand beside each other, those whose figures can be split."""
        return crosstabs.chapters_of(self.results, self.names) if self.lens.by else self.report.chapters

    @property
    def unsplit(self) -> list[str]:
        """Titles of the questions that do not show through this lens."""
        return crosstabs.unsplit(self.results) if self.lens.split else []

    @cached_property
    def source(self) -> str:
        return source_of(self.wave, self.n)

    def as_data(self) -> dict[str, Any]:
        return files.as_data(self.wave, self.answered, self.results, self.names)

    def as_json(self) -> str:
        return orjson.dumps(self.as_data()).decode()

    def as_csv(self) -> str:
        return files.as_csv(self.results, self.names)
