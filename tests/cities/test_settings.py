"""The console's page about the city, and the command that makes one."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.cities.models import RESERVED_SLUGS, City
from citizen.core.audit import AuditEntry
from citizen.core.db import db
from tests.accounts.makers import act
from tests.makers import csrf_token, make_staff, post_form, sign_in

SETTINGS = "/riverton/staff/settings"
GIVEN = {
    "name": "Riverton",
    "main_language": "en",
    "further_languages": ["de"],
    "time_zone": "Europe/Berlin",
    "accent": "#0b5f66",
}


@pytest.fixture
def admin(client, city):
    person = make_staff(city, Role.ADMIN)
    sign_in(client, person)
    return person


def send(client, **values):
    return post_form(client, SETTINGS, GIVEN | values)


def picture() -> tuple[io.BytesIO, str]:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(buffer, "PNG")
    buffer.seek(0)
    return buffer, "arms.png"


def test_the_page_shows_what_is_set(client, admin, city):
    city.welcome = {"en": "We ask before we decide."}
    page = client.get(SETTINGS).text
    assert "We ask before we decide." in page
    assert 'value="Riverton"' in page


def test_signed_out_wrong_role_other_city(client, app, city, other_city):
    assert client.get(SETTINGS).headers["Location"].startswith("/sign-in")
    sign_in(client, make_staff(city, Role.EDITOR))
    assert client.get(SETTINGS).status_code == 403
    stranger = sign_in(app.test_client(), make_staff(other_city, Role.ADMIN))
    assert stranger.get(SETTINGS).status_code == 404


def test_texts_in_every_language_reach_the_public_pages(client, admin, city):
    answer = send(client, **{"imprint-en": " Town Hall \r\n Market Square ", "imprint-de": "Rathaus"})
    assert answer.status_code == 303
    assert city.imprint == {"en": "Town Hall \n Market Square", "de": "Rathaus"}
    assert "Market Square" in client.get("/riverton/about?lang=en").text
    assert "Rathaus" in client.get("/riverton/about?lang=de").text


def test_one_audit_row_names_what_changed(client, admin, city):
    send(client, name="New Riverton", population="84500")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.verb, entry.detail) == ("changed settings", {"changed": ["name", "population"]})
    assert (city.name, city.population) == ("New Riverton", 84500)


def test_sending_the_same_again_changes_nothing(client, admin, city):
    revision = city.revision
    send(client)
    db.session.refresh(city)
    assert city.revision == revision


def test_languages_begin_with_the_main_one(client, admin, city):
    send(client, main_language="fr", further_languages=["nl", "de", "fr"])
    assert city.languages == ["fr", "de", "nl"]


def test_a_pale_colour_is_adjusted_and_staff_are_told(client, admin, city):
    send(client, accent="#FFE066")
    assert city.accent == "#ffe066"
    page = client.get(SETTINGS).text
    assert "hard to read" in page
    assert "#ffe066" not in client.get("/riverton/look.css").text.split("@media")[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"accent": "red"},
        {"accent": "#12345"},
        {"main_language": "xx"},
        {"further_languages": ["xx"]},
        {"time_zone": "Mars/Olympus"},
        {"population": "0"},
        {"population": "many"},
        {"contact": "nobody"},
        {"welcome-en": "x" * 10_001},
    ],
)
def test_what_makes_no_sense_is_explained_and_stays_typed(client, admin, city, wrong):
    answer = send(client, **({"welcome-de": "Willkommen"} | wrong))
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert "Willkommen" in answer.text
    assert city.welcome == {}


def test_a_logo_is_kept_small_and_shown(client, admin, city):
    typed = GIVEN | {"csrf_token": csrf_token(client, SETTINGS), "logo": picture(), "logo_alt-en": "Coat of arms"}
    assert client.post(SETTINGS, data=typed).status_code == 303
    with client.get(f"/media/{city.logo}") as shown:
        assert max(Image.open(io.BytesIO(shown.data)).size) <= 256
    assert city.logo in client.get("/riverton/").text


def test_a_logo_without_words_is_refused(client, admin, city):
    typed = GIVEN | {"csrf_token": csrf_token(client, SETTINGS), "logo": picture()}
    answer = client.post(SETTINGS, data=typed)
    assert answer.status_code == 422
    assert "what the logo shows" in answer.text
    assert city.logo is None


def test_a_file_that_is_no_picture_is_refused(client, admin, city):
    file = (io.BytesIO(b"<svg onload=alert(1)>"), "logo.svg")
    typed = GIVEN | {"csrf_token": csrf_token(client, SETTINGS), "logo": file, "logo_alt-en": "Coat of arms"}
    answer = client.post(SETTINGS, data=typed)
    assert answer.status_code == 422
    assert "not a picture" in answer.text
    assert city.logo is None


def test_the_logo_can_go_again(client, admin, city):
    city.logo, city.logo_alt = "0" * 32 + ".webp", {"en": "Coat of arms"}
    assert act(client, f"{SETTINGS}/logo/removal").status_code == 303
    assert city.logo is None


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=["city", "create", *arguments])


def test_city_create(run, client):
    result = run("aachen", "Aachen", "--language", "de", "--language", "en", "--time-zone", "Europe/Berlin")
    assert result.exit_code == 0
    city = db.session.scalars(select(City)).one()
    assert (city.slug, city.name, city.languages, city.time_zone) == ("aachen", "Aachen", ["de", "en"], "Europe/Berlin")
    assert client.get("/aachen/").status_code == 200
    assert db.session.scalars(select(AuditEntry.verb)).one() == "created"


@pytest.mark.parametrize(
    "arguments",
    [
        ("Aachen", "Aachen", "--language", "de"),
        ("aa chen", "Aachen", "--language", "de"),
        ("aachen-", "Aachen", "--language", "de"),
        ("a" * 61, "Aachen", "--language", "de"),
        ("static", "Static", "--language", "de"),
        ("password", "Password", "--language", "de"),
        ("riverton", "Riverton", "--language", "de"),
        ("aachen", " ", "--language", "de"),
        ("aachen", "Aachen", "--language", "klingon"),
        ("aachen", "Aachen", "--language", "de", "--time-zone", "Mars/Olympus"),
    ],
)
def test_city_create_refuses_with_a_sentence(run, city, arguments):
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(db.session.scalars(select(City)).all()) == 1


def test_every_first_part_of_an_address_is_reserved(app):
    """A city named like one of our own pages would hide it, or be hidden by it."""
    firsts = {str(rule).split("/")[1] for rule in app.url_map.iter_rules()}
    ours = {first for first in firsts if first and not first.startswith("<")}
    assert ours <= RESERVED_SLUGS
