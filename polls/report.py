"""A result in words: the finding, the bars, the table, how to read it, how it was asked."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import Text, localized
from citizen.participation.report import method, number, percent
from polls.models import OTHER, Poll, PollForm
from polls.statistics import Bar, Result


@dataclass(frozen=True)
class Report:
    """Everything that the page of a result says, ready to be shown."""

    finding: str
    bars: list[dict[str, object]]
    source: str
    columns: list[str]
    rows: list[list[object]]
    foot: list[str] | None
    reading: list[str]
    method: list[tuple[str, str]]


def report(poll: Poll, result: Result) -> Report:
    columns, rows = _table(poll, result)
    return Report(
        finding=finding(poll, result),
        bars=[_bar(poll, bar, result) for bar in result.bars],
        source=_source(result),
        columns=columns,
        rows=rows,
        foot=_foot(poll, result),
        reading=reading(poll, result),
        method=method(
            poll,
            n=result.n,
            channels=result.channels,
            assurances=result.assurances,
            population=result.population,
        ),
    )


def finding(poll: Poll, result: Result) -> str:
    """The result as one sentence."""
    if result.n == 0:
        return _("Nobody has answered yet.")
    if poll.form == PollForm.SCALE and result.mean is not None:
        return _(
            "On average people chose %(mean)s on a scale from 1 to %(most)s.",
            mean=number(round(result.mean, 1)),
            most=number(poll.scale_points),
        )
    if poll.form == PollForm.RANK:
        return _rank_finding(result)
    return _choice_finding(poll, result)


def _choice_finding(poll: Poll, result: Result) -> str:
    leading = [bar for bar in result.leading if bar.id != OTHER]
    if len(leading) != 1:
        return _("No answer is ahead of all others.")
    share, label = percent(leading[0].share), str(leading[0].label)
    if leading[0].share > 0.5 and poll.form != PollForm.MULTIPLE:
        return _("Most people chose “%(label)s”: %(share)s of those who answered.", label=label, share=share)
    return _("“%(label)s” was chosen most often: by %(share)s of those who answered.", label=label, share=share)


def _rank_finding(result: Result) -> str:
    """The winner of Borda and Schulze where both agree; that they do not, where they do not."""
    labels = {bar.id: str(bar.label) for bar in result.bars}
    best = max((bar.points or 0 for bar in result.bars), default=0)
    by_points = [bar.id for bar in result.bars if bar.points == best]
    by_pairs = list(result.schulze[0]) if result.schulze else []
    if len(by_points) == 1 and by_pairs == by_points:
        return _("“%(label)s” matters most to those who answered.", label=labels[by_points[0]])
    return _("No answer is clearly first. It depends on how you count the rankings.")


def _bar(poll: Poll, bar: Bar, result: Result) -> dict[str, object]:
    if poll.form == PollForm.RANK:
        most = max(1, result.n) * max(1, len(result.bars) - 1)
        share = (bar.points or 0) / most
        words = _("%(points)s points", points=number(bar.points or 0))
        return {
            "label": bar.label,
            "number": "",
            "share": words,
            "width": round(share * 100, 1),
            "quiet": False,
        }
    people = ngettext("%(n)s response", "%(n)s responses", bar.count, n=number(bar.count))
    is_quiet = bar.id in {OTHER, "dont_know"}
    label = scale_label(poll, bar) if poll.form == PollForm.SCALE else bar.label
    return {
        "label": label,
        "number": people,
        "share": percent(bar.share),
        "width": round(bar.share * 100, 1),
        "quiet": is_quiet,
    }


def scale_label(poll: Poll, bar: Bar) -> Text | str:
    """The value, and at the ends what it means."""
    words = {"1": localized(poll.scale_low), str(poll.scale_points): localized(poll.scale_high)}.get(bar.id)
    return f"{bar.id} = {words}" if words else bar.id


def _table(poll: Poll, result: Result) -> tuple[list[str], list[list[object]]]:
    if poll.form == PollForm.RANK:
        columns = [_("Answer"), _("Points"), _("First")]
        return columns, [[bar.label, number(bar.points or 0), number(bar.count)] for bar in result.bars]
    columns = [_("Answer"), _("Number"), _("Share")]
    return columns, [[_row_name(poll, bar), number(bar.count), percent(bar.share)] for bar in result.bars]


def _foot(poll: Poll, result: Result) -> list[str] | None:
    """The sum, where the rows add up to it."""
    if poll.form == PollForm.MULTIPLE:
        return None
    if poll.form == PollForm.RANK:
        return [_("All responses"), "", number(result.n)]
    return [_("All responses"), number(result.n), percent(1.0)]


def _row_name(poll: Poll, bar: Bar) -> Text | str:
    return scale_label(poll, bar) if poll.form == PollForm.SCALE else bar.label


def _source(result: Result) -> str:
    return ngettext("%(n)s response.", "%(n)s responses.", result.n, n=number(result.n))


def reading(poll: Poll, result: Result) -> list[str]:
    """What can be said from this result, and what cannot."""
    sentences = [
        _("These are the responses of people who chose to take part. Other people in the city may think differently."),
        _("This is advice to the city, not an official vote."),
    ]
    if poll.form == PollForm.MULTIPLE:
        sentences.append(
            _("Each person could choose several answers. So the shares can add up to more than 100 per cent.")
        )
    if poll.form == PollForm.RANK:
        sentences.append(_rank_reading(result))
    if result.median is not None:
        sentences.append(_("At least half of the people chose %(value)s or less.", value=number(result.median)))
    return sentences


def _rank_reading(result: Result) -> str:
    labels = {bar.id: str(bar.label) for bar in result.bars}
    order = " > ".join(" = ".join(labels[choice] for choice in group) for group in result.schulze)
    return _(
        "How we count points (Borda count): the answer in first place gets the most. "
        "Answers that somebody did not rank share the rest. "
        "You can also compare every answer with every other one (Schulze method). Then the order is: %(order)s.",
        order=order,
    )
