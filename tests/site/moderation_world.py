"""Moderation for the world that the tests of the whole site walk through: texts in every state, and all about them."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.moderation import appealing, deciding, reporting, settings, sources
from citizen.moderation.deciding import Grounds
from citizen.moderation.keys import key_of
from citizen.moderation.models import Appeal, Decision, ModerationItem, Outcome, ReasonTemplate, Statement, Verdict
from citizen.moderation.settings import Reason
from tests.moderation.makers import Board, acting, actor, decide, make_item, statement_of

if TYPE_CHECKING:
    from tests.site.world import World

LONG = "A text that somebody wrote about their street, with all its holes, its lamps and its 1,000 dogs. " * 12


def make_moderation(world: "World") -> None:
    """In Riverton a text of each kind; in Hillside one that was hidden, with an appeal, and one that waits."""
    board = Board()
    sources.register(board)
    moderator = acting(world.people["moderator"])
    for city in (world.city, world.other_city):
        text = {language: f"Only dogs ({language})" for language in city.languages}
        settings.change_reason(city, Reason(f"own_{city.slug}", text, text, text), by=COMMAND_LINE)
    settings.change_words(world.city, "de", ["dogs"], by=COMMAND_LINE)
    make_item(board, world.city, LONG, title="Holes & <b>", assurance=2, author="new")
    reported = make_item(board, world.city, "Write to a@b.example, dogs", is_shown=True, language="de")
    reporting.report(world.city, "note", reported.subject, "other", "It names <b>somebody", device="x")
    decide(world.city, make_item(board, world.city, "Fine", is_shown=True), Verdict.APPROVE, by=moderator)
    hide(world.city, board, "Hidden", by=moderator)
    appeal(world.city, board, "Waiting for an answer")
    for outcome in Outcome:
        row = appeal(world.city, board, f"An appeal that was {outcome}")
        appealing.decide_appeal(row, outcome, "We have looked at it again.", by=moderator)
    block(world.city, board, "Somebody who cannot write")
    appeal(world.other_city, board, "Their appeal")
    block(world.other_city, board, "Their block")
    make_item(board, world.other_city, "Their text", is_shown=True)
    db.session.commit()


def hide(city: City, board: Board, text: str, **values: Any) -> Statement:
    return statement_of(decide(city, make_item(board, city, text, is_shown=True, author=text[:20]), **values))


def appeal(city: City, board: Board, text: str) -> Appeal:
    return appealing.appeal(hide(city, board, text), "I do not see why <b>")


def block(city: City, board: Board, text: str) -> None:
    item = make_item(board, city, text, author=text[:20])
    deciding.block(city, item, Grounds("insult", "", clock.now() + timedelta(days=7)), by=actor())


def rows(model: type[Any], city: City) -> list[Any]:
    return list(
        db.session.scalars(select(model).filter_by(city_id=city.id).order_by(*model.__table__.primary_key)).unique()
    )


def numbers(model: type[Any], name: str = "id") -> Callable[["World"], list[str]]:
    return lambda world: [str(getattr(row, name)) for row in rows(model, world.city)]


def number(model: type[Any], name: str = "id") -> Callable[["World"], str]:
    return lambda world: str(getattr(rows(model, world.other_city)[0], name))


def blocks(city: City) -> list[str]:
    query = select(Statement.id).join(Decision, Statement.decision_id == Decision.id)
    found = db.session.scalars(query.where(Statement.city_id == city.id, Decision.verdict == Verdict.BLOCK))
    return [str(statement) for statement in found]


def subjects(city: City) -> list[str]:
    """Of texts that the public reads."""
    query = select(ModerationItem.subject).filter_by(city_id=city.id, is_shown=True)
    return list(db.session.scalars(query.order_by(ModerationItem.id)))


EXAMPLES: dict[str, Callable[["World"], list[str]]] = {
    "item_id": numbers(ModerationItem),
    "decision_id": numbers(Decision),
    "statement_id": numbers(Appeal, "statement_id"),
    "moderation_staff.end_block statement_id": lambda world: blocks(world.city),
    "moderation key": lambda world: [key_of(row.id) for row in rows(Statement, world.city)],
    "moderation source": lambda _world: ["note"],
    "moderation subject": lambda world: subjects(world.city),
    "moderation_staff code": lambda world: ["new", "insult", *(row.code for row in rows(ReasonTemplate, world.city))],
}
FOREIGN: dict[str, Callable[["World"], str]] = {
    "item_id": number(ModerationItem),
    "decision_id": number(Decision),
    "statement_id": number(Appeal, "statement_id"),
    "moderation_staff.end_block statement_id": lambda world: blocks(world.other_city)[0],
    "moderation key": lambda world: key_of(rows(Statement, world.other_city)[0].id),
    "moderation source": lambda _world: "note",
    "moderation subject": lambda world: subjects(world.other_city)[-1],
    "moderation_staff code": number(ReasonTemplate, "code"),
}
