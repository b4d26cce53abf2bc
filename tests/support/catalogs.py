"""The gettext catalogs of the package."""

from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sitegen.cli.commands import main
from sitegen.cli.messages import LOCALE
from sitegen.cli.speaking import find_texts

# The words of problems have a catalog in every language; other texts are English already, those of
# click too, and those of pages Vietnamese.
CATALOGS = [
    ("en", "pages"),
    ("en", "problems"),
    ("vi", "problems"),
    ("vi", "sitegen"),
    ("vi", "click"),
]


def read_catalog(language: str, domain: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def list_texts(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each key of a catalog with its text; of what can be counted, the first form of both."""
    return ((_first(each.id), _first(each.string)) for each in catalog if each.id)


def _first(text: object) -> str:
    return str(text[0] if isinstance(text, list | tuple) else text)


def list_codes() -> set[str]:
    """Return the code of every kind of problem."""
    return {key.removesuffix(".hint") for key, _ in list_texts(read_catalog("en", "problems"))}


def extract_command_line(*_: object, **__: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the texts that explain commands and options, for ``pybabel extract``."""
    return ((0, "", text, []) for _, _, text in find_texts(main))
