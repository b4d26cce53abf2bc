"""Texts of before Unicode: twenty are recognised and converted, twenty are left alone."""

import re
import unicodedata

import pytest

from sitegen.importing.legacy_encodings import (
    ENCODINGS,
    LegacyFont,
    convert,
    find_font,
    is_unicode,
    recognise,
    recognise_paragraphs,
)
from support.legacy_samples import LEGACY, OTHERS
from support.site_folder import REPOSITORY

_HALF = 20


def test_there_are_forty_samples() -> None:
    assert len(LEGACY) == len(OTHERS) == _HALF
    assert {encoding for encoding, _, _ in LEGACY} == set(ENCODINGS)


@pytest.mark.parametrize(("encoding", "typed", "meant"), LEGACY)
def test_a_legacy_text_is_recognised_and_converted(encoding: str, typed: str, meant: str) -> None:
    assert recognise(typed) == encoding
    assert convert(typed, encoding) == meant
    assert recognise(meant) == ""
    assert not is_unicode(typed)


@pytest.mark.parametrize(("_kind", "text"), OTHERS)
def test_another_text_is_left_alone(_kind: str, text: str) -> None:
    assert recognise(text) == ""
    assert recognise_paragraphs(text.split()) == ""


def test_the_samples_are_in_the_documentation() -> None:
    table = (REPOSITORY / "docs" / "word.md").read_text("utf-8")
    rows = re.findall(r"^\| (.*) \| `(.*)` \|", table, re.MULTILINE)
    written = {unicodedata.normalize("NFC", text) for _, text in rows}
    shown = {unicodedata.normalize("NFC", text) for _, text in OTHERS}
    # A soft hyphen would be seen by nobody.
    shown |= {typed.replace("\xad", "\u2010") for _, typed, _ in LEGACY}
    assert shown - written == set()


def test_a_document_pasted_together_is_in_the_encoding_of_its_old_part() -> None:
    new = [text for _, text in OTHERS[:4]]
    assert recognise_paragraphs([*new, LEGACY[0][1]]) == "tcvn3"
    # Each name alone is too short to tell, and together they are not.
    assert recognise_paragraphs(["Hång", "L\xad¬ng"]) == "tcvn3"


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", LegacyFont("tcvn3")),
        (".VnTimeH", LegacyFont("tcvn3", capitals=True)),
        (".VnArialH", LegacyFont("tcvn3", capitals=True)),
        ("'VNI-Times'", LegacyFont("vni")),
        ("VPS Times", LegacyFont("vps")),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_a_font_tells_the_encoding(name: str, font: LegacyFont | None) -> None:
    assert find_font(name) == font


def test_a_font_of_capitals_shows_capitals() -> None:
    assert convert("§¶ng bé", "tcvn3", capitals=True) == "ĐẢNG BỘ"


def test_marks_of_vni_may_be_small_beside_a_capital() -> None:
    assert convert("Aùnh, AÙNH, Ôû, ÔÛ, Ñöùc", "vni") == "Ánh, ÁNH, Ở, Ở, Đức"
