"""Pages in the words of a screen reader."""

import pytest

from surveys.editing.spoken import lines_of


def spoken(html: str) -> list[str]:
    return ["  " * line.depth + line.text for line in lines_of(html)]


def test_a_group_of_radio_buttons(app):
    html = """
    <h1>Travel</h1>
    <fieldset><legend><h2>How?</h2></legend><p class="hint">Think of last week.</p>
      <label><input type="radio" name="q" checked>Bus</label><label><input type="radio" name="q">Car</label>
      <input type="hidden" name="x">
    </fieldset>"""
    assert spoken(html) == [
        "Heading, level 1: Travel",
        "Group: How?",
        "  Heading, level 2: How?",
        "  Think of last week.",
        "  Radio button, Bus, chosen, 1 of 2",
        "  Radio button, Car, not chosen, 2 of 2",
    ]


def test_two_groups_of_radio_buttons_are_counted_apart(app):
    html = '<label><input type="radio" name="a">A</label><label><input type="radio" name="b">B</label>'
    assert spoken(html) == ["Radio button, A, not chosen, 1 of 1", "Radio button, B, not chosen, 1 of 1"]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ('<label for="a">Age</label><input id="a" value="41">', "Text field, Age, 41"),
        (
            '<label for="a">Age</label><input id="a" required aria-invalid="true">',
            "Text field, Age, empty, must be answered, wrong",
        ),
        ('<p id="h">In years.</p><input aria-label="Age" aria-describedby="h">', "Text field, Age, empty, In years."),
        ("<label>Why?<textarea>Rain</textarea></label>", "Text field with several lines, Why? Rain, Rain"),
        (
            '<label for="s">Where</label><select id="s"><option>–<option selected>North</select>',
            "List to choose from, Where, North, 2 entries",
        ),
        ('<label><input type="checkbox" checked>Yes</label>', "Checkbox, Yes, ticked"),
        ('<button disabled><svg aria-hidden="true"></svg>Send</button>', "Button, Send, cannot be used now"),
        ('<a href="/"><img alt="Riverton"></a>', "Link, Riverton"),
        ("<p>A <strong>bold</strong> word</p>", "A bold word"),
        (
            '<label><input type="radio">5<span class="hidden">: good</span></label>',
            "Radio button, 5: good, not chosen, 1 of 1",
        ),
        ("<button>One<br>two<p>three</p></button>", "Button, One two three"),
        ('<img src="a" alt="A tram">', "Picture: A tram"),
        ("<details><summary>More</summary></details>", "Button to unfold, More"),
        ('<span id="r">Quick</span><div role="radiogroup" aria-labelledby="r"></div>', "Group: Quick"),
    ],
)
def test_what_each_thing_is_called(app, html, line):
    assert line in spoken(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>No</p>",
        '<p aria-hidden="true">No</p>',
        "<template><p>No</p></template>",
        '<img src="a" alt="">',
        "<script>no()</script>",
        '<div class="field other-text"><input></div>',
        "<!-- no -->",
    ],
)
def test_what_nobody_hears(app, html):
    assert spoken(html) == []


def test_a_list_says_how_many_entries_it_has(app):
    assert spoken("<ul><li>One</li><li>Two</li><li hidden>Three</li></ul>") == ["List with 2 entries", "  One", "  Two"]


def test_markup_that_is_not_closed_is_read_all_the_same(app):
    assert spoken("<p>One<p>Two</div><b>Three") == ["One", "Two Three"]
