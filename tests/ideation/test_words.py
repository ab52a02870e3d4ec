"""Words of ideas: their stems, what is similar, what is flagged, and how texts are shown."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from ideation.flags import EXPLAINED, burst_days, flags_for, text_flags
from ideation.models import Showing
from ideation.similar import similar_to
from ideation.terms import MOST, digest_of, drop_idea, index_idea, stems
from ideation.texts import TAGS, clean_line, clean_text, excerpt, render, without_markup
from tests.ideation.makers import make_campaign, make_idea


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("bicicletas eléctricas", "bicicleta electrica", "es"),
        ("Straßenbeleuchtungen", "STRASSENBELEUCHTUNG", "de"),
        ("night trains", "Night train", "en"),
        ("lampadaires", "lampadaire", "fr"),
        ("улични лампи", "уличните лампите", "bg"),
        ("pаrk", "park", "en"),
    ],
)
def test_forms_of_a_word_are_one(one, other, language):
    assert set(stems(one, language)) & set(stems(other, language))


@given(st.text(max_size=500), st.sampled_from(["en", "de", "mt", "xx", "el", "zh-Hans"]))
def test_any_text_has_stems(text, language):
    found = stems(text, language)
    assert len(found) == len(set(found)) <= MOST
    assert all(0 < len(term) <= 40 for term in found)


@pytest.mark.parametrize("other", ["solar roofs", "Solar  Roofs.", "SOLÁR ROOFS", "“Solar roofs”"])
def test_texts_that_say_the_same_have_one_digest(other):
    assert digest_of(other) == digest_of("Solar roofs")
    assert digest_of(f"{other} 2") != digest_of("Solar roofs")


@pytest.fixture
def known(app: Flask, campaign):
    titles = ("Solar roofs on schools", "Night trains to Berlin", "Switch off street lights at night", "More trees")
    ideas = {title: make_idea(campaign, title, text=f"{title}, please.") for title in titles}
    for idea in ideas.values():
        index_idea(idea)
    return ideas


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Solar panels for every school roof", "Solar roofs on schools"),
        ("street light off", "Switch off street lights at night"),
        ("TREES", "More trees"),
    ],
)
def test_similar_ideas_are_found_while_typing(campaign, known, typed, found):
    assert similar_to(campaign, typed, "", "en")[0].idea.title == found


@pytest.mark.parametrize("typed", ["", "   ", "Free swimming lessons", "?!", "x" * 5000])
def test_what_is_new_is_like_nothing(campaign, known, typed):
    assert similar_to(campaign, typed, "", "en") == []


def test_an_idea_is_not_similar_to_itself(campaign, known):
    solar = known["Solar roofs on schools"]
    assert similar_to(campaign, solar.title, solar.text, "en", without=solar.id) == []


@pytest.mark.parametrize("showing", [Showing.HELD, Showing.HIDDEN, Showing.WITHDRAWN])
def test_what_is_not_shown_is_not_offered(campaign, known, showing):
    known["More trees"].showing = showing
    assert similar_to(campaign, "More trees", "", "en") == []


def test_other_campaigns_are_not_looked_at(city, campaign, known):
    assert similar_to(make_campaign(city), "More trees", "", "en") == []


def test_what_left_the_index_is_not_found(campaign, known):
    drop_idea(known["More trees"])
    assert similar_to(campaign, "More trees", "", "en") == []


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Advanced SSRF Test 3 - 1741432178", "probe"),
        ("<script>alert(1)</script>", "probe"),
        ('<b hx-get="/x">', "probe"),
        ("${jndi:ldap://x}", "probe"),
        ("http://169.254.169.254/latest", "probe"),
        ("https://a.example https://b.example www.c.example", "links"),
        ("WE WANT MORE BUSES IN OUR STREET", "shouted"),
        ("Vote for the mаyor", "mixed_alphabets"),
    ],
)
def test_signs_are_flagged(text, flag):
    assert flag in text_flags("Idea", text)


@pytest.mark.parametrize(
    "text", ["A test of new lamps for 3 months.", "Lampen für die Straße, ab 22 Uhr.", "Δέντρα στην πόλη"]
)
def test_ordinary_texts_have_no_flag(text):
    assert text_flags("An idea", text) == []


def test_what_was_said_before_is_flagged(app, campaign):
    idea = make_idea(campaign, "More trees", text="Everywhere")
    idea.title_digest, idea.text_digest = digest_of(idea.title), digest_of(idea.text)
    assert flags_for(campaign, "more trees!", "everywhere") == ["repeated_title", "repeated_text"]
    assert flags_for(campaign, "more trees!", "", without=idea.id) == ["no_text"]


def test_every_flag_explains_itself(app):
    with app.test_request_context():
        assert all(str(words()).endswith(".") for words in EXPLAINED.values())


def test_a_day_like_others_is_no_burst():
    assert burst_days([]) == set()
    assert burst_days(range(100)) == set()
    assert burst_days([*range(50), *[7] * 200]) == {7}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**Trees** and *lamps*", "<p><strong>Trees</strong> and <em>lamps</em></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("# Loud", "<p># Loud</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("![x](https://evil.example/x.png)", "evil.example/x.png"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](https://a.example)", 'rel="nofollow ugc noopener noreferrer"'),
    ],
)
def test_texts_are_shown_safely(typed, shown):
    made = render(typed)
    assert shown in made
    assert "<img" not in made
    assert "<script" not in made


@given(st.text(max_size=300))
def test_no_text_makes_other_tags(text):
    found = BeautifulSoup(render(clean_text(text)), "html.parser").find_all(True)
    assert {tag.name for tag in found} <= TAGS
    assert {name for tag in found for name in tag.attrs} <= {"href", "rel"}


@pytest.mark.parametrize("text", ["\u202egnp.exe", "a\u2066b\u2069", "\u200ename"])
def test_signs_that_turn_the_text_are_taken_out(text):
    assert not set(clean_line(text)) & {"\u202e", "\u2066", "\u2069", "\u200e"}


def test_lines_stay_where_they_may():
    assert clean_text(" a\r\n\r\n\r\n\r\nb\x00 ") == "a\n\nb"
    assert clean_line("a\nb\t c") == "a b c"
    assert without_markup("<p>One</p><p>Two<br>three</p>") == "One\n\nTwo\nthree"
    assert excerpt("one two three", 8) == "one two …"
