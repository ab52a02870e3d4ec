"""A piece of HTML as a tree, as far as it takes to say how it is read out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "use", "wbr"}
SILENT = {"script", "style", "template", "noscript", "head"}
WITHIN_A_LINE = {"a", "abbr", "b", "bdi", "em", "i", "label", "mark", "small", "span", "strong", "sub", "sup", "time"}
FOLDED = {"other-text"}
"""Classes of what our style sheets show only once something was chosen."""


@dataclass
class Element:
    """An element with its attributes; text stands among the children as it is."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    @property
    def is_silent(self) -> bool:
        """True for what nobody hears: hidden, decorative, or no content at all."""
        is_hidden = self.has("hidden") or self.get("aria-hidden") == "true" or self.get("type") == "hidden"
        return self.tag in SILENT or is_hidden or bool(FOLDED & set(self.get("class").split()))

    @property
    def elements(self) -> Iterator["Element"]:
        """Itself and all elements within it that are heard, in their order."""
        if self.is_silent:
            return
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements

    @property
    def text(self) -> str:
        """All text within it that is heard, in one line."""
        return " ".join("".join(self.texts()).split())

    def texts(self) -> Iterator[str]:
        """The pieces of text within it that are heard; pictures by their description, words in a line undivided."""
        if self.is_silent:
            return
        edge = "" if self.tag in WITHIN_A_LINE else " "
        yield f"{edge}{self.get('alt')}"
        if self.get("aria-label"):
            yield self.get("aria-label")
        else:
            for child in self.children:
                yield from [child] if isinstance(child, str) else child.texts()
        yield edge


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Closes the innermost element of this name, with whatever was left open in it."""
        place = next((i for i in range(len(self.open) - 1, 0, -1) if self.open[i].tag == tag), None)
        if place is not None:
            del self.open[place:]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree_of(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]
