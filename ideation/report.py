"""The result of a vote in words: the finding, the bars, the table, and step by step how the winners came about."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from babel.dates import format_timedelta
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from citizen.core.i18n import number
from citizen.participation.models import Assurance
from citizen.participation.words import assurance_words
from ideation.models import Campaign, Method
from ideation.statistics import VoteResult
from ideation.voting.choices import gives_points, is_ranked


@dataclass(frozen=True)
class Report:
    """Everything that the page says about a vote. `steps` and `rest` tell how a budget was spent."""

    finding: str
    bars: list[dict[str, Any]]
    columns: list[str]
    rows: list[list[Any]]
    steps: list[str]
    rest: list[str]
    notes: list[str]
    method: list[tuple[str, str]]
    source: str


def report(campaign: Campaign, result: VoteResult) -> Report:
    columns, rows = _table(campaign, result)
    return Report(
        finding=_finding(campaign, result),
        bars=_bars(campaign, result),
        columns=columns,
        rows=rows,
        steps=_shares_steps(campaign, result),
        rest=_greedy_steps(campaign, result),
        notes=_notes(campaign, result),
        method=_method(campaign, result),
        source=ngettext("%(num)s ballot.", "%(num)s ballots.", result.ballots),
    )


def money(campaign: Campaign, value: float) -> str:
    """A sum in whole units, with its currency."""
    return _("%(sum)s %(currency)s", sum=number(round(value)), currency=campaign.currency)


def how_long(span: timedelta) -> str:
    """A span of time as people say it: "9 days"."""
    return str(format_timedelta(span, threshold=1.5, locale=get_locale()))


def _finding(campaign: Campaign, result: VoteResult) -> str:
    if not result.ballots:
        return _("Nobody has voted yet.") if not result.is_final else _("Nobody voted.")
    if result.winners:
        return ngettext(
            "%(num)s idea gets the money it needs: %(cost)s of %(budget)s.",
            "%(num)s ideas get the money they need: %(cost)s of %(budget)s.",
            len(result.winners),
            cost=money(campaign, result.document["cost"]),
            budget=money(campaign, result.document["budget"]),
        )
    first = result.document["candidates"][0] if result.document["candidates"] else None
    if first is None:
        return _("There was nothing to vote on.")
    sentence = _("“%(title)s” is ahead.") if not result.is_final else _("“%(title)s” got most.")
    return sentence % {"title": first["title"]}


def _bars(campaign: Campaign, result: VoteResult) -> list[dict[str, Any]]:
    rows = result.document["candidates"]
    most = max((row["points"] for row in rows), default=0) or 1
    winners = set(result.winners)
    return [
        {
            "label": row["title"],
            "number": _amount(campaign, row),
            "share": _("gets the money") if row["id"] in winners else "",
            "width": 100 * row["points"] / most,
            "quiet": bool(winners) and row["id"] not in winners,
        }
        for row in rows
    ]


def _amount(campaign: Campaign, row: dict[str, Any]) -> str:
    if gives_points(campaign) or is_ranked(campaign):
        return ngettext("%(num)s point", "%(num)s points", row["points"]) if _is_whole(row) else number(row["points"])
    return ngettext("%(num)s vote", "%(num)s votes", row["votes"])


def _is_whole(row: dict[str, Any]) -> bool:
    return float(row["points"]).is_integer()


def _table(campaign: Campaign, result: VoteResult) -> tuple[list[str], list[list[Any]]]:
    columns = [_("Idea"), _("Ballots that name it")]
    if gives_points(campaign) or is_ranked(campaign):
        columns.append(_("Points"))
    costs = {int(project["id"]): project["cost"] for project in result.document.get("projects", ())}
    if costs:
        columns.append(_("Cost"))
    rows = []
    for row in result.document["candidates"]:
        cells: list[Any] = [row["title"], number(row["votes"])]
        if gives_points(campaign) or is_ranked(campaign):
            cells.append(number(round(row["points"], 1)))
        if costs:
            cells.append(money(campaign, costs[row["id"]]) if row["id"] in costs else "–")
        rows.append(cells)
    return columns, rows


def _titles(result: VoteResult) -> dict[int, str]:
    return {row["id"]: row["title"] for row in result.document["candidates"]}


def _shares_steps(campaign: Campaign, result: VoteResult) -> list[str]:
    """The Method of Equal Shares, one sentence for what everybody had and one for each idea that was paid for."""
    shares = result.document.get("shares")
    if not shares:
        return []
    titles = _titles(result)
    begin = _(
        "We divide the budget of %(budget)s by the %(voters)s people who voted. Each of them has %(share)s to spend.",
        budget=money(campaign, result.document["budget"]),
        voters=number(result.ballots),
        share=_cents(campaign, shares["share"]),
    )
    return [begin, *(_purchase(campaign, step, titles[int(step["id"])], result) for step in shares["steps"])]


def _purchase(campaign: Campaign, step: dict[str, Any], title: str, result: VoteResult) -> str:
    costs = {project["id"]: project["cost"] for project in result.document["projects"]}
    paid = ngettext(
        "“%(title)s” costs %(cost)s. The %(num)s person who chose it pays for it.",
        "“%(title)s” costs %(cost)s. The %(num)s people who chose it share that. Nobody pays more than %(most)s.",
        step["supporters"],
        title=title,
        cost=money(campaign, costs[step["id"]]),
        most=_cents(campaign, step["most_paid"]),
    )
    left = _("After that, everybody together has %(left)s left.", left=money(campaign, step["left"]))
    return f"{paid} {left}"


def _cents(campaign: Campaign, value: float) -> str:
    return _("%(sum)s %(currency)s", sum=number(round(value, 2)), currency=campaign.currency)


def _greedy_steps(campaign: Campaign, result: VoteResult) -> list[str]:
    greedy = result.document.get("greedy")
    titles = _titles(result)
    return [_look(campaign, step, titles[int(step["id"])]) for step in (greedy or {}).get("steps", ())]


def _look(campaign: Campaign, step: dict[str, Any], title: str) -> str:
    left = money(campaign, step["left"])
    if step["is_bought"]:
        return _("“%(title)s” fits into the money that is left, and gets it. %(left)s remain.", title=title, left=left)
    return _("“%(title)s” costs more than the %(left)s that are left.", title=title, left=left)


def _notes(campaign: Campaign, result: VoteResult) -> list[str]:
    notes = []
    if is_ranked(campaign) and result.document.get("by_pairs"):
        notes.append(_pairs_note(result))
    if campaign.method == Method.BUDGET and result.document.get("shares"):
        notes.append(
            _("An idea is paid for by the people who chose it. So a group that is a third of all decides about a third "
              "of the money, and not the largest group about all of it.")
        )  # fmt: skip
    notes.append(_("Where two ideas are equal, the lower number on the ballot wins. The numbers were drawn by lot."))
    return notes


def _pairs_note(result: VoteResult) -> str:
    by_pairs, first = result.document["by_pairs"][0], result.document["candidates"][0]
    if by_pairs == [first["id"]]:
        return _("Comparing the ideas two by two gives the same first one.")
    titles = ", ".join(_titles(result)[idea] for idea in by_pairs)
    return _("Comparing the ideas two by two puts another one first: %(titles)s.", titles=titles)


def _method(campaign: Campaign, result: VoteResult) -> list[tuple[str, str]]:
    return [
        (_("Ballots"), number(result.ballots)),
        (_("Who could vote"), assurance_words(Assurance(campaign.assurance))),
        (_("What it is"), _("A consultation. People chose to take part, and it is not an official vote.")),
    ]
