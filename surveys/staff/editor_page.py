"""The page of the editor: the outline on one side, the chosen part on the other, and how every act comes back to it."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.accounts.access import current_actor
from citizen.cities.districts import District
from citizen.core.db import db
from citizen.core.i18n import localized
from citizen.core.web import page, uncached
from surveys import drafting
from surveys.checker import Finding, findings
from surveys.drafting import Edit, Overtaken
from surveys.editing.facts import Facts, differences
from surveys.editing.history import Step, trail_of
from surveys.editing.outline import outline_of
from surveys.editing.parts import section_named
from surveys.editing.words import Told, act_words
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded

SETTINGS = ""
"""The part that is no section and no question: title, introduction, thanks."""

Context = dict[str, Any]


def edition_of(sent: Mapping[str, str], name: str = "seen") -> int:
    """The edition that a field names; 0, which no edition is, for anything else."""
    typed = sent.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def told_of(questionnaire: Questionnaire) -> Told:
    rows = db.session.execute(select(District.code, District.name).where(District.city_id == g.city.id))
    return Told(questionnaire, {row.code: row.name for row in rows})


def written_language(questionnaire: Questionnaire) -> str:
    """The city's first language that the survey speaks already; else the city's first."""
    languages: list[str] = g.city.languages
    return next((code for code in languages if questionnaire.title.get(code)), languages[0])


def address_of(survey: Survey, questionnaire: Questionnaire, part: str, *, deleted: int | None = None) -> str:
    """Where a part is edited; for one that is gone, the editor's first page. `deleted`: by which edition one went."""
    place: dict[str, Any] = {"survey_id": survey.id, "deleted": deleted}
    if questionnaire.question(part):
        return url_for("survey_staff.edit_question", **place, code=part, _anchor="part")
    if section_named(questionnaire, part):
        return url_for("survey_staff.edit_section", **place, code=part, _anchor="part")
    return url_for("survey_staff.edit_settings", **place)


def editor_page(survey: Survey, chosen: str, template: str, *, status: int = 200, **context: Any) -> Response:
    """The whole page, or for htmx only what changes on it. `template` is that of the chosen part."""
    questionnaire = context.pop("questionnaire", None) or loaded(survey.document)
    surroundings = surroundings_of(survey, questionnaire, chosen)
    values = surroundings | {"part": template, "problem": None, "conflict": None, "others": []} | context
    values["is_unsaved"] = context.get("is_unsaved", status == 422)
    values["has_errors"] = bool(status == 422 or values["problem"] or values["conflict"])
    return page("surveys/staff/editor.html", fragment="surveys/staff/_editor_parts.html", status=status, **values)


def surroundings_of(survey: Survey, questionnaire: Questionnaire, chosen: str) -> Context:
    """What stands around the chosen part: the outline, what can be undone, what has to be put right."""
    found = findings(questionnaire, g.city)
    trail = trail_of(survey)
    return {
        "survey": survey,
        "name": localized(survey.title) or _("Survey without a title"),
        "questionnaire": questionnaire,
        "outline": outline_of(told_of(questionnaire)),
        "chosen": chosen,
        "undoable": step_words(trail.undoable),
        "redoable": step_words(trail.redoable),
        "troubled": {finding.question for finding in found if finding.severity == "error"},
        "findings": [finding for finding in found if is_about(finding, questionnaire, chosen)],
        "deleted": request.args.get("deleted") == str(survey.edition),
    }


def step_words(step: Step | None) -> str:
    """“Question deleted”, and by whom where it was somebody else."""
    if step is None:
        return ""
    is_mine = step.by == current_actor().name
    return act_words(step.act) if is_mine else _("%(act)s, by %(name)s", act=act_words(step.act), name=step.by)


def is_about(finding: Finding, questionnaire: Questionnaire, chosen: str) -> bool:
    """True where a finding belongs to the chosen question or section, or to no part at all and the settings are."""
    if finding.question is not None:
        return finding.question == chosen
    if finding.path[:1] == ("sections",) and len(finding.path) > 1:
        return questionnaire.sections[int(finding.path[1])].code == chosen
    return chosen == SETTINGS


def tell(sentence: str) -> None:
    if sentence:
        flash(sentence, "good")


def others_words(steps: tuple[Step, ...]) -> str:
    """Who changed what else meanwhile; empty where nobody did."""
    if not steps:
        return ""
    names = ", ".join(sorted({step.by for step in steps}))
    return _("%(names)s changed other parts of this survey meanwhile. Both are saved.", names=names)


def save(survey: Survey, edit: Edit, edition: int) -> Response | None:
    """Change the survey and commit. For the saving while somebody writes: what else the page has to show then."""
    steps = drafting.edit_survey(survey, edit, seen=edition, by=current_actor())
    db.session.commit()
    if not is_autosave():
        tell(others_words(steps) or _("Saved."))
        return None
    context = surroundings_of(survey, loaded(survey.document), edit.part) | {"others": others_words(steps)}
    return uncached(make_response(render_template("surveys/staff/_saved.html", **context)))


def is_autosave() -> bool:
    """True where the page saves by itself, and nobody pressed a button."""
    return "autosave" in request.args


def conflict_page(survey: Survey, overtaken: Overtaken, facts: tuple[Facts, Facts], **context: Any) -> Response:
    """Both versions side by side, `facts`: theirs and mine. Saving once more replaces theirs, knowingly."""
    db.session.rollback()
    context["form"].seen.data = survey.edition
    conflict = {"by": overtaken.by, "rows": differences(*facts), "is_gone": not facts[0]}
    return editor_page(survey, status=409, conflict=conflict, **context)
