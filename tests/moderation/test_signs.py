"""What rules and the finder of personal data see in texts, and what they let pass."""

import pytest

from citizen.moderation.differences import difference
from citizen.moderation.personal_data import find
from citizen.moderation.signs import text_signs


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Write to ana.k+x@mail.example.org.", "mail", "ana.k+x@mail.example.org"),
        ("ana (at) example (dot) org", "mail", "ana (at) example (dot) org"),
        ("Call 0221 / 123 45 67 now", "phone", "0221 / 123 45 67"),
        ("Call +49 (0)221 1234567.", "phone", "+49 (0)221 1234567"),
        ("Pay to DE89 3704 0044 0532 0130 00, please", "account", "DE89 3704 0044 0532 0130 00"),
        ("The white van K-AB 1234 parks here", "plate", "K-AB 1234"),
        ("M XY 123 parks here", "plate", "M XY 123"),
        ("AB-123-CD stood there", "plate", "AB-123-CD"),
        ("Ask Mr Smith about it", "name", "Mr Smith"),
        ("Herr Dr. Müller-Lüdenscheidt sagt nein", "name", "Herr Dr. Müller-Lüdenscheidt"),
        ("Frau von der Tann wohnt dort", "name", "Frau von der Tann"),
    ],
)
def test_personal_data_are_found(text, kind, found):
    hits = find(text)
    assert [(hit.kind, hit.text) for hit in hits] == [(kind, found)]
    assert text[hits[0].start : hits[0].end] == found


@pytest.mark.parametrize(
    "text",
    [
        "On 01.02.2026 it began, and on 3/4/2025 it ended.",
        "Open 08.00–12.00 and 0.75 per litre",
        "It costs 1 250 000 euros, or 1.250.000 a year.",
        "Frau Bürgermeisterin, bitte handeln Sie. Mr Mayor, please act.",
        "A frau or a herr without a name",
        "Tram 16 and bus E12 stop here; the A1 and the B 55 are loud.",
        "DE89 3704 1044 1532 1130 01 has a wrong check digit",
        "We @ the park",
    ],
)
def test_other_texts_pass(text):
    assert find(text) == []


def rules_in(text, words=(), **values):
    return {hit.rule: hit.found for hit in text_signs(text, words, **({"most_links": 2} | values))}


def test_each_rule_says_what_it_found():
    assert rules_in("What a Dummkopf, an IDÍOT", ("idiot*", "dummkopf")) == {"words": "dummkopf, idiot"}
    assert rules_in("http://a.b http://c.d www.e.f") == {"links": "3"}
    assert rules_in("THE CITY MUST ACT AT ONCE") == {"capitals": ""}
    assert "repeats" in rules_in("Vote for me\n" * 4)
    assert "repeats" in rules_in("Noooooooooooo")
    assert rules_in("Write to a@b.example") == {"personal_data": "mail"}


def test_usual_texts_show_nothing():
    assert rules_in("We need more benches, see https://example.org. The NGO agrees.", ("idiot",)) == {}


def test_a_word_is_found_whole_and_a_star_stands_for_its_ending():
    assert rules_in("a classic assessment", ("ass",)) == {}
    assert "words" in rules_in("idiotisch", ("idiot*",))
    assert rules_in("idiotisch", ("idiot",)) == {}


def test_what_the_city_does_not_want_is_off():
    assert rules_in("THE CITY MUST ACT AT ONCE", off=["capitals"]) == {}


def test_a_difference_reads_as_the_new_text_with_the_old():
    parts = difference("The bridge is old.", "The bridge is very old!")
    assert "".join(part.text for part in parts if part.kind != "old") == "The bridge is very old!"
    assert "".join(part.text for part in parts if part.kind != "new") == "The bridge is old."
