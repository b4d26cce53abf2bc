"""Articles as the plan knows them: what orders and groups them, and the parts that pages show.

Everything about an article that depends on nothing but its file and the configuration is made here,
once, and remembered between builds.
"""

import msgspec

from sitegen.foundation.addresses import AUTHORS, TAGS
from sitegen.foundation.dates import describe_moment
from sitegen.foundation.parts import DIGEST_SIZE, Part, seal, unseal
from sitegen.foundation.text import fold, format_number, slugify
from sitegen.markdown.references import resolve_path
from sitegen.model import (
    ArticleFile,
    Body,
    Config,
    NamedSlug,
    PageFile,
    Photo,
    Record,
    Translation,
)
from sitegen.views import Foreign, Headline, Link, Moment

# What an adult reads in a minute: 250 words. In Vietnamese these are syllables, and with the space
# behind it one has four and a half characters; to count words instead would take much longer.
CHARACTERS_A_MINUTE = 1_125


class Teaser(Record, frozen=True):
    """What lists show of an article besides its headline.

    ``lead`` is the first paragraph where the article has no lead of its own.
    """

    category: str
    lead: str
    photo: Photo | None


class Story(Record, frozen=True):
    """What an article's own page and feeds show besides headline, teaser and body.

    ``minutes`` is how long it takes to read.
    """

    has_lead: bool
    authors: tuple[Link, ...]
    source: str
    tags: tuple[Link, ...]
    updated: Moment | None
    views: str
    minutes: int
    translations: tuple[Foreign, ...]


class Article(Record, frozen=True, gc=False):
    """One article in the plan.

    ``path`` is its file, ``url`` its address below the site; ``date`` and ``expires`` are seconds
    since 1970, ``month`` is ``2023/03``. ``photo`` is the path of its photo's file (empty if
    outside of the content). All else is sealed, and opened where it is needed, because the
    fifty thousand of an archive are unpacked by every build: ``names`` for the lists of authors and
    tags, ``references`` to follow links, ``sealed`` for the pages that are rendered: as bytes,
    which are passed over at once by whoever does not open them. ``digests`` are those of its parts,
    one after the other (see :func:`open_article`).
    """

    path: str
    url: str
    date: int
    expires: int | None
    month: str
    draft: bool
    featured: bool
    category: str
    names: msgspec.Raw
    photo: str | None
    references: msgspec.Raw
    aliases: tuple[str, ...]
    digests: bytes
    sealed: msgspec.Raw


class ArticleParts(Record, frozen=True):
    """The parts of an article.

    They hold a :class:`~sitegen.views.Headline`, a :class:`Teaser`, a :class:`Story` and a
    :class:`~sitegen.model.Body`.
    """

    headline: Part
    teaser: Part
    story: Part
    body: Part


def open_article(article: Article) -> ArticleParts:
    """Return the parts of an article."""
    size, digests = DIGEST_SIZE, article.digests
    headline, teaser, story, body = _open(_unwrap(article.sealed))
    return ArticleParts(
        Part(digests[:size], headline),
        Part(digests[size : 2 * size], teaser),
        Part(digests[2 * size : 3 * size], story),
        Part(digests[3 * size :], body),
    )


def list_names(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors and the tags of an article."""
    return _open_names(article.names)


_unwrap = msgspec.msgpack.Decoder(memoryview).decode
_open = msgspec.msgpack.Decoder(tuple[msgspec.Raw, msgspec.Raw, msgspec.Raw, msgspec.Raw]).decode
_open_names = msgspec.msgpack.Decoder(tuple[tuple[str, ...], tuple[str, ...]]).decode
_open_references = msgspec.msgpack.Decoder(tuple[tuple[str, str], ...]).decode


class StandingPage(Record, frozen=True):
    """One standing page in the plan."""

    path: str
    title: str
    slug: str
    lead: str
    photo: Photo | None
    updated: Moment | None
    draft: bool
    menu: bool
    aliases: tuple[str, ...]
    translations: tuple[Foreign, ...]
    body: Body


def make_article(file: ArticleFile, config: Config) -> Article:
    """Return what the plan needs of ``file``."""
    url = make_permalink(file, config)
    parts = (
        seal(Headline(file.title, config.base + url, describe_moment(file.date))),
        seal(Teaser(file.category, file.summary, file.photo)),
        seal(_make_story(file, config)),
        seal(file.body),
    )
    return Article(
        path=file.path,
        url=url,
        date=int(file.date.timestamp()),
        expires=int(file.expires.timestamp()) if file.expires else None,
        month=f"{file.date.year:04}/{file.date.month:02}",
        draft=file.draft,
        featured=file.featured,
        category=file.category,
        names=_seal((file.authors, file.tags)),
        photo=_photo_path(file),
        references=_seal(_resolve(file.body)),
        aliases=file.aliases,
        digests=b"".join([part.digest for part in parts]),
        sealed=_seal(msgspec.msgpack.encode([part.data for part in parts])),
    )


def make_standing_page(page: PageFile) -> StandingPage:
    """Return what the plan needs of a standing page."""
    return StandingPage(
        path=page.path,
        title=page.title,
        slug=page.slug,
        lead=page.lead,
        photo=page.photo,
        updated=describe_moment(page.updated) if page.updated else None,
        draft=page.draft,
        menu=page.menu,
        aliases=page.aliases,
        translations=_lead_abroad(page.translations),
        body=page.body,
    )


def make_permalink(file: ArticleFile, config: Config) -> str:
    """Return the address of an article below the site."""
    return config.permalink.format(
        category=file.category,
        year=f"{file.date.year:04}",
        month=f"{file.date.month:02}",
        day=f"{file.date.day:02}",
        slug=file.slug,
    )


def list_references(document: Article | StandingPage) -> tuple[tuple[str, str], ...]:
    """Return the relative links of a document's body, each with the path that it names."""
    if isinstance(document, StandingPage):
        return _resolve(document.body)
    return _open_references(document.references)


def find_photo(document: Article | StandingPage) -> str | None:
    """Return the path of the document's photo, empty where it is outside of the content."""
    if isinstance(document, StandingPage):
        return _photo_path(document)
    return document.photo


def name_photo(document: Article | StandingPage) -> str:
    """Return the document's photo as its front matter names it, or nothing where it has none."""
    photo = (
        document.photo
        if isinstance(document, StandingPage)
        else unseal(open_article(document).teaser, Teaser).photo
    )
    return photo.reference if photo else ""


def _seal(record: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(record))


def _resolve(body: Body) -> tuple[tuple[str, str], ...]:
    return tuple((reference, resolve_path(body.path, reference)) for reference in body.references)


def _photo_path(document: ArticleFile | StandingPage) -> str | None:
    return resolve_path(document.path, document.photo.reference) if document.photo else None


def name_slug(name: str, configured: tuple[NamedSlug, ...]) -> str:
    """Return the slug of an author or tag: the configuration's, or that of the name.

    Spellings that differ by case alone have one slug, because they are one name.
    """
    folded = fold(name)
    known = (each.slug for each in configured if fold(each.name) == folded)
    return next(known, "") or slugify(folded)


def _make_story(file: ArticleFile, config: Config) -> Story:
    lists = config.lists
    return Story(
        has_lead=bool(file.lead),
        authors=_link_names(file.authors, AUTHORS, config.authors, config, listed=lists.authors),
        source=file.source,
        tags=_link_names(file.tags, TAGS, config.tags, config, listed=lists.tags),
        updated=describe_moment(file.updated) if file.updated else None,
        views="" if file.views is None else format_number(file.views),
        minutes=max(1, round(file.length / CHARACTERS_A_MINUTE)),
        translations=_lead_abroad(file.translations),
    )


def _lead_abroad(translations: tuple[Translation, ...]) -> tuple[Foreign, ...]:
    return tuple(Foreign(each.title, each.url, each.language) for each in translations)


def _link_names(
    names: tuple[str, ...],
    folder: str,
    configured: tuple[NamedSlug, ...],
    config: Config,
    *,
    listed: bool,
) -> tuple[Link, ...]:
    return tuple(
        Link(name, f"{config.base}{folder}{name_slug(name, configured)}/" if listed else "")
        for name in names
    )
