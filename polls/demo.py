"""Polls of every form for the demo city, answered by invented people."""

import random
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.participation.demo import Words, part, texts
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel, ResultsRule
from polls import actions
from polls.answers import checked, choice_ids, most_choices
from polls.models import OTHER, Poll, PollForm, PollOption

CHANNELS = [Channel.WEB] * 6 + [Channel.QR] * 3 + [Channel.KIOSK]


@dataclass(frozen=True)
class Sketch:
    """One demo poll: its words in English and German, and how it stands."""

    slug: str
    question: Words
    form: PollForm
    options: tuple[Words, ...] = ()
    choose_max: int = 1
    ends: Words = ("", "")
    opens_in_days: int = -3
    closes_in_days: int = 11
    answers: int = 0
    settings: dict[str, object] = field(default_factory=dict)


SKETCHES = (
    Sketch(
        "transport-app",
        (
            "What are the 2 most important features of a public transport app?",
            "Welche 2 Funktionen einer App für Bus und Bahn sind am wichtigsten?",
        ),
        PollForm.MULTIPLE,
        (
            ("Live departure times", "Abfahrtszeiten in Echtzeit"),
            ("Buying tickets", "Fahrkarten kaufen"),
            ("Planning a trip door to door", "Reiseplanung von Tür zu Tür"),
            ("News about delays and works", "Meldungen zu Störungen und Baustellen"),
            ("Step-free routes", "Wege ohne Stufen"),
            ("How full the bus is", "Wie voll der Bus ist"),
        ),
        choose_max=2,
        answers=248,
        settings={"has_other": True},
    ),
    Sketch(
        "car-free-sunday",
        (
            "Should the old town be free of cars on one Sunday a month?",
            "Soll die Altstadt an einem Sonntag im Monat autofrei sein?",
        ),
        PollForm.YES_NO,
        closes_in_days=2,
        answers=131,
    ),
    Sketch(
        "market-square",
        ("What does the market square need most?", "Was braucht der Marktplatz am dringendsten?"),
        PollForm.RANK,
        (
            ("More shade", "Mehr Schatten"),
            ("Places to sit", "Sitzplätze"),
            ("Drinking water", "Trinkwasser"),
            ("Room for bicycles", "Platz für Fahrräder"),
            ("Evening light", "Licht am Abend"),
        ),
        choose_max=3,
        answers=87,
        settings={"is_shuffled": True},
    ),
    Sketch(
        "library-hours",
        (
            "How satisfied are you with the opening hours of the library?",
            "Wie zufrieden sind Sie mit den Öffnungszeiten der Bibliothek?",
        ),
        PollForm.SCALE,
        ends=("not at all satisfied", "gar nicht zufrieden"),
        answers=64,
        settings={"results": ResultsRule.AFTER_ANSWER},
    ),
    Sketch(
        "swimming-pool",
        ("When do you want to go swimming?", "Wann möchten Sie schwimmen gehen?"),
        PollForm.SINGLE,
        (
            ("Early in the morning", "Früh am Morgen"),
            ("During the day", "Tagsüber"),
            ("In the evening", "Am Abend"),
            ("Only at the weekend", "Nur am Wochenende"),
        ),
        opens_in_days=-30,
        closes_in_days=-9,
        answers=402,
    ),
    Sketch(
        "winter-market",
        ("Where should the winter market be?", "Wo soll der Wintermarkt sein?"),
        PollForm.SINGLE,
        (("On the market square", "Auf dem Marktplatz"), ("By the river", "Am Fluss")),
        opens_in_days=5,
        closes_in_days=19,
    ),
)


@part
def make_demo_polls(city: City, *, by: Actor) -> None:
    """Polls of every form in the demo city, answered. Nothing is committed."""
    for sketch in SKETCHES:
        _make_poll(city, sketch, by=by)


def _make_poll(city: City, sketch: Sketch, *, by: Actor) -> Poll:
    today = clock.now()
    poll = Poll(
        city_id=city.id,
        city=city,
        slug=sketch.slug,
        title=texts(sketch.question),
        form=sketch.form,
        choose_max=sketch.choose_max,
        scale_low=texts(sketch.ends),
        scale_high=texts(("very satisfied", "sehr zufrieden")) if sketch.ends[0] else {},
        opens_at=today + timedelta(days=sketch.opens_in_days),
        closes_at=today + timedelta(days=max(sketch.closes_in_days, 1)),
        **sketch.settings,
    )
    poll.options = [
        PollOption(city_id=city.id, position=position, label=texts(words))
        for position, words in enumerate(sketch.options)
    ]
    db.session.add(poll)
    db.session.flush()
    actions.publish(poll, by=by)
    db.session.flush()
    _answer(poll, sketch.answers)
    poll.opens_at = today + timedelta(days=sketch.opens_in_days)
    poll.closes_at = today + timedelta(days=sketch.closes_in_days)
    return poll


def _answer(poll: Poll, times: int) -> None:
    """Invented answers: earlier options are somewhat more liked, and everybody chooses at least one."""
    chance = random.SystemRandom()
    liked = [choice for choice in choice_ids(poll) if choice != OTHER]
    weights = [1 / (place + 1.5) for place in range(len(liked))]
    for _ in range(times):
        count = chance.randint(1, most_choices(poll))
        chosen = list(dict.fromkeys(chance.choices(liked, weights, k=count)))
        level = Assurance(poll.assurance)
        person = Participant(f"demo:{secrets.token_hex(8)}", level, chance.choice(CHANNELS))
        actions.cast_ballot(poll, checked(poll, chosen), secrets.token_hex(16), by=person)
