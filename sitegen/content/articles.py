"""Articles as the plan knows them: what orders and groups them, and the parts that pages show.

Everything about an article that depends on nothing but its file and the configuration is made here,
once, and remembered between builds.
"""

from typing import Any

import msgspec

from sitegen.content.article_file import ArticleFile
from sitegen.content.reference_paths import resolve_path
from sitegen.content.settings import Config, NamedSlug
from sitegen.foundation.addresses import AUTHORS, TAGS
from sitegen.foundation.dates import describe_moment
from sitegen.foundation.packed import Packed
from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.foundation.text import fold, format_number, slugify
from sitegen.model import Body, Photo, Record
from sitegen.views import Headline, Link, Story

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


class Reference(Record, frozen=True):
    """A relative link or picture of a body: as it is written, and the path that it names.

    The sound of an article is one as well.
    """

    written: str
    path: str


class Article(Record, frozen=True, gc=False, tag=True):
    """One article in the plan.

    ``path`` is its file, ``url`` its address below the site; ``date``, ``updated`` and ``expires``
    are seconds since 1970, ``year`` and ``month`` those of its own date. ``photo`` is the path of
    its photo's file (empty if outside of the content), ``audio`` names its sound. ``anchors`` are
    those of its body (:class:`~sitegen.model.Body`), which few texts have.

    The digests tell what changed: ``headline_digest`` that of its headline, ``card_digest`` that of
    what lists show of it, ``story_digest`` that of all but its body, ``digest`` that of all.

    Every build unpacks all articles of an archive, but opens few of them. So the rest stays packed:
    ``names`` (:class:`Names`), and ``packed``, which has the parts (:class:`ArticleParts`) and the
    links (:class:`Reference`). What the cache keeps of these stays in its file.
    """

    path: str
    url: str
    date: int
    updated: int | None
    expires: int | None
    year: int
    month: int
    draft: bool
    featured: bool
    category: str
    photo: str | None
    audio: Reference | None
    aliases: tuple[str, ...]
    anchors: tuple[str, ...]
    headline_digest: bytes
    card_digest: bytes
    story_digest: bytes
    digest: bytes
    names: bytes
    packed: Packed


class ArticleParts(Record, frozen=True, gc=False):
    """The parts of an article.

    They hold a :class:`~sitegen.views.Headline`, a :class:`Teaser`, a
    :class:`~sitegen.views.Story` and a :class:`~sitegen.model.Body`.
    """

    headline: Part
    teaser: Part
    story: Part
    body: Part


class Names(Record, frozen=True):
    """The authors and the tags of an article."""

    authors: tuple[str, ...]
    tags: tuple[str, ...]


class _Contents(Record, frozen=True, gc=False):
    """What is packed of an article: a record of parts and the links, neither decoded yet."""

    parts: msgspec.Raw
    references: msgspec.Raw


def open_article(article: Article) -> ArticleParts:
    """Return the parts of an article."""
    return _open_parts(pack_parts(article))


def pack_parts(article: Article) -> msgspec.Raw:
    """Return the parts of an article as they are packed."""
    return _open_contents(bytes(article.packed)).parts


def open_references(article: Article) -> tuple[Reference, ...]:
    """Return the relative links of an article's body."""
    return _open_references(_open_contents(bytes(article.packed)).references)


def list_names(article: Article) -> Names:
    """Return the authors and the tags of an article."""
    return _open_names(article.names)


_pack = msgspec.msgpack.Encoder().encode
_open_contents = msgspec.msgpack.Decoder(_Contents).decode
_open_parts = msgspec.msgpack.Decoder(ArticleParts).decode
_open_names = msgspec.msgpack.Decoder(Names).decode
_open_references = msgspec.msgpack.Decoder(tuple[Reference, ...]).decode


def make_article(file: ArticleFile, text: str, config: Config) -> Article:
    """Return what the plan needs of ``file``; ``text`` is that of its body."""
    year, month, day = file.date.date().isoformat().split("-")
    url = config.permalink.format(
        category=file.category, year=year, month=month, day=day, slug=file.slug
    )
    lead = file.lead or _summarise(text, strict=file.body.strict)
    published = describe_moment(file.date, config.language)
    parts = ArticleParts(
        headline=seal(Headline(file.title, config.base + url, published)),
        teaser=seal(Teaser(file.category, lead, file.photo)),
        story=seal(_make_story(file, len(text), config)),
        body=seal(file.body),
    )
    card_digest = digest_bytes(parts.headline.digest + parts.teaser.digest)
    story_digest = digest_bytes(card_digest + parts.story.digest + file.audio.encode())
    return Article(
        path=file.path,
        url=url,
        date=int(file.date.timestamp()),
        updated=int(file.updated.timestamp()) if file.updated else None,
        expires=int(file.expires.timestamp()) if file.expires else None,
        year=file.date.year,
        month=file.date.month,
        draft=file.draft,
        featured=file.featured,
        category=file.category,
        photo=resolve_path(file.path, file.photo.reference) if file.photo else None,
        audio=Reference(file.audio, resolve_path(file.path, file.audio)) if file.audio else None,
        aliases=file.aliases,
        anchors=file.body.anchors,
        headline_digest=parts.headline.digest,
        card_digest=card_digest,
        story_digest=story_digest,
        digest=digest_bytes(story_digest + parts.body.digest),
        names=_pack(Names(file.author, file.tags)),
        packed=Packed(_pack((parts, resolve_references(file.body)))),
    )


def _summarise(text: str, *, strict: bool) -> str:
    from sitegen.markdown.conversion import summarise

    return summarise(text, strict=strict)


def resolve_references(body: Body) -> tuple[Reference, ...]:
    """Return the relative links of a body."""
    return tuple(Reference(each, resolve_path(body.path, each)) for each in body.references)


def name_slug(name: str, configured: tuple[NamedSlug, ...]) -> str:
    """Return the slug of an author or tag: the configuration's, or that of the name.

    Spellings that differ by case alone have one slug, because they are one name.
    """
    folded = fold(name)
    known = (each.slug for each in configured if fold(each.name) == folded)
    return next(known, "") or slugify(folded)


def _make_story(file: ArticleFile, length: int, config: Config) -> Story:
    authors, tags = config.base + AUTHORS, config.base + TAGS
    made: dict[str, Any] = {
        "has_lead": bool(file.lead),
        "authors": _link(file.author, config.authors, authors if config.lists.authors else ""),
        "tags": _link(file.tags, config.tags, tags if config.lists.tags else ""),
        "updated": describe_moment(file.updated, config.language) if file.updated else None,
        "views": "" if file.views is None else format_number(file.views, config.language),
        "minutes": max(1, round(length / CHARACTERS_A_MINUTE)),
    }
    # All else is shown as it is written.
    names = (name for name in Story.__struct_fields__ if name not in made)
    return Story(**made, **{name: getattr(file, name) for name in names})


def _link(
    names: tuple[str, ...], configured: tuple[NamedSlug, ...], folder: str
) -> tuple[Link, ...]:
    """Return links to the lists of these names; without ``folder`` there are no such lists."""
    if not folder:
        return tuple(Link(name, "") for name in names)
    return tuple(Link(name, f"{folder}{name_slug(name, configured)}/") for name in names)
