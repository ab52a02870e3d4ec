"""The mail with the link to go on later. It goes into the outbox of the open transaction."""

from flask import render_template
from flask_babel import gettext as _

from citizen.accounts import links
from citizen.core.i18n import localized
from citizen.core.mail import post
from surveys.actions import ends_with_grace
from surveys.models import SurveyWave


def send_resume_link(wave: SurveyWave, secret: str, email: str) -> None:
    """To the confirmed address of whoever answers. The mail holds the secret, so it opens the draft elsewhere too."""
    url = links.address("survey.resume", city_slug=wave.city.slug, slug=wave.slug, secret=secret)
    title = str(localized(wave.title))
    text = render_template(
        "surveys/mails/resume.txt", url=url, title=title, city=wave.city, ends_at=ends_with_grace(wave)
    )
    post(email, _("Go on with your answers: %(title)s", title=title), text, city_id=wave.city_id)
