"""Questionnaires that people really used."""

from collections import Counter

import pytest

from surveys import importers
from surveys.checker import errors_in, findings_for
from surveys.importers.report import Import, Severity
from surveys.questionnaire import Kind, OptionRole
from tests.surveys.shared import questionnaire_file

pytestmark = pytest.mark.usefixtures("speaking")


def brought(name: str) -> Import:
    found = importers.read(name, questionnaire_file(name), ["de", "en"])
    told = [one.where for one in found.report.outcomes]
    assert len(told) == len(set(told)), "a row has two outcomes"
    return found


def test_the_civic_survey_comes_over_whole():
    found = brought("mitwirken_umfrage.xlsx")
    kinds = Counter(question.kind for question in found.questionnaire.questions)
    assert (kinds[Kind.MULTIPLE], kinds[Kind.SINGLE], kinds[Kind.LINE] + kinds[Kind.TEXT], kinds[Kind.NUMBER]) == (
        12,
        8,
        16,
        2,
    )
    assert (found.report.questions_imported, found.report.questions_skipped) == (38, 0)
    assert len(found.questionnaire.sections) == 9
    lost = [note for note in found.report.notes if note.severity is Severity.LOST]
    assert [note.where for note in lost] == ["settings!C2", "survey!28"]
    assert "“other”, which “teilhabe_gruppen” does not offer" in lost[1].sentence


def test_the_civic_survey_keeps_its_logic():
    questionnaire = brought("mitwirken_umfrage.xlsx").questionnaire
    conditions = [question.show_if for question in questionnaire.questions if question.show_if]
    assert len(conditions) == 13
    assert questionnaire.question("gesetz_veraenderung_text").show_if == [
        "and",
        ["=", ["answer", "wissen_gesetz"], "ja"],
        ["or", *(["=", ["answer", "veraenderung_gesetz_art"], code] for code in ("ja_haben", "ja_zusammenarbeit"))],
    ]
    assert questionnaire.question("email").checks[0].that == [
        "matches",
        ["answer", "email"],
        r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    ]
    assert questionnaire.question("wissen_gesetz").is_required


def test_the_civic_survey_reads_as_plain_text():
    questionnaire = brought("mitwirken_umfrage.xlsx").questionnaire
    texts = " ".join(question.text["de"] for question in questionnaire.questions)
    assert "Das Zusammenleben e.V. (https://www.zusammenlebenev.de/) aus Freital" in texts
    assert "Migrant*innenorganisationen" in texts
    assert ") (https://www.ihre-organisation.de/datenschutz)" in texts
    assert not any(sign in texts for sign in ("**", "<", "\\"))
    groups = questionnaire.question("teilhabe_gruppen")
    assert "gefluechtetefluechtlinge" in {option.code for option in groups.options}
    assert {option.role for question in questionnaire.questions for option in question.options} == {OptionRole.PLAIN}


@pytest.mark.parametrize("name", ["mitwirken_umfrage.xlsx", "testA.xlsx"])
def test_what_came_over_can_be_published(name):
    assert errors_in(findings_for(brought(name).questionnaire, ["de"])) == []


def test_the_second_form_comes_over():
    found = brought("testA.xlsx")
    assert (found.report.questions_imported, found.report.questions_skipped) == (21, 0)
    likert = found.questionnaire.question("wohlfuehlen")
    assert (likert.kind, likert.is_ordered, likert.is_required) == (Kind.SINGLE, True, True)
    share = found.questionnaire.question("attribution_beruf")
    assert (share.kind, share.least, share.most) == (Kind.NUMBER, 0, 100)
    assert share.show_if == ["!=", ["answer", "beruf_post"], ["answer", "beruf_pre"]]
    assert found.questionnaire.sections[2].text["de"].startswith("Bitte gib an, wie sehr du zustimmst")


def test_the_old_workbook_with_every_widget_comes_over():
    found = brought("widgets.xls")
    lost = [one.name for one in found.report.outcomes if one.severity is Severity.LOST]
    assert lost == ["add_none_option", "my_audio", "my_video"]
    tables = [question for question in found.questionnaire.questions if question.kind is Kind.MATRIX]
    assert [[row.code for row in table.rows] for table in tables] == [
        ["table_list_1", "table_list_2"],
        ["table_list_3", "table_list_4"],
    ]
    check = found.questionnaire.question("my_int").checks[0]
    assert (check.that, check.message["de"]) == (["<", ["answer", "my_int"], 10], "number must be less than 10")


def test_two_columns_with_one_name_are_refused():
    found = brought("duplicate_columns.xlsx")
    assert found.questionnaire is None
    assert found.report.refused == (
        "survey!D1 and survey!E1: the column “label” stands here twice. Please delete or rename one of them."
    )
