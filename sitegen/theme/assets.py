"""The theme's own files. Each is named by a hash of its bytes, and references say these names.

A file's name changes exactly when its bytes do, so a browser may keep it forever, and only what
refers to it changes with it. A style sheet is published without comments and needless spaces,
because a page shows nothing before it has arrived, a script without indentation and without lines
that are comments.
"""

import posixpath
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from sitegen.foundation.cache import remember
from sitegen.foundation.files import read_file
from sitegen.foundation.folders import find_outside
from sitegen.foundation.guard import TooSlowError, describe_failure, limit_time
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.words import VIETNAMESE, translate_script
from sitegen.model import Record
from sitegen.problems import Place, Problem, explain, problem
from sitegen.theme.fonts import SCHEME, make_font
from sitegen.theme.templates import ASSETS, TEMPLATES, is_part_of_theme, list_names

_CSS_URL = re.compile(r"""url\(\s*["']?(?P<target>[^"')]+)["']?\s*\)""")
_JS_IMPORT = re.compile(
    r"""(?P<before>\bimport\s*\(\s*|\bimport\s+|\bfrom\s*|\bnew\s+URL\s*\(\s*)"""
    r"""(?P<quote>["'])(?P<target>\.[^"']+)(?P=quote)"""
)


class Asset(Record, frozen=True):
    """A file whose bytes are known before it is made: its path below the output, and their digest.

    ``owner`` is the file that it is made from; without one, it is a file of the theme.
    """

    path: str
    data: bytes
    digest: bytes
    owner: str = ""


class Assets(Record, frozen=True):
    """The published theme files; ``urls`` maps ``css/site.css`` to its address below the site."""

    urls: dict[str, str]
    files: tuple[Asset, ...]


def read_assets(
    templates: Path,
    cache: Path,
    base: str,
    generator: bytes,
    builtin: Path | None = None,
    find_named: Callable[[], Collection[str]] = tuple,
    language: str = VIETNAMESE,
) -> tuple[Assets, list[Problem]]:
    """Return the theme's files as published below the site's path ``base``.

    The ``cache`` keeps fonts and style sheets between builds, the latter for one fingerprint of the
    ``generator``. Of those that ``templates`` lacks, the ``builtin`` ones are published that
    templates name (``find_named``), or another file of the theme. The words of scripts are put into
    a ``language``.
    """
    folder = templates / ASSETS
    links = (path for path in sorted(templates.rglob("*")) if path.is_symlink())
    outside = [path for path in links if find_outside(templates, path)]
    places = (Place(f"{TEMPLATES}/{each.relative_to(templates).as_posix()}") for each in outside)
    problems = [problem("file-outside", place) for place in places]
    sources: dict[str, bytes] = {}
    broken: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path in outside:
            broken.append(name)
        elif path.is_file() and is_part_of_theme(path):
            try:
                sources[name] = read_file(path)
            except OSError as error:
                broken.append(name)
                place = Place(f"{TEMPLATES}/{ASSETS}/{name}")
                problems.append(problem("file-unreadable", place, reason=explain(error)))
    spare = _list_spare(builtin, {*sources, *broken}) if builtin else {}
    named = find_named() if spare else ()
    sources |= {name: read_file(spare[name]) for name in sorted(spare.keys() & {*named})}
    assets, more = _Publisher(sources, spare, broken, cache, base, generator, language).publish()
    return assets, [*problems, *more]


def _list_spare(builtin: Path, present: Collection[str]) -> dict[str, Path]:
    """Return the built-in files of which a theme has none of its own, by name."""
    folder = builtin / ASSETS
    return {name: folder / name for name in list_names(folder) if name not in present}


class _Publisher:
    """Publishes the theme's files. What a file refers to comes first, because it needs its name.

    The addresses of those that are ``broken`` are empty: that others name them is no other error.
    """

    def __init__(
        self,
        sources: dict[str, bytes],
        spare: dict[str, Path],
        broken: Iterable[str],
        cache: Path,
        base: str,
        generator: bytes,
        language: str,
    ) -> None:
        self._language = language
        self._sources = sources
        self._spare = spare
        self._cache = cache
        self._generator = generator
        self._base = base
        self._urls = dict.fromkeys(broken, "")
        self._files: dict[str, Asset] = {}
        self._problems: list[Problem] = []

    def publish(self) -> tuple[Assets, list[Problem]]:
        started = 0
        with limit_time(lambda: started, ending=False):
            for name in tuple(self._sources):
                started += 1
                self._publish_file(name, ())
        return Assets(self._urls, tuple(self._files.values())), self._problems

    def _publish_file(self, name: str, above: tuple[str, ...]) -> str:
        """Publish a file after those that it refers to, and return its address.

        ``above`` are the files on the way to it, each of which refers to the next.
        """
        if name in self._urls:
            return self._urls[name]
        if name in above:
            circle = " → ".join((*above[above.index(name) :], name))
            self._report(name, "asset-cycle", circle)
            return ""
        try:
            return self._add(name, self._prepare(name, above))
        except UnicodeDecodeError:
            place = Place(f"{TEMPLATES}/{ASSETS}/{name}")
            self._problems.append(problem("file-encoding", place, encoding="Latin-1"))
        except (Exception, TooSlowError) as error:  # noqa: BLE001 (of whatever library)
            self._problems.append(describe_failure(error).at(f"{TEMPLATES}/{ASSETS}/{name}"))
        return self._urls.setdefault(name, "")

    def _prepare(self, name: str, above: tuple[str, ...]) -> bytes:
        """Return a file as it is published."""
        data = self._sources[name]
        if name.endswith(".css"):
            style = self._rewrite(name, data, _CSS_URL, above)
            key = digest_bytes(style + self._generator).hex()
            return remember(self._cache / "styles", f"{key}.css", lambda: _minify(style))
        if name.endswith(".js"):
            said = translate_script(_shorten(data).decode("utf-8"), self._language)
            return self._rewrite(name, said.encode(), _JS_IMPORT, above)
        return data

    def _add(self, name: str, data: bytes) -> str:
        stem, suffix = posixpath.splitext(name)
        digest = digest_bytes(data)
        path = f"{ASSETS}/{stem}.{digest[:5].hex()}{suffix}"
        self._files[name] = Asset(path, data, digest)
        self._urls[name] = f"{self._base}/{path}"
        return self._urls[name]

    def _rewrite(
        self, name: str, data: bytes, pattern: re.Pattern[str], above: tuple[str, ...]
    ) -> bytes:
        def replace(found: re.Match[str]) -> str:
            target = found["target"]
            url = self._resolve(name, target, (*above, name))
            return found[0].replace(target, url) if url else found[0]

        return pattern.sub(replace, data.decode("utf-8")).encode()

    def _resolve(self, name: str, target: str, above: tuple[str, ...]) -> str:
        """Return the address of what the file ``name`` refers to; nothing where it is elsewhere."""
        if target.startswith(SCHEME):
            return self._add_font(name, target)
        if re.match(r"[a-z]+:|/|#", target):
            return ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if path in self._spare and path not in self._sources:
            self._sources[path] = read_file(self._spare[path])
        if path not in self._sources and path not in self._urls:
            self._report(name, "asset-missing", target)
            return ""
        return self._publish_file(path, above)

    def _add_font(self, name: str, reference: str) -> str:
        font = make_font(reference, self._cache)
        if font is None:
            self._report(name, "asset-missing", reference.removeprefix(SCHEME))
            return ""
        return self._add(*font)

    def _report(self, name: str, code: str, value: str) -> None:
        self._problems.append(problem(code, Place(f"templates/{ASSETS}/{name}"), value=value))


def _shorten(source: bytes) -> bytes:
    """Return a script without indentation, empty lines, and lines that are comments alone.

    A script with a text or a comment of several lines stays: a line in one may begin like these.
    """
    lines = source.splitlines(keepends=True)
    joined = any(each.count(b"`") % 2 or each.rstrip(b"\r\n").endswith(b"\\") for each in lines)
    if joined or b"/*" in source:
        return source
    bare = (each.lstrip() for each in lines)
    return b"".join(each for each in bare if not each.startswith(b"//"))


def _minify(source: bytes) -> bytes:
    """Return a style sheet of the same meaning: several spaces become one, but never none."""
    import tinycss2

    tokens = tinycss2.parse_component_value_list(source.decode("utf-8"), skip_comments=True)
    rest = list(tokens)
    while rest:
        token = rest.pop()
        if token.type == "whitespace":
            token.value = " "
        rest += getattr(token, "content", ())
        rest += getattr(token, "arguments", ())
    return str(tinycss2.serialize(tokens)).encode()
