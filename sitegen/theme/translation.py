"""The words of templates, put into the language of the site once and for all.

A template marks its words as Jinja's own extension has it, ``{{ _("Trang chủ") }}`` or
``{% trans %}``. A site has one language, so they are translated when a template is compiled, and no
page costs more for it.
"""

import re
from gettext import NullTranslations
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.visitor import NodeTransformer

# Of what can be counted, Vietnamese has one form, and English two.
_ONE, _MANY = 1, 2
_VALUE = re.compile(r"%\((\w+)\)s")


class Translation(InternationalizationExtension):
    """Jinja's ``{% trans %}``, which writes the words themselves into the compiled template."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        _context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,  # noqa: FBT001 (the library's own)
        num_called_num: bool,  # noqa: ARG002, FBT001
    ) -> Any:  # noqa: ANN401 (the library knows of calls alone)
        words = find_words(self.environment)
        # Where a text has no values, the library leaves the sign of a per cent as it is.
        escaped = vars_referenced or bool(variables)
        if plural is None or plural_expr is None:
            return _write(words.gettext(singular), variables, escaped=escaped)
        one, many = (words.ngettext(singular, plural, number) for number in (_ONE, _MANY))
        if one == many:
            return _write(one, variables, escaped=escaped)
        is_one = nodes.Compare(plural_expr, [nodes.Operand("eq", nodes.Const(_ONE))])
        forms = (_write(each, variables, escaped=escaped) for each in (one, many))
        first, others = forms
        return nodes.If(is_one, [first], [], [others])


def _write(text: str, variables: dict[str, nodes.Expr], *, escaped: bool) -> nodes.Output:
    """Return a translated text with its values, as a template has a text with expressions."""
    # The names are every second part.
    parts = _VALUE.split(text)
    written: list[nodes.Expr] = []
    for number, part in enumerate(parts):
        if number % 2:
            written.append(variables.get(part) or nodes.Name(part, "load"))
        elif part:
            written.append(nodes.TemplateData(part.replace("%%", "%") if escaped else part))
    return nodes.Output(written)


class _Marked(NodeTransformer):
    """Puts the translated text in the place of each ``_("…")``."""

    def __init__(self, words: NullTranslations) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the library's name)
        self.generic_visit(node)
        called, texts = node.node, node.args
        if isinstance(called, nodes.Name) and called.name == "_" and len(texts) == 1:
            (text,) = texts
            if isinstance(text, nodes.Const) and isinstance(text.value, str):
                return nodes.Const(self._words.gettext(text.value), lineno=node.lineno)
        return node


def put_words(template: nodes.Template, environment: jinja2.Environment) -> nodes.Template:
    """Return a parsed template in which each text that is marked is translated."""
    translated: Any = _Marked(find_words(environment)).visit(template)
    return translated  # type: ignore[no-any-return]


def find_words(environment: jinja2.Environment) -> NullTranslations:
    """Return the words of the language that an environment was given."""
    words: NullTranslations = getattr(environment, "words", NullTranslations())
    return words
