"""What staff see of the polls of their city beyond the results: read-only."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import lazyload

from citizen.cities.models import City
from citizen.core.db import db
from citizen.participation.models import State
from citizen.participation.statistics import answers_to_each, in_state
from polls.drafts import draft_of, missing_translations
from polls.models import Poll, PollOtherText

PAGE = 50
LOOKED_AT = 100
"""How many of the newest polls are searched for missing translations."""


@dataclass(frozen=True)
class Row:
    """A poll in the list, with how many answers count."""

    poll: Poll
    answers: int


@dataclass(frozen=True)
class Listing:
    """A page of the list. `is_empty` is true where the city has no poll at all, whatever was searched."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    is_empty: bool


def listing(city: City, *, words: str = "", state: State | None = None, page: int = 1) -> Listing:
    """The city's polls, newest first; those whose question or address holds all the words, in any language."""
    query = Poll.in_city(city)
    if state is not None:
        query = query.where(in_state(state))
    if words.strip():
        query = query.where(Poll.id.in_(_ids_with(words, city)))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    shown = query.options(lazyload(Poll.options)).order_by(Poll.created_at.desc(), Poll.id.desc())
    polls = list(db.session.scalars(shown.limit(PAGE).offset((page - 1) * PAGE)))
    answers = answers_to_each([poll.id for poll in polls], city)
    rows = tuple(Row(poll, answers.get(poll.id, 0)) for poll in polls)
    return Listing(rows, page, pages, is_empty=not total and not words.strip() and state is None)


def _ids_with(words: str, city: City) -> list[int]:
    """Searched here rather than in the database: there, "Ä" and "ä" would be two letters, and JSON is not text."""
    wanted = words.casefold().split()
    rows = db.session.execute(select(Poll.id, Poll.title, Poll.slug).where(Poll.city_id == city.id))
    return [
        poll_id
        for poll_id, title, slug in rows
        if all(word in f"{' '.join(title.values())} {slug}".casefold() for word in wanted)
    ]


def decided_texts(poll: Poll) -> list[PollOtherText]:
    """Texts under "something else" that were approved or rejected, at most 200."""
    query = select(PollOtherText).filter_by(city_id=poll.city_id, poll_id=poll.id)
    query = query.where(PollOtherText.state != "held").order_by(PollOtherText.state, PollOtherText.text)
    return list(db.session.scalars(query.limit(200)))


def polls_with_held_texts(city: City) -> list[tuple[Poll, int]]:
    """Polls whose texts wait for a moderator, and how many."""
    held = func.count()
    counts = (
        select(PollOtherText.poll_id, held)
        .where(PollOtherText.city_id == city.id, PollOtherText.state == "held")
        .group_by(PollOtherText.poll_id)
        .order_by(held.desc())
        .limit(20)
    )
    numbers: dict[int, int] = {row.poll_id: row[1] for row in db.session.execute(counts)}
    polls = {poll.id: poll for poll in db.session.scalars(Poll.in_city(city).where(Poll.id.in_(numbers)))}
    return [(polls[poll_id], n) for poll_id, n in numbers.items()]


def polls_to_translate(city: City) -> list[tuple[Poll, list[str]]]:
    """Polls that still run or are drafts and lack texts, with the own names of the languages."""
    alive = or_(*(in_state(state) for state in (State.DRAFT, State.UPCOMING, State.OPEN)))
    query = Poll.in_city(city).where(alive).order_by(Poll.id.desc()).limit(LOOKED_AT)
    lacking = [(poll, missing_translations(draft_of(poll), city.languages)) for poll in db.session.scalars(query)]
    return [(poll, names) for poll, names in lacking if names]
