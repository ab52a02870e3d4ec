"""Templates in the console: what there is to begin with, how it looks, and the survey that is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, g, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.i18n import current_language, own_name, text_in
from citizen.core.web import find_or_404, page
from surveys import library, templating
from surveys.editing.kinds import kind_words
from surveys.effort import minutes_for
from surveys.models import Survey
from surveys.questionnaire import Kind, Questionnaire, loaded
from surveys.staff.editor_page import told_of
from surveys.staff.room import bp, the_survey
from surveys.staff.waves import go_on
from surveys.texts import languages_of


@dataclass(frozen=True)
class Card:
    """A template as the list shows it. `survey` is there for those that the city keeps itself."""

    about: Mapping[str, str]
    questionnaire: Questionnaire
    place: dict[str, Any]
    survey: Survey | None = None

    @property
    def languages(self) -> list[str]:
        """Those in which it is whole, the city's first; where there is none, the ones in which it has a title."""
        whole = languages_of(self.questionnaire) or sorted(self.questionnaire.title)
        spoken: list[str] = g.city.languages
        return [code for code in spoken if code in whole] + [code for code in whole if code not in spoken]

    @property
    def language_names(self) -> list[str]:
        return [own_name(code) for code in self.languages]

    @property
    def missing(self) -> list[str]:
        return [own_name(code) for code in templating.missing_languages(self.questionnaire, g.city)]

    @property
    def questions(self) -> int:
        return sum(question.kind is not Kind.NOTE for question in self.questionnaire.questions)

    @property
    def minutes(self) -> int:
        lang = current_language()
        return minutes_for(self.questionnaire, lang if lang in self.languages else (self.languages or [lang])[0])


@bp.get("/templates")
@staff(Role.VIEWER)
def templates() -> Response:
    """What comes with Plaza, and what the city keeps itself."""
    return page(
        "surveys/staff/templates.html",
        cards=[_library_card(one) for one in library.templates()],
        own=[_own_card(survey) for survey in db.session.scalars(templating.kept_templates(g.city)).unique()],
        may_write=g.role.covers(Role.EDITOR),
    )


@bp.get("/templates/<slug:code>")
@staff(Role.VIEWER)
def template(code: str) -> Response:
    return _template_page(_library_card(library.template(code) or abort(404)))


@bp.get("/templates/<int:survey_id>")
@staff(Role.VIEWER)
def own_template(survey_id: int) -> Response:
    return _template_page(_own_card(_kept(survey_id)))


@bp.post("/templates/<slug:code>/copy")
@staff(Role.EDITOR)
def begin_from_template(code: str) -> Response:
    return _begin(_library_card(library.template(code) or abort(404)))


@bp.post("/templates/<int:survey_id>/copy")
@staff(Role.EDITOR)
def begin_from_own_template(survey_id: int) -> Response:
    return _begin(_own_card(_kept(survey_id)))


@bp.post("/<int:survey_id>/template")
@staff(Role.EDITOR)
def keep_as_template(survey_id: int) -> Response:
    kept = templating.keep_as_template(the_survey(survey_id), by=current_actor())
    db.session.commit()
    flash(_("The survey is kept as a template, as it is now. You find it below."), "good")
    return go_on(url_for("survey_staff.templates", _anchor=f"own-{kept.id}"))


def _begin(card: Card) -> Response:
    survey = templating.begin_from(card.questionnaire, g.city, by=current_actor())
    db.session.commit()
    flash(_("This is your survey. Change what you like; the template stays as it is."), "good")
    if card.missing:
        flash(_("Please translate the texts into: %(languages)s.", languages=", ".join(card.missing)), "warn")
    return go_on(url_for("survey_staff.show_survey", survey_id=survey.id))


def _kept(survey_id: int) -> Survey:
    return find_or_404(templating.kept_templates(g.city), id=survey_id)


def _library_card(one: library.Template) -> Card:
    return Card(one.about, one.questionnaire, {"code": one.code})


def _own_card(survey: Survey) -> Card:
    questionnaire = loaded(survey.document)
    return Card(questionnaire.intro, questionnaire, {"survey_id": survey.id}, survey)


def _template_page(card: Card) -> Response:
    """Everything that it asks, in one of its languages."""
    asked, languages = request.args.get("in", current_language()), card.languages or [current_language()]
    lang = asked if asked in languages else languages[0]
    return page(
        "surveys/staff/template.html",
        card=card,
        chosen=lang,
        language_tabs=[(own_name(code), _address(card, code), code == lang) for code in languages],
        say=lambda texts: text_in(texts, lang, languages).value,
        kind_words=kind_words,
        condition=told_of(card.questionnaire).condition,
        may_write=g.role.covers(Role.EDITOR),
    )


def _address(card: Card, lang: str) -> str:
    endpoint = "own_template" if card.survey else "template"
    return url_for(f"survey_staff.{endpoint}", **(card.place | {"in": lang}))
