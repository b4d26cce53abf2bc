"""Words of a text that are not on its page: a net below all that the converters know.

Python-Markdown and the sanitiser leave out what they take for markup. Whatever that is, no word may
be gone without a message.
"""

import html
import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from sitegen.markdown.html_tags import ATTRIBUTE_LIST, OF_WORD, REMOVED_WHOLE, TAG, is_tag
from sitegen.markdown.references import hide, hide_code

_WORD = re.compile(r"[^\W_]+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHOWN_ATTRIBUTE = re.compile(r' (?:alt|title|aria-label|href|data-embed)="([^"]*)"')
_NOTE_NUMBER = re.compile(r'<a class="footnote-ref"[^>]*>[^<]*</a>')
_ANY_TAG = re.compile(r"<[^>]*>")
# Markup, whose words are not shown.
_TARGET = re.compile(r"\]\(\s*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^()\n]*\)| (?![\"']))*)")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\n]+\]:?")
_LABEL = re.compile(r"(?<=\])[ ]?\[[^\]\n]*\]")
_ATTRIBUTES = re.compile(ATTRIBUTE_LIST)
# A picture is shown with its description, or it is an error.
_DESCRIPTION = re.compile(r"(?<=!\[)[^\]]*(?=\])")
_LIST_NUMBER = re.compile(r"^[ \t>]*\d+[.)]", re.MULTILINE)
_LANGUAGE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}).*$", re.MULTILINE)
_ADDRESS_LINE = re.compile(r"^[ \t]*https?://\S+[ \t]*$", re.MULTILINE)
_REMOVED = re.compile(
    rf"<(?P<name>{'|'.join(sorted(REMOVED_WHOLE))})\b.*?</(?P=name)\s*>", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKUP = (
    OF_WORD, _ATTRIBUTES, _DESCRIPTION, _TARGET, _NOTE, _DEFINITION, _LABEL, _LIST_NUMBER,
    _LANGUAGE, _ADDRESS_LINE,
)  # fmt: skip


def find_lost_words(source: str, converted: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the text of each run of words that ``converted`` leaves out.

    What is told as removed with all that it holds (``<script>``) is not looked for.
    """
    # An attribute list that is none is shown, and is not looked for.
    text = _ANY_TAG.sub("", _NOTE_NUMBER.sub("", converted))
    shown = _squeeze(_ATTRIBUTES.sub("", html.unescape(text)))
    named = "\n".join(map(_squeeze, _SHOWN_ATTRIBUTE.findall(converted)))
    lowered, plain = source.lower(), hide_code(source)

    def hide_tag(tag: re.Match[str]) -> str:
        start = tag.start()
        in_code = plain[start] != "<" or source[start - 1 : start] == "\\"
        return tag[0] if in_code or not is_tag(tag[0], lowered) else hide(tag)

    text = _COMMENT.sub(hide, source) if "-->" in source else source
    text = _REMOVED.sub(hide, text) if "</" in text else text
    text = TAG.sub(hide_tag, text)
    for pattern in _MARKUP:
        text = pattern.sub(hide, text)
    text = _ENTITY.sub(_write_character, text)
    offset = 0
    for line in text.split("\n"):
        if _squeeze(line) not in shown:
            for start, words in _find_in_line(line, shown):
                in_tag = line[:start].endswith(("<", "</"))
                if not in_tag and _squeeze(words) not in named:
                    yield offset + start, words
        offset += len(line) + 1


def _write_character(found: re.Match[str]) -> str:
    """Return the character of an entity, and as many others as keep all behind it in its place."""
    written = html.unescape(found[0])
    return written + "\u200b" * (len(found[0]) - len(written))


def _squeeze(text: str) -> str:
    """Return the letters and digits of a text, which are the same however it is marked up."""
    return _NOT_LETTERS.sub("", html.unescape(text)).casefold()


def _find_in_line(line: str, shown: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of words that are not shown beside one of their neighbours."""
    words = list(_WORD.finditer(line))
    letters = [_squeeze(word[0]) for word in words]
    # The first and the last word of a line, or of a part between marks that are hidden, may stand
    # beside words of another one.
    ends = {0, len(words) - 1}
    for number, (word, following) in enumerate(pairwise(words)):
        if "   " in line[word.end() : following.start()]:
            ends |= {number, number + 1}

    def is_lost(number: int) -> bool:
        around = {
            "".join(letters[start:end])
            for start, end in ((number - 1, number + 1), (number, number + 2))
            if start >= 0 and end <= len(letters)
        }
        around |= {letters[number]} if number in ends else set()
        return not any(each in shown for each in around)

    for lost, run in groupby(range(len(words)), key=is_lost):
        if lost:
            numbers = list(run)
            start, end = words[numbers[0]].start(), words[numbers[-1]].end()
            yield start, line[start:end]
