"""The result of each question as one or two sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import localized
from citizen.participation.report import number, percent
from surveys.questionnaire import Kind
from surveys.report.words import figure, period_words, signed
from surveys.statistics.found import (
    Amounts,
    Bar,
    Choices,
    Consented,
    Days,
    Places,
    QuestionFound,
    Ranks,
    RowFound,
    Rows,
    Scale,
    Uncounted,
    Written,
)
from surveys.statistics.measures import joined


def finding(found: QuestionFound) -> str:
    if not found.answered:
        return _("Nobody has answered this question yet.")
    if not found.base and not isinstance(found.found, Written | Uncounted):
        return _("Nobody gave an answer that can be counted here.")
    return FINDINGS[type(found.found)](found, found.found)


def _choices(found: QuestionFound, choices: Choices) -> str:
    leading = choices.leading
    if len(leading) != 1:
        return _("No answer is ahead of all others.")
    share = leading[0].share or 0.0
    words = {"label": str(leading[0].label), "share": percent(share)}
    if share > 0.5 and found.question.kind is not Kind.MULTIPLE:
        return _("Most people chose “%(label)s”: %(share)s of those who answered.", **words)
    return _("“%(label)s” was chosen most often: by %(share)s of those who answered.", **words)


def _ranks(_found: QuestionFound, ranks: Ranks) -> str:
    """The first where every way to count agrees; that they do not, where they do not."""
    points, pairs, first = ranks.winners
    labels = {rank.code: str(rank.label) for rank in ranks.ranks}
    if points == pairs == first and len(points) == 1:
        return _("“%(label)s” matters most to those who answered.", label=labels[min(points)])
    if points == pairs and len(points) == 1:
        return _(
            "“%(label)s” matters most to those who answered, though %(others)s came first more often.",
            label=labels[min(points)],
            others=joined(tuple(rank.label for rank in ranks.ranks if rank.code in first)),
        )
    return _("No answer is clearly first. It depends on how you count the rankings.")


def _rows(_found: QuestionFound, rows: Rows) -> str:
    answered = [row for row in rows.rows if row.base]
    if not answered:
        return _("Nobody gave an answer that can be counted here.")
    if not rows.is_ordered:
        return _clearest(rows, answered)
    best, last = answered[0], answered[-1]
    chosen = joined(rows.high_columns)
    sentence = _("“%(row)s”: %(share)s chose %(labels)s.", row=best.label, share=_share(best), labels=chosen)
    if best is last:
        return sentence
    return _(
        "%(chosen)s was chosen most often for “%(best)s” (%(most)s) and least often for “%(last)s” (%(least)s).",
        chosen=chosen,
        best=best.label,
        most=_share(best),
        last=last.label,
        least=_share(last),
    )


def _share(row: RowFound) -> str:
    return percent(row.high / row.base)


def _clearest(rows: Rows, answered: list[RowFound]) -> str:
    """The row in which most people agree, where columns have no order."""
    row = max(answered, key=lambda one: max(one.counts) / one.base)
    most = max(row.counts)
    label = rows.columns[row.counts.index(most)]
    return _(
        "The clearest answer is “%(label)s” for “%(row)s”: %(share)s of those who answered.",
        label=label,
        row=row.label,
        share=percent(most / row.base),
    )


def _scale(found: QuestionFound, scale: Scale) -> str:
    if scale.score:
        return _(
            "%(promoters)s gave 9 or 10, %(detractors)s gave 0 to 6. The score is %(points)s.",
            promoters=percent(scale.score.promoters / found.base),
            detractors=percent(scale.score.detractors / found.base),
            points=signed(scale.score.points),
        )
    points = found.question.scale
    return _(
        "On average people chose %(mean)s on a scale from %(low)s to %(high)s.",
        mean=figure(scale.mean),
        low=number(points[0]),
        high=number(points[-1]),
    )


def _amounts(found: QuestionFound, amounts: Amounts) -> str:
    middle = with_unit(found, amounts.quartiles[1] if amounts.quartiles else None)
    return _("Half of the people gave %(middle)s or less, the other half %(middle)s or more.", middle=middle)


def with_unit(found: QuestionFound, value: float | None) -> str:
    return f"{figure(value, max(found.question.decimals, 1))} {localized(found.question.unit)}".strip()


def _days(_found: QuestionFound, days: Days) -> str:
    most = _most(days.bars)
    if len(most) != 1:
        return _("No time is ahead of all others.")
    words = {"period": period_words(most[0].code), "share": percent(most[0].share or 0)}
    return _("Named most often: %(period)s, by %(share)s of those who answered.", **words)


def _places(_found: QuestionFound, places: Places) -> str:
    most = _most(places.bars)
    if len(most) != 1:
        return _("No district is ahead of all others.")
    words = {"label": str(most[0].label), "share": percent(most[0].share or 0)}
    return _("Most answers name “%(label)s”: %(share)s of those who answered.", **words)


def _most(bars: tuple[Bar, ...]) -> list[Bar]:
    most = max((bar.count for bar in bars), default=0)
    return [bar for bar in bars if most and bar.count == most]


def _consented(_found: QuestionFound, consented: Consented) -> str:
    return _("%(share)s of those who were asked agreed.", share=percent(consented.share))


def _written(_found: QuestionFound, written: Written) -> str:
    if written.count:
        return _("These are texts that we have read and may show.")
    return _("We show what people wrote here once somebody has read it.")


FINDINGS: Mapping[type, Callable[[QuestionFound, Any], str]] = {
    Choices: _choices,
    Ranks: _ranks,
    Rows: _rows,
    Scale: _scale,
    Amounts: _amounts,
    Days: _days,
    Places: _places,
    Consented: _consented,
    Written: _written,
    Uncounted: lambda _found, _nothing: "",
}
