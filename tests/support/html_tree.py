"""A page as a tree of elements, read with the standard library: what tests ask of HTML."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr path circle rect line".split()
)


class Element:
    """An element with its attributes, its children and texts in order."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    def walk(self) -> Iterator["Element"]:
        """Yield every element below this one, in the order of the document."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def find_all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Return the elements below with this tag and attributes; ``class_`` is one class."""
        return [each for each in self.walk() if each.matches(tag, attributes)]

    def find(self, tag: str = "", **attributes: str) -> "Element":
        """Return the first such element; there must be one."""
        found = self.find_all(tag, **attributes)
        assert found, f"no <{tag}> with {attributes} in <{self.tag}>"
        return found[0]

    def matches(self, tag: str, attributes: dict[str, str]) -> bool:
        """Tell whether this element has the tag and the attributes."""
        if tag and self.tag != tag:
            return False
        for name, value in attributes.items():
            if name == "class_":
                if value not in self.attributes.get("class", "").split():
                    return False
            elif self.attributes.get(name.replace("_", "-")) != value:
                return False
        return True

    @property
    def text(self) -> str:
        """The words of the element, its white space folded."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._open.children.append(Element(tag, attributes, self._open))

    def handle_endtag(self, tag: str) -> None:
        above: Element | None = self._open
        while above is not None and above.tag != tag:
            above = above.parent
        if above is not None and above.parent is not None:
            self._open = above.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)


def parse(html: str) -> Element:
    """Return the document (or a part of one) as a tree without tag and parent."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def parse_main(html: str) -> Element:
    """Return what a page holds in its one ``<main>``."""
    assert html.count("<main") == 1
    start = html.index("<main")
    return parse(html[start : html.index("</main>", start)]).find("main")
