"""The gettext catalogs of the package."""

from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sitegen.cli.messages import LOCALE

# The words of problems have a catalog in every language; other texts are English already.
CATALOGS = [("en", "problems"), ("vi", "problems"), ("vi", "sitegen")]


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
