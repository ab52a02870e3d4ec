"""What the names in SurveyJS expressions mean, and how the values of the form are called here."""

from dataclasses import dataclass, field

from surveys.logic.expressions import Expression
from surveys.logic.parsing import Unreadable
from surveys.questionnaire import Kind

COUNTED = ".length"


@dataclass
class Variables:
    """Every name by which the form may call an answer, as a tree of ours.

    `choices` map, by our code of a question, the values of the form to our codes. `yes` are the questions of two
    answers, and `ticked` the boxes to tick, with the values that the form has for "true" and "false".
    """

    trees: dict[str, Expression] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    yes: set[str] = field(default_factory=set)
    ticked: dict[str, tuple[str, str]] = field(default_factory=dict)

    def name(self, name: str, tree: Expression) -> None:
        self.trees.setdefault(name.strip().lower(), tree)

    def tree(self, name: str) -> Expression:
        """What stands in curly brackets. SurveyJS takes small and large letters for the same. Raises Unreadable."""
        wanted = name.strip().lstrip("#$").lower()
        found = self.trees.get(wanted)
        if found is None and wanted.endswith(COUNTED):
            counted = self.trees.get(wanted.removesuffix(COUNTED))
            found = None if counted is None else [self._measure(counted), counted]
        if found is None:
            raise Unreadable(f"unknown variable: {name!r}")
        return found

    def _measure(self, tree: Expression) -> str:
        return "length" if self.kind_of(tree) in {Kind.LINE, Kind.TEXT} else "count"

    def code_of(self, tree: Expression) -> str:
        """The question whose whole or part answer the tree is; empty where it is none."""
        return str(tree[1]) if isinstance(tree, list) and tree[0] == "answer" else ""

    def kind_of(self, tree: Expression) -> Kind | None:
        return self.kinds.get(self.code_of(tree))

    def question(self, name: str) -> str | None:
        """The code of the question whose whole answer a text repeats; None where it repeats none."""
        tree = self.trees.get(name.strip().lower())
        return self.code_of(tree) if isinstance(tree, list) and len(tree) == 2 and tree[0] == "answer" else None
