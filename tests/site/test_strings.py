"""Every word that a person reads can be translated, and has a German translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from citizen.core.config import ROOT
from scripts import translations

TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.suffix in {".html", ".txt"} and "styleguide" not in path.parts
]
"""Without the style guide, which is for developers and shows invented words."""

MODULES = [
    path
    for room in ("citizen", "ideation", "polls", "progress", "surveys")
    for path in sorted((ROOT / room).rglob("*.py"))
]
ENGLISH = {"api.py", "backups.py", "cli.py", "config.py", "demo.py", "messages.py", "openapi.py"}
ENGLISH |= {"expressions.py", "parsing.py", "patterns.py"}
"""Commands, settings, the API's description of itself and the demo city speak English; what is wrong with a condition
is told to programs, and pages say it in their own words."""

FORGED = {"This site has another name."}
"""The answer to a forged host, before anything is known about the page."""

SPOKEN = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}
"""Attributes that are read out or shown."""

NAMES = {"API", "CSV", "JSON", "LimeSurvey", "PDF", "Plaza", "SurveyJS", "XLSForm"}
"""Words that are the same in every language."""

TAG = re.compile(r"<[^<>]*>")
ATTRIBUTE = re.compile(r'([\w\0-]+)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
PHRASE = re.compile(r"[A-Z“]\S*( \S+)+")
SENTENCE = re.compile(PHRASE.pattern + "[.?!…:]")
CLASSES = re.compile(r"{% block width %}[\w ]*{% endblock %}")
"""The one block that holds names of classes."""

TRANSLATORS = {"_", "_l", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext", "pgettext"}


def parsed(source: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)


def words_in(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word not in NAMES]


def bare_words(source: str) -> Iterator[str]:
    """What stands in the template itself: between tags, or in an attribute that is read out.

    A macro may write attributes for a tag that stands elsewhere.
    """
    tree = parsed(CLASSES.sub("", source))
    text = "\0".join(data.data for data in tree.find_all(nodes.TemplateData))
    outside = TAG.sub(" ", text)
    yield from words_in(ATTRIBUTE.sub(" ", outside))
    for tag in [*TAG.findall(text), outside]:
        for name, value in ATTRIBUTE.findall(tag):
            yield from words_in(value) if name in SPOKEN else []


def bare_sentences(node: nodes.Node) -> Iterator[str]:
    """Strings of several words inside {{ … }} that no translating function stands around."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in TRANSLATORS:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and PHRASE.fullmatch(node.value):
        yield node.value
    for child in node.iter_child_nodes():
        yield from bare_sentences(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    source = path.read_text()
    assert [*bare_words(source), *bare_sentences(parsed(source))] == []


@pytest.mark.parametrize("text", ["<p>Hello</p>", '<img alt="A house">', "{{ notice('Hello world') }}"])
def test_bare_words_are_found(text: str) -> None:
    assert [*bare_words(text), *bare_sentences(parsed(text))]


def sentences_of(tree: ast.AST) -> Iterator[str]:
    """Sentences in Python that nobody can translate; docstrings and other bare expressions are not shown."""
    if isinstance(tree, ast.Call) and _name(tree) in TRANSLATORS:
        return
    if isinstance(tree, ast.Call) and _name(tree).endswith("Field"):
        yield from (argument.value for argument in tree.args[:1] if isinstance(argument, ast.Constant))
    if isinstance(tree, ast.Raise) and isinstance(tree.exc, ast.Call) and _name(tree.exc) == "ValueError":
        return
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str) and SENTENCE.fullmatch(tree.value):
        yield tree.value
    for child in ast.iter_child_nodes(tree):
        yield from sentences_of(child)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_python_has_no_sentence_that_cannot_be_translated() -> None:
    found = {
        str(path.relative_to(ROOT)): list(sentences_of(ast.parse(path.read_text())))
        for path in MODULES
        if path.name not in ENGLISH
    }
    assert {name: sentences for name, sentences in found.items() if set(sentences) - FORGED} == {}


def test_no_text_hides_where_the_catalogue_does_not_look() -> None:
    """A text inside an f-string is not extracted: it would stay English in every language."""
    hidden = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for joined in ast.walk(ast.parse(path.read_text()))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and _name(call) in TRANSLATORS
    }
    assert hidden == set()


def test_sentences_are_found() -> None:
    assert list(sentences_of(ast.parse('flash("This is saved.")'))) == ["This is saved."]
    assert list(sentences_of(ast.parse('flash(_("This is saved."))'))) == []


def test_every_text_is_translated_into_german(capsys: pytest.CaptureFixture[str]) -> None:
    is_wrong = translations.main("check")
    assert not is_wrong, capsys.readouterr().out
