"""Invented ideas, comments and votes in great numbers, to see how many look and how fast they are."""

import hashlib
import json
import pathlib
import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import Base, add_to_counters, db, look_anew
from citizen.participation.actions import count_answer
from citizen.participation.models import Assurance, Channel
from citizen.participation.running import subject
from ideation.models import (
    Campaign,
    Contributor,
    Idea,
    IdeaBallot,
    IdeaComment,
    IdeaSupport,
    IdeaTerm,
    IdeaVote,
    Rhythm,
    Showing,
    StageKind,
    Stance,
    Status,
    VoteTally,
)
from ideation.pulse import beat
from ideation.terms import digest_of, term_rows
from ideation.voting.choices import allowance

AT_ONCE = 5000
CANDIDATES = 40
WORDS: dict[str, list[str]] = json.loads(pathlib.Path(__file__).with_name("words.json").read_text())
"""What invented ideas are made of, and what is said about them."""


def seed(campaign: Campaign, *, ideas: int, comments: int, votes: int, number: int, by: Actor) -> None:
    """Fill the campaign. Half of the votes are supports, half stand on ballots. The same number gives the same."""
    dice = random.Random(number)
    ids = _ideas(campaign, ideas, dice)
    people = _people(campaign, max(1, votes // 20), number)
    supports = _supports(campaign, ids, people, votes // 2, dice)
    said = _comments(campaign, ids, people, comments, dice)
    _set_counters(ids, supports, said)
    if campaign.stage(StageKind.VOTE) is not None and ids:
        _ballots(campaign, ids, votes - votes // 2, dice)
    look_anew(Idea, IdeaTerm, IdeaSupport, IdeaComment, IdeaBallot, IdeaVote)
    beat(campaign)
    audit.record("seeded", subject(campaign), by=by, city_id=campaign.city_id, ideas=ideas, votes=votes)


def _write(model: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    """Insert the rows, some at a time."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            db.session.execute(insert(model), batch)
            batch = []
    if batch:
        db.session.execute(insert(model), batch)


def _ideas(campaign: Campaign, number: int, dice: random.Random) -> list[int]:
    ids: list[int] = []
    for start in range(0, number, AT_ONCE):
        rows = [_idea(campaign, place, dice) for place in range(start, min(start + AT_ONCE, number))]
        made = list(db.session.scalars(insert(Idea).returning(Idea.id, sort_by_parameter_order=True), rows))
        written = ((key, row["title"], row["text"], row["language"]) for key, row in zip(made, rows, strict=True))
        _write(IdeaTerm, iter(term_rows(campaign.city_id, campaign.id, written)))
        ids += made
    return ids


def _idea(campaign: Campaign, place: int, dice: random.Random) -> dict[str, Any]:
    way, where = dice.choice(WORDS["ways"]), dice.choice(WORDS["places"])
    title = f"{dice.choice(WORDS['verbs'])} {dice.choice(WORDS['things'])} {way}, {where} {place}"
    more = " ".join(
        f"{dice.choice(WORDS['verbs'])} {dice.choice(WORDS['things'])} {dice.choice(WORDS['places'])}."
        for _each in range(5)
    )
    moment = clock.now() - timedelta(minutes=place)
    return {
        "city_id": campaign.city_id,
        "campaign_id": campaign.id,
        "language": "en",
        "title": title,
        "text": more,
        "title_digest": digest_of(title),
        "text_digest": digest_of(more),
        "category": dice.choice(campaign.categories).code if campaign.categories else None,
        "showing": Showing.SHOWN,
        "status": dice.choice(list(Status)) if place >= CANDIDATES else Status.IN_VOTE,
        "number": place + 1 if place < CANDIDATES else None,
        "mix": dice.randrange(2**31),
        "created_at": moment,
        "changed_at": moment,
    }


def _people(campaign: Campaign, number: int, seeded: int) -> list[int]:
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id, "language": "en", "rhythm": Rhythm.NEVER}
    ids: list[int] = []
    for start in range(0, number, AT_ONCE):
        names = (f"seed:{seeded}:{person}" for person in range(start, min(start + AT_ONCE, number)))
        rows = [place | {"key_digest": hashlib.sha256(name.encode()).digest()} for name in names]
        ids += db.session.scalars(insert(Contributor).returning(Contributor.id, sort_by_parameter_order=True), rows)
    return ids


def _supports(
    campaign: Campaign, ideas: list[int], people: list[int], number: int, dice: random.Random
) -> Counter[int]:
    """Some ideas are liked far more than others, as in life."""
    pairs: set[tuple[int, int]] = set()
    number = min(number, len(ideas) * len(people) // 2)
    while len(pairs) < number:
        pairs.add((ideas[int(len(ideas) * dice.random() ** 2)], dice.choice(people)))
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    _write(IdeaSupport, (place | {"idea_id": idea, "contributor_id": person} for idea, person in sorted(pairs)))
    return Counter(idea for idea, _person in pairs)


def _comments(
    campaign: Campaign, ideas: list[int], people: list[int], number: int, dice: random.Random
) -> Counter[int]:
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id, "language": "en", "showing": Showing.SHOWN}
    said: Counter[int] = Counter()

    def rows() -> Iterator[dict[str, Any]]:
        for _each in range(number if ideas else 0):
            idea = ideas[int(len(ideas) * dice.random() ** 2)]
            said[idea] += 1
            yield place | {
                "idea_id": idea,
                "author_id": dice.choice(people),
                "stance": dice.choice(list(Stance)),
                "text": dice.choice(WORDS["remarks"]),
                "helpful": dice.randrange(9),
            }

    _write(IdeaComment, rows())
    return said


def _set_counters(ids: list[int], supports: Counter[int], said: Counter[int]) -> None:
    rows = [{"id": idea, "supports": supports[idea], "comments": said[idea]} for idea in ids]
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(update(Idea), rows[start : start + AT_ONCE])


def _ballots(campaign: Campaign, ideas: list[int], number: int, dice: random.Random) -> None:
    """Ballots with up to five votes, each one point or place, within the limits of the campaign."""
    candidates, most = ideas[:CANDIDATES], min(5, allowance(campaign), len(ideas))
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    voters = [dice.randbytes(32) for _voter in range(number // most)]
    chosen = {voter: dice.sample(candidates, min(most, len(candidates))) for voter in voters}
    ballot = {"allowed": allowance(campaign), "channel": Channel.WEB, "assurance": int(Assurance.DEVICE)}
    ballot |= {"day": clock.day_in(campaign.city.time_zone)}
    _write(IdeaBallot, (place | ballot | {"voter": voter, "used": len(chosen[voter])} for voter in voters))
    _write(
        IdeaVote,
        (
            place | {"voter": voter, "idea_id": idea, "points": 1, "place": rank}
            for voter in voters
            for rank, idea in enumerate(chosen[voter], start=1)
        ),
    )
    counts = Counter(idea for voter in voters for idea in chosen[voter])
    way = {"channel": Channel.WEB, "assurance": int(Assurance.DEVICE)}
    rows = [place | way | {"idea_id": idea, "n": n, "points": n} for idea, n in counts.items()]
    add_to_counters(VoteTally, rows, counters=("n", "points"))
    count_answer(campaign, Channel.WEB, Assurance.DEVICE, number=len(voters))
