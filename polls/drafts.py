"""What staff write down before there is a poll: checked values, whether they come from a page or a program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from citizen.core import clock
from citizen.core.faults import Fault, Path
from citizen.core.i18n import own_name
from citizen.core.media import Picture
from citizen.core.slugs import LONGEST
from citizen.core.texts import is_plain, is_slug
from citizen.participation.models import Assurance, ResultsRule
from polls.models import MAX_OPTIONS, MAX_SCALE, Poll, PollForm, PollOption

LENGTHS = {
    "title": 300,
    "background": 5000,
    "scale_low": 80,
    "scale_high": 80,
    "label": 200,
    "picture_alt": 300,
}
"""The longest text of each part, in characters."""

LEVELS = (Assurance.OPEN, Assurance.DEVICE, Assurance.CONTACT)
"""The levels that a poll may ask for."""


@dataclass(frozen=True)
class OptionDraft:
    """An answer to be offered. An id that the poll knows already keeps it, and a picture with it."""

    label: Mapping[str, str]
    id: str | None = None
    picture: Picture | None = None
    picture_alt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PollDraft:
    """All that staff decide about a poll. Texts are by language code; an empty `slug` is made from the question."""

    title: Mapping[str, str]
    form: PollForm
    opens_at: datetime
    closes_at: datetime
    options: tuple[OptionDraft, ...] = ()
    slug: str = ""
    background: Mapping[str, str] = field(default_factory=dict)
    choose_max: int = 1
    scale_points: int = 5
    scale_low: Mapping[str, str] = field(default_factory=dict)
    scale_high: Mapping[str, str] = field(default_factory=dict)
    is_shuffled: bool = False
    has_other: bool = False
    results: ResultsRule = ResultsRule.ALWAYS
    assurance: Assurance = Assurance.DEVICE


def draft_of(poll: Poll) -> PollDraft:
    """The poll as the draft that would make it."""
    return PollDraft(
        title=poll.title,
        form=PollForm(poll.form),
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        options=tuple(_option_draft(option) for option in poll.options),
        slug=poll.slug,
        background=poll.background,
        choose_max=poll.choose_max,
        scale_points=poll.scale_points,
        scale_low=poll.scale_low,
        scale_high=poll.scale_high,
        is_shuffled=poll.is_shuffled,
        has_other=poll.has_other,
        results=ResultsRule(poll.results),
        assurance=Assurance(poll.assurance),
    )


def _option_draft(option: PollOption) -> OptionDraft:
    picture = None
    if option.picture:
        picture = Picture(option.picture, option.picture_width or 0, option.picture_height or 0)
    return OptionDraft(option.label, option.id, picture, option.picture_alt)


def faults(draft: PollDraft, languages: list[str]) -> Iterator[Fault]:
    """What not even a draft may have. `languages` are the city's, the first one leading."""
    if not draft.title.get(languages[0]):
        yield Fault(("title", languages[0]), _("Please write the question."))
    for path, texts in _all_texts(draft):
        yield from _text_faults(path, texts, languages)
    if draft.slug and (not is_slug(draft.slug) or len(draft.slug) > LONGEST or draft.slug == "new"):
        yield Fault(("slug",), _("Please use small letters from a to z, numbers and hyphens for the short name."))
    yield from _number_faults(draft)
    if draft.assurance not in LEVELS:
        yield Fault(("assurance",), _("A poll cannot check who answers as closely as this."))
    if draft.closes_at <= draft.opens_at:
        yield Fault(("closes_at",), _("Please choose a closing time after the opening time."))


def _number_faults(draft: PollDraft) -> Iterator[Fault]:
    if len(draft.options) > MAX_OPTIONS:
        yield Fault(("options",), _("Please offer at most %(most)s options.", most=MAX_OPTIONS))
    if draft.form.has_number and not 1 <= draft.choose_max <= MAX_OPTIONS:
        yield Fault(("choose_max",), _("Please choose a number from 1 to %(most)s.", most=MAX_OPTIONS))
    if draft.form is PollForm.SCALE and not 2 <= draft.scale_points <= MAX_SCALE:
        yield Fault(("scale_points",), _("Please choose a number from 2 to %(most)s.", most=MAX_SCALE))


def gaps(draft: PollDraft, languages: list[str]) -> Iterator[Fault]:
    """What is still missing before the public can answer."""
    yield from faults(draft, languages)
    if draft.closes_at <= clock.now():
        yield Fault(("closes_at",), _("Please choose a closing time in the future."))
    if draft.form.has_options:
        yield from _option_gaps(draft, languages[0])
    if draft.form.has_number:
        yield from _number_gaps(draft)
    if draft.form is PollForm.SCALE:
        yield from _scale_gaps(draft, languages[0])


def _option_gaps(draft: PollDraft, first: str) -> Iterator[Fault]:
    if len(draft.options) < 2:
        yield Fault(("options",), _("Please offer at least two options."))
    seen: set[str] = set()
    for index, option in enumerate(draft.options):
        label = option.label.get(first, "").casefold()
        if not label:
            yield Fault(("options", index, "label", first), _("Please write this option."))
        elif label in seen:
            yield Fault(("options", index, "label", first), _("This option is there already."))
        seen.add(label)
        if option.picture and not option.picture_alt.get(first):
            text = _("Please describe the picture, for people who cannot see it.")
            yield Fault(("options", index, "picture_alt", first), text)


def _number_gaps(draft: PollDraft) -> Iterator[Fault]:
    most = len(draft.options) + draft.has_other
    if most >= 2 and not 2 <= draft.choose_max <= most:
        yield Fault(("choose_max",), _("Please choose a number from 2 to %(most)s.", most=most))


def _scale_gaps(draft: PollDraft, first: str) -> Iterator[Fault]:
    if not draft.scale_low.get(first):
        yield Fault(("scale_low", first), _("Please say what the lowest number means."))
    if not draft.scale_high.get(first):
        yield Fault(("scale_high", first), _("Please say what the highest number means."))


def _all_texts(draft: PollDraft) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """The texts that this way of answering shows."""
    names = ("title", "background", *(("scale_low", "scale_high") if draft.form is PollForm.SCALE else ()))
    yield from (((name,), getattr(draft, name)) for name in names)
    for index, option in enumerate(draft.options if draft.form.has_options else ()):
        yield ("options", index, "label"), option.label
        yield ("options", index, "picture_alt"), option.picture_alt


def _text_faults(path: Path, texts: Mapping[str, str], languages: list[str]) -> Iterator[Fault]:
    most = LENGTHS[str(path[-1])]
    for code, text in texts.items():
        if code not in languages:
            yield Fault((*path, code), _("The city has no texts in the language “%(code)s”.", code=code))
        if len(text) > most:
            yield Fault((*path, code), _("Please write at most %(most)s characters.", most=most))
        if not is_plain(text, lines=path[-1] == "background"):
            yield Fault((*path, code), _("Please write without invisible special characters."))


def missing_translations(draft: PollDraft, languages: list[str]) -> list[str]:
    """Own names of the city's languages in which some text of the draft is missing."""
    texts = [texts for _path, texts in _all_texts(draft) if any(texts.values())]
    return [own_name(code) for code in languages if any(not part.get(code) for part in texts)]
