"""Groups of people beside each other: a grid of figures for each question."""

from collections.abc import Mapping
from dataclasses import replace

from citizen.core.i18n import localized
from surveys.breakdowns import EVERYBODY
from surveys.report.blocks import Block, Cell, Chapter, Grid
from surveys.report.lens import Names
from surveys.report.tables import share_cell
from surveys.report.words import facts, figure, people, plain_title, title_of
from surveys.statistics import Result
from surveys.statistics.found import QuestionFound
from surveys.statistics.measures import Measure, base_of, measures, shares_of


def chapters_of(results: Mapping[str, Result], names: Names) -> tuple[Chapter, ...]:
    """By section, the questions whose figures can be split. `results` by group, all together first."""
    chapters = [
        Chapter(section.section.code, localized(section.section.title), tuple(_blocks(index, results, names)))
        for index, section in enumerate(results[EVERYBODY].sections)
    ]
    return tuple(chapter for chapter in chapters if chapter.blocks)


def unsplit(results: Mapping[str, Result]) -> list[str]:
    """Titles of the questions that are left out: texts and days."""
    return [plain_title(found.question) for found in results[EVERYBODY].questions if not measures(found)]


def _blocks(section: int, results: Mapping[str, Result], names: Names) -> list[Block]:
    found = [
        {group: result.sections[section].questions[place] for group, result in results.items()}
        for place in range(len(results[EVERYBODY].sections[section].questions))
    ]
    return [_block(groups, names) for groups in found if measures(groups[EVERYBODY])]


def _block(groups: Mapping[str, QuestionFound], names: Names) -> Block:
    all_of = groups[EVERYBODY]
    block = Block(all_of.question.code, title_of(all_of.question), f"{facts(all_of)} {shares_of(all_of)}".strip(), "")
    measured = {group: {one.code: one for one in measures(found)} for group, found in groups.items()}
    columns = tuple((names.get(group, group), people(base_of(found))) for group, found in groups.items())
    rows = tuple(
        (one.label, tuple(_cell(by_code.get(one.code)) for by_code in measured.values())) for one in measures(all_of)
    )
    return replace(block, grid=Grid(plain_title(all_of.question), columns, rows))


def _cell(measure: Measure | None) -> Cell:
    if measure is None:
        return Cell("–")
    if measure.count is None:
        return Cell(figure(measure.value))
    return share_cell(measure.count, measure.base)
