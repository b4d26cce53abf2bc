"""Code of other generators in a text: Hugo's shortcodes and Liquid of Jekyll, as our Markdown.

What has a meaning here is written so; what has none stays as it was written, and is noted.
"""

import html
import re
from collections.abc import Callable
from typing import Protocol
from urllib.parse import quote as percent_encode

from sitegen.importing.notes import Note
from sitegen.importing.players import name_video
from sitegen.markdown.references import hide_code
from sitegen.problems import mark

_SHORTCODE = re.compile(
    r"\{\{(?P<open>[<%])(?P<escaped>/\*)?\s*(?P<end>/)?\s*(?P<name>[\w./-]+)(?P<rest>(?:[^{}]|\{(?!\{)|\}(?!\}))*?)"
    r"\s*(?P<self>/)?(?:\*/)?[>%]\}\}",
    re.DOTALL,
)
_VALUE = re.compile(
    r"(?:(?P<name>[\w-]+)\s*=\s*)?(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`"
    r"|'(?P<single>[^']*)'|(?P<bare>[^\s\"`]+))",
    re.DOTALL,
)
_LIQUID = re.compile(
    r"\{%-?\s*(?P<name>\w+)(?P<rest>.*?)-?%\}|\{\{-?\s*(?P<output>.*?)\s*-?\}\}", re.DOTALL
)
_HIGHLIGHT = re.compile(
    r"\n*\{%-?\s*highlight\s+(?P<language>[\w+#.-]+)[^%]*%\}[ \t]*\n?(?P<code>.*?)\n?[ \t]*"
    r"\{%-?\s*endhighlight\s*-?%\}\n*",
    re.DOTALL,
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(?P<code>.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_FILTERED = re.compile(r"""^(?P<quote>["'])(?P<value>.*?)(?P=quote)\s*(?:\|\s*(?P<filter>\w+))*$""")
_TOC = re.compile(r"^[*-] [^\n]*\n\{:\s*toc\s*\}[ \t]*$\n*", re.MULTILINE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)\b", re.IGNORECASE)
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_FIGURES = frozenset(
    {"figure", "image", "img", "imgc", "imgproc", "picture", "photo", "figure.html"}
)
_VIDEOS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
# Filters that only say where a site lies.
_OF_ADDRESSES = ("relative_url", "absolute_url", "url")
# How an address begins to which no text was found.
UNLINKED = "unlinked:"
_UNKNOWN = mark("Code of the other generator has no meaning here, and stands as it was: {words}")


class Lead(Protocol):
    """Finds where a text lies that code of another generator names."""

    def __call__(self, name: str) -> str:
        """Return the address that it had, or nothing."""


def translate_shortcodes(text: str, lead: Lead) -> tuple[str, list[Note]]:
    """Return Markdown without the shortcodes of Hugo that have a meaning here, and notes."""
    notes: list[Note] = []
    text, code = _take_highlighted(text)
    hidden = hide_code(text, comments=False)
    opened = {found["name"] for found in _SHORTCODE.finditer(hidden) if found["end"]}

    def write(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if found["escaped"]:
            return found[0].replace("/*", "", 1).replace("*/", "", 1)
        named, plain = _read_values(found["rest"])
        if found["end"]:
            return "" if name in _KNOWN or name in _WRAPPERS else found[0]
        written = _write_shortcode(name, named, plain, lead)
        if written is not None:
            return written
        if name in _WRAPPERS and name in opened:
            title = named.get("title") or named.get("summary") or (plain[0] if plain else "")
            words = f"**{title}**\n\n" if title and len(title.split()) > 1 else ""
            _tell(notes, found[0])
            return words
        _tell(notes, found[0])
        return found[0]

    made = _replace(text, hidden, _SHORTCODE, write)
    return _put_back(made, code), notes


_WRAPPERS = frozenset(
    "notice alert details callout admonition note tip warning info hint expand tabs tab center"
    " quote blockquote div columns column section spoiler lead box gallery".split()
)
_KNOWN = frozenset({"highlight", "rawhtml", "html"})


def _write_shortcode(name: str, named: dict[str, str], plain: list[str], lead: Lead) -> str | None:
    """Return what one shortcode stands for, or nothing where that is not known."""
    first = plain[0] if plain else ""
    if name in _FIGURES:
        # Others than Hugo's own may name a picture by a number.
        figure = write_figure(named, first)
        return figure if name == "figure" or (figure and _PICTURE.search(figure)) else None
    if name in _VIDEOS or name in {"youtube-lite", "yt", "video", "bilibili"}:
        address = _write_video(name, named, first)
        return f"\n\n{address}\n\n" if address else None
    if name in {"ref", "relref", "link"}:
        path = named.get("path", first)
        return lead(path) or f"{UNLINKED}{percent_encode(path)}"
    if name in _KNOWN:
        return ""
    return None


def _write_video(name: str, named: dict[str, str], first: str) -> str:
    given = named.get("id") or named.get("v") or named.get("src") or named.get("url") or first
    if given.startswith(("http", "//")):
        return name_video(given) if name != "video" or "youtu" in given or "vimeo" in given else ""
    kind = "vimeo" if name == "vimeo" else "youtube"
    if name in {"video", "bilibili"} or (kind == "youtube" and not _YOUTUBE_ID.fullmatch(given)):
        return ""
    return _VIDEOS[kind] + given if given else ""


def write_figure(named: dict[str, str], first: str = "") -> str | None:
    """Return a picture with its caption, or nothing without an address.

    The figure of Hugo has a title, a caption and whom it is of (``attr``).
    """
    address = (
        named.get("src") or named.get("path") or named.get("url") or named.get("image") or first
    )
    if not address:
        return None
    caption = named.get("caption") or ""
    title, credit = named.get("title") or "", named.get("attr") or named.get("credit") or ""
    words = ". ".join(each.strip().rstrip(".") for each in (title, caption) if each.strip())
    words = words + "." if words and credit else caption if not title else words
    if credit:
        words = f"{words} Ảnh: {credit}".strip()
    words = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", re.sub(r"<[^<>]*>", "", words))
    words = " ".join(re.sub(r"[*`]", "", html.unescape(words)).split())
    alt = " ".join((named.get("alt") or words).replace("[", "(").replace("]", ")").split())
    quoted = words.replace('"', "”")
    shown = f'![{alt}](<{address}> "{quoted}")' if words else f"![{alt}](<{address}>)"
    return f"\n\n{shown.replace('<', '').replace('>', '') if ' ' not in address else shown}\n\n"


def _read_values(text: str) -> tuple[dict[str, str], list[str]]:
    named: dict[str, str] = {}
    plain: list[str] = []
    for found in _VALUE.finditer(text):
        value = found["double"]
        if value is not None:
            value = re.sub(r"\\(.)", r"\1", value)
        else:
            value = found["raw"] or found["single"] or found["bare"] or ""
        if found["name"]:
            named[found["name"].lower()] = value
        else:
            plain.append(value)
    return named, plain


def _take_highlighted(text: str) -> tuple[str, list[str]]:
    """Return the text with marks in the place of highlighted code, and this code in fences."""
    code: list[str] = []
    pattern = re.compile(
        r"\n*\{\{[<%]\s*highlight\s+\"?(?P<language>[\w+#.-]+)\"?[^{}]*[>%]\}\}[ \t]*\n?"
        r"(?P<code>.*?)\n?[ \t]*"
        r"\{\{[<%]\s*/\s*highlight\s*[>%]\}\}\n*",
        re.DOTALL,
    )

    def take(found: re.Match[str]) -> str:
        code.append(f"```{found['language']}\n{found['code']}\n```")
        return f"\n\n\x02{len(code) - 1}\x03\n\n"

    return pattern.sub(take, text), code


def _put_back(text: str, code: list[str]) -> str:
    return re.sub("\x02(\\d+)\x03", lambda found: code[int(found[1])], text)


def translate_liquid(text: str, values: dict[str, str], lead: Lead) -> tuple[str, list[Note]]:
    """Return Markdown without the Liquid of Jekyll that has a meaning here, and notes.

    ``values`` are those of ``site.…`` and ``page.…`` that are texts.
    """
    notes: list[Note] = []
    code: list[str] = []

    def keep(words: str) -> str:
        code.append(words)
        return f"\x02{len(code) - 1}\x03"

    text = _COMMENT.sub("", text)
    text = _RAW.sub(lambda found: keep(found["code"]), text)
    text = _HIGHLIGHT.sub(
        lambda found: "\n\n" + keep(f"```{found['language']}\n{found['code']}\n```") + "\n\n", text
    )
    text = _TOC.sub("", text)
    ignored = hide_code(text, comments=False)

    def write(found: re.Match[str]) -> str:
        if found["output"] is not None:
            written = _write_output(found["output"], values)
        else:
            written = _write_tag(found["name"], found["rest"].strip(), lead)
        if written is None:
            _tell(notes, found[0])
            return found[0]
        return written

    return _put_back(_replace(text, ignored, _LIQUID, write), code), notes


def _write_output(output: str, values: dict[str, str]) -> str | None:
    if found := _FILTERED.match(output):
        return found["value"] if found["filter"] in {None, *_OF_ADDRESSES} else None
    name, *filters = (each.strip() for each in output.split("|"))
    if any(each not in {*_OF_ADDRESSES, "escape", "xml_escape"} for each in filters):
        prepended = [re.match(r"prepend:\s*site\.(?:base)?url", each) for each in filters]
        if not all(prepended):
            return None
    return values.get(name)


def _write_tag(name: str, rest: str, lead: Lead) -> str | None:
    if name in {"post_url", "link"}:
        return lead(rest) or f"{UNLINKED}{percent_encode(rest)}"
    if name in {"include", "include_relative", "include_cached"}:
        file, _, parameters = rest.partition(" ")
        named, _ = _read_values(parameters)
        stem = file.rpartition("/")[2].removesuffix(".html").removesuffix(".md").lower()
        if stem in _FIGURES or {"src", "image_path", "file"} & named.keys():
            address = named.get("src") or named.get("image_path") or named.get("file") or ""
            if re.search(r"\.(?:jpe?g|png|gif|webp|svg)$", address, re.IGNORECASE):
                return write_figure({**named, "src": address})
        if "youtube" in stem or "video" in stem or "vimeo" in stem:
            kind = "vimeo" if "vimeo" in (stem, named.get("provider", "")) else "youtube"
            address = _write_video(kind, named, "")
            return f"\n\n{address}\n\n" if address else None
    if name in {"youtube", "vimeo"}:
        address = _write_video(name, {}, rest.split(maxsplit=1)[0].strip("\"'") if rest else "")
        return f"\n\n{address}\n\n" if address else None
    return None


def _replace(
    text: str, hidden: str, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]
) -> str:
    """Return the text with what ``write`` says in the place of each match outside of code."""
    made, done = [], 0
    for found in pattern.finditer(text):
        # What stands in code is blank in the other text.
        if hidden[found.start() : found.start() + 2] != text[found.start() : found.start() + 2]:
            continue
        before, written, done_next = text[done : found.start()], write(found), found.end()
        if written.startswith("\n\n"):
            # It stands between paragraphs, with one empty line on each side.
            before = before.rstrip("\n")
            done_next += len(text) - done_next - len(text[done_next:].lstrip("\n"))
        made += [before, written]
        done = done_next
    return "".join((*made, text[done:]))


def _tell(notes: list[Note], words: str) -> None:
    shown = " ".join(words.split())
    note = Note(_UNKNOWN, {"words": shown if len(shown) <= 120 else f"{shown[:117]}…"})  # noqa: PLR2004
    if note not in notes:
        notes.append(note)
