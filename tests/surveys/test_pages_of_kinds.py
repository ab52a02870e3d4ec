"""Every kind of question as its page shows it: what can be typed, what stays, what the bounds say."""

import pytest
from flask.testing import FlaskClient

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core.db import db
from tests.surveys.filling import (
    EVERYTHING,
    address,
    again,
    ask,
    chosen,
    live_page,
    open_page,
    send,
    shown,
    soup_of,
    turn,
)
from tests.surveys.makers import AGREE, MODES, PARTS, STATEMENTS, choice, make_districts, make_wave, question

WITH_SPECIAL = [
    choice("x", "Else", role="other"),
    choice("none", "None of these", role="none"),
    *MODES,
    choice("dk", "I don't know", role="dont_know"),
]


def test_special_options_stand_last(client: FlaskClient, city: City) -> None:
    page = shown(client, ask(city, question("q", "single", options=WITH_SPECIAL)))
    assert [field["value"] for field in page.select("[type=radio]")] == ["bus", "bike", "car", "x", "none", "dk"]
    assert [field.get("data-role") for field in page.select("[type=radio]")][-3:] == ["other", "none", "dont_know"]


def test_each_participant_has_an_order_of_their_own_that_stays(client: FlaskClient, city: City) -> None:
    options = [choice(f"o{n}", f"Option {n}") for n in range(8)] + [choice("none", "None", role="none")]
    wave = ask(city, question("q", "multiple", options=options, is_shuffled=True))

    def order(browser: FlaskClient) -> list[str]:
        return [str(field["value"]) for field in shown(browser, wave).select("[type=checkbox]")]

    assert order(client) == order(client)
    others = {tuple(order(client.application.test_client())) for _ in range(4)}
    assert len(others) > 1
    assert all(found[-1] == "none" for found in others)


def test_rows_of_a_matrix_are_shuffled_and_its_columns_never(client: FlaskClient, city: City) -> None:
    rows = [choice(f"r{n}", f"Row {n}") for n in range(8)]
    wave = ask(city, question("q", "matrix", options=AGREE, rows=rows, is_shuffled=True))
    page = shown(client, wave)
    assert [span.text for span in page.select(".heads span")][1:] == ["Disagree", "Neither", "Agree"]
    assert {row["data-row"] for row in page.select("[data-row]")} == {row["code"] for row in rows}
    orders = {
        tuple(row["data-row"] for row in shown(client.application.test_client(), wave).select("[data-row]"))
        for _ in range(4)
    }
    assert len(orders) > 1


def test_other_comes_with_a_line_and_keeps_it(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "single", options=WITH_SPECIAL))
    page = again(client, wave, {"q": "x", "q.other": "On foot"})
    assert chosen(page, "q") == ["x"]
    assert page.find(id="q-q-other")["value"] == "On foot"
    assert "Please write what you mean" in turn(client, wave, 1, {"q": "x", "q.other": ""}).text


def test_a_line_beside_other_alone_means_other(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "single", options=WITH_SPECIAL))
    assert chosen(again(client, wave, {"q.other": "On foot"}), "q") == ["x"]


def test_none_cannot_go_with_others(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "multiple", options=WITH_SPECIAL))
    reply = turn(client, wave, 1, {"q": ["bus", "none"]})
    assert reply.status_code == 422
    assert "“None of these” cannot go with other answers" in reply.text
    assert chosen(live_page(soup_of(reply)), "q") == ["bus", "none"]


@pytest.mark.parametrize(
    ("bounds", "hint"),
    [
        ({"choose_max": 2}, "Choose up to 2 answers."),
        ({"choose_min": 2}, "Choose at least 2 answers."),
        ({"choose_min": 1, "choose_max": 2}, "Choose 1 to 2 answers."),
        ({"choose_min": 2, "choose_max": 2}, "Choose 2 answers."),
        ({}, "Choose all that fit."),
    ],
)
def test_the_hint_says_how_many(client: FlaskClient, city: City, bounds: dict[str, int], hint: str) -> None:
    page = shown(client, ask(city, question("q", "multiple", options=WITH_SPECIAL, **bounds)))
    assert page.find(id="q-q-hint").text.strip() == hint
    assert page.fieldset["aria-describedby"] == "q-q-hint"


def test_the_count_waits_for_the_browser(client: FlaskClient, city: City) -> None:
    page = shown(client, ask(city, question("q", "multiple", options=MODES, choose_max=2)))
    assert page.fieldset["data-max"] == "2"
    assert page.select_one("[data-count]").has_attr("hidden")
    assert page.select_one("[data-count]")["data-say-count"] == "{count} of {max} chosen"


def test_a_ranking_is_selects_that_keep_their_places(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "ranking", options=MODES, choose_max=2))
    page = live_page(again(client, wave, {"q.rank.bike": "1", "q.rank.car": "2"}))
    places = {
        field["name"]: field.select_one("[selected]")["value"]
        for field in page.select("select")
        if field.select_one("[selected]")
    }
    assert places == {"q.rank.bike": "1", "q.rank.car": "2"}
    assert page.select_one("label[for='q-q.rank.bike']").text == "Bike"
    assert "Two answers have the same place" in turn(client, wave, 1, {"q.rank.bike": "1", "q.rank.car": "1"}).text


def test_each_row_of_a_matrix_is_a_group_with_a_name(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "matrix", options=AGREE, rows=PARTS, is_required=True))
    page = live_page(again(client, wave, {"q.a": "yes", "q.b": "no"}))
    for row in page.select("[role=radiogroup]"):
        assert page.find(id=row["aria-labelledby"]).text in {"Quick", "Safe"}
    assert chosen(page, "q.a") + chosen(page, "q.b") == ["yes", "no"]
    half = soup_of(turn(client, wave, 1, {"q.a": "yes"}))
    assert "in every row" in half.find(id="q-q-error").text
    assert half.select_one("#error-summary a")["href"] == "#q-q.b.no"


def test_statements_can_be_passed(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "statements", rows=STATEMENTS))
    page = live_page(again(client, wave, {"q.s1": "pass"}))
    assert [label.text for label in page.select("[data-row=s1] label")] == ["Agree", "Pass", "Disagree"]
    assert chosen(page, "q.s1") == ["pass"]


def test_a_scale_says_what_its_ends_mean(client: FlaskClient, city: City) -> None:
    ends = {"low_label": {"en": "bad"}, "high_label": {"en": "good"}}
    page = shown(client, ask(city, question("q", "scale", low=1, high=5, has_dont_know=True, **ends)))
    assert [" ".join(point.text.split()) for point in page.select(".point")] == ["1: bad", "2", "3", "4", "5: good"]
    assert page.find(id="q-q.dont_know")["value"] == "dont_know"


def test_nps_goes_from_nought_to_ten_and_says_so(client: FlaskClient, city: City) -> None:
    page = shown(client, ask(city, question("q", "nps")))
    assert [field["value"] for field in page.select("[type=radio]")] == [str(n) for n in range(11)]
    assert "0 = not at all likely" in page.text


def test_a_number_says_its_bounds_and_unit(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "number", least=0, most=1500, decimals=1, unit={"en": "kWh"}))
    field = shown(client, wave).find(id="q-q-field")
    assert (field["inputmode"], field["aria-describedby"]) == ("decimal", "q-q-hint q-q-unit")
    assert "A number from 0 to 1,500." in shown(client, wave).text
    reply = soup_of(turn(client, wave, 1, {"q": "-3"}))
    assert reply.find(id="q-q-field")["aria-invalid"] == "true"
    assert "not smaller than 0" in reply.find(id="q-q-error").text


def test_a_number_can_be_unknown(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "number", has_dont_know=True))
    page = again(client, wave, {"q": ["", "dont_know"]})
    assert page.find(id="q-q-field")["value"] == ""
    assert chosen(page, "q") == ["dont_know"]
    assert "I don't know" in open_page(client, wave, "/check").select_one(".answers dd").text


def test_a_number_is_read_as_the_language_writes_it(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "number", decimals=2))
    client.post(address(wave, "/answer?lang=de"), data={"q": "1.234,5", "page": "1", "go": "next"})
    assert "1.234,5" in client.get(address(wave, "/check?lang=de")).text


def test_a_date_has_the_browsers_picker_and_keeps_what_older_browsers_send(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "date", earliest="2000-01-01", latest="2030-12-31"))
    field = shown(client, wave).find(id="q-q-field")
    assert (field["type"], field["min"], field["max"]) == ("date", "2000-01-01", "2030-12-31")
    odd = again(client, wave, {"q": "31.12.1999"}).find(id="q-q-field")
    assert odd["value"] == "31.12.1999"
    assert odd.get("type") is None


def test_a_text_is_not_cut_off_and_says_how_long_it_may_be(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "text", max_length=10))
    page = shown(client, wave)
    assert "At most 10 characters." in page.text
    assert page.textarea["data-max-length"] == "10"
    assert not page.textarea.has_attr("maxlength")
    reply = turn(client, wave, 1, {"q": "Far too much\nfor here"})
    assert reply.status_code == 422
    assert live_page(soup_of(reply)).textarea.text.lstrip("\n") == "Far too much\nfor here"


def test_a_text_that_begins_with_an_empty_line_stays_whole(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "text"))
    raw = again(client, wave, {"q": "\nSecond line"}).find(id="q-q-field")
    assert str(raw).partition(">")[2].startswith("\n\nSecond line")


def test_a_place_is_a_list_of_districts(client: FlaskClient, city: City) -> None:
    make_districts(city)
    wave = ask(city, question("q", "place"))
    page = again(client, wave, {"q.district": "south", "q.point": "9.1,47.2"})
    assert [option.text for option in page.select("#q-q-field option")] == [
        "Please choose a district",
        "North",
        "South",
    ]
    assert page.select_one("#q-q-field [selected]")["value"] == "south"
    assert page.find(id="q-q-point")["value"] == "9.1,47.2"
    assert page.select_one("[data-map]") is None


def test_a_place_has_a_map_where_the_city_has_outlines(client: FlaskClient, city: City) -> None:
    ring = [[9.0, 47.0], [9.1, 47.0], [9.1, 47.1], [9.0, 47.0]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    db.session.add(District(city_id=city.id, code="north", position=0, name={"en": "North"}, outline=outline))
    db.session.commit()
    page = shown(client, ask(city, question("q", "place")))
    assert page.select_one("[data-map] path")["data-district"] == "north"


def test_a_foreign_district_is_refused(client: FlaskClient, city: City) -> None:
    make_districts(city)
    wave = ask(city, question("q", "place"))
    assert "Please choose a district" in turn(client, wave, 1, {"q.district": "atlantis"}).text


def test_consent_is_a_box_whose_words_are_its_label(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("q", "consent", "I agree.", is_required=True))
    assert "I agree." in shown(client, wave).select_one("label[for=q-q-field]").text
    assert "Please tick this box" in turn(client, wave, 1).text
    assert again(client, wave, {"q": "yes"}).find(id="q-q-field").has_attr("checked")


def test_a_note_is_no_question(client: FlaskClient, city: City) -> None:
    wave = ask(city, question("n", "note", "Hello.\nRead this."), question("q", "line"))
    page = open_page(client, wave, "/answer")
    assert "Question 1 of 1" in page.select_one("[data-progress]").text
    assert page.select_one("#q-n p.pre").text == "Hello.\nRead this."


def test_pictures_reserve_their_space_and_have_words(client: FlaskClient, city: City) -> None:
    picture = {"name": "0" * 32 + ".webp", "width": 40, "height": 30}
    option = choice("a", "A tree", picture=picture, picture_alt={"en": "An oak"})
    page = shown(client, ask(city, question("q", "single", options=[option, *MODES])))
    image = page.img
    assert (image["width"], image["height"], image["alt"]) == ("40", "30", "An oak")
    assert page.select_one(".options.pictures") is not None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"since": "2020-W01-1"}, "Please write a date"),
        ({"age": "9" * 5000}, "Please write a number"),
        ({"age": f"-{'9' * 400}.5"}, "Please write a number"),
    ],
)
def test_what_only_a_program_takes_for_a_day_or_a_number_is_explained(
    client: FlaskClient, city: City, typed: dict[str, str], sentence: str
) -> None:
    page = send(client, make_wave(city), EVERYTHING | typed)
    assert page.status_code == 422
    assert sentence in page.text
