"""What many small sites have in common, done once for a run of the tests."""

from types import CodeType

import jinja2
import pytest

_compile = jinja2.Environment.compile
_compiled: dict[tuple[str, str | None], CodeType] = {}


def share_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a template of the same text, in whatever site, be compiled once."""
    monkeypatch.setattr(jinja2.Environment, "compile", _compile_once)


def _compile_once(
    environment: jinja2.Environment,
    source: str,
    name: str | None = None,
    filename: str | None = None,
) -> CodeType:
    key = source, name
    if key not in _compiled:
        _compiled[key] = _compile(environment, source, name, filename)
    return _compiled[key]
