"""A view and its template to bytes. A page is made of these two and of nothing else."""

import functools
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
import msgspec

from sitegen.content.bodies import convert_body
from sitegen.content.decoding import decode
from sitegen.foundation.text import make_telephone_url
from sitegen.model import Record
from sitegen.problems import Place, Problem, ProblemsFoundError, mark, problem
from sitegen.theme.qr_codes import draw_code
from sitegen.theme.share_links import list_share_links
from sitegen.theme.templates import FOLDER as TEMPLATES
from sitegen.theme.templates import Templates
from sitegen.views import BodyView, FeedView, TextView

_ESCAPED = ("html", "xml")
_MOST_FRAGMENTS = 5000
# The types of values that cannot change, so what was rendered of them stays right.
_IMMUTABLE = (str, int, type(None), Record, tuple)
# What a mistake in a template raises. Any other exception is a mistake in the generator.
_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class Compiled:
    """The templates of a theme, each compiled when it is first used."""

    def __init__(self, templates: Templates) -> None:
        self._environment = jinja2.Environment(
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
        # JSON is UTF-8 (RFC 8259): escaped Vietnamese is three times as long and no safer. Jinja
        # itself escapes the characters that could end a script (<, >, &).
        self._environment.policies["json.dumps_function"] = _write_json
        self._environment.policies["json.dumps_kwargs"] = {}
        for impure in ("random", "pprint"):
            self._environment.filters.pop(impure, None)
        self._environment.filters["fragment"] = self._render_fragment
        # These take time, so they are made only where a template shows them.
        self._environment.filters["qr_code"] = draw_code
        self._environment.filters["share_links"] = list_share_links
        self._environment.filters["telephone_url"] = make_telephone_url
        self._fragments: dict[tuple[object, ...], tuple[markupsafe.Markup, tuple[object, ...]]] = {}

    def get(self, name: str) -> jinja2.Template:
        """Return a template."""
        return self._environment.get_template(name)

    def _render_fragment(self, name: str, **values: object) -> markupsafe.Markup:
        """Return a template rendered with ``values`` and nothing else.

        It is rendered once for all pages that give it the same values. Values are compared by
        identity; they are kept, so that no other value can get the same place in memory. With a
        value that may change, such as a list, it is rendered each time.
        """
        key = (name, *values, *map(id, values.values()))
        if kept := self._fragments.get(key):
            return kept[0]
        # The template has escaped what it shows, as it does on any page.
        text = markupsafe.Markup(self.get(name).render(values).rstrip("\n"))  # noqa: S704
        if all(isinstance(each, _IMMUTABLE) for each in values.values()):
            if len(self._fragments) >= _MOST_FRAGMENTS:
                self._fragments.clear()
            self._fragments[key] = text, tuple(values.values())
        return text


def _write_json(value: object) -> str:
    return msgspec.json.encode(value if isinstance(value, str) else _name_fields(value)).decode()


def _name_fields(value: object) -> object:
    """Return a value with its records as objects: records alone would be written as arrays."""
    if isinstance(value, Record):
        return {name: _name_fields(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list | tuple):
        return [_name_fields(each) for each in value]
    return value


class _Loader(jinja2.BaseLoader):
    """Loads templates, which are text in UTF-8 and NFC like everything else."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, "functools.partial[bool]"]:
        del environment  # a part of Jinja's interface that is not needed here
        source = self._templates.sources.get(template)
        if source is None:
            raise jinja2.TemplateNotFound(template)
        path = f"/{TEMPLATES}/{template}"
        return decode(source, Place(path[1:])), path, functools.partial(bool, 1)


def render(
    root: Path, theme: Compiled, template: str, url: str, view: Record
) -> tuple[bytes, list[Problem]]:
    """Return the bytes of the page at ``url``, and what in its body or its template is wrong."""
    fields, problems = _list_fields(root, view)
    try:
        text = theme.get(template).render(fields)
    except ProblemsFoundError as error:
        return b"", [*problems, *error.problems]
    except RecursionError as error:
        place = _find_failure(error, template)
        reason = mark("it includes itself")
        return b"", [*problems, problem("template-error", place, page=url, reason=reason)]
    except _FAILURES as error:
        return b"", [*problems, _explain_failure(error, template, url)]
    return text.encode(), problems


def _list_fields(root: Path, view: Record) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a view, its bodies converted to HTML, and the problems of these."""
    fields = {name: getattr(view, name) for name in view.__struct_fields__}
    problems: list[Problem] = []

    def convert(body: BodyView) -> markupsafe.Markup:
        converted = convert_body(root, body)
        problems.extend(converted.problems)
        return markupsafe.Markup(converted.html)  # noqa: S704 (it has been cleaned)

    match view:
        case TextView():
            fields["body"] = convert(view.body)
        case FeedView():
            fields["items"] = tuple(
                msgspec.structs.replace(item, body=convert(item.body)) if item.body else item
                for item in view.items
            )
        case _:
            pass  # No other view holds a body.
    return fields, problems


def _explain_failure(error: Exception, template: str, url: str) -> Problem:
    """Return the failure of a template as a problem, at the line of the template."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(f"{TEMPLATES}/{error.name or template}", error.lineno)
        return problem("template-syntax", place, reason=error.message or "")
    place = _find_failure(error, template)
    if isinstance(error, jinja2.TemplateNotFound):
        return problem("template-missing", place, value=str(error.name))
    return problem("template-error", place, page=url, reason=str(error))


def _find_failure(error: Exception, template: str) -> Place:
    """Return the line of the innermost template in which ``error`` was raised."""
    place = Place(f"{TEMPLATES}/{template}")
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if f"/{TEMPLATES}/" in name.replace("\\", "/"):
            inside = name.replace("\\", "/").rpartition(f"/{TEMPLATES}/")[2]
            place = Place(f"{TEMPLATES}/{inside}", trace.tb_lineno)
        trace = trace.tb_next
    return place
