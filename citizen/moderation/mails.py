"""What authors and moderators are told by mail. It goes into the outbox of the open transaction."""

from collections.abc import Mapping, Sequence

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from citizen.accounts.links import address
from citizen.cities.models import City
from citizen.core.i18n import text_in
from citizen.core.mail import post
from citizen.moderation.keys import key_of
from citizen.moderation.models import Appeal, Decision, Statement, Verdict
from citizen.moderation.sources import Addressee


def occasion(statement: Statement) -> str:
    """Under this name the mail about a statement can be taken out of the outbox again."""
    return f"statement:{statement.id}"


def tell(decision: Decision, statements: Sequence[Statement], addressees: Mapping[str, Addressee]) -> None:
    """Tell authors of a restriction, once the moment for undoing it is over."""
    if not decision.is_restriction:
        return
    for statement in statements:
        to = addressees.get(statement.item.subject)
        if to is not None:
            _send(to, statement)


def _send(to: Addressee, statement: Statement) -> None:
    decision = statement.decision
    with force_locale(to.language):
        is_block = decision.verdict == Verdict.BLOCK
        subject = _("You cannot write here for now") if is_block else _("Your text is not shown")
        text = render_template(
            "moderation/mails/decision.txt",
            statement=statement,
            city=decision.city,
            sentence=text_in(decision.sentence, to.language, decision.city.languages),
            url=statement_address(decision.city, statement),
        )
        post(to.email, subject, text, once=occasion(statement), city_id=decision.city_id, due_at=decision.undo_until)


def tell_outcome(appeal: Appeal, to: Addressee) -> None:
    """Tell the author what came of the appeal."""
    city = appeal.statement.decision.city
    with force_locale(to.language):
        url = statement_address(city, appeal.statement)
        text = render_template("moderation/mails/outcome.txt", appeal=appeal, city=city, url=url)
        once = f"appeal:{appeal.statement_id}"
        post(to.email, _("Your appeal has been decided"), text, once=once, city_id=city.id)


def statement_address(city: City, statement: Statement) -> str:
    return address("moderation.statement", city_slug=city.slug, key=key_of(statement.id))
