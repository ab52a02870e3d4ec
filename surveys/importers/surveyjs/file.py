"""A SurveyJS form as a whole, in three passes: names and codes, then questions, then conditions."""

from pathlib import PurePath
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.importers.bounds import check_questions, check_sections
from surveys.importers.codes import Codes
from surveys.importers.drafts import Draft, shown_where
from surveys.importers.languages import language_name
from surveys.importers.report import Element, Ledger, Source
from surveys.importers.surveyjs import logic
from surveys.importers.surveyjs.document import DEFAULT, Node, languages, name_of, nodes, texts, type_of, word
from surveys.importers.surveyjs.kinds import maker
from surveys.importers.surveyjs.reading import Reading, repeated_answers
from surveys.importers.surveyjs.structure import COMPUTED, TITLE, Part, Placed, Structure
from surveys.importers.surveyjs.triggers import skips
from surveys.importers.surveyjs.variables import Variables
from surveys.importers.translations import Translations, Wording
from surveys.questionnaire import Layout, Question, Questionnaire, Section

ONE_BY_ONE = {"questionPerPage", "inputPerPage"}
ENGLISH = "en"
KNOWN = {
    "calculatedValues",
    "clearInvisibleValues",
    "completedHtml",
    "description",
    "elements",
    "locale",
    "pages",
    "questions",
    "questionsOnPageMode",
    "title",
    "triggers",
}
"""Properties of a form that we look at."""


class File:
    """Reads a form."""

    def __init__(self, source: Source, document: Node, ledger: Ledger) -> None:
        self.source, self.document, self.ledger = source, document, ledger
        self.whole = ledger.entry(_("survey"), Element.SETTING, text=word(document.get("title"))[:120])
        self.named = list(dict.fromkeys(languages(document)))
        translations = Translations(source.languages, DEFAULT, self.named, {DEFAULT: self._base()})
        variables = Variables()
        wording = Wording(translations, lambda text, entry: repeated_answers(text, variables, entry))
        self.reading = Reading(wording, Codes(), variables)
        self.goals: dict[str, str] = {}
        self.parts = Structure(document, self.reading.wording, ledger).parts

    def _base(self) -> str:
        """The language of texts that name none: English, as SurveyJS means it, unless the form says otherwise."""
        locale = word(self.document.get("locale"))[:40]
        if locale and locale not in self.named:
            return locale
        if self.named:
            return ENGLISH
        main = self.source.languages[0]
        self.whole.keep(
            _("The form does not say its language. We took it for %(language)s.", language=language_name(main))
        )
        return main

    def questionnaire(self) -> Questionnaire:
        self._name_everything()
        drafts = {id(placed): self._drafts(placed) for part in self.parts for placed in part.placed}
        check_questions(sum(map(len, drafts.values())))
        for part in self.parts:
            for placed in part.placed:
                self.goals |= {name_of(placed.node): draft.code for draft in drafts[id(placed)][:1]}
        self._compute()
        for part in self.parts:
            for placed in part.placed:
                self._add_logic(placed, drafts[id(placed)])
        sections = [section for part in self.parts if (section := self._section(part, drafts)) is not None]
        check_sections(len(sections))
        whole = self._texts()
        self._say_what_is_left_out()
        layout = Layout.QUESTION if word(self.document.get("questionsOnPageMode")) in ONE_BY_ONE else Layout.SECTION
        return Questionnaire(**whole, layout=layout, sections=tuple(self._with_skips(sections)))

    def _name_everything(self) -> None:
        """Codes of elements before any code that we make up."""
        for part in self.parts:
            for placed in part.placed:
                node = placed.node
                if type_of(node) not in {*COMPUTED, TITLE}:
                    self.reading.nodes.setdefault(name_of(node), node)
                    self.reading.code_of[id(node)] = self.reading.codes.question(name_of(node), placed.entry)
        for part in self.parts:
            for placed in part.placed:
                if type_of(placed.node) == TITLE:
                    code = self.reading.codes.question(name_of(placed.node), placed.entry)
                    self.reading.code_of[id(placed.node)] = code

    def _drafts(self, placed: Placed) -> list[Draft]:
        if type_of(placed.node) in COMPUTED:
            return []
        return maker(placed.node)(placed.node, placed.entry, self.reading)

    def _compute(self) -> None:
        """Computed values may use any answer, and those before them."""
        variables = self.reading.variables
        for node in nodes(self.document.get("calculatedValues")):
            entry = self.ledger.entry(_("value %(name)s", name=name_of(node)), Element.CALCULATION, name_of(node))
            logic.calculation(name_of(node), node.get("expression"), entry, variables)
        for part in self.parts:
            for placed in part.placed:
                if type_of(placed.node) in COMPUTED:
                    written = placed.node.get("expression")
                    logic.calculation(name_of(placed.node), written, placed.entry, variables)

    def _add_logic(self, placed: Placed, drafts: list[Draft]) -> None:
        if drafts:
            logic.add_conditions(placed.node, placed.conditions, drafts, placed.entry, self.reading.variables)
            logic.add_checks(placed.node, drafts, placed.entry, self.reading)

    def _section(self, part: Part, drafts: dict[int, list[Draft]]) -> Section | None:
        made = [draft.made() for placed in part.placed for draft in drafts[id(placed)]]
        questions = tuple(question for question in made if question is not None)
        if not questions:
            return None
        entry, wording, node = part.entry or self.whole, self.reading.wording, part.node
        code = self.reading.codes.question(name_of(node), entry) if part.entry else self.reading.codes.unused("section")
        if part.entry:
            part.entry.code = code
        conditions = [logic.readable(text, entry, self.reading.variables) for text in part.conditions]
        return Section(
            code=code,
            title=wording.line(texts(node.get("title")), entry),
            text=wording.long(texts(node.get("description")), entry),
            show_if=shown_where(conditions, entry),
            questions=questions,
        )

    def _with_skips(self, sections: list[Section]) -> list[Section]:
        order = [question.code for section in sections for question in section.questions]
        found = skips(self.document, self.reading.variables, self.goals, order, self.ledger)

        def changed(question: Question) -> Question:
            return question.model_copy(update={"skips": tuple(found.get(question.code, ()))[:20]})

        return [
            section.model_copy(update={"questions": tuple(map(changed, section.questions))}) for section in sections
        ]

    def _texts(self) -> dict[str, Any]:
        wording, document = self.reading.wording, self.document
        name = PurePath(self.source.filename).stem[:200]
        return {
            "title": wording.line(texts(document.get("title")), self.whole) or {self.source.languages[0]: name},
            "intro": wording.long(texts(document.get("description")), self.whole),
            "thanks": wording.long(texts(document.get("completedHtml")), self.whole),
        }

    def _say_what_is_left_out(self) -> None:
        """Settings of the form, in one sentence."""
        self.reading.wording.translations.say(self.whole)
        left = sorted(str(name)[:40] for name in set(self.document) - KNOWN)
        if left:
            names = ", ".join(left[:20]) + (", …" if len(left) > 20 else "")
            self.whole.miss(
                ngettext(
                    "Plaza has no such setting, so we left it out: %(names)s.",
                    "Plaza has no such settings, so we left them out: %(names)s.",
                    len(left),
                    names=names,
                )
            )
