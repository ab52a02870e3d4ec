"""The language of a request, texts that staff wrote in several languages, and how moments are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale, gettext
from markupsafe import Markup, escape

from citizen.core import clock

babel = Babel()

WRITTEN = ("en", "de")
"""The languages that Plaza's own texts are complete in."""

OFFICIAL = tuple("bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split())
"""The 24 official languages of the European Union, which a city may choose from."""

NEIGHBOURS = tuple("ar ca eu gl he is nb no ru sq sr tr uk".split())
CITY_LANGUAGES = tuple(sorted((*OFFICIAL, *NEIGHBOURS)))


@dataclass(frozen=True)
class Text:
    """A text in the language that was asked for, or in the next best one, which `is_fallback` then says."""

    value: str
    lang: str
    is_fallback: bool

    def __html__(self) -> str:
        if not self.is_fallback:
            return str(escape(self.value))
        direction = direction_of(self.lang)
        return Markup('<span lang="{}" dir="{}">{}</span>').format(self.lang, direction, self.value)

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)


def text_in(texts: Mapping[str, str] | None, lang: str, others: Iterable[str] = ()) -> Text:
    """The text in `lang`, else in the first of `others` that has one, else in any."""
    texts = texts or {}
    for code in (lang, *others, *texts):
        if texts.get(code):
            return Text(texts[code], code, code != lang)
    return Text("", lang, False)


def init_app(app: Flask) -> None:
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.root_path) + "/translations")
    babel.init_app(app, locale_selector=choose_language, timezone_selector=choose_zone)
    app.add_template_filter(localized, "text")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(day, "day")
    app.add_template_filter(until, "until")
    app.add_template_filter(age, "age")
    app.add_template_filter(brief, "brief")
    app.add_template_filter(number, "number")
    app.context_processor(template_names)
    app.url_defaults(keep_language)


def spoken_here() -> Sequence[str]:
    """The languages offered on this page: the city's, or those that Plaza is written in."""
    city = g.get("city")
    return city.languages if city is not None else WRITTEN


def choose_language() -> str:
    """`?lang=` where it names one of the city's languages, else the browser's wish, else the city's first."""
    if not has_request_context():
        return str(g.get("language", "en"))
    asked = request.args.get("lang")
    if asked in spoken_here():
        return str(asked)
    account = g.get("account_language")
    if account in spoken_here():
        return str(account)
    return preferred(request.headers.get("Accept-Language", ""), tuple(spoken_here()))


@lru_cache(maxsize=2048)
def preferred(header: str, offered: tuple[str, ...]) -> str:
    """The offered language that fits an Accept-Language header best; the first where none does."""
    ranges = []
    for part in header[:400].split(","):
        code, _, quality = part.partition(";q=")
        try:
            ranges.append((-float(quality or 1), code.strip().replace("-", "_")))
        except ValueError:
            continue
    wishes = [code for _, code in sorted(ranges, key=lambda wish: wish[0])]
    found = negotiate_locale(wishes, list(offered), sep="_")
    return found or next((code.split("_")[0] for code in wishes if code.split("_")[0] in offered), offered[0])


def choose_zone() -> str:
    city = g.get("city")
    return city.time_zone if city is not None else "UTC"


def current_language() -> str:
    locale = get_locale()
    return locale.language if locale else "en"


def localized(texts: Mapping[str, str] | None) -> Text:
    """Template filter: staff's texts in the reader's language, falling back through the city's languages."""
    return text_in(texts, current_language(), spoken_here())


@lru_cache(maxsize=64)
def direction_of(lang: str) -> str:
    return Locale.parse(lang).text_direction


@lru_cache(maxsize=64)
def own_name(lang: str) -> str:
    """The language's name in that language, as its speakers look for it."""
    return (Locale.parse(lang).get_display_name(lang) or lang).capitalize()


def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """A language chosen in the address stays in every link of the page: no cookie is needed to remember it."""
    if has_request_context() and endpoint != "static" and request.args.get("lang") in spoken_here():
        values.setdefault("lang", request.args["lang"])


def language_links() -> list[tuple[str, str, str, bool]]:
    """For the language menu: code, own name, address of this page in it, whether it is the current one."""
    if not request.endpoint:
        return []
    current = current_language()
    kept = {name: value for name, value in request.args.items() if name != "lang"}
    return [
        (code, own_name(code), f"{request.path}?{urlencode({**kept, 'lang': code})}", code == current)
        for code in spoken_here()
    ]


def template_names() -> dict[str, Any]:
    lang = current_language()
    return {"lang": lang, "direction": direction_of(lang), "language_links": language_links}


def moment(value: datetime) -> str:
    """Weekday, date and time in the city's zone, with the zone's short name."""
    there = value.astimezone(ZoneInfo(choose_zone()))
    time = format_time(there, "short", tzinfo=there.tzinfo, locale=_locale())
    return f"{day(value)}, {time} {_zone_name(there)}"


def brief(value: datetime) -> str:
    """Date and time in the city's zone, as a table has room for."""
    zone = ZoneInfo(choose_zone())
    return str(format_datetime(value, "short", tzinfo=zone, locale=_locale()))


def day(value: datetime) -> str:
    """Weekday and date in the city's zone."""
    return str(format_date(value.astimezone(ZoneInfo(choose_zone())), "full", locale=_locale()))


def short_day(value: date) -> str:
    """Weekday and date, as a row or the axis of a curve has room for."""
    return str(format_skeleton("yMMMEd", value, locale=_locale()))


def long_day(value: date) -> str:
    """The date with its month in words, as a sentence has room for."""
    return str(format_date(value, "long", locale=_locale()))


def until(value: datetime) -> str:
    """How long from now, in words: days as long as there are two of them, then hours or minutes."""
    left = value - clock.now()
    if left.days >= 2:
        return str(format_unit(left.days, "duration-day", locale=_locale()))
    return str(format_timedelta(left, locale=_locale(), threshold=2))


def age(value: datetime) -> str:
    """How long ago, in words, in the largest unit that fits."""
    return str(format_timedelta(clock.now() - value, locale=_locale(), threshold=1.2))


def _locale() -> Locale:
    """The locale that dates are written in. English is Europe's here: the day before the month, 24 hours."""
    locale = get_locale() or Locale("en")
    return Locale("en", "GB") if locale.language == "en" else locale


def _zone_name(value: datetime) -> str:
    """The name that the language has for the zone ("MEZ"), else the common one ("CET")."""
    name = str(format_datetime(value, "z", tzinfo=value.tzinfo, locale=_locale()))
    return name if name.isalpha() else value.tzname() or "UTC"


def quoted(text: object) -> str:
    """In the quotation marks of the language."""
    return str(gettext("“%(text)s”", text=text))


def number(value: float) -> str:
    return str(format_decimal(value, locale=_locale()))
