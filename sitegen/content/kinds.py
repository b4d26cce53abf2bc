"""The kinds of texts below ``content/``: this is the one list of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sitegen.content.article_file import ArticleFile, complete_article
from sitegen.content.articles import (
    Article,
    Reference,
    Teaser,
    make_article,
    open_article,
    open_references,
    resolve_references,
)
from sitegen.content.declarations import Values, describe_fields, list_fields, read_values
from sitegen.content.people import Person, make_person
from sitegen.content.reference_paths import resolve_path
from sitegen.content.settings import Config
from sitegen.content.standing_pages import StandingPage, complete_page
from sitegen.foundation.parts import unseal
from sitegen.model import Body, Record
from sitegen.problems import Place, Problem, ProblemsFoundError, mark

# A build that remembers every text needs nothing of what reads one.
if TYPE_CHECKING:
    from sitegen.content.fields import Fields

# Every text that is not news. All of these have a url, a title, a lead, a photo and a body.
StandingText = StandingPage | Person
Document = Article | StandingText


class Kind(Record, frozen=True):
    """A kind of texts: ``name`` is for the command line, ``one`` for problems.

    Its files lie in ``folder``, and ``record`` declares their fields. ``complete`` reports what is
    wrong with several fields together, and adds what is made of them; ``make`` turns the record,
    with the text of its body, into what is remembered. ``filled`` tells whether a text without a
    body is unfinished.
    """

    name: str
    one: str
    folder: str
    record: type[Record]
    complete: "Callable[[Fields, Values, Config], None]" = lambda *_: None
    make: Callable[[Any, str, Config], Any] = lambda record, _, __: record
    filled: bool = True


# A file is of the first of these in whose folder it lies.
KINDS = (
    Kind("page", mark("a standing page"), "content/pages/", StandingPage, complete_page),
    Kind("people", mark("a person"), "content/people/", Person, make=make_person, filled=False),
    Kind("article", mark("an article"), "content/", ArticleFile, complete_article, make_article),
)


# What there is a schema of, by its name on the command line.
RECORDS = {kind.name: kind.record for kind in KINDS} | {"config": Config}


def make_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one of :data:`RECORDS`, for the programs of editors."""
    schema = describe_fields(list_fields(RECORDS[name]))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def read_text(source: bytes, path: str, config: Config) -> tuple[Document | None, list[Problem]]:
    """Return what the file ``path``, relative to the root, says, with all its problems.

    There is nothing where the file has not the form of a text; beside one with errors in its
    fields, what is wrong with the rest can still be found.
    """
    from sitegen.content.fields import read_fields
    from sitegen.content.front_matter import read_body, split, warn_of_legacy, warn_of_turned
    from sitegen.content.samples import check_body

    problems: list[Problem] = []
    try:
        file = split(source, path, problems)
        fields = read_fields(file.fields, Place(path, file.fields_line), problems, config.timezone)
    except ProblemsFoundError as error:
        return None, [*problems, *error.problems]
    kind = find_kind(path)
    declaration = list_fields(kind.record)
    values = read_values(declaration, fields)
    kind.complete(fields, values, config)
    fields.finish(declaration.names, _find_elsewhere)
    if kind.filled and not values["draft"]:
        problems += check_body(file)
    problems += warn_of_legacy(file)
    problems += warn_of_turned(file)
    if "#" in file.fields:
        from sitegen.content.suppressions import find_suppressions_in_fields

        problems += find_suppressions_in_fields(file.fields, path, file.fields_line)
    record = kind.record(
        path=path, body=read_body(file, config.url, strict=config.markdown == "strict"), **values
    )
    return kind.make(record, file.body, config), problems


def find_kind(path: str) -> Kind:
    """Return the kind of the text in a file below ``content/``."""
    return next(kind for kind in KINDS if path.startswith(kind.folder))


def _find_elsewhere(name: str) -> dict[str, str]:
    """Return what there is to say of a field that another kind of texts has."""
    for kind in reversed(KINDS):
        if name in list_fields(kind.record).names:
            return {"other": kind.one, "folder": kind.folder}
    return {}


def list_references(document: Document) -> tuple[Reference, ...]:
    """Return the relative links of a document's body."""
    if isinstance(document, Article):
        return open_references(document)
    return resolve_references(document.body)


def list_anchors(document: Document) -> tuple[str, ...]:
    """Return the links of a document's body that lead to parts of other pages."""
    return document.anchors if isinstance(document, Article) else document.body.anchors


def find_body(document: Document) -> Body:
    """Return what is known of a document's body."""
    if isinstance(document, Article):
        return unseal(open_article(document).body, Body)
    return document.body


def find_photo(document: Document) -> str | None:
    """Return the path of the document's photo, empty where it is outside of the content."""
    if isinstance(document, Article):
        return document.photo
    return resolve_path(document.path, document.photo.reference) if document.photo else None


def find_audio(document: Document) -> Reference | None:
    """Return the document's sound, whose path is empty where it is outside of the content."""
    return document.audio if isinstance(document, Article) else None


def name_photo(document: Document) -> str:
    """Return the document's photo as its front matter names it, or nothing where it has none."""
    photo = (
        unseal(open_article(document).teaser, Teaser).photo
        if isinstance(document, Article)
        else document.photo
    )
    return photo.reference if photo else ""
