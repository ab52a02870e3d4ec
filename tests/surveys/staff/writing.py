"""What the tests of the editor share: forms as a browser would send them."""

from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from citizen.core.db import db
from surveys.models import Survey
from surveys.questionnaire import Question, Questionnaire, loaded
from tests.surveys.makers import choice, question, section

CONSOLE = "/riverton/staff/surveys"
OPTIONS = [choice("1", "Bus"), choice("2", "Bike"), choice("3", "Car")]
SHORT = {
    "title": {"en": "Travel", "de": "Verkehr"},
    "sections": [
        section("s1", question("q1", "single", "How do you travel?", options=OPTIONS), question("q2", "text", "Why?")),
        section("s2", question("q3", "number", "How old are you?")),
    ],
}


def at(survey: Survey, page: str = "") -> str:
    """The survey's address in the console."""
    return f"/{survey.city.slug}/staff/surveys/{survey.id}{page}"


def fields_in(html: str, form: str = "#part-form") -> dict[str, Any]:
    """Everything that this form would send as it stands."""
    found = BeautifulSoup(html, "html.parser").select_one(form)
    assert found is not None, f"there is no form {form}"
    values: dict[str, Any] = {}
    for field in found.select("input[name]:not([type=file]), textarea[name], select[name]"):
        if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        values[str(field["name"])] = _value(field)
    return values


def _value(field: Any) -> str:
    if field.name == "textarea":
        return str(field.text).removeprefix("\r\n").replace("\r\n", "\n")
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return str(chosen["value"]) if chosen else ""
    return str(field.get("value", "y" if field.get("type") == "checkbox" else ""))


def save(who: FlaskClient, survey: Survey, page: str, changes: dict[str, Any] | None = None, **options: Any) -> Any:
    """Open the form of a part, type over it, and save it."""
    fields = fields_in(who.get(at(survey, page)).text)
    address = at(survey, options.pop("to", page)) + options.pop("query", "")
    return who.post(address, data=fields | (changes or {}), **options)


def press(who: FlaskClient, survey: Survey, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
    """A button of the outline or of the head of a part."""
    fields = fields_in(who.get(at(survey, "/settings")).text, "#outline-form")
    return who.post(at(survey, path), data=fields | (data or {}), **options)


def asked(survey: Survey) -> Questionnaire:
    """What the survey asks now."""
    db.session.refresh(survey)
    return loaded(survey.document)


def the_question(survey: Survey, code: str = "q1") -> Question:
    found = asked(survey).question(code)
    assert found is not None, f"there is no question {code}"
    return found


def order(survey: Survey) -> str:
    """The codes of all questions, a bar between sections."""
    return " | ".join(" ".join(q.code for q in section.questions) for section in asked(survey).sections)


def errors_in(html: str) -> list[str]:
    """The sentences of the error summary."""
    return [line.text for line in BeautifulSoup(html, "html.parser").select("#error-summary li")]


def notices_in(html: str) -> str:
    return " ".join(part.get_text(" ", strip=True) for part in BeautifulSoup(html, "html.parser").select(".notice"))
