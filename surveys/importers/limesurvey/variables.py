"""What the names in LimeSurvey's conditions mean: which of our answers, and how its codes are called here."""

from dataclasses import dataclass, field
from typing import Any

from surveys.importers.limesurvey.structure import Asked
from surveys.logic.expressions import Expression
from surveys.logic.parsing import Unreadable

OTHER_CODE = "-oth-"
"""How LimeSurvey codes the answer "other"."""

SAME = {"", "NAOK", "code"}
SAME_WHERE_WRITTEN = {"shown", "value", "valueNAOK"}
"""What may follow a name and still means the answer; some of it only where people write the answer."""


class Chosen(list[Any]):
    """A tree that says whether an answer of a multiple choice was chosen: LimeSurvey has a variable for each."""


class Several(list[Any]):
    """The variables of several subquestions, to be counted; no tree of ours."""


@dataclass
class Variables:
    """Every name by which LimeSurvey may call an answer, as a tree of ours."""

    survey_id: str
    trees: dict[str, Expression] = field(default_factory=dict)
    numbered: dict[str, Expression] = field(default_factory=dict)
    """By number and by old address; a question's own name comes first, which may look like one of these."""
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    """By our code of a closed question: its codes in the file, as they are called here."""
    multiples: set[str] = field(default_factory=set)

    def name(self, asked: Asked, tree: Expression, part: str = "", *, address: str = "", part_id: int = 0) -> None:
        """Let the names of a question, or of a part of it, mean the tree. `address`: of the part, in the old way."""
        behind = f"_{part}" if part else ""
        self.trees.setdefault(f"{asked.code}{behind}", tree)
        self.numbered.setdefault(f"{self.survey_id}X{asked.group_id}X{asked.id}{address or part}", tree)
        self.numbered.setdefault(f"Q{asked.id}{behind}", tree)
        if part_id:
            self.numbered.setdefault(f"Q{asked.id}_S{part_id}", tree)

    def tree(self, name: str) -> Expression:
        """The answer that the name stands for. Raises Unreadable."""
        bare, _dot, suffix = name.removeprefix("that.").partition(".")
        found = self.trees.get(bare, self.numbered.get(bare))
        if found is None:
            raise Unreadable(f"unknown variable: {name!r}")
        is_written = not isinstance(found, Chosen) and self.choices_of(found) is None
        if suffix in SAME or (is_written and suffix in SAME_WHERE_WRITTEN):
            return found
        raise Unreadable(f"this property is not known here: {suffix!r}")

    def choices_of(self, tree: Expression) -> dict[str, str] | None:
        """How codes are called here in the question whose answer the tree is; None where people write the answer."""
        is_answer = isinstance(tree, list) and tree[:1] == ["answer"]
        return self.choices.get(tree[1]) if is_answer else None

    def is_multiple(self, tree: Expression) -> bool:
        """True where the tree is an answer of several codes."""
        return isinstance(tree, list) and tree[:1] == ["answer"] and len(tree) == 2 and tree[1] in self.multiples

    def question(self, name: str) -> str | None:
        """The code of the one question whose whole answer the name means; None where there is none."""
        bare = name.partition(".")[0]
        tree = self.trees.get(bare, self.numbered.get(bare))
        return str(tree[1]) if isinstance(tree, list) and tree[0] == "answer" and len(tree) == 2 else None
