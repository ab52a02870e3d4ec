"""Translations as a table: what goes out comes back, and nothing is saved before somebody has looked at it."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core.errors import Refused
from surveys.models import Survey
from surveys.texts import with_texts
from surveys.translating import Cells, as_csv, lines_of, read_csv
from tests.makers import ONE_DATABASE, csrf_token
from tests.surveys.makers import every_kind, make_survey
from tests.surveys.staff.test_translation import address, fields, now

pytestmark = [ONE_DATABASE, pytest.mark.usefixtures("app")]
FORMULAS = ["=1+1", "＝1+1", "\n=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1", "'quoted'", "'", 'a,b;c\t"d"\ne']


@pytest.fixture
def survey(city: City) -> Survey:
    return make_survey(city, every_kind())


def table_of(rows: list[tuple[str, str, str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([("code", "source", "translation"), *rows])
    return buffer.getvalue().encode(encoding)


def compare(who: FlaskClient, survey: Survey, content: bytes | None):
    page = address(survey)
    file = {} if content is None else {"table": (io.BytesIO(content), "texts.csv")}
    response = who.post(f"{page}/table", data={"csrf_token": csrf_token(who, page)} | file)
    response.request.environ["wsgi.input"].close()
    return response


def test_all_texts_go_out(editor, survey):
    response = editor.get(address(survey, tail="/texts.csv"))
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="survey-{survey.id}-de.csv"'
    rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert rows[0] == ["code", "source", "translation"]
    assert ["mode.options.bus.label", "Bus", "Bus (de)"] in rows


def test_what_went_out_comes_back_unchanged(survey):
    lines = lines_of(now(survey), "de", ["en", "de"])
    back = read_csv(as_csv(lines).encode())
    assert [(cell.code, cell.source, cell.translation) for cell in back] == [
        (line.wording.name, line.source.value, line.target) for line in lines
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_stay_text_and_come_back_as_they_were(survey, text):
    lines = lines_of(with_texts(now(survey), "de", {"why.text": text}), "de", ["en", "de"])
    sent = as_csv(lines)
    cells = [cell for row in csv.reader(io.StringIO(sent)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "＝", "+", "-", "@", "\t", "\r", "\n"))]
    assert next(cell.translation for cell in read_csv(sent.encode()) if cell.code == "why.text") == text


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8"), (";", "cp1252")]
)
def test_whatever_a_spreadsheet_made_of_it_is_read(delimiter, encoding):
    content = table_of([("title", "You", "Größe; „so“, ja")], delimiter, encoding)
    assert read_csv(content) == [Cells("title", "You", "Größe; „so“, ja")]


def test_columns_may_stand_in_another_order():
    assert read_csv(b"Translation,note,Code,Source\nSie,x,title,You\n") == [Cells("title", "You", "Sie")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"title,You,Sie",
        b"code,source\na,b",
        b"code,code,source,translation",
        b"PK\x03\x04xlsx",
        b'"',
        b"\xff" * 99,
    ],
)
def test_what_is_no_such_table_is_refused(content):
    with pytest.raises(Refused) as refusal:
        read_csv(content)
    assert refusal.value.status == 422


def test_too_many_rows_are_refused():
    with pytest.raises(Refused, match="too many rows"):
        read_csv(table_of([("a", "b", "c")] * 50_001))


def test_differences_are_shown_before_anything_is_saved(editor, survey):
    rows = [
        ("title", "City and you", "Stadt und ihr"),
        ("mode.text", "How do you travel?", "Womit?"),
        ("gone.text", "?", "Weg"),
    ]
    response = compare(
        editor, survey, table_of([*rows, ("why.text", "Why the car?", ""), ("intro", "x", "Danke für Ihre Zeit.")])
    )
    assert response.status_code == 200
    page = BeautifulSoup(response.text, "html.parser")
    typed = fields(response.text)
    assert typed.keys() - {"csrf_token", "seen"} == {"title", "mode.text"}
    assert "gone.text" in page.select_one(".notice").text
    assert [note.text for note in page.select(".translation .hint")] == [
        "Until now: Die Stadt und Sie",
        "Until now: How do you travel most? (de)\nThe table translates an earlier text: How do you travel?",
    ]
    assert survey.edition == 1
    assert now(survey).title["de"] == "Die Stadt und Sie"
    assert editor.post(address(survey), data=typed | {"mode.text": "Wie?"}).status_code == 303
    assert (now(survey).title["de"], now(survey).question("mode").text["de"]) == ("Stadt und ihr", "Wie?")


def test_a_table_with_nothing_new_says_so(editor, survey):
    response = compare(editor, survey, editor.get(address(survey, tail="/texts.csv")).get_data())
    assert "The table holds nothing new." in response.text


def test_texts_that_cannot_be_kept_are_marked_at_once(editor, survey):
    response = compare(editor, survey, table_of([("title", "", "x" * 600)]))
    assert "Please write at most 500 characters." in response.text


@pytest.mark.parametrize("content", [None, b"", b"no table", b"a" * (4 * 1024 * 1024 + 1)])
def test_a_file_that_is_none_is_refused_on_the_page(editor, survey, content):
    response = compare(editor, survey, content)
    assert response.status_code == 422
    page = BeautifulSoup(response.text, "html.parser")
    assert page.select_one("[role=alert] .notice")
    assert page.title.text.startswith("Error:")


def test_only_editors_bring_tables(bruno, client, survey):
    assert bruno.post(address(survey, tail="/table")).status_code == 403
    assert client.post(address(survey, tail="/table")).status_code == 302
