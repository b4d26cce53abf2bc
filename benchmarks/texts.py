"""What people's texts become: folders of Markdown that were written for any generator.

``python -m benchmarks texts FOLDER…`` converts every text and counts what was lost, what was told,
and how many texts become something else than Python-Markdown alone makes of them.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sitegen.content.decoding import decode
from sitegen.markdown.conversion import to_html, to_html_with_library
from sitegen.markdown.dialect import understand
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.links import Html
from sitegen.markdown.lint import lint
from sitegen.markdown.prose import convert_prose
from sitegen.model import Record
from sitegen.problems import Place, ProblemsFoundError
from sitegen.views import BodyView

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SUFFIXES = ("*.md", "*.markdown")
VIEW = BodyView("text.md", 0, b"", (), ("www.youtube.com", "youtube.com", "youtu.be", "vimeo.com"))
_STRICT = BodyView(VIEW.path, 0, b"", (), VIEW.video_hosts, strict=True)


class TextCount(Record, frozen=True):
    """What became of texts.

    ``prose`` are those that the prose converter took, but for single paragraphs, ``changed`` those
    that are not what Python-Markdown alone makes of them, ``refused`` those above a limit, ``told``
    the texts by the code of what is said of them.
    """

    texts: int
    prose: int
    changed: int
    refused: int
    told: dict[str, int]
    samples: dict[str, str]


def read_texts(folders: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    """Yield each text below ``folders``, without its front matter; what is no text is left out."""
    for folder in folders:
        for path in sorted(each for suffix in _SUFFIXES for each in folder.rglob(suffix)):
            try:
                text = decode(path.read_bytes(), Place(path.name))
            except (OSError, ProblemsFoundError):
                continue
            yield path, _FRONT_MATTER.sub("", text)


def count_texts(folders: Iterable[Path]) -> TextCount:
    """Convert every text below ``folders``, and count."""
    texts = prose = changed = refused = 0
    told: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for path, text in read_texts(folders):
        texts += 1
        try:
            converted = to_html(text, VIEW)
            plain = understand(text, VIEW.video_hosts)
            prose += convert_prose(plain, plain.encode(), VIEW, _convert_block) is not None
            changed += converted.text != to_html(text, _STRICT).text
        except MarkupError:
            refused += 1
            continue
        remarks = () if converted.sure else lint(text, converted.text)
        for code in {each.code for each in remarks}:
            told[code] += 1
        for each in remarks:
            line = text.count("\n", 0, each.offset) + 1
            samples.setdefault(each.code, f"{path}:{line}: {each.arguments.get('value', '')}")
    return TextCount(texts, prose, changed, refused, dict(told.most_common()), samples)


def _convert_block(block: str) -> Html | None:
    return to_html_with_library(block, VIEW)


def describe_count(count: TextCount) -> str:
    """Return a count as lines to be read."""
    lines = [
        f"texts: {count.texts}",
        f"by the prose converter: {count.prose}",
        f"changed against Python-Markdown: {count.changed}",
        f"above a limit: {count.refused}",
    ]
    lines += [f"{code}: {number} (as {count.samples[code]})" for code, number in count.told.items()]
    return "\n".join(lines)
