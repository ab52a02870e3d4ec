"""The pictures of results as lengths in per cent: bars, stacked bars around a middle, shades of a map."""

from collections.abc import Sequence

from flask_babel import gettext as _

from citizen.cities.districts import District
from citizen.cities.maps import city_map
from citizen.participation.report import number, percent
from insights.scales import sides
from surveys.questionnaire import Kind
from surveys.report.blocks import Area, BarRow, Piece, Stack, Stacks
from surveys.report.words import bin_words, people, period_words
from surveys.statistics.found import (
    Amounts,
    Bar,
    Choices,
    Consented,
    Days,
    Label,
    Places,
    QuestionFound,
    Ranks,
    RowFound,
    Rows,
    Scale,
)

SHADES = 4
"""How many steps of a colour a map has above "nobody"."""


def bars_of(found: QuestionFound) -> tuple[BarRow, ...]:
    """Bars for what can be shown as such."""
    match found.found:
        case Scale(score=score) if score:
            groups = (
                (_("9 or 10"), score.promoters),
                (_("7 or 8"), score.passives),
                (_("0 to 6"), score.detractors),
            )
            return tuple(_bar(label, n, n / found.base) for label, n in groups)
        case Choices(bars=bars) | Places(bars=bars) | Scale(bars=bars):
            return tuple(_bar(bar.label, bar.count, bar.share, quiet=not bar.is_plain) for bar in bars)
        case Days(bars=bars):
            return tuple(_bar(period_words(bar.code), bar.count, bar.share) for bar in bars)
        case Amounts(bins=bins):
            is_whole = found.question.decimals == 0
            return tuple(_bar(bin_words(b, is_whole=is_whole), b.n, b.n / found.base) for b in bins)
        case Consented(count=count, share=share):
            return (_bar(_("Agreed"), count, share), _bar(_("Did not agree"), found.missing, 1 - share, quiet=True))
        case Ranks() as ranks:
            return _points(ranks, found.base)
    return ()


def _bar(label: Label, n: int, share: float | None, *, quiet: bool = False) -> BarRow:
    """Without a share the number stands alone, and no bar is drawn."""
    words = people(n) if share is None else percent(share)
    beside = "" if share is None else people(n)
    return {"label": label, "number": beside, "share": words, "width": round((share or 0) * 100, 1), "quiet": quiet}


def _points(ranks: Ranks, base: int) -> tuple[BarRow, ...]:
    """As a part of what an option would have that everybody put first."""
    most = max(1, base) * max(1, len(ranks.ranks) - 1)
    return tuple(
        {
            "label": rank.label,
            "number": "",
            "share": _("%(points)s points", points=number(round(rank.points, 1))),
            "width": round(rank.points / most * 100, 1),
            "quiet": False,
        }
        for rank in ranks.ranks
    )


def stacks_of(found: QuestionFound) -> Stacks | None:
    """Rows with an order as bars that lie around their middle, all on the same axis."""
    rows = found.found
    if not isinstance(rows, Rows) or not rows.is_ordered or not any(row.base for row in rows.rows):
        return None
    answered = [row for row in rows.rows if row.base]
    reaches = [_reach(row) for row in answered]
    before, behind = (max(reach[side] for reach in reaches) for side in (0, 1))
    looks = _looks(len(rows.columns))
    stacks = tuple(
        Stack(row.label, _pieces(row, before - reach[0], before + behind, looks), *_ends(row, rows))
        for row, reach in zip(answered, reaches, strict=True)
    )
    steps = tuple(zip(looks, rows.columns, strict=True))
    return Stacks(steps, stacks, _part(before, before + behind))


def _reach(row: RowFound) -> tuple[float, float]:
    """How far the bar lies before and behind the middle, as shares; a middle step lies half on either side."""
    before, behind = sides(row.counts)
    half = (row.base - before - behind) / 2
    return (before + half) / row.base, (behind + half) / row.base


def _pieces(row: RowFound, start: float, whole: float, looks: Sequence[str]) -> tuple[Piece, ...]:
    pieces, at = [], start
    for count, look in zip(row.counts, looks, strict=True):
        share = count / row.base
        if count:
            pieces.append(Piece(_part(at, whole), _part(share, whole), look))
        at += share
    return tuple(pieces)


def _part(share: float, whole: float) -> float:
    return round(share / whole * 100, 2) if whole else 0.0


def _looks(steps: int) -> list[str]:
    """From the far low end over the middle to the far high end; the further out, the stronger."""
    half = steps // 2
    strengths = [max(1, round((place + 1) / half * 3)) for place in range(half)]
    low = [f"low-{strength}" for strength in reversed(strengths)]
    return [*low, *(["mid"] if steps % 2 else []), *(f"high-{strength}" for strength in strengths)]


def _ends(row: RowFound, rows: Rows) -> tuple[str, str]:
    if not rows.ends:
        return "", ""
    low, high = percent(row.low / row.base), percent(row.high / row.base)
    return f"{low} {_either(rows.low_columns)}", f"{high} {_either(rows.high_columns)}"


def _either(labels: tuple[Label, ...]) -> str:
    return " + ".join(str(label) for label in labels)


def area_of(found: QuestionFound, districts: Sequence[District]) -> Area | None:
    """The city's map with the number of answers in each district; None where no district is drawn."""
    drawn = city_map(districts) if found.question.kind is Kind.PLACE and districts else None
    if drawn is None or not isinstance(found.found, Places):
        return None
    bars = {bar.code: bar for bar in found.found.bars}
    looks = {shape.code: _shade(bars[shape.code], found.found.bars) for shape in drawn.shapes if shape.code in bars}
    numbers = tuple((shape.x, shape.y, number(bars[shape.code].count)) for shape in drawn.shapes if shape.code in bars)
    most = found.found.bars[0]
    reading = _(
        "Map of the city with the number of answers in each district. Most come from %(label)s: %(n)s.",
        label=most.label,
        n=number(most.count),
    )
    return Area(drawn, looks, numbers, reading)


def _shade(bar: Bar, bars: Sequence[Bar]) -> str:
    most = max(one.count for one in bars)
    return f"shade-{-(-bar.count * SHADES // most) if most else 0}"
