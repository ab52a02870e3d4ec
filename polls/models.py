"""A poll, its options, and its ballots, which nothing joins to whoever cast them."""

import secrets
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.core.db import UNORDERED, Base, CityId, Code, Codes, Created, Id, Line, LongText, RandomKey, Texts
from citizen.participation.models import Consultation

MAX_OPTIONS = 30
MAX_SCALE = 11
OTHER = "other"
FIXED_ANSWERS = ("yes", "no", "dont_know")


class PollForm(StrEnum):
    """How a poll is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RANK = "rank"
    SCALE = "scale"
    YES_NO = "yes_no"

    @property
    def has_options(self) -> bool:
        """True where staff write the options themselves."""
        return self in {PollForm.SINGLE, PollForm.MULTIPLE, PollForm.RANK}

    @property
    def has_number(self) -> bool:
        """True where staff say how many may be chosen or ranked."""
        return self in {PollForm.MULTIPLE, PollForm.RANK}


def new_option_id() -> str:
    return secrets.token_hex(4)


class Poll(Consultation):
    """One question. Its text is the consultation's title."""

    __tablename__ = "poll"
    __mapper_args__ = {"polymorphic_identity": "poll"}
    __table_args__ = (
        CheckConstraint("choose_max BETWEEN 1 AND 30", name="choose_max_in_bounds"),
        CheckConstraint("scale_points BETWEEN 2 AND 11", name="scale_in_bounds"),
        CheckConstraint("form IN ('single', 'multiple', 'rank', 'scale', 'yes_no')", name="form_known"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    form: Mapped[Code]
    background: Mapped[Texts] = mapped_column(default=dict)
    choose_max: Mapped[int] = mapped_column(default=1)
    scale_points: Mapped[int] = mapped_column(default=5)
    scale_low: Mapped[Texts] = mapped_column(default=dict)
    scale_high: Mapped[Texts] = mapped_column(default=dict)
    is_shuffled: Mapped[bool] = mapped_column(default=False)
    has_other: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[int] = mapped_column(default=1)
    options: Mapped[list["PollOption"]] = relationship(
        order_by="PollOption.position", cascade="all, delete-orphan", lazy="selectin"
    )
    corrections: Mapped[list["PollCorrection"]] = relationship(order_by="PollCorrection.id", lazy="select")


class PollOption(Base):
    """One of the answers that staff offer. Its id is random and says nothing of the order."""

    __tablename__ = "poll_option"

    city_id: Mapped[CityId]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_option_id)
    position: Mapped[int]
    label: Mapped[Texts]
    picture: Mapped[str | None]
    picture_width: Mapped[int | None]
    picture_height: Mapped[int | None]
    picture_alt: Mapped[Texts] = mapped_column(default=dict)


class PollBallot(Base):
    """One answer: the chosen ids (in rank order where ranked) or the value on the scale."""

    __tablename__ = "poll_ballot"
    __table_args__ = UNORDERED

    city_id: Mapped[CityId]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    id: Mapped[RandomKey]
    answer: Mapped[Codes]
    channel: Mapped[Code]
    assurance: Mapped[int]


class PollTally(Base):
    """Kept counters, so that a result costs the same after ten answers and after a hundred thousand.

    `choice` is an option's id or a value. Where it was ranked, `place` is its rank and `length` how many were
    ranked on that ballot. A row with a `rival` counts the ballots that prefer the choice to the rival.
    """

    __tablename__ = "poll_tally"

    city_id: Mapped[CityId]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    assurance: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[str] = mapped_column(primary_key=True)
    rival: Mapped[str] = mapped_column(primary_key=True, default="")
    place: Mapped[int] = mapped_column(primary_key=True, default=0)
    length: Mapped[int] = mapped_column(primary_key=True, default=0)
    n: Mapped[int]


class PollOtherText(Base):
    """What somebody wrote under "other". Nobody sees it before a moderator has approved it."""

    __tablename__ = "poll_other_text"
    __table_args__ = (
        CheckConstraint("state IN ('held', 'approved', 'rejected')", name="state_known"),
        UNORDERED,
    )

    city_id: Mapped[CityId]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    id: Mapped[RandomKey]
    text: Mapped[Line]
    state: Mapped[Code] = mapped_column(default="held")
    reason: Mapped[Line | None]


class PollCorrection(Base):
    """A typing mistake that was mended after the first answer: what stood there, and what stands there now."""

    __tablename__ = "poll_correction"

    id: Mapped[Id]
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    at: Mapped[Created]
    part: Mapped[Line]
    language: Mapped[Code]
    before: Mapped[LongText]
    after: Mapped[LongText]
