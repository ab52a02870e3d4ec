"""What has changed in a questionnaire since a wave was published with it. Read-only."""

from dataclasses import dataclass

from surveys.models import SurveyWave
from surveys.questionnaire import Kind, Question, Questionnaire, dumped
from surveys.versions import questionnaire_of
from surveys.waves import as_next_version, versions_of


@dataclass(frozen=True)
class Changes:
    """Questions by what became of them. `is_other`: only texts, order, conditions or explanations changed."""

    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    changed: tuple[Question, ...]
    is_other: bool

    @property
    def is_comparable(self) -> bool:
        """True where every question that people have answered is still asked in the same way."""
        return not (self.removed or self.changed)


def changes_since(wave: SurveyWave) -> Changes | None:
    """What a published wave would ask anew if it went on with the questionnaire as it is now; None where nothing."""
    asked, now = questionnaire_of(wave), as_next_version(wave.survey, versions_of(wave.survey))
    return None if dumped(asked) == dumped(now) else _changes(asked, now)


def _changes(asked: Questionnaire, now: Questionnaire) -> Changes:
    before, after = _questions(asked), _questions(now)
    added = tuple(question for code, question in after.items() if code not in before)
    removed = tuple(question for code, question in before.items() if code not in after)
    changed = tuple(q for code, q in after.items() if code in before and before[code].version != q.version)
    return Changes(added, removed, changed, is_other=not (added or removed or changed))


def _questions(questionnaire: Questionnaire) -> dict[str, Question]:
    return {question.code: question for question in questionnaire.questions if question.kind is not Kind.NOTE}
