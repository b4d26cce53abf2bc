"""Drawings: their size, and what they must not do."""

import pytest

from sitegen.media.drawings import measure_drawing
from sitegen.problems import ProblemsFoundError
from support.photos import SVG


def refuse(source: str) -> str:
    with pytest.raises(ProblemsFoundError) as caught:
        measure_drawing(source.encode(), "content/a.svg")
    (found,) = caught.value.problems
    assert found.place.path == "content/a.svg"
    return found.code


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<rect onclick='alert(1)'/>",
        "<RECT ONLOAD='alert(1)'/>",
        "<image href='https://example.net/a.png'/>",
        "<image xlink:href='//example.net/a.png' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<style>@import url(https://example.net/a.css);</style>",
        "<rect style='fill:url(https://example.net/#a)'/>",
        "<rect fill='url(https://example.net/#a)'/>",
        "<image href='data:image/svg+xml,x'/>",
        "<use href='other.svg#a'/>",
        "<animate attributeName='href' to='javascript:x'/>",
        "<set attributeName='onclick' to='x'/>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside: str) -> None:
    assert refuse(SVG.format("", inside)) == "picture-script"


def test_a_drawing_with_entities_is_refused() -> None:
    source = '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("", "<text>&a;</text>")
    assert refuse(source) == "picture-script"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="199.6px" viewBox="0 0 3 2"', (300, 200)),
        ('viewBox="0 0 640 480"', (640, 480)),
        ('viewBox="0,0,640,480" width="100%" height="100%"', (640, 480)),
        ("", (0, 0)),
        ('viewBox="0 0 640"', (0, 0)),
        (f'width="{"9" * 400}" height="1"', (0, 0)),
    ],
)
def test_the_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    inside = '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#b"/>'
    assert measure_drawing(SVG.format(attributes, inside).encode(), "content/a.svg") == size


def test_what_is_no_drawing_is_refused() -> None:
    assert refuse("<svg") == "picture-broken"
    assert refuse("<html></html>") == "picture-kind"


@pytest.mark.parametrize("box", ["0 0 1e400 5", "0 0 1e300 5", "0 0 nan 5", "0 0 -4 5", "0 0 0 5"])
def test_a_drawing_of_no_size_that_can_be_shown_says_none(box: str) -> None:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>'.encode()
    assert measure_drawing(source, "content/a.svg") == (0, 0)
