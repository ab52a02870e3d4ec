"""Ideas from tables: a real one with attacks in it, and small ones with everything that can be wrong."""

import json
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from citizen.core.errors import Refused
from ideation import importing
from ideation.importers import ImportReport, RowOutcome, read_table
from ideation.models import Campaign, Idea, IdeaTerm, Showing
from ideation.similar import similar_to
from tests.ideation.makers import make_campaign

MADRID = Path(__file__).parents[3] / "shared/data/decide_madrid_proposals/proposals_latest.csv"
SIMILAR = {
    "Más carriles bici en el centro": "bici",
    "Arboles para mi calle": "rbol",
    "Parque canino en Vallecas": "anin",
}
"""What somebody types, and what stands in an idea that is found."""
needs_madrid = pytest.mark.skipif(not MADRID.exists(), reason=f"{MADRID} is not here")


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context():
        yield


def bring(campaign: Campaign, text: str | bytes, language: str = "en") -> ImportReport:
    content = text if isinstance(text, bytes) else text.encode()
    report = importing.look(campaign, read_table(content))
    importing.save(campaign, report, language, by=COMMAND_LINE)
    db.session.commit()
    return report


def ideas(campaign: Campaign, **equal: object) -> list[Idea]:
    return list(db.session.scalars(Idea.in_campaign(campaign).filter_by(**equal).order_by(Idea.id)))


@needs_madrid
def test_the_proposals_of_madrid_come_over(city):
    campaign = make_campaign(city, slug="madrid")
    report = bring(campaign, MADRID.read_bytes(), "es")
    found = importing.as_data(campaign, report, is_saved=True)
    assert (found["ideas_imported"], found["ideas_skipped"]) == (2738, 0)
    assert found["flags"]["no_text"] == 502
    assert found["flags"]["probe"] >= 136
    assert len(ideas(campaign, showing=Showing.WITHDRAWN)) == 30
    burst = [idea for idea in ideas(campaign) if "burst" in idea.flags]
    assert {idea.created_at.date().isoformat() for idea in burst} == {"2025-03-08"}
    assert len(burst) == 132
    assert all(idea.showing != Showing.SHOWN for idea in ideas(campaign) if "probe" in idea.flags)


@needs_madrid
def test_what_repeats_in_madrid_is_found(city):
    campaign = make_campaign(city, slug="madrid")
    bring(campaign, MADRID.read_bytes(), "es")
    titles = Counter(idea.title for idea in ideas(campaign))
    repeated = {title for title, number in titles.items() if number > 1}
    flagged = {idea.title for idea in ideas(campaign) if "repeated_title" in idea.flags}
    assert sum(titles[title] - 1 for title in repeated) >= 92
    assert repeated <= flagged
    for typed, about in SIMILAR.items():
        found = similar_to(campaign, typed, "", "es")
        assert any(about in f"{item.idea.title} {item.idea.text}".casefold() for item in found), typed


TABLE = """id;title;description;votes;created_at;category
1;Solar roofs;<p>On <b>schools</b></p><ul><li>soon</li></ul>;12;01/02/2025;Street lights
2;Night trains;Later;many;yesterday;Trains
3;;No title;1;;
"""


def test_a_table_comes_over(campaign):
    report = bring(campaign, TABLE)
    first, second = ideas(campaign)
    assert (first.title, first.text, first.supports) == ("Solar roofs", "On schools\n\n- soon", 12)
    assert (first.category, first.created_at.date().isoformat(), first.came_from) == ("light", "2025-02-01", "1")
    assert (second.supports, second.category) == (0, None)
    assert [row.outcome for row in report.rows] == [RowOutcome.CAME, RowOutcome.CHANGED, RowOutcome.REFUSED]
    assert len(report.rows[1].notes) == 3
    act = db.session.scalars(select(AuditEntry).filter_by(verb="imported ideas")).one()
    assert act.detail["refused"] == 1


def test_a_second_import_doubles_nothing(campaign):
    bring(campaign, TABLE)
    again = bring(campaign, TABLE)
    assert len(ideas(campaign)) == 2
    assert again.number(RowOutcome.SKIPPED) == 2


def test_looking_saves_nothing(campaign):
    importing.look(campaign, read_table(TABLE.encode()))
    assert ideas(campaign) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_other_tools_separate_in_other_ways(campaign, delimiter):
    bring(campaign, f"\ufefftitle{delimiter}votes\r\nTrees{delimiter}3\r\n")
    assert [(idea.title, idea.supports) for idea in ideas(campaign)] == [("Trees", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>Hello",
        '<img src="https://evil.example/x.png" onerror=alert(1)>Hello',
        '<a href="javascript:alert(1)" hx-get="/x">Hello</a>',
        "<iframe src=//evil.example></iframe>Hello",
        "&lt;b&gt;Hello&lt;/b&gt;",
        "\u202eHello",
    ],
)
def test_what_could_do_harm_is_words(campaign, text):
    bring(campaign, f'title,text\nTrees,"{text.replace(chr(34), chr(34) * 2)}"\n')
    (idea,) = ideas(campaign)
    assert "Hello" in idea.text
    assert not any(sign in idea.text for sign in ("<script", "onerror", "javascript:", "hx-get", "<iframe", "\u202e"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column with the titles"),
        (b"name of it,text\nTrees,x\n", "no column with the titles"),
        (b"title\n\xff\xfe\n", "no text in UTF-8"),
        (b'title,text\nTrees,"' + b"x" * 1_100_000 + b'"\n', "cannot read this file from line"),
    ],
    ids=["empty", "without titles", "bytes", "endless cell"],
)
def test_no_table_is_refused(content, said):
    with pytest.raises(Refused) as caught:
        read_table(content)
    assert said in caught.value.sentence


def test_long_texts_are_cut_and_say_so(campaign):
    report = bring(campaign, f"title,text\n{'T' * 200},{'😀' * 30_000}\n")
    (idea,) = ideas(campaign)
    assert (len(idea.title), len(idea.text)) == (120, 20_000)
    assert len(report.rows[0].notes) == 2


def test_imported_ideas_are_in_the_index_of_words(campaign):
    bring(campaign, TABLE)
    assert db.session.scalar(select(func.count()).select_from(IdeaTerm).where(IdeaTerm.term == "solar")) == 1
    assert [item.idea.title for item in similar_to(campaign, "Solar roof", "", "en")] == ["Solar roofs"]


def run(app: Flask, path: Path, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["ideas", "import", "riverton", "electricity", str(path), *options])
    return result.exit_code, result.output


def test_the_command_reports_as_json(app, campaign, tmp_path):
    path = tmp_path / "ideas.csv"
    path.write_text(TABLE)
    status, output = run(app, path, "--json", "--dry-run")
    found = json.loads(output)
    assert (status, found["ideas_imported"], found["ideas_skipped"], found["is_saved"]) == (1, 2, 1, False)
    assert ideas(campaign) == []
    run(app, path)
    assert len(ideas(campaign)) == 2


def test_the_command_knows_only_campaigns_of_the_city(app, other_city, tmp_path):
    path = tmp_path / "ideas.csv"
    path.write_text(TABLE)
    make_campaign(other_city, slug="electricity")
    status, output = run(app, path)
    assert status == 1
    assert "riverton" in output
