"""The gate: whatever is to be published is searched for what hidden texts must not give away.

It stands behind the selection of what is shown and trusts nothing of it: whatever forgets to leave
hidden texts out, the build stops. docs/trust.md says what counts as a leak.
"""

import functools
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from sitegen.content.articles import Article
from sitegen.content.companions import add_companions
from sitegen.content.kinds import Document
from sitegen.content.reading import Content, locate
from sitegen.content.secrets import (
    ADDRESS,
    PHOTO,
    Secret,
    list_forms,
    list_hidden,
    list_media,
    list_secrets,
)
from sitegen.content.selection import Site
from sitegen.foundation.addresses import SHARE_PICTURE, media_url, output_path
from sitegen.foundation.files import read_file
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.literals import Find, Kept, make_finder
from sitegen.foundation.parts import digest_record
from sitegen.foundation.text import normalise
from sitegen.media.formats import find_format
from sitegen.media.pictures import MediaFile
from sitegen.media.renditions import Rendition
from sitegen.media.share_cards import ShareCard
from sitegen.model import Record
from sitegen.output.public_words import find_public
from sitegen.pages.planned import PlannedFile, PlannedPage
from sitegen.problems import Problem, problem
from sitegen.theme.assets import Asset

# The folder of the cache that keeps the compiled secrets.
STORE = "hidden"
_MEDIA = "media/"
_PAGE = "index.html"
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_NOTE_SIZE = 6
# How many bytes are searched in a row: what a worker makes before it hands over its results.
_BATCH = 2_000_000
# Lists the paths of files, relative to the output.
Paths = Callable[[], Iterable[str]]

# An address ends, and one without host begins, where none of these signs stands beside it.
_CARD = SHARE_PICTURE.encode()
_LONGER = re.compile(rb"[\w~-]")
_EARLIER = re.compile(rb"[\w~./%-]")


class Finding(Record, frozen=True, order=True):
    """A secret that a file holds.

    ``file`` is relative to the output, ``owner`` what it is made from, where that is known.
    """

    secret: Secret
    file: str
    owner: str = ""


class _Published(Record, frozen=True):
    """A file of the output; ``text`` are its bytes as they are searched for words.

    ``photo`` is the path of the photo that it is or is made from, relative to the output.
    """

    path: str
    data: bytes = b""
    text: bytes = b""
    photo: str = ""
    owner: str = ""


class Gate(Record, frozen=True, dict=True):
    """The ``hidden`` texts of a site, and by what they are known wherever they are shown.

    ``cache`` is where this is kept between builds.
    """

    root: Path
    cache: Path
    site: Site
    content: Content
    hidden: tuple[Document, ...]

    @functools.cached_property
    def secrets(self) -> dict[bytes, tuple[Secret, ...]]:
        """The secrets that each form may stand for."""
        forms: dict[bytes, tuple[Secret, ...]] = {}
        base = self.site.config.base
        for secret in [secret for each in self.hidden for secret in list_secrets(each, base)]:
            for form in list_forms(secret):
                forms[form] = (*forms.get(form, ()), secret)
        return forms

    @functools.cached_property
    def forms(self) -> tuple[bytes, ...]:
        """The forms in the order of their numbers, which is the same in every build."""
        return tuple(sorted(self.secrets))

    @functools.cached_property
    def find(self) -> Find:
        """The function that finds these forms."""
        digests = (_digest_words(each) for each in self.hidden)
        key = digest_record((fingerprint_generator(), self.site.config.base, *digests))
        return make_finder(lambda: self.forms, Kept(self.cache / STORE, key.hex()))

    @functools.cached_property
    def hosts(self) -> tuple[bytes, ...]:
        """What may stand in front of an address of the site."""
        config = self.site.config
        return tuple(list_forms(Secret("", ADDRESS, config.url.removesuffix(config.base))))

    @functools.cached_property
    def folders(self) -> dict[str, Secret]:
        """The folders of the output in which hidden pages would lie."""
        base = self.site.config.base
        return {
            output_path(each.url).removesuffix("/index.html"): Secret(
                each.path, ADDRESS, base + each.url
            )
            for each in self.hidden
            if each.url.endswith("/")
        }

    @functools.cached_property
    def media(self) -> dict[str, Secret]:
        """The photos and other files of hidden texts, by their paths in the output."""
        known = self.content.media.keys()
        return {
            output_path(media_url(path)): Secret(text, PHOTO, path)
            for used, text in list_media(self.hidden).items()
            for path in add_companions([used], known)
        }

    @functools.cached_property
    def sizes(self) -> dict[int, tuple[Secret, ...]]:
        """The same by the numbers of their bytes."""
        sizes: dict[int, tuple[Secret, ...]] = {}
        for secret in self.media.values():
            if file := self.content.media.get(secret.text):
                sizes[file.size] = (*sizes.get(file.size, ()), secret)
        return sizes

    @functools.cached_property
    def notes(self) -> dict[str, Document]:
        """The hidden texts by what the manifest notes of each: its file, what is allowed."""
        files: dict[str, list[str]] = {}
        for text, file in sorted(self.allowed):
            files.setdefault(text, []).append(file)
        return {
            digest_record((each.path, files.get(each.path, [])))[:_NOTE_SIZE].hex(): each
            for each in self.hidden
        }

    @functools.cached_property
    def allowed(self) -> frozenset[tuple[str, str]]:
        """The findings that the configuration allows: a hidden text and a file."""
        return frozenset((each.text, each.file) for each in self.site.config.allowed_findings)


def _digest_words(document: Document) -> bytes:
    """Return a digest that covers the title, the lead and the address of a text."""
    return document.story_digest if isinstance(document, Article) else digest_record(document)


def make_gate(root: Path, cache: Path, site: Site, content: Content, moment: float) -> Gate | None:
    """Return the gate of a site at ``moment``, or nothing where nothing is hidden."""
    hidden = tuple(list_hidden(content, moment))
    return Gate(root, cache, site, content, hidden) if hidden else None


class Search:
    """Searches files for what a gate keeps, many in a row.

    To search and to render drive each other out of the processor's cache: to search each file when
    it is made takes twice the time.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._waiting: list[_Published] = []
        self._size = 0

    def add_made(self, file: PlannedFile, data: bytes) -> tuple[Finding, ...]:
        """Add a file that was made; return what was found if it is time to search."""
        return self.add(_describe(file, data))

    def add(self, file: _Published) -> tuple[Finding, ...]:
        """Add a file; return what was found if it is time to search."""
        self._waiting.append(file)
        self._size += len(file.text)
        return self.finish() if self._size > _BATCH else ()

    def finish(self) -> tuple[Finding, ...]:
        """Search the files that were added since the last search; return what was found."""
        files, self._waiting, self._size = self._waiting, [], 0
        return tuple(found for file in files for found in _search(self._gate, file))


def _describe(file: PlannedFile, data: bytes) -> _Published:
    match file:
        case PlannedPage():
            return _Published(file.path, data, _unpack(data), owner=file.owner)
        case MediaFile():
            return _Published(file.path, data, photo=_find_path(file))
        case Rendition():
            return _Published(file.path, data, photo=_find_path(file.photo))
        case ShareCard():
            return _Published(file.path, data, photo=_find_path(file.photo) if file.photo else "")
        case Asset():
            return _Published(file.path, data, _unpack(data))


def _find_path(file: MediaFile) -> str:
    """Return where the file that this one is made from belongs in the output."""
    return output_path(media_url(normalise(file.source)))


def search_kept(
    gate: Gate | None, output: Path, noted: Collection[str], gone: Iterable[str], kept: Paths
) -> list[Finding]:
    """Return what files that are not made again hold of texts that were not hidden before.

    A file that shows a text is made again when the text is hidden, unless there is the very fault
    that the gate is for. ``noted`` are the notes of the texts that were hidden before
    (:attr:`Gate.notes`). A text that had a page and loses it makes a page ``gone``; where none is,
    the text is new, and older files cannot show it. ``kept`` lists the files.
    """
    if not gate:
        return []
    page_gone = any(each.endswith(_PAGE) for each in gone)
    fresh = [each for note, each in gate.notes.items() if note not in noted]
    withdrawn = tuple(each for each in fresh if page_gone or not each.url.endswith("/"))
    if not withdrawn:
        return []
    narrow = msgspec.structs.replace(gate, hidden=withdrawn)
    search = Search(narrow)
    found = [each for path in kept() for each in search.add(_find_kept(narrow, output, path))]
    return [*found, *search.finish()]


def _find_kept(gate: Gate, output: Path, path: str) -> _Published:
    photo = path if path in gate.media else path.rsplit(".", 2)[0]
    if path.startswith(_MEDIA) or find_format(path):
        return _Published(path, photo=photo)
    data = b""
    with suppress(OSError):
        data = read_file(output / path)
    return _Published(path, data, _unpack(data), photo)


def _unpack(data: bytes) -> bytes:
    return zlib.decompress(data, _GZIP_WINDOW) if data.startswith(_GZIP) else data


def _search(gate: Gate, file: _Published) -> Iterator[Finding]:
    found, traces = gate.find(file.text), [*_find_traces(gate, file)]
    if not found and not traces:
        # As in nearly every file.
        return
    for secret in dict.fromkeys((*traces, *_choose_whole(gate, file.text, found))):
        if (secret.path, file.path) not in gate.allowed:
            yield Finding(secret, file.path, file.owner)


def _choose_whole(gate: Gate, text: bytes, found: Iterable[tuple[int, int]]) -> Iterator[Secret]:
    """Yield the hidden titles, leads and addresses that were found, if they stand by themselves."""
    for number, end in found:
        form = gate.forms[number]
        for secret in gate.secrets[form]:
            if secret.what != ADDRESS or _is_whole(gate.hosts, text, end - len(form), end):
                yield secret


def _find_traces(gate: Gate, file: _Published) -> Iterator[Secret]:
    """Yield the hidden pages and photos that a file is or is made from."""
    if secret := gate.folders.get(file.path.rpartition("/")[0]):
        yield secret
    if secret := gate.media.get(file.photo):
        yield secret
    for secret in gate.sizes.get(len(file.data), ()) if file.data else ():
        if _read(gate, secret.text) == file.data:
            yield secret


def _is_whole(hosts: tuple[bytes, ...], text: bytes, start: int, end: int) -> bool:
    """Tell whether an address is not part of a longer one, or of one on another host."""
    if _LONGER.match(text, end) and not text.startswith(_CARD, end):
        return False
    return text.endswith(hosts, 0, start) or not _EARLIER.match(text, max(0, start - 1), start)


def judge(gate: Gate | None, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield a problem for each secret of ``findings`` that published texts do not say themselves.

    It is reported with the first file that holds it.
    """
    by_secret: dict[Secret, list[Finding]] = {}
    for finding in sorted(findings) if gate else ():
        by_secret.setdefault(finding.secret, []).append(finding)
    if not gate or not by_secret:
        return
    site, hidden = gate.site, {each.path for each in gate.hidden}
    content = gate.content
    # What has an error will be published when somebody has put it right.
    every = (*content.articles, *content.standing_texts, *content.flawed)
    public = [each for each in every if each.path not in hidden]
    lists = (*site.categories, *site.authors, *site.tags, *site.months)
    taken = {site.config.base + each.url for each in (*public, *lists)}
    wanted = {
        secret: [each.owner for each in found]
        for secret, found in by_secret.items()
        if secret.what != PHOTO and secret.text not in taken
    }
    names, is_whole = [each.title for each in lists], functools.partial(_is_whole, gate.hosts)
    said = find_public(wanted, gate.root, public, names, is_whole)
    photos = {each for each in by_secret if each.what == PHOTO}
    leaked = {*wanted, *photos} - said
    leaked -= {each for each in photos if _is_copied(gate, each.text, public)}
    own_files = {output_path(media_url(path)): path for path in gate.content.media}
    for secret, found in by_secret.items():
        # An editor may publish the same picture under another name.
        others = (each for each in found if not _is_own(gate, secret, own_files.get(each.file, "")))
        if secret in leaked and (first := next(others, None)):
            yield _refuse(gate, first)


def _refuse(gate: Gate, finding: Finding) -> Problem:
    secret = finding.secret
    place = locate(gate.root, secret.path, secret.text)
    arguments = {"other": secret.what, "file": finding.file, "text": secret.path}
    return problem("hidden-published", place, **arguments)


def _is_own(gate: Gate, secret: Secret, path: str) -> bool:
    """Tell whether the file ``path`` is another one than a hidden photo, with the same bytes."""
    if secret.what != PHOTO or path in {"", secret.text}:
        return False
    return _read(gate, path) == _read(gate, secret.text)


def _is_copied(gate: Gate, path: str, public: Iterable[Document]) -> bool:
    """Tell whether a ``public`` text uses a file, or another one with the same bytes."""
    media = gate.content.media
    used = add_companions(list_media(public), media.keys())
    own, files = media.get(path), [file for each in used if (file := media.get(each))]
    same = [file for file in files if own and file.size == own.size]
    return own in same or any(_read(gate, each.path) == _read(gate, path) for each in same)


def _read(gate: Gate, path: str) -> bytes:
    file = gate.content.media.get(path)
    try:
        return read_file(gate.root / (file.path if file else path))
    except OSError:
        # Whoever publishes it reports it.
        return b""
