"""The XML of Word documents: names, attributes, and how its files are read."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parse(source: bytes) -> ET.Element:
    """Return the outermost element of a file. A document type is refused: Word writes none."""
    if b"<!DOCTYPE" in source or b"<!ENTITY" in source:
        raise ET.ParseError("a document type")
    # Since 2.4.1 expat limits what entities can grow to.
    return ET.fromstring(source)  # noqa: S314 (see above)


def get(element: ET.Element | None, name: str = "val") -> str:
    """Return an attribute of Word's own, or nothing."""
    return "" if element is None else element.get(f"{WORD}{name}", "")


def find(element: ET.Element | None, path: str) -> ET.Element | None:
    """Return the element of Word's own at ``path`` below an element, such as ``pPr/numPr``."""
    if element is None:
        return None
    return element.find("/".join(f"{WORD}{name}" for name in path.split("/")))


def is_on(element: ET.Element | None) -> bool | None:
    """Tell whether a property is on; nothing where it is not said."""
    return None if element is None else get(element) not in {"0", "false", "off", "none"}


def make_run(text: str) -> ET.Element:
    """Return a run that holds ``text``."""
    run = ET.Element(f"{WORD}r")
    written = ET.SubElement(run, f"{WORD}t", {_SPACE: "preserve"})
    written.text = text
    return run


def read_text(element: ET.Element) -> str:
    """Return the words of an element as a reader sees them."""
    return "".join(_read_pieces(element))


def _read_pieces(element: ET.Element) -> Iterator[str]:
    for each in element.iter():
        if each.tag == f"{WORD}t":
            yield each.text or ""
        elif each.tag in {f"{WORD}tab", f"{WORD}br", f"{WORD}p"}:
            yield " "


def replace_child(parent: ET.Element, child: ET.Element, others: list[ET.Element]) -> None:
    """Put others into the place of a child."""
    position = list(parent).index(child)
    parent.remove(child)
    for offset, other in enumerate(others):
        parent.insert(position + offset, other)
