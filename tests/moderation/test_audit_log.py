"""The log of acts: searched, taken along, verified."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, update

from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, AuditEntry, record
from citizen.core.db import db
from tests.makers import post_form

LOG = "/riverton/staff/audit"


@pytest.fixture
def acts(city, other_city):
    """Sixty acts in Riverton, one in Hillside; the numbers of Riverton's."""
    record("secretly did", "another city's thing", by=COMMAND_LINE, city_id=other_city.id)
    rows = [record("did", f"thing {number}", by=COMMAND_LINE, city_id=city.id, n=number) for number in range(60)]
    db.session.commit()
    return [row.id for row in rows]


def subjects(reply):
    return [row.select("td")[3].text for row in BeautifulSoup(reply.text, "html.parser").select("#entries tbody tr")]


def test_the_newest_stands_first_and_older_ones_follow(admin, acts):
    first = admin.get(LOG)
    assert subjects(first) == [f"thing {number}" for number in range(59, 9, -1)]
    older = BeautifulSoup(first.text, "html.parser").select_one("a[rel=next]")["href"]
    assert subjects(admin.get(older)) == [f"thing {number}" for number in range(9, -1, -1)]


def test_it_is_searched_by_words_and_days(admin, acts):
    assert subjects(admin.get(f"{LOG}?q=THING+17")) == ["thing 17"]
    assert subjects(admin.get(f"{LOG}?q=secretly")) == []
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    assert subjects(admin.get(f"{LOG}?since={tomorrow}")) == []
    assert len(subjects(admin.get(f"{LOG}?until={tomorrow}&since=nonsense&before=x"))) == 50


def test_the_file_holds_everything_that_was_found(admin, acts):
    rows = list(csv.DictReader(io.StringIO(admin.get(f"{LOG}.csv", buffered=True).text)))
    assert [int(row["number"]) for row in rows] == acts
    assert len(rows[0]["digest"]) == 64
    assert len(list(csv.DictReader(io.StringIO(admin.get(f"{LOG}.csv?q=thing+17", buffered=True).text)))) == 1


def test_the_page_checks_the_chain(admin, acts):
    check = {"url": f"{LOG}/check", "page": LOG}
    assert "The log is whole" in admin.get(post_form(admin, **check).location).text
    db.session.execute(update(AuditEntry).where(AuditEntry.id == acts[5]).values(verb="undid"))
    assert f"broken at row {acts[5]}" in admin.get(post_form(admin, **check).location).text


def verify(app, *arguments):
    db.session.commit()
    return app.test_cli_runner().invoke(args=["audit", "verify", *arguments])


def test_the_command_names_the_first_changed_row(app, acts):
    assert verify(app).output == "The audit log is whole.\n"
    db.session.execute(update(AuditEntry).where(AuditEntry.id.in_([acts[7], acts[30]])).values(subject="thing 99"))
    result = verify(app)
    assert result.exit_code == 1
    assert f"Row {acts[7]} of" in result.output
    assert "command line did thing 99" in result.output


def test_the_command_names_a_row_that_was_taken_out(app, acts):
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == acts[7]))
    result = verify(app)
    assert result.exit_code == 1
    assert f"Row {acts[7]} is missing" in result.output


def test_rows_that_were_cut_off_show_against_an_older_file(app, admin, acts, tmp_path):
    file = tmp_path / "audit.csv"
    file.write_text(admin.get(f"{LOG}.csv", buffered=True).text)
    assert verify(app, str(file)).exit_code == 0
    db.session.execute(delete(AuditEntry).where(AuditEntry.id > acts[40]))
    assert verify(app).exit_code == 0
    result = verify(app, str(file))
    assert result.exit_code == 1
    assert f"Row {acts[41]} is not here any more" in result.output
