"""Planning and curating campaigns in the console."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.core import clock
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from ideation import uploads
from ideation.models import (
    Campaign,
    CuratingAct,
    Idea,
    IdeaComment,
    IdeaEvent,
    IdeaNote,
    IdeaTag,
    Method,
    Showing,
    Status,
)
from tests.ideation.makers import make_campaign, make_idea, make_stage
from tests.makers import csrf_token, make_city

BASE = "/riverton/staff/ideas"
MADRID = Path(__file__).parents[3] / "shared/data/decide_madrid_proposals/proposals_latest.csv"


def post(client: FlaskClient, page: str, **sent: object):
    return client.post(
        f"{BASE}{page}", data=sent | {"csrf_token": csrf_token(client, f"{BASE}/")}, content_type="multipart/form-data"
    )


def act(client: FlaskClient, act: str, *ideas: Idea, room: str = "curation", **sent: object):
    numbers = ",".join(str(idea.id) for idea in ideas)
    return post(client, f"/electricity/{room}", act=act, idea=numbers, **sent)


def fresh(idea: Idea) -> Idea:
    return db.session.get_one(Idea, idea.id, populate_existing=True)


def plan(**values: object) -> dict[str, object]:
    """A form that can be published: ideas now for two weeks, then a vote."""
    start = clock.now()
    moments = {"collect_opens_at": 0, "collect_closes_at": 14, "vote_opens_at": 14, "vote_closes_at": 21}
    typed = {name: (start + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M") for name, day in moments.items()}
    levels = dict.fromkeys(("submit_level", "support_level", "comment_level", "assurance"), "1")
    return (
        {
            "title_en": "What does the park need?",
            "categories_en": "Trees\nBenches",
            "categories_de": "Bäume\nBänke",
            "method": "points",
            "votes_max": "10",
            "per_idea_max": "3",
            "ballot_form": "approval",
            "rule": "equal_shares",
            "results": "after_close",
            "currency": "EUR",
        }
        | typed
        | levels
        | values
    )


def test_an_editor_plans_and_publishes_a_campaign(editor: FlaskClient, city) -> None:
    reply = post(editor, "/new", publish="1", **plan())
    assert reply.status_code == 303
    campaign = db.session.scalars(select(Campaign)).one()
    assert (campaign.method, campaign.votes_max, campaign.published_at is not None) == (Method.POINTS, 10, True)
    assert [(row.code, row.name["de"]) for row in campaign.categories] == [("trees", "Bäume"), ("benches", "Bänke")]
    assert "What does the park need?" in editor.get(f"/riverton/ideas/{campaign.slug}").text


def test_what_is_missing_is_said_and_what_was_typed_stays(editor: FlaskClient, city) -> None:
    reply = post(editor, "/new", publish="1", **plan(title_en="", method="budget", background_en="So it is."))
    assert reply.status_code == 422
    assert "Please write the question of the campaign." in reply.text
    assert "So it is." in reply.text
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_a_renamed_category_keeps_the_ideas_of_the_others(editor: FlaskClient, campaign: Campaign) -> None:
    make_idea(campaign, category="light")
    page = editor.get(f"{BASE}/electricity/edit").text
    assert "Street lights" in page
    sent = plan(categories_en="Street lights\nSport", categories_de="", edition="1", slug="electricity")
    reply = post(editor, "/electricity/edit", **sent)
    assert reply.status_code in {303, 409}


def test_two_editors_at_once_lose_nothing(editor: FlaskClient, city) -> None:
    make_campaign(city, slug="electricity", published=False, stages=("collect",))
    for title, status in (("First?", 303), ("Second?", 409)):
        reply = post(editor, "/electricity/edit", **plan(title_en=title, edition="1", slug="electricity"))
        assert reply.status_code == status
    assert "Second?" in reply.text


def test_a_campaign_is_closed_copied_and_withdrawn(editor: FlaskClient, campaign: Campaign) -> None:
    assert post(editor, "/electricity/copy").status_code == 303
    assert post(editor, "/electricity/closure").status_code == 303
    assert post(editor, "/electricity/withdrawal", reason_en="").status_code == 422
    assert post(editor, "/electricity/withdrawal", reason_en="A mistake of ours.").status_code == 303
    assert "A mistake of ours." in editor.get("/riverton/ideas/electricity").text


def test_hiding_needs_a_reason_shows_it_and_can_be_undone(bruno: FlaskClient, campaign: Campaign) -> None:
    ideas = [make_idea(campaign, f"Idea {number}") for number in range(3)]
    assert act(bruno, "hide", *ideas, room="moderation").status_code == 422
    assert act(bruno, "hide", *ideas, room="moderation", sentence_en="It is spam.").status_code == 303
    assert {fresh(idea).showing for idea in ideas} == {Showing.HIDDEN}
    done = db.session.scalars(select(CuratingAct)).one()
    assert post(bruno, f"/electricity/acts/{done.id}/undo").status_code == 303
    assert {fresh(idea).showing for idea in ideas} == {Showing.SHOWN}
    assert post(bruno, f"/electricity/acts/{done.id}/undo").status_code == 409


def test_nobody_undoes_what_a_colleague_did(bruno: FlaskClient, editor: FlaskClient, campaign: Campaign) -> None:
    act(bruno, "hide", make_idea(campaign), room="moderation", sentence_en="Spam.")
    done = db.session.scalars(select(CuratingAct)).one()
    assert post(editor, f"/electricity/acts/{done.id}/undo").status_code == 404


def test_an_answer_can_be_undone_until_somebody_was_told(editor: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    act(editor, "status", idea, status="accepted", sentence_en="Yes.")
    done = db.session.scalars(select(CuratingAct)).one()
    db.session.scalars(select(IdeaEvent)).one().told_at = clock.now()
    assert post(editor, f"/electricity/acts/{done.id}/undo").status_code == 409
    assert fresh(idea).status == Status.ACCEPTED


def test_editors_curate_and_moderators_moderate(bruno: FlaskClient, editor: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    assert act(bruno, "status", idea, status="accepted", sentence_en="Yes.").status_code == 403
    assert act(editor, "hide", idea, room="moderation", sentence_en="No.").status_code == 403
    assert act(editor, "hide", idea, sentence_en="No.").status_code == 404


def test_everything_that_matches_is_done_at_once(bruno: FlaskClient, campaign: Campaign) -> None:
    for number in range(120):
        make_idea(campaign, f"test proposal {number}", showing=Showing.HELD, flags=["probe"])
    kept = make_idea(campaign, "Solar roofs")
    preview = post(bruno, "/electricity/moderation/preview", act="hide", all="1", flag="probe", showing="held")
    assert "120 ideas" in preview.text
    post(bruno, "/electricity/moderation", act="hide", all="1", flag="probe", sentence_en="An automated test.")
    hidden = Idea.in_campaign(campaign).where(Idea.showing == Showing.HIDDEN).with_only_columns(func.count())
    assert db.session.scalar(hidden) == 120
    assert fresh(kept).showing == Showing.SHOWN


def test_ideas_are_tagged_assigned_noted_and_found_again(editor: FlaskClient, campaign: Campaign) -> None:
    idea, other = make_idea(campaign, "Solar roofs"), make_idea(campaign, "Dim lights")
    act(editor, "tag", idea, tag="roofs")
    post(editor, f"/electricity/ideas/{idea.id}/notes", text="Ask the school office.")
    post(
        editor,
        f"/electricity/ideas/{idea.id}/assessment",
        feasibility="yes",
        assessed_cost="12 000",
        department="Works",
    )
    assert db.session.scalars(select(IdeaTag)).one().tag == "roofs"
    assert db.session.scalars(select(IdeaNote)).one().text == "Ask the school office."
    assert (fresh(idea).feasibility, fresh(idea).assessed_cost, fresh(idea).department) == ("yes", 12000, "Works")
    found = editor.get(f"{BASE}/electricity/ideas?tag=roofs").text
    assert idea.title in found
    assert other.title not in found


def test_merging_and_splitting(editor: FlaskClient, campaign: Campaign) -> None:
    one, other = make_idea(campaign, "Solar roofs"), make_idea(campaign, "Roofs with solar power")
    assert act(editor, "merge", one, other, into=str(one.id)).status_code == 303
    assert fresh(other).merged_into_id == one.id
    post(editor, f"/electricity/ideas/{other.id}/separation")
    assert fresh(other).merged_into_id is None


def test_the_ballot_is_filled_before_the_vote(editor: FlaskClient, city) -> None:
    campaign = make_campaign(city, slug="electricity", stages=("collect",))
    stage = make_stage(city, "vote")
    stage.opens_at = clock.now() + timedelta(days=1)
    campaign.stages.append(stage)
    ideas = [make_idea(campaign, f"Idea {number}") for number in range(3)]
    assert act(editor, "ballot", *ideas).status_code == 303
    assert sorted(fresh(idea).number for idea in ideas) == [1, 2, 3]


def test_an_act_that_is_refused_says_why(editor: FlaskClient, campaign: Campaign) -> None:
    reply = act(editor, "ballot", make_idea(campaign))
    assert reply.status_code == 409
    assert "The ballot is fixed once the vote has begun" in reply.text


def test_comments_wait_and_are_decided(bruno: FlaskClient, city) -> None:
    campaign = make_campaign(city, slug="electricity", premoderates=["comments"])
    idea = make_idea(campaign)
    bruno.application.test_client().post(
        f"/riverton/ideas/electricity/{idea.id}/comments", data={"key": "a" * 32, "text": "Nice idea."}
    )
    comment = db.session.scalars(select(IdeaComment)).one()
    assert "Nice idea." in bruno.get(f"{BASE}/electricity/comments").text
    assert post(bruno, f"/electricity/comments/{comment.id}/hiding", reason="").status_code == 422
    assert post(bruno, f"/electricity/comments/{comment.id}/publication").status_code == 303
    assert "Nice idea." in bruno.get(f"/riverton/ideas/electricity/{idea.id}").text


def test_the_city_comments_under_its_own_name(editor: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    post(editor, f"/electricity/ideas/{idea.id}/reply", text="We look into it.", language="en")
    page = editor.get(f"/riverton/ideas/electricity/{idea.id}").text
    assert "We look into it." in page
    assert "The city" in page


def test_a_table_is_looked_at_before_it_is_imported(editor: FlaskClient, campaign: Campaign) -> None:
    table = b"title,text\nSolar roofs,On schools\n,Nothing\nxss test,<script>alert(1)</script>\n"
    report = post(editor, "/electricity/import", file=(io.BytesIO(table), "ideas.csv"))
    assert report.status_code == 200
    assert "Import 2 ideas" in report.text
    assert db.session.scalar(select(func.count()).select_from(Idea)) == 0
    ticket = report.text.split('name="ticket" value="')[1].split('"')[0]
    assert post(editor, "/electricity/import/ideas", ticket=ticket, language="en").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Idea)) == 2
    assert post(editor, "/electricity/import/ideas", ticket="../../etc/passwd", language="en").status_code == 422


@pytest.mark.skipif(not MADRID.exists(), reason=f"{MADRID} is not here")
def test_the_probes_of_madrid_are_hidden_in_one_act(bruno, editor, campaign: Campaign) -> None:
    post(editor, "/electricity/import/ideas", ticket=uploads.keep(MADRID.read_bytes()), language="en")
    post(bruno, "/electricity/moderation", act="hide", all="1", flag="probe", showing="held", sentence_en="A test.")
    hidden = Idea.in_campaign(campaign).where(Idea.showing == Showing.HIDDEN).with_only_columns(func.count())
    assert db.session.scalar(hidden) >= 136
    assert "probe" not in {flag for idea in db.session.scalars(Idea.public_in(campaign)) for flag in idea.flags}


def test_another_citys_ideas_are_never_acted_upon(editor: FlaskClient, campaign: Campaign) -> None:
    hills = make_idea(make_campaign(make_city(slug="hillside", name="Hillside"), slug="electricity"))
    reply = act(editor, "status", hills, status="accepted", sentence_en="Yes.")
    assert fresh(hills).status == Status.RECEIVED
    assert reply.status_code in {303, 422}


def test_every_act_stands_in_the_audit(app: Flask, editor: FlaskClient, campaign: Campaign) -> None:
    act(editor, "status", make_idea(campaign), status="accepted", sentence_en="Yes.")
    verbs = set(db.session.scalars(select(AuditEntry.verb)))
    assert "set the status of ideas" in verbs
