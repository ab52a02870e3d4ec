"""The catalogues in translations/: `check` says what they lack, `update` brings them up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2), "_l": None}
NOT_SHOWN = {"bench", "data", "docs", "migrations", "node_modules", "scripts", "static", "tests"}


def main(command: str) -> int:
    """Run the command and print what is still missing. 0 where every catalogue is complete."""
    texts = _texts_in_code()
    catalogues = sorted(ROOT.glob("translations/*/LC_MESSAGES/messages.po"))
    problems = [] if catalogues else ["translations/ holds no catalogue."]
    for path in catalogues:
        catalogue = _read(path)
        if command == "update":
            catalogue.update(texts, no_fuzzy_matching=True)
            _write(path, catalogue)
        problems += (f"{path.relative_to(ROOT)}: {problem}" for problem in _problems(catalogue, texts))
    print("\n".join(problems) or "Translations: complete.")
    return 1 if problems else 0


def _texts_in_code() -> Catalog:
    texts = Catalog(project="Plaza", charset="utf-8")
    found = extract_from_dir(ROOT, METHODS, keywords=KEYWORDS, directory_filter=_is_shown)
    for name, _line, text, comments, context in found:
        texts.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return texts


def _is_shown(folder: str) -> bool:
    name = Path(folder).name
    return name not in NOT_SHOWN and not name.startswith(".")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _write(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, ignore_obsolete=True, include_lineno=False, sort_by_file=True)


def _problems(catalogue: Catalog, texts: Catalog) -> Iterator[str]:
    for wanted in texts:
        if wanted.id:
            translated = catalogue.get(wanted.id, wanted.context)
            yield from _problems_of(translated, catalogue) if translated else [f"not listed: {wanted.id!r}"]


def _problems_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(strings):
        yield f"not translated: {message.id!r}"
    if message.fuzzy:
        yield f"marked as doubtful: {message.id!r}"
    for error in message.check(catalogue) if all(strings) else ():
        yield f"{error}: {message.id!r}"


if __name__ == "__main__":
    if sys.argv[1:] not in (["check"], ["update"]):
        sys.exit("Say what to do: check or update.")
    sys.exit(main(sys.argv[1]))
