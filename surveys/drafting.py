"""Writing surveys: making, changing, taking back changes. Nothing here commits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, delete, select, update

from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import rules
from surveys.editing.history import Step, Trail, questionnaire_at, trail_of
from surveys.editing.published import ensure_codes_stay
from surveys.models import Survey, SurveyRevision, SurveyVersion
from surveys.questionnaire import Questionnaire, dumped, loaded
from surveys.texts import LINE

ONE_REVISION = timedelta(minutes=5)
"""What one person changes in one part within this time is one revision."""

MERGED = {"settings changed", "section changed", "question changed", "translated"}


class Outdated(Refused):
    """Somebody else changed the survey after this editor had opened it."""


class Overtaken(Outdated):
    """Somebody else changed the very part that this editor changed: `by`. `now` is the questionnaire as it is."""

    def __init__(self, by: str, now: Questionnaire) -> None:
        super().__init__(_("%(name)s changed this while you were writing.", name=by))
        self.by, self.now = by, now


@dataclass(frozen=True)
class Edit:
    """A change to one part, which leaves all others as they are meanwhile.

    `apply` makes the questionnaire with the change. `looked_at` gives what the editor had before them and writes over:
    where that has changed, they have to look again. An edit without it harms nothing that others wrote.
    """

    act: str
    part: str
    apply: Callable[[Questionnaire], Questionnaire]
    looked_at: Callable[[Questionnaire], Any] | None = None


def create_survey(city: City, questionnaire: Questionnaire, *, by: Actor, act: str = "created") -> Survey:
    """A new survey that only staff see."""
    survey = Survey(city=city, city_id=city.id, title=_title(questionnaire), document=dumped(questionnaire), edition=1)
    db.session.add(survey)
    db.session.flush()
    _remember(survey, act, by)
    audit.record(act, subject(survey), by=by, city_id=city.id)
    return survey


def change_survey(survey: Survey, questionnaire: Questionnaire, *, seen: int, by: Actor, act: str = "changed") -> None:
    """Replace what the survey asks. `seen` is the edition that the editor had before them. Raises Outdated."""
    _claim(survey, seen)
    _write(survey, questionnaire, act, by)


def edit_survey(survey: Survey, edit: Edit, *, seen: int, by: Actor) -> tuple[Step, ...]:
    """Change one part. What others changed elsewhere since `seen` stays; the steps in which they did are returned.

    Raises Overtaken where they changed what this edit writes over.
    """
    hold(survey)
    now = loaded(survey.document)
    after = edit.apply(now)
    steps = trail_of(survey).since(seen) if seen != survey.edition else ()
    if edit.looked_at and seen != survey.edition:
        _ensure_untouched(survey, edit.looked_at, (now, after), seen, steps)
    if after != now:
        _claim(survey, survey.edition)
        _write(survey, after, edit.act, by, edit.part)
    return tuple(step for step in steps if step.by != by.name)


def undo(survey: Survey, *, seen: int, by: Actor) -> Step:
    """Take back the last change that is in force, and say which. Undoing is itself an edition, and can be redone."""
    trail = _trail_as_seen(survey, seen)
    if trail.undoable is None or trail.before_last is None:
        raise Refused(_("There is nothing to undo."))
    _restore(survey, trail.before_last, "undone", by)
    return trail.undoable


def redo(survey: Survey, *, seen: int, by: Actor) -> Step:
    """Make again what was undone last, and say what."""
    trail = _trail_as_seen(survey, seen)
    if trail.redoable is None:
        raise Refused(_("There is nothing to do again."))
    _restore(survey, trail.redoable.edition, "redone", by)
    return trail.redoable


def go_back(survey: Survey, edition: int, *, seen: int, by: Actor) -> None:
    """Make the survey what it was in an earlier edition. A change like any other: it can be undone."""
    _trail_as_seen(survey, seen)
    _claim(survey, seen)
    _write(survey, loaded(_revision(survey, edition).document), "went back", by)


def copy_survey(survey: Survey, *, by: Actor) -> Survey:
    """A new survey with the same questions, which nobody was asked yet."""
    questionnaire = loaded(survey.document)
    title = {code: _copy_of(text) for code, text in questionnaire.title.items()}
    return create_survey(survey.city, questionnaire.model_copy(update={"title": title}), by=by, act="copied")


def delete_survey(survey: Survey, *, by: Actor) -> None:
    """Remove a survey that nobody was ever asked, and the waves that were planned for it."""
    hold(survey)
    if not rules.may_delete_survey(survey):
        raise Refused(_("This survey was published. It stays, so that its results can be understood."))
    audit.record("deleted", subject(survey), by=by, city_id=survey.city_id)
    place = {"city_id": survey.city_id, "survey_id": survey.id}
    for model in (SurveyRevision, SurveyVersion):
        db.session.execute(delete(model).filter_by(**place))
    for wave in survey.waves:
        db.session.delete(wave)
    db.session.flush()
    db.session.delete(survey)


def hold(survey: Survey) -> None:
    """Keep everybody else from changing the survey until this transaction ends, and see it as it is.

    SQLite needs no lock here: its writing transactions stand in a queue from their beginning.
    """
    table = Survey.__table__
    db.session.execute(select(table.c.id).where(table.c.id == survey.id).with_for_update())
    db.session.refresh(survey)


def subject(survey: Survey) -> str:
    """How the audit names a survey."""
    return f"survey {survey.id}"


def _trail_as_seen(survey: Survey, seen: int) -> Trail:
    hold(survey)
    trail = trail_of(survey)
    if survey.edition != seen:
        name = trail.last.by
        raise Outdated(_("%(name)s changed this survey meanwhile. Please look at it first, then undo.", name=name))
    return trail


def _ensure_untouched(
    survey: Survey,
    looked_at: Callable[[Questionnaire], Any],
    states: tuple[Questionnaire, Questionnaire],
    seen: int,
    steps: tuple[Step, ...],
) -> None:
    """`states`: the questionnaire as it is, and as it would be. Two who want the same are not in each other's way."""
    now, after = states
    base = questionnaire_at(survey, seen)
    is_touched = base is None or looked_at(base) != looked_at(now)
    if is_touched and looked_at(now) != looked_at(after):
        raise Overtaken(steps[-1].by if steps else _("Somebody else"), now)


def _restore(survey: Survey, edition: int, act: str, by: Actor) -> None:
    """What an edition was, as a new edition that stands for it."""
    document = _revision(survey, edition).document
    _claim(survey, survey.edition)
    _write(survey, loaded(document), act, by, restored=edition)


def _revision(survey: Survey, edition: int) -> SurveyRevision:
    query = select(SurveyRevision).filter_by(city_id=survey.city_id, survey_id=survey.id, edition=edition)
    revision = db.session.scalar(query)
    if revision is None:
        raise Refused(_("This earlier state is gone."), status=404)
    return revision


def _copy_of(title: str) -> str:
    return _("%(title)s (copy)", title=title)[:LINE]


def _title(questionnaire: Questionnaire) -> dict[str, str]:
    return dict(questionnaire.title)


def _claim(survey: Survey, seen: int) -> None:
    """Go on to the next edition, in one statement, if nobody else has since this editor looked."""
    table: Table = Survey.__table__  # type: ignore[assignment]
    claim = update(table).where(table.c.id == survey.id, table.c.edition == seen).values(edition=seen + 1)
    if not db.session.connection().execute(claim).rowcount:
        raise Outdated(_("Somebody else changed this survey while you were writing."))
    survey.edition = seen + 1


def _write(
    survey: Survey, questionnaire: Questionnaire, act: str, by: Actor, part: str = "", restored: int | None = None
) -> None:
    """Say what the claimed edition asks. What goes into the last revision was audited with it."""
    ensure_codes_stay(survey, questionnaire)
    survey.document, survey.title = dumped(questionnaire), _title(questionnaire)
    db.session.flush()
    if act in MERGED and _goes_on(survey, act, part, by):
        return
    _remember(survey, act, by, part, restored)
    audit.record(act, subject(survey), by=by, city_id=survey.city_id, **({"part": part} if part else {}))


def _goes_on(survey: Survey, act: str, part: str, by: Actor) -> bool:
    """Write into the last revision where that is the same person's same act: one statement, which says whether."""
    table: Table = SurveyRevision.__table__  # type: ignore[assignment]
    same = {"city_id": survey.city_id, "survey_id": survey.id, "edition": survey.edition - 1, "act": act, "part": part}
    last = [table.c[name] == value for name, value in (same | {"by": by.name}).items()]
    merge = update(table).where(*last, table.c.at > clock.now() - ONE_REVISION)
    merge = merge.values(edition=survey.edition, document=survey.document)
    return bool(db.session.connection().execute(merge).rowcount)


def _remember(survey: Survey, act: str, by: Actor, part: str = "", restored: int | None = None) -> None:
    row = SurveyRevision(city_id=survey.city_id, survey_id=survey.id, edition=survey.edition, document=survey.document)
    row.act, row.part, row.by, row.restored = act, part, by.name, restored
    db.session.add(row)
