"""New codes wherever the old ones are named: in conditions, skips and texts that show an earlier answer."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from surveys.questionnaire import Part

Whole = TypeVar("Whole", bound=Part)
Codes = Mapping[str, str]

TREES = {"show_if", "that", "when"}
NAMES = {"code", "to"}
PIPE = re.compile(r"\{([A-Za-z]\w*)(?=[.}])")


def renamed(part: Whole, codes: Codes) -> Whole:
    """The questionnaire, section or question with new codes for old ones."""
    return type(part).model_validate(_part(part.model_dump(mode="json"), codes))


def _part(values: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    return {name: _value(name, value, codes) for name, value in values.items()}


def _value(name: str, value: Any, codes: Codes) -> Any:
    if name in TREES:
        return _tree(value, codes)
    if isinstance(value, Mapping):
        return _part(value, codes)
    if isinstance(value, list) and name not in {"options", "rows"}:
        return [_part(item, codes) for item in value]
    if isinstance(value, list):
        return [{**_part(item, codes), "code": item["code"]} for item in value]
    if isinstance(value, str):
        return codes.get(value, value) if name in NAMES else PIPE.sub(lambda found: _pipe(found, codes), value)
    return value


def _tree(tree: Any, codes: Codes) -> Any:
    if not isinstance(tree, list):
        return tree
    if tree[0] == "answer":
        return ["answer", codes.get(tree[1], tree[1]), *tree[2:]]
    return [tree[0], *(_tree(part, codes) for part in tree[1:])]


def _pipe(found: re.Match[str], codes: Codes) -> str:
    return "{" + codes.get(found[1], found[1])
