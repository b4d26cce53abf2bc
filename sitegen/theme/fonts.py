"""Fonts of installed packages, cut down to the letters that a page needs, and compressed.

A style sheet names a font as ``package:name/files/Font.ttf``, and which of its letters it wants
after ``#``.
"""

import io
from pathlib import Path

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import find_installed, library_version
from sitegen.foundation.parts import digest_bytes

SCHEME = "package:"

# The letters by their name in a reference. Those without a name are what Vietnamese is written in:
# every page loads them. The rest of Google Fonts' "latin" and "vietnamese" is for foreign names.
CHARACTERS = {
    "": (
        "U+0020-007E,U+00A0,U+00A7,U+00A9,U+00AB,U+00AE,U+00B0-00B3,U+00B7,U+00BB-00BE,"
        "U+00C0-00C3,U+00C8-00CA,U+00CC-00CD,U+00D2-00D5,U+00D7,U+00D9-00DA,U+00DD,U+00E0-00E3,"
        "U+00E8-00EA,U+00EC-00ED,U+00F2-00F5,U+00F7,U+00F9-00FA,U+00FD,U+0102-0103,U+0110-0111,"
        "U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+1EA0-1EF9,U+2010-2015,U+2018-201E,"
        "U+2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AB-20AC,U+2122,U+2190-2193,U+2212"
    ),
    "latin": (
        "U+00A1-00A6,U+00A8,U+00AA,U+00AC,U+00AF,U+00B4-00B6,U+00B8-00BA,U+00BF,U+00C4-00C7,U+00CB,"
        "U+00CE-00D1,U+00D6,U+00D8,U+00DB-00DC,U+00DE-00DF,U+00E4-00E7,U+00EB,U+00EE-00F1,U+00F6,"
        "U+00F8,U+00FB-00FC,U+00FE-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,"
        "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+2020-2021,U+2044,U+2215"
    ),
}
# Text is in NFC, so the font never places an accent on a letter: kerning is the only feature that
# shows.
_FEATURES = ["kern"]


def make_font(reference: str, cache: Path) -> tuple[str, bytes] | None:
    """Return name and bytes of the font that a style sheet refers to; nothing if there is none."""
    path, _, letters = reference.removeprefix(SCHEME).partition("#")
    package, _, inside = path.partition("/")
    file, characters = find_installed(package, inside), CHARACTERS.get(letters)
    if file is None or characters is None:
        return None
    source = file.read_bytes()
    recipe = f"{library_version('fonttools')} {characters} {_FEATURES}"
    key = digest_bytes(source + recipe.encode()).hex()
    font = remember(cache / "fonts", f"{key}.woff2", lambda: subset_font(source, characters))
    return f"fonts/{file.stem}{'-' if letters else ''}{letters}.woff2", font


def subset_font(source: bytes, characters: str) -> bytes:
    """Return a font with some of its letters, as WOFF2."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=_FEATURES, flavor="woff2", hinting=False, name_IDs=[1, 2, 13, 14]
    )
    # The font keeps its own date: that of the build would change its bytes each time.
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(characters))
    subsetter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
