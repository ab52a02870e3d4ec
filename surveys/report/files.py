"""Results for programs: JSON and CSV, with the numbers of the page."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from citizen.core.spreadsheets import as_text
from surveys.breakdowns import EVERYBODY
from surveys.models import SurveyWave
from surveys.report.lens import Names
from surveys.report.lines import Line, lines
from surveys.report.words import plain_title
from surveys.statistics import Answered, Result
from surveys.statistics.found import Amounts, QuestionFound, Ranks, Scale, Written

HEADINGS = "group question version text row row_text answer answer_text count share base asked answered".split()


def as_data(wave: SurveyWave, answered: Answered, results: Mapping[str, Result], names: Names) -> dict[str, Any]:
    """The result as plain values; shares are of those who answered and know, 0 to 1.

    `results` by group, all together first; what single groups answered stands under "groups".
    """
    everybody = results[EVERYBODY]
    groups = {group: result for group, result in results.items() if group != EVERYBODY}
    return {
        "title": wave.title,
        "wave": wave.name,
        "state": wave.state,
        "n": everybody.n,
        "responses": answered.n,
        "channels": answered.channels,
        "assurance": {f"A{level}": n for level, n in sorted(answered.assurances.items())},
        "asked_for": f"A{wave.assurance}",
        "population": answered.population,
        "questions": _questions(everybody),
        "groups": [
            {"id": group, "text": str(names.get(group, group)), "n": result.n, "questions": _questions(result)}
            for group, result in groups.items()
        ],
        "note": _("People chose to answer. This is not a vote, and it may not show what everybody thinks."),
    }


def as_csv(results: Mapping[str, Result], names: Names) -> str:
    """One line a figure. Texts that a spreadsheet would take for a formula are marked as text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADINGS)
    for group, result in results.items():
        for found in _all_of(result):
            writer.writerows(_csv_rows(str(names.get(group, group)), found))
    return buffer.getvalue()


def _csv_rows(group: str, found: QuestionFound) -> Iterator[list[Any]]:
    question = found.question
    own = [as_text(group), question.code, question.version, as_text(plain_title(question))]
    for line in lines(found):
        share = "" if line.share is None else f"{line.share:.4f}"
        words = [line.row, as_text(line.row_text), line.answer, as_text(line.text)]
        yield [*own, *words, line.count, share, line.base, found.asked, found.answered]


def _all_of(result: Result) -> Iterator[QuestionFound]:
    yield from result.questions
    yield from (found for earlier in result.earlier.values() for found in earlier)


def _questions(result: Result) -> list[dict[str, Any]]:
    return [_question(found) for found in _all_of(result)]


def _question(found: QuestionFound) -> dict[str, Any]:
    question = found.question
    data: dict[str, Any] = {"code": question.code, "version": question.version, "kind": question.kind}
    data |= {"text": question.text, "asked": found.asked, "answered": found.answered, "dont_know": found.unsure}
    return data | {"answers": [_line(line) for line in lines(found)]} | _figures(found)


def _line(line: Line) -> dict[str, Any]:
    row = {"row": line.row, "row_text": line.row_text} if line.row else {}
    share = None if line.share is None else round(line.share, 4)
    return row | {"id": line.answer, "text": line.text, "count": line.count, "share": share}


def _figures(found: QuestionFound) -> dict[str, Any]:
    """What a kind of question has beside its counts."""
    match found.found:
        case Scale(score=score) if score:
            return {"score": score.points, "standard_error": score.standard_error}
        case Scale(mean=mean, median=median):
            return {"mean": mean, "median": median}
        case Amounts(mean=mean, quartiles=quartiles):
            return {"mean": mean, "quartiles": quartiles}
        case Ranks(ranks=ranks, schulze=schulze):
            return {"points": {rank.code: rank.points for rank in ranks}, "schulze_order": schulze}
        case Written(count=count):
            return {"texts_shown": count}
    return {}
