"""Staff show, hide, answer, merge and split ideas."""

import secrets
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from ideation import curating
from ideation.merging import combine, merge, sources_of, split
from ideation.models import Campaign, Following, Idea, IdeaComment, IdeaEvent, IdeaTag, Showing, Status
from ideation.similar import similar_to
from ideation.talking import follow, give_support, write_comment
from ideation.topics import topic_of
from ideation.voting import add_vote, ballot_of, cast, checked
from tests.ideation.makers import make_campaign, make_contributor, make_idea, make_indexed
from tests.makers import make_participant

REASON = {"en": "It costs too much.", "de": "Das kostet zu viel."}
BY = {"by": COMMAND_LINE}


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def last_act() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def support(campaign: Campaign, idea: Idea, *names: str) -> None:
    for name in names:
        give_support(campaign, idea, by=make_contributor(campaign, name))
    db.session.commit()
    db.session.refresh(idea)


def test_what_waited_is_shown_and_hidden_again_with_a_reason(campaign):
    idea = make_idea(campaign, "Night trains", showing=Showing.HELD)
    curating.show(campaign, [idea], **BY)
    assert similar_to(campaign, "night trains", "", "en")
    with pytest.raises(Refused, match="write a reason"):
        curating.hide(campaign, [idea], {"en": " "}, **BY)
    curating.hide(campaign, [idea], REASON, **BY)
    assert (idea.showing, idea.hidden_reason) == (Showing.HIDDEN, REASON)
    assert similar_to(campaign, "night trains", "", "en") == []
    assert (last_act().verb, last_act().detail["ideas"]) == ("hid ideas", [idea.id])


@pytest.mark.parametrize("showing", [Showing.WITHDRAWN])
def test_what_its_author_took_back_stays_so(campaign, showing):
    idea = make_idea(campaign, showing=showing)
    for act in (lambda: curating.show(campaign, [idea], **BY), lambda: curating.hide(campaign, [idea], REASON, **BY)):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("status", [Status.DECLINED, Status.ACCEPTED, Status.SHORTLISTED])
def test_a_decision_always_has_a_sentence(campaign, status):
    idea = make_idea(campaign)
    with pytest.raises(Refused, match="write a reason"):
        curating.set_status(campaign, [idea], status, {}, **BY)
    curating.set_status(campaign, [idea], status, REASON, **BY, link="/riverton/progress/energy")
    event = db.session.scalars(select(IdeaEvent)).one()
    assert (event.status, event.sentence, event.link) == (status, REASON, "/riverton/progress/energy")
    assert (idea.answered_at is None) == (status is Status.SHORTLISTED)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "http://example.org", "//example.org", "/\\example.org", "\\\\example.org",
        "https:example.org", "https:///example.org", "https://", "https://example.org\\@evil.example",
        "https://a@evil.example", "https://[", "https://example.org/\n", "/a\tb", "/" + "x" * 300,
    ],
)  # fmt: skip
def test_a_link_leads_to_a_page_under_its_own_name(campaign, link):
    with pytest.raises(Refused, match="begins with https"):
        curating.set_status(campaign, [make_idea(campaign)], Status.DONE, REASON, **BY, link=link)


@pytest.mark.parametrize(
    "link", ["https://example.org/plan?page=2#roofs", "https://bücher.example:8443/", "/riverton/"]
)
def test_a_link_may_lead_elsewhere(campaign, link):
    curating.set_status(campaign, [make_idea(campaign)], Status.DONE, REASON, **BY, link=link)
    assert db.session.scalars(select(IdeaEvent.link)).all() == [link]


def test_nobody_hears_the_same_twice(campaign):
    idea = make_idea(campaign)
    for sentence in (REASON, REASON, {"en": "We go on."}, REASON):
        curating.set_status(campaign, [idea], Status.PLANNED, sentence, **BY)
        db.session.flush()
    said = db.session.scalars(select(IdeaEvent.sentence).order_by(IdeaEvent.id)).all()
    assert said == [REASON, {"en": "We go on."}, REASON]


@pytest.fixture
def before_vote(city) -> Campaign:
    campaign = make_campaign(city, method="choose", votes_max=2)
    campaign.stage("vote").opens_at = clock.now() + timedelta(days=1)
    db.session.commit()
    return campaign


def open_vote(campaign: Campaign) -> None:
    campaign.stage("vote").opens_at = clock.now() - timedelta(minutes=1)
    db.session.commit()


def test_numbers_on_the_ballot_are_drawn_by_lot(before_vote):
    ideas = [make_idea(before_vote, f"Idea {n}") for n in range(8)]
    curating.put_on_ballot(before_vote, ideas[:4], **BY)
    curating.put_on_ballot(before_vote, ideas[4:], **BY)
    assert sorted(idea.number for idea in ideas) == list(range(1, 9))
    assert {idea.status for idea in ideas} == {"in_vote"}
    assert len(db.session.scalars(select(IdeaEvent)).all()) == 8


def test_the_ballot_is_fixed_once_the_vote_has_begun(before_vote):
    idea = make_idea(before_vote)
    open_vote(before_vote)
    with pytest.raises(Refused, match="fixed once the vote has begun"):
        curating.put_on_ballot(before_vote, [idea], **BY)


def test_votes_for_an_idea_that_staff_take_off_or_hide_go_back(before_vote):
    one, two, three = (make_idea(before_vote, f"Idea {n}") for n in range(3))
    curating.put_on_ballot(before_vote, [one, two, three], **BY)
    open_vote(before_vote)
    ana = make_participant("ana")
    cast(before_vote, checked(before_vote, [one.id, two.id]), secrets.token_hex(16), by=ana)
    curating.take_off(before_vote, [one], **BY)
    curating.hide(before_vote, [two], REASON, **BY)
    assert ballot_of(before_vote, ana) == ()
    add_vote(before_vote, three, by=ana)
    assert [choice.idea_id for choice in ballot_of(before_vote, ana)] == [three.id]
    assert one.status == "shortlisted"


def test_what_the_city_found_out_is_kept_and_fixed_with_the_vote(before_vote):
    idea = make_idea(before_vote)
    curating.assess(before_vote, idea, **BY, assessed_cost=5000, department="Energy", feasibility="yes")
    assert (idea.cost_on_ballot, idea.department) == (5000, "Energy")
    curating.put_on_ballot(before_vote, [idea], **BY)
    open_vote(before_vote)
    with pytest.raises(Refused, match="cost is fixed"):
        curating.assess(before_vote, idea, **BY, assessed_cost=1)


def test_tags_and_notes_are_for_staff(campaign):
    idea = make_idea(campaign)
    for _twice in range(2):
        curating.tag(campaign, [idea], " look \u202e again ", **BY)
    assert list(db.session.scalars(select(IdeaTag.tag))) == ["look again"]
    curating.untag(campaign, [idea], "look again", **BY)
    assert list(db.session.scalars(select(IdeaTag.tag))) == []
    assert curating.write_note(campaign, idea, "Ask Bea", **BY).by == COMMAND_LINE.name
    with pytest.raises(Refused):
        curating.write_note(campaign, idea, " ", **BY)


def test_merging_brings_people_together_once(campaign):
    old, new = make_indexed(campaign, "Solar roofs"), make_indexed(campaign, "Panels on schools")
    support(campaign, old, "ana", "bea")
    support(campaign, new, "bea", "cem")
    follow(campaign, topic_of(old), by=make_contributor(campaign, "dan"))
    who = {"by": make_contributor(campaign), "participant": make_participant()}
    write_comment(campaign, old, "Yes", secrets.token_hex(16), **who)
    merge(campaign, [old], new, **BY)
    db.session.commit()
    assert (new.supports, new.comments) == (3, 1)
    assert (old.showing, old.merged_into_id) == (Showing.MERGED, new.id)
    assert topic_of(new) in set(db.session.scalars(select(Following.topic)))
    assert [idea.id for idea in sources_of(new)] == [old.id]
    assert [item.idea.id for item in similar_to(campaign, "solar roofs", "", "en")] == []


def test_a_merged_idea_can_be_split_off_again(campaign):
    old, new = make_indexed(campaign, "Solar roofs"), make_indexed(campaign, "Panels on schools")
    support(campaign, old, "ana")
    who = {"by": make_contributor(campaign), "participant": make_participant()}
    write_comment(campaign, old, "Yes", secrets.token_hex(16), **who)
    merge(campaign, [old], new, **BY)
    split(campaign, old, **BY)
    db.session.commit()
    assert (old.showing, old.supports, old.comments, new.comments) == (Showing.SHOWN, 1, 1, 0)
    assert similar_to(campaign, "solar roofs", "", "en")
    with pytest.raises(Refused, match="was not merged"):
        split(campaign, old, **BY)


def test_chains_of_merged_ideas_lead_to_the_last(campaign):
    one, two, three = (make_indexed(campaign, title) for title in ("One thing", "Two things", "Three things"))
    one.supports = one.imported_supports = 5
    merge(campaign, [one], two, **BY)
    merge(campaign, [two], three, **BY)
    db.session.commit()
    db.session.refresh(one)
    assert one.merged_into_id == two.merged_into_id == three.id
    assert three.supports == 5


@pytest.mark.parametrize("showing", [Showing.HIDDEN, Showing.WITHDRAWN])
def test_only_living_ideas_are_merged(campaign, showing):
    idea, gone = make_idea(campaign, "One"), make_idea(campaign, "Two", showing=showing)
    for pair in ((idea, gone), (gone, idea), (idea, idea)):
        with pytest.raises(Refused, match="cannot be merged"):
            merge(campaign, [pair[0]], pair[1], **BY)


def test_ideas_of_two_campaigns_are_not_merged(city, campaign):
    with pytest.raises(Refused):
        merge(campaign, [make_idea(campaign)], make_idea(make_campaign(city)), **BY)


def test_votes_go_over_when_candidates_are_merged(before_vote):
    one, two = make_idea(before_vote, "One"), make_idea(before_vote, "Two")
    curating.put_on_ballot(before_vote, [one, two], **BY)
    open_vote(before_vote)
    ana = make_participant("ana")
    cast(before_vote, checked(before_vote, [one.id]), secrets.token_hex(16), by=ana)
    merge(before_vote, [one], two, **BY)
    assert [choice.idea_id for choice in ballot_of(before_vote, ana)] == [two.id]


def test_a_proposal_is_combined_out_of_ideas(campaign):
    one, two = make_indexed(campaign, "Solar roofs"), make_indexed(campaign, "Panels on schools")
    support(campaign, one, "ana")
    made = combine(campaign, [one, two], "A solar programme", "For all schools.", **BY, language="en")
    db.session.commit()
    assert (made.supports, made.author_id) == (1, None)
    assert {idea.id for idea in sources_of(made)} == {one.id, two.id}


def test_comments_are_decided_on(campaign):
    idea = make_idea(campaign)
    who = {"by": make_contributor(campaign), "participant": make_participant()}
    comment = write_comment(campaign, idea, "Rude", secrets.token_hex(16), **who)
    with pytest.raises(Refused, match="write a reason"):
        curating.decide_comment(campaign, comment, Showing.HIDDEN, {}, **BY)
    curating.decide_comment(campaign, comment, Showing.HIDDEN, REASON, **BY)
    assert db.session.scalars(select(IdeaComment.hidden_reason)).one() == REASON
    curating.decide_comment(campaign, comment, Showing.SHOWN, {}, **BY)
    db.session.commit()
    db.session.refresh(idea)
    assert idea.comments == 1
