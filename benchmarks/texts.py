"""What people's texts become: folders of Markdown that were written for any generator.

``python -m benchmarks texts FOLDER…`` converts every text and counts what was lost, what was told,
how many texts become something else than Python-Markdown alone makes of them, and where they are
not what GitHub makes of them. ``--examples 3`` shows three places of each kind.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.readings import compare_readings, read_as_github
from sitegen.content.decoding import decode
from sitegen.markdown.conversion import to_html, to_html_with_library
from sitegen.markdown.dialect import understand
from sitegen.markdown.limits import MarkupError
from sitegen.markdown.links import Html
from sitegen.markdown.lint import lint
from sitegen.markdown.prose import convert_prose
from sitegen.markdown.signs import list_signs
from sitegen.model import Record
from sitegen.problems import Place, ProblemsFoundError
from sitegen.views import BodyView

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SUFFIXES = ("*.md", "*.markdown", "spec.txt")
# An example of the specification of CommonMark: its source ends at a line with a dot.
_EXAMPLE = re.compile(r"^`{32} example.*\n((?:.*\n)*?)\.\n", re.MULTILINE)
VIEW = BodyView("text.md", 0, b"", (), ("www.youtube.com", "youtube.com", "youtu.be", "vimeo.com"))
_STRICT = BodyView(VIEW.path, 0, b"", (), VIEW.video_hosts, strict=True)


class TextCount(Record, frozen=True):
    """What became of texts.

    ``prose`` are those that the prose converter took, but for single paragraphs, ``changed`` those
    that are not what Python-Markdown alone makes of them, ``refused`` those above a limit, ``told``
    the texts by the code of what is said of them. ``differing`` are the texts that GitHub reads in
    another way, by the kind of the difference, ``places`` how often, ``examples`` some of these.
    """

    texts: int
    prose: int
    changed: int
    refused: int
    told: dict[str, int]
    samples: dict[str, str]
    differing: dict[str, int]
    places: dict[str, int]
    examples: dict[str, list[str]]


def read_texts(folders: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    """Yield each text below ``folders``, without its front matter; what is no text is left out."""
    for folder in folders:
        for path in sorted(each for suffix in _SUFFIXES for each in folder.rglob(suffix)):
            try:
                text = decode(path.read_bytes(), Place(path.name))
            except (OSError, ProblemsFoundError):
                continue
            if path.suffix == ".txt":
                yield from ((path, each.replace("→", "\t")) for each in _EXAMPLE.findall(text))
            else:
                yield path, _FRONT_MATTER.sub("", text)


def count_texts(folders: Iterable[Path], examples: int = 0) -> TextCount:
    """Convert every text below ``folders``, count, and keep ``examples`` of each difference."""
    texts = prose = changed = refused = 0
    differing: Counter[str] = Counter()
    places: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    told: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for path, text in read_texts(folders):
        texts += 1
        try:
            converted = to_html(text, VIEW)
            plain = understand(text, VIEW.video_hosts)
            encoded = plain.encode()
            signs = list_signs(encoded)
            prose += convert_prose(plain, encoded, signs, VIEW, _convert_block) is not None
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
        differences = list(compare_readings(converted.text, read_as_github(text), text))
        places.update(one.kind for one in differences)
        differing.update({one.kind for one in differences})
        for found in {one.kind: one for one in reversed(differences)}.values():
            kept = shown.setdefault(found.kind, [])
            if len(kept) < examples:
                kept.append(f"{path}: {found.ours} | {found.theirs}")
    return TextCount(
        texts=texts,
        prose=prose,
        changed=changed,
        refused=refused,
        told=dict(told.most_common()),
        samples=samples,
        differing=dict(differing.most_common()),
        places=dict(places),
        examples=shown,
    )


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
    for kind, number in count.differing.items():
        lines.append(f"other than GitHub, {kind}: {number} texts, {count.places[kind]} places")
        lines += [f"    {each}" for each in count.examples[kind]]
    return "\n".join(lines)
