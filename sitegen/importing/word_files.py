"""Word documents (.docx) to HTML, with mammoth (the extra ``word``)."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sitegen.importing.extras import need
from sitegen.importing.pages import Picture, SourcePage
from sitegen.importing.word_markup import WordMarkup
from sitegen.problems import UsageError

if TYPE_CHECKING:
    from mammoth.documents import Image, Paragraph

# What a document older than 2007, or one with a password, begins with.
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
# The styles that say more than how text looks. An alignment is written as a style (see below).
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='sitegen center'] => p.center:fresh
p[style-name='sitegen right'] => p.right:fresh
br[type='page'] => br.page:fresh
"""
_ALIGNED = {"center": "sitegen center", "right": "sitegen right", "end": "sitegen right"}
_MEANT = ("heading", "title", "subtitle", "caption", "quote", "intense", "quotations", "list")


def open_word(source: bytes, name: str) -> WordMarkup:
    """Open a document, so that it can be asked for its encoding, and then converted.

    Raises :class:`~sitegen.problems.UsageError`.
    """
    need("mammoth", "word")
    if source.startswith(_OLD_FORMAT):
        raise UsageError("document-locked", path=name)
    return WordMarkup(source, name)


def convert_word(markup: WordMarkup, name: str, encoding: str = "") -> SourcePage:
    """Return a document as HTML, converted from an old encoding.

    Raises :class:`~sitegen.problems.UsageError`.
    """
    import mammoth
    from mammoth import transforms

    rewritten = markup.rewrite(encoding)
    pictures: dict[str, Picture] = {}
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(rewritten.source),
            style_map=_STYLES,
            include_embedded_style_map=False,
            transform_document=transforms.paragraph(_write_alignment),
            convert_image=mammoth.images.img_element(_keep(pictures)),
        )
    except (RecursionError, KeyError, ValueError, AttributeError, TypeError) as error:
        # Mammoth says nothing more particular of what it cannot read.
        raise UsageError("document-damaged", path=name) from error
    return SourcePage(result.value, pictures, rewritten.notes)


def _write_alignment(paragraph: "Paragraph") -> Any:  # noqa: ANN401 (mammoth has no types)
    style = (paragraph.style_name or "").lower()
    aligned = _ALIGNED.get(paragraph.alignment or "")
    if not aligned or paragraph.numbering or style.startswith(_MEANT):
        return paragraph
    return paragraph.copy(style_id=None, style_name=aligned)


def _keep(pictures: dict[str, Picture]) -> Callable[["Image"], dict[str, str]]:
    """Return what puts a picture aside, and says how the HTML names it."""

    def keep(image: "Image") -> dict[str, str]:
        address = f"picture:{len(pictures) + 1}"
        try:
            with image.open() as opened:
                source = opened.read()
        except (KeyError, OSError):
            source = b""
        pictures[address] = Picture(source, image.content_type or "")
        return {"src": address}

    return keep
