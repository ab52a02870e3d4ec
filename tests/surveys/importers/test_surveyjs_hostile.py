"""SurveyJS forms made to do harm, and forms that are only broken."""

import time
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.importers.brought import bring, question
from tests.surveys.importers.surveyjs_forms import element, form
from tests.surveys.importers.test_surveyjs_logic import ASKED
from tests.surveys.shared import FOLDER

pytestmark = pytest.mark.usefixtures("speaking")
QUIET = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refusal(content: Any) -> str:
    found = bring(content if isinstance(content, bytes) else orjson.dumps(content))
    assert found.questionnaire is None
    return str(found.report.refused)


def test_a_file_that_ends_too_early_says_where():
    assert "line 2, column 2" in refusal(b'{"pages":\n[')


@pytest.mark.parametrize(
    "content", [b'{"pages":' + b"[" * 3000 + b"]" * 3000 + b"}", b'{"pages":' + b"[" * 90 + b"]" * 90 + b"}"]
)
def test_deep_nesting_is_refused(content):
    assert "JSON" in refusal(content) or "deeply" in refusal(content)


@pytest.mark.parametrize(
    "content", [b'{"pages": 3}', b'{"elements": {"a": 1}}', b'{"pages": [null, [], {"elements": "x"}]}']
)
def test_a_form_without_questions_is_refused(content):
    assert "no question" in refusal(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"elements": [element("text", f"q{n}") for n in range(100_000)]}, "“q800”"),
        ({"elements": [{}] * 510_000}, "parts"),
        ({"elements": [element("text", f"q{n}") for n in range(500)]}, "500 questions"),
        ({"elements": [element("checkbox", f"q{n}", choices=list(range(190))) for n in range(300)]}, "20000 answers"),
        ({"pages": [{"name": f"p{n}", "elements": [element("text", f"q{n}")]} for n in range(61)]}, "61 sections"),
    ],
)
def test_too_much_is_refused_quickly_with_place_and_reason(content, reason):
    written = orjson.dumps(content)
    began = time.process_time()
    sentence = refusal(written)
    assert time.process_time() - began < 2
    assert reason in sentence


def test_a_question_with_too_many_answers_is_lost_alone():
    found = form(element("checkbox", choices=list(range(80_000))), element("text", "last"))
    assert [asked.code for asked in found.questionnaire.questions] == ["last"]


def test_conditions_that_are_too_deep_are_said():
    deep = ["(" * 3000 + "1" + ")" * 1000, "!" * 4000 + "1", "{a} + " * 700 + "1", "9" * 4900, "x" * 6000]
    found = form(element("text", "a"), *(element("text", f"q{n}", visibleIf=text) for n, text in enumerate(deep)))
    assert all(asked.show_if is None for asked in found.questionnaire.questions)


def test_patterns_that_never_end_do_not_hold_up_the_import():
    began = time.process_time()
    form(element("text", validators=[{"type": "regex", "regex": "(a+)+$" * 50}]))
    assert time.process_time() - began < 1


def test_scripts_do_nothing():
    bad = "<script>alert(1)</script><b onclick='alert(2)'>Hi</b><a href='javascript:alert(3)'>there</a>"
    found = form(element("radiogroup", title=bad, description=bad, choices=[{"value": 1, "text": bad}]), title=bad)
    asked = question(found, "q")
    for text in (asked.text["en"], asked.hint["en"], asked.options[0].label["en"], found.questionnaire.title["en"]):
        assert text == "Hithere"


FILE = FOLDER / "surveyjs_all_types.json"
REAL = orjson.loads(FILE.read_bytes()) if FILE.exists() else {}
OWN = {
    "pages": [{"name": "p", "elements": ASKED}],
    "triggers": [{"type": "skip", "expression": "{age} > 1", "gotoName": "one"}],
}
FORMS = [OWN, *([REAL] if REAL else [])]
NAMES = ["value", "text", "name", "type", "choices", "items", "rows", "columns", "elements", "default", "de"]
LITERALS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False), st.text(max_size=6)
)
ANYTHING = st.recursive(
    LITERALS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)),
    max_leaves=6,
)


def places(part: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a document."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [way, *(place for key, value in inner for place in places(value, (*way, key)))]


PLACES = [places(document) for document in FORMS]


@QUIET
@given(st.data())
def test_anything_anywhere_never_raises(speaking, data):
    number = data.draw(st.integers(0, len(FORMS) - 1))
    document = orjson.loads(orjson.dumps(FORMS[number]))
    for _change in range(3):
        *way, last = data.draw(st.sampled_from(PLACES[number][1:]))
        part = document
        for step in way:
            part = part[step] if isinstance(part, dict | list) and _has(part, step) else None
        if isinstance(part, dict | list) and _has(part, last):
            part[last] = data.draw(ANYTHING)
    bring(orjson.dumps(document))


def _has(part: Any, step: Any) -> bool:
    return step in part if isinstance(part, dict) else isinstance(step, int) and step < len(part)


@QUIET
@given(st.lists(st.tuples(st.integers(0, 9000), st.binary(max_size=4)), min_size=1, max_size=4))
def test_changed_bytes_never_raise(speaking, changes):
    content = orjson.dumps(FORMS[-1])
    for place, bytes_ in changes:
        content = content[:place] + bytes_ + content[place + len(bytes_) :]
    bring(content)
