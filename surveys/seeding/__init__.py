"""Fills a wave with invented sheets, fast: to see and to measure what many answers look like."""

import json
import pathlib
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from citizen.cities.districting import districts_of
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import Actor
from citizen.core.db import Base, add_to_counters, db
from citizen.participation.actions import Outcome
from citizen.participation.models import AnswerCount, Channel, Participation, Receipt
from surveys import drafting, tallies, waves
from surveys.actions import split_texts
from surveys.counting import Memory, Sums
from surveys.files import without_files
from surveys.logic.path import Path
from surveys.logic.ways import Ways
from surveys.models import SurveySheet, SurveyTally, SurveyText, SurveyWave
from surveys.questionnaire import Questionnaire, loaded
from surveys.sheets.checking import Checked
from surveys.trial import invented_values
from surveys.versions import questionnaire_of

EXAMPLE = pathlib.Path(__file__).with_name("survey.json")
"""Thirty questions of every kind, with conditions, in English and German."""

AT_ONCE = 1000
DAYS = 14
CHANNELS = {Channel.WEB: 60, Channel.QR: 25, Channel.KIOSK: 10, Channel.PAPER: 5}
"""How the invented answers came, in per cent."""


def example_wave(city: City, slug: str, *, by: Actor) -> SurveyWave:
    """An open wave of the example, which began two weeks ago."""
    survey = drafting.create_survey(city, loaded(json.loads(EXAMPLE.read_text())), by=by)
    now = clock.now()
    wave = waves.plan_wave(survey, waves.WavePlan(now, now + timedelta(days=DAYS), slug=slug), by=by)
    waves.publish_wave(wave, by=by)
    wave.opens_at = now - timedelta(days=DAYS)
    return wave


def fill_wave(wave: SurveyWave, sheets: int, *, seed: int) -> None:
    """Store so many sheets in all tables that a sheet writes, and the counters that they add up to.

    The same seed gives the same answers. Keys are new each time.
    """
    seeding = _Seeding(wave, Random(seed))
    for start in range(0, sheets, AT_ONCE):
        seeding.write(min(AT_ONCE, sheets - start))
    seeding.write_counters()


class _Seeding:
    """One filling: what it needs for each sheet, and what the sheets so far add up to."""

    def __init__(self, wave: SurveyWave, random: Random) -> None:
        self.wave, self.random, self.today = wave, random, clock.day_in(wave.city.time_zone)
        self.questionnaire: Questionnaire = without_files(questionnaire_of(wave))
        self.ways = Ways(self.questionnaire, self.today)
        self.districts = [district.code for district in districts_of(wave.city)]
        self.memory, self.raised = Memory(), Sums()
        self.arrivals: Counter[tuple[date, Channel]] = Counter()

    def write(self, number: int) -> None:
        rows: dict[type[Base], list[dict[str, Any]]] = {SurveySheet: [], SurveyText: []}
        for _sheet in range(number):
            self._add(rows)
        place = {"city_id": self.wave.city_id, "consultation_id": self.wave.id}
        rows[Participation] = [place | {"participant": secrets.token_bytes(32)} for _sheet in range(number)]
        rows[Receipt] = [
            place
            | {"key_digest": secrets.token_bytes(32), "fingerprint": secrets.token_bytes(32)}
            | {"outcome": Outcome.COUNTED}
            for _sheet in range(number)
        ]
        for model, written in rows.items():
            if written:
                db.session.connection().execute(insert(model), written)

    def _add(self, rows: Mapping[type[Base], list[dict[str, Any]]]) -> None:
        checked, channel = self._invented(), self.random.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        self.raised.add(self.memory.raised(checked.path.shown, checked.answers))
        self.arrivals[self._day(), channel] += 1
        answers, texts = split_texts(checked)
        place = {"city_id": self.wave.city_id, "wave_id": self.wave.id}
        sheet = {"id": secrets.token_bytes(16), "version": self.wave.version, "answers": answers}
        rows[SurveySheet].append(place | sheet | {"channel": channel, "assurance": self.wave.assurance})
        rows[SurveyText] += [
            place
            | {"sheet_id": sheet["id"], "field": field, "key": secrets.token_bytes(16), "text": text, "state": "held"}
            for field, text in texts.items()
        ]

    def _invented(self) -> Checked:
        """Invented answers are right and stand on their path by themselves (surveys.trial)."""
        values = invented_values(self.questionnaire, self.random, self.districts, today=self.today)
        return Checked(Path(self.ways.shown(values), values), values, {}, ())

    def _day(self) -> date:
        """More on the first days than later, as it goes."""
        open_days = max((self.today - self.wave.opens_at.date()).days, 0)
        return self.today - timedelta(days=open_days - int(open_days * self.random.random() ** 2))

    def write_counters(self) -> None:
        counted, wave = self.raised.named(self.memory.keys), self.wave
        add_to_counters(SurveyTally, tallies.rows(counted, {"city_id": wave.city_id, "wave_id": wave.id}))
        place = {"city_id": wave.city_id, "consultation_id": wave.id, "assurance": wave.assurance}
        arrived = [place | {"day": day, "channel": channel, "n": n} for (day, channel), n in self.arrivals.items()]
        add_to_counters(AnswerCount, arrived)
