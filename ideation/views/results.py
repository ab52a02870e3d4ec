"""What came out of a vote, how the winners came about; and everything of a campaign for programs and for paper."""

import csv
import io
import json

from flask import Response, abort, current_app, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from citizen.core.errors import Refused
from citizen.core.pages import shared_page
from citizen.core.qr import code_svg
from citizen.core.spreadsheets import as_text
from citizen.core.web import public
from citizen.participation.models import Channel
from citizen.participation.poster import poster_pdf
from ideation import exporters
from ideation.feeds import atom
from ideation.models import Campaign, StageKind
from ideation.report import report
from ideation.statistics import VoteResult, vote_result
from ideation.views.room import bp, the_campaign, version


@bp.get("/<slug:slug>/results")
@public
def results(slug: str) -> Response:
    """The result of the vote, or when it comes."""
    campaign = the_campaign(slug)
    if campaign.stage(StageKind.VOTE) is None:
        return shared_page(lambda: render_template("ideation/no_result.html", campaign=campaign, stage=None), "none")
    return shared_page(lambda: _results_page(campaign), *version(campaign))


def _results_page(campaign: Campaign) -> str:
    found, stage = vote_result(campaign), campaign.stage(StageKind.VOTE)
    if found is None:
        return render_template("ideation/no_result.html", campaign=campaign, stage=stage)
    return render_template(
        "ideation/results.html", campaign=campaign, stage=stage, result=found, report=report(campaign, found)
    )


@bp.get("/<slug:slug>/results.json")
@public
def results_json(slug: str) -> Response:
    campaign = the_campaign(slug)
    found = _visible(campaign)
    return shared_page(lambda: _as_json(campaign, found), *version(campaign), mimetype="application/json")


def _as_json(campaign: Campaign, found: VoteResult) -> str:
    about = {"question": campaign.title, "asked_for": f"A{campaign.assurance}", "is_final": found.is_final}
    note = _("People chose to take part. This is not an official vote.")
    return json.dumps(about | found.document | {"note": note}, ensure_ascii=False)


@bp.get("/<slug:slug>/results.csv")
@public
def results_csv(slug: str) -> Response:
    campaign = the_campaign(slug)
    found = _visible(campaign)
    response = shared_page(lambda: _as_csv(campaign, found), *version(campaign), mimetype="text/csv")
    return _as_file(response, f"{campaign.slug}.csv")


def _as_csv(campaign: Campaign, found: VoteResult) -> str:
    shown = report(campaign, found)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*shown.columns, _("Gets the money")])
    winners = set(found.winners)
    for row, cells in zip(found.document["candidates"], shown.rows, strict=True):
        writer.writerow([as_text(str(cell)) for cell in cells] + ["1" if row["id"] in winners else "0"])
    return buffer.getvalue()


def _visible(campaign: Campaign) -> VoteResult:
    """A result that may not be seen yet does not exist for programs either."""
    return vote_result(campaign) or abort(404)


@bp.get("/<slug:slug>/ballots.pb")
@public
def ballots(slug: str) -> Response:
    """Every ballot without a name, in the open format of pabulib.org, so that anybody can count again."""
    campaign = the_campaign(slug)
    if vote_result(campaign) is None:
        abort(404)
    try:
        text = exporters.ballots_pb(campaign)
    except Refused:
        abort(404)
    return _as_file(shared_page(lambda: text, *version(campaign), mimetype="text/plain"), f"{campaign.slug}.pb")


@bp.get("/<slug:slug>/ideas.csv")
@public
def ideas_csv(slug: str) -> Response:
    """All public ideas."""
    response = Response(stream_with_context(exporters.ideas_csv(the_campaign(slug))), mimetype="text/csv")
    response.headers["Cache-Control"] = "public, max-age=60"
    return _as_file(response, f"{slug}.csv")


@bp.get("/<slug:slug>/feed.atom")
@public
def feed(slug: str) -> Response:
    """What happened last, of the whole campaign or of one category."""
    campaign = the_campaign(slug)
    category = campaign.category(request.args.get("category"))
    if "category" in request.args and category is None:
        abort(404)
    return shared_page(
        lambda: atom(campaign, category), *version(campaign), mimetype="application/atom+xml", asked=("category",)
    )


@bp.get("/<slug:slug>/qr.svg")
@public
def qr(slug: str) -> Response:
    """The address of the campaign as a QR code; what comes by it says so."""
    campaign = the_campaign(slug)
    return shared_page(lambda: code_svg(_address(campaign)), mimetype="image/svg+xml")


@bp.get("/<slug:slug>/poster.pdf")
@public
def poster(slug: str) -> Response:
    """A printable A4 page with the question and the code."""
    campaign = the_campaign(slug)
    pdf = poster_pdf(campaign, _address(campaign), _("Read the ideas and add yours, without an account"))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{campaign.slug}.pdf"'
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _address(campaign: Campaign) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{url_for('campaign.show', slug=campaign.slug, via=Channel.QR.value)}"


def _as_file(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
