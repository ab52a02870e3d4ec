"""The languages of an XLSForm, and which of the city's each of them becomes."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _

from surveys.importers.languages import language_code, language_name
from surveys.importers.report import Element, Ledger
from surveys.importers.workbooks import Sheet
from surveys.importers.xlsform.columns import TRANSLATED, Spoken, columns_of


def spoken_in(sheets: Mapping[str, Sheet], languages: Sequence[str], ledger: Ledger) -> Spoken:
    """`languages` are the city's, its main one first. What becomes of the others is told."""
    named = _named(sheets)
    codes = list(dict.fromkeys(code for code in map(language_code, named) if code))
    main = _default(sheets.get("settings"))
    if main is None:
        main = (
            languages[0] if "" in named or not codes else next((code for code in languages if code in codes), codes[0])
        )
    found = list(dict.fromkeys((main, *codes)) if "" in named or main in codes else codes)
    into = {code: code for code in found if code in languages} or {main: languages[0]}
    _tell(found, into, ledger)
    return Spoken(main, into, into.get(main, languages[0]))


def _named(sheets: Mapping[str, Sheet]) -> list[str]:
    """What stands behind "label::" in the sheets; "" for a plain "label"."""
    return [
        column.language
        for name in ("survey", "choices")
        if name in sheets
        for column in columns_of(name, sheets[name])
        if column.field in TRANSLATED
    ]


def _default(settings: Sheet | None) -> str | None:
    """The code of the language that the settings name, if we know it."""
    if settings is None:
        return None
    columns = [column for column in columns_of("settings", settings) if column.field == "default_language"]
    rows = [settings.rows[number] for number in sorted(settings.rows)[1:2]]
    return next((language_code(row.get(column.number, "")) for row in rows for column in columns), None)


def _tell(found: Iterable[str], into: Mapping[str, str], ledger: Ledger) -> None:
    for code in found:
        entry = ledger.entry("survey!1", Element.SETTING, language_name(code))
        names = {"name": language_name(code), "language": language_name(into.get(code, code))}
        if code not in into:
            entry.lose(_("The city does not write in %(name)s. The texts in this language were left out.", **names))
        elif into[code] != code:
            entry.change(
                _(
                    "The city does not write in %(name)s. These texts stand under %(language)s now. "
                    "Please translate them.",
                    **names,
                )
            )
