"""The types of a view's fields, followed through the templates that it is given to."""

import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import jinja2
import msgspec
from jinja2 import nodes

from sitegen.views import BodyView

LOOP = frozenset("index index0 revindex revindex0 first last length previtem nextitem".split())
# Filters that give back what they are given, or a part of it; all others give text.
KEEPING = frozenset({"list", "reverse", "sort", "unique", "default", "d"})
# Filters of ours that make records: the types say which.
MAKING = frozenset({"contents", "qr_code", "share_links", "videos"})

Scope = dict[str, Any]


class Loop:
    """The type of ``loop`` inside a ``for``."""


class Method(NamedTuple):
    """The type of a method of text, such as ``partition``."""

    name: str


class Macro(NamedTuple):
    """A macro with what its own template defines: all that it sees besides its arguments."""

    node: nodes.Macro
    scope: Scope
    template: str


class Unknown(NamedTuple):
    """A name that a template uses and its view does not have."""

    template: str
    name: str


class Checker:
    """Follows the types of one view through one template and all that it extends and includes.

    Macros are followed into at each call, with the types of that call's arguments. What a template
    cannot know, such as the parts of a text, is of the type ``Any``.
    """

    def __init__(self, environment: jinja2.Environment) -> None:
        self.unknown: list[Unknown] = []
        self._environment = environment
        self._blocks: dict[str, list[tuple[str, nodes.Block]]] = {}
        self._reached: set[str] = set()
        self._called: set[object] = set()
        self._context: Scope = {}
        self._template = ""

    def check(self, template: str, view: type[msgspec.Struct]) -> list[Unknown]:
        """Return every name that ``template`` uses beyond the fields of ``view``."""
        for field in msgspec.structs.fields(view):
            self._context[field.name] = str if field.type is BodyView else field.type
        chain = list(self._follow_extends(template))
        # What a child defines outside its blocks, its blocks and its parents see.
        definitions = (
            nodes.Import | nodes.FromImport | nodes.Assign | nodes.AssignBlock | nodes.Macro
        )
        for name, tree in chain:
            self._template = name
            self._run([node for node in tree.body if isinstance(node, definitions)], self._context)
        self._template, root = chain[-1]
        self._run(root.body, self._context)
        for name in self._blocks.keys() - self._reached:
            self._report(f"block {name}")
        return self.unknown

    def _follow_extends(self, template: str) -> Iterator[tuple[str, nodes.Template]]:
        parent = template
        while parent:
            tree = self._parse(parent)
            yield parent, tree
            for block in tree.find_all(nodes.Block):
                self._blocks.setdefault(block.name, []).append((parent, block))
            extends = next(tree.find_all(nodes.Extends), None)
            parent = _written(extends.template) if extends else ""

    def _parse(self, name: str) -> nodes.Template:
        loader = self._environment.loader
        assert loader
        return self._environment.parse(loader.get_source(self._environment, name)[0], name)

    def _report(self, name: str) -> Any:
        self.unknown.append(Unknown(self._template, name))
        return Any

    def _visit(self, node: nodes.Node, scope: Scope) -> Any:
        """Follow a statement or an expression, for which there is a method of its name."""
        return getattr(self, f"_on_{type(node).__name__.lower()}")(node, scope)

    # Statements.

    def _run(self, body: Iterable[nodes.Node], scope: Scope, template: str = "") -> None:
        before, self._template = self._template, template or self._template
        for node in body:
            self._visit(node, scope)
        self._template = before

    def _on_output(self, node: nodes.Output, scope: Scope) -> None:
        self._types(node.nodes, scope)

    def _on_if(self, node: nodes.If, scope: Scope) -> None:
        self._visit(node.test, scope)
        self._run([*node.body, *node.elif_, *node.else_], scope)

    def _on_for(self, node: nodes.For, scope: Scope) -> None:
        inner = {**scope, "loop": Loop}
        self._bind(node.target, self._element(self._visit(node.iter, scope)), inner)
        self._run([*([node.test] if node.test else []), *node.body], inner)
        self._run(node.else_, scope)

    def _on_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self._visit(node.node, scope), scope)

    def _on_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._run(node.body, {**scope})
        self._bind(node.target, str, scope)

    def _on_block(self, node: nodes.Block, _scope: Scope) -> None:
        """Follow every version of a block: the last one shows, and may ask for those above it."""
        self._reached.add(node.name)
        for template, block in self._blocks[node.name]:
            self._run(block.body, {**self._context, "super": Method("super")}, template)

    def _on_include(self, node: nodes.Include, scope: Scope) -> None:
        name = _written(node.template)
        self._run(self._parse(name).body, {**scope}, name)

    def _on_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        assert not node.with_context, "an imported macro sees no view"
        name = _written(node.template)
        module: Scope = {}
        body = self._parse(name).body
        self._run([each for each in body if not isinstance(each, nodes.Output)], module, name)
        for each in node.names:
            source, target = (each, each) if isinstance(each, str) else each
            scope[target] = module[source] if source in module else self._report(source)

    def _on_macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = Macro(node, scope, self._template)

    def _on_extends(self, node: nodes.Extends, scope: Scope) -> None:
        pass

    def _bind(self, target: nodes.Node, value: Any, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
            return
        assert isinstance(target, nodes.Tuple)
        arguments = typing.get_args(value)
        known = len(arguments) == len(target.items) and Ellipsis not in arguments
        for position, each in enumerate(target.items):
            self._bind(each, arguments[position] if known else Any, scope)

    # Expressions: each gives its type.

    def _types(self, every: Iterable[nodes.Node], scope: Scope) -> list[Any]:
        return [self._visit(each, scope) for each in every]

    def _on_name(self, node: nodes.Name, scope: Scope) -> Any:
        return scope[node.name] if node.name in scope else self._report(node.name)

    def _on_getattr(self, node: nodes.Getattr, scope: Scope) -> Any:
        owner = self._visit(node.node, scope)
        return _join(self._attribute(each, node.attr) for each in _alternatives(owner))

    def _on_getitem(self, node: nodes.Getitem, scope: Scope) -> Any:
        self._visit(node.arg, scope)
        owner = self._visit(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            return owner
        return self._element(owner, position=1)

    def _on_const(self, node: nodes.Const, _scope: Scope) -> Any:
        return type(node.value)

    def _on_templatedata(self, _node: nodes.TemplateData, _scope: Scope) -> Any:
        return str

    def _on_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Any:
        self._visit(node.test, scope)
        return _join(self._types([each for each in (node.expr1, node.expr2) if each], scope))

    def _on_either(self, node: nodes.BinExpr, scope: Scope) -> Any:
        return _join(self._types([node.left, node.right], scope))

    _on_and = _on_or = _on_either

    def _on_filter(self, node: nodes.Filter, scope: Scope) -> Any:
        assert node.name in self._environment.filters, node.name
        kept = self._visit(node.node, scope) if node.node else str
        self._types([*node.args, *(each.value for each in node.kwargs)], scope)
        if node.name == "fragment":
            # A fragment sees the values that it is given, and nothing else.
            assert node.node
            name = _written(node.node)
            given: Iterable[Any] = node.kwargs
            values = {each.key: self._visit(each.value, scope) for each in given}
            self._run(self._parse(name).body, values, name)
        if node.name in MAKING:
            return typing.get_type_hints(self._environment.filters[node.name])["return"]
        return kept if node.name in KEEPING else str

    def _on_dict(self, node: nodes.Dict, scope: Scope) -> Any:
        self._types([each.key for each in node.items], scope)
        value = _join(self._types([each.value for each in node.items], scope))
        return types.GenericAlias(dict, (str, value))

    def _on_sequence(self, node: nodes.List | nodes.Tuple, scope: Scope) -> Any:
        return types.GenericAlias(tuple, (_join(self._types(node.items, scope)), ...))

    _on_list = _on_tuple = _on_sequence

    def _on_question(self, node: nodes.Expr, scope: Scope) -> Any:
        self._types(node.iter_child_nodes(), scope)
        return bool

    _on_compare = _on_test = _on_not = _on_question

    def _on_text(self, node: nodes.Expr, scope: Scope) -> Any:
        self._types(node.iter_child_nodes(), scope)
        return str

    _on_add = _on_concat = _on_operand = _on_sub = _on_mod = _on_slice = _on_text

    def _on_call(self, node: nodes.Call, scope: Scope) -> Any:
        function = self._visit(node.node, scope)
        given = self._types(node.args, scope)
        named = {each.key: self._visit(each.value, scope) for each in node.kwargs}
        if isinstance(function, Macro):
            self._call(function, given, named)
        elif isinstance(function, Method) and function.name == "partition":
            return tuple[str, str, str]
        return str

    def _call(self, macro: Macro, given: list[Any], named: Scope) -> None:
        names = [each.name for each in macro.node.args]
        assert len(given) <= len(names), macro.node.name
        arguments = {**dict(zip(names, given, strict=False)), **named}
        defaults = names[len(names) - len(macro.node.defaults) :]
        for name, default in zip(defaults, macro.node.defaults, strict=True):
            arguments.setdefault(name, self._visit(default, macro.scope))
        for name in sorted(set(names) ^ arguments.keys()):
            self._report(f"{macro.node.name}({name})")
        call = (macro.node.name, macro.template, str(sorted(arguments.items(), key=str)))
        if call not in self._called:
            self._called.add(call)
            self._run(macro.node.body, {**macro.scope, **arguments}, macro.template)

    def _attribute(self, owner: Any, name: str) -> Any:
        if owner is Any:
            return Any
        if owner is Loop and name in LOOP:
            return int
        if owner is str and hasattr(str, name):
            return Method(name)
        if isinstance(owner, type) and issubclass(owner, msgspec.Struct):
            fields = {field.name: field.type for field in msgspec.structs.fields(owner)}
            if name in fields:
                return fields[name]
        return self._report(name)

    def _element(self, owner: Any, position: int = 0) -> Any:
        """Return the type of what a sequence or (``position`` 0: its keys) a mapping holds."""
        found = []
        for each in _alternatives(owner):
            arguments = typing.get_args(each)
            if typing.get_origin(each) is tuple:
                found += [argument for argument in arguments if argument is not Ellipsis]
            elif typing.get_origin(each) is dict:
                found.append(arguments[position])
            else:
                found.append(each if each in {Any, str} else self._report(f"elements of {each}"))
        return _join(found)


def _written(node: nodes.Expr) -> str:
    assert isinstance(node, nodes.Const), "the names of templates are written out"
    return str(node.value)


def _join(annotations: Iterable[Any]) -> Any:
    """Return the type of a value that has one of these types."""
    each = dict.fromkeys(annotations)
    if len(each) < 2 or Any in each:
        return next(iter(each), Any) if len(each) < 2 else Any
    return typing.Union[tuple(each)]  # noqa: UP007 (made of values)


def _alternatives(annotation: Any) -> Iterator[Any]:
    """Yield what a value may be, beside nothing at all: that, a template asks before."""
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        for each in typing.get_args(annotation):
            yield from _alternatives(each)
    elif annotation is not type(None):
        yield annotation
