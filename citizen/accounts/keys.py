"""Keys that we give out by mail or to programs: random, shown once, kept as a hash."""

import hashlib
import secrets

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for each other on paper."""


def new_key() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def readable_key(*, groups: int = 4, size: int = 4) -> str:
    """A random key for people to type: `xxxx-xxxx-xxxx-xxxx`, nearly five bits a letter."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(size)) for _ in range(groups))


def digest(key: str) -> bytes:
    """What we keep of a key. It is too random to be guessed, so a plain hash hides it."""
    return hashlib.sha256(key.encode()).digest()
