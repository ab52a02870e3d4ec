"""A survey, its questionnaire's versions, its waves, and what was answered, which nothing joins to whoever did."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.cities.models import City
from citizen.core.db import UNORDERED, Base, CityId, Code, Created, Digest, Id, Line, LongText, RandomKey, Texts
from citizen.participation.models import Consultation

Document = dict[str, Any]
"""A questionnaire as JSON: `surveys.questionnaire.loaded` reads it."""


class Survey(Base):
    """What a city asks more than once: the questionnaire as it stands now, in the hands of its editors.

    `edition` grows with every change, so that two editors never overwrite each other unseen.
    """

    __tablename__ = "survey"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    title: Mapped[Texts]
    document: Mapped[Document]
    edition: Mapped[int] = mapped_column(default=1)
    is_template: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    city: Mapped[City] = relationship(lazy="joined", innerjoin=True)
    waves: Mapped[list["SurveyWave"]] = relationship(
        back_populates="survey", order_by="SurveyWave.id", foreign_keys="SurveyWave.survey_id"
    )

    @classmethod
    def in_city(cls, city: City) -> Select["Survey"]:
        return select(cls).where(cls.city_id == city.id)


class SurveyRevision(Base):
    """The questionnaire as an editor left it: what undo goes back to.

    `part` is the code of the question or section that the act was about. `restored` is the edition that an undo or a
    redo brought back. What one person changes in one part within minutes is one revision, under its last edition.
    """

    __tablename__ = "survey_revision"

    city_id: Mapped[CityId]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[Document]
    act: Mapped[Line]
    part: Mapped[Line] = mapped_column(default="")
    by: Mapped[Line]
    at: Mapped[Created]
    restored: Mapped[int | None]


class SurveyVersion(Base):
    """A questionnaire as people were asked it. Never changed, never deleted."""

    __tablename__ = "survey_version"

    city_id: Mapped[CityId]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[Document]
    at: Mapped[Created]


def new_kiosk_key() -> str:
    return secrets.token_hex(8)


class SurveyWave(Consultation):
    """One time that a survey is asked. `version` is the questionnaire that is asked now; a draft has none yet.

    `grace_minutes` is how long after the end late sheets are taken; `paper_return` says where paper sheets go.
    Kiosks are opened with an address that holds `kiosk_key`: another key ends them.
    """

    __tablename__ = "survey_wave"
    __mapper_args__ = {"polymorphic_identity": "survey"}
    __table_args__ = (CheckConstraint("grace_minutes BETWEEN 0 AND 20160", name="grace_in_bounds"),)

    id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    name: Mapped[Texts] = mapped_column(default=dict)
    version: Mapped[int | None]
    grace_minutes: Mapped[int] = mapped_column(default=60)
    paper_return: Mapped[Texts] = mapped_column(default=dict)
    kiosk_key: Mapped[Code] = mapped_column(default=new_kiosk_key)
    survey: Mapped[Survey] = relationship(back_populates="waves", foreign_keys=[survey_id])

    @property
    def occasion(self) -> Mapping[str, str]:
        return self.name


class SurveySheet(Base):
    """One filled-in questionnaire: the answers by code, but what was written freely stands in `SurveyText`."""

    __tablename__ = "survey_sheet"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    id: Mapped[RandomKey]
    version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    channel: Mapped[Code]
    assurance: Mapped[int]


class SurveyText(Base):
    """What somebody wrote. `field` is the question's code, with ".other" behind it for the line beside "other".

    Nobody publishes it unread: it is held until a moderator has decided. Moderators know it by its random `key`,
    which says nothing of its sheet; `act` names the act that decided on it, perhaps with others.
    """

    __tablename__ = "survey_text"
    __table_args__ = (
        CheckConstraint("state IN ('held', 'approved', 'rejected')", name="state_known"),
        UniqueConstraint("city_id", "wave_id", "key"),
        Index("ix_survey_text_review", "city_id", "wave_id", "state", "field", "key"),
        UNORDERED,
    )

    city_id: Mapped[CityId]
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    sheet_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), default=lambda: secrets.token_bytes(16))
    text: Mapped[LongText]
    state: Mapped[Code] = mapped_column(default="held")
    reason: Mapped[Line | None]
    act: Mapped[bytes | None] = mapped_column(LargeBinary(16))


class SurveyTally(Base):
    """Kept counters, so that a result costs the same after ten answers and after a hundred thousand.

    `question` and `version` say what was asked; `row` is the row of a matrix. `choice` is what was chosen, or ASKED or
    ANSWERED. Where it was ranked, `place` is its rank among `length` ranked ones, and a row with a `rival` counts who
    prefers the choice to the rival (surveys.tallies).
    """

    __tablename__ = "survey_tally"

    city_id: Mapped[CityId]
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[str] = mapped_column(primary_key=True, default="")
    choice: Mapped[str] = mapped_column(primary_key=True)
    rival: Mapped[str] = mapped_column(primary_key=True, default="")
    place: Mapped[int] = mapped_column(primary_key=True, default=0)
    length: Mapped[int] = mapped_column(primary_key=True, default=0)
    n: Mapped[int]


class SurveyBreakdown(Base):
    """The counters of a wave, split by a question and perhaps limited to some answers: computed once and kept.

    `split` says by what; `n` is how many sheets there were; `counters` holds what `surveys.breakdowns` counted.
    """

    __tablename__ = "survey_breakdown"

    city_id: Mapped[CityId]
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    split: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    counters: Mapped[dict[str, Any]]
    is_wanted: Mapped[bool] = mapped_column(default=False)


class SurveyDraft(Base):
    """A sheet that somebody has begun and not sent. Only their browser or their link can open it.

    `key` is the hash of a secret that we do not keep; `sealed` is encrypted under that secret. Whoever reads the
    database learns that somebody began, and on which day they last wrote.
    """

    __tablename__ = "survey_draft"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[date] = mapped_column(Date)


class PaperBatch(Base):
    """A pile of paper sheets that staff enter, twice where `is_double`."""

    __tablename__ = "paper_batch"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), index=True)
    name: Mapped[Line]
    version: Mapped[int]
    is_double: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[Created]
    counted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @classmethod
    def of_wave(cls, wave: SurveyWave) -> Select["PaperBatch"]:
        return select(cls).where(cls.city_id == wave.city_id, cls.wave_id == wave.id)


class PaperEntry(Base):
    """One paper sheet as one member of staff typed it: `reading` 1 or 2, and 3 for what was decided between both.

    Once the sheet is counted, its answers stand with all others: what was typed goes, and `is_counted` stays.
    """

    __tablename__ = "paper_entry"
    __table_args__ = (CheckConstraint("reading BETWEEN 1 AND 3", name="reading_known"),)

    city_id: Mapped[CityId]
    batch_id: Mapped[int] = mapped_column(ForeignKey("paper_batch.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    reading: Mapped[int] = mapped_column(primary_key=True)
    typed: Mapped[dict[str, Any]]
    by: Mapped[Line]
    by_id: Mapped[int | None]
    is_counted: Mapped[bool] = mapped_column(default=False)


class SurveyExport(Base):
    """A file of answers that staff asked for; the worker writes it. `key` names the file."""

    __tablename__ = "survey_export"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_wave.id"), index=True)
    form: Mapped[Code]
    language: Mapped[Code]
    key: Mapped[Digest]
    by: Mapped[Line]
    at: Mapped[Created]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    problem: Mapped[Line | None]
