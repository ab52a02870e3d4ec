"""A LimeSurvey file as a whole, in three passes: names and codes, then questions, then conditions."""

from collections.abc import Iterator
from pathlib import PurePath

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.importers.bounds import check_questions, check_sections
from surveys.importers.codes import Codes
from surveys.importers.drafts import Draft, shown_where
from surveys.importers.limesurvey import logic
from surveys.importers.limesurvey.document import Document, Row
from surveys.importers.limesurvey.kinds import EQUATION, MAKERS, element
from surveys.importers.limesurvey.reading import Reading, repeated_answers
from surveys.importers.limesurvey.structure import Asked, Group, Survey
from surveys.importers.limesurvey.variables import Variables
from surveys.importers.report import Element, Entry, Ledger, Source
from surveys.importers.translations import Translations, Wording
from surveys.questionnaire import MAX_OPTIONS, Layout, Questionnaire, Section

QUESTION_BY_QUESTION, ALL_IN_ONE = "S", "A"


class File:
    """Reads what `structure` found."""

    def __init__(self, source: Source, document: Document, survey: Survey, ledger: Ledger) -> None:
        self.source, self.document, self.survey, self.ledger = source, document, survey, ledger
        translations = Translations(source.languages, survey.base, survey.languages)
        variables = Variables(survey.id)
        wording = Wording(translations, lambda text, entry: repeated_answers(text, variables, entry))
        self.reading = Reading(wording, Codes(), variables)
        self.whole = ledger.entry(_("survey"), Element.SETTING, survey.id)
        self.entries: dict[int, Entry] = {}
        self.group_entries: list[Entry] = []
        self.conditions: dict[int, list[Row]] = {}
        for row in document.rows("conditions"):
            self.conditions.setdefault(row.number("qid"), []).append(row)

    def questionnaire(self) -> Questionnaire:
        self._name_everything()
        drafts: dict[int, list[Draft]] = {}
        for asked in self._asked():
            drafts[asked.id] = self._drafts(asked)
            check_questions(sum(map(len, drafts.values())))
        for asked in self._asked():
            self._add_logic(asked, drafts[asked.id])
        sections = [
            section
            for number, group in enumerate(self.survey.groups, start=1)
            if (section := self._section(number, group, drafts)).questions
        ]
        check_sections(len(sections))
        texts = self._texts(sections)
        self._say_what_is_left_out()
        layout = Layout.QUESTION if self.survey.settings["format"] == QUESTION_BY_QUESTION else Layout.SECTION
        return Questionnaire(**texts, layout=layout, sections=tuple(sections))

    def _asked(self) -> Iterator[Asked]:
        return (asked for group in self.survey.groups for asked in group.questions)

    def _name_everything(self) -> None:
        """Entries in the order of the file, and the codes of questions before any code that we make up."""
        for number, group in enumerate(self.survey.groups, start=1):
            text = self.reading.wording.main(group.texts)
            self.group_entries.append(self.ledger.entry(_("group %(n)s", n=number), Element.SECTION, text=text))
            for asked in group.questions:
                text = self.reading.wording.main(asked.texts)
                where = _("question %(code)s", code=asked.code[:64] or asked.id)
                entry = self.ledger.entry(where, element(asked), asked.code, text)
                self.entries[asked.id] = entry
                if asked.type in MAKERS:
                    self.reading.code_of[asked.id] = self.reading.codes.question(asked.code, entry)

    def _drafts(self, asked: Asked) -> list[Draft]:
        entry = self.entries[asked.id]
        if asked.type == EQUATION:
            logic.calculation(asked, entry, self.reading.variables)
            return []
        make = MAKERS.get(asked.type)
        if make is None:
            entry.lose(_("We do not know this type of question: “%(type)s”.", type=asked.type[:20]))
            return []
        if asked.row["mandatory"] == "S":
            entry.change(_("LimeSurvey asks again where this is not answered. Here nobody has to answer it."))
        if any(text.strip() for text in asked.script.values()):
            entry.miss(_("This question has a script. We left it out."))
        if max(len(asked.answers), len(asked.subquestions)) > 2 * MAX_OPTIONS:
            entry.lose(_("This question has more answers or rows than a survey here can hold."))
            return []
        return make(asked, entry, self.reading)

    def _add_logic(self, asked: Asked, drafts: list[Draft]) -> None:
        if not drafts:
            return
        entry, variables = self.entries[asked.id], self.reading.variables
        condition = logic.shown_if(asked, entry, variables, self.conditions.get(asked.id, []))
        for draft in drafts:
            draft.conditions.insert(0, condition)
        logic.add_checks(asked, drafts, entry, self.reading)

    def _section(self, number: int, group: Group, drafts: dict[int, list[Draft]]) -> Section:
        entry = self.group_entries[number - 1]
        found = (draft.made() for asked in group.questions for draft in drafts[asked.id])
        questions = tuple(question for question in found if question is not None)
        if not questions:
            entry.lose(_("Nothing of this group came over."))
            return Section(code="group")
        if group.row["randomization_group"].strip():
            entry.miss(_("LimeSurvey shuffles these groups. Here they stand in one order."))
        entry.code = self.reading.codes.question(f"group_{number}", entry)
        title = self.reading.wording.line(group.texts, entry)
        text = self.reading.wording.long(group.description, entry)
        show_if = shown_where([logic.readable(group.row["grelevance"], entry, self.reading.variables)], entry)
        return Section(code=entry.code, title=title, text=text, show_if=show_if, questions=questions)

    def _texts(self, sections: list[Section]) -> dict[str, dict[str, str]]:
        """Title, introduction and thanks. A group or a question alone has no title: it lends its own."""
        own, wording = self.survey.texts, self.reading.wording
        title = wording.line(own["title"], self.whole)
        if not title and sections:
            first = sections[0]
            title = first.title or {code: text[:500] for code, text in first.questions[0].text.items()}
        name = PurePath(self.source.filename).stem[:200]
        return {
            "title": title or {self.source.languages[0]: name},
            "intro": self._one_after_the_other("description", "welcometext"),
            "thanks": wording.long(own["endtext"], self.whole),
        }

    def _one_after_the_other(self, *names: str) -> dict[str, str]:
        found = [self.reading.wording.long(self.survey.texts[name], self.whole) for name in names]
        languages = dict.fromkeys(code for texts in found for code in texts)
        return {code: "\n\n".join(texts[code] for texts in found if code in texts)[:5000] for code in languages}

    def _say_what_is_left_out(self) -> None:
        settings, whole = self.survey.settings, self.whole
        self.reading.wording.translations.say(whole)
        if self.document.rows("surveys"):
            whole.keep(_("Access, dates, mails and look are set here when you plan a wave."))
        if settings["format"] == ALL_IN_ONE:
            whole.change(_("LimeSurvey shows everything on one page. Here each group is a page."))
        if any(self.survey.texts["url"].values()):
            whole.miss(_("At the end LimeSurvey leads to another address. We left it out."))
        if settings["showsurveypolicynotice"] in {"1", "2"}:
            whole.miss(_("We left the data policy out: Plaza has a page for it."))
        for table, sentence in self._left_tables().items():
            if self.document.rows(table):
                self.ledger.entry(_("table %(name)s", name=table), Element.OTHER, table).lose(sentence)

    def _left_tables(self) -> dict[str, str]:
        number = {table: len(self.document.rows(table)) for table in ("quota", "assessments", "defaultvalues")}
        return {
            "quota": ngettext("We left out %(num)s quota.", "We left out %(num)s quotas.", number["quota"]),
            "assessments": ngettext(
                "We left out %(num)s rule that gives points for answers.",
                "We left out %(num)s rules that give points for answers.",
                number["assessments"],
            ),
            "defaultvalues": ngettext(
                "%(num)s answer is filled in beforehand in LimeSurvey. Here every field starts empty.",
                "%(num)s answers are filled in beforehand in LimeSurvey. Here every field starts empty.",
                number["defaultvalues"],
            ),
        }
