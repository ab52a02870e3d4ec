"""Mail to contributors: to confirm their address, and news of what they have a part in. Nothing here commits."""

from email_validator import EmailNotValidError, validate_email
from flask import g, render_template
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.accounts.links import address
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import localized
from citizen.core.mail import post
from ideation import notices
from ideation.models import Campaign, Contributor, Idea, IdeaEvent, Rhythm, Showing
from ideation.passes import Purpose, pass_for
from ideation.timeline import Happening, happening

MAX_MAIL = 254


def ask_to_confirm(campaign: Campaign, by: Contributor, typed: str, rhythm: Rhythm) -> None:
    """Keep the address, and mail a link to it. It counts once somebody who reads it has followed the link."""
    by.email, by.confirmed_at, by.rhythm = _checked(typed), None, rhythm
    db.session.flush()
    token = pass_for(by, Purpose.CONFIRMATION)
    url = _address("campaign.show_confirmation", campaign, token=token)
    title = str(localized(campaign.title))
    text = render_template("ideation/mails/confirmation.txt", url=url, title=title, city=campaign.city)
    post(by.email, _("Please confirm your address: %(title)s", title=title), text, city_id=campaign.city_id)


def _checked(typed: str) -> str:
    try:
        return validate_email(typed[: MAX_MAIL + 1], check_deliverability=False).normalized
    except EmailNotValidError:
        raise Refused(_("This does not look like an email address. Please check it."), status=422) from None


def confirm(by: Contributor) -> None:
    """From now on mail goes there. A second time changes nothing."""
    by.confirmed_at = by.confirmed_at or clock.now()


def post_due(contributor_id: int) -> None:
    """Put what this contributor is to hear of now into the outbox, as one mail in their language."""
    events = notices.claim(contributor_id)
    person = db.session.get_one(Contributor, contributor_id)
    if not events or not person.has_mail or person.email is None:
        return
    campaign = db.session.scalars(select(Campaign).filter_by(id=person.campaign_id)).unique().one()
    g.city = campaign.city
    with force_locale(person.language):
        _post_news(campaign, person, person.email, events)


def _post_news(campaign: Campaign, person: Contributor, to: str, events: list[IdeaEvent]) -> None:
    title = str(localized(campaign.title))
    way_out = _address("campaign.leave", campaign, token=pass_for(person, Purpose.WAY_OUT))
    text = render_template(
        "ideation/mails/news.txt",
        campaign=campaign,
        news=_news(campaign, events),
        own_url=_address("campaign.own", campaign, token=pass_for(person, Purpose.OWN_PAGE)),
        leave_url=way_out,
    )
    subject = ngettext(
        "What became of an idea: %(title)s", "%(num)s news about ideas: %(title)s", len(events), title=title
    )
    once = f"ideas {person.id}: {events[0].id} to {events[-1].id}"
    post(to, subject, text, once=once, city_id=campaign.city_id, way_out=way_out)


def _news(campaign: Campaign, events: list[IdeaEvent]) -> list[tuple[str, Happening, str]]:
    """The title of each idea, what happened, and where to read more. What nobody may read has no title."""
    numbers = {event.idea_id for event in events}
    ideas = {idea.id: idea for idea in db.session.scalars(Idea.in_campaign(campaign).where(Idea.id.in_(numbers)))}
    return [(_title(ideas[event.idea_id]), happening(event), _idea_address(campaign, event)) for event in events]


def _title(idea: Idea) -> str:
    return idea.title if idea.showing in {Showing.SHOWN, Showing.MERGED} else _("An idea that is not public")


def _idea_address(campaign: Campaign, event: IdeaEvent) -> str:
    return _address("campaign.idea", campaign, idea_id=event.idea_id)


def _address(endpoint: str, campaign: Campaign, **values: object) -> str:
    return address(endpoint, city_slug=campaign.city.slug, slug=campaign.slug, **values)
