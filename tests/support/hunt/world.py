"""A tiny site on disk whose files, time, cache and output the edits change at will."""

import json
import os
import random
import shutil
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from sitegen.build import Request
from sitegen.foundation.parts import digest_bytes
from support.hunt.pictures import DOCUMENTS, PICTURES
from support.hunt.theme import write_theme
from support.site_folder import ZONE

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)

# By the clock of the tiny site, every change within one era happens at the same moment; from one
# era to the next ten seconds pass, which is more than any file system needs to tell them apart.
ERA_NANOSECONDS = 10_000_000_000

CONFIG: dict[str, Any] = {
    "site": {"title": "Cổng", "url": "https://example.org"},
    "categories": [
        {"name": "Tin tức", "slug": "tin"},
        {"name": "Đảng", "slug": "dang", "children": [{"name": "Đoàn", "slug": "doan"}]},
    ],
    "lists": {
        "page_size": 2,
        "neighbours": 1,
        "front_featured": 1,
        "front_latest": 2,
        "front_block": 1,
        "feed": 2,
        "months": False,
    },
}
# The folders of those texts that are not news.
PAGES, PEOPLE = "content/pages/", "content/people/"
INPUTS = ("content", "templates", "config.yaml")

TRANSLATION = '{language: en, title: "News", url: "https://a.vn/en/"}'

Fields = dict[str, str]


class World:
    """One site, with its clock, and the copies of what it was that an edit may bring back.

    ``root`` is the site. ``now``, ``drafts``, ``search`` and ``jobs`` are what the next build is
    asked for, and ``clean`` for the next one alone; ``version`` is that of the generator. ``first``
    are the inputs to begin with, ``good`` those of the last build that went well, ``failed`` tells
    whether the last one did not.
    Everything that happens is decided by the seeds of the edits, so a sequence that failed fails
    again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "site"
        self.output = folder / "public" / "output"
        self.config: dict[str, Any] = json.loads(json.dumps(CONFIG))
        self.now = NOW
        self.drafts = False
        self.search = True
        self.jobs = 1
        self.version = ""
        self.clean = False
        self.good: dict[str, bytes] = {}
        self.first: dict[str, bytes] = {}
        self.failed = False
        self.trash: list[tuple[str, bytes]] = []
        self._copies = 0
        self._kept: dict[str, list[tuple[Path, ...]]] = {}
        self._eras: list[int] = []
        self.output.parent.mkdir(parents=True)
        for path, text in write_theme().items():
            self.write(path, text.encode())
        self.write_config()

    # Time ----------------------------------------------------------------------------------------

    def pass_time(self) -> None:
        """Begin another era: whatever is changed from here on is seen to be later."""
        before = self._read_real_clock()
        while (moment := self._read_real_clock()) <= before:
            pass
        self._eras.append(moment)

    def read_clock(self, _folder: Path | None = None) -> int:
        """Return the time by the clock of the tiny site's file system."""
        return len(self._eras) * ERA_NANOSECONDS

    def describe(self, status: os.stat_result) -> os.stat_result:
        """Return what the tiny site's file system says of a file, by its own clock."""
        return cast(
            "os.stat_result",
            SimpleNamespace(
                st_size=status.st_size,
                st_mtime_ns=self._translate(status.st_mtime_ns),
                st_ctime_ns=self._translate(status.st_ctime_ns),
                st_ino=status.st_ino,
            ),
        )

    def _translate(self, moment: int) -> int:
        return bisect_right(self._eras, moment) * ERA_NANOSECONDS

    def _read_real_clock(self) -> int:
        clock = self.folder / "clock"
        clock.write_bytes(b"")
        return clock.stat().st_mtime_ns

    # Files ---------------------------------------------------------------------------------------

    def place(self, path: str) -> Path:
        """Return where a path relative to the root is."""
        return self.root / path

    def read(self, path: str) -> bytes:
        """Return the bytes of a file below the root."""
        return self.place(path).read_bytes()

    def write(self, path: str, data: bytes, *, anew: bool = False) -> None:
        """Write a file below the root; ``anew`` as editors' programs do, by a rename."""
        place = self.place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        if anew:
            temporary = place.with_name(".new")
            temporary.write_bytes(data)
            temporary.replace(place)
        else:
            place.write_bytes(data)

    def write_config(self) -> None:
        """Write the configuration; JSON is YAML."""
        text = json.dumps(self.config, ensure_ascii=False, indent=1)
        self.write("config.yaml", text.encode())

    def delete(self, path: str) -> None:
        """Delete a file."""
        self.place(path).unlink()

    def list_files(self, *tops: str) -> list[str]:
        """Return the paths of all files below ``tops``, in order."""
        return sorted(path for top in tops for path in list_below(f"{self.root}", top))

    def list_texts(self, *folders: str) -> list[str]:
        """Return the paths of all texts, or of those that lie in ``folders``."""
        return [
            path
            for path in self.list_files("content")
            if path.endswith(".md") and path.startswith(folders or "content/")
        ]

    def list_articles(self) -> list[str]:
        """Return the paths of the articles: of all texts that no other kind has for its own."""
        others = (PAGES, PEOPLE)
        return [path for path in self.list_texts() if not path.startswith(others)]

    def list_media(self) -> list[str]:
        """Return the paths of the pictures and documents."""
        return [path for path in self.list_files("content") if not path.endswith(".md")]

    def copy_inputs(self) -> dict[str, bytes]:
        """Return all that a build reads, by path."""
        return {path: read_file(f"{self.root}/{path}") for path in self.list_files(*INPUTS)}

    def restore_inputs(self, kept: dict[str, bytes]) -> None:
        """Make the inputs what they were; what is already so is not touched."""
        there = self.copy_inputs()
        for path in sorted(there.keys() - kept.keys()):
            self.delete(path)
        for path, data in kept.items():
            if there.get(path) != data:
                self.write(path, data)
        self.config = json.loads(self.read("config.yaml"))

    # Texts ---------------------------------------------------------------------------------------

    def pick_article(self, chance: random.Random) -> str:
        """Return an article; a site without one gets one."""
        if not self.list_articles():
            self.add_article(chance, "content/tin/bai-0.md")
        return chance.choice(self.list_articles())

    def pick_person(self, chance: random.Random) -> str:
        """Return the file of a person; a site without people gets one."""
        if not self.list_texts(PEOPLE):
            self.add_person(chance, f"{PEOPLE}{chance.choice(sorted(PERSONS))}.md")
        return chance.choice(self.list_texts(PEOPLE))

    def pick_text(self, chance: random.Random) -> str:
        """Return an article, a standing page or a person."""
        self.pick_article(chance)
        return chance.choice(self.list_texts())

    def add_article(self, chance: random.Random, path: str, **fields: str) -> None:
        """Write an article that is complete, with a slug of its own most of the time."""
        stem = Path(path).stem
        complete = {
            "title": json.dumps(f"Bài {stem}", ensure_ascii=False),
            "date": chance.choice(DATES),
            "category": chance.choice(CATEGORIES),
            "author": chance.choice(AUTHORS[:5]),
        }
        if chance.random() < 0.6:
            complete["slug"] = stem
        # What is there can be changed while the body begins on the same line.
        known = {"lead": "Sa-pô.", "dateline": "Tam Kỳ", "source": "Báo", "views": "5"}
        complete |= {name: value for name, value in known.items() if chance.random() < 0.4}
        if chance.random() < 0.5:
            complete["tags"] = chance.choice(TAGS)
        if chance.random() < 0.3:
            complete |= {"photo": chance.choice(PHOTOS), "photo_caption": "Ảnh"}
        self.write_text(path, complete | fields, chance.choice(BODIES))

    def add_person(self, chance: random.Random, path: str, body: str = "") -> None:
        """Write a person; most have a slug and a number of their own."""
        stem = Path(path).stem
        fields = {"name": PERSONS[stem], "post": chance.choice(POSTS), "unit": chance.choice(UNITS)}
        if chance.random() < 0.7:
            fields |= {"slug": stem, "order": chance.choice(ORDERS)}
        # What is there can be changed while the body begins on the same line.
        known = {"telephone": TELEPHONES[0], "mail": MAILS[0], "photo": chance.choice(PHOTOS)}
        fields |= {name: value for name, value in known.items() if chance.random() < 0.5}
        self.write_text(path, fields, body)

    def read_text(self, path: str) -> tuple[Fields, str]:
        """Return the front matter, by names, and the body of a text."""
        _, front, body = self.read(path).decode().split("---\n", 2)
        pairs = (line.partition(": ") for line in front.splitlines())
        return {name: value for name, _, value in pairs}, body

    def write_text(self, path: str, fields: Fields, body: str, *, anew: bool = False) -> None:
        """Write a text of any kind."""
        self.write(path, self.format_text(fields, body), anew=anew)

    @staticmethod
    def format_text(fields: Fields, body: str) -> bytes:
        """Return the bytes of a text of any kind."""
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
        return f"---\n{lines}---\n{body}".encode()

    def set_field(self, path: str, name: str, value: str) -> None:
        """Give a field another value, or take it away where that is empty."""
        fields, body = self.read_text(path)
        fields[name] = value
        if name == "photo" and value:
            fields.setdefault("photo_caption", "Ảnh")
        if name == "photo" and not value:
            for each in ("photo_caption", "photo_credit", "photo_alt", "photo_focus"):
                fields.pop(each, None)
        self.write_text(path, fields, body)

    # The cache and the output --------------------------------------------------------------------

    @property
    def cache(self) -> Path:
        """Where the generator remembers."""
        return self.root / ".sitegen"

    @property
    def manifest(self) -> Path:
        """The manifest of the output, which stands beside the output."""
        return self.output.parent / f".{self.output.name}.list"

    def keep(self, kind: str, *places: Path) -> None:
        """Copy files or folders aside, as a CI cache does, if all of them are there."""
        if not all(place.exists() for place in places):
            return
        copies = []
        for place in places:
            self._copies += 1
            copy = self.folder / "copies" / f"{self._copies}"
            copy.parent.mkdir(exist_ok=True)
            if place.is_dir():
                shutil.copytree(place, copy)
            else:
                shutil.copy2(place, copy)
            copies.append(copy)
        self._kept.setdefault(kind, []).append(tuple(copies))

    def choose_copy(self, kind: str, chance: random.Random) -> tuple[Path, ...]:
        """Return copies that were kept together, or nothing where none were."""
        kept = self._kept.get(kind)
        return chance.choice(kept) if kept else ()

    # Building ------------------------------------------------------------------------------------

    def request(self) -> Request:
        """Return what a build is asked for."""
        return Request(
            *(self.root, self.output, self.now, self.jobs, self.drafts),
            clean=self.clean,
            search=self.search,
        )

    def files(self, output: Path | None = None) -> dict[str, bytes]:
        """Return every file of the output by its path."""
        top = f"{output or self.output}"
        return {path: read_file(f"{top}/{path}") for path in list_below(top)}

    def digest_inputs(self) -> bytes:
        """Return the digest of all that a build from nothing is made of."""
        asked = (self.now.isoformat(), self.drafts, self.search, self.version)
        return digest_bytes(repr((sorted(self.copy_inputs().items()), asked)).encode())

    def build_clean(self, build: Callable[[Request], Any]) -> tuple[Any, dict[str, bytes]]:
        """Return what ``build`` gives and writes of the same inputs where there is nothing yet."""
        place = self.folder / "clean"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        aside = self.folder / "aside"
        existed = self.cache.exists()
        if existed:
            self.cache.rename(aside)
        try:
            output, search = place / "output", self.search
            request = Request(self.root, output, self.now, 1, self.drafts, search=search)
            result = build(request)
            return result, self.files(place / "output")
        finally:
            shutil.rmtree(self.cache, ignore_errors=True)
            if existed:
                aside.rename(self.cache)


def list_below(top: str, part: str = "") -> Iterator[str]:
    """Return the paths of all files of ``top``, or of a part of it, relative to ``top``.

    Without :class:`Path`, which looks at files so slowly that a hunt takes a sixth longer.
    """
    start = f"{top}/{part}" if part else top
    if os.path.isfile(start):  # noqa: PTH113
        yield part
    for folder, _, names in os.walk(start):
        yield from (f"{folder}/{name}".removeprefix(f"{top}/") for name in names)


def read_file(path: str) -> bytes:
    """Return the bytes of a file."""
    with open(path, "rb") as file:  # noqa: PTH123 (as above)
        return file.read()


def moment(days: float) -> str:
    """Return a date ``days`` from the first ``now``, as editors write it."""
    return (NOW + timedelta(days=days)).strftime("%Y-%m-%d %H:%M")


# What edits choose from: few values, so that articles often share one.
DATES = [
    "2023-03-06 09:34",
    *(moment(days) for days in (-40, -9, -5.1, -5, -5, -3, -1.1, -1, 1, 3)),
]
CATEGORIES = ["Tin tức", "tin", "Đảng", "dang", "dang/doan", "dang/doan", "Đoàn"]
AUTHORS = ["Thu Hà", "thu hà", "[Thu Hà, Văn Bình]", "Văn Bình", "[Đỗ An]", ""]
TAGS = ["[Bầu cử]", "[bầu cử, Đại hội]", "[Đại hội]", ""]
# Of a person: the name, by that of the file, and what is known. Some values are as long as others.
PERSONS = {"an": "Lê Văn An", "binh": "Lê Bình", "chi": "Bùi Chi"}
POSTS = ["Chuyên viên", "Trưởng ban", "Văn thư"]
UNITS = ["Phòng 1", "Phòng 2", "Ban Tổ chức", ""]
ORDERS = ["1", "2", "3", ""]
TELEPHONES = ["0235 1", "0235 2", ""]
MAILS = ["an@example.org", "an@example.net", ""]
PHOTOS = ["/media/a.svg", "/media/b.svg", "/media/c.jpg"]
PERMALINKS = ["/{category}/{year}/{month}/{slug}/", "/{year}/{slug}/", "/bai/{slug}/"]
LINKS = [
    "[bài](../tin/bai-1.md)",
    "[bài](../tin/bai-2.md#muc)",
    "[bài](../doan/bai-3.md)",
    "[mục](/dang/doan/)",
    "[thẻ](/the/bau-cu/)",
    "[trang](../pages/gioi-thieu.md)",
    "[tệp](/media/van-ban.pdf)",
    "![ảnh](/media/a.svg)",
    "![ảnh](/media/c.jpg)",
    "[An](../people/an.md)",
    "[Bình](../people/binh.md)",
    "[mọi người](/co-cau-to-chuc/)",
]
BODIES = [
    "\nNội dung.\n",
    "\nNội dung *khác*.\n",
    "\n## Mục\n\nĐoạn một.\n\nĐoạn hai.\n",
    *(f"\nXem {link} này.\n" for link in LINKS),
]


def fill(world: World, chance: random.Random) -> None:
    """Give a new world its first articles, pages, people, pictures and documents."""
    world.config["permalink"] = chance.choice(PERMALINKS)
    world.write_config()
    for name in ("a.svg", "b.svg", "c.jpg"):
        world.write(f"content/media/{name}", chance.choice(PICTURES[Path(name).suffix]))
    world.write("content/media/van-ban.pdf", DOCUMENTS[0])
    page = {"title": "Chương 1", "slug": "gioi-thieu"}
    world.write_text("content/pages/gioi-thieu.md", page, "\nTrang.\n")
    # One has a page of the person's own, and one has not.
    world.add_person(chance, f"{PEOPLE}an.md", f"\nXem {LINKS[0]}, {LINKS[6]}.\n")
    world.add_person(chance, f"{PEOPLE}binh.md")
    places = ["tin/bai-1", "tin/bai-2", "doan/bai-3", "dang/bai-4", "tin/bai-5"]
    # In half of the worlds all articles are related.
    related = chance.random() < 0.5
    for place in places[: chance.choice([3, 5, 5])]:
        fields = {"date": chance.choice(DATES[:-2]), "author": chance.choice(AUTHORS[:5])}
        # What links lead to is there.
        if place == places[0] or related:
            fields["tags"] = TAGS[0]
        if place == places[0]:
            fields["translations"] = f"[{TRANSLATION}]"
        world.add_article(chance, f"content/{place}.md", **fields)
    # What only drafts show; nothing leads there, so there is nothing to warn of.
    hidden = {"date": DATES[0], "slug": "nhap", "category": "dang", "draft": "true"}
    world.add_article(chance, "content/dang/nhap.md", **hidden)
    first = f"content/{places[0]}.md"
    links = f"{LINKS[1]}, {LINKS[6]}, {LINKS[10]}"
    world.write_text(first, world.read_text(first)[0], f"\nXem {links}.\n")
    world.pass_time()
    world.good = world.first = world.copy_inputs()
