"""Everything that happens to a site between two builds, each as a verb that is given the world.

An edit works on whatever it finds, so that any part of a sequence of edits is a sequence too. It
chooses by the generator of random numbers that it is given, and says what it did.
"""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from support.hunt.pictures import ALIKE, BROKEN_PICTURE, DOCUMENTS, PICTURES
from support.hunt.theme import (
    COMPUTED,
    COMPUTED_FRAGMENT,
    COMPUTED_OTHERWISE,
    EXTENDS,
    FRAGMENT,
    IMPORT,
    IMPORT_AS,
    INCLUDE,
    NESTED,
    OPTIONAL,
    VIEWS,
)
from support.hunt.world import (
    AUTHORS,
    BODIES,
    CATEGORIES,
    DATES,
    LINKS,
    MAILS,
    NOW,
    ORDERS,
    PAGES,
    PEOPLE,
    PERMALINKS,
    PERSONS,
    PHOTOS,
    POSTS,
    TAGS,
    TELEPHONES,
    TRANSLATION,
    UNITS,
    World,
    moment,
)

Edit = Callable[[World, random.Random], str]

EDITS: dict[str, Edit] = {}
WEIGHTS: dict[str, int] = {}

_FOLDERS = ("tin", "doan", "dang")
_NAMES = tuple(f"bai-{number}" for number in range(9))
_TEXT_FILES = (".html", ".xml", ".json", ".txt")
_WORD = re.compile(rb"[a-z]{3,}")


def _edit(weight: int = 2) -> Callable[[Edit], Edit]:
    """Register an edit, which is chosen in proportion to ``weight``."""

    def register(edit: Edit) -> Edit:
        name = edit.__name__
        EDITS[name], WEIGHTS[name] = edit, weight
        return edit

    return register


# Articles ----------------------------------------------------------------------------------------


@_edit(4)
def add_article(world: World, chance: random.Random) -> str:
    path = f"content/{chance.choice(_FOLDERS)}/{chance.choice(_NAMES)}.md"
    world.add_article(chance, path, author=chance.choice(AUTHORS[:5]))
    return f"write {path}"


@_edit(5)
def change_body(world: World, chance: random.Random) -> str:
    path = world.pick_text(chance)
    fields, _ = world.read_text(path)
    world.write_text(path, fields, chance.choice(BODIES), anew=chance.random() < 0.5)
    return f"another body in {path}"


_TRANSLATIONS = [
    TRANSLATION,
    '{language: lo, title: "ຂ່າວ", url: "https://a.vn/lo/"}',
]
_VALUES: dict[str, list[str]] = {
    "title": ['"Một"', '"Hai"', '"Ba & bốn"', '"bai-1"'],
    "lead": ["Sa-pô một.", "Sa-pô hai.", ""],
    "date": DATES,
    "category": CATEGORIES,
    "author": AUTHORS,
    "dateline": ["Tam Kỳ", "Hội An", ""],
    "source": ["Theo Báo", "Theo Đài", ""],
    "tags": TAGS,
    "photo": [*PHOTOS, ""],
    "slug": ["bai-moi", "bai-khac", "bai-1", ""],
    "updated": [moment(2), moment(5), ""],
    "expires": [moment(2), moment(4), moment(6), ""],
    "featured": ["true", ""],
    "draft": ["true", "true", ""],
    "views": ["7", "1200", ""],
    "aliases": ["[/cu/1.html]", "[/cu/2, /cu/3/]", '["/Default.aspx?id=5"]', ""],
    "translations": [*(f"[{each}]" for each in _TRANSLATIONS), f"[{', '.join(_TRANSLATIONS)}]", ""],
}
# What most pages show of an article.
_OFTEN = ["title", "date", "category", "lead", "photo", "tags", "source", "views"]
_PHOTO_VALUES: dict[str, list[str]] = {
    "photo_caption": ["Chú thích", "Lời khác"],
    "photo_credit": ["Ảnh của An", ""],
    "photo_alt": ["Mô tả", ""],
}


@_edit(24)
def change_field(world: World, chance: random.Random) -> str:
    """Change what an article says of itself: often the newest one, which most pages show."""
    path = _pick_newest(world, chance) if chance.random() < 0.3 else world.pick_article(chance)
    fields = world.read_text(path)[0]
    # A value in the place of another leaves the text where it was in the file.
    present = [name for name in fields if name in _VALUES]
    name = chance.choice([*_OFTEN, *sorted(_VALUES), *present])
    values = [value for value in _VALUES[name] if value != fields.get(name, "")]
    others = [value for value in values if value] if chance.random() < 0.7 else values
    return _set(world, path, name, chance.choice(others or values))


@_edit(4)
def change_photo_text(world: World, chance: random.Random) -> str:
    with_photo = [path for path in world.list_texts() if world.read_text(path)[0].get("photo")]
    if not with_photo:
        return _set(world, world.pick_article(chance), "photo", chance.choice(PHOTOS))
    path, name = chance.choice(with_photo), chance.choice(sorted(_PHOTO_VALUES))
    now = world.read_text(path)[0].get(name, "")
    value = chance.choice([each for each in _PHOTO_VALUES[name] if each != now])
    return _set(world, path, name, value)


def _set(world: World, path: str, name: str, value: str) -> str:
    if name == "author" and not value:
        world.set_field(path, "source", "Theo Báo")
    world.set_field(path, name, value)
    return f"{name}: {value or '(none)'} in {path}"


@_edit(4)
def translate_article(world: World, chance: random.Random) -> str:
    """Let an article have another translation, without moving its text in the file."""
    world.pick_article(chance)
    paths = world.list_articles()
    path = next((each for each in paths if "translations" in world.read_text(each)[0]), paths[0])
    values = [f"[{TRANSLATION.replace('News', title)}]" for title in ("News", "Week", "Town")]
    now = world.read_text(path)[0].get("translations")
    value = chance.choice([value for value in values if value != now])
    return _set(world, path, "translations", value)


@_edit(4)
def change_dateline(world: World, chance: random.Random) -> str:
    """Let an article be written elsewhere, without moving its text in the file."""
    path = world.pick_article(chance)
    with_one = [each for each in world.list_articles() if "dateline" in world.read_text(each)[0]]
    path = chance.choice(with_one or [path])
    places = _VALUES["dateline"][:2]
    now = world.read_text(path)[0].get("dateline")
    return _set(world, path, "dateline", places[1] if now == places[0] else places[0])


@_edit(4)
def change_byline(world: World, chance: random.Random) -> str:
    """Spell an author of an article in another way, without moving its text in the file."""
    path = world.pick_article(chance)
    spelled = AUTHORS[:2]
    with_one = [
        each for each in world.list_articles() if world.read_text(each)[0].get("author") in spelled
    ]
    path = chance.choice(with_one or [path])
    now = world.read_text(path)[0].get("author")
    return _set(world, path, "author", spelled[1] if now == spelled[0] else spelled[0])


@_edit(3)
def change_draft(world: World, chance: random.Random) -> str:
    path = world.pick_text(chance)
    value = "" if world.read_text(path)[0].get("draft") else "true"
    return _set(world, path, "draft", value)


@_edit(3)
def spoil_draft(world: World, chance: random.Random) -> str:
    """Write into a draft what only its page shows to be wrong, or mend it."""
    path = world.pick_article(chance)
    fields, body = world.read_text(path)
    wrong = "\n![Văn bản](/media/van-ban.pdf)\n"
    body = body.replace(wrong, "") if wrong in body else f"{body}{wrong}"
    world.write_text(path, fields | {"draft": "true"}, body)
    return f"a draft, right or wrong, in {path}"


@_edit(14)
def change_letter(world: World, chance: random.Random) -> str:
    """Change a file, but not its size; sometimes its time of modification is put back as well."""
    path = chance.choice([*world.list_texts(), *world.list_media()] or [world.pick_article(chance)])
    before = world.place(path).stat()
    data = world.read(path)
    if path.endswith(".md"):
        fields, body = world.read_text(path)
        name = chance.choice(["title", "lead", "name", "post", "body"])
        if fields.get(name):
            fields[name] = _change_last_letter(fields[name], chance)
        elif "bai-1.md" in body and chance.random() < 0.5:
            body = body.replace("bai-1.md", "bai-2.md", 1)
        else:
            body = _change_last_letter(body, chance)
        data = world.format_text(fields, body)
    else:
        versions = PICTURES.get(Path(path).suffix, DOCUMENTS)
        data = chance.choice([each for each in versions if len(each) == len(data)] or [data])
    anew = chance.random() < 0.3
    world.write(path, data, anew=anew)
    put_back = chance.random() < 0.5
    if put_back:
        os.utime(world.place(path), ns=(before.st_atime_ns, before.st_mtime_ns))
    grown = "" if world.place(path).stat().st_size == before.st_size else " (size differs)"
    return f"same size in {path}{grown}, {anew=}, {put_back=}"


def _change_last_letter(text: str, chance: random.Random) -> str:
    letters = [number for number, letter in enumerate(text) if letter in "abcdeghimnotuy"]
    if not letters:
        return text
    last = letters[-1]
    return text[:last] + chance.choice("abcdegy") + text[last + 1 :]


@_edit(3)
def delete_text(world: World, chance: random.Random) -> str:
    path = world.pick_text(chance)
    world.trash.append((path, world.read(path)))
    world.delete(path)
    return f"delete {path}"


@_edit(3)
def bring_back(world: World, chance: random.Random) -> str:
    if not world.trash:
        return add_article(world, chance)
    path, data = world.trash.pop()
    if chance.random() < 0.3:
        data = data.replace(b"\n---\n", b"\nviews: 3\n---\n", 1)
    world.write(path, data)
    return f"bring back {path}"


@_edit(3)
def move_text(world: World, chance: random.Random) -> str:
    path = world.pick_text(chance)
    folders = [each for each in (PAGES, PEOPLE) if path.startswith(each)]
    folder = folders[0] if folders else f"content/{chance.choice(_FOLDERS)}/"
    target = f"{folder}{chance.choice((*_NAMES, Path(path).stem))}.md"
    if world.place(target).exists():
        return f"{target} is there already"
    world.place(target).parent.mkdir(exist_ok=True)
    world.place(path).rename(world.place(target))
    return f"move {path} to {target}"


@_edit(3)
def move_below(world: World, chance: random.Random) -> str:
    """Move an article to a folder below its own or back: its relative links lead elsewhere."""
    world.pick_article(chance)
    paths = world.list_articles()
    linking = [path for path in paths if "](../" in world.read_text(path)[1]]
    path = Path(chance.choice(linking or paths))
    folder = path.parent.parent if path.parent.name == "2026" else path.parent / "2026"
    target = f"{folder / path.name}"
    if world.place(target).exists():
        return f"{target} is there already"
    world.place(target).parent.mkdir(exist_ok=True)
    world.place(f"{path}").rename(world.place(target))
    return f"move {path} to {target}"


@_edit(4)
def swap_files(world: World, chance: random.Random) -> str:
    kinds = [world.list_articles(), [p for p in world.list_media() if p.endswith(".svg")]]
    paths = chance.choice(kinds)
    if len(paths) < 2:
        return "nothing to swap"
    one, other = chance.sample(paths, 2)
    by_rename = chance.random() < 0.5
    if by_rename:
        between = world.place(one).with_name(".between")
        world.place(one).rename(between)
        world.place(other).rename(world.place(one))
        between.rename(world.place(other))
    else:
        data = world.read(one)
        world.write(one, world.read(other))
        world.write(other, data)
    return f"swap {one} and {other}, {by_rename=}"


@_edit(3)
def change_links(world: World, chance: random.Random) -> str:
    path = world.pick_text(chance)
    fields, _ = world.read_text(path)
    links = chance.sample(LINKS, 2)
    world.write_text(path, fields, f"\nXem {links[0]} và {links[1]}.\n")
    return f"{' '.join(links)} in {path}"


@_edit(3)
def touch_target(world: World, chance: random.Random) -> str:
    """Change, move, delete or hide what others link to."""
    targets = [
        path for path in world.list_texts() if Path(path).stem in {"bai-1", "bai-2", "bai-3"}
    ]
    if not targets:
        world.add_article(chance, "content/tin/bai-1.md")
        return "write content/tin/bai-1.md"
    path = chance.choice(targets)
    name, value = chance.choice([("slug", "dich-moi"), ("draft", "true"), ("date", DATES[0])])
    return _set(world, path, name, value)


@_edit(2)
def move_alias(world: World, chance: random.Random) -> str:
    paths = [path for path in world.list_texts() if world.read_text(path)[0].get("aliases")]
    if not paths:
        return _set(world, world.pick_article(chance), "aliases", "[/cu/1.html]")
    path, target = chance.choice(paths), chance.choice([*world.list_articles(), *paths])
    value = world.read_text(path)[0]["aliases"]
    _set(world, path, "aliases", "")
    return f"{_set(world, target, 'aliases', value)}, no longer in {path}"


@_edit(2)
def change_file_to_folder(world: World, chance: random.Random) -> str:
    """Let an old address be a file, then a folder of the same name, and the reverse."""
    path = world.pick_article(chance)
    now = world.read_text(path)[0].get("aliases", "")
    value = "[/cu/bai.html/khac/]" if now == "[/cu/bai.html]" else "[/cu/bai.html]"
    return _set(world, path, "aliases", value)


@_edit(4)
def warn_of_encoding(world: World, chance: random.Random) -> str:
    """Write what is read with a warning, which must be given again by every build."""
    path = world.pick_text(chance)
    fields, _ = world.read_text(path)
    world.write_text(path, fields, "\nC«ng t\xb8c x©y dùng §¶ng.\n")
    return f"an old encoding in {path}"


# Standing pages ----------------------------------------------------------------------------------

_PAGE_VALUES: dict[str, list[str]] = {
    "title": ['"Giới thiệu"', '"Liên hệ"', '"Áp phích"'],
    "slug": ["gioi-thieu", "lien-he", ""],
    "lead": ["Lời dẫn.", ""],
    "menu": ["true", ""],
    "photo": [*PHOTOS, ""],
    "updated": ["2026-11-01", "2026-11-02", ""],
    "aliases": ["[/cu/trang.html]", "[/cu/1.html]", ""],
    "translations": [f"[{_TRANSLATIONS[0]}]", ""],
}


@_edit(4)
def change_page(world: World, chance: random.Random) -> str:
    pages = world.list_texts(PAGES)
    if not pages or chance.random() < 0.2:
        path = f"content/pages/{chance.choice(['gioi-thieu', 'lien-he'])}.md"
        title = json.dumps(f"Trang {Path(path).stem}")
        world.write_text(path, {"title": title}, chance.choice(BODIES))
        return f"write {path}"
    name = chance.choice(sorted(_PAGE_VALUES))
    return _set(world, chance.choice(pages), name, chance.choice(_PAGE_VALUES[name]))


@_edit(5)
def rename_page(world: World, chance: random.Random) -> str:
    path = "content/pages/gioi-thieu.md"
    if not world.place(path).is_file():
        return change_page(world, chance)
    # Its address is in its front matter, and no title is longer than the others.
    return _set(world, path, "title", chance.choice(["Chương 1", "Chương 2", "Chương 3"]))


# People ------------------------------------------------------------------------------------------

_PERSON_VALUES: dict[str, list[str]] = {
    # Without a slug, one that is called like another has its address.
    "name": [*PERSONS.values(), "Lê An", "LÊ AN"],
    "post": POSTS,
    "unit": UNITS,
    "order": ORDERS,
    "telephone": TELEPHONES,
    "mail": MAILS,
    "photo": [*PHOTOS, ""],
    "slug": ["an", "le-an", ""],
    "draft": ["true", ""],
}
_BIOGRAPHIES = ["\nTiểu sử.\n", "\nTiểu sử *khác*.\n"]


@_edit(9)
def change_person(world: World, chance: random.Random) -> str:
    """Change one thing that is known of a person, or add a person."""
    lacking = [name for name in PERSONS if not world.place(f"{PEOPLE}{name}.md").is_file()]
    if lacking and chance.random() < 0.1:
        path = f"{PEOPLE}{chance.choice(lacking)}.md"
        world.add_person(chance, path, chance.choice(["", *_BIOGRAPHIES]))
        return f"write {path}"
    path = world.pick_person(chance)
    fields = world.read_text(path)[0]
    name = chance.choice([*_PERSON_VALUES, *(each for each in fields if each in _PERSON_VALUES)])
    values = [value for value in _PERSON_VALUES[name] if value != fields.get(name, "")]
    return _set(world, path, name, chance.choice(values))


@_edit(5)
def change_person_with_page(world: World, chance: random.Random) -> str:
    """Change what the page of a person shows beside its text, which does not move in the file."""
    with_page = [path for path in world.list_texts(PEOPLE) if world.read_text(path)[1].strip()]
    if not with_page:
        return change_biography(world, chance)
    path = chance.choice(with_page)
    name = chance.choice(["unit", "telephone", "mail"])
    now, values = world.read_text(path)[0].get(name), _PERSON_VALUES[name][:2]
    return _set(world, path, name, values[1] if now == values[0] else values[0])


@_edit(5)
def change_biography(world: World, chance: random.Random) -> str:
    """Give a person a page of the person's own, take it away, or let it lead elsewhere."""
    path = world.pick_person(chance)
    fields, now = world.read_text(path)
    links = [f"\nXem {link}.\n" for link in LINKS[:3]]
    bodies = ["", "", *_BIOGRAPHIES, *links] if now.strip() else [*_BIOGRAPHIES, *links]
    body = chance.choice([each for each in bodies if each != now])
    world.write_text(path, fields, body, anew=chance.random() < 0.5)
    return f"{body.strip() or '(no text)'} in {path}"


@_edit(4)
def lead_to_a_part(world: World, chance: random.Random) -> str:
    """Lead to a part of an article; or give an article that part, or take it away."""
    path, other = world.pick_article(chance), world.pick_article(chance)
    if chance.random() < 0.5:
        body = f"\nXem [mục](../{other.removeprefix('content/')}#muc).\n"
    else:
        body = chance.choice(["\n## Mục\n\nĐoạn một.\n", "\n## Phần\n\nĐoạn một.\n"])
    world.write_text(path, world.read_text(path)[0], body, anew=chance.random() < 0.5)
    return f"{body.strip()} in {path}"


@_edit(4)
def turn_people_round(world: World, chance: random.Random) -> str:
    """Let two people of one unit stand in the other order."""
    paths = world.list_texts(PEOPLE)
    if len(paths) < 2:
        return change_person(world, chance)
    one, other = chance.sample(paths, 2)
    if world.read_text(one)[0].get("order") == "1":
        one, other = other, one
    unit = world.read_text(one)[0].get("unit", "")
    for path, order in ((one, "1"), (other, "2")):
        _set(world, path, "unit", unit)
        _set(world, path, "order", order)
    return f"{one} before {other} in the unit {unit or '(none)'}"


@_edit(3)
def put_portrait_beside(world: World, chance: random.Random) -> str:
    """Let a person have a photo that is published for the person's sake alone, or another one."""
    path = world.pick_person(chance)
    world.write(f"{PEOPLE}anh.svg", chance.choice(PICTURES[".svg"]))
    return _set(world, path, "photo", "anh.svg")


@_edit(6)
def empty_the_list_of_people(world: World, chance: random.Random) -> str:
    """Hide or delete all people, or show again those who are hidden."""
    paths = world.list_texts(PEOPLE)
    hidden = [path for path in paths if world.read_text(path)[0].get("draft")]
    value = "" if hidden else "true"
    if not hidden and chance.random() < 0.3:
        for path in paths:
            world.trash.append((path, world.read(path)))
            world.delete(path)
        return f"delete {len(paths)} people"
    for path in paths:
        _set(world, path, "draft", value)
    return f"draft: {value or '(none)'} in {len(paths)} people"


@_edit(5)
def change_linked_person(world: World, chance: random.Random) -> str:
    """Let an article lead to a person, or give or take the page of one to whom an article leads."""
    person, path = world.pick_person(chance), world.pick_article(chance)
    texts = [world.read_text(each)[1] for each in world.list_articles()]
    linked = [
        each
        for each in world.list_texts(PEOPLE)
        if any(f"../people/{Path(each).name}" in text for text in texts)
    ]
    if linked and chance.random() < 0.7:
        person = chance.choice(linked)
        fields, biography = world.read_text(person)
        text = "" if biography.strip() else chance.choice(_BIOGRAPHIES)
        world.write_text(person, fields, text)
        return f"{text.strip() or '(no text)'} in {person}, to whom an article leads"
    told, biography = world.read_text(person)
    link = f"../people/{Path(person).name}"
    if biography.strip() and told.get("slug") and chance.random() < 0.3:
        link = f"/co-cau-to-chuc/{told['slug']}/"
    world.write_text(path, world.read_text(path)[0], f"\nXem [người]({link}).\n")
    return f"{link} in {path}"


# Pictures and documents --------------------------------------------------------------------------


@_edit(4)
def change_picture(world: World, chance: random.Random) -> str:
    path = f"content{chance.choice(PHOTOS)}"
    now = world.read(path) if world.place(path).is_file() else b""
    data = chance.choice([each for each in PICTURES[Path(path).suffix] if each != now])
    world.write(path, data, anew=chance.random() < 0.5)
    return f"another picture in {path}"


@_edit(3)
def show_picture(world: World, chance: random.Random) -> str:
    """Let there be renditions and share cards, of a photo that an article has."""
    _put(world.config.setdefault("pictures", {}), "cards", chance.random() < 0.8)
    world.write_config()
    world.write("content/media/b.jpg", chance.choice(PICTURES[".jpg"][3:]))
    return _set(world, world.pick_article(chance), "photo", "/media/b.jpg")


@_edit(4)
def repaint_picture(world: World, chance: random.Random) -> str:
    """Let a photo show something else, in as many pixels."""
    paths = [path for path in world.list_media() if world.read(path) in ALIKE]
    if not paths:
        return show_picture(world, chance)
    path = chance.choice(paths)
    now = world.read(path)
    world.write(path, chance.choice([each for each in ALIKE[now] if each != now]))
    return f"a picture of the same size in {path}"


@_edit(3)
def change_quality(world: World, chance: random.Random) -> str:
    """Let renditions be made in another way, under the same names."""
    if not any(world.read(path) in ALIKE for path in world.list_media()):
        return show_picture(world, chance)
    settings = world.config.setdefault("pictures", {})
    settings["quality"] = chance.choice(sorted({1, 50, 90} - {settings.get("quality")}))
    world.write_config()
    return f"config: quality {settings['quality']}"


@_edit(5)
def change_document(world: World, chance: random.Random) -> str:
    # The first is there from the beginning, and pages lead to it.
    first = "content/media/van-ban.pdf"
    path = chance.choice([first, first, "content/media/moi.pdf", "content/tin/t.pdf"])
    world.write(path, chance.choice(DOCUMENTS))
    return f"another document in {path}"


@_edit(1)
def delete_media(world: World, chance: random.Random) -> str:
    if not (paths := world.list_media()):
        return change_document(world, chance)
    path = chance.choice(paths)
    world.delete(path)
    return f"delete {path}"


@_edit(2)
def put_photo_beside(world: World, chance: random.Random) -> str:
    """Let an article have a photo of its own folder, which is published for its sake alone."""
    path = world.pick_article(chance)
    beside = str(Path(path).with_name("anh.svg"))
    world.write(beside, chance.choice(PICTURES[".svg"]))
    return _set(world, path, "photo", "anh.svg")


# Time and requests -------------------------------------------------------------------------------


@_edit(6)
def move_now(world: World, chance: random.Random) -> str:
    moments = [NOW + timedelta(days=days) for days in (-6, -4, -2, 0, 0, 2, 2.5, 3.5, 4.5, 7)]
    world.now = chance.choice([each for each in moments if each != world.now])
    return f"it is {world.now:%Y-%m-%d}"


@_edit(12)
def feature_article(world: World, chance: random.Random) -> str:
    """Feature an article beside a newer one, an hour before it lapses; then let it lapse."""
    world.pick_article(chance)
    lists = world.config["lists"]
    read = {path: world.read_text(path)[0] for path in world.list_articles()}
    dated = sorted((_read_moment(each["date"]), path) for path, each in read.items())
    hour = timedelta(hours=1)
    for date, path in dated:
        lapse = date + timedelta(days=lists.get("featured_days", 0))
        if read[path].get("featured") and timedelta() < lapse - world.now <= hour:
            world.now = lapse
            return f"{path} lapses"
    # At this hour nothing else happens.
    path, date = dated[-2:][0][1], dated[-1][0] - hour
    lists["featured_days"] = chance.choice([4, 5, 6])
    world.write_config()
    world.now = date + timedelta(days=lists["featured_days"]) - hour
    world.set_field(path, "date", f"{date:%Y-%m-%d %H:%M}")
    for name in ("draft", "expires"):
        world.set_field(path, name, "")
    return f"{_set(world, path, 'featured', 'true')}, which lapses soon"


def _read_moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=NOW.tzinfo)


@_edit(4)
def switch_drafts(world: World, chance: random.Random) -> str:
    del chance  # there is nothing to choose
    world.drafts = not world.drafts
    return f"drafts: {world.drafts}"


@_edit(4)
def retitle_shared(world: World, chance: random.Random) -> str:
    """Let there be share cards, and give an article another title at the same address."""
    _put(world.config.setdefault("pictures", {}), "cards", True)  # noqa: FBT003 (a value)
    world.write_config()
    path = world.pick_article(chance)
    _set(world, path, "slug", Path(path).stem)
    return _set(world, path, "title", chance.choice(_VALUES["title"]))


@_edit(5)
def switch_search(world: World, chance: random.Random) -> str:
    del chance  # there is nothing to choose
    world.search = not world.search
    return f"search: {world.search}"


@_edit(2)
def change_jobs(world: World, chance: random.Random) -> str:
    world.jobs = chance.choice([1, 2, 2, 8]) if world.jobs == 1 else 1
    return f"{world.jobs} processes"


@_edit(3)
def upgrade(world: World, chance: random.Random) -> str:
    """Let the generator be another version, or the first one again."""
    world.version = chance.choice([each for each in ("", "+", "++") if each != world.version])
    return f"version {world.version!r}"


# Configuration -----------------------------------------------------------------------------------

_SETTINGS: list[tuple[str, str, list[Any]]] = [
    ("site", "title", ["Cổng", "Báo", "Trang tin"]),
    ("site", "description", ["Tin của tỉnh", "Tin của huyện", None]),
    ("site", "welcome", ["Kính chào", "Xin chào", None]),
    ("site", "url", ["https://example.org", "https://example.org/cong", "https://example.net"]),
    ("site", "language", ["vi", "en"]),
    ("site", "timezone", ["Asia/Ho_Chi_Minh", "Asia/Tokyo", "UTC"]),
    ("lists", "page_size", [1, 2, 3]),
    ("lists", "neighbours", [1, 2, 3]),
    ("lists", "related", [0, 1, 4, 5]),
    ("lists", "front_featured", [1, 2]),
    ("lists", "front_latest", [1, 2, 3]),
    ("lists", "front_block", [1, 2]),
    ("lists", "featured_days", [0, 1, 3, 6]),
    ("site", "short_title", ["Cổng ta", "Báo ta", None]),
    ("lists", "feed", [1, 2, 3]),
    ("lists", "authors", [True, False]),
    ("lists", "tags", [True, False]),
    ("lists", "months", [True, False]),
    ("imprint", "publisher", ["Ban Biên tập", "Tòa soạn"]),
    ("imprint", "telephone", ["0235 000 0000", "0235 1"]),
    ("pictures", "widths", [[50], [50, 60], [60], None]),
    ("pictures", "quality", [1, 50, 90]),
    ("pictures", "avif", [True, False]),
    ("pictures", "cards", [True, True, False]),
    ("search", "name", ["Google", "Bing"]),
    ("search", "query", ["q", "p"]),
]
_WHOLE: dict[str, list[Any]] = {
    "permalink": PERMALINKS,
    "front": [
        [{"kind": "large", "category": "tin"}],
        [{"kind": "photos", "category": "tin"}, {"kind": "dated", "category": "dang"}],
        [{"kind": "columns", "category": "dang"}, {"kind": "dated", "category": "tin"}],
        None,
    ],
    "menu": [[{"title": "Đầu", "url": "/"}], [{"title": "Tin", "url": "/tin/"}], None],
    "links": [[{"title": "Báo", "url": "https://a.vn"}], [], None],
    "visits": [12, 3150444, None],
    "offline": [True, None],
    "video_hosts": [["vimeo.com"], ["youtu.be"], None],
    "authors": [
        [{"name": "THU HÀ", "slug": "ha"}],
        [{"name": "Thu Hà", "slug": "ha"}],
        [{"name": "Thu Hà", "slug": "thu"}],
        None,
    ],
    "tags": [[{"name": "Bầu Cử", "slug": "bau"}], [{"name": "Đại hội", "slug": "bau-cu"}], None],
}


@_edit(14)
def change_setting(world: World, chance: random.Random) -> str:
    if chance.random() < 0.4:
        name = chance.choice(sorted(_WHOLE))
        value = chance.choice([each for each in _WHOLE[name] if each != world.config.get(name)])
        _put(world.config, name, value)
    else:
        group, name, values = chance.choice(_SETTINGS)
        settings = world.config.setdefault(group, {})
        value = chance.choice([each for each in values if each != settings.get(name)])
        _put(settings, name, value)
    world.write_config()
    return f"config: {name}: {value}"


@_edit(4)
def change_length(world: World, chance: random.Random) -> str:
    """Let lists have more or fewer articles."""
    lists = world.config["lists"]
    name = chance.choice(["page_size", "page_size", "neighbours", "related", "feed", "front_block"])
    lists[name] = chance.choice([each for each in (1, 2, 3) if each != lists.get(name)])
    world.write_config()
    return f"config: {name}: {lists[name]}"


@_edit(4)
def part_neighbours(world: World, chance: random.Random) -> str:
    """Let what stands around an article be parted otherwise: a neighbour may be what is related."""
    del chance  # there is nothing to choose
    lists = world.config["lists"]
    # There is room for all that are related.
    lists |= {"neighbours": 1 if lists["neighbours"] > 1 else 2, "related": 9}
    world.write_config()
    return f"config: neighbours: {lists['neighbours']}"


def _put(group: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        group.pop(name, None)
    else:
        group[name] = value


@_edit(3)
def change_host(world: World, chance: random.Random) -> str:
    hosts = {"https://example.org", "https://example.net", "https://example.com"}
    host = chance.choice(sorted(hosts - {world.config["site"]["url"]}))
    world.config["site"]["url"] = host
    world.write_config()
    return f"config: host {host}"


@_edit(3)
def respell_name(world: World, chance: random.Random) -> str:
    """Let an author or a tag be written otherwise, at the same address."""
    kind, slug, names = chance.choice(
        [
            ("authors", "thu-ha", ["Thu Hà", "THU HÀ", "Thu hà"]),
            ("tags", "bau-cu", ["Bầu cử", "Bầu Cử", "BẦU CỬ"]),
        ]
    )
    now = world.config.get(kind) or [{"name": names[0]}]
    name = chance.choice([each for each in names if each != now[0]["name"]])
    world.config[kind] = [{"name": name, "slug": slug}]
    world.write_config()
    return f"config: {kind}: {name}"


@_edit(3)
def rename_category(world: World, chance: random.Random) -> str:
    categories = world.config["categories"]
    children = [child for each in categories for child in each.get("children", [])]
    names = ["Tin tức", "Thời sự", "Đảng", "Xây dựng", "Đoàn", "Hội"]
    category = chance.choice([*categories, *children])
    category["name"] = chance.choice(names)
    return _write_categories(world)


_SLUGS = {"Tin tức": "tin", "Đảng": "dang", "Đoàn": "dang/doan"}


@_edit(4)
def retitle_category(world: World, chance: random.Random) -> str:
    """Give a category another name, when articles name theirs by the slug and can be searched."""
    world.search = True
    for path in world.list_articles():
        category = world.read_text(path)[0].get("category", "")
        if category in _SLUGS:
            world.set_field(path, "category", _SLUGS[category])
    category = chance.choice(world.config["categories"])
    names = {"Tin tức", "Thời sự", "Đảng", "Xây dựng"}
    category["name"] = chance.choice(sorted(names - {category["name"]}))
    return _write_categories(world)


@_edit(3)
def change_categories(world: World, chance: random.Random) -> str:
    categories = world.config["categories"]
    what = chance.choice(["add", "remove", "move", "turn round"])
    if what == "add":
        within = chance.choice([categories, categories[0].setdefault("children", [])])
        within.append({"name": chance.choice(["Thông báo", "Ảnh"])})
    elif what == "move":
        # A child gets another address, below another category or none.
        for category in list(categories):
            for child in category.pop("children", []):
                child["slug"] = chance.choice(["doan", "doan-the"])
                chance.choice([categories, categories[0].setdefault("children", [])]).append(child)
    elif what == "remove":
        categories.pop() if len(categories) > 1 else categories[0].pop("children", None)
    else:
        categories.reverse()
    return _write_categories(world)


@_edit(2)
def change_kind(world: World, chance: random.Random) -> str:
    """Make a category a gallery, or a gallery a category like others."""
    category = chance.choice(world.config["categories"])
    if not category.pop("kind", ""):
        category["kind"] = "gallery"
    world.write_config()
    return f"the kind of {category['name']} is {category.get('kind', 'none')}"


@_edit(1)
def alias_category(world: World, chance: random.Random) -> str:
    """Give a category an old address, which its articles have too, or take it away."""
    category = chance.choice(world.config["categories"])
    others = [
        each
        for each in (["/muc-cu/"], ["/muc.aspx?id=1", "/cu/muc"])
        if each != category.get("aliases")
    ]
    if category.pop("aliases", None) is None or chance.random() < 0.5:
        category["aliases"] = chance.choice(others)
    world.write_config()
    return f"the old addresses of {category['name']} are {category.get('aliases')}"


def _write_categories(world: World) -> str:
    categories = world.config["categories"]
    for category in categories:
        if not category.get("children", True):
            del category["children"]
    world.write_config()
    slugs = {each.get("slug") for each in categories}
    if any(each["category"] not in slugs for each in world.config.get("front", [])):
        del world.config["front"]
        world.write_config()
    names = [(each["name"], [c["name"] for c in each.get("children", [])]) for each in categories]
    return f"the categories are {names}"


@_edit(3)
def switch_full_feeds(world: World, chance: random.Random) -> str:
    del chance  # there is nothing to choose
    lists = world.config["lists"]
    lists["feed_full"] = not lists.get("feed_full", False)
    world.write_config()
    return f"feeds of the whole text: {lists['feed_full']}"


@_edit(4)
def change_told_text(world: World, chance: random.Random) -> str:
    """Let feeds tell texts, and change one of which nothing else is told: it has a lead."""
    path = _pick_told(world, chance)
    fields, _ = world.read_text(path)
    body = f"\nNội dung {chance.choice(['đây', 'kia', 'nọ'])}.\n"
    world.write_text(path, {"lead": "Sa-pô.", **fields}, body)
    return f"{body.strip()} in {path}, which feeds tell"


@_edit(4)
def change_told_document(world: World, chance: random.Random) -> str:
    """Let a text that feeds tell lead to a document, or that be another one."""
    path = _pick_told(world, chance)
    fields, body = world.read_text(path)
    document = "content/media/van-ban.pdf"
    now = world.read(document) if world.place(document).is_file() else b""
    world.write(document, chance.choice([each for each in DOCUMENTS if len(each) != len(now)]))
    if "van-ban.pdf" not in body:
        world.write_text(path, fields, f"\nXem {LINKS[6]}.\n")
    return f"another document in {document}, to which {path} leads"


def _pick_told(world: World, chance: random.Random) -> str:
    """Return the newest article, when feeds hold the whole of it."""
    world.config["lists"]["feed_full"] = True
    world.write_config()
    return _pick_newest(world, chance)


def _pick_newest(world: World, chance: random.Random) -> str:
    """Return the newest article that is out."""
    world.pick_article(chance)
    dated = [(world.read_text(path)[0]["date"], path) for path in world.list_articles()]
    past = [each for each in dated if each[0] <= f"{world.now:%Y-%m-%d %H:%M}"] or dated
    return max(past)[1]


# The theme ---------------------------------------------------------------------------------------


def _list_templates(world: World) -> list[str]:
    paths = world.list_files("templates")
    return [path for path in paths if "/assets/" not in path and path.endswith(_TEXT_FILES)]


# By which tag another template is needed: each way is met as often as every other.
_NEEDED = (
    ("layout.html",),
    ("partials/head.html", "partials/foot.html"),
    ("macros.html",),
    ("partials/value.html", "partials/card.html"),
    ("kinds/",),
    tuple(VIEWS),
)


@_edit(10)
def change_template(world: World, chance: random.Random) -> str:
    """Change a template: often one of those that nearly all others are made of."""
    needed = tuple(f"templates/{each}" for each in chance.choice(_NEEDED))
    paths = _list_templates(world)
    path = chance.choice([path for path in paths if path.startswith(needed)] or paths)
    text = world.read(path).decode()
    word = chance.choice([word for word in ("một", "hai", "ba") if f"mark: {word}" not in text])
    world.write(path, re.sub(r"mark: \w+", f"mark: {word}", text).encode())
    return f"{word} in {path}"


@_edit(3)
def change_needs(world: World, chance: random.Random) -> str:
    """Take a tag away by which a template needs another, put it back, or let it name otherwise."""
    choices = [
        ("layout.html", INCLUDE, ""),
        ("layout.html", OPTIONAL, ""),
        ("partials/head.html", NESTED, ""),
        ("layout.html", FRAGMENT, ""),
        ("index.html", COMPUTED_FRAGMENT, ""),
        ("list.html", COMPUTED, COMPUTED_OTHERWISE),
        ("list.html", COMPUTED, ""),
        ("article.html", IMPORT_AS, IMPORT_AS.replace("import", "import   ")),
        ("page.html", IMPORT, IMPORT.replace('"', "'")),
        ("page.html", IMPORT, IMPORT.replace("{%", "{%-")),
        ("search.html", EXTENDS, EXTENDS.replace('"layout.html"', '"layout" ~ ".html"')),
    ]
    name, tag, other = chance.choice(choices)
    path = f"templates/{name}"
    text = world.read(path).decode()
    if tag in text:
        text = text.replace(tag, other or "{# gone #}\n")
    else:
        text = text.replace(other or "{# gone #}\n", tag, 1)
    world.write(path, text.encode())
    return f"{tag.strip()} or not in {path}"


@_edit(2)
def change_optional_template(world: World, chance: random.Random) -> str:
    path = f"templates/{chance.choice(['extra.html', 'kinds/none.html'])}"
    if world.place(path).exists() and chance.random() < 0.5:
        world.delete(path)
        return f"delete {path}"
    world.write(path, f"<p>{chance.choice(['thêm', 'nữa'])}</p>\n".encode())
    return f"write {path}"


@_edit(5)
def change_asset(world: World, chance: random.Random) -> str:
    assets = {
        "css/more.css": ["p { color: blue }\n", "p { color: gold }\n"],
        "css/site.css": ['@import url("more.css");\n', "b { color: red }\n"],
        "js/part.js": ["console.log(1);\n", "console.log(2);\n"],
        "js/new.js": ["1;\n", "2;\n", ""],
    }
    name = chance.choice(sorted(assets))
    path = f"templates/assets/{name}"
    now = world.read(path).decode() if world.place(path).exists() else ""
    text = chance.choice([each for each in assets[name] if each != now])
    if text:
        world.write(path, text.encode())
    else:
        world.delete(path)
    return f"{text.strip() or '(nothing)'} in {path}"


# Faults: the build fails, and nothing may change -------------------------------------------------


@_edit(3)
def make_a_fault(world: World, chance: random.Random) -> str:
    path = world.pick_article(chance)
    what = chance.choice(["yaml", "category", "link", "photo", "template", "picture", "config"])
    if what == "yaml":
        world.write(path, world.read(path).replace(b"title: ", b"title: [", 1))
    elif what == "category":
        world.set_field(path, "category", "Không có")
    elif what == "link":
        world.write_text(path, world.read_text(path)[0], "\n[bài](khong-co.md)\n")
    elif what == "photo":
        world.set_field(path, "photo", "/media/khong-co.svg")
    elif what == "template":
        path = chance.choice(_list_templates(world))
        world.write(path, world.read(path) + b"{% if %}\n")
    elif what == "picture":
        path = f"content{chance.choice(PHOTOS)}"
        world.write(path, BROKEN_PICTURE)
    else:
        path = "config.yaml"
        world.write(path, world.read(path) + b"]")
    return f"a fault of the kind {what} in {path}"


# What happens to files without a change of their contents ----------------------------------------


@_edit(2)
def touch_files(world: World, chance: random.Random) -> str:
    paths = [path for path in world.list_files("content", "templates") if chance.random() < 0.5]
    for path in paths:
        os.utime(world.place(path))
    return f"touch {len(paths)} files"


@_edit(1)
def check_out_afresh(world: World, chance: random.Random) -> str:
    """Copy all inputs anew, as ``git clone`` does: other times, other inodes."""
    del chance  # there is nothing to choose
    kept = world.copy_inputs()
    for name in ("content", "templates"):
        shutil.rmtree(world.place(name))
    for path, data in kept.items():
        world.write(path, data, anew=path == "config.yaml")
    return "a fresh checkout"


# The cache and the output ------------------------------------------------------------------------


@_edit(15)
def harm_cache(world: World, chance: random.Random) -> str:
    whats = ["keep", "put back", "delete", "cut", "flip", *["flip and show"] * 8, "do without"]
    what = chance.choice(whats)
    if what == "keep":
        world.keep("cache", world.cache)
    elif what == "put back" and (copy := world.choose_copy("cache", chance)):
        shutil.rmtree(world.cache, ignore_errors=True)
        shutil.copytree(copy[0], world.cache)
    elif what == "delete":
        shutil.rmtree(world.cache, ignore_errors=True)
    elif what == "do without":
        world.clean = True
    else:
        files = [path for path in sorted(world.cache.rglob("*")) if path.is_file()]
        often = [path for path in files if path.name == "content"]
        if path := chance.choice(often if what != "flip" and often else files) if files else None:
            data = bytearray(path.read_bytes())
            if what == "cut":
                data = data[: chance.randrange(len(data) + 1)]
            elif what == "flip and show" and (words := [*_WORD.finditer(data)]):
                # Whatever else is flipped is mostly not read, or not as a record.
                data[chance.choice(words).start()] ^= 1
            elif data:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
            if what == "flip and show":
                # Every page is made again, of what is remembered.
                shutil.rmtree(world.output, ignore_errors=True)
            what = f"{what} {path.name} of"
    return f"{what} the cache"


@_edit(4)
def restore_output(world: World, chance: random.Random) -> str:
    """Keep the output together with its list, put both back later, or delete what was built."""
    what = chance.choice(["keep", "put back", "delete", "delete", "delete a folder"])
    if what == "keep":
        world.keep("output", world.output, world.manifest)
    elif what == "put back" and (copies := world.choose_copy("output", chance)):
        shutil.rmtree(world.output, ignore_errors=True)
        shutil.copytree(copies[0], world.output)
        shutil.copy2(copies[1], world.manifest)
    elif what == "delete":
        shutil.rmtree(world.output, ignore_errors=True)
    elif what == "delete a folder" and world.output.is_dir():
        folders = sorted(path for path in world.output.iterdir() if path.is_dir())
        if folders:
            shutil.rmtree(chance.choice(folders))
    return f"{what} the output"
