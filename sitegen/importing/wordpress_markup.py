"""The text of WordPress as HTML: its shortcodes, the comments of its blocks, its paragraphs."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from sitegen.importing.notes import Note
from sitegen.importing.players import name_video
from sitegen.model import Record
from sitegen.problems import mark

_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[\w/-]+)(?P<rest>.*?)(?P<alone>/)?-->", re.DOTALL
)
_SHORTCODE = re.compile(
    r"(?P<before>\[?)\[(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s+[^\[\]]*?|=[^\[\]]*?)?)\s*(?P<alone>/?)\]"
    r"(?:(?P<inner>(?:(?!\[(?P=name)\b).)*?)\[/(?P=name)\])?(?P<after>\]?)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[\w-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>\S+))"
)
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_BLOCK_TAGS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area"
    "|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer"
    "|nav|figure|figcaption|details|menu|summary|iframe|script|object|video|audio|embed"
)
_BEGINS_BLOCK = re.compile(rf"\s*</?(?:{_BLOCK_TAGS})\b", re.IGNORECASE)
_HOLDS_WORDS = re.compile(r"<(?:li|h[1-6]|td|th|figcaption|dt|caption|p|summary)\b", re.IGNORECASE)
_PARTED = re.compile(rf"(</?(?:{_BLOCK_TAGS})\b[^>]*>)", re.IGNORECASE)
_KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
# They only say how what is in them looks.
_LAYOUT = frozenset(
    "row column col one_half one_third two_third one_fourth vc_row vc_column vc_column_text"
    " vc_row_inner vc_column_inner et_pb_section et_pb_row et_pb_column et_pb_text"
    " fusion_builder_container fusion_builder_row fusion_builder_column fusion_text ux_text section"
    " su_row su_column center dropcap highlight raw".split()
)
_FIELDS_OF_VIDEO = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url", "id")
_EMPTY_BLOCKS = frozenset(
    "footnotes core/more core/nextpage core/spacer core/separator more nextpage spacer"
    " separator".split()
)
_UNKNOWN = mark("Code of the other system has no meaning here, and stands as it was: {words}")
_DYNAMIC = mark("A part of the page that the other system filled in was left out: {words}")


class Attachment(Record, frozen=True):
    """A file that was uploaded: its address, and what was written for it."""

    address: str
    title: str = ""
    caption: str = ""
    alt: str = ""
    parent: str = ""


class Uploads(Record, frozen=True):
    """The files by the number of their item, and the blocks that several texts have in common."""

    files: Mapping[str, Attachment] = {}
    reusable: Mapping[str, str] = {}


def write_html(text: str, item: str, uploads: Uploads) -> tuple[str, list[Note]]:
    """Return the text of the item with this number as HTML, and what could not be kept."""
    notes: list[Note] = []
    blocks = bool(_BLOCK.search(text))
    text = _fill_reusable(text, uploads)
    text = _translate_blocks(text, uploads, notes)
    text = translate(text, item, uploads, notes)
    text = re.sub(r"<!--\s*(?:more.*?|nextpage)\s*-->", "\n\n", text)
    return (text if blocks else add_paragraphs(text)), notes


def _fill_reusable(text: str, uploads: Uploads) -> str:
    def fill(found: re.Match[str]) -> str:
        if found["name"] not in {"block", "core/block"} or not found["alone"]:
            return found[0]
        return uploads.reusable.get(str(_read_json(found["rest"]).get("ref", "")), found[0])

    return _BLOCK.sub(fill, text)


def _translate_blocks(text: str, uploads: Uploads, notes: list[Note]) -> str:
    """Return HTML without the comments of blocks; what a server fills in is noted."""

    def write(found: re.Match[str]) -> str:
        name = found["name"].removeprefix("core/")
        if not found["alone"] or found["end"] or name in _EMPTY_BLOCKS:
            return ""
        values = _read_json(found["rest"])
        if name in {"embed", "core-embed/youtube", "core-embed/vimeo", "video"} and values.get(
            "url"
        ):
            return _paragraph(str(values["url"]))
        if name == "gallery" and values.get("ids"):
            return _write_gallery([str(each) for each in values["ids"]], uploads)
        _tell(notes, _DYNAMIC, f"wp:{found['name']}")
        return ""

    # An embedded address stands alone within a figure.
    return _BLOCK.sub(write, text)


def _read_json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text.strip().rstrip("/").strip() or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def translate(text: str, item: str, uploads: Uploads, notes: list[Note]) -> str:
    """Return HTML without the shortcodes that have a meaning here."""

    def write(found: re.Match[str]) -> str:
        if found["before"] and found["after"]:
            return found[0][1:-1]
        name, inner = found["name"].lower(), found["inner"]
        values = _read_attributes(found["rest"])
        around = (found["before"], found["after"])
        written = _write_shortcode(name, values, found["rest"], inner, item, uploads)
        if written is None and name in _LAYOUT and inner is not None:
            written = translate(inner, item, uploads, notes)
        if written is None:
            if not (values or inner is not None or "-" in name or "_" in name):
                return found[0]
            _tell(notes, _UNKNOWN, _head(found))
            if inner is None:
                return found[0]
            shown = translate(inner, item, uploads, notes)
            start, end = found.start("inner") - found.start(), found.end("inner") - found.start()
            return found[0][:start] + shown + found[0][end:]
        return around[0] + written + around[1]

    return _SHORTCODE.sub(write, text)


def _head(found: re.Match[str]) -> str:
    return " ".join(found[0].split("]")[0].split()) + "]"


def _write_shortcode(
    name: str,
    values: dict[str, str],
    rest: str,
    inner: str | None,
    item: str,
    uploads: Uploads,
) -> str | None:
    """Return what one shortcode stands for, as HTML, or nothing where that is not known."""
    if name in {"caption", "wp_caption"} and inner is not None:
        return _write_caption(values, inner)
    if name == "gallery":
        ids = re.findall(r"\d+", values.get("ids") or values.get("include") or "")
        own = [
            number
            for number, each in uploads.files.items()
            if each.parent == (values.get("id") or item)
        ]
        return _write_gallery(ids or own, uploads) or None
    if name in {"embed", "video", "audio", "youtube", "vimeo", "playlist"}:
        given = next((values[each] for each in _FIELDS_OF_VIDEO if values.get(each)), "")
        address = (inner or "").strip() or given or rest.strip(" =\"'")
        if name in {"youtube", "vimeo"} and address and "/" not in address:
            base = "https://www.youtube.com/watch?v=" if name == "youtube" else "https://vimeo.com/"
            address = base + address
        return _paragraph(address) if re.match(r"https?:|//|/", address) else None
    return None


def _write_caption(values: dict[str, str], inner: str) -> str:
    """Return a picture with the words below it, wherever these were written."""
    image = _IMAGE.search(inner)
    words = inner[: image.start()] + inner[image.end() :] if image else inner
    words = " ".join(words.split()) or html.escape(values.get("caption", ""), quote=False)
    shown = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{image[0] if image else ''}{shown}</figure>\n\n"


def _write_gallery(ids: list[str], uploads: Uploads) -> str:
    figures = []
    for each in ids:
        found = uploads.files.get(each)
        if found is None:
            continue
        image = f'<img src="{html.escape(found.address)}" alt="{html.escape(found.alt)}">'
        caption = f"<figcaption>{html.escape(found.caption)}</figcaption>" if found.caption else ""
        figures.append(f"<figure>{image}{caption}</figure>")
    return "\n\n" + "\n\n".join(figures) + "\n\n" if figures else ""


def _paragraph(address: str) -> str:
    shown = html.escape(name_video(html.unescape(address).strip()), quote=True)
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n'


def _read_attributes(text: str) -> dict[str, str]:
    # Some texts have typographic quotation marks there.
    plain = re.sub("[“”„″]", '"', html.unescape(text))
    return {
        found["name"].lower(): found["double"] or found["single"] or found["bare"] or ""
        for found in _ATTRIBUTE.finditer(plain)
    }


def add_paragraphs(text: str) -> str:
    r"""Return text in which a blank line ends a paragraph, and a line end a line, as HTML.

    >>> add_paragraphs("Một\nhai\n\n<h2>Ba</h2>\nbốn")
    '<p>Một<br>hai</p>\n<h2>\nBa\n</h2>\n<p>bốn</p>'
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n\x02{len(kept) - 1}\x03\n\n"

    text = _KEPT.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n"))
    # A line may end within a tag.
    text = re.sub(r"<[^<>]+>", lambda tag: tag[0].replace("\n", " "), text)
    text = _PARTED.sub(r"\n\n\1\n\n", text)
    made = []
    inside = False
    for piece in re.split(r"\n[ \t]*\n+", text):
        words = piece.strip("\n \t")
        if not words:
            continue
        if _BEGINS_BLOCK.match(words) or words.startswith("\x02"):
            made.append(words)
            inside = bool(_HOLDS_WORDS.match(words))
            continue
        lines = re.sub(r"(?:<br\s*/?>)?[ \t]*\n[ \t]*", "<br>", words)
        made.append(lines if inside else f"<p>{lines}</p>")
    return re.sub("\x02(\\d+)\x03", lambda found: kept[int(found[1])], "\n".join(made))


def _tell(notes: list[Note], text: str, words: str) -> None:
    note = Note(text, {"words": words})
    if note not in notes:
        notes.append(note)
