"""Making, changing, publishing, copying and deleting campaigns. Nothing here commits."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Table, select, update
from sqlalchemy.exc import IntegrityError

from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.slugs import free_slug, slug_from
from citizen.participation import actions as participation
from citizen.participation.running import hold, subject
from ideation import rules
from ideation.models import Campaign, CampaignCategory, CampaignStage, Idea, StageKind
from ideation.planning.plan import LEVEL_PARTS, PLAIN, CampaignPlan, StagePlan, faults, gaps, plan_of

RESERVED = {"new"}
"""Names that pages need for their own addresses."""


class Outdated(Refused):
    """Somebody else saved the campaign after this editor had opened it."""


def create_campaign(city: City, plan: CampaignPlan, *, by: Actor) -> Campaign:
    """A new campaign that only staff see. Raises Refused where the plan cannot stand."""
    _ensure_sound(plan, city)
    campaign = Campaign(city=city, city_id=city.id, slug=_slug_for(plan, city), edition=1)
    _write(campaign, plan)
    _add(campaign)
    audit.record("created", subject(campaign), by=by, city_id=city.id)
    return campaign


def _add(campaign: Campaign) -> None:
    db.session.add(campaign)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(_("Another campaign was saved at the same moment. Please save again.")) from None


def change_campaign(campaign: Campaign, plan: CampaignPlan, *, seen: int, by: Actor) -> None:
    """Let the campaign be as planned. `seen` is the edition that the editor had before them."""
    hold(campaign)
    if not rules.may_change(campaign):
        raise Refused(_("This campaign has ended. You can copy it and ask again."))
    _ensure_sound(plan, campaign.city)
    if campaign.published_at is not None:
        _ensure_whole(plan, campaign.city)
        _ensure_kept(campaign, plan)
    _claim(campaign, seen)
    if campaign.published_at is None and plan.slug != campaign.slug:
        campaign.slug = _slug_for(plan, campaign.city, itself=campaign.id)
    _write(campaign, plan)
    audit.record("changed", subject(campaign), by=by, city_id=campaign.city_id)


def publish_campaign(campaign: Campaign, *, by: Actor) -> None:
    """Show the campaign to the public; its stages open at their moments, or now where those have passed."""
    hold(campaign)
    if not rules.may_publish(campaign):
        raise Refused(_("This campaign is already published."))
    _ensure_whole(plan_of(campaign), campaign.city)
    campaign.published_at = clock.now()
    campaign.opens_at = max(campaign.opens_at, campaign.published_at)
    participation.give_secret(campaign)
    audit.record("published", subject(campaign), by=by, city_id=campaign.city_id)


def copy_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """A new draft of the same, whose first stage begins now and whose others keep their distance to it."""
    plan = plan_of(campaign)
    later = clock.now() - plan.opens_at
    stages = {kind: _later(stage, later) for kind, stage in plan.stages.items()}
    copy = create_campaign(campaign.city, replace(plan, slug="", stages=stages), by=by)
    audit.record("copied", subject(campaign), by=by, city_id=campaign.city_id, to=copy.slug)
    return copy


def delete_campaign(campaign: Campaign, *, by: Actor) -> None:
    """Remove a draft for good."""
    hold(campaign)
    if not rules.may_delete(campaign):
        raise Refused(_("Only a draft can be deleted. A published campaign can be withdrawn."))
    if db.session.scalar(select(Idea.in_campaign(campaign).limit(1).exists())):
        raise Refused(_("This draft has ideas that came with an import. It cannot be deleted."))
    audit.record("deleted", subject(campaign), by=by, city_id=campaign.city_id)
    db.session.delete(campaign)


def _ensure_sound(plan: CampaignPlan, city: City) -> None:
    fault = next(faults(plan, city.languages), None)
    if fault:
        raise Refused(fault.sentence, status=422)


def _ensure_whole(plan: CampaignPlan, city: City) -> None:
    fault = next(gaps(plan, city.languages), None)
    if fault:
        raise Refused(fault.sentence, status=422)


def _ensure_kept(campaign: Campaign, plan: CampaignPlan) -> None:
    """What the public relies on stays: how it votes, what has begun, and the categories that ideas have."""
    before = plan_of(campaign)
    if not rules.may_change_method(campaign) and plan.fixed != before.fixed:
        raise Refused(_("People can vote already, so how they vote stays as it is."))
    for kind, stage in before.stages.items():
        has_begun = stage.opens_at <= clock.now()
        if has_begun and (kind not in plan.stages or plan.stages[kind].opens_at != stage.opens_at):
            raise Refused(_("A stage that has begun keeps its beginning."))
    gone = {category.code for category in before.categories} - {category.code for category in plan.categories}
    used = Idea.in_campaign(campaign).where(Idea.category.in_(gone)).limit(1)
    if gone and db.session.scalar(select(used.exists())):
        raise Refused(_("A category that ideas have cannot be taken out. You can rename it."))


def _claim(campaign: Campaign, seen: int) -> None:
    """Go on to the next edition, in one statement, if nobody else has since this editor looked."""
    table: Table = Campaign.__table__  # type: ignore[assignment]
    claim = update(table).where(table.c.id == campaign.id, table.c.edition == seen).values(edition=seen + 1)
    if not db.session.connection().execute(claim).rowcount:
        raise Outdated(_("Somebody else saved this campaign while you were writing."))
    campaign.edition = seen + 1


def _write(campaign: Campaign, plan: CampaignPlan) -> None:
    for name in PLAIN:
        value = getattr(plan, name)
        setattr(campaign, name, dict(value) if name in {"title", "background", "guidelines"} else value)
    for name in LEVEL_PARTS:
        setattr(campaign, name, int(getattr(plan, name)))
    for name in ("method", "ballot_form", "rule", "results"):
        setattr(campaign, name, getattr(plan, name).value)
    campaign.premoderates = list(plan.premoderates)
    campaign.opens_at, closes_at = plan.opens_at, plan.closes_at
    assert closes_at is not None
    campaign.closes_at = closes_at
    _write_stages(campaign, plan)
    _write_categories(campaign, plan)


def _write_stages(campaign: Campaign, plan: CampaignPlan) -> None:
    for gone in [stage for stage in campaign.stages if StageKind(stage.kind) not in plan.stages]:
        campaign.stages.remove(gone)
    for kind, planned in plan.stages.items():
        known = campaign.stage(kind)
        stage = known or CampaignStage(city_id=campaign.city_id, kind=kind.value)
        stage.opens_at, stage.closes_at = planned.opens_at, planned.closes_at
        if known is None:
            campaign.stages.append(stage)


def _write_categories(campaign: Campaign, plan: CampaignPlan) -> None:
    codes = list(_codes(plan))
    for gone in [row for row in campaign.categories if row.code not in codes]:
        campaign.categories.remove(gone)
    for place, (code, planned) in enumerate(zip(codes, plan.categories, strict=True)):
        known = campaign.category(code)
        category = known or CampaignCategory(city_id=campaign.city_id, code=code)
        category.position, category.name = place, dict(planned.name)
        if known is None:
            campaign.categories.append(category)


def _codes(plan: CampaignPlan) -> Iterator[str]:
    """The code of each category: the one it has, or one made from its name, or a random one."""
    taken = {category.code for category in plan.categories if category.code}
    for category in plan.categories:
        code = category.code or slug_from(next(iter(category.name.values()), ""))[:40].strip("-")
        while not category.code and (not code or code in taken):
            code = f"category-{secrets.token_hex(3)}"
        taken.add(code)
        yield code


def _later(stage: StagePlan, by: timedelta) -> StagePlan:
    return StagePlan(stage.opens_at + by, stage.closes_at + by if stage.closes_at else None)


def _slug_for(plan: CampaignPlan, city: City, *, itself: int | None = None) -> str:
    """The name that staff chose, refused where it is taken; or one made from the question, with a number if need be."""
    if not plan.slug:
        wish = slug_from(plan.title[city.languages[0]]) or f"ideas-{secrets.token_hex(2)}"
        return free_slug(wish, lambda slug: _is_taken(slug, city, itself))
    if _is_taken(plan.slug, city, itself):
        raise Refused(_("Another campaign of your city has this short name."), status=422)
    return plan.slug


def _is_taken(slug: str, city: City, itself: int | None) -> bool:
    same = select(Campaign.id).where(Campaign.city_id == city.id, Campaign.slug == slug, Campaign.id != (itself or 0))
    return slug in RESERVED or db.session.scalar(same) is not None
