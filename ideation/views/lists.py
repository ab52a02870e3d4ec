"""The campaigns of a city, and one campaign with its ideas: searched, filtered, in any order."""

from typing import Any

from flask import Response, g, render_template, request, url_for
from sqlalchemy import func, select

from citizen.cities.districts import District
from citizen.cities.maps import city_map
from citizen.core.db import db
from citizen.core.i18n import Text, current_language, localized
from citizen.core.pages import shared_page
from citizen.core.web import page, public, wants_fragment
from citizen.participation.board import board
from citizen.participation.statistics import kind_overview, next_change
from ideation.balance import balance
from ideation.listing import LONGEST_SEARCH, Order, Selection, public_page
from ideation.models import ANSWERED, Campaign, Idea, StageKind, Status
from ideation.phases import phases
from ideation.views.room import bp, the_campaign, version
from ideation.voting.sealing import has_voted

FILTERS = ("category", "district", "status", "order", "after")
HEAT = 4


@bp.get("/")
@public
def index() -> Response:
    """All published campaigns of the city."""
    return shared_page(
        lambda: render_template("ideation/index.html", board=board(kind_overview(g.city, "campaign"))),
        next_change(g.city),
    )


@bp.get("/<slug:slug>")
@public
def show(slug: str) -> Response:
    """The question, where it stands, and its ideas. Searches are each reader's own and never kept."""
    campaign = the_campaign(slug)
    selection = asked_for(campaign)
    if selection.words:
        context = _campaign_page(campaign, selection)
        return page("ideation/show.html", fragment="ideation/_ideas.html", **context)
    return shared_page(lambda: _shown(campaign, asked_for(campaign)), *version(campaign), asked=FILTERS)


@bp.get("/<slug:slug>/balance")
@public
def outcome(slug: str) -> Response:
    """How many ideas came, how many were answered, how long it took, and what was done."""
    campaign = the_campaign(slug)
    return shared_page(lambda: _balance_page(campaign), *version(campaign))


def _shown(campaign: Campaign, selection: Selection) -> str:
    template = "ideation/_ideas.html" if wants_fragment() else "ideation/show.html"
    return render_template(template, **_campaign_page(campaign, selection))


def asked_for(campaign: Campaign) -> Selection:
    """What the address asks for. Anything that this campaign does not have is taken for nothing."""
    asked = request.args
    category = campaign.category(asked.get("category"))
    status, order = asked.get("status", ""), asked.get("order", "")
    return Selection(
        words=" ".join(asked.get("q", "").split())[:LONGEST_SEARCH],
        language=current_language(),
        category=category.code if category else None,
        district=_district(asked.get("district")),
        status=Status(status) if status in set(Status) else None,
        order=Order(order) if order in set(Order) else Order.MIXED,
    )


def _district(code: str | None) -> str | None:
    if not code:
        return None
    return db.session.scalar(select(District.code).where(District.city_id == g.city.id, District.code == code))


def _campaign_page(campaign: Campaign, selection: Selection) -> dict[str, Any]:
    districts = list(db.session.scalars(District.in_city(campaign.city))) if campaign.asks_place else []
    found = public_page(campaign, selection, request.args.get("after", type=int))
    context = {"campaign": campaign, "selection": selection, "found": found, "is_first": "after" not in request.args}
    context |= {"more_url": _address(campaign, selection, found.last) if found.last else None}
    context |= {"names": {row.code: localized(row.name) for row in districts}}
    if wants_fragment():
        return context
    counts = _counts(campaign)
    return context | {
        "phases": phases(campaign),
        "counts": counts,
        "districts": _by_district(campaign, districts),
        "map": city_map(districts),
        "looks": _looks(campaign, districts),
        "can_vote": campaign.is_in(StageKind.VOTE),
        "can_propose": campaign.is_in(StageKind.COLLECT),
        "has_voted": has_voted(campaign) and campaign.stage(StageKind.VOTE) is not None,
        "orders": list(Order),
        "statuses": [status for status in Status if counts.get(status)],
    }


def _address(campaign: Campaign, selection: Selection, after: int | None = None) -> str:
    """The address of this selection of the campaign's ideas."""
    values = {name: getattr(selection, name) for name in ("category", "district", "status")}
    order = selection.order if selection.order is not Order.MIXED else None
    return url_for(".show", slug=campaign.slug, q=selection.words or None, order=order, after=after, **values)


def _counts(campaign: Campaign) -> dict[Status, int]:
    """Public ideas by status; those that none has are left out."""
    public = Idea.public_in(campaign).with_only_columns(Idea.status, func.count()).group_by(Idea.status)
    return {Status(status): number for status, number in db.session.execute(public)}


def _district_counts(campaign: Campaign) -> dict[str, int]:
    public = Idea.public_in(campaign).with_only_columns(Idea.district, func.count()).group_by(Idea.district)
    return {code: number for code, number in db.session.execute(public) if code is not None}


def _by_district(campaign: Campaign, districts: list[District]) -> list[tuple[Text, int, str]]:
    """Name, number of ideas and address of the list, for every district."""
    counts = _district_counts(campaign)
    return [
        (localized(row.name), counts.get(row.code, 0), _address(campaign, Selection(district=row.code)))
        for row in districts
    ]


def _looks(campaign: Campaign, districts: list[District]) -> dict[str, str]:
    """How dark each district is on the map: from heat-0 without ideas to heat-4 with most."""
    counts = _district_counts(campaign)
    most = max(counts.values(), default=0)
    return {row.code: f"heat-{-(-counts.get(row.code, 0) * HEAT // most) if most else 0}" for row in districts}


def _balance_page(campaign: Campaign) -> str:
    return render_template(
        "ideation/balance.html",
        campaign=campaign,
        balance=balance(campaign),
        answers=[
            (status, public_page(campaign, Selection(status=status, order=Order.NEW), most=5).ideas)
            for status in ANSWERED
        ],
        statuses=list(Status),
        address=lambda status: _address(campaign, Selection(status=status)),
    )
