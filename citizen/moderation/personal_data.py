"""Finds what says who somebody is: mail addresses, phone numbers, accounts, number plates, names after "Mr".

Pure functions on a text. They point out and change nothing: the author sees it before sending, the moderator after.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    MAIL = "mail"
    PHONE = "phone"
    ACCOUNT = "account"
    PLATE = "plate"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """A part of the text: what it is, how it reads, and where it begins and ends."""

    kind: Kind
    text: str
    start: int
    end: int


AT, DOT = r"(?:@|\s?[(\[]\s?at\s?[)\]]\s?)", r"(?:\.|\s?[(\[]\s?dot\s?[)\]]\s?)"
MAIL = re.compile(rf"[\w.+-]{{1,64}}{AT}[\w-]{{1,63}}(?:{DOT}[\w-]{{2,63}}){{1,4}}", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.,])(?:\+|\(0|0)[\d ()/.–-]{5,22}\d(?!\w)")
NOT_A_PHONE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[.]\d{2} ?[–-] ?\d{1,2}[.]\d{2}|0[.,]\d+")
FEWEST_DIGITS, MOST_DIGITS = 7, 15
ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
PLATE = re.compile(
    r"(?<![\w-])(?:[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2}[ -]?\d{1,4}[EH]?|[A-ZÄÖÜ]{1,3} [A-Z]{2} ?\d{2,4}[EH]?"
    r"|[A-Z]{2}-\d{3}-[A-Z]{2}|\d{1,2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{1,2}-\d{2,3}-[A-Z]{1,2})(?![\w-])"
)
ADDRESSED = (
    "Mr Mrs Ms Miss Herr Herrn Frau Monsieur Madame Mme Mlle Señor Señora Sr Sra Signor Signora Sig Dhr Mevr Meneer "
    "Mevrouw Pan Pani Pán Paní Herra Rouva Fru Gospod Gospa Domnul Doamna Kyrios Kyria Г-н Г-жа Κύριος Κυρία"
).split()
NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(ADDRESSED)})\.? (?:(?:Dr|Prof|Ing|Dipl)\.? ?){{0,3}}(?:(?:von|van|de|zu|der|di) ){{0,2}}"
    r"(?P<name>[^\W\d_a-z][\w'’-]+)"
)
OFFICES = re.compile(
    r"(?:ober)?(?:bürgermeister|bundeskanzler|kanzler|minister|präsident|stadtrat|stadträt|landrat|landrät|dezernent)"
    r"(?:in)?|mayor|president|minister|chancellor|council\w*|maire|ministre|alcalde|alcaldesa|sindaco|burgemeester",
    re.IGNORECASE,
)
"""Whoever holds an office is spoken to by it: that names no private person."""


def find(text: str) -> list[Found]:
    """Everything that was found, in the order of the text; what lies within something else is left out."""
    found = sorted((hit for look in LOOKS for hit in look(text)), key=lambda hit: (hit.start, -hit.end))
    outer: list[Found] = []
    for hit in found:
        if not outer or hit.start >= outer[-1].end:
            outer.append(hit)
    return outer


def _mails(text: str) -> Iterator[Found]:
    yield from _matches(Kind.MAIL, MAIL, text)


def _phones(text: str) -> Iterator[Found]:
    for hit in _matches(Kind.PHONE, PHONE, text):
        digits = sum(sign.isdigit() for sign in hit.text)
        if FEWEST_DIGITS <= digits <= MOST_DIGITS and not NOT_A_PHONE.match(hit.text):
            yield hit


def _accounts(text: str) -> Iterator[Found]:
    yield from (hit for hit in _matches(Kind.ACCOUNT, ACCOUNT, text) if _is_iban(hit.text))


def _is_iban(text: str) -> bool:
    """ISO 13616: the rest of the number by 97 is 1 once its first four signs stand behind it."""
    signs = text.replace(" ", "")
    if not 15 <= len(signs) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


def _plates(text: str) -> Iterator[Found]:
    yield from _matches(Kind.PLATE, PLATE, text)


def _names(text: str) -> Iterator[Found]:
    for match in NAME.finditer(text):
        if not OFFICES.fullmatch(match["name"]):
            yield Found(Kind.NAME, match.group(), match.start(), match.end())


def _matches(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    yield from (Found(kind, match.group(), match.start(), match.end()) for match in pattern.finditer(text))


LOOKS: tuple[Callable[[str], Iterator[Found]], ...] = (_mails, _phones, _accounts, _plates, _names)
