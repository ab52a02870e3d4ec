"""One person at one survey: what their browser holds, what they typed so far, and how far they may go."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import current_app, request
from flask_login import current_user

from citizen.core import clock
from citizen.core.config import Settings
from citizen.participation import actions as participation
from citizen.participation.identity import (
    Participant,
    contact_identity,
    cookie_name,
    declared_channel,
    participant_of,
)
from citizen.participation.models import Assurance, Channel
from surveys import drafts, files
from surveys.beginning import began_at
from surveys.drafts import Draft
from surveys.forms import SheetForm
from surveys.kiosk import is_kiosk, kiosk_participant
from surveys.logic.path import pages
from surveys.models import SurveyWave
from surveys.questionnaire import Question, Questionnaire
from surveys.sheets.filling import Filling
from surveys.views.browser import known_secret
from surveys.views.finding import filling_of, questionnaire_for, sound_version


@dataclass(frozen=True)
class Sitting:
    """`draft` is what was kept, for whichever version; `is_new` where nothing was. `secret` opens it again."""

    wave: SurveyWave
    secret: str
    draft: Draft
    is_new: bool
    is_kiosk: bool

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return questionnaire_for(self.wave)

    @cached_property
    def current(self) -> Draft:
        """The draft for what is asked now."""
        return self.brought_up_to_date(self.draft)

    @cached_property
    def filling(self) -> Filling:
        return filling_of(self.questionnaire, self.current.typed, self.wave)

    @property
    def seed(self) -> str:
        return drafts.seed_of(self.secret)

    @cached_property
    def anew(self) -> list[Question]:
        """The shown questions that the city added or changed since the draft was kept."""
        return self.changed_since(self.draft.version)

    def changed_since(self, version: int | None) -> list[Question]:
        earlier = sound_version(self.wave, version)
        if earlier == self.wave.version:
            return []
        return drafts.asked_anew(self.filling.numbered, questionnaire_for(self.wave, earlier))

    def brought_up_to_date(self, draft: Draft) -> Draft:
        """The draft, with a name to it where the survey asks for one, and with what is still asked as it was."""
        draft = replace(draft, owner=draft.owner or owner_here(self.wave))
        if draft.version == self.wave.version:
            return draft
        earlier = questionnaire_for(self.wave, draft.version)
        return drafts.carried_over(draft, earlier, self.questionnaire, self.wave.version or 1)

    def with_page(self, form: SheetForm) -> Callable[[Draft], Draft]:
        """What sending this page changes in a draft, be it the one that we know or one that was kept meanwhile."""
        questions, number = self._questions_of(form), _goes_on_at(form)
        typed = form.typed(question for question in questions if question.code != form.clears)
        kept = form.kept if form.is_whole and form.kept else int(clock.now().timestamp() * 1000)

        def change(draft: Draft) -> Draft:
            current = self.brought_up_to_date(draft).with_fields(questions, typed)
            return replace(current, page=number, kept=kept)

        return change

    def _questions_of(self, form: SheetForm) -> list[Question]:
        """The questions that were sent, one page of them or all, as far as they are still asked as they were there."""
        asked = questionnaire_for(self.wave, form.version)
        sent = [q for page in pages(asked) if form.is_whole or page.number == form.page for q in page.questions]
        changed = {question.code for question in drafts.asked_anew(list(self.questionnaire.questions), asked)}
        return [question for question in sent if question.code not in changed]

    def keep_uploads(self, form: SheetForm) -> None:
        """Keep the files that came with the form. Raises TooFast or Refused."""
        if form.uploads:
            form.add(files.keep_uploads(self.wave, self._questions_of(form), form.uploads))

    def keep(self, change: Callable[[Draft], Draft]) -> "Sitting":
        """Keep a change of the draft. Raises TooFast or Refused."""
        kept = drafts.change_draft(self.wave, self.secret, self.draft, change)
        return replace(self, draft=kept, is_new=False)


def sit_down(wave: SurveyWave, form: SheetForm | None = None) -> Sitting:
    """Whoever asks, with their draft or an empty one. A draft of another address is not opened."""
    kiosk = is_kiosk(request, wave)
    secret = known_secret(wave, kiosk=kiosk)
    draft = drafts.open_draft(wave, secret) if secret else None
    if draft is not None and draft.owner and owner_here(wave) not in {"", draft.owner}:
        secret, draft = "", None
    began = began_at(form.began, wave) if form else None
    fresh = Draft(began_at=began or clock.now(), version=wave.version or 1, owner=owner_here(wave))
    return Sitting(wave, secret or drafts.new_secret(), draft or fresh, draft is None, kiosk)


def _goes_on_at(form: SheetForm) -> int:
    """The number of the page from which to go on later."""
    number = form.page or 1
    if form.is_only_kept or form.clears:
        return number
    return max(1, number - 1) if form.goes_back else number + 1


def owner_here(wave: SurveyWave) -> str:
    """The confirmed address of whoever is signed in, where the survey asks for one; empty otherwise."""
    person: Any = current_user
    if wave.assurance < Assurance.CONTACT or not person.is_authenticated:
        return ""
    return contact_identity(person.email)


def has_to_confirm(wave: SurveyWave) -> bool:
    """True where the survey asks for a confirmed address and nobody is signed in."""
    return wave.assurance >= Assurance.CONTACT and not owner_here(wave)


def participant_here(wave: SurveyWave, key: str) -> Participant:
    """Who answers. Raises Refused where an address has to be confirmed first."""
    if is_kiosk(request, wave):
        return kiosk_participant(key)
    return participant_of(request, wave, key, declared_channel(request.args.get("via")))


def has_answered(sitting: Sitting) -> bool:
    """True where we know already, before anything is typed, that another sheet would not count."""
    if sitting.is_kiosk or not _is_known(sitting.wave):
        return False
    return participation.has_taken_part(sitting.wave, participant_of(request, sitting.wave, "", Channel.WEB))


def _is_known(wave: SurveyWave) -> bool:
    settings: Settings = current_app.extensions["settings"]
    if wave.assurance == Assurance.DEVICE:
        return cookie_name(settings) in request.cookies
    return wave.assurance > Assurance.DEVICE and not has_to_confirm(wave)
