"""Drawings in SVG: which of them only draw, and how large they are.

An SVG can hold scripts and load files from anywhere, and it is published as it is. So one that does
either is refused.
"""

import re
import xml.parsers.expat
from pathlib import PurePosixPath

from sitegen.media.pictures import refuse_broken
from sitegen.problems import Place, Problem, problem

_REFUSED_ELEMENTS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler"})
_HARMLESS_REFERENCE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif);|$)", re.IGNORECASE)
_LOADING_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!#)|\\", re.IGNORECASE)
_TAG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_SIDE = re.compile(rb"\s(width|height)\s*=\s*[\"']([\d.]+)(?:px)?[\"']", re.IGNORECASE)


def measure_drawing(source: bytes, path: str) -> tuple[int, int] | Problem:
    """Return width and height of a drawing, or what is wrong with it.

    Both are 0 where the drawing does not say them in pixels.
    """
    try:
        outermost = _check_elements(source)
    except _ActiveDrawingError:
        return problem("picture-script", Place(path))
    except xml.parsers.expat.ExpatError as error:
        return refuse_broken(path, error)
    if outermost != "svg":
        return problem("picture-kind", Place(path), value=PurePosixPath(path).name)
    found = _TAG.search(source)
    tag = found[0] if found else b""
    sides = dict(_SIDE.findall(tag))
    if len(sides) < 2:  # noqa: PLR2004 (width and height)
        box = _BOX.search(tag)
        numbers = box[1].replace(b",", b" ").split() if box else []
        sides = dict(zip((b"width", b"height"), numbers[2:4], strict=False))
    try:
        return round(float(sides[b"width"])), round(float(sides[b"height"]))
    except (KeyError, ValueError):
        return 0, 0


class _ActiveDrawingError(Exception):
    """A drawing does more than draw."""


def _check_elements(source: bytes) -> str:
    """Return the name of the outermost element.

    Raises :class:`_ActiveDrawingError` where the drawing holds a script or loads something, and
    :class:`xml.parsers.expat.ExpatError` where it is no XML.
    """
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(name.rpartition(" ")[2].lower())
        if names[-1] in _REFUSED_ELEMENTS or any(
            _is_active(attribute, value) for attribute, value in attributes.items()
        ):
            raise _ActiveDrawingError
        # An animation can set an attribute to a script.
        if re.search(r"href|^on", attributes.get("attributeName", "").lower()):
            raise _ActiveDrawingError

    def text(data: str) -> None:
        if names[-1] == "style" and _LOADING_STYLE.search(data):
            raise _ActiveDrawingError

    def refuse(*_: object) -> None:
        raise _ActiveDrawingError

    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    parser.Parse(source, True)  # noqa: FBT003 (the C function takes no name)
    return names[0]


def _is_active(attribute: str, value: str) -> bool:
    namespace, _, name = attribute.lower().rpartition(" ")
    if name in {"href", "src"}:
        return not _HARMLESS_REFERENCE.match(value)
    # Drawing programs keep data of their own in attributes of other namespaces.
    return not namespace and (name.startswith("on") or bool(_LOADING_STYLE.search(value)))
