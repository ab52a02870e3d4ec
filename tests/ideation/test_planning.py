"""Campaigns as staff plan, publish, change and copy them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.participation.models import Assurance, ConsultationSecret
from ideation.models import Campaign, CampaignCategory, CampaignStage, Method, StageKind
from ideation.planning import (
    CampaignPlan,
    CategoryPlan,
    Outdated,
    StagePlan,
    change_campaign,
    copy_campaign,
    create_campaign,
    delete_campaign,
    faults,
    gaps,
    plan_of,
    publish_campaign,
)
from tests.ideation.makers import make_idea

BY = {"by": COMMAND_LINE}
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def make_plan(**values: Any) -> CampaignPlan:
    now = clock.now()
    given = {
        "title": {"en": "How could we save electricity?", "de": "Wie können wir Strom sparen?"},
        "stages": {
            StageKind.COLLECT: StagePlan(now - DAY, now + 7 * DAY),
            StageKind.VOTE: StagePlan(now + 10 * DAY, now + 20 * DAY),
            StageKind.ANSWER: StagePlan(now + 20 * DAY),
        },
        "categories": (CategoryPlan({"en": "Street lights"}), CategoryPlan({"en": "Дома"})),
    }
    return CampaignPlan(**given | values)


def make(city: City, **values: Any) -> Campaign:
    campaign = create_campaign(city, make_plan(**values), **BY)
    db.session.commit()
    return campaign


def test_a_campaign_is_made_and_published(city):
    campaign = make(city)
    assert (campaign.slug, campaign.state) == ("how-could-we-save-electricity", "draft")
    assert campaign.closes_at == campaign.stage(StageKind.VOTE).closes_at
    publish_campaign(campaign, **BY)
    db.session.commit()
    assert campaign.is_in(StageKind.COLLECT)
    assert not campaign.is_in(StageKind.VOTE)
    assert db.session.scalar(select(func.count()).select_from(ConsultationSecret)) == 1
    assert [row.verb for row in db.session.scalars(select(AuditEntry))] == ["created", "published"]
    with pytest.raises(Refused, match="already published"):
        publish_campaign(campaign, **BY)


def test_what_is_planned_comes_back(city):
    plan = make_plan(slug="power", method=Method.BUDGET, budget=50_000, premoderates=("ideas",))
    campaign = create_campaign(city, plan, **BY)
    codes = [category.code for category in campaign.categories]
    assert codes[0] == "street-lights"
    assert codes[1].startswith("category-")
    same = tuple(replace(category, code=code) for category, code in zip(plan.categories, codes, strict=True))
    assert plan_of(campaign) == replace(plan, categories=same)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"title": {"de": "Nur deutsch"}}, ("title", "en")),
        ({"title": {"en": "x" * 301}}, ("title", "en")),
        ({"title": {"en": "A?", "fr": "B?"}}, ("title", "fr")),
        ({"background": {"en": "\x07"}}, ("background", "en")),
        ({"slug": "Not a slug"}, ("slug",)),
        ({"stages": {StageKind.ANSWER: StagePlan(clock.now())}}, ("stages",)),
        ({"stages": {StageKind.COLLECT: StagePlan(clock.now())}}, ("stages", "collect", "closes_at")),
        ({"stages": {StageKind.VOTE: StagePlan(clock.now(), clock.now() - DAY)}}, ("stages", "vote", "closes_at")),
        ({"categories": (CategoryPlan({}),)}, ("categories", 0, "name", "en")),
        ({"categories": (CategoryPlan({"en": "A"}), CategoryPlan({"en": "a"}))}, ("categories", 1, "name", "en")),
        ({"categories": tuple(CategoryPlan({"en": str(n)}) for n in range(31))}, ("categories",)),
        ({"votes_max": 0}, ("votes_max",)),
        ({"per_idea_max": 4}, ("per_idea_max",)),
        ({"budget": 0}, ("budget",)),
        ({"currency": "euro"}, ("currency",)),
        ({"submit_level": Assurance.VERIFIED}, ("submit_level",)),
        ({"premoderates": ("everything",)}, ("premoderates",)),
    ],
)
def test_what_cannot_stand_is_said(city, values, path):
    found = list(faults(make_plan(**values), city.languages))
    assert path in [fault.path for fault in found]
    with pytest.raises(Refused) as caught:
        create_campaign(city, make_plan(**values), **BY)
    assert caught.value.status == 422


def test_a_sound_plan_has_neither_fault_nor_gap(city):
    assert list(gaps(make_plan(), city.languages)) == []


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"method": Method.BUDGET}, ("budget",)),
        ({"stages": {StageKind.COLLECT: StagePlan(clock.now() - 3 * DAY, clock.now() - DAY)}}, ("stages",)),
    ],
)
def test_what_is_missing_is_said_before_the_public_sees_it(city, values, path):
    campaign = make(city, **values)
    assert [fault.path for fault in gaps(plan_of(campaign), city.languages)] == [path]
    with pytest.raises(Refused):
        publish_campaign(campaign, **BY)


def test_short_names_are_free_or_refused(city, other_city):
    make(city, slug="power")
    assert make(other_city, slug="power").slug == "power"
    for taken in ("power", "new"):
        with pytest.raises(Refused, match="short name"):
            create_campaign(city, make_plan(slug=taken), **BY)
    assert [make(city).slug for _twice in range(2)][1].endswith("-2")


def test_two_editors_do_not_overwrite_each_other(city):
    campaign = make(city)
    change_campaign(campaign, make_plan(votes_max=5), seen=1, **BY)
    assert (campaign.votes_max, campaign.edition) == (5, 2)
    with pytest.raises(Outdated):
        change_campaign(campaign, make_plan(), seen=1, **BY)


def test_stages_and_categories_come_and_go(city):
    campaign = make(city)
    now = clock.now()
    stages = {StageKind.COLLECT: StagePlan(now, now + DAY), StageKind.FOLLOW_UP: StagePlan(now + DAY)}
    names = (CategoryPlan({"en": "New"}), CategoryPlan({"en": "Lamps"}, "street-lights"))
    change_campaign(campaign, make_plan(stages=stages, categories=names), seen=1, **BY)
    db.session.commit()
    assert set(db.session.scalars(select(CampaignStage.kind))) == {"collect", "follow_up"}
    found = {row.code: row.name["en"] for row in db.session.scalars(select(CampaignCategory))}
    assert found == {"new": "New", "street-lights": "Lamps"}


@pytest.fixture
def running(city) -> Campaign:
    campaign = make(city)
    publish_campaign(campaign, **BY)
    db.session.commit()
    return campaign


def test_what_the_public_relies_on_stays(running):
    plan = plan_of(running)
    moved = plan.stages | {StageKind.COLLECT: StagePlan(clock.now(), clock.now() + DAY)}
    make_idea(running, category="street-lights")
    for changed, said in (
        (replace(plan, stages=moved), "keeps its beginning"),
        (replace(plan, categories=()), "cannot be taken out"),
    ):
        with pytest.raises(Refused, match=said):
            change_campaign(running, changed, seen=running.edition, **BY)


def test_how_people_vote_is_fixed_once_they_can(running):
    plan = plan_of(running)
    change_campaign(running, replace(plan, votes_max=7), seen=1, **BY)
    running.stage(StageKind.VOTE).opens_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    for changed in ({"votes_max": 8}, {"method": Method.RANK}, {"assurance": Assurance.OPEN}):
        with pytest.raises(Refused, match="how they vote stays"):
            change_campaign(running, replace(plan_of(running), **changed), seen=2, **BY)


def test_a_copy_begins_now_and_keeps_its_distances(city):
    campaign = make(city, slug="power")
    copy = copy_campaign(campaign, **BY)
    db.session.commit()
    assert (copy.state, copy.slug) == ("draft", "how-could-we-save-electricity")
    assert abs(copy.opens_at - clock.now()) < timedelta(minutes=1)
    assert copy.closes_at - copy.opens_at == campaign.closes_at - campaign.opens_at


def test_only_drafts_are_deleted(city, running):
    with pytest.raises(Refused, match="Only a draft"):
        delete_campaign(running, **BY)
    draft = make(city)
    delete_campaign(draft, **BY)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 1


def test_a_draft_with_imported_ideas_stays(city):
    draft = make(city)
    make_idea(draft)
    with pytest.raises(Refused, match="came with an import"):
        delete_campaign(draft, **BY)
