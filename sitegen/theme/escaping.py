"""The values that templates show, escaped, without an object around each that nobody needs.

In a compiled template, Jinja escapes each value by :func:`markupsafe.escape`, which makes an object
that remembers that it is escaped. A page has dozens of values, and none of these objects is needed
longer than until its text is put into the page: they take a thirtieth of a clean build.
"""

from gettext import NullTranslations
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from sitegen.theme.translation import put_words


def write_value(value: object) -> str:
    """Return what a page shows of ``value``: its text, escaped unless it is HTML already.

    >>> write_value("a < b"), write_value(markupsafe.Markup("<b>")), write_value(3)
    ('a &lt; b', '<b>', '3')
    """
    if type(value) is str:
        special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return str(markupsafe.escape(value)) if special else value
    if type(value) is markupsafe.Markup:
        return value
    return str(value) if type(value) is int else str(markupsafe.escape(value))


class _Writer(CodeGenerator):
    """Writes templates as Jinja does, with :func:`write_value` around what they show."""

    def _output_child_pre(
        self,
        node: jinja2.nodes.Expr,
        frame: Frame,
        finalize: Any,  # noqa: ANN401 (its type is private)
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.write_value(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Environment(jinja2.Environment):
    """An environment whose templates are made by :class:`_Writer`, in one language."""

    code_generator_class = _Writer
    write_value = staticmethod(write_value)
    words = NullTranslations()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return put_words(super()._parse(source, name, filename), self)
