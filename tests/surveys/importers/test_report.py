"""What every import tells, whatever its format."""

import pytest

from surveys.importers import bounds, conditions
from surveys.importers.codes import Codes
from surveys.importers.languages import language_code
from surveys.importers.report import Element, Import, ImportReport, Ledger, Severity, settled
from surveys.importers.texts import plain, shortened
from surveys.importers.words import element_words, severity_words, summary
from surveys.questionnaire import Questionnaire, loaded
from tests.surveys.importers.workbooks import brought, form
from tests.surveys.makers import question, section

pytestmark = pytest.mark.usefixtures("speaking")


def report(*entries: tuple[str, Element]) -> ImportReport:
    """Of entries on which one verb was used each."""
    ledger = Ledger()
    for number, (verb, element) in enumerate(entries):
        entry = ledger.entry(f"row {number}", element, f"q{number}", "What?")
        if verb:
            getattr(entry, verb)(f"Sentence {number}.")
    return ImportReport("xlsform", None, settled(ledger))


def test_each_verb_has_its_outcome():
    found = report(*((verb, Element.QUESTION) for verb in ("", "keep", "change", "miss", "lose")))
    assert [one.severity for one in found.outcomes] == ["kept", "kept", "changed", "changed", "lost"]
    assert [note.severity for note in found.notes] == ["kept", "changed", "lost", "lost"]


def test_only_questions_count():
    found = report(
        ("", Element.QUESTION), ("change", Element.QUESTION), ("lose", Element.QUESTION), ("lose", Element.OPTION)
    )
    assert (found.questions_imported, found.questions_changed, found.questions_skipped) == (2, 1, 1)
    assert summary(found) == ["2 questions came over.", "1 of them was changed.", "1 question could not."]
    assert summary(report(("", Element.QUESTION))) == ["1 question came over.", "No question was lost."]


def test_the_same_sentence_stands_there_once():
    entry = Ledger().entry("row 1", Element.QUESTION)
    entry.change("Twice.")
    entry.change("Twice.")
    assert len(entry.notes) == 1


def test_everything_stands_in_the_data():
    data = report(("miss", Element.QUESTION)).as_data()
    assert data["notes"] == [{"where": "row 0", "severity": "lost", "sentence": "Sentence 0."}]
    assert data["outcomes"][0] == {
        "where": "row 0",
        "element": "question",
        "name": "q0",
        "text": "What?",
        "outcome": "changed",
        "code": None,
        "sentences": ["Sentence 0."],
    }
    assert {"format", "refused", "questions_imported", "questions_changed", "questions_skipped"} <= data.keys()


def test_nothing_of_a_refused_file_came_over():
    found = brought(form(*[("text", f"q{number}", "What?") for number in range(401)]))
    assert isinstance(found, Import)
    assert found.report.as_data()["questions_imported"] == 0


def test_conditions_on_answers_that_nobody_can_give_are_taken_out():
    options = [{"code": "x"}, {"code": "1"}]
    for wanted, stays in (("x", True), (1, True), ("other", False)):
        condition = ["not", ["has", ["answer", "a"], wanted]]
        found, ledger = settled_with(
            question("a", "multiple", options=options), question("b", "line", show_if=condition)
        )
        assert (found.question("b").show_if is not None) is stays
        assert bool(ledger.of("b").notes) is not stays


def test_every_word_is_known():
    assert len({element_words(element) for element in Element}) == len(Element)
    assert len({severity_words(severity) for severity in Severity}) == len(Severity)


def settled_with(*questions: dict) -> tuple[Questionnaire, Ledger]:
    ledger = Ledger()
    for asked in questions:
        ledger.entry("row", Element.QUESTION, asked["code"]).code = asked["code"]
    questionnaire = loaded({"title": {"en": "T"}, "sections": [section("all", *questions)]})
    return conditions.settle(questionnaire, ledger), ledger


def test_jumps_and_checks_that_lead_nowhere_are_taken_out():
    skips = [{"when": True, "to": goal} for goal in ("end", "b", "a", "gone")]
    checks = [{"that": ["=", ["answer", code], 1]} for code in ("a", "b")]
    found, ledger = settled_with(question("a", "line", skips=skips, checks=checks), question("b", "line"))
    first = found.question("a")
    assert [skip.to for skip in first.skips] == ["end", "b"]
    assert len(first.checks) == 1
    assert len(ledger.of("a").notes) == 3


def test_what_is_not_in_a_questionnaire_is_no_ground_for_a_condition():
    found, ledger = settled_with(question("a", "note"), question("b", "line", show_if=["=", ["answer", "a"], 1]))
    assert found.question("b").show_if is None
    assert "so that everybody sees this" in ledger.of("b").notes[0].sentence


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("German (de)", "de"),
        ("Deutsch", "de"),
        ("deutsch(DE)", "de"),
        ("de-AT", "de"),
        ("English", "en"),
        ("français", "fr"),
        ("Chinese", "zh"),
        ("العربية", "ar"),
        ("klingon?", None),
        ("default", None),
        ("", None),
    ],
)
def test_languages_have_many_names(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("a<br>b<p>c</p>d", "a\nb\nc\nd"),
        ("x &lt;b&gt; y", "x <b> y"),
        ("<script>alert(1)</script><style>p{}</style>x", "x"),
        ('<a href="mailto:a@b.org">a@b.org</a>', "a@b.org"),
        ('<a href="https://a.org">https://a.org</a>', "https://a.org"),
        ("<<b>script>alert(1)<</b>/script>", "<script>alert(1)</script>"),
        ("\u0007a\tb \r\n\n\n\n c ", "a b\n\n c"),
    ],
)
def test_texts_are_made_plain(html, text):
    assert plain(html) == text


def test_long_texts_are_quoted_in_short():
    assert shortened("word " * 100, 20) == "word word word word…"


def test_codes_stay_short_when_they_get_a_number():
    codes, entry = Codes(), Ledger().entry("row", Element.QUESTION)
    first, second = (codes.question("a" * 70, entry) for _time in range(2))
    assert (len(first), second) == (64, "a" * 62 + "_2")
    assert codes.choice("größer als", entry) == "groesser_als"


def test_a_questionnaire_with_too_many_choices_is_refused(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_CHOICES", 3)
    found = brought(form(("select_one l", "q", "What?"), choices=[("l", str(n), "X") for n in range(4)]))
    assert "more than 3 answers and rows together" in found.report.refused
