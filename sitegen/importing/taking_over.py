"""Texts of elsewhere as files of this site: where each lies, its links, its photos, its notes."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote as percent_encode
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from sitegen.content.declarations import OldAddress
from sitegen.content.kinds import KINDS, read_text
from sitegen.content.reference_paths import write_reference
from sitegen.content.scalars import quote
from sitegen.content.settings import Config
from sitegen.foundation.addresses import RESERVED_SLUGS
from sitegen.foundation.files import read_file
from sitegen.foundation.text import fold, normalise, slugify
from sitegen.importing.article_parts import split_credit
from sitegen.importing.blocks import Block, Run, map_links
from sitegen.importing.code_of_generators import UNLINKED
from sitegen.importing.drafts import DRAFT_AUTHOR, format_file
from sitegen.importing.found_files import find_file
from sitegen.importing.known_texts import (
    KnownTexts,
    name_own_address,
    name_titled,
    write_key,
    write_moment,
)
from sitegen.importing.markdown_writing import write_blocks, write_picture
from sitegen.importing.notes import Note
from sitegen.importing.old_categories import Choice, choose_category
from sitegen.importing.old_texts import Collection, OldText, fold_path, read_path
from sitegen.importing.photos import (
    MEDIA,
    check_folder,
    list_by_size,
    name_folder,
    name_photo,
    prepare_photo,
    save_among,
)
from sitegen.markdown.references import hide_code, rewrite_references
from sitegen.model import Record
from sitegen.problems import UsageError, mark

_PAGES = "content/pages"
# Where texts of other kinds lie.
_OTHER_FOLDERS = (f"{MEDIA}/", *(kind.folder for kind in KINDS if kind.folder != "content/"))
_LONGEST_SLUG = 100
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|hei[cf])$", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|zip|rar|mp3|m4a|mp4|webm|svg|csv|txt)$", re.IGNORECASE
)
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):\S", re.IGNORECASE)
_FAR_PICTURE = re.compile(
    r"(?<!\\)!\[(?P<alt>[^\[\]]*)\]\(\s*<?(?P<address>(?:https?:)?//[^\s<>()]*(?:\([^()\s]*\)[^\s<>()]*)*)>?"
    r"(?:\s+(?:\"(?P<title>[^\"]*)\"|'(?P<other>[^']*)'))?\s*\)"
)
_FAR_IMAGE = re.compile(
    r"<img\b[^>]*?\bsrc\s*=\s*[\"'](?P<address>(?:https?:)?//[^\"']+)[\"'][^>]*>", re.IGNORECASE
)
_ALT = re.compile(r"\balt\s*=\s*[\"'](?P<alt>[^\"']*)[\"']", re.IGNORECASE)
_INLINE = re.compile(r"data:image/[\w.+-]+;base64,(?P<data>[A-Za-z0-9+/=]+)")
_UNSHOWN = re.compile(
    rf"!\[(?P<alt>[^\[\]]*)\]\({UNLINKED}(?P<path>[^()\s]*)(?:\s+\"(?P<title>[^\"]*)\")?\s*\)"
)
_UNLINKED = re.compile(rf"(?<!!)\[(?P<words>[^\[\]]*)\]\({UNLINKED}(?P<path>[^()\s]*)[^()]*\)")

_PHOTO_ELSEWHERE = mark("A photo is not beside the source, and is a link now: {address}")
_PHOTO_AWAY = mark("The photo is not beside the source: {address}")
_PHOTO_UNNAMED = mark("The photo is not beside the page; its caption is kept: {words}")
_PHOTO_ALONE = mark("The photo has no caption, and stands at the beginning of the text: {address}")
_PHOTO_UNUSABLE = mark("A photo cannot be shown: {address}")
_LINK_NOWHERE = mark("A link leads to no page, and became text: {address}")
_LINK_BROKEN = mark("A link leads to no page: {address}")
_LINK_HIDDEN = mark("It links to a text that is not published yet: {path}")


class Taken(Record, frozen=True):
    """What became of one text: its file, or the one that was there (``known``).

    A ``twin`` was read before, under another name.
    ``far`` are the addresses of photos that lie elsewhere on the net.
    """

    origin: str
    path: str
    known: bool = False
    twin: bool = False
    is_draft: bool = False
    notes: tuple[Note, ...] = ()
    pictures: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    missing_category: str = ""


class _Planned(Record, frozen=True):
    """A text with the place that it gets."""

    text: OldText
    collection: Collection
    choice: Choice
    slug: str
    path: str


class _Made(Record, frozen=True):
    """A text as it is written, but for whether it is a draft."""

    plan: _Planned
    fields: dict[str, str]
    body: str
    notes: tuple[Note, ...]
    links: frozenset[str]
    pictures: tuple[str, ...]
    far: tuple[str, ...]
    is_draft: bool
    remarks: tuple[str, ...] = ()


def take_over(
    root: Path,
    config: Config,
    collections: Iterable[Collection],
    mapping: Mapping[str, str],
    known: KnownTexts,
    now: datetime,
    describe: Callable[[Note], str],
) -> Iterator[Taken]:
    """Write texts as files, over nothing that is there, and yield what became of each.

    What a site ``known`` to hold is left alone. ``mapping`` gives categories new names. A text
    about which something is uncertain is a draft, in which this is written as ``describe`` says it.
    """
    planner = _Planner(config, mapping, known, now)
    for collection in collections:
        for text in collection.texts:
            planner.add(text, collection)
    yield from planner.there
    writer = _Writer(root, config, planner.addresses, planner.files, now)
    made = [writer.make(each) for each in planner.plans]
    for each in _settle(made):
        remarks = tuple(map(describe, each.notes)) if each.is_draft else ()
        target = root / each.plan.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_format(each, remarks))
        choice = each.plan.choice
        missing = "" if choice.category or each.plan.text.is_page else choice.name
        yield Taken(
            each.plan.text.origin,
            each.plan.path,
            is_draft=each.is_draft,
            notes=each.notes,
            pictures=each.pictures,
            far=each.far,
            missing_category=missing,
        )


def _settle(made: list[_Made]) -> list[_Made]:
    """Return texts of which none that is published links to a draft."""
    drafts = {each.plan.path for each in made if each.is_draft}
    settled = made
    while True:
        waiting = {
            each.plan.path: min(each.links & drafts)
            for each in settled
            if not each.is_draft and each.links & drafts
        }
        if not waiting:
            return settled
        settled = [
            msgspec.structs.replace(
                each,
                is_draft=True,
                notes=(*each.notes, Note(_LINK_HIDDEN, {"path": waiting[each.plan.path]})),
            )
            if each.plan.path in waiting
            else each
            for each in settled
        ]
        drafts |= waiting.keys()


def _format(made: _Made, remarks: tuple[str, ...]) -> str:
    fields = made.fields | ({"draft": "true"} if made.is_draft else {})
    comments = [*made.remarks, write_key(made.plan.text), *(f"# - {each}" for each in remarks)]
    return format_file(fields, comments, made.body)


class _Planner:
    """Gives each new text its category and its path, and knows where every address leads."""

    def __init__(
        self, config: Config, mapping: Mapping[str, str], known: KnownTexts, now: datetime
    ) -> None:
        self._config = config
        self._mapping = mapping
        self._known = known
        self._now = now
        self._taken = set(known.paths)
        self._keys: dict[str, str] = {}
        self._own = dict(known.own)
        self._titles: dict[tuple[str, str], str] = {}
        self._others = dict(known.addresses)
        self.plans: list[_Planned] = []
        self.there: list[Taken] = []
        # The files of folders, by their paths there.
        self.files: dict[str, str] = {}

    @property
    def addresses(self) -> dict[str, str]:
        """Where each old address leads: first those that texts had, then those that they name."""
        return self._others | self._own

    def add(self, text: OldText, collection: Collection) -> None:
        found = self._known.find(text)
        twin = "" if found else self._find_twin(text)
        if found or twin:
            self.there.append(Taken(text.origin, found or twin, known=True, twin=bool(twin)))
            self._remember(text, found or twin)
            return
        choice = choose_category(text.categories, self._mapping, self._config)
        slug, path = self._place(text, choice)
        self._taken.add(path)
        self._keys[text.key] = path
        if text.date:
            self._titles.setdefault(name_titled(text), path)
        self._remember(text, path)
        self.plans.append(_Planned(text, collection, choice, slug, path))

    def _find_twin(self, text: OldText) -> str:
        """Return the path of the same text, which was read before in this run."""
        address = name_own_address(text)
        if found := self._keys.get(text.key) or self._own.get(address, ""):
            return found
        return self._titles.get(name_titled(text), "") if text.date and not address else ""

    def _remember(self, text: OldText, path: str) -> None:
        if address := name_own_address(text):
            self._own.setdefault(address, path)
        for each in text.aliases[1:]:
            self._others.setdefault(fold_path(read_path(each, text.address) or each), path)
        if text.path:
            self.files[text.path] = path

    def _place(self, text: OldText, choice: Choice) -> tuple[str, str]:
        slug = slugify(text.slug) or slugify(text.title) or "bai"
        slug = slug[:_LONGEST_SLUG].strip("-")
        if slug in RESERVED_SLUGS:
            slug = slugify(text.title)[:_LONGEST_SLUG].strip("-") or f"{slug}-1"
        if text.is_page:
            folder = _PAGES
        else:
            below = choice.category.path if choice.category else slugify(choice.name) or "khac"
            year = (text.date or self._now).year
            folder = f"content/{below}/{year:04}"
            if folder.startswith(_OTHER_FOLDERS):
                folder = f"content/bai-{below}/{year:04}"
        number = 1
        while True:
            own = f"{slug}-{number}" if number > 1 else slug
            path = f"{folder}/{own}.md"
            if path not in self._taken:
                return own, path
            number += 1


class _Writer:
    """Makes the file of one text after another; photos that several of them have are saved once."""

    def __init__(
        self,
        root: Path,
        config: Config,
        addresses: dict[str, str],
        files: dict[str, str],
        now: datetime,
    ) -> None:
        self._root = root
        self._config = config
        self._addresses = addresses
        self._files = files
        self._now = now
        self._saved: dict[str, str] = {}
        self._lying = list_by_size(root)
        self._begin(None)

    def _begin(self, plan: "_Planned | None") -> None:
        self._plan = plan
        self._notes: list[Note] = []
        self._links: set[str] = set()
        self._pictures: list[str] = []
        self._far: list[str] = []

    def make(self, plan: _Planned) -> _Made:
        """Return the file of a text. Its photos are saved."""
        self._begin(plan)
        text = plan.text
        self._notes += [*text.notes, *(() if text.is_page else plan.choice.notes)]
        body = self._write_body(plan)
        fields, remarks, body = self._write_fields(plan, body)
        doubtful = any(not each.certain for each in self._notes)
        is_draft = text.is_draft or doubtful or not (plan.choice.category or text.is_page)
        made = self._finish(plan, fields, body, remarks, is_draft=is_draft)
        fields, problems = self._drop_own_address(made)
        if problems and not is_draft:
            told = mark("Something in it is wrong, which sitegen check tells: {words}")
            self._tell(told, words=", ".join(sorted(problems)))
            is_draft = True
        return self._finish(plan, fields, body, remarks, is_draft=is_draft)

    def _finish(
        self,
        plan: _Planned,
        fields: dict[str, str],
        body: str,
        remarks: tuple[str, ...],
        *,
        is_draft: bool,
    ) -> _Made:
        notes = {(each.text, str(each.values)): each for each in self._notes}
        return _Made(
            plan,
            fields,
            body,
            tuple(notes.values()),
            frozenset(self._links - {plan.path}),
            tuple(dict.fromkeys(self._pictures)),
            tuple(dict.fromkeys(self._far)),
            is_draft,
            remarks,
        )

    def _tell(self, text: str, *, certain: bool = False, **values: str) -> None:
        self._notes.append(Note(text, values, certain=certain))

    def _drop_own_address(self, made: _Made) -> tuple[dict[str, str], set[str]]:
        """Return the fields without the old address that is the new one, and what is wrong."""
        source = _format(made, ()).encode()
        document, problems = read_text(source, made.plan.path, self._config)
        fields = dict(made.fields)
        url = getattr(document, "url", "")
        aliases = getattr(document, "aliases", ())
        kept = [each for each in aliases if fold_path(each) != fold_path(url)]
        if len(kept) < len(aliases):
            fields.pop("aliases")
            if kept:
                fields["aliases"] = _write_list(kept)
        return fields, {each.code for each in problems if not each.warning}

    # The fields of front matter

    def _write_fields(
        self, plan: _Planned, body: str
    ) -> tuple[dict[str, str], tuple[str, ...], str]:
        text = plan.text
        fields = {"title": quote(" ".join(text.title.split()) or plan.slug)}
        if not text.title.strip():
            self._tell(mark("No title was found: the name of the file stands for it."))
        if not text.is_page:
            fields |= self._write_dates(text)
            fields["category"] = quote(plan.choice.name)
        fields["slug"] = quote(plan.slug)
        if not text.is_page:
            fields |= self._write_names(text)
        if text.lead:
            fields["lead"] = quote(" ".join(text.lead.split()))
        found, remarks, body = self._write_photo(text, body)
        fields |= found
        tags = self._list_tags(text, plan.choice)
        if tags and not text.is_page:
            fields["tags"] = _write_list(tags)
        if text.is_page and text.updated:
            fields["updated"] = write_moment(text.updated)
        if text.is_featured and not text.is_page:
            fields["featured"] = "true"
        if text.views is not None and not text.is_page:
            fields["views"] = str(text.views)
        aliases = list(self._list_aliases(text))
        if aliases:
            fields["aliases"] = _write_list(aliases)
        return fields, remarks, body

    def _write_dates(self, text: OldText) -> dict[str, str]:
        if text.date is None:
            self._tell(mark("The day is not known: that of the import stands for it."))
            return {"date": write_moment(self._now)}
        fields = {"date": write_moment(text.date, has_time=text.has_time)}
        if text.updated and text.updated > text.date:
            fields["updated"] = write_moment(text.updated)
        if text.expires:
            if text.expires > text.date:
                fields["expires"] = write_moment(text.expires)
            else:
                self._tell(
                    mark("It was to end before it began: {day}"), day=f"{text.expires:%d/%m/%Y}"
                )
        return fields

    def _write_names(self, text: OldText) -> dict[str, str]:
        fields = {}
        authors = [*dict.fromkeys(" ".join(each.split()) for each in text.authors if each.strip())]
        if not authors and not text.source:
            self._tell(mark("No author was found."))
            authors = [DRAFT_AUTHOR]
        if authors:
            fields["author"] = quote(authors[0]) if len(authors) == 1 else _write_list(authors)
        if text.source:
            fields["source"] = quote(text.source)
        return fields

    def _list_tags(self, text: OldText, choice: Choice) -> list[str]:
        names = {fold(each): each for each in (*text.tags, *choice.tags) if each.strip()}
        names.pop(fold(choice.name), None)
        return [" ".join(each.split()) for each in names.values()]

    def _list_aliases(self, text: OldText) -> Iterator[str]:
        form = OldAddress("", "")
        seen = set()
        for each in text.aliases:
            path = read_path(each, text.address)
            if not path or fold_path(path) in seen or path == "/":
                continue
            written = re.sub(r"[\s#\\]", lambda sign: percent_encode(sign[0]), path)
            if not form.is_right(written):
                self._tell(mark("An old address cannot be kept: {address}"), address=each)
                continue
            seen.add(fold_path(path))
            yield written

    def _write_photo(self, text: OldText, body: str) -> tuple[dict[str, str], tuple[str, ...], str]:
        """Return the fields of the photo, those that wait in comments, and the text."""
        photo = text.photo
        if photo is None:
            return {}, (), body
        reference = self._save(photo.address) if photo.address else ""
        words = {
            "photo_caption": photo.caption,
            "photo_credit": photo.credit,
            "photo_alt": photo.alt,
        }
        written = {name: quote(" ".join(value.split())) for name, value in words.items() if value}
        if reference and photo.caption:
            # What is the photo already need not stand in the text once more.
            return {"photo": reference} | written, (), _drop_first(body, reference)
        if reference:
            if f"]({reference}" not in body:
                alt = photo.alt
                body = f"{write_picture(alt, reference)}\n\n{body}".strip()
                self._tell(_PHOTO_ALONE, certain=True, address=reference)
            return {}, (), body
        if not photo.address:
            self._tell(_PHOTO_UNNAMED, words=photo.caption)
        elif not any(photo.address in str(each.values) for each in self._notes):
            self._note_missing(photo.address, _PHOTO_AWAY)
        waiting = tuple(f"# {name}: {value}" for name, value in written.items())
        return {}, ("# photo: /media/…", *waiting) if waiting else (), body

    # Links and pictures

    def _write_body(self, plan: _Planned) -> str:
        text = plan.text
        if text.markdown:
            return self._write_markdown(text.markdown)
        blocks = [*self._map(text.blocks), *self._map(text.footnotes)]
        return write_blocks(map_links(blocks, self._lead))

    def _map(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield blocks with the places of their pictures; what lies elsewhere becomes a link."""
        for block in blocks:
            if block.kind == "picture":
                yield self._place_picture(block)
                continue
            yield msgspec.structs.replace(
                block,
                children=tuple(self._map(block.children)),
                rows=tuple(tuple(self._map(row)) for row in block.rows),
            )

    def _place_picture(self, block: Block) -> Block:
        caption, credit = split_credit(block.text)
        if not block.address:
            self._tell(_PHOTO_UNNAMED, words=block.text)
            return msgspec.structs.replace(block, kind="paragraph")
        reference = self._save(block.address)
        if reference:
            alt = block.alt or caption or credit
            return msgspec.structs.replace(block, address=reference, alt=alt)
        address = self._note_missing(block.address, _PHOTO_ELSEWHERE)
        shown = block.text or block.alt or address
        if not _SAFE_LINK.match(address):
            return Block("paragraph", runs=(Run(shown),))
        return Block("paragraph", runs=(Run(shown, link=address),))

    def _note_missing(self, address: str, text: str) -> str:
        """Tell that a picture is not beside the source, and return its address on the net."""
        plan = self._plan
        base = plan.text.address if plan else ""
        whole = urljoin(base, address) if base else address
        if _SAFE_LINK.match(whole):
            self._far.append(whole)
        self._tell(text, address=whole)
        return whole

    def _save(self, address: str) -> str:
        """Return how a text names a picture that lies beside its source, or nothing."""
        plan = self._plan
        if plan is None:
            return ""
        if address in plan.text.pictures:
            return self._use(
                self._save_photo(plan.text.pictures[address], plan.slug, plan, address)
            )
        found = find_file(address, plan.text, plan.collection)
        if found is None:
            return ""
        if str(found) not in self._saved:
            if _DOCUMENT.search(found.name):
                self._saved[str(found)] = self._copy(found, plan)
            else:
                source = read_file(found)
                self._saved[str(found)] = self._save_photo(source, found.name, plan, address)
        return self._use(self._saved[str(found)])

    def _use(self, reference: str) -> str:
        if reference:
            self._pictures.append(f"content{reference}")
        return reference

    def _save_photo(self, source: bytes, name: str, plan: _Planned, address: str) -> str:
        digest = hashlib.sha256(source).hexdigest()
        if digest in self._saved:
            return self._saved[digest]
        try:
            prepared = prepare_photo(source, name)
        except UsageError:
            self._tell(_PHOTO_UNUSABLE, address=address)
            return ""
        moment = plan.text.date or self._now
        folder = name_folder(f"{moment.year:04}")
        check_folder(self._root, folder)
        stem = name_photo(name, prepared.moment, moment)
        saved = save_among(self._root, folder, stem, prepared, self._lying)
        self._saved[digest] = saved.reference
        return saved.reference

    def _copy(self, found: Path, plan: _Planned) -> str:
        """Return how a text names a document, which is copied as it is."""
        source = read_file(found)
        year = (plan.text.date or self._now).year
        folder = PurePosixPath(MEDIA, "tai-lieu", f"{year:04}")
        target = check_folder(self._root, folder)
        stem = slugify(normalise(found.stem)) or "tai-lieu"
        number = 1
        while True:
            name = f"{stem}-{number}" if number > 1 else stem
            path = target / f"{name}{found.suffix.lower()}"
            number += 1
            if path.exists():
                if read_file(path) != source:
                    continue
            else:
                target.mkdir(parents=True, exist_ok=True)
                path.write_bytes(source)
            reference = path.relative_to(self._root / "content").as_posix()
            return f"/{reference}"

    def _lead(self, address: str) -> str:
        """Return where a link leads now: to a text, a file, the net, or nowhere."""
        plan = self._plan
        if plan is None or address.startswith(("mailto:", "tel:")):
            return address
        inside = self._lead_inside(address, plan)
        if inside:
            return inside
        whole = urljoin(plan.text.address, address) if plan.text.address else address
        if (
            _SAFE_LINK.match(whole)
            and urlsplit(whole).hostname != urlsplit(self._config.url).hostname
        ):
            return whole
        self._tell(_LINK_NOWHERE, certain=True, address=address)
        return ""

    def _lead_inside(self, address: str, plan: _Planned) -> str:
        part = address.partition("#")[2]
        path = read_path(address, plan.text.address or plan.collection.base)
        target = self._addresses.get(fold_path(path), "") if path else ""
        target = target or self._find_by_file(address, plan)
        if target:
            self._links.add(target)
            return write_reference(plan.path, target) + (f"#{part}" if part else "")
        bare = urlsplit(address).path if "://" in address[:10] else address
        bare = bare.partition("?")[0].partition("#")[0]
        if _PICTURE.search(bare) or _DOCUMENT.search(bare):
            return self._save(address)
        return ""

    def _find_by_file(self, address: str, plan: _Planned) -> str:
        """Return the text that a link to a file of the same folder names."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        if not plan.text.path or "://" in path or not path:
            return ""
        if path.startswith("/"):
            return self._files.get(path.lstrip("/"), "")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(plan.text.path), path))
        return self._files.get(near) or self._files.get(posixpath.join(near, "index.md"), "")

    def _write_markdown(self, body: str) -> str:
        """Return Markdown with the places of its pictures and links, and all else as it was."""
        body = _INLINE.sub(self._write_inline_picture, normalise(body))
        body = self._write_far_pictures(body)

        def rewrite(reference: str) -> str:
            if f"content{reference}" in self._pictures:
                return reference
            if _PICTURE.search(reference) or _DOCUMENT.search(reference):
                saved = self._save(percent_encode(reference, safe="/:"))
                if saved:
                    return saved
                if _PICTURE.search(reference):
                    # Below, what lies on the net becomes a link.
                    whole = urljoin(plan.text.address, reference) if plan else reference
                    if _SAFE_LINK.match(whole):
                        return whole
                    self._tell(_PHOTO_AWAY, address=reference)
                    return UNLINKED + reference
            led = self._lead(reference)
            if led:
                return led.partition("#")[0]
            return UNLINKED + reference

        plan = self._plan
        base = plan.collection.base if plan else ""
        # Of an address of the old site, its whole path is read.
        site = "/".join(base.split("/")[:3]) if base.startswith("http") else ""
        body = rewrite_references(body, rewrite, site)
        body = self._write_far_pictures(body)
        body = _UNSHOWN.sub(_name_picture, body)
        body = _UNLINKED.sub(self._unlink, body)
        for found in re.finditer(rf"{UNLINKED}(\S*)", body):
            self._tell(_LINK_BROKEN, address=unquote(found[1].rstrip(")\"'>")))
        return body.replace(UNLINKED, "").strip("\n")

    def _write_inline_picture(self, found: re.Match[str]) -> str:
        """Return how a text names a picture that stands in it whole."""
        plan = self._plan
        if plan is None:
            return found[0]
        try:
            source = base64.b64decode(found["data"])
        except ValueError:
            source = b""
        return self._use(self._save_photo(source, plan.slug, plan, f"{found[0][:30]}…")) or found[0]

    def _unlink(self, found: re.Match[str]) -> str:
        self._tell(_LINK_NOWHERE, certain=True, address=unquote(found["path"]))
        return found["words"]

    def _write_far_pictures(self, body: str) -> str:
        """Return Markdown in which pictures of the net are links, or the files beside it."""
        hidden = hide_code(body)
        made, done = [], 0
        both = sorted(
            [*_FAR_PICTURE.finditer(hidden), *_FAR_IMAGE.finditer(hidden)],
            key=lambda found: found.start(),
        )
        for found in both:
            if found.start() < done:
                continue
            written = body[found.start() : found.end()]
            words = found.groupdict()
            title = words.get("title") or words.get("other") or ""
            described = _ALT.search(written)
            alt = words.get("alt") or (described["alt"] if described else "")
            reference = self._save(found["address"])
            if reference:
                shown = write_picture(alt, reference, title)
            else:
                address = self._note_missing(found["address"], _PHOTO_ELSEWHERE)
                address = address if "://" in address else f"https:{address}"
                shown = f"[{title or alt or address}]({address})"
            made += [body[done : found.start()], shown]
            done = found.end()
        return "".join((*made, body[done:]))


def _name_picture(found: re.Match[str]) -> str:
    """Return the words of a picture that is nowhere, with the name of its file."""
    words = found["title"] or found["alt"]
    return f"{words} (`{unquote(found['path'])}`)".strip()


def _drop_first(body: str, reference: str) -> str:
    """Return Markdown without the picture with which it begins, if this is the photo."""
    first, _, rest = body.partition("\n\n")
    alone = re.fullmatch(r"!\[[^\[\]]*\]\((?P<address>[^\s()]+)[^()\n]*\)", first.strip())
    return rest.lstrip("\n") if alone and alone["address"] == reference else body


def _write_list(names: Iterable[str]) -> str:
    return f"[{', '.join(map(quote, names))}]"
