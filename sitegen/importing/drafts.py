"""A document as the draft of an article: its file, and its pictures below ``content/media/``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec

from sitegen.content.scalars import quote
from sitegen.content.settings import Category
from sitegen.foundation.text import normalise, slugify
from sitegen.importing.article_parts import Parts, find_parts, split_credit
from sitegen.importing.blocks import Block, Run, map_links
from sitegen.importing.html_blocks import read_html
from sitegen.importing.markdown_writing import write_blocks
from sitegen.importing.notes import Note
from sitegen.importing.pages import Picture, SourcePage
from sitegen.importing.photos import (
    PreparedPhoto,
    check_folder,
    name_folder,
    prepare_photo,
    save_photo,
)
from sitegen.model import Record
from sitegen.problems import UsageError, mark

_OWN_PICTURE = "picture:"
_LINK = re.compile(r"(?:https?|mailto|tel):\S", re.IGNORECASE)
_LONGEST_NAME = 60
# Who is named where nobody is.
DRAFT_AUTHOR = "Ban Biên tập"
_OLD_DRAWINGS = ("image/x-wmf", "image/x-emf", "image/wmf", "image/emf")


class Draft(Record, frozen=True):
    """An article that is not written yet: its parts, its pictures, and what has to be looked at."""

    parts: Parts
    footnotes: tuple[Block, ...] = ()
    pictures: dict[str, PreparedPhoto] = {}
    notes: tuple[Note, ...] = ()


class WrittenDraft(Record, frozen=True):
    """Where an article was written, and its pictures, below the root."""

    path: str
    pictures: tuple[str, ...]


def make_draft(page: SourcePage, title: str = "", fallback: str = "") -> Draft:
    """Return the draft of an article; ``fallback`` is the title of a page that has none."""
    reading = read_html(page.html)
    notes = [*page.notes, *reading.notes]
    pictures: dict[str, PreparedPhoto] = {}
    unusable: set[str] = set()

    def lead(address: str) -> str:
        if _LINK.match(address):
            return address
        text = mark("A link leads to no page, and became text: {address}")
        notes.append(Note(text, {"address": address}))
        return ""

    for address, picture in page.pictures.items():
        try:
            pictures[address] = prepare_photo(picture.source, address)
        except UsageError:
            unusable.add(address)
            notes.append(_refuse(picture))
    blocks = list(_drop_pictures(map_links(reading.blocks, lead), unusable))
    elsewhere = [each for each in blocks if each.kind == "picture" and each.address not in pictures]
    notes += [
        Note(
            mark("A picture lies elsewhere, and is a link now: {address}"),
            {"address": each.address},
        )
        for each in elsewhere
    ]
    blocks = [_make_link(each) if each in elsewhere else each for each in blocks]
    parts = find_parts(blocks, normalise(title))
    if not parts.title:
        parts = msgspec.structs.replace(parts, title=normalise(fallback) or "Bài viết")
    unique = {(each.text, str(each.values)): each for each in (*notes, *parts.notes)}
    return Draft(parts, map_links(reading.footnotes, lead), pictures, tuple(unique.values()))


def write_draft(
    root: Path,
    draft: Draft,
    category: Category,
    now: datetime,
    author: str = "",
    remarks: Iterable[str] = (),
) -> WrittenDraft:
    """Write the file of an article and its pictures, over nothing that is there.

    ``remarks`` are the notes in the language of the site. Raises
    :class:`~sitegen.problems.UsageError` where the file exists, or the title has no letters.
    """
    slug = slugify(draft.parts.title)
    if not slug:
        raise UsageError("title-letters", value=draft.parts.title)
    path = PurePosixPath("content", category.path, f"{now.year:04}", f"{slug}.md")
    target = root / path
    if target.exists():
        raise UsageError("file-exists", path=path.as_posix())
    folder = name_folder(f"{now.year:04}")
    check_folder(root, folder)
    stem = slug[:_LONGEST_NAME].strip("-")
    references = {}
    saved = []
    for number, (address, picture) in enumerate(draft.pictures.items(), start=1):
        name = f"{stem}-{number}" if len(draft.pictures) > 1 else stem
        kept = save_photo(root, folder, name, picture)
        references[address] = kept.reference
        saved.append(kept.path)
    text = format_draft(draft, references, category, now, slug, author, remarks)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("file-exists", path=path.as_posix()) from error
    return WrittenDraft(path.as_posix(), tuple(saved))


def format_draft(
    draft: Draft,
    references: dict[str, str],
    category: Category,
    now: datetime,
    slug: str,
    author: str = "",
    remarks: Iterable[str] = (),
) -> str:
    """Return the file of an article; ``references`` says where its pictures lie."""
    parts = draft.parts
    authors = [author] if author else [*parts.authors]
    if not authors and not parts.source:
        authors = [DRAFT_AUTHOR]
    fields = {
        "title": quote(parts.title),
        "date": f"{now:%Y-%m-%d %H:%M}",
        "category": quote(category.name),
        "slug": quote(slug),
    }
    if authors:
        several = f"[{', '.join(map(quote, authors))}]"
        fields["author"] = quote(authors[0]) if len(authors) == 1 else several
    if parts.source:
        fields["source"] = quote(parts.source)
    if parts.lead:
        fields["lead"] = quote(parts.lead)
    photo = parts.photo
    if photo:
        fields["photo"] = references[photo.address]
        fields["photo_caption"] = quote(photo.caption)
        if photo.credit:
            fields["photo_credit"] = quote(photo.credit)
        if photo.alt:
            fields["photo_alt"] = quote(photo.alt)
    fields["draft"] = "true"
    comments = [f"# - {' '.join(each.split())}" for each in remarks]
    body = [_refer(each, references) for each in (*parts.body, *draft.footnotes)]
    return format_file(fields, comments, write_blocks(body))


def format_file(fields: Mapping[str, str], comments: Iterable[str], body: str) -> str:
    """Return the file of a text: its fields as YAML, lines of comments below them, its body."""
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join(["---", *lines, *comments, "---", "", body, ""])


def _refer(block: Block, references: dict[str, str]) -> Block:
    """Return a picture of the text with its place, its description and its caption."""
    if block.kind != "picture":
        return block
    caption, credit = split_credit(block.text)
    return msgspec.structs.replace(
        block,
        address=references[block.address],
        alt=block.alt or caption or credit,
    )


def _drop_pictures(blocks: Iterable[Block], unusable: set[str]) -> Iterator[Block]:
    """Yield blocks without pictures that nobody can be shown, wherever they stand."""
    for block in blocks:
        if block.kind == "picture" and block.address in unusable:
            continue
        children = tuple(_drop_pictures(block.children, unusable))
        yield msgspec.structs.replace(block, children=children) if block.children else block


def _make_link(block: Block) -> Block:
    return Block("paragraph", runs=(Run(block.alt or block.address, link=block.address),))


def _refuse(picture: Picture) -> Note:
    if not picture.source:
        return Note(mark("A picture of the document could not be read."))
    if picture.media_type in _OLD_DRAWINGS:
        return Note(
            mark("A drawing of Windows (WMF, EMF) cannot be shown: save it as PNG and put it in.")
        )
    kind = picture.media_type or "?"
    return Note(
        mark("A picture cannot be shown ({kind}): save it as PNG and put it in."), {"kind": kind}
    )
