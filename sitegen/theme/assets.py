"""The theme's own files: found, their references rewritten, each named by a hash of its contents.

A file's name changes exactly when its bytes do, so a browser may keep it forever, and only what
refers to it changes with it. A style sheet is published without its comments and spaces, because a
page shows nothing before it is there. It may name a font of an installed package,
``url("package:name/files/Font.ttf")``: it is cut down to the letters of Vietnamese and compressed.
"""

import io
import posixpath
import re
from importlib import resources
from pathlib import Path

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes
from sitegen.model import Record
from sitegen.problems import Place, Problem, problem

FOLDER = "assets"
FONT_SCHEME = "package:"

# The letters of a font, by what stands behind "#" in its reference. What Vietnamese is written in
# comes with every page; the rest of Google Fonts' "latin" and "vietnamese" is for foreign names.
_FONT_CHARACTERS = {
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
# Text is NFC, so no mark is ever put on a letter by the font: kerning is all that shows.
_FONT_FEATURES = ["kern"]
_CSS_URL = re.compile(r"""url\(\s*["']?(?P<target>[^"')]+)["']?\s*\)""")
_JS_IMPORT = re.compile(
    r"""(?P<before>\bimport\s*\(\s*|\bimport\s+|\bfrom\s*)(?P<quote>["'])(?P<target>\.[^"']+)(?P=quote)"""
)


class Asset(Record, frozen=True):
    """A theme file as published: its path below the output, its bytes and their digest."""

    path: str
    data: bytes
    digest: bytes


class Assets(Record, frozen=True):
    """The published theme files; ``urls`` maps ``css/site.css`` to its address below the site."""

    urls: dict[str, str]
    files: tuple[Asset, ...]


def read_assets(
    templates: Path, cache: Path, base: str, engine: bytes
) -> tuple[Assets, list[Problem]]:
    """Return the theme's files as published below the site's path ``base``.

    ``cache`` is where cut-down fonts and style sheets are kept between builds, the latter for the
    same ``engine`` alone.
    """
    folder = templates / FOLDER
    sources = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    return _Publisher(sources, cache, base, engine).publish()


class _Publisher:
    """One walk through the references between the theme's files, deepest first."""

    def __init__(self, sources: dict[str, bytes], cache: Path, base: str, engine: bytes) -> None:
        self._sources = sources
        self._cache = cache
        self._engine = engine
        self._base = base
        self._urls: dict[str, str] = {}
        self._files: dict[str, Asset] = {}
        self._problems: list[Problem] = []

    def publish(self) -> tuple[Assets, list[Problem]]:
        for name in self._sources:
            self._url_of(name, ())
        return Assets(self._urls, tuple(self._files.values())), self._problems

    def _url_of(self, name: str, above: tuple[str, ...]) -> str:
        if name in self._urls:
            return self._urls[name]
        if name in above:
            circle = " → ".join((*above[above.index(name) :], name))
            self._report(name, "asset-cycle", circle)
            return ""
        data = self._sources[name]
        if name.endswith(".css"):
            data = self._rewrite(name, data, _CSS_URL, above)
            data = _squeeze_style(data, self._engine, self._cache)
        elif name.endswith(".js"):
            data = self._rewrite(name, data, _JS_IMPORT, above)
        return self._add(name, data)

    def _add(self, name: str, data: bytes) -> str:
        stem, suffix = posixpath.splitext(name)
        digest = digest_bytes(data)
        path = f"{FOLDER}/{stem}.{digest[:5].hex()}{suffix}"
        self._files[name] = Asset(path, data, digest)
        self._urls[name] = f"{self._base}/{path}"
        return self._urls[name]

    def _rewrite(
        self, name: str, data: bytes, pattern: re.Pattern[str], above: tuple[str, ...]
    ) -> bytes:
        def replace(found: re.Match[str]) -> str:
            target = found["target"]
            url = self._find(name, target, (*above, name))
            return found[0].replace(target, url) if url else found[0]

        return pattern.sub(replace, data.decode("utf-8")).encode()

    def _find(self, name: str, target: str, above: tuple[str, ...]) -> str:
        """Return the address that a reference in the file ``name`` becomes; nothing: as it is."""
        if target.startswith(FONT_SCHEME):
            return self._add_font(name, target.removeprefix(FONT_SCHEME))
        if re.match(r"[a-z]+:|/|#", target):
            return ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if path not in self._sources:
            self._report(name, "asset-missing", target)
            return ""
        return self._url_of(path, above)

    def _add_font(self, name: str, target: str) -> str:
        path, _, letters = target.partition("#")
        package, _, inside = path.partition("/")
        stem = posixpath.splitext(posixpath.basename(inside))[0]
        key = f"fonts/{'-'.join(filter(None, (stem, letters)))}.woff2"
        if key in self._urls:
            return self._urls[key]
        try:
            source = resources.files(package).joinpath(inside).read_bytes()
            characters = _FONT_CHARACTERS[letters]
        except (ModuleNotFoundError, OSError, KeyError):
            self._report(name, "asset-missing", target)
            return ""
        return self._add(key, _subset_font(source, characters, self._cache))

    def _report(self, name: str, code: str, value: str) -> None:
        self._problems.append(problem(code, Place(f"templates/{FOLDER}/{name}"), value=value))


def _squeeze_style(source: bytes, engine: bytes, cache: Path) -> bytes:
    key = digest_bytes(source + engine).hex()
    return remember(cache / "styles", f"{key}.css", lambda: _drop_comments(source))


def _drop_comments(source: bytes) -> bytes:
    """Return a style sheet of the same meaning: one space is as good as many, but not as none."""
    import tinycss2

    text = source.decode("utf-8")
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    rest = list(tokens)
    while rest:
        token = rest.pop()
        if token.type == "whitespace":
            token.value = " "
        rest += getattr(token, "content", ())
        rest += getattr(token, "arguments", ())
    return str(tinycss2.serialize(tokens)).encode()


def _subset_font(source: bytes, characters: str, cache: Path) -> bytes:
    made_by = f"{library_version('fonttools')} {characters} {_FONT_FEATURES}"
    key = digest_bytes(source + made_by.encode()).hex()
    return remember(cache / "fonts", f"{key}.woff2", lambda: _compress_font(source, characters))


def _compress_font(source: bytes, characters: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=_FONT_FEATURES, flavor="woff2", hinting=False, name_IDs=[1, 2, 13, 14]
    )
    # The file's own date, not that of the build.
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(characters))
    cutter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
