"""What many small sites have in common, done once for a run of the tests."""

from pathlib import Path
from types import CodeType

import jinja2
import pytest

from sitegen.foundation.parts import digest_bytes
from sitegen.media import share_cards
from sitegen.media.pictures import read_media
from support.doubles import replace_everywhere

_compile = jinja2.Environment.compile
_compiled: dict[tuple[str, str | None], CodeType] = {}


def share_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a template of the same text, in whatever site, be compiled once."""
    monkeypatch.setattr(jinja2.Environment, "compile", _compile_once)


def print_share_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a share card say in words what it would show: to draw it takes longer than a build.

    A photo stands there with its digest.
    """
    replace_everywhere(monkeypatch, share_cards.draw_share_card, _print_card)
    for encode in (share_cards._encode, share_cards._encode_photo):
        replace_everywhere(monkeypatch, encode, str.encode)


def _print_card(root: Path, card: share_cards.ShareCard) -> str:
    photo = digest_bytes(read_media(root, card.photo)) if card.photo else b""
    return repr((card.title, card.section, card.day, card.portal, photo, card.focus, card.shape))


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
