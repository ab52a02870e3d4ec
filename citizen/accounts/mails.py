"""The mails about signing in. They go into the outbox of the open transaction."""

from datetime import timedelta

from flask import render_template
from flask_babel import gettext as _

from citizen.accounts import links
from citizen.accounts.links import Purpose
from citizen.accounts.models import User
from citizen.cities.models import City
from citizen.core.mail import post


def send_sign_in_link(email: str, *, next_path: str = "") -> None:
    """To any address, known or not: whoever asks learns nothing about it."""
    key = links.make_link(Purpose.SIGN_IN, email, links.SIGN_IN_LIFE, next_path=next_path)
    url = links.address("accounts.link", key=key)
    post(email, _("Your link to sign in"), render_template("accounts/mails/link.txt", url=url))


def send_password_link(email: str) -> None:
    """For somebody who has forgotten the password."""
    url = _password_url(email, links.FORGOTTEN_LIFE)
    post(email, _("Choose a new password"), render_template("accounts/mails/forgotten.txt", url=url))


def send_invitation(person: User, city: City | None = None) -> str:
    """Tell somebody that they work for the city now, or run the whole install. Gives where the mail leads to."""
    is_new = person.password_hash is None
    url = _password_url(person.email, links.INVITATION_LIFE) if is_new else links.address("accounts.password")
    text = render_template("accounts/mails/invitation.txt", url=url, city=city, is_new=is_new)
    subject = _("You can now work on the pages of %(city)s", city=city.name if city else "Plaza")
    post(person.email, subject, text, city_id=city.id if city else None)
    return url


def send_notice(person: User, what: str) -> None:
    """Tell somebody that how they sign in was changed, so that a stranger's change does not stay unseen."""
    url = links.address("accounts.forgotten")
    post(
        person.email,
        _("How you sign in has changed"),
        render_template("accounts/mails/notice.txt", what=what, url=url),
    )


def _password_url(email: str, life: timedelta) -> str:
    key = links.make_link(Purpose.CREDENTIALS, email, life)
    return links.address("accounts.choose_password", key=key)
