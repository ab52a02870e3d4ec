"""What every page promises: valid HTML with a title, a language and labels, and nothing inline."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import NavigableString, Tag
from bs4.element import TemplateString

from tests.makers import ONE_DATABASE
from tests.site import html
from tests.site.visiting import Visit

pytestmark = ONE_DATABASE

SHOWN = 20
"""So many findings are printed: the same mistake of a component stands on hundreds of pages."""


def shown(found: list[str]) -> str:
    return "\n".join(["", f"{len(found)} findings:", *found[:SHOWN]])


def test_every_page_is_valid_html(pages: list[Visit], tmp_path: Path) -> None:
    whole = {str(visit): visit.text for visit in pages}
    found = html.problems(whole, tmp_path)
    assert not found, shown(found)


def has_a_title(visit: Visit) -> Iterator[str]:
    title = visit.soup.title.get_text(strip=True) if visit.soup.title else ""
    if not title:
        yield "has no title"
    if visit.reply.status_code == 422 and not title.startswith(("Error:", "Fehler:")):
        yield f"came back with an error, but its title is {title!r}"


def has_its_language(visit: Visit) -> Iterator[str]:
    page = visit.soup.html
    if page.get("lang") not in {"en", "de"} or page.get("dir") != "ltr":
        yield f"has lang={page.get('lang')!r} and dir={page.get('dir')!r}"


def headings(visit: Visit, *names: str) -> list[Tag]:
    """Those that people meet: a preview that cannot be entered has some of its own, and so has each page in waiting."""
    found = visit.soup.find_all(names)
    return [tag for tag in found if not tag.find_parent(inert=True) and not tag.find_parent("template")]


def has_one_heading(visit: Visit) -> Iterator[str]:
    found = headings(visit, "h1")
    if len(found) != 1 or not found[0].get_text(strip=True):
        yield f"has {len(found)} headings of the first level"


def skips_no_level(visit: Visit) -> Iterator[str]:
    levels = [int(tag.name[1]) for tag in headings(visit, "h1", "h2", "h3", "h4", "h5", "h6")]
    if any(after - before > 1 for before, after in pairwise(levels)):
        yield f"has headings of the levels {levels}"


def has_unique_ids(visit: Visit) -> Iterator[str]:
    ids = [tag["id"] for tag in visit.soup.find_all(id=True)]
    yield from (f"has the id {name!r} twice" for name in {name for name in ids if ids.count(name) > 1})


def points_at_what_is_there(visit: Visit) -> Iterator[str]:
    ids = {tag["id"] for tag in visit.soup.find_all(id=True)}
    for kind in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for tag in visit.soup.find_all(attrs={kind: True}):
            wanted = tag[kind] if isinstance(tag[kind], list) else tag[kind].split()
            yield from (f"points with {kind} at {name!r}" for name in set(wanted) - ids)
    for link in visit.soup.find_all("a", href=lambda href: href and href.startswith("#")):
        if link["href"][1:] not in ids:
            yield f"links to {link['href']}"


def has_labels(visit: Visit) -> Iterator[str]:
    for field in visit.soup.find_all(["input", "select", "textarea"]):
        is_shown = field.get("type") not in {"hidden", "submit", "button"} and not field.has_attr("hidden")
        if is_shown and not _label_of(field, visit):
            yield f"has a field without a label: {str(field)[:120]}"


def _label_of(field: Tag, visit: Visit) -> object:
    return (
        field.find_parent("label")
        or field.get("aria-label")
        or field.get("aria-labelledby")
        or (field.get("id") and visit.soup.find("label", attrs={"for": field["id"]}))
    )


def names_its_buttons(visit: Visit) -> Iterator[str]:
    for tag in visit.soup.find_all(["button", "a"]):
        pictures = [image.get("alt") for image in tag.find_all("img")]
        if not (
            tag.get_text(strip=True, types=(NavigableString, TemplateString)) or tag.get("aria-label") or any(pictures)
        ):
            yield f"has a {tag.name} without a name: {str(tag)[:120]}"


def reserves_space_for_pictures(visit: Visit) -> Iterator[str]:
    for image in visit.soup.find_all("img"):
        if not {"alt", "width", "height"} <= set(image.attrs):
            yield f"has a picture without alt, width or height: {str(image)[:120]}"


def has_nothing_inline(visit: Visit) -> Iterator[str]:
    for tag in visit.soup.find_all(["script", "style"]):
        if tag.name == "style" or not tag.get("src"):
            yield f"has an inline {tag.name}"
    for tag in visit.soup.find_all(True):
        yield from (f"has {name} on <{tag.name}>" for name in tag.attrs if name.startswith("on") or name == "style")
        yield from (f"has a script as address: {tag['href']}" for _ in [0] if "javascript:" in str(tag.get("href")))


def loads_nothing_from_elsewhere(visit: Visit) -> Iterator[str]:
    for tag in visit.soup.find_all(["script", "link", "img", "iframe", "source", "video", "audio", "object", "embed"]):
        for name in ("src", "href", "srcset", "data", "poster"):
            parts = urlsplit(str(tag.get(name) or ""))
            if parts.netloc or parts.scheme not in {"", "data"}:
                yield f"loads {tag[name]}"


def protects_its_forms(visit: Visit) -> Iterator[str]:
    """Forms of signed-in pages bring the token of the session; what a cache may keep never does."""
    is_shared = "public" in visit.reply.headers.get("Cache-Control", "")
    for form in visit.soup.find_all("form", method=lambda method: method and method.lower() == "post"):
        has_token = form.find("input", {"name": "csrf_token"}) is not None
        is_answer = form.get("data-answer") is not None or form.find_parent(inert=True)
        if is_answer == has_token:
            yield f"has a form to {form.get('action')} {'with' if has_token else 'without'} a token"
    if is_shared and visit.soup.find("input", {"name": "csrf_token"}):
        yield "may be kept by a cache, but has a token"


PROMISES = (
    has_a_title,
    has_its_language,
    has_one_heading,
    skips_no_level,
    has_unique_ids,
    points_at_what_is_there,
    has_labels,
    names_its_buttons,
    reserves_space_for_pictures,
    has_nothing_inline,
    loads_nothing_from_elsewhere,
    protects_its_forms,
)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_every_page(pages: list[Visit], promise: Callable[[Visit], Iterator[str]]) -> None:
    found = [f"{visit} {problem}" for visit in pages for problem in promise(visit)]
    assert not found, shown(found)
