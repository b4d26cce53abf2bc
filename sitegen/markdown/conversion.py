"""Markdown to safe HTML: figures, galleries, videos, attachments, checked links.

A text goes to the prose converter first. What that does not support takes three steps here:
Python-Markdown makes HTML, nh3 removes what a page must not hold, and :func:`_resolve_links` gives
links and pictures their addresses and sizes. The last step reads what nh3 wrote, where every
attribute is quoted and escaped in one way.
"""

import contextlib
import functools
import html
import re

import msgspec

from sitegen.foundation.text import shorten
from sitegen.foundation.words import VIETNAMESE, speak
from sitegen.markdown.boxes import box_documents
from sitegen.markdown.limits import MarkupError, check_shape
from sitegen.markdown.links import Html, Resolver
from sitegen.markdown.prose import convert_prose
from sitegen.markdown.prose_tables import TABLE_END, TABLE_NAME, TABLE_START
from sitegen.markdown.references import canonical_reference, scan_references
from sitegen.markdown.repair import close_marks, keep_ids_apart, name_by_id
from sitegen.markdown.signs import encode, list_signs
from sitegen.markdown.videos import read_attributes, replace_frames
from sitegen.model import Record
from sitegen.problems import mark
from sitegen.views import BodyView

SUMMARY_WORDS = 45
LONGEST_TABLE = 2_000
DEEPEST_QUOTE = 20
DEEPEST_LIST = 60
LONGEST_RUN = 60
LONGEST_LINE = 100_000
MOST_CELLS = 30_000
MOST_UNCLOSED = 500

_NOT_PROSE = re.compile(r"[#!|><:=]|[-*+] |\d+[.)] |\[\^|\s{4}|---|\*\*\*$")
_TAG = re.compile(r"<[^>]+>")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_IMAGE = re.compile(r"<img(?P<image>(?: [a-z-]+=\"[^\"]*\")*) ?/?>")
_LINK_OR_IMAGE = re.compile(
    rf"<a(?P<link>(?: [a-z-]+=\"[^\"]*\")*)>(?P<text>.*?)</a>|{_IMAGE.pattern}", re.DOTALL
)
# Before them, a picture alone that leads somewhere, with a line in italics below it.
_ANY = re.compile(
    r"<p><a(?P<video>(?: [a-z-]+=\"[^\"]*\")*)><img(?P<still>(?: [a-z-]+=\"[^\"]*\")*) ?/?></a>"
    r"(?:(?:<br ?/?>)?\s*<em>(?P<caption>(?:(?!</?em>|</p>).)*)</em>)?\s*</p>|"
    + _LINK_OR_IMAGE.pattern,
    re.DOTALL,
)
_TABLE = re.compile(r"<table(?: [a-z-]+=\"[^\"]*\")*>")
_LIMITS = (
    (re.compile(r"^(?:[ ]{0,3}>){%d}" % DEEPEST_QUOTE, re.MULTILINE), mark("nested quotes")),
    (re.compile(r"^[ \t]{%d}[ \t]*[-*+\d]" % DEEPEST_LIST, re.MULTILINE), mark("nested lists")),
    (re.compile(r"(?m)^[ ]{0,3}(?:(?:[-*+]|\d+\.) +){%d}" % DEEPEST_QUOTE), mark("nested lists")),
    (re.compile(r"(?:!?\[[^]\[\n!]{0,3}){%d}" % LONGEST_RUN), mark("brackets")),
    (re.compile(r"([`*_~<&])\1{%d}" % LONGEST_RUN), mark("repeated signs")),
)
_TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption"
    " figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "img": {"alt", "src"},
    "ol": {"reversed", "start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_NOWHERE = BodyView("", 0, b"", (), ())
_STRICTLY_NOWHERE = BodyView("", 0, b"", (), (), strict=True)


def to_html(source: str, view: BodyView, encoded: bytes | None = None) -> Html:
    """Return the Markdown ``source`` as HTML that is safe to put into a page.

    ``view.targets`` says where each relative link and picture leads; ``encoded`` is the source in
    UTF-8, if it is at hand. Raises :class:`MarkupError`.
    """
    prose = _convert_prose(source, encode(source) if encoded is None else encoded, view)
    if not prose:
        plain = _understand(source, view)
        if plain != source:
            prose = _convert_prose(plain, encode(plain), view)
        prose = prose or _convert_with_library(plain, view)
    return _finish(prose, view)


def to_html_with_library(source: str, view: BodyView) -> Html:
    """Return what :func:`to_html` does, always by Python-Markdown."""
    return _finish(_convert_with_library(_understand(source, view), view), view)


def _finish(body: Html, view: BodyView) -> Html:
    """Return a body in which what depends on the whole of it is written."""
    boxed = box_documents(body.text, view)
    whole = body if boxed is body.text else msgspec.structs.replace(body, text=boxed)
    return _name_tables(whole, speak(TABLE_NAME, view.language))


def _convert_prose(source: str, encoded: bytes, view: BodyView) -> Html | None:
    signs = list_signs(encoded)
    if not _is_surely_short(encoded, signs):
        return None
    return convert_prose(source, encoded, signs, view, functools.partial(_convert_block, view=view))


def _understand(source: str, view: BodyView) -> str:
    """Return ``source`` as plain Markdown.

    Raises :class:`MarkupError` where it has more of anything than can be converted in time.
    """
    _check_limits(source)
    if view.strict:
        return source
    # Most texts are plain, so this is imported where it is first needed.
    from sitegen.markdown.dialect import understand

    return understand(source, view.video_hosts)


def _convert_with_library(plain: str, view: BodyView) -> Html:
    source = replace_frames(plain, view.video_hosts)
    _check_limits(source)
    from sitegen.markdown.html_tags import escape_text
    from sitegen.markdown.python_markdown import make_converter

    converter = make_converter(view.language or VIETNAMESE, strict=view.strict)
    converter.reset()
    try:
        converted = close_marks(source, converter.convert(source))
    except RecursionError as error:
        raise MarkupError(mark("nested passages"), 1) from error
    named = name_by_id(escape_text(converted, source))
    # A list or table of HTML ends the paragraph that it stands in, and leaves an empty one.
    cleaned = _clean(named).replace("<p></p>", "")
    return _resolve_links(keep_ids_apart(cleaned), view)


class FoundReferences(Record, frozen=True):
    """The relative links and pictures of a text, in canonical form, sorted.

    ``anchors`` are those that lead to a part of another page: ``b.md#muc-2``.
    """

    references: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


def find_references(
    source: str, site: str = "", encoded: bytes | None = None, *, strict: bool = False
) -> FoundReferences:
    """Return every relative link or picture that ``source`` names.

    What is below the address of the ``site`` is relative too; ``encoded`` is the source in UTF-8,
    if it is at hand. Nearly every text is only scanned.
    Where a link has a form that the scan does not know, the text is converted, so that what is
    checked and published is what a page shows.
    """
    signs = list_signs(encode(source) if encoded is None else encoded)
    scanned = scan_references(source, site, signs)
    found = set(scanned.positions)
    if not scanned.sure:
        # Nothing can be converted that exceeds a limit, and that is told with its page.
        with contextlib.suppress(MarkupError):
            nowhere = BodyView("", 0, b"", (), (), strict=strict, site=site)
            refused = to_html_with_library(source, nowhere).refused
            found |= {each.reference for each in refused if canonical_reference(each.reference)}
    return FoundReferences(tuple(sorted(found)), tuple(sorted(scanned.anchors)))


def _convert_block(block: str, view: BodyView) -> Html | None:
    try:
        return _convert_with_library(_understand(block, view), view)
    except MarkupError:
        # The whole document is refused after this, with the right line.
        return None


def summarise(source: str, *, strict: bool = False) -> str:
    """Return the first paragraph of ``source`` as plain text, shortened, to be used as a lead."""
    for block in re.split(r"\n[ \t]*\n", source[:20_000]):
        # The first line of a paragraph may be indented, unless that makes it code.
        text = block.lstrip("\n" if strict else None)
        if text and not _NOT_PROSE.match(text):
            try:
                nowhere = _STRICTLY_NOWHERE if strict else _NOWHERE
                converted = to_html(_FOOTNOTE.sub("", block), nowhere).text
            except MarkupError:
                return ""
            plain = html.unescape(_TAG.sub("", converted))
            if plain.strip():
                return shorten(plain, SUMMARY_WORDS)
    return ""


def _check_limits(source: str) -> None:
    """Raise :class:`MarkupError` where anything is too long, too much, or too deep."""
    _check_lines(source)
    check_shape(source)
    for pattern, reason in _LIMITS:
        if found := pattern.search(source):
            raise MarkupError(reason, source.count("\n", 0, found.start()) + 1)


def _check_lines(source: str) -> None:
    """Raise :class:`MarkupError` where a line or a table is too long, or too much is unclosed."""
    for opening, closing in ("<>", "[]", "()"):
        # From each of them Python-Markdown searches the rest of the text for the closing one.
        if source.count(opening) > source.count(closing) + MOST_UNCLOSED:
            first = source.count("\n", 0, source.index(opening)) + 1
            raise MarkupError(mark("brackets that are not closed"), first)
    if len(source) <= LONGEST_LINE and source.count("|") <= LONGEST_TABLE:
        return
    rows = cells = 0
    for number, line in enumerate(source.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise MarkupError(mark("a long line"), number)
        rows = rows + 1 if "|" in line else 0
        cells += line.count("|")
        if rows > LONGEST_TABLE or cells > MOST_CELLS:
            raise MarkupError(mark("a long table"), number)


def _is_surely_short(encoded: bytes, signs: bytes) -> bool:
    """Tell whether a text is certainly within the limits of :func:`_check_lines`.

    The lines are not looked at, and ``<`` is not counted: prose holds none.
    """
    few = len(signs) - len(signs.translate(None, b"([|")) <= MOST_UNCLOSED
    return few and len(encoded) <= LONGEST_LINE


def _clean(text: str) -> str:
    import nh3

    from sitegen.markdown.html_tags import REMOVED_WHOLE

    return nh3.clean(
        text,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags=set(REMOVED_WHOLE),
    )


def _resolve_links(cleaned: str, view: BodyView) -> Html:
    resolver = Resolver(view)

    def replace_linked(found: re.Match[str]) -> str:
        return resolver.write_picture(read_attributes(found["image"]), alone=False, linked=True)

    def replace(found: re.Match[str]) -> str:
        if found["link"] is None:
            alone = cleaned.startswith("<figure>", found.start() - len("<figure>"))
            return resolver.write_picture(read_attributes(found["image"]), alone=alone)
        inside = _IMAGE.sub(replace_linked, found["text"])
        stays = f"<a{found['link']}>{inside}</a>"
        return resolver.write_link(read_attributes(found["link"]), inside) or stays

    def replace_any(found: re.Match[str]) -> str:
        if found["still"] is None:
            return replace(found)
        image = read_attributes(found["still"])
        video = resolver.write_with_still(read_attributes(found["video"]), image)
        if not video:
            return _LINK_OR_IMAGE.sub(replace, found[0])
        caption = found["caption"] or html.escape(image.get("title", ""), quote=False)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{video}{below}</figure>"

    text = _ANY.sub(replace_any, cleaned)
    text = text.replace("<figure><a class=", '<figure class="video"><a class=')
    text = _TABLE.sub(TABLE_START, text).replace("</table>", TABLE_END)
    return Html(text, resolver.refused)


def _name_tables(body: Html, name: str) -> Html:
    """Return a body whose tables have this name, with a number if there are several.

    Each is a landmark (WAI-ARIA, ``region``), and landmarks need different names.
    """
    before, *tables = body.text.split(TABLE_START)
    if not tables[1:] and (not tables or name == TABLE_NAME):
        return body
    numbered = (
        TABLE_START.replace(TABLE_NAME, f"{name} {number}" if tables[1:] else name) + rest
        for number, rest in enumerate(tables, start=1)
    )
    return msgspec.structs.replace(body, text="".join([before, *numbered]))
