"""A view and its template to bytes. A page is made of these two and of nothing else."""

import functools
import re
import traceback
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
import msgspec

from sitegen.content.bodies import convert_body
from sitegen.content.decoding import decode
from sitegen.foundation.line_breaks import bind_words
from sitegen.foundation.text import make_telephone_url, name_for_machines
from sitegen.foundation.words import read_words
from sitegen.markdown.players import list_videos
from sitegen.model import Record
from sitegen.problems import Place, Problem, ProblemsFoundError, problem
from sitegen.theme.escaping import Environment
from sitegen.theme.filters import draw_code, list_contents, list_share_links
from sitegen.theme.menu_rows import count_in_row
from sitegen.theme.templates import TEMPLATES, Templates
from sitegen.theme.translation import Translation
from sitegen.views import BodyView, FeedView, TextView

_ESCAPED = ("html", "xml")
_MOST_FRAGMENTS = 5000
# The types of values that cannot change, so what was rendered of them stays right.
_IMMUTABLE = (str, int, type(None), Record, tuple)
# What a mistake in a template raises. Any other exception is a mistake in the generator.
_FAILURES = (
    *(jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    RecursionError,
)
# Jinja says in words alone which name is unknown.
_UNKNOWN = re.compile(
    r"(?:^No (?:filter|test) named|has no attribute) '(.+?)'\.?$|^'(.+)' is undefined$"
)


class Compiled:
    """The templates of a theme, each compiled when it is first used."""

    def __init__(self, templates: Templates) -> None:
        environment = Environment(
            loader=jinja2.FunctionLoader(functools.partial(_load, templates)),
            autoescape=jinja2.select_autoescape(_ESCAPED),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[Translation],
        )
        environment.words = read_words(templates.language)
        # Whatever a template needs is in its view: nothing global, nothing random.
        environment.globals.clear()
        del environment.filters["random"], environment.filters["pprint"]
        # JSON is UTF-8 (RFC 8259): escaped Vietnamese is three times as long and no safer. Jinja
        # itself escapes the characters that could end a script (<, >, &).
        environment.policies["json.dumps_function"] = _write_json
        environment.policies["json.dumps_kwargs"] = {}
        # What these make takes time, so it is made only where a template shows it.
        environment.filters |= {
            "bound": bind_words,
            "contents": list_contents,
            "count_in_row": count_in_row,
            "fragment": self._render_fragment,
            "qr_code": draw_code,
            "machine_name": name_for_machines,
            "share_links": list_share_links,
            "telephone_url": make_telephone_url,
            "videos": list_videos,
        }
        self.broken = templates.broken
        self._environment = environment
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


def _load(templates: Templates, name: str) -> tuple[str, str, None] | None:
    """Return the text of a template, which is UTF-8 and NFC like everything else, and its path."""
    source = templates.sources.get(name)
    path = f"{TEMPLATES}/{name}"
    return None if source is None else (decode(source, Place(path)), f"/{path}", None)


def render(
    root: Path, theme: Compiled, template: str, url: str, view: Record
) -> tuple[bytes, list[Problem]]:
    """Return the bytes of the page at ``url``, and what in its body or its template is wrong."""
    fields, problems = _list_fields(root, view)
    try:
        text = theme.get(template).render(fields)
    except ProblemsFoundError as error:
        return b"", [*problems, *error.problems]
    except _FAILURES as error:
        return b"", [*problems, _explain_failure(theme, error, template, url)]
    return text.encode(), problems


def _list_fields(root: Path, view: Record) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a view, its bodies converted to HTML, and the problems of these."""
    fields = msgspec.structs.asdict(view)
    problems: list[Problem] = []

    def convert(body: BodyView) -> markupsafe.Markup:
        converted = convert_body(root, body)
        problems.extend(converted.problems)
        return markupsafe.Markup(converted.html)  # noqa: S704 (it has been cleaned)

    # No other view holds a body.
    if isinstance(view, TextView):
        fields["body"] = convert(view.body)
    elif isinstance(view, FeedView):
        fields["items"] = tuple(
            msgspec.structs.replace(item, body=convert(item.body)) if item.body else item
            for item in view.items
        )
    return fields, problems


def _explain_failure(theme: Compiled, error: Exception, template: str, url: str) -> Problem:
    """Return the failure of a template as a problem, at the line of the template."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(f"{TEMPLATES}/{error.name or template}", error.lineno)
        if name := _find_unknown(error):
            return problem("template-name", place, value=name)
        return problem("template-syntax", place, reason=error.message or "")
    place = _find_failure(error, template)
    if isinstance(error, jinja2.TemplateNotFound):
        missing = problem("template-missing", place, value=str(error.name))
        return theme.broken.get(str(error.name), missing)
    if isinstance(error, RecursionError):
        return problem("template-circle", place)
    if isinstance(error, jinja2.UndefinedError) and (name := _find_unknown(error)):
        return problem("template-name", place, value=name)
    return problem("template-error", place, page=url, reason=str(error))


def _find_unknown(error: jinja2.TemplateError) -> str:
    """Return the name that a template uses and that there is not, or nothing."""
    found = _UNKNOWN.search(error.message or "")
    return found[1] or found[2] if found else ""


def _find_failure(error: Exception, template: str) -> Place:
    """Return the line of the innermost template in which ``error`` was raised."""
    place = Place(f"{TEMPLATES}/{template}")
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = frame.f_code.co_filename
        if path.startswith(f"/{TEMPLATES}/"):
            place = Place(path[1:], line)
    return place
