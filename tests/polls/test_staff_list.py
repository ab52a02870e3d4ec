"""The list of polls in the console, and the console's first page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import add_to_counters, db
from citizen.participation.models import Burst, State
from citizen.participation.statistics import in_state
from polls.models import Poll, PollOtherText
from polls.staff_statistics import PAGE
from tests.makers import cast, make_poll, make_staff, sign_in
from tests.polls.staffing import CONSOLE, console, write_other

HOME = "/riverton/staff/"


@pytest.fixture
def viewer(client: FlaskClient, city: City) -> FlaskClient:
    """Vera reads along in Riverton."""
    return sign_in(client, make_staff(city, Role.VIEWER))


@pytest.fixture
def editor(app, city: City) -> FlaskClient:
    """Eda writes for Riverton."""
    return sign_in(app.test_client(), make_staff(city, Role.EDITOR))


def one_in_each_state(city: City) -> dict[State, Poll]:
    past, future = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    polls = {
        State.DRAFT: make_poll(city, slug="draft", published=False),
        State.UPCOMING: make_poll(city, slug="upcoming", opens_at=future),
        State.OPEN: make_poll(city, slug="open"),
        State.CLOSED: make_poll(city, slug="closed", opens_at=past - timedelta(days=9), closes_at=past),
        State.WITHDRAWN: make_poll(city, slug="withdrawn"),
    }
    polls[State.WITHDRAWN].withdrawn_at = past
    db.session.commit()
    return polls


def slugs_in(html: str) -> list[str]:
    rows = BeautifulSoup(html, "html.parser").select("#found tbody th a")
    return [str(row["href"]).removeprefix(f"{CONSOLE}/") for row in rows]


def test_the_list_shows_every_poll_with_its_state_and_number(viewer, city):
    polls = one_in_each_state(city)
    cast(polls[State.OPEN], "Tickets")
    page = viewer.get(f"{CONSOLE}/").text
    assert sorted(slugs_in(page)) == sorted(poll.slug for poll in polls.values())
    for word in ("Draft", "Coming", "Open", "Closed", "Withdrawn"):
        assert f">{word}</span>" in page
    assert '<td class="number">1</td>' in page


def test_the_database_and_python_agree_on_every_state(city):
    polls = one_in_each_state(city)
    early = make_poll(city, slug="early")
    early.closed_at = clock.now()
    db.session.commit()
    for state in State:
        found = db.session.scalars(select(Poll).where(in_state(state))).unique().all()
        assert {poll.id for poll in found} == {poll.id for poll in [*polls.values(), early] if poll.state is state}


@pytest.mark.parametrize("state", list(State))
def test_the_filter_stands_in_the_address(viewer, city, state):
    one_in_each_state(city)
    page = viewer.get(f"{CONSOLE}/?state={state}").text
    assert slugs_in(page) == [state.value]
    assert f'<option value="{state}" selected>' in page


def test_a_state_that_does_not_exist_filters_nothing(viewer, city):
    one_in_each_state(city)
    assert len(slugs_in(viewer.get(f"{CONSOLE}/?state=nonsense").text)) == 5


@pytest.mark.parametrize(
    ("words", "found"),
    [("ÜBER", ["bridge"]), ("brücke fluss", ["bridge"]), ("river", ["bridge"]), ("park", ["parks"]), ("zoo", [])],
)
def test_search_reads_all_languages_and_no_capitals(viewer, city, words, found):
    make_poll(city, slug="bridge", title={"en": "A bridge over the river?", "de": "Brücke über den Fluss?"})
    make_poll(city, slug="parks", title={"en": "Which green space?"})
    page = viewer.get(f"{CONSOLE}/", query_string={"q": words})
    assert slugs_in(page.text) == found
    assert f'value="{words}"' in page.text


def test_what_is_searched_is_text_and_never_markup(viewer, poll):
    page = viewer.get(f"{CONSOLE}/", query_string={"q": '"><script>'})
    assert "<script>" not in page.text
    assert "No poll matches." in page.text


def test_long_lists_have_pages(viewer, city):
    for number in range(PAGE + 1):
        make_poll(city, slug=f"poll-{number}", published=False)
    seen = [slugs_in(viewer.get(f"{CONSOLE}/?page={page}").text) for page in (1, 2)]
    assert [len(page) for page in seen] == [PAGE, 1]
    assert len({slug for page in seen for slug in page}) == PAGE + 1
    assert slugs_in(viewer.get(f"{CONSOLE}/?page=99").text) == seen[1]


def test_an_empty_list_offers_the_first_step_to_who_may_take_it(viewer, editor):
    assert "No polls yet" in viewer.get(f"{CONSOLE}/").text
    assert f"{CONSOLE}/new" not in viewer.get(f"{CONSOLE}/").text
    assert f"{CONSOLE}/new" in editor.get(f"{CONSOLE}/").text


def test_the_list_holds_no_other_city_s_polls(viewer, other_city):
    make_poll(other_city, slug="theirs")
    assert "theirs" not in viewer.get(f"{CONSOLE}/").text


@pytest.mark.parametrize("page", [f"{CONSOLE}/", HOME])
def test_strangers_stay_outside(app, other_city, city, page):
    assert "/sign-in" in app.test_client().get(page).location
    assert sign_in(app.test_client(), make_staff(other_city)).get(page).status_code == 404


def test_an_empty_console_leads_to_the_first_poll(viewer, editor):
    assert f"{CONSOLE}/new" in editor.get(HOME).text
    assert "When an editor of your city writes a poll" in viewer.get(HOME).text


def test_an_admin_also_finds_people_and_settings(client, city):
    page = sign_in(client, make_staff(city, Role.ADMIN)).get(HOME).text
    assert "/riverton/staff/people" in page
    assert "/riverton/staff/settings" in page


def test_home_shows_what_is_open_and_what_closes_this_week(viewer, city):
    soon = make_poll(city, title={"en": "Soon?"}, closes_at=clock.now() + timedelta(days=2))
    make_poll(city, title={"en": "Late?"}, closes_at=clock.now() + timedelta(days=20))
    cast(soon, "Tickets")
    page = viewer.get(HOME).text.split('id="open-now"')[1]
    assert page.index("Soon?") < page.index("Late?")
    assert page.count("this week") == 1
    assert '<td class="number">1</td>' in page


def test_home_shows_drafts_and_what_opens_by_itself(viewer, city):
    make_poll(city, title={"en": "Sketch?"}, published=False)
    make_poll(city, title={"en": "Tomorrow?"}, opens_at=clock.now() + timedelta(days=1))
    page = viewer.get(HOME).text
    assert "Sketch?" in page
    assert "Tomorrow?" in page


def test_home_names_the_texts_that_wait(viewer, city):
    poll = make_poll(city, has_other=True)
    for name in ("ana", "bea"):
        write_other(poll, f"Benches, says {name}", by=name)
    page = viewer.get(HOME).text
    assert "2 texts wait for a decision" in page
    assert f"{console(poll)}#others" in page


def test_home_names_no_text_that_was_decided_on(viewer, city):
    row = write_other(make_poll(city, has_other=True), "Benches")
    db.session.get_one(PollOtherText, (row.city_id, row.poll_id, row.id)).state = "approved"
    db.session.commit()
    assert "for a decision" not in viewer.get(HOME).text


def test_home_names_missing_translations(viewer, city):
    make_poll(city)
    whole = {"en": "Yes?", "de": "Ja?"}
    make_poll(city, title=whole, form="yes_no")
    page = viewer.get(HOME).text
    assert page.count("Some texts are missing in: Deutsch") == 1


def test_home_names_bursts_of_this_week_only(viewer, poll):
    today = clock.day_in(poll.city.time_zone)
    place = {"city_id": poll.city_id, "consultation_id": poll.id}
    add_to_counters(Burst, [place | {"day": today, "n": 3}, place | {"day": today - timedelta(days=30), "n": 9}])
    assert "3 answers came too fast this week" in viewer.get(HOME).text
