"""Which passwords we refuse, and which ones are fine."""

import pytest

from citizen.accounts.passwords import MAX_LENGTH, MIN_LENGTH, common_words, hashed, is_common, is_right, problem_with

COMMON = [
    "password1234",
    "Password2026!",
    "P@ssw0rd!!2024",
    "passwordpassword",
    "Sommer2024!!",
    "qwertyuiop12",
    "letmein!!!!!!",
    "123456789012",
    "abcdefghijkl",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "11223344556677",
    "administrator1",
]
GOOD = [
    "seven green lamps sing",
    "grün-stuhl-regen-hut",
    "kfm3-7dqp-x2tn-wr8h",
    "48203957ab19",
    "dkf93ksl2mqp",
    "ключ под ковриком",
]


BOUNDS = [(MIN_LENGTH - 1, False), (MIN_LENGTH, True), (MAX_LENGTH, True), (MAX_LENGTH + 1, False)]


@pytest.mark.parametrize("password", COMMON)
def test_common_ones_are_refused(password):
    assert is_common(password)


@pytest.mark.parametrize("password", GOOD)
def test_good_ones_are_fine_without_any_rule_on_signs(app, password):
    assert problem_with(password, own_words=["bruno@example.org", "Riverton"]) is None


@pytest.mark.parametrize(
    "password", ["bruno likes trees", "my RIVERTON is green", "brunobrunobruno", "riverton-2026-now"]
)
def test_what_an_attacker_tries_first_is_refused(app, password):
    assert problem_with(password, own_words=["bruno@example.org", "Riverton"]) is not None


def test_short_names_do_not_spoil_good_passwords(app):
    assert problem_with("seven green lamps sing", own_words=["eve@example.org", "Ee"]) is None


@pytest.mark.parametrize(("length", "fits"), BOUNDS)
def test_length_counts(app, length, fits):
    password = ("correct horse battery staple nine " * 9)[:length]
    assert (problem_with(password) is None) == fits


def test_the_list_is_long_and_says_where_it_comes_from():
    assert len(common_words()) > 4000
    assert not any(word.startswith("#") or word != word.casefold() for word in common_words())


def test_one_letter_written_in_two_ways_is_one_letter():
    assert is_right(hashed("caf\u00e9 am Marktplatz"), "cafe\u0301 am Marktplatz")


def test_a_hash_is_argon2id_and_of_this_password_only():
    kept = hashed("seven green lamps sing")
    assert kept.startswith("$argon2id$")
    assert not is_right(kept, "seven green lamps sang")
    assert not is_right(None, "a password that nobody has")
    assert not is_right("not a hash", "seven green lamps sing")
