"""A view and its template to bytes; nothing else can reach a page."""

import functools
from pathlib import Path

import jinja2
import markupsafe

from sitegen.decoding import decode
from sitegen.errors import Place, Problem, ProblemsFoundError, problem
from sitegen.frame import Planned
from sitegen.frontmatter import split
from sitegen.markup import MarkupError, to_html
from sitegen.references import locate_reference
from sitegen.views import BodyView

TEMPLATES = "templates"
_ESCAPED = ("html", "xml")


class Theme:
    """The templates of one folder, compiled when they are first used."""

    def __init__(self, folder: Path) -> None:
        self._environment = jinja2.Environment(
            loader=_Loader(folder),
            autoescape=jinja2.select_autoescape(_ESCAPED),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        # Whatever a template needs is in its view: nothing global, nothing random.
        self._environment.globals.clear()
        for impure in ("random", "pprint"):
            self._environment.filters.pop(impure, None)

    def get(self, name: str) -> jinja2.Template:
        """Return a template. Raises :class:`~sitegen.errors.ProblemsFoundError` with its place."""
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


class _Loader(jinja2.FileSystemLoader):
    """Templates are text in UTF-8 and NFC like everything else."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, "functools.partial[bool]"]:
        source, name, _ = super().get_source(environment, template)
        return decode(source.encode(), Place(template)), name, functools.partial(bool, 1)


def render(root: Path, theme: Theme, page: Planned) -> tuple[bytes, list[Problem]]:
    """Return the bytes of a page, and what in its body or its template is wrong."""
    fields = {name: getattr(page.view, name) for name in page.view.__struct_fields__}
    problems: list[Problem] = []
    if isinstance(fields.get("body"), BodyView):
        html, problems = _render_body(root, fields["body"])
        fields["body"] = markupsafe.Markup(html)  # noqa: S704 (nh3 has cleaned it)
    try:
        text = theme.get(page.template).render(fields)
    except ProblemsFoundError as error:
        return b"", [*problems, *error.problems]
    except RecursionError:
        place = Place(f"{TEMPLATES}/{page.template}")
        reason = "RecursionError"
        return b"", [problem("template-error", place, page=page.url, reason=reason)]
    except (jinja2.TemplateError, TypeError, KeyError, AttributeError, ValueError) as error:
        return b"", [*problems, _explain(error, page)]
    return text.encode(), problems


def _render_body(root: Path, body: BodyView) -> tuple[str, list[Problem]]:
    parts = split((root / body.path).read_bytes(), body.path)
    try:
        html = to_html(parts.body, body)
    except MarkupError as error:
        place = Place(body.path, parts.body_line + error.line - 1)
        return "", [problem("markdown-limit", place, reason=error.reason)]
    problems = []
    for refusal in html.refused:
        line, column = locate_reference(parts.body, refusal.reference)
        place = Place(body.path, parts.body_line + line - 1, column)
        problems.append(problem(refusal.code, place, value=refusal.reference))
    return html.text, problems


def _explain(error: Exception, page: Planned) -> Problem:
    """Return a template's failure at the line of the template where it happened."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(f"{TEMPLATES}/{error.name or page.template}", error.lineno)
        return problem("template-syntax", place, reason=error.message or "")
    place = Place(f"{TEMPLATES}/{page.template}")
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if f"/{TEMPLATES}/" in name.replace("\\", "/"):
            inside = name.replace("\\", "/").rpartition(f"/{TEMPLATES}/")[2]
            place = Place(f"{TEMPLATES}/{inside}", trace.tb_lineno)
        trace = trace.tb_next
    return problem("template-error", place, page=page.url, reason=str(error))
