"""The districts of a city: written by hand, drawn from a file, and what no file may do."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.districting import DistrictDraft, districts_of, drafts_of, write_districts
from citizen.cities.maps import city_map
from citizen.cities.models import City
from citizen.cities.outlines import MAX_FEATURES, read_outlines
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.errors import Refused
from tests.makers import ONE_DATABASE, csrf_token, make_staff, post_form, sign_in

DISTRICTS = "/riverton/staff/districts"


def square(west: float, south: float, side: float = 0.01) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


TWO = collection(
    feature(square(9.17, 47.66), id=1, NAME="Altstadt"), feature(square(9.18, 47.66), id=2, NAME="Paradies")
)


@pytest.fixture
def admin(client: FlaskClient, city: City) -> FlaskClient:
    return sign_in(client, make_staff(city, Role.ADMIN))


def names(city: City) -> list[tuple[str, str]]:
    return [(row.code, row.name["en"]) for row in districts_of(city)]


def upload(client: FlaskClient, content: bytes, **typed: str) -> Any:
    data = {"outlines": (io.BytesIO(content), "districts.geojson"), "csrf_token": csrf_token(client, DISTRICTS)}
    return client.post(DISTRICTS, data=data | typed)


def test_districts_are_written_one_a_line(admin: FlaskClient, city: City) -> None:
    reply = post_form(admin, DISTRICTS, {"added": "Old Town\n\n Harbour \n"})
    assert reply.status_code == 303
    assert names(city) == [("old-town", "Old Town"), ("harbour", "Harbour")]


def test_a_renamed_district_keeps_its_code_and_a_removed_one_goes(admin: FlaskClient, city: City) -> None:
    write_districts(city, [DistrictDraft({"en": "Old Town"}), DistrictDraft({"en": "Harbour"})], by=COMMAND_LINE)
    typed = {"name_0_en": "Historic Centre", "name_0_de": "Altstadt", "name_1_en": "Harbour", "without_1": "y"}
    assert post_form(admin, DISTRICTS, typed).status_code == 303
    assert drafts_of(city) == [DistrictDraft({"en": "Historic Centre", "de": "Altstadt"}, "old-town")]


def test_outlines_go_to_districts_of_their_name_and_make_the_others(admin: FlaskClient, city: City) -> None:
    write_districts(city, [DistrictDraft({"en": "Old Town", "de": "Altstadt"})], by=COMMAND_LINE)
    assert upload(admin, TWO, name_0_en="Old Town", name_0_de="Altstadt").status_code == 303
    assert names(city) == [("old-town", "Old Town"), ("paradies", "Paradies")]
    assert all(row.outline for row in districts_of(city))
    assert 'data-district="paradies"' in admin.get(DISTRICTS).text


def test_a_file_that_cannot_be_read_keeps_what_was_typed(admin: FlaskClient, city: City) -> None:
    reply = upload(admin, b"<kml/>", added="Harbour")
    assert reply.status_code == 422
    assert "Please export the districts as GeoJSON." in reply.text
    assert "Harbour</textarea>" in reply.text
    assert names(city) == []


@pytest.mark.parametrize("typed", [{"added": "Harbour\nharbour"}, {"added": "x" * 101}, {"added": "a\x07b"}])
def test_names_that_will_not_do(admin: FlaskClient, city: City, typed: dict[str, str]) -> None:
    assert post_form(admin, DISTRICTS, typed).status_code == 422
    assert names(city) == []


def test_signed_out_wrong_role_other_city(client: FlaskClient, city: City, other_city: City) -> None:
    assert client.get(DISTRICTS).headers["Location"].startswith("/sign-in")
    sign_in(client, make_staff(city, Role.EDITOR))
    assert client.get(DISTRICTS).status_code == 403
    sign_in(client, make_staff(other_city, Role.ADMIN))
    assert client.get(DISTRICTS).status_code == 404


def test_a_change_is_in_the_audit_log_and_reaches_kept_pages(city: City) -> None:
    before = city.revision
    write_districts(city, [DistrictDraft({"en": "Harbour"})], by=COMMAND_LINE)
    db.session.commit()
    db.session.refresh(city)
    assert city.revision == before + 1


@pytest.mark.usefixtures("app")
class TestOutlines:
    """Reading GeoJSON files."""

    pytestmark = ONE_DATABASE

    def test_the_name_is_found_where_files_put_it(self) -> None:
        content = collection(
            feature(square(9, 47), ortsteil_nr="01", Bezeichnung="Nord"),
            feature(square(9.1, 47), ortsteil_nr="02", Bezeichnung="Süd"),
        )
        assert [outline.name for outline in read_outlines(content)] == ["Nord", "Süd"]

    def test_an_outline_of_a_hundred_thousand_points_becomes_light(self) -> None:
        ring = [[9 + (n % 2) * 1e-7 + n * 1e-6, 47.0] for n in range(100_000)]
        content = collection(feature([[*ring, [9.1, 47.1], [9.0, 47.1], ring[0]]], name="Nord"))
        assert len(read_outlines(content)[0].geometry["coordinates"][0]) < 20

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"[]",
            b'{"features": []}',
            b'{"features": [null]}',
            b"[" * 100_000,
            collection({"type": "Feature", "properties": {"name": "A"}, "geometry": None}),
            collection(feature(square(9, 47), name="A"), feature(square(9, 47), name="a")),
            collection(feature(square(9, 47), name="<b>\u0000")),
            collection(feature([[[1e999, 1], [2, 2], [3, 1]]], name="A")),
            collection(feature([[["x", 1], [2, 2], [3, 1]]], name="A")),
            collection(feature([], name="A")),
            collection(feature(square(3_500_000, 5_280_000), name="A")),
            collection(*(feature(square(9, 47), name=f"N{n}") for n in range(MAX_FEATURES + 1))),
        ],
    )
    def test_what_is_no_map_is_refused(self, content: bytes) -> None:
        with pytest.raises(Refused):
            read_outlines(content)


def test_the_map_is_linear_in_degrees(city: City) -> None:
    outlines = read_outlines(TWO)
    drafts = [DistrictDraft({"en": outline.name}, "", outline.geometry) for outline in outlines]
    write_districts(city, drafts, by=COMMAND_LINE)
    drawn = city_map(districts_of(city))
    assert drawn is not None
    assert drawn.bounds == pytest.approx((9.17, 47.66, 9.19, 47.67))
    assert drawn.width == 1000
    assert drawn.height == pytest.approx(1000 / 2 / 0.673, rel=0.02)
    assert [shape.x for shape in drawn.shapes] == [250, 750]


def test_a_city_without_outlines_has_no_map(city: City) -> None:
    write_districts(city, [DistrictDraft({"en": "Harbour"})], by=COMMAND_LINE)
    assert city_map(districts_of(city)) is None
