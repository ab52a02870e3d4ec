"""The form to print: what stands there, how it is tagged, and where it says to go on."""

import copy
import re
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import Assurance
from surveys.paper import printing
from surveys.paper.boxes import PaperForm
from surveys.paper.layout import Layout
from surveys.questionnaire import loaded
from tests.makers import make_city, make_staff, sign_in
from tests.surveys.makers import MODES, PARTS, choice, every_kind, make_wave, question, section

DISTRICTS = {"north": {"en": "North"}, "south": {"en": "South"}}
MODE = question("mode", "single", options=MODES)
FOUR = [*MODES, choice("foot", "On foot")]


def paper(*sections: dict[str, Any]) -> PaperForm:
    return PaperForm(loaded({"sections": list(sections)} if sections else every_kind()), DISTRICTS)


def laid_out(form: PaperForm) -> dict[str, dict[str, Any]]:
    """Each question of the form as the template gets it, by its text."""
    sections = Layout(form, Path("/nowhere")).sections()
    return {question["text"]["text"]: question for part in sections for question in part["questions"]}


@pytest.fixture
def words(app: Flask):
    """Inside a request, so that texts have a language."""
    with app.test_request_context():
        yield


def test_every_kind_has_what_paper_needs(words):
    found = laid_out(paper())
    kinds = {text: one["kind"] for text, one in found.items()}
    assert kinds == {
        "Welcome.": "note",
        "How do you travel most?": "boxes",
        "And how else?": "boxes",
        "Why the car?": "lines",
        "What matters?": "ranking",
        "Do you agree?": "table",
        "What do you say?": "table",
        "How good is it?": "scale",
        "Would you recommend it?": "scale",
        "How old are you?": "number",
        "Since when do you live here?": "date",
        "What do you do?": "lines",
        "Where do you live?": "boxes",
        "I agree that my answers are used.": "boxes",
    }
    assert [one["number"] for one in found.values()] == ["", *(str(n) for n in range(1, 14))]
    assert [box["number"] for box in found["How do you travel most?"]["boxes"]] == ["1", "2", "3", "4"]
    assert found["How do you travel most?"]["boxes"][3]["other"]
    assert [box["label"]["text"] for box in found["Where do you live?"]["boxes"]] == ["North", "South"]
    assert found["How good is it?"]["boxes"][-1]["number"] == "?"
    assert (found["Why the car?"]["lines"], found["What do you do?"]["lines"]) == (5, 1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "single"}, "Please tick one box."),
        ({"kind": "multiple"}, "Please tick all that apply."),
        ({"kind": "multiple", "choose_max": 2}, "Please tick at most 2 boxes."),
        ({"kind": "multiple", "choose_min": 2}, "Please tick at least 2 boxes."),
        ({"kind": "multiple", "choose_min": 2, "choose_max": 2}, "Please tick 2 boxes."),
        ({"kind": "multiple", "choose_min": 2, "choose_max": 3}, "Please tick at least 2 boxes."),
        ({"kind": "multiple", "options": FOUR, "choose_min": 2, "choose_max": 3}, "Please tick 2 to 3 boxes."),
        ({"kind": "ranking"}, "Please write 1 beside what matters most, then 2 and so on, up to 3."),
        ({"kind": "matrix", "rows": PARTS}, "Please tick one box in each row."),
    ],
)
def test_how_to_answer_is_said(words, values, sentence):
    form = paper(section("s", question("q", text="Q", **({"options": MODES} | values))))
    assert laid_out(form)["Q"]["how"] == sentence


def test_long_scales_are_written_and_wide_tables_stand_row_by_row(words):
    wide = [choice(f"c{n}", f"Column {n}") for n in range(9)]
    found = laid_out(
        paper(
            section(
                "s",
                question("a", "scale", "How full?", low=0, high=100, low_label={"en": "empty"}),
                question("b", "matrix", "How often?", options=wide, rows=PARTS),
                question("c", "multiple", "Which?", options=[choice(f"c{n}", f"A{n}") for n in range(12)]),
                question("d", "file", "A picture?"),
            )
        )
    )
    assert (found["How full?"]["kind"], found["How full?"]["ends"]) == ("number", ["0 = empty"])
    assert found["How often?"]["kind"] == "rows"
    assert found["Which?"]["columns"] == 3
    assert "A picture?" not in found


def test_pictures_are_printed_with_their_words_and_left_out_where_they_are_gone(words, tmp_path):
    name = f"{'ab' * 16}.webp"
    picture = {"name": name, "width": 40, "height": 30}
    options = [choice("a", "Blue", picture=picture, picture_alt={"en": "A blue square"}), choice("b", "Red")]
    form = paper(section("s", question("q", "single", "Q", options=options)))
    assert "picture" not in laid_out(form)["Q"]["boxes"][0]
    (tmp_path / name).write_bytes(b"")
    [shown, plain] = Layout(form, tmp_path).sections()[0]["questions"][0]["boxes"]
    assert (shown["picture"], shown["alt"]) == (f"/{name}", "A blue square")
    assert "picture" not in plain


def test_the_ends_of_a_recommendation_have_usual_words(words):
    form = paper(section("s", question("q", "nps", "Q", high_label={"en": "of course"})))
    assert laid_out(form)["Q"]["ends"] == ["0 = not at all likely", "10 = of course"]


def inside(pdf: bytes) -> bytes:
    """The file with its compressed parts unpacked."""
    unpacked = [pdf]
    for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"".join(unpacked)


def test_the_form_is_a_tagged_pdf_in_the_language_asked_for(client, wave_on_paper):
    reply = client.get(f"/riverton/surveys/{wave_on_paper.slug}/paper.pdf?lang=de")
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
    assert reply.headers["Content-Disposition"] == f'inline; filename="{wave_on_paper.slug}.pdf"'
    content = inside(reply.data)
    assert b"/Lang(de)" in content
    assert b"Die Stadt und Sie" in content
    for tag in (b"/S/H1", b"/S/H3", b"/S/L", b"/S/Table", b"/S/TH"):
        assert tag in content.replace(b" ", b"")
    assert b"<pdfuaid:part>1" in content


@pytest.fixture
def wave_on_paper(city):
    return make_wave(city)


def test_the_form_says_where_it_goes_and_how_the_city_keeps_it(app, city):
    city.contact = "hello@riverton.example"
    wave = make_wave(city, paper_return={"en": "Town hall"}, name={"en": "Before"})
    with app.test_request_context("/riverton/surveys/"):
        app.preprocess_request()
        values = printing._values(wave, paper(), Path("/nowhere"))
    assert (values["end"]["where"]["text"], values["wave"]["text"]) == ("Town hall", "Before")
    sentences = " ".join(values["end"]["sentences"])
    for part in ("arrives by", "do not write your name", "localhost/riverton/privacy", "hello@riverton.example"):
        assert part in sentences
    assert values["foot"] == f"{wave.slug} · version 1"
    wave.paper_return = {}
    with app.test_request_context("/riverton/surveys/"):
        app.preprocess_request()
        assert printing._values(wave, paper(), Path("/nowhere"))["end"]["where"]["text"] == "Riverton"


def test_the_form_reads_from_right_to_left(app):
    city = make_city(languages=["ar", "en"])
    document = copy.deepcopy(every_kind()) | {"title": {"ar": "مدينتك"}}
    for part in document["sections"]:
        part["title"] = {"ar": "قسم"}
        for asked in part["questions"]:
            asked["text"] = {"ar": "سؤال"}
            for inner in (*asked.get("options", ()), *asked.get("rows", ())):
                inner["label"] = {"ar": "جواب"}
            asked["unit"] = {}
    wave = make_wave(city, document | {"intro": {}}, published=False)
    with app.test_request_context("/riverton/surveys/"):
        app.preprocess_request()
        content = inside(printing.form_pdf(wave))
    assert b"/Lang(ar)" in content


def test_a_sign_that_no_font_has_costs_nobody_the_paper(client, city):
    wave = make_wave(city, every_kind() | {"title": {"en": "Parks \ufdd0"}})
    for page in ("paper.pdf", "poster.pdf"):
        reply = client.get(f"/riverton/surveys/{wave.slug}/{page}")
        assert reply.status_code == 200
        assert reply.data.startswith(b"%PDF")


def test_a_kept_form_is_not_made_again(client, wave_on_paper):
    path = f"/riverton/surveys/{wave_on_paper.slug}/paper.pdf"
    client.get(path)
    before = printing._compiled.cache_info().hits
    client.get(path)
    assert printing._compiled.cache_info().hits == before + 1


def test_there_is_no_form_where_paper_cannot_count(client, city):
    confirmed = make_wave(city, assurance=Assurance.CONTACT)
    withdrawn = make_wave(city)
    running.withdraw(withdrawn, {"en": "A mistake"}, by=COMMAND_LINE)
    db.session.commit()
    draft = make_wave(city, published=False)
    for wave in (confirmed, withdrawn, draft):
        assert client.get(f"/riverton/surveys/{wave.slug}/paper.pdf").status_code == 404


def test_what_was_asked_can_be_read_later(client, city):
    wave = make_wave(city, closes_at=clock.now() - timedelta(minutes=1))
    assert client.get(f"/riverton/surveys/{wave.slug}/paper.pdf").status_code == 200


def test_staff_see_the_form_of_a_draft(client, city, other_city):
    wave = make_wave(city, published=False)
    path = f"/riverton/staff/surveys/waves/{wave.slug}/paper.pdf"
    assert "/sign-in" in client.get(path).location
    assert sign_in(client, make_staff(other_city, Role.ADMIN)).get(path).status_code == 404
    reply = sign_in(client, make_staff(city, Role.VIEWER)).get(path)
    assert reply.data.startswith(b"%PDF-")
    assert reply.headers["Cache-Control"] == "private, no-store"
