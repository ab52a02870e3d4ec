"""Writing polls in the console."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import db
from polls.models import Poll
from tests.makers import TRANSPORT, make_city, make_poll, make_staff, post_form, sign_in
from tests.polls.staffing import (
    CONSOLE,
    console,
    errors_in,
    fields_in,
    fields_of,
    number_of_polls,
    option,
    the_poll,
    typed,
    verbs,
    write,
)


def test_a_draft_is_saved(editor):
    response = write(editor)
    poll = the_poll()
    assert response.status_code == 303
    assert response.location.endswith(console(poll))
    assert poll.state == "draft"
    assert [row.label for row in poll.options] == [{"en": "Tickets"}, {"en": "Times"}, {"en": "Maps"}]
    assert verbs() == ["created"]


def test_one_press_saves_and_publishes(editor):
    response = write(editor, publish="1")
    assert response.status_code == 303
    assert the_poll().is_open
    assert verbs() == ["created", "published"]
    assert editor.get(f"/riverton/polls/{the_poll().slug}").status_code == 200


def test_what_was_published_opens_when_it_was_published(editor):
    write(editor, publish="1", opens_at="2020-01-01T10:00")
    assert the_poll().opens_at == the_poll().published_at


def test_a_later_opening_makes_an_upcoming_poll(editor):
    write(editor, publish="1", opens_at="2098-12-01T10:00")
    assert the_poll().state == "upcoming"


def test_the_blank_form_can_be_sent_with_a_question_and_two_options(editor):
    fields = fields_of(editor, f"{CONSOLE}/new")
    fields |= {"title_en": "Tea or coffee?", **option(0, "label_en", "Tea"), **option(1, "label_en", "Coffee")}
    response = editor.post(f"{CONSOLE}/new", data=fields | {"publish": "1"})
    assert response.status_code == 303
    poll = the_poll()
    assert poll.is_open
    assert timedelta(days=13) < poll.closes_at - clock.now() < timedelta(days=15)


def test_each_language_is_kept_and_empty_ones_are_not(editor):
    write(editor, title_de="Welche?", **option(0, "label_de", "Karten"))
    poll = the_poll()
    assert poll.title == {"en": TRANSPORT, "de": "Welche?"}
    assert poll.options[0].label == {"en": "Tickets", "de": "Karten"}
    assert poll.options[1].label == {"en": "Times"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_en": ""}, "Please write the question."),
        ({"title_en": "x" * 301}, "Please write at most 300 characters."),
        ({"title_en": "Which\x00one?"}, "Please write without invisible special characters."),
        ({"closes_at": "2025-12-31T10:00"}, "Please choose a closing time after the opening time."),
        ({"opens_at": "soon"}, "Please choose a day and a time."),
        ({"opens_at": "0001-01-01T00:00"}, "Please choose a day and a time."),
        ({"opens_at": "2026-03-29T02:30"}, "This time does not exist"),
        ({"slug": "Not a slug"}, "Please use small letters"),
        ({"slug": "new"}, "Please use small letters"),
        ({"choose_max": "two"}, "Please write a whole number."),
        ({"choose_max": ""}, "Please fill this in."),
        ({f"options-{place}-label_en": f"Option {place}" for place in range(31)}, "at most 30 options"),
    ],
)
def test_what_even_a_draft_may_not_have(editor, changes, sentence):
    response = write(editor, **changes)
    assert response.status_code == 422
    assert any(sentence in error for error in errors_in(response.text))
    assert "<title>Error:" in response.text
    assert number_of_polls() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"options-1-label_en": "", "options-2-label_en": ""}, "Please offer at least two options."),
        ({"options-2-label_en": "tickets"}, "This option is there already."),
        ({"options-2-label_en": "", "options-2-label_de": "Karten"}, "Please write this option."),
        ({"choose_max": "4"}, "Please choose a number from 2 to 3."),
        ({"choose_max": "1"}, "Please choose a number from 2 to 3."),
        ({"kind": "scale", "scale_high_en": "very"}, "Please say what the lowest number means."),
        ({"kind": "scale", "scale_low_en": "not", "scale_high_en": "very", "scale_points": "12"}, "from 2 to 11"),
        ({"closes_at": "2026-01-02T10:00"}, "Please choose a closing time in the future."),
        ({"title_en": ""}, "Please write the question."),
    ],
)
def test_what_the_public_may_not_get(editor, changes, sentence):
    response = write(editor, publish="1", **changes)
    assert response.status_code == 422
    assert any(sentence in error for error in errors_in(response.text))
    assert number_of_polls() == 0


def test_a_draft_may_be_unfinished(editor):
    write(editor, **{"options-1-label_en": "", "options-2-label_en": ""})
    assert len(the_poll().options) == 1


def test_everything_typed_is_still_there(editor):
    changes = {"title_en": "", "title_de": "Welche zwei?", "background_de": "Zwei\nZeilen", "choose_max": "7"}
    response = write(editor, **changes, has_other="y", results="after_close", assurance="2")
    expected = typed(**changes) | {"results": "after_close", "assurance": "2", "has_other": "y"}
    shown = fields_in(response.text)
    assert {name: shown.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("single", {}),
        ("rank", {}),
        ("yes_no", {}),
        ("scale", {"scale_points": "7", "scale_low_en": "not at all", "scale_high_en": "very much"}),
    ],
)
def test_every_way_of_answering_can_be_published(editor, kind, changes):
    write(editor, publish="1", kind=kind, **changes)
    poll = the_poll()
    assert poll.is_open
    assert poll.form == kind
    assert bool(poll.options) == (kind in {"single", "rank"})
    assert editor.get(f"/riverton/polls/{poll.slug}").status_code == 200


def test_what_a_hidden_field_holds_does_not_matter(editor):
    write(editor, kind="yes_no", choose_max="many", scale_points="99", publish="1")
    assert the_poll().is_open


def test_moments_are_read_in_the_city_s_time(editor):
    write(editor, opens_at="2026-01-15T09:00", closes_at="2026-07-15T09:00")
    poll = the_poll()
    assert poll.opens_at == datetime(2026, 1, 15, 8, tzinfo=UTC)
    assert poll.closes_at == datetime(2026, 7, 15, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("act", "labels"),
    [
        ({"add_option": "1"}, ["Tickets", "Times", "Maps", ""]),
        ({"remove_option": "0"}, ["Times", "Maps"]),
        ({"move_up": "2"}, ["Tickets", "Maps", "Times"]),
        ({"move_down": "0"}, ["Times", "Tickets", "Maps"]),
        ({"move_up": "0"}, ["Tickets", "Times", "Maps"]),
        ({"remove_option": "9"}, ["Tickets", "Times", "Maps"]),
        ({"remove_option": "x"}, ["Tickets", "Times", "Maps"]),
    ],
)
def test_rows_change_without_javascript_and_nothing_is_saved(editor, act, labels):
    response = write(editor, **act, title_de="Welche?")
    shown = fields_in(response.text)
    assert response.status_code == 200
    assert [shown.get(f"options-{place}-label_en") for place in range(len(labels))] == labels
    assert f"options-{len(labels)}-label_en" not in shown
    assert shown["title_de"] == "Welche?"
    assert number_of_polls() == 0


def test_the_address_is_made_from_the_question(client):
    city = make_city(slug="ulm", name="Ulm", languages=["de"])
    ulla = sign_in(client, make_staff(city, Role.EDITOR))
    fields = typed(title_de="Wie müsste die Straße heißen?", **option(0, "label_de", "A"))
    post_form(ulla, "/ulm/staff/polls/new", fields)
    assert the_poll().slug == "wie-muesste-die-strasse-heissen"


def test_a_question_without_latin_letters_gets_an_address_too(client):
    city = make_city(slug="plovdiv", name="Plovdiv", languages=["bg"])
    boyan = sign_in(client, make_staff(city, Role.EDITOR))
    post_form(boyan, "/plovdiv/staff/polls/new", typed(title_bg="Кой парк?"))
    assert the_poll().slug.startswith("poll-")


def test_the_same_question_twice_gets_a_number(editor):
    write(editor, title_en="Which park?")
    write(editor, title_en="Which park?")
    assert set(db.session.scalars(select(Poll.slug))) == {"which-park", "which-park-2"}


def test_two_cities_may_use_the_same_address(editor, other_city):
    make_poll(other_city, slug="which-park")
    write(editor, title_en="Which park?")
    assert db.session.scalars(select(Poll.slug)).all() == ["which-park", "which-park"]


def test_a_chosen_address_that_is_taken_is_refused(editor, city):
    make_poll(city, slug="parks")
    response = write(editor, slug="parks")
    assert response.status_code == 422
    assert errors_in(response.text) == ["Another poll of your city has this short name."]


def test_the_preview_beside_the_form_shows_what_is_typed_and_saves_nothing(editor):
    fields = typed(kind="scale", scale_points="", title_en="How <b>loud</b>?")
    response = post_form(editor, f"{CONSOLE}/preview", fields, page=f"{CONSOLE}/new")
    assert response.status_code == 200
    assert "How &lt;b&gt;loud&lt;/b&gt;?" in response.text
    assert number_of_polls() == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MODERATOR, Role.ANALYST])
def test_other_roles_may_not_write(client, city, role):
    sign_in(client, make_staff(city, role))
    poll = make_poll(city, published=False)
    assert client.get(f"{CONSOLE}/new").status_code == 403
    assert client.get(console(poll, "/edit")).status_code == 403
    assert client.post(f"{CONSOLE}/new", data=typed()).status_code == 403
    assert client.post(console(poll, "/edit"), data=typed()).status_code == 403
    assert client.post(f"{CONSOLE}/preview", data=typed()).status_code == 403


def test_another_city_s_staff_find_nothing(client, city, other_city):
    carla = sign_in(client, make_staff(other_city, Role.EDITOR))
    poll = make_poll(city, published=False)
    assert carla.get(f"{CONSOLE}/new").status_code == 404
    assert carla.get(console(poll, "/edit")).status_code == 404
    assert carla.get(f"/hillside/staff/polls/{poll.slug}/edit").status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(client, poll):
    for page in (f"{CONSOLE}/new", console(poll, "/edit")):
        response = client.get(page)
        assert response.status_code == 302
        assert "/sign-in" in response.location


def test_a_form_without_its_token_is_refused(editor):
    assert editor.post(f"{CONSOLE}/new", data=typed()).status_code == 400
    assert number_of_polls() == 0
