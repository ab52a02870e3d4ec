"""Changing a poll in the console: its pictures, two editors at once, and the first answer."""

import io

from tests.makers import TRANSPORT, cast
from tests.polls.staffing import (
    CONSOLE,
    a_picture,
    console,
    errors_in,
    fields_in,
    fields_of,
    option,
    the_poll,
    write,
)


def test_an_option_s_picture_is_kept_with_its_words(editor):
    write(editor, publish="1", **option(0, "picture", a_picture()), **option(0, "picture_alt_en", "A red field"))
    first = the_poll().options[0]
    assert (first.picture_width, first.picture_height) == (40, 20)
    assert first.picture_alt == {"en": "A red field"}
    with editor.get(f"/media/{first.picture}") as picture:
        assert picture.status_code == 200


def test_a_picture_without_words_waits_until_they_are_written(editor):
    response = write(editor, publish="1", **option(0, "picture", a_picture()))
    assert response.status_code == 422
    assert any("Please describe the picture" in error for error in errors_in(response.text))
    again = fields_in(response.text) | option(0, "picture_alt_en", "A red field") | {"publish": "1"}
    assert editor.post(f"{CONSOLE}/new", data=again).status_code == 303
    assert the_poll().options[0].picture


def test_what_is_no_picture_is_refused(editor):
    response = write(editor, **option(0, "picture", (io.BytesIO(b"%PDF-1.7"), "plan.png")))
    assert response.status_code == 422
    assert errors_in(response.text) == ["This file is not a picture. Please use JPEG, PNG or WebP."]


def test_nobody_can_name_a_picture_that_we_did_not_keep(editor):
    write(editor, **option(0, "kept", '{"name": "../secret", "width": 1, "height": 1}'))
    assert the_poll().options[0].picture is None


def test_a_picture_can_be_taken_away(editor):
    write(editor, **option(0, "picture", a_picture()), **option(0, "picture_alt_en", "A red field"))
    page = console(the_poll(), "/edit")
    editor.post(page, data=fields_of(editor, page) | option(0, "without_picture", "y"))
    assert the_poll().options[0].picture is None


def test_saving_unchanged_changes_nothing(editor):
    write(editor, title_de="Welche?", background_en="Because.", has_other="y", is_shuffled="y", publish="1")
    before = the_poll()
    old = (before.title, before.background, before.opens_at, before.closes_at, [o.id for o in before.options])
    page = console(before, "/edit")
    assert editor.post(page, data=fields_of(editor, page)).status_code == 303
    poll = the_poll()
    assert (poll.title, poll.background, poll.opens_at, poll.closes_at, [o.id for o in poll.options]) == old
    assert poll.edition == 2
    assert poll.has_other
    assert poll.is_shuffled


def test_options_keep_their_ids_when_they_move(editor):
    write(editor)
    ids = {row.label["en"]: row.id for row in the_poll().options}
    page = console(the_poll(), "/edit")
    moved = editor.post(page, data=fields_of(editor, page) | {"move_up": "2"})
    editor.post(page, data=fields_in(moved.text))
    assert [(row.label["en"], row.id) for row in the_poll().options] == [
        (label, ids[label]) for label in ("Tickets", "Maps", "Times")
    ]


def test_the_second_of_two_editors_overwrites_nothing_silently(editor):
    write(editor)
    page = console(the_poll(), "/edit")
    mine = fields_of(editor, page) | {"title_en": "Mine?"}
    theirs = fields_of(editor, page) | {"title_en": "Theirs?"}
    editor.post(page, data=theirs)
    response = editor.post(page, data=mine)
    assert response.status_code == 409
    assert errors_in(response.text) == ["Somebody else saved this poll while you were writing."]
    assert the_poll().title == {"en": "Theirs?"}
    assert fields_in(response.text)["title_en"] == "Mine?"


def test_the_second_editor_may_replace_the_other_text_knowingly(editor):
    write(editor)
    page = console(the_poll(), "/edit")
    mine = fields_of(editor, page) | {"title_en": "Mine?"}
    editor.post(page, data=fields_of(editor, page) | {"title_en": "Theirs?"})
    again = fields_in(editor.post(page, data=mine).text)
    assert editor.post(page, data=again).status_code == 303
    assert the_poll().title == {"en": "Mine?"}


def test_a_published_poll_can_be_changed_until_the_first_answer_but_not_its_address(editor):
    write(editor, publish="1")
    slug = the_poll().slug
    page = console(the_poll(), "/edit")
    editor.post(page, data=fields_of(editor, page) | {"title_en": "Which ones?", "slug": "elsewhere"})
    assert the_poll().title == {"en": "Which ones?"}
    assert the_poll().slug == slug


def test_a_published_poll_stays_whole(editor):
    write(editor, publish="1")
    page = console(the_poll(), "/edit")
    fields = fields_of(editor, page) | option(1, "label_en", "") | option(2, "label_en", "")
    assert editor.post(page, data=fields).status_code == 422
    assert len(the_poll().options) == 3


def test_after_the_first_answer_the_editor_says_that_nothing_can_change(editor, poll):
    cast(poll, "Tickets")
    page = editor.get(console(poll, "/edit")).text
    assert "The question and its options stay as they are" in page
    assert console(poll, "/correction") in page
    assert console(poll, "/copy") in page


def test_a_change_that_comes_after_the_first_answer_is_refused(editor, poll):
    fields = fields_of(editor, console(poll, "/edit")) | {"title_en": "Something else?"}
    cast(poll, "Tickets")
    response = editor.post(console(poll, "/edit"), data=fields)
    assert response.status_code == 409
    assert "People have answered already" in errors_in(response.text)[0]
    assert fields_in(response.text)["title_en"] == "Something else?"
    assert the_poll().title == {"en": TRANSPORT}
