"""A view and its template to bytes; nothing else can reach a page."""

import functools
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
import msgspec

from sitegen.content.decoding import decode
from sitegen.content.front_matter import find_body, split
from sitegen.markdown.conversion import MarkupError, to_html
from sitegen.markdown.references import locate_reference
from sitegen.model import Record
from sitegen.problems import Place, Problem, ProblemsFoundError, mark, problem
from sitegen.theme.qr_codes import draw_code
from sitegen.theme.share_links import list_shares
from sitegen.theme.templates import FOLDER as TEMPLATES
from sitegen.theme.templates import Templates
from sitegen.views import BodyView

_ESCAPED = ("html", "xml")
_MOST_FRAGMENTS = 5000
# Values that stay as they are.
_LASTING = (str, int, type(None), Record, tuple)
_PASTED = re.compile(r"\b(?:data|file):", re.IGNORECASE)
# What a template can do wrong; anything else is a fault of the generator.
_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class _Environment(jinja2.Environment):
    """Looks a template up once: those of a theme do not change while it is used.

    Jinja's own cache asks each time whether they did, several times a page.
    """

    @functools.cached_property
    def _found(self) -> dict[str, jinja2.Template]:
        return {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's own name)
    ) -> jinja2.Template:
        if not isinstance(name, str):
            return name
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found


class Compiled:
    """The templates of a theme, each compiled when it is first used."""

    def __init__(self, templates: Templates) -> None:
        self._environment = _Environment(
            loader=_Loader(templates),
            autoescape=jinja2.select_autoescape(_ESCAPED),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        # Whatever a template needs is in its view: nothing global, nothing random.
        self._environment.globals.clear()
        # JSON is UTF-8 (RFC 8259): escaped Vietnamese is three times as long and no safer. What
        # would end a script (<, >, &) Jinja escapes itself.
        self._environment.policies["json.dumps_function"] = _write_json
        self._environment.policies["json.dumps_kwargs"] = {}
        for impure in ("random", "pprint"):
            self._environment.filters.pop(impure, None)
        self._environment.filters["fragment"] = self._render_fragment
        # What takes time to make and no theme has to show.
        self._environment.filters["qr_code"] = draw_code
        self._environment.filters["share_links"] = list_shares
        self._fragments: dict[tuple[object, ...], tuple[markupsafe.Markup, tuple[object, ...]]] = {}

    def get(self, name: str) -> jinja2.Template:
        """Return a template, or raise :class:`~sitegen.problems.ProblemsFoundError`."""
        try:
            return self._environment.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            place = Place(f"{TEMPLATES}/{error.name or name}", error.lineno)
            raise ProblemsFoundError(
                [problem("template-syntax", place, reason=error.message or "")]
            ) from error
        except jinja2.TemplateNotFound as error:
            place = Place(f"{TEMPLATES}/{name}")
            raise ProblemsFoundError(
                [problem("template-missing", place, value=str(error.name))]
            ) from error

    def _render_fragment(self, name: str, **values: object) -> markupsafe.Markup:
        """Return a template rendered with ``values`` and nothing else.

        So it is rendered once for all the pages that give it the same values. Values are told apart
        by identity, and kept, so that no other can take their place in memory. What may change,
        as a list does, is never the same.
        """
        key = (name, *values, *map(id, values.values()))
        if kept := self._fragments.get(key):
            return kept[0]
        # What the template escapes is safe, as on any page.
        text = markupsafe.Markup(self.get(name).render(values).rstrip("\n"))  # noqa: S704
        if all(isinstance(each, _LASTING) for each in values.values()):
            if len(self._fragments) >= _MOST_FRAGMENTS:
                self._fragments.clear()
            self._fragments[key] = text, tuple(values.values())
        return text


def _write_json(value: object) -> str:
    return msgspec.json.encode(value if isinstance(value, str) else _name_fields(value)).decode()


def _name_fields(value: object) -> object:
    """Return a value with objects for records, which are written down without the fields' names."""
    if isinstance(value, Record):
        return {name: _name_fields(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list | tuple):
        return [_name_fields(each) for each in value]
    return value


class _Loader(jinja2.BaseLoader):
    """Templates are text in UTF-8 and NFC like everything else."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, "functools.partial[bool]"]:
        del environment  # nothing in it changes what a template says
        source = self._templates.sources.get(template)
        if source is None:
            raise jinja2.TemplateNotFound(template)
        path = f"/{TEMPLATES}/{template}"
        return decode(source, Place(path[1:])), path, functools.partial(bool, 1)


def render(
    root: Path, theme: Compiled, template: str, url: str, view: Record
) -> tuple[bytes, list[Problem]]:
    """Return the bytes of the page at ``url``, and what in its body or its template is wrong."""
    problems: list[Problem] = []
    fields = _fill(root, view, problems)
    try:
        text = theme.get(template).render(fields)
    except ProblemsFoundError as error:
        return b"", [*problems, *error.problems]
    except RecursionError as error:
        place = _find_failure(error, template)
        reason = mark("it includes itself")
        return b"", [*problems, problem("template-error", place, page=url, reason=reason)]
    except _FAILURES as error:
        return b"", [*problems, _explain(error, template, url)]
    return text.encode(), problems


def _fill(root: Path, record: Record, problems: list[Problem]) -> dict[str, Any]:
    """Return the fields of a view, or of one of its ``items``, with its ``body`` as HTML.

    What is wrong with a body is added to ``problems``.
    """
    fields = {name: getattr(record, name) for name in record.__struct_fields__}
    if isinstance(fields.get("body"), BodyView):
        html, found = _render_body(root, fields["body"])
        fields["body"] = markupsafe.Markup(html)  # noqa: S704 (nh3 has cleaned it)
        problems += found
    if "items" in fields:
        fields["items"] = tuple(
            [type(each)(**_fill(root, each, problems)) for each in fields["items"]]
        )
    return fields


def _render_body(root: Path, body: BodyView) -> tuple[str, list[Problem]]:
    with open(f"{root}/{body.path}", "rb", buffering=0) as file:  # noqa: PTH123 (once a page)
        source = file.read()
    found = find_body(source, body.path, body.start, body.digest)
    if found is None:
        # Whoever saves a file while the site is built: the page's key is that of the text before.
        return "", [problem("file-changing", Place(body.path))]
    text, encoded = found
    try:
        html = to_html(text, body, encoded)
    except MarkupError as error:
        line = split(source, body.path).body_line
        place = Place(body.path, line + error.line - 1)
        return "", [problem("markdown-limit", place, reason=error.reason)]
    problems = []
    # What leads nowhere was already found without converting the text.
    known = {each.reference for each in body.targets if each.kind in {"hidden", "missing"}}
    for refusal in html.refused:
        if refusal.reference in known:
            continue
        pasted = _PASTED.search(text) if not refusal.reference else None
        written = pasted[0] if pasted else refusal.reference
        line, column = locate_reference(text, written)
        place = Place(body.path, split(source, body.path).body_line + line - 1, column)
        problems.append(problem(refusal.code, place, value=refusal.reference))
    return html.text, problems


def _explain(error: Exception, template: str, url: str) -> Problem:
    """Return a template's failure at the line of the template where it happened."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(f"{TEMPLATES}/{error.name or template}", error.lineno)
        return problem("template-syntax", place, reason=error.message or "")
    place = _find_failure(error, template)
    if isinstance(error, jinja2.TemplateNotFound):
        return problem("template-missing", place, value=str(error.name))
    return problem("template-error", place, page=url, reason=str(error))


def _find_failure(error: Exception, template: str) -> Place:
    """Return the line of the innermost template in which ``error`` came up."""
    place = Place(f"{TEMPLATES}/{template}")
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if f"/{TEMPLATES}/" in name.replace("\\", "/"):
            inside = name.replace("\\", "/").rpartition(f"/{TEMPLATES}/")[2]
            place = Place(f"{TEMPLATES}/{inside}", trace.tb_lineno)
        trace = trace.tb_next
    return place
