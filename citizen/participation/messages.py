"""What programs send and get about every consultation: types of the JSON API."""

from datetime import UTC, datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, Field

from citizen.core.api import Body, example

LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
LINES = r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$"
MAX_REASON = 2000
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("Please write something, or leave this language out.")
    return text.strip()


def _near(moment: datetime) -> datetime:
    if not EARLIEST < moment < LATEST:
        raise ValueError("Please choose a moment from this century.")
    return moment.astimezone(UTC).replace(microsecond=0)


Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Written = AfterValidator(_written)
Reason = Annotated[str, Field(min_length=1, max_length=MAX_REASON, pattern=LINES), Written]
Level = Literal["A0", "A1", "A2", "A3", "A4"]
LEVELS: tuple[Level, ...] = get_args(Level)
Texts = dict[str, str]
Near = Annotated[AwareDatetime, AfterValidator(_near)]
Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Withdrawal(Body):
    """Why the city takes something back, for the public to read."""

    model_config = example(reason={"en": "One option was missing. We will ask again."})

    reason: dict[Language, Reason] = Field(min_length=1)
