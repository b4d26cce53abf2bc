"""Drawings in SVG: which of them only draw, and how large they are.

An SVG can hold scripts and load files from anywhere, and it is published as it is. So one that does
either is refused.
"""

import re
import xml.parsers.expat
from pathlib import PurePosixPath

from sitegen.media.pictures import refuse_broken
from sitegen.problems import Place, ProblemsFoundError, mark, problem

_REFUSED_ELEMENTS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler"})
_HARMLESS_REFERENCE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif);|$)", re.IGNORECASE)
_LOADING_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!#)|\\", re.IGNORECASE)
# What is larger was never meant in pixels.
_WIDEST = 100_000
_PIXELS = re.compile(r"([0-9.]+)(?:px)?")


def measure_drawing(source: bytes, path: str) -> tuple[int, int]:
    """Return width and height of a drawing; both are 0 where it does not say them in pixels.

    Raises :class:`~sitegen.problems.ProblemsFoundError`.
    """
    outermost, attributes = _check_elements(source, path)
    if outermost != "svg":
        value = PurePosixPath(path).name
        raise ProblemsFoundError([problem("picture-kind", Place(path), value=value)])
    found = [_PIXELS.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    sides = [each[1] for each in found if each]
    if len(sides) < 2:  # noqa: PLR2004 (width and height)
        sides = attributes.get("viewBox", "").replace(",", " ").split()[2:4]
    try:
        width, height = (round(float(side)) for side in sides)
    except (ValueError, OverflowError):
        return 0, 0
    return (width, height) if 0 < min(width, height) <= max(width, height) < _WIDEST else (0, 0)


def _check_elements(source: bytes, path: str) -> tuple[str, dict[str, str]]:
    """Return the name and the attributes of the outermost element.

    Refuses a drawing that holds a script or loads something, and what is no XML.
    """
    active = ProblemsFoundError([problem("picture-script", Place(path))])
    names: list[str] = []
    outermost: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if not names:
            outermost.update(attributes)
        names.append(name.rpartition(" ")[2].lower())
        if names[-1] in _REFUSED_ELEMENTS or any(
            _is_active(attribute, value) for attribute, value in attributes.items()
        ):
            raise active
        # An animation can set an attribute to a script.
        if re.search(r"href|^on", attributes.get("attributeName", "").lower()):
            raise active

    def text(data: str) -> None:
        if names[-1] == "style" and _LOADING_STYLE.search(data):
            raise active

    def refuse(*_: object) -> None:
        raise active

    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(source, True)  # noqa: FBT003 (the C function takes no name)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError) as error:
        raise refuse_broken(path, error, mark("it is no correct XML")) from error
    return names[0], outermost


def _is_active(attribute: str, value: str) -> bool:
    namespace, _, name = attribute.lower().rpartition(" ")
    if name in {"href", "src"}:
        return not _HARMLESS_REFERENCE.match(value)
    # Drawing programs keep data of their own in attributes of other namespaces.
    return not namespace and (name.startswith("on") or bool(_LOADING_STYLE.search(value)))
