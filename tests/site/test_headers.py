"""The headers of every reply: what may be loaded, who may frame it, and who may keep it."""

import pytest
from flask import Flask

from tests.makers import ONE_DATABASE
from tests.site.access_table import LEAST
from tests.site.test_access import routes
from tests.site.visiting import Visit, browser, sample
from tests.site.world import World

pytestmark = ONE_DATABASE

EMBEDS = {"poll.embed", "poll.answer_embedded"}

OF_ONE_MOMENT = {"health.process", "health.ready", "moderation.report_form", "poll.live", "survey.texts"}
"""Public pages that no cache keeps: they say how things are right now."""

OF_AN_AUTHOR = {"moderation.statement"}
"""Pages behind a private link."""

OF_A_SHEET = {f"survey.{page}" for page in "answer check_answers open_kiosk receipt receipt_text resume".split()}
"""Pages around a sheet that somebody fills in. Beginning one sets the cookie that opens it again."""

OF_A_CONTRIBUTOR = {
    f"campaign.{page}"
    for page in """
        ballot confirm_ballot_withdrawal confirm_withdrawal edit leaving mine new own part reply show_confirmation voted
    """.split()
}
"""Pages of a campaign that show what one browser, or the holder of a private link, has to do with it."""


def policy_of(visit: Visit) -> dict[str, str]:
    parts = visit.reply.headers.get("Content-Security-Policy", "").split("; ")
    return {name: value for name, _space, value in (part.partition(" ") for part in parts)}


def failing(visits: list[Visit], is_fine) -> list[str]:
    return [str(visit) for visit in visits if not is_fine(visit)][:20]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_reply_carries(visits: list[Visit], name: str, value: str) -> None:
    assert failing(visits, lambda visit: visit.reply.headers.get(name) == value) == []


def test_every_reply_tells_other_sites_little(visits: list[Visit]) -> None:
    quiet = {"strict-origin-when-cross-origin", "same-origin", "no-referrer"}
    assert failing(visits, lambda visit: visit.reply.headers.get("Referrer-Policy") in quiet) == []
    assert failing(visits, lambda visit: "camera=()" in visit.reply.headers.get("Permissions-Policy", "")) == []


def test_every_page_runs_our_files_only(pages: list[Visit]) -> None:
    for visit in pages:
        policy = policy_of(visit)
        assert policy["default-src"] == "'none'", visit
        assert policy["script-src"] == "http://localhost/static/", visit
        assert all(part.startswith("http://localhost/") for part in policy["style-src"].split()), visit
        assert policy["object-src"] == policy["base-uri"] == "'none'", visit
        assert policy["form-action"] == policy["connect-src"] == "'self'", visit
        assert "unsafe" not in str(policy), visit


def test_only_embeds_may_be_framed_by_others(pages: list[Visit]) -> None:
    for visit in pages:
        is_embed = visit.endpoint in EMBEDS or visit.address.split("?")[0].endswith("/embed")
        assert policy_of(visit)["frame-ancestors"] == ("*" if is_embed else "'self'"), visit


def public_replies(visits: list[Visit]) -> list[Visit]:
    return [
        visit
        for visit in visits
        if LEAST.get(visit.endpoint) == "anybody" and visit.method == "GET" and visit.reply.status_code == 200
    ]


def test_reading_sets_no_cookie(visits: list[Visit]) -> None:
    """Forms to sign in need a session for their token; nothing else that anybody may read sets one."""
    pages = [visit for visit in public_replies(visits) if visit.endpoint not in OF_A_SHEET]
    read = [visit for visit in pages if not visit.endpoint.startswith("accounts.")]
    assert failing(read, lambda visit: "Set-Cookie" not in visit.reply.headers) == []


def is_of_one_person(visit: Visit) -> bool:
    """Pages with a form to sign in, a receipt or an order of options; and results that nobody may see yet."""
    if visit.endpoint == "poll.results" and not visit.soup.find("table"):
        return "no-store" in visit.reply.headers["Cache-Control"]
    return (
        visit.endpoint.startswith("accounts.")
        or visit.endpoint in OF_A_SHEET | OF_A_CONTRIBUTOR | OF_AN_AUTHOR
        or "receipt=" in visit.address
        or (visit.endpoint.startswith("poll.") and 'name="order"' in visit.text)
    )


def test_what_everybody_reads_may_be_shared(visits: list[Visit]) -> None:
    for visit in public_replies(visits):
        kept = visit.reply.headers.get("Cache-Control", "")
        if is_of_one_person(visit) or visit.endpoint in OF_ONE_MOMENT:
            assert "no-store" in kept, visit
        else:
            assert kept.startswith("public"), (visit, kept)


def test_what_one_person_reads_is_never_kept(visits: list[Visit]) -> None:
    for visit in visits:
        is_public = LEAST.get(visit.endpoint) == "anybody" and visit.method == "GET"
        if not is_public:
            assert "no-store" in visit.reply.headers.get("Cache-Control", ""), visit


def test_caches_tell_languages_and_encodings_apart(visits: list[Visit]) -> None:
    for visit in public_replies(visits):
        if visit.is_page and visit.reply.headers["Cache-Control"].startswith("public"):
            assert {"Accept-Language", "Accept-Encoding"} <= {part.strip() for part in visit.reply.vary}, visit


def test_a_shared_page_is_the_same_for_whoever_is_signed_in(app: Flask, world: World) -> None:
    for rule, method in routes(app):
        address = sample(app, world, rule)
        if method == "GET" and LEAST[rule.endpoint] == "anybody" and rule.endpoint not in OF_ONE_MOMENT:
            replies = [browser(app, world, who).get(address, buffered=True) for who in ("nobody", "admin")]
            if replies[0].headers.get("Cache-Control", "").startswith("public"):
                assert replies[0].data == replies[1].data, rule


def test_a_shared_page_is_asked_for_by_its_etag(app: Flask, world: World) -> None:
    for rule, method in routes(app):
        if method != "GET" or LEAST[rule.endpoint] != "anybody":
            continue
        address = sample(app, world, rule)
        first = app.test_client().get(address, buffered=True)
        if first.mimetype == "text/html" and first.headers["Cache-Control"].startswith("public"):
            again = app.test_client().get(address, headers={"If-None-Match": first.headers["ETag"]})
            assert (again.status_code, again.data) == (304, b""), rule
