"""Answers as files: asked for, written, fetched; and what stands in them, read by other programs."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat
import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from surveys import drafting, exporting, jobs, waves
from surveys.exporters.files import WRITERS
from surveys.models import SurveyExport, SurveyText, SurveyWave
from surveys.questionnaire import loaded
from tests.makers import make_staff, post_form, sign_in
from tests.surveys.makers import every_kind, fill, make_districts, make_wave

FORMULA = '=HYPERLINK("http://evil.example","x")'
ANA: dict[str, Any] = {
    "mode": "x",
    "mode.other": FORMULA,
    "others": ["bus", "bike"],
    "order": ["car", "bus"],
    "grid": {"a": "yes"},
    "talk": {"s1": "agree", "s2": "pass"},
    "rate": "dont_know",
    "nps": 9,
    "age": 41,
    "since": "2001-09-01",
    "job": "Müllerin",
    "home": {"district": "north", "point": [9.174, 47.66]},
    "ok": True,
}


@pytest.fixture
def wave(city: City) -> SurveyWave:
    """Ana has answered everything, Bruno only what he had to, and why."""
    make_districts(city)
    wave = make_wave(city)
    fill(wave, "ana", **ANA)
    fill(wave, "bruno", mode="car", why="It rains.\nOften.")
    return wave


@pytest.fixture
def analyst(client: FlaskClient, city: City) -> FlaskClient:
    return sign_in(client, make_staff(city, Role.ANALYST))


def url(wave: SurveyWave, *rest: object) -> str:
    return "/".join(("/riverton/staff/surveys/waves", wave.slug, "exports", *map(str, rest)))


def ordered(wave: SurveyWave, form: str, language: str = "en") -> SurveyExport:
    export = exporting.order_export(wave, form, language, by=COMMAND_LINE)
    db.session.commit()
    return export


def written(wave: SurveyWave, form: str, language: str = "en") -> Path:
    export = ordered(wave, form, language)
    jobs.write_exports()
    return exporting.file_of(export)


def by_mode(rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["mode"]: row for row in rows}


def csv_rows(path: Path) -> dict[str, dict[str, str]]:
    return by_mode(list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))))


def test_csv_has_a_row_for_each_sheet(wave: SurveyWave) -> None:
    rows = csv_rows(written(wave, "csv"))
    ana, bruno = rows["x"], rows["car"]
    chosen = {name: ana[f"others_{name}"] for name in ("bus", "bike", "car", "none")}
    assert chosen == {"bus": "1", "bike": "1", "car": "0", "none": "0"}
    assert (ana["order_car"], ana["order_bus"], ana["order_bike"]) == ("1", "2", "")
    assert (ana["grid_a"], ana["grid_b"], ana["talk_s2"]) == ("yes", "", "pass")
    assert (ana["home"], ana["home_longitude"], ana["ok"]) == ("north", "9.174", "1")
    assert (bruno["why"], bruno["others_bus"], bruno["job"]) == ("It rains.\nOften.", "", "")
    assert ana["sheet"] != bruno["sheet"]


def test_formulas_stay_text_in_every_format(wave: SurveyWave) -> None:
    assert csv_rows(written(wave, "csv"))["x"]["mode_other"] == f"'{FORMULA}"
    book = openpyxl.load_workbook(written(wave, "xlsx"))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == FORMULA]
    assert [cell.data_type for cell in cells] == ["s"]
    assert all(cell.hyperlink is None for cell in cells)


def test_xlsx_has_numbers_as_numbers_and_a_codebook(wave: SurveyWave) -> None:
    book = openpyxl.load_workbook(written(wave, "xlsx", "de"))
    heads, *lines = book.worksheets[0].iter_rows(values_only=True)
    rows = by_mode([dict(zip(heads, line, strict=True)) for line in lines])
    assert (rows["x"]["age"], rows["x"]["nps"], rows["x"]["rate"]) == (41, 9, "dont_know")
    codebook = list(book.worksheets[1].iter_rows(values_only=True))
    assert ("mode", "How do you travel most? (de)", "bus", "Bus (de)") in codebook
    assert ("home", "Where do you live? (de)", "north", "North") in codebook
    assert {row[0] for row in codebook[1:]} == set(heads)


def test_spss_reads_values_and_labels(wave: SurveyWave) -> None:
    frame, meta = pyreadstat.read_sav(str(written(wave, "sav")))
    rows = by_mode(frame.to_dict("records"))
    assert (rows["x"]["age"], rows["x"]["others_bus"], rows["x"]["others_car"]) == (41.0, 1.0, 0.0)
    assert rows["x"]["rate"] == -999.0
    assert rows["x"]["job"] == "Müllerin"
    assert meta.column_names_to_labels["age"] == "How old are you? (years)"
    assert meta.variable_value_labels["mode"]["bus"] == "Bus"
    assert meta.variable_value_labels["rate"][-999.0] == "I don't know"


def test_json_has_columns_and_answers(wave: SurveyWave) -> None:
    data = json.loads(written(wave, "json").read_text())
    names = [column["name"] for column in data["columns"]]
    rows = by_mode([dict(zip(names, row, strict=True)) for row in data["answers"]])
    assert rows["x"]["talk_s1"] == "agree"
    assert rows["car"]["age"] is None


@pytest.mark.parametrize("form", WRITERS)
def test_a_wave_without_answers_makes_a_file_with_heads_alone(city: City, form: str) -> None:
    path = written(make_wave(city), form)
    assert path.stat().st_size > 100


def test_an_earlier_wording_has_columns_of_its_own(wave: SurveyWave) -> None:
    document = every_kind()
    document["sections"][0]["questions"][1]["text"] = {"en": "How do you move?"}
    drafting.change_survey(wave.survey, loaded(document), seen=wave.survey.edition, by=COMMAND_LINE)
    waves.renew_wave(wave, by=COMMAND_LINE)
    db.session.commit()
    fill(wave, "carla", mode="bus")
    rows = list(csv.DictReader(io.StringIO(written(wave, "csv").read_text(encoding="utf-8-sig"))))
    assert sorted((row["mode"], row["mode_v1"]) for row in rows) == [("", "car"), ("", "x"), ("bus", "")]


def test_rejected_texts_are_left_out(wave: SurveyWave) -> None:
    text = db.session.scalars(db.select(SurveyText).filter_by(field="why")).one()
    text.state = "rejected"
    db.session.commit()
    assert csv_rows(written(wave, "csv"))["car"]["why"] == ""


def test_a_small_file_is_ready_at_once(analyst: FlaskClient, wave: SurveyWave) -> None:
    reply = post_form(analyst, url(wave), {"form": "csv", "language": "en"})
    assert reply.status_code == 303
    export = db.session.scalars(db.select(SurveyExport)).one()
    file = analyst.get(url(wave, export.id, "file"), buffered=True)
    assert file.headers["Content-Disposition"] == f"attachment; filename={wave.slug}.csv"
    assert file.headers["Cache-Control"] == "private, no-store"
    assert "Müllerin" in file.get_data().decode("utf-8-sig")


def test_a_large_file_is_left_to_the_worker(
    analyst: FlaskClient, wave: SurveyWave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    post_form(analyst, url(wave), {"form": "xlsx", "language": "en"})
    export = db.session.scalars(db.select(SurveyExport)).one()
    assert analyst.get(url(wave, export.id, "file"), buffered=True).status_code == 404
    assert "0 of 2" in analyst.get(url(wave), headers={"HX-Request": "true"}).text
    jobs.write_exports()
    assert analyst.get(url(wave, export.id, "file"), buffered=True).status_code == 200


def test_an_unknown_format_is_refused(analyst: FlaskClient, wave: SurveyWave) -> None:
    assert post_form(analyst, url(wave), {"form": "exe", "language": "en"}).status_code == 422


def test_who_may_export(app: Flask, client: FlaskClient, wave: SurveyWave, other_city: City) -> None:
    assert client.get(url(wave)).headers["Location"].startswith("/sign-in")
    for role, status in ((Role.EDITOR, 403), (Role.MODERATOR, 403), (Role.ADMIN, 200)):
        assert sign_in(app.test_client(), make_staff(wave.city, role)).get(url(wave)).status_code == status
    carla = sign_in(app.test_client(), make_staff(other_city, Role.ADMIN))
    assert carla.get(url(wave)).status_code == 404
    export = ordered(wave, "csv")
    assert carla.get(url(wave, export.id, "file"), buffered=True).status_code == 404


def test_an_export_is_in_the_audit_log(wave: SurveyWave) -> None:
    ordered(wave, "sav")
    entry = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.verb, entry.detail["form"], entry.detail["sheets"]) == ("exported answers of", "sav", 2)


def test_files_are_forgotten_after_a_week(wave: SurveyWave) -> None:
    path = written(wave, "csv")
    export = db.session.scalars(db.select(SurveyExport)).one()
    jobs.forget_old_exports()
    assert path.exists()
    export.at = clock.now() - timedelta(days=8)
    db.session.commit()
    jobs.forget_old_exports()
    assert not path.exists()
    assert db.session.scalar(db.select(SurveyExport.id)) is None
