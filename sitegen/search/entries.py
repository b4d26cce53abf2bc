"""What the search index says of each article and standing text, and of what only has a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.content.bodies import extract_text
from sitegen.content.kinds import StandingText
from sitegen.content.people import Person
from sitegen.content.selection import Site
from sitegen.foundation import addresses
from sitegen.foundation.parts import unseal
from sitegen.foundation.text import normalise, translate_size
from sitegen.foundation.words import word
from sitegen.media.documents import is_document, read_texts
from sitegen.media.inspection import Destination
from sitegen.media.pictures import MediaFile
from sitegen.model import Body, Photo, Record
from sitegen.pages.context import FEEDS_TITLE, PEOPLE_TITLE, SITE_MAP_TITLE, PlanContext, Shared
from sitegen.search.index_files import Passage
from sitegen.search.words import name_date
from sitegen.views import Headline, Story

# What is no news, by what it is called on the search page.
SECTION, TAG, AUTHOR, MONTH = word("Chuyên mục"), word("Thẻ"), word("Tác giả"), word("Lưu trữ")
DOCUMENT, PAGE, PERSON = word("Tài liệu"), word("Trang"), word("Cán bộ")
_LISTS = {"category": SECTION, "tag": TAG, "author": AUTHOR, "month": MONTH}
# Files that people read as they read pages.
_DOCUMENTS = {".pdf", ".doc", ".docx", ".odt", ".ods", ".odp", ".xls", ".xlsx", ".ppt", ".pptx"}
_SEPARATORS = re.compile(r"[-_.\s]+")


class Name(Record, frozen=True):
    """Something that has a page or a file, and a name: a section, tag, author, month, document.

    ``text`` is what else is found of it, ``note`` what is shown below its name. ``file`` is a
    document that has a text.
    """

    kind: str
    title: str
    url: str
    note: str = ""
    text: str = ""
    file: MediaFile | None = None


def describe_articles(root: Path, shared: Shared, articles: Iterable[Article]) -> Iterator[Passage]:
    """Yield the entries of articles; the text of one at a time is read.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where a text cannot be read.
    """
    for article in articles:
        parts = open_article(article)
        headline, teaser = unseal(parts.headline, Headline), unseal(parts.teaser, Teaser)
        story, category = unseal(parts.story, Story), shared.categories[teaser.category]
        lead = teaser.lead if story.has_lead else ""
        text = extract_text(root, unseal(parts.body, Body))
        authors, tags = ([each.title for each in links] for links in (story.authors, story.tags))
        # A line for each: no phrase goes from one name to the next.
        content = _join(
            story.dateline, lead, text, *_list_captions(teaser.photo), *authors, *tags, story.source
        )
        day, iso = headline.published.day, headline.published.iso
        yield Passage(
            headline.url,
            headline.title,
            content,
            {"category": category.title, "day": day, "iso": iso},
            facets=(int(re.sub(r"\D", "", iso[:16])), category.url, authors),
            dates=_list_days(iso),
        )


def _list_days(iso: str) -> tuple[str, ...]:
    """Return the keys of the day and of the month when an article came out."""
    year, month, day = map(int, iso[:10].split("-"))
    return tuple(name_date(day, month, year))[:2]


def describe_standing_texts(
    root: Path, shared: Shared, texts: Iterable[StandingText]
) -> Iterator[Passage]:
    """Yield the entries of standing texts; see :func:`describe_articles`."""
    for each in texts:
        url, text = shared.href(each.url), extract_text(root, each.body)
        content = _join(each.lead, text, *_list_captions(each.photo))
        kind = PERSON if isinstance(each, Person) else PAGE
        yield Passage(url, each.title, content, {}, shared.speak(kind), _NO_FACETS)


_NO_FACETS = (0, "", ())


def list_names(context: PlanContext, files: Iterable[MediaFile]) -> tuple[Name, ...]:
    """Return what only has a name: sections, tags, authors, months, documents, and all indexes.

    ``files`` are the published media files.
    """
    site, shared = context.site, context.shared
    lists = (*site.categories, *site.authors, *site.tags, *site.months)
    # Without the number of articles: a new one would change the entry.
    kinds, page = {kind: shared.speak(name) for kind, name in _LISTS.items()}, shared.speak(PAGE)
    names = [Name(kinds[each.kind], each.title, shared.href(each.url)) for each in lists]
    names += [Name(page, each.title, each.url) for each in shared.indexes.values()]
    pages = _list_pages(site)
    names += [Name(page, shared.speak(title), shared.href(url)) for title, url in pages]
    return (*names, *_list_documents(context, files))


def _list_pages(site: Site) -> Iterator[tuple[str, str]]:
    if any(isinstance(each, Person) for each in site.standing_texts):
        yield PEOPLE_TITLE, addresses.PEOPLE
    yield SITE_MAP_TITLE, addresses.SITE_MAP
    yield FEEDS_TITLE, addresses.FEEDS


def _list_documents(context: PlanContext, files: Iterable[MediaFile]) -> Iterator[Name]:
    """Yield the published documents, by what they or their files are called."""
    read = {normalise(each.source): each for each in files if is_document(each.source)}
    for path, part in sorted(context.destinations.items()):
        file = PurePosixPath(path)
        if file.suffix.lower() in _DOCUMENTS:
            found = unseal(part, Destination)
            named = _SEPARATORS.sub(" ", file.stem).strip()
            # Whoever knows the name of the file finds it too.
            title, text = (found.title, named) if found.title else (named, "")
            url = context.shared.href(found.url)
            size = translate_size(found.size, context.shared.view.language)
            kind = context.shared.speak(DOCUMENT)
            yield Name(kind, title, url, size, text, read.get(path))


def describe_names(root: Path, cache: Path, names: Sequence[Name]) -> Iterator[Passage]:
    """Yield the entries of what only has a name; the texts of documents are read and kept."""
    files = [each.file for each in names if each.file]
    texts = dict(zip(files, read_texts(root, cache, files), strict=True))
    for each in names:
        meta = {"note": each.note} if each.note else {}
        text = _join(each.text, texts[each.file] if each.file else "")
        yield Passage(each.url, each.title, text, meta, each.kind, _NO_FACETS)


def _list_captions(photo: Photo | None) -> tuple[str, ...]:
    return (photo.caption, photo.credit) if photo else ()


def _join(*texts: str) -> str:
    return "\n".join(filter(None, texts))
