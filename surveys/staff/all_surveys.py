"""All surveys of the city in the console, and how a new one begins."""

from typing import Any, Self, cast

from flask import Response, g, request, url_for
from flask_babel import gettext as _
from wtforms import RadioField, StringField

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.forms import PageForm
from citizen.core.i18n import own_name
from citizen.core.web import page
from citizen.participation.models import State
from citizen.participation.words import state_words
from surveys import drafting
from surveys.editing.kinds import cards, new_question
from surveys.editing.listing import UNPLANNED, listing
from surveys.editing.parts import FIRST_SECTION
from surveys.files import takes_files
from surveys.questionnaire import Kind, Questionnaire, Section
from surveys.staff.editor_fields import long_text, short_text
from surveys.staff.room import bp
from surveys.staff.waves import go_on

FIRST_QUESTION = "q1"


class NewSurvey(PageForm):
    """The least that a survey needs to begin: a title and a first question, in the city's first language."""

    title: StringField
    text: StringField
    kind: RadioField

    @classmethod
    def blank(cls) -> Self:
        offered = cards(with_files=takes_files())
        fields: dict[str, Any] = {
            "title": short_text(_("Title of the survey"), is_needed=True),
            "text": long_text(_("First question")),
            "kind": RadioField(_("How do people answer it?"), choices={card.kind.value: card.name for card in offered}),
        }
        return cast(Self, type("FormOfNewSurvey", (cls,), fields)(data={"kind": Kind.SINGLE.value}))

    def is_sound(self) -> bool:
        self.validate()
        if not self.title.data:
            self.title.errors = (*self.title.errors, _("Please write a title."))
        return not self.errors

    def as_questionnaire(self, lang: str) -> Questionnaire:
        """Without a first question there is an empty section to begin with."""
        text = {lang: self.text.data} if self.text.data else {}
        question = new_question(FIRST_QUESTION, Kind(self.kind.data)).model_copy(update={"text": text})
        section = Section(code=FIRST_SECTION, questions=(question,) if text else ())
        return Questionnaire(title={lang: self.title.data}, sections=(section,))


@bp.get("/")
@staff(Role.VIEWER)
def index() -> Response:
    """All surveys of the city; what is searched and filtered stands in the address."""
    words, state = request.args.get("q", "")[:200], request.args.get("state", "")
    found = listing(g.city, words=words, state=state, page=request.args.get("page", 1, type=int))
    return page(
        "surveys/staff/index.html",
        found=found,
        words=words,
        chosen=state,
        states=[(UNPLANNED, _("Without a wave")), *((state.value, state_words(state)) for state in State)],
        state_words=state_words,
        may_write=g.role.covers(Role.EDITOR),
    )


@bp.get("/new")
@staff(Role.EDITOR)
def new_survey() -> Response:
    return _new_page(NewSurvey.blank())


@bp.post("/new")
@staff(Role.EDITOR)
def create_survey() -> Response:
    """Make the survey and go on to its first question."""
    form, lang = NewSurvey.blank(), g.city.languages[0]
    if not form.is_sound():
        return _new_page(form, status=422)
    survey = drafting.create_survey(g.city, form.as_questionnaire(lang), by=current_actor())
    db.session.commit()
    if not form.text.data:
        return go_on(url_for("survey_staff.choose_kind", survey_id=survey.id, section=FIRST_SECTION))
    return go_on(url_for("survey_staff.edit_question", survey_id=survey.id, code=FIRST_QUESTION))


def _new_page(form: NewSurvey, *, status: int = 200) -> Response:
    icons = {card.kind.value: card for card in cards(with_files=True)}
    language = own_name(g.city.languages[0]) if len(g.city.languages) > 1 else ""
    return page("surveys/staff/new.html", status=status, form=form, icons=icons, language=language)
