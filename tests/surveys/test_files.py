"""Files that citizens send, where the operator wants them: kept, never public, gone where no sheet holds them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from surveys import files, sealing
from surveys.models import SurveySheet, SurveyWave
from tests.makers import make_staff, sign_in
from tests.surveys.filling import KEY, address, answers, form_of, open_page, rows, soup_of
from tests.surveys.makers import make_wave, question, section

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def taking(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Where the files of an install that takes some lie."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, survey_files=True, data_dir=tmp_path)
    yield tmp_path / "files"
    app.extensions["settings"] = before


@pytest.fixture
def wave(taking: Path, city: City) -> SurveyWave:
    return make_wave(city, {"sections": [section("s", question("f", "file", "A photo?"), question("q", "line"))]})


def photo() -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "at home"
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "#1d5f8a").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def upload(client: FlaskClient, wave: SurveyWave, content: bytes, name: str = "tree.jpg", **more: str) -> Any:
    data = {"page": "1", "go": "next", "q": "x", "f": (io.BytesIO(content), name), **more}
    return client.post(address(wave, "/answer"), data=data)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.*"))


def test_a_picture_is_written_anew_and_counts(client: FlaskClient, wave: SurveyWave, taking: Path) -> None:
    assert open_page(client, wave, "/answer").select_one("#sheet")["enctype"] == "multipart/form-data"
    assert upload(client, wave, photo()).location.endswith("/check")
    page = open_page(client, wave, "/check")
    assert "tree.jpg" in page.select_one(".answers dd").text
    client.post(address(wave, "/answers"), data=form_of(page, "form[action$=answers]"))
    (path,) = kept(taking)
    assert answers() == [{"f": {"name": "tree.jpg", "file": path.name}}]
    assert path.suffix == ".webp"
    assert b"at home" not in path.read_bytes()
    assert client.get(f"/media/{path.name}").status_code == 404


def test_the_page_says_what_is_kept_and_lets_it_go(client: FlaskClient, wave: SurveyWave) -> None:
    upload(client, wave, PDF, "C:\\Users\\ana\\letter.pdf")
    assert "letter.pdf" in open_page(client, wave, "/answer?page=1").select_one("#q-f strong").text
    data = {"page": "1", "q": "x", "clear": "f", **form_of(open_page(client, wave, "/answer?page=1"), "#sheet")}
    client.post(address(wave, "/answer"), data=data | {"clear": "f"})
    assert open_page(client, wave, "/answer?page=1").select_one("#q-f strong") is None


def test_a_browser_sends_it_with_the_whole_sheet(client: FlaskClient, wave: SurveyWave, taking: Path) -> None:
    data = {"key": KEY, "q": "x", "f": (io.BytesIO(PDF), "letter.pdf")}
    assert client.post(address(wave, "/answers"), data=data).status_code == 303
    assert answers() == [{"f": {"name": "letter.pdf", "file": kept(taking)[0].name}}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ a program", "not a picture"),
        (b"<svg onload=x>", "not a picture"),
        (b"", "not a picture"),
        (b"%PDF-" + b"x" * 1000, "at most 5 MB"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_and_the_rest_stays(
    client: FlaskClient,
    wave: SurveyWave,
    taking: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    sentence: str,
) -> None:
    monkeypatch.setattr(files, "MAX_PDF", 500)
    reply = upload(client, wave, content)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert soup_of(reply).find(id="q-q-field")["value"] == "x"
    assert kept(taking) == []


def test_nobody_can_name_a_file_that_they_did_not_send(
    client: FlaskClient, city: City, wave: SurveyWave, taking: Path
) -> None:
    other = make_wave(city, {"sections": [section("s", question("f", "file"), question("q", "line"))]})
    upload(client, other, PDF)
    token = form_of(open_page(client, other, "/check"), "form[action$=answers]")["f"][0]
    for forged in (token, "x", '{"name": "x", "file": "../../secret_key"}'):
        client.application.test_client().post(address(wave, "/answers"), data={"key": KEY, "q": "x", "f": forged})
    assert answers() == [{}]


def test_what_no_sheet_holds_goes_with_the_seal(client: FlaskClient, wave: SurveyWave, taking: Path) -> None:
    upload(client, wave, PDF)
    client.application.test_client().post(
        address(wave, "/answers"), data={"key": KEY, "f": (io.BytesIO(PDF), "sent.pdf")}
    )
    assert len(kept(taking)) == 2
    wave.closed_at, wave.grace_minutes = clock.now(), 0
    db.session.commit()
    sealing.seal_ended_waves()
    assert [path.name for path in kept(taking)] == [answers()[0]["f"]["file"]]


def test_many_files_at_once_have_to_wait(client: FlaskClient, wave: SurveyWave, taking: Path) -> None:
    replies = [upload(client, wave, PDF) for _ in range(12)]
    assert replies[-1].status_code == 429
    assert len(kept(taking)) == 10


def test_without_the_setting_nothing_is_kept(client: FlaskClient, city: City, app: Flask) -> None:
    wave = make_wave(city, {"sections": [section("s", question("f", "file", is_required=True), question("q", "line"))]})
    data = {"key": KEY, "q": "x", "f": (io.BytesIO(PDF), "letter.pdf")}
    assert client.post(address(wave, "/answers"), data=data).status_code == 303
    assert rows(SurveySheet) == 1
    assert not (app.extensions["settings"].data_dir / "files").exists()


def test_analysts_fetch_what_was_sent_named_by_sheet_and_question(
    app: Flask, client: FlaskClient, wave: SurveyWave, city: City
) -> None:
    upload(client, wave, PDF, "letter.pdf")
    client.post(address(wave, "/answers"), data=form_of(open_page(client, wave, "/check"), "form[action$=answers]"))
    analyst = sign_in(app.test_client(), make_staff(city, Role.ANALYST))
    reply = analyst.get(f"/riverton/staff/surveys/waves/{wave.slug}/files.zip", buffered=True)
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        names = archive.namelist()
        assert archive.read(names[0]) == PDF
    sheet = db.session.scalars(db.select(SurveySheet)).one()
    assert names == [f"{sheet.id.hex()}-f.pdf"]
