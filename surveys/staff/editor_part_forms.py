"""The forms of a survey's settings and of a section: they parse and explain, and never save."""

from collections.abc import Mapping
from typing import Any, Self, cast

from flask_babel import gettext as _
from wtforms import Field, FormField, HiddenField, RadioField, StringField

from citizen.core.forms import PageForm, edition_in
from surveys.editing.facts import layout_words
from surveys.editing.lines import tree_of
from surveys.questionnaire import Layout, Questionnaire, Section
from surveys.staff.editor_conditions import condition_faults, condition_values, lines_in
from surveys.staff.editor_fields import ConditionForm, long_text, short_text
from surveys.staff.editor_form import gather_errors
from surveys.staff.editor_rows import Sent


class SettingsForm(PageForm):
    """What belongs to the whole survey. Texts are in the language that is written in."""

    seen = HiddenField()
    title: StringField
    intro: StringField
    thanks: StringField
    layout: RadioField
    questionnaire: Questionnaire
    lang: str

    @classmethod
    def of(cls, questionnaire: Questionnaire, lang: str, edition: int) -> Self:
        values = _settings_values(questionnaire, lang) | {"seen": edition}
        return cast(Self, _settings_form(questionnaire, lang)(formdata=None, data=values))

    @classmethod
    def sent(cls, questionnaire: Questionnaire, lang: str, sent: Sent) -> Self:
        return cast(Self, _settings_form(questionnaire, lang)(formdata=sent))

    @property
    def edition(self) -> int:
        return edition_in(self.seen)

    def is_sound(self) -> bool:
        self.validate()
        if not self.title.data:
            self.title.errors = (*self.title.errors, _("Please write a title."))
        return not self.errors

    def as_questionnaire(self) -> Questionnaire:
        """The questionnaire with these settings. Only for a sound form."""
        before = self.questionnaire
        texts = {name: texts_with(getattr(before, name), self.lang, self[name].data) for name in TEXTS}
        return before.model_copy(update={**texts, "layout": Layout(self.layout.data)})


class SectionForm(PageForm):
    """What a section says, and when it is shown."""

    seen = HiddenField()
    title: StringField
    text: StringField
    show: FormField
    section: Section
    questionnaire: Questionnaire
    lang: str

    @classmethod
    def of(cls, section: Section, questionnaire: Questionnaire, lang: str, edition: int) -> Self:
        values = _section_values(section, questionnaire, lang) | {"seen": edition}
        return cast(Self, _section_form(section, questionnaire, lang)(formdata=None, data=values))

    @classmethod
    def sent(cls, section: Section, questionnaire: Questionnaire, lang: str, sent: Sent) -> Self:
        return cast(Self, _section_form(section, questionnaire, lang)(formdata=sent))

    @property
    def edition(self) -> int:
        return edition_in(self.seen)

    def is_sound(self) -> bool:
        self.validate()
        for field, sentence in condition_faults(self.show.form, self.questionnaire):
            field.errors = (*field.errors, sentence)
        gather_errors(self)
        return not self.errors

    def as_section(self) -> Section:
        """The section as it was typed. Only for a sound form."""
        texts = {
            name: texts_with(getattr(self.section, name), self.lang, self[name].data) for name in ("title", "text")
        }
        tree = tree_of(lines_in(self.show.form), self.questionnaire, self.section.show_if)
        return self.section.model_copy(update={**texts, "show_if": tree})


TEXTS = ("title", "intro", "thanks")


def texts_with(texts: Mapping[str, str], lang: str, typed: str | None) -> dict[str, str]:
    """The texts with what was typed in this language; without it where nothing was."""
    kept = {code: text for code, text in texts.items() if code != lang}
    return {lang: typed, **kept} if typed else kept


def _settings_form(questionnaire: Questionnaire, lang: str) -> Any:
    fields: dict[str, Field] = {
        "title": short_text(_("Title"), is_needed=True),
        "intro": long_text(_("Introduction"), 5),
        "thanks": long_text(_("Thanks"), 3),
        "layout": RadioField(_("What stands on one page?"), choices=layout_words()),
    }
    return type("FormOfSettings", (SettingsForm,), fields | {"questionnaire": questionnaire, "lang": lang})


def _settings_values(questionnaire: Questionnaire, lang: str) -> dict[str, Any]:
    values = {name: getattr(questionnaire, name).get(lang, "") for name in TEXTS}
    return values | {"layout": questionnaire.layout.value}


def _section_form(section: Section, questionnaire: Questionnaire, lang: str) -> Any:
    fields: dict[str, Field] = {
        "title": short_text(_("Title of the section"), is_needed=True),
        "text": long_text(_("Text below the title"), 3),
        "show": FormField(ConditionForm),
    }
    rest = {"section": section, "questionnaire": questionnaire, "lang": lang}
    return type("FormOfSection", (SectionForm,), fields | rest)


def _section_values(section: Section, questionnaire: Questionnaire, lang: str) -> dict[str, Any]:
    texts = {name: getattr(section, name).get(lang, "") for name in ("title", "text")}
    return texts | {"show": condition_values(section.show_if, questionnaire)}
