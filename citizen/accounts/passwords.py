"""Passwords: how they are kept, and which ones we refuse. Length counts, composition does not."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.accounts.models import User
from citizen.core.db import db

MIN_LENGTH, MAX_LENGTH = 12, 200
SHORTEST_NAME = 4
"""Names shorter than this stand in many good passwords by chance."""

SHORTEST_PART = 8
"""What is shorter makes no good password, however often it is repeated."""

COMMON = Path(__file__).with_name("common_passwords.txt")
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
PADDING = "0123456789!?.,;:-_+*#$%&/()=@ "

hasher = PasswordHasher()


def problem_with(password: str, *, own_words: Iterable[str] = ()) -> str | None:
    """Why this password will not do, as a sentence; None where it will.

    `own_words` are what an attacker tries first: the mail address, the person's name, the city.
    """
    if len(password) < MIN_LENGTH:
        return _(
            "Please choose at least %(n)s characters. Several words in a row are easy to remember.",
            n=MIN_LENGTH,
        )
    if len(password) > MAX_LENGTH:
        return _("Please choose at most %(n)s characters.", n=MAX_LENGTH)
    if is_common(password):
        return _("Many people use a password like this one, so it is easy to guess. Please choose another one.")
    if _holds_one_of(own_words, password):
        return _("Please choose a password without your email address, your name or the name of your city.")
    return None


def is_common(password: str) -> bool:
    """True for the commonest passwords, with capitals, lookalikes and numbers too, and for repetitions."""
    plain = password.casefold()
    shapes = {_once(shape) for form in (plain, plain.translate(LOOKALIKES)) for shape in (form, form.strip(PADDING))}
    return len(_once(plain)) < SHORTEST_PART or _is_run(plain) or not shapes.isdisjoint(common_words())


def _once(text: str) -> str:
    """The part that a text repeats from beginning to end, or the text itself."""
    return re.sub(r"^(.+?)\1+$", r"\1", text)


def _is_run(text: str) -> bool:
    """Nearly all characters follow from the one before: 123456789012, aaaabbbbcccc, abcdefghijkl."""
    steps = [ord(second) - ord(first) for first, second in pairwise(text)]
    return sum(abs(step) <= 1 for step in steps) >= len(steps) - 2


@cache
def common_words() -> frozenset[str]:
    """What stands in the list beside this file, which says where it comes from."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _holds_one_of(words: Iterable[str], password: str) -> bool:
    plain = password.casefold()
    parts = {part for word in words for part in (word.casefold(), word.casefold().split("@")[0])}
    return any(len(part) >= SHORTEST_NAME and part in plain for part in parts)


def hashed(password: str) -> str:
    return hasher.hash(_same_signs(password))


def person_by_password(email: str, password: str) -> User | None:
    """Whoever has this mail address and this password. Takes as long where there is no such person.

    The check takes long on purpose, so no transaction is held open meanwhile: others can write.
    """
    found = db.session.execute(select(User.id, User.password_hash).filter_by(email=email)).first()
    db.session.rollback()
    if not is_right(found.password_hash if found else None, password) or found is None:
        return None
    return db.session.get(User, found.id)


def is_right(kept: str | None, password: str) -> bool:
    """Whether the hash is of this password. Without a hash it never is, after the same time."""
    try:
        hasher.verify(kept or _nobodys_hash(), _same_signs(password[:MAX_LENGTH]))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def renew_hash(person: User, password: str) -> None:
    """Hash a right password anew where argon2's recommended parameters have grown since."""
    if person.password_hash and hasher.check_needs_rehash(person.password_hash):
        person.password_hash = hashed(password)


@cache
def _nobodys_hash() -> str:
    return hashed("a password that nobody has")


def _same_signs(password: str) -> str:
    """Keyboards write the same letter in different ways; NFKC makes them one (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
