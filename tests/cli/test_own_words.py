"""What libraries and the system say in English is in no Vietnamese message, but as a quotation."""

import errno
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen.cli.messages import describe, translate
from sitegen.content.config import parse_config
from sitegen.content.kinds import read_text
from sitegen.media.drawings import measure_drawing
from sitegen.media.formats import FORMATS, SVG
from sitegen.media.pictures import publish
from sitegen.problems import Problem, ProblemsFoundError, RefusedError, explain
from support.bad_inputs import BAI, article
from support.english import find_english
from support.site_folder import CONFIG, SiteFolder
from support.tiny_theme import hasten, make_tiny_site

FACED = [each for each in FORMATS if each is not SVG]
# Faults in a template, of which some are understood and the rest are quoted.
TEMPLATE_FAULTS = (
    *("{{ a b }}", "{% if %}", "{% for x in %}{% endfor %}", "{% endif %}", "{{ title", "{% x %}"),
    *("{{ titel }}", "{{ site.titel }}", "{{ title | khong }}", "{% if title is x %}{% endif %}"),
    *("{{ 1 / 0 }}", "{{ title + 1 }}", "{{ title() }}", "{% include 'article.html' %}"),
    *("{{ site.assets['a.css'] }}", "{% include 'a.html' %}"),
    "{% block a %}{% endblock %}{% block a %}{% endblock %}",
)
SIGNS = (*":\"'[]{}-—#@*&!|>%`,?\t \n\u00a0\uff1a“", "- ", "? ", ": ", "!!x ", "%YAML")
FORMS = ("/{slug", "/{slug}}/", "/{slug!x}/", "/{}/", "/{0}/", "/{slug:x}/")


def word(problem: Problem) -> str:
    return describe(problem.code, problem.arguments, "vi")


def refuse(source: bytes, path: str) -> list[Problem]:
    """Return what is said of a picture with these bytes."""
    try:
        publish(source, path)
    except ProblemsFoundError as error:
        return list(error.problems)
    return []


def test_english_words_are_found() -> None:
    assert find_english("không đọc được ảnh: image file is truncated")
    assert find_english("hệ thống báo Permission denied")
    assert not find_english("Jinja báo: “'x' is undefined”, xem `the is` hoặc templates/the.html")
    assert not find_english("ảnh có thể in to, nhưng do máy không cho")


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_what_the_system_refuses(number: int) -> None:
    error = OSError(number, os.strerror(number), "content/a.md")
    reason = explain(error)
    assert translate(reason, "vi") != reason
    refused = RefusedError(error, "content")
    assert not find_english(describe(refused.code, refused.arguments, "vi"))


@pytest.mark.parametrize("named", FACED, ids=lambda each: each.name)
def test_pictures_that_are_damaged(named: object) -> None:
    assert isinstance(named, type(FACED[0]))
    written = io.BytesIO()
    Image.effect_noise((90, 60), 50).convert("RGB").save(written, named.name)
    source, path = written.getvalue(), f"content/a{named.suffix}"
    found: list[Problem] = []
    for place in range(1, len(source), len(source) // 15):
        found += refuse(source[:place], path)
        found += refuse(source[:place] + bytes(60) + source[place + 60 :], path)
    assert found
    assert not [words for each in found if (words := find_english(word(each)))]


@pytest.mark.parametrize("source", ["<svg", "<svg>&x;</svg>", "<svg><a></svg>", "", "<svg x/>"])
def test_drawings_that_are_no_xml(source: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        measure_drawing(source.encode(), "content/a.svg")
    assert not [words for each in caught.value.problems if (words := find_english(word(each)))]


def test_what_a_library_said_of_a_picture_is_kept_for_those_who_ask() -> None:
    written = io.BytesIO()
    Image.effect_noise((90, 60), 50).save(written, "JPEG")
    (found,) = refuse(written.getvalue()[:900], "content/a.jpg")
    assert "truncated" in found.arguments["trace"]
    assert word(found).startswith("không đọc được ảnh: tệp bị thiếu phần cuối")


@pytest.mark.parametrize("fault", TEMPLATE_FAULTS)
def test_templates(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)
    site: SiteFolder = make_tiny_site(tmp_path / "site").article("a")
    found = site.write("templates/article.html", fault).find_problems()
    assert [each.place.path for each in found] == ["templates/article.html"]
    assert not [words for each in found if (words := find_english(word(each)))]


GOOD = article(more="tags:\n  - chi bộ\n  - đảng viên\nlead: 'Sa-pô của \"bài\".'\nviews: 12")


@given(
    st.integers(0, len(GOOD)),
    st.sampled_from(
        [*":\"'[]{}-—#@*&!|>%`,?\t \n\u00a0\uff1a“", "- ", "? ", ": ", "!!x ", "%YAML"]
    ),
)
def test_fields(place: int, sign: str) -> None:
    text = f"{GOOD[:place]}{sign}{GOOD[place:]}"
    _, found = read_text(text.encode(), BAI, parse_config(CONFIG.encode()))
    assert not [words for each in found if (words := find_english(word(each)))]


@pytest.mark.parametrize(
    "form", ["/{slug", "/{slug}}/", "/{slug!x}/", "/{}/", "/{0}/", "/{slug:x}/"]
)
def test_forms_of_addresses(form: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        parse_config(f"{CONFIG}permalink: '{form}'\n".encode())
    assert not [words for each in caught.value.problems if (words := find_english(word(each)))]
