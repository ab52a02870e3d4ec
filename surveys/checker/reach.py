"""Questions that nobody can ever see, and checks that nobody can ever meet: only where that can be proved.

For each question we list all values of the answers that decide whether it is shown, leave out combinations that cannot
come about, and follow the rules of `surveys.logic.path` with each. What we cannot list is unknown, and something that
hangs on it may be true or false (the strong three-valued logic of S. C. Kleene, 1938).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from flask_babel import gettext as _

from surveys.checker.domains import uses, values_of
from surveys.checker.ground import Finding, Ground, Spot
from surveys.logic.expressions import OPERATIONS, Expression, is_true, references
from surveys.questionnaire import END

MOST_QUESTIONS = 12
MOST_COMBINATIONS = 5_000
MOST_STEPS = 400_000
"""How much work all proofs of one questionnaire may take together, in visited parts of conditions."""

UNKNOWN = object()
Known = Mapping[str, Any]


def findings(ground: Ground) -> Iterator[Finding]:
    prover = Prover(ground)
    never = prover.never_shown()
    for place, section in ground.numbered_sections():
        if section.questions and all(question.code in never for question in section.questions):
            sentence = _("Nobody can ever see this section. Please change its conditions, or delete it.")
            yield Finding("warning", ("sections", place), sentence)
            never = never - {question.code for question in section.questions}
    for spot in ground.spots:
        if spot.question.code in never:
            yield spot.warning(
                _("Nobody can ever see this question. Please change its conditions or the skips before it.")
            )
        for index in prover.unmeetable(spot):
            yield _unmeetable(spot, index)


def _unmeetable(spot: Spot, index: int) -> Finding:
    if spot.question.is_required:
        sentence = _("No answer can meet this check, so nobody could send the survey. Please change the check.")
        return spot.error(sentence, "checks", index)
    return spot.warning(_("No answer can meet this check. Please change the check."), "checks", index)


class Prover:
    """Proves what cannot happen. Whatever takes too long counts as possible."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.steps_left = MOST_STEPS
        self.never: set[str] = set()
        self.measured: dict[int, tuple[list[str], int]] = {}
        self.always = {spot.question.code for spot in ground.spots if self._is_always_shown(spot)}

    def never_shown(self) -> set[str]:
        """Codes of the questions that nobody can see. What hangs on one of them is not seen either."""
        for spot in self.ground.spots:
            if not self._is_possible(spot):
                self.never.add(spot.question.code)
        return self.never

    def unmeetable(self, spot: Spot) -> Iterator[int]:
        """Places of the checks that fail whatever somebody answers."""
        for index, check in enumerate(spot.question.checks):
            code = spot.question.code
            known = self._combinations([check.that]) if code in self._measure(check.that)[0] else None
            answered = [answers for answers in known or [] if answers.get(code, UNKNOWN) is not None]
            if answered and all(truth(check.that, answers) is False for answers in answered):
                yield index

    def _is_always_shown(self, spot: Spot) -> bool:
        is_free = spot.section.show_if is None and spot.question.show_if is None
        return is_free and not any(self._jumps(spot))

    def _is_possible(self, spot: Spot) -> bool:
        shows = _shows(spot)
        asked = (code for tree in shows for code in self._measure(tree)[0])
        if any(self.ground.places.get(code, spot.place) >= spot.place for code in asked):
            return True
        jumps = [earlier for earlier in self._jumps(spot) if earlier.question.code not in self.never]
        skips = [skip.when for earlier in jumps for skip in earlier.question.skips]
        known = self._combinations([*shows, *skips]) if jumps else None
        if known is None:
            known, jumps = self._combinations(shows), []
        if known is None or not (shows or jumps):
            return True
        return any(
            all(truth(tree, answers) is not False for tree in shows)
            and not any(self._is_jumped(earlier, spot, answers) for earlier in jumps)
            for answers in known
        )

    def _jumps(self, spot: Spot) -> Iterator[Spot]:
        """Earlier questions with a skip that can lead past this one."""
        for earlier in self.ground.spots:
            if earlier.place >= spot.place:
                return
            if any(self._leads_past(skip.to, spot) for skip in earlier.question.skips):
                yield earlier

    def _leads_past(self, target: str, spot: Spot) -> bool:
        return target == END or self.ground.places.get(target, (-1, -1)) > spot.place

    def _is_jumped(self, earlier: Spot, spot: Spot, answers: Known) -> bool:
        """True where the earlier question is certainly shown, and its skip certainly leads past this one."""
        code = earlier.question.code
        if code not in self.always and answers.get(code) is None:
            return False
        for skip in earlier.question.skips:
            holds = truth(skip.when, answers)
            if holds is not False:
                return holds is True and self._leads_past(skip.to, spot)
        return False

    def _combinations(self, trees: list[Expression]) -> list[Known] | None:
        """Answers by code, all that can come about together; None where they are too many.

        They tell apart what the trees ask, and what decides whether the questions that are asked for are shown.
        """
        codes = self._codes(trees)
        if len(codes) > MOST_QUESTIONS:
            return None
        trees = [*trees, *(tree for code in codes if code in self.ground.by_code for tree in self._shows_of(code))]
        size = sum(self._measure(tree)[1] for tree in trees)
        if not self._affords(size * len(codes)):
            return None
        domains = {code: values for code in codes if (values := self._values(code, trees)) is not None}
        count = prod(map(len, domains.values()))
        if count > MOST_COMBINATIONS or not self._affords(size * count):
            return None
        combined = (dict(zip(domains, values, strict=True)) for values in product(*domains.values()))
        return [answers for answers in combined if self._can_come_about(answers)]

    def _affords(self, steps: int) -> bool:
        """Take so many steps from those that are left; False where they are too few."""
        if steps > self.steps_left:
            return False
        self.steps_left -= steps
        return True

    def _codes(self, trees: list[Expression]) -> list[str]:
        """The codes that these conditions ask for; once they are too many, not all of them."""
        codes: dict[str, None] = {}
        for tree in trees:
            codes |= dict.fromkeys(self._measure(tree)[0])
            if len(codes) > MOST_QUESTIONS:
                break
        return list(codes)

    def _shows_of(self, code: str) -> list[Expression]:
        return _shows(self.ground.by_code[code])

    def _measure(self, tree: Expression) -> tuple[list[str], int]:
        """The codes that the tree asks for, and of how many parts it is made: looked up once."""
        if id(tree) not in self.measured:
            self.measured[id(tree)] = list(dict.fromkeys(code for code, _row in references(tree))), _size(tree)
        return self.measured[id(tree)]

    def _values(self, code: str, trees: list[Expression]) -> list[Any] | None:
        spot = self.ground.by_code.get(code)
        if spot is None:
            return None
        if code in self.never:
            return [None]
        asked = [use for tree in trees for use in uses(tree, code)]
        values = values_of(spot.question, asked, self.ground.districts)
        is_certain = code in self.always and spot.question.is_required
        if values is None or not is_certain:
            return values
        return values[1:] or values

    def _can_come_about(self, answers: Known) -> bool:
        """False where something is answered that these answers do not show."""
        shown = (code for code, value in answers.items() if value is not None)
        return all(truth(tree, answers) is not False for code in shown for tree in self._shows_of(code))


def _shows(spot: Spot) -> list[Expression]:
    """The conditions on which the question is shown: its section's and its own."""
    return [tree for tree in (spot.section.show_if, spot.question.show_if) if tree is not None]


def truth(tree: Expression, answers: Known) -> bool | None:
    """Whether the condition holds; None where it hangs on something that is not known."""
    value = _evaluate(tree, answers)
    return None if value is UNKNOWN else is_true(value)


def _evaluate(tree: Expression, answers: Known) -> Any:
    if not isinstance(tree, list):
        return tree
    name, *parts = tree
    if name == "answer":
        return _answer(answers, *parts)
    if name == "today":
        return UNKNOWN
    if name in {"and", "or"}:
        return _joined(name, (truth(part, answers) for part in parts))
    values = [_evaluate(part, answers) for part in parts]
    return UNKNOWN if UNKNOWN in values else OPERATIONS[name](*values)


def _joined(name: str, parts: Iterable[bool | None]) -> Any:
    """ "and" is false where a part is, "or" is true where a part is, whatever the unknown ones are."""
    found, decides = list(parts), name == "or"
    if decides in found:
        return decides
    return UNKNOWN if None in found else not decides


def _answer(answers: Known, code: str, row: str | None = None) -> Any:
    value = answers.get(code, UNKNOWN)
    if row is None or value is UNKNOWN:
        return value
    return value.get(row) if isinstance(value, Mapping) else None


def _size(tree: Expression) -> int:
    return 1 + sum(map(_size, tree[1:])) if isinstance(tree, list) else 1
