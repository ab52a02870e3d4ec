"""LimeSurvey files made to do harm, and files that are only broken."""

import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.importers.brought import bring, question
from tests.surveys.importers.limesurvey_files import GENERATIONS, LimeFile, ask
from tests.surveys.importers.test_limesurvey import EVERY_TYPE
from tests.surveys.shared import FOLDER

pytestmark = pytest.mark.usefixtures("speaking")
QUIET = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

HEAD = "<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"


def in_document(body: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}{HEAD}{body}</document>'.encode()


def table(name: str, rows: list[str]) -> str:
    return f"<{name}><rows>{''.join(rows)}</rows></{name}>"


def asked(number: int, type_: str = "S", text: str = "") -> str:
    fields = {"qid": number, "parent_qid": 0, "gid": 1, "type": type_, "title": f"Q{number}", "language": "en"}
    fields["question"] = text or f"What {number}?"
    return "<row>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</row>"


def refusal(content: bytes) -> str:
    found = bring(content)
    assert found.questionnaire is None
    return str(found.report.refused)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "https://example.org/a.dtd">',
    ],
)
def test_entities_and_definitions_are_refused(doctype):
    assert "entities" in refusal(in_document("", doctype))


def test_an_entity_that_nobody_defined_is_no_xml():
    assert "line 1" in refusal(in_document("&x;"))


def test_a_file_that_ends_too_early_says_where():
    assert "line 2" in refusal(in_document("\n<questions>")[:-12])


def test_deep_nesting_is_refused():
    assert "<a>" in refusal(in_document("<a>" * 5000 + "</a>" * 5000))


def test_an_unknown_encoding_is_refused():
    assert "UTF-8" in refusal(b'<?xml version="1.0" encoding="klingon"?>' + in_document("")[21:])


def test_what_is_no_survey_is_refused():
    assert "no survey" in refusal(b"<document><LimeSurveyDocType>Label set</LimeSurveyDocType></document>")


def test_a_survey_without_questions_is_refused():
    assert "no question" in refusal(in_document(""))


def many_answers(number: int) -> list[str]:
    return [f"<row><qid>1</qid><code>A{n}</code><answer>x</answer></row>" for n in range(number)]


def attributes(number: int) -> list[str]:
    return [f"<row><qid>1</qid><attribute>a{n}</attribute><value>1</value></row>" for n in range(number)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (lambda: table("questions", ["<row><qid>1</qid></row>"] * 100_000), "row 20001"),
        (lambda: table("answers", many_answers(100_000)), "row 40001"),
        (lambda: table("question_attributes", attributes(100_000)), "row 60001"),
        (lambda: table("questions", [asked(n) for n in range(401)]), "401 questions"),
        (lambda: table("questions", [asked(1, text="x" * 300_000)]), "row 1, question"),
        (lambda: table("questions", ["<row>" + "".join(f"<f{n}/>" for n in range(300)) + "</row>"]), "fields"),
        (lambda: table("groups", [f"<row><gid>{n}</gid></row>" for n in range(1, 71)])
         + table("questions", [asked(n).replace("<gid>1", f"<gid>{n}") for n in range(1, 71)]), "70 sections"),
    ],
)  # fmt: skip
def test_too_much_is_refused_quickly_with_place_and_reason(body, reason):
    content = in_document(body())
    began = time.process_time()
    sentence = refusal(content)
    assert time.process_time() - began < 2
    assert reason in sentence


def test_a_large_file_is_read_in_bounded_memory():
    content = in_document(table("question_attributes", attributes(59_000)) + table("questions", [asked(1)]))
    tracemalloc.start()
    bring(content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150 * 1024 * 1024


def test_much_html_is_read_in_time():
    texts = [asked(n, text="<![CDATA[" + "<div>" * 4000 + "x]]>") for n in range(1, 100)]
    began = time.process_time()
    assert bring(in_document(table("questions", texts))).questionnaire
    assert time.process_time() - began < 2


def test_a_question_with_too_many_answers_is_lost_alone():
    rows = table("questions", [asked(1, "L"), asked(2)]) + table("answers", many_answers(900))
    found = bring(in_document(rows))
    assert [q.code for q in found.questionnaire.questions] == ["Q2"]


def test_scripts_do_nothing():
    bad = "<script>alert(1)</script><b onclick='alert(2)'>Hi</b><a href='javascript:alert(3)'>there</a>"
    found = bring(LimeFile([(bad, "", [ask("Q", "L", bad, answers={"A1": bad})])]).xml())
    section = found.questionnaire.sections[0]
    for text in (section.title["en"], question(found, "Q").text["en"], question(found, "Q").options[0].label["en"]):
        assert text == "Hithere"


REAL = [path for path in (FOLDER / "citric_survey.lss", FOLDER / "citric_group.lsg") if path.exists()]
FILES = [LimeFile([("First", "", EVERY_TYPE)]).xml(version) for version in GENERATIONS] + [p.read_bytes() for p in REAL]


@QUIET
@given(st.sampled_from(FILES), st.lists(st.tuples(st.integers(0, 40_000), st.binary(max_size=8)), max_size=6))
def test_changed_bytes_never_raise(speaking, content, changes):
    for place, bytes_ in changes:
        content = content[:place] + bytes_ + content[place + len(bytes_) :]
    report = bring(content).report
    assert (report.refused is None) == (report.questions_imported > 0)


TEXTS = st.one_of(
    st.text(max_size=12), st.sampled_from(["0", "-1", "1e400", "9" * 400, "R", "{Q1}", "/(/", "((((", "1"])
)


@QUIET
@given(st.sampled_from(FILES), st.data())
def test_changed_fields_never_raise(speaking, content, data):
    text = content.decode()
    for _number in range(3):
        at = text.find("<![CDATA[", data.draw(st.integers(0, len(text))))
        end = text.find("]]>", at)
        if at >= 0:
            written = data.draw(TEXTS).replace("]]>", "")
            text = f"{text[: at + 9]}{written}{text[end:]}"
    bring(text.encode("utf-8", "surrogatepass"))
