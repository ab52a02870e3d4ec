"""Questionnaires at random, for hypothesis: all kinds, in two languages, with conditions, checks and skips that fit."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from surveys.questionnaire import Kind, Questionnaire, loaded

WORDS = ("Bus", "Straße & Weg", "5 < 6", "Was ist das?", 'say "yes"', "it's", "a/b", "größer – kleiner", "日本", "x")
ROLES = (("other", "other"), ("none", "none"), ("dontknow", "dont_know"))
"""Options that behave in a way of their own, with the codes that other tools have for them."""

CLOSED = {"single", "multiple"}
Document = dict[str, Any]

lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
labels = st.fixed_dictionaries({"en": lines}, optional={"de": lines})
texts = st.one_of(labels, st.fixed_dictionaries({"en": st.tuples(lines, lines).map("\n".join)}))


def choices(prefix: str, most: int = 4) -> st.SearchStrategy[list[Document]]:
    """Options or rows with codes of their own."""
    return st.lists(labels, min_size=2, max_size=most).map(
        lambda found: [{"code": f"{prefix}{place}", "label": label} for place, label in enumerate(found)]
    )


def options() -> st.SearchStrategy[list[Document]]:
    """Options, behind them some with roles."""
    special = st.tuples(*(st.one_of(st.none(), labels) for _role in ROLES)).map(
        lambda found: [
            {"code": code, "label": label, "role": role}
            for (code, role), label in zip(ROLES, found, strict=True)
            if label is not None
        ]
    )
    return st.tuples(choices("o"), special).map(lambda both: both[0] + both[1])


def _amounts() -> dict[str, st.SearchStrategy[Any]]:
    return {"choose_min": st.integers(0, 1), "choose_max": st.integers(0, 2)}


def _ends() -> dict[str, st.SearchStrategy[Any]]:
    return {"low_label": labels, "high_label": labels, "has_dont_know": st.booleans()}


PARTS: dict[Kind, dict[str, st.SearchStrategy[Any]]] = {
    Kind.SINGLE: {"options": options(), "is_shuffled": st.booleans(), "is_ordered": st.booleans()},
    Kind.MULTIPLE: {"options": options(), "is_shuffled": st.booleans()} | _amounts(),
    Kind.RANKING: {"options": choices("o"), "is_shuffled": st.booleans()} | _amounts(),
    Kind.MATRIX: {"options": choices("c"), "rows": choices("r"), "is_ordered": st.booleans()},
    Kind.STATEMENTS: {"rows": choices("r")},
    Kind.SCALE: {"low": st.integers(-2, 1), "high": st.integers(2, 10)} | _ends(),
    Kind.NPS: _ends(),
    Kind.NUMBER: {
        "least": st.one_of(st.none(), st.integers(-5, 0)),
        "most": st.one_of(st.none(), st.integers(1, 200)),
        "decimals": st.integers(0, 6),
        "unit": st.one_of(st.just({}), labels),
        "has_dont_know": st.booleans(),
    },
    Kind.DATE: {"earliest": st.sampled_from([None, "2020-02-29"]), "latest": st.sampled_from([None, "2030-12-31"])},
    Kind.LINE: {"max_length": st.sampled_from([0, 40])},
    Kind.TEXT: {"max_length": st.sampled_from([0, 800])},
}
"""What belongs to a kind beyond what all have."""


@st.composite
def questions(draw: st.DrawFn, code: str, before: Sequence[Document], kinds: Sequence[Kind]) -> Document:
    """A question whose conditions look at those before it, and at itself where they check the answer."""
    kind = draw(st.sampled_from(kinds))
    question: Document = {"code": code, "kind": kind.value, "text": draw(texts)}
    question |= draw(st.fixed_dictionaries(PARTS.get(kind, {})))
    question["show_if"] = draw(st.one_of(st.none(), conditions(before)))
    if kind is Kind.NOTE:
        return question
    question |= {"is_required": draw(st.booleans()), "hint": draw(st.one_of(st.just({}), texts))}
    own = st.fixed_dictionaries({"that": conditions([*before, question]), "message": labels})
    question["checks"] = draw(st.lists(own, max_size=1))
    return question


def conditions(before: Sequence[Document]) -> st.SearchStrategy[Any]:
    """Conditions on the answers to these questions; none where none of them has an answer."""
    simple = [tree for question in before for tree in _simple(question)]
    if not simple:
        return st.none()
    several = st.lists(st.sampled_from(simple), min_size=2, max_size=3)
    joined = st.tuples(st.sampled_from(["and", "or"]), several).map(lambda found: [found[0], *found[1]])
    return st.one_of(st.sampled_from(simple), joined, joined.map(lambda tree: ["not", tree]))


def _simple(question: Document) -> list[Any]:
    """Conditions that make sense for the kind of question."""
    answer = ["answer", question["code"]]
    codes = [option["code"] for option in question.get("options", ())]
    found: dict[str, list[Any]] = {
        "single": [["=", answer, code] for code in codes] + [["!=", answer, code] for code in codes],
        "multiple": [["has", answer, code] for code in codes] + [[">", ["count", answer], 1]],
        "ranking": [["has", answer, code] for code in codes],
        "matrix": [["=", [*answer, row["code"]], codes[0]] for row in question.get("rows", ()) if codes],
        "statements": [["!=", [*answer, row["code"]], "pass"] for row in question.get("rows", ())],
        "scale": [[">=", answer, 2], ["<", answer, -1]],
        "number": [[">", ["+", answer, 1], 18], ["<=", answer, 2.5]],
        "date": [["<", answer, ["today"]]],
        "line": [["=", answer, "it's"]],
        "consent": [["=", answer, True]],
        "note": [],
    }
    known = [["answered", answer], ["not", ["answered", answer]]]
    return found.get(question["kind"], []) + ([] if question["kind"] == "note" else known)


@st.composite
def questionnaires(draw: st.DrawFn, kinds: Sequence[Kind] = tuple(Kind)) -> Questionnaire:
    """One to three sections of one to three questions. Skips stand behind the question that decides, and lead ahead."""
    sections: list[Document] = []
    asked: list[Document] = []
    for place in range(draw(st.integers(1, 3))):
        section: Document = {"code": f"part_{place}", "title": draw(st.one_of(st.just({}), labels)), "questions": []}
        section |= {
            "text": draw(st.one_of(st.just({}), texts)),
            "show_if": draw(st.one_of(st.none(), conditions(asked))),
        }
        for _number in range(draw(st.integers(1, 3))):
            question = draw(questions(f"Q{len(asked) + 1}", tuple(asked), kinds))
            section["questions"].append(question)
            asked.append(question)
        sections.append(section)
    for place, question in enumerate(asked):
        question["skips"] = draw(_skips(question, asked[place + 1 :]))
    whole = {"title": draw(labels), "intro": draw(st.one_of(st.just({}), texts)), "sections": sections}
    layout = draw(st.sampled_from(["section", "question"]))
    return loaded(whole | {"thanks": draw(st.one_of(st.just({}), texts)), "layout": layout})


def _skips(question: Document, ahead: Sequence[Document]) -> st.SearchStrategy[list[Document]]:
    """None or one."""
    own = _simple(question)
    if not own:
        return st.just([])
    goals = st.sampled_from(["end", *(later["code"] for later in ahead)])
    return st.lists(st.fixed_dictionaries({"when": st.sampled_from(own), "to": goals}), max_size=1)
