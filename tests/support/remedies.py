"""What an editor does who reads a message and follows it, and knows nothing else.

Each remedy is given the site and the problem. It uses what the message shows, and no more: the
place, the words of the problem and of its hint.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

from sitegen.problems import Problem
from support.bad_inputs import BAI, FIELDS, SVG, article, picture
from support.documents import make_pdf
from support.site_folder import CONFIG

Remedy = Callable[[Path, Problem], object]
REMEDIES: dict[str, Remedy] = {}

_BIDIRECTIONAL = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PHOTO = "/media/anh.jpg"
# What somebody writes where a message asks for a value.
_VALUES = {
    **FIELDS,
    "source": "Theo Báo",
    "photo_caption": "Chú thích",
    "categories": "[{name: Hoạt động của cơ sở}]",
    "url": "https://example.org",
}


def _remedy(*codes: str) -> Callable[[Remedy], Remedy]:
    def register(remedy: Remedy) -> Remedy:
        REMEDIES.update(dict.fromkeys(codes, remedy))
        return remedy

    return register


# Files and lines ---------------------------------------------------------------------------------


def _find(root: Path, problem: Problem) -> Path:
    """Return the file of a problem, whose name may be one that cannot be shown."""
    path = root / problem.place.path
    if os.path.lexists(path):
        return path
    (found,) = (
        each
        for each in path.parent.iterdir()
        if not each.name.isprintable() and each.name[:1] in {path.name[:1], "\udcff"}
    )
    return found


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _read(path: Path) -> list[str]:
    return path.read_bytes().decode().replace("\r\n", "\n").split("\n")


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines), "utf-8")


def _change_line(root: Path, problem: Problem, change: Callable[[str], str | None]) -> None:
    """Write another line in the place of that of a problem, or none."""
    path, number = root / problem.place.path, problem.place.line - 1
    lines = _read(path)
    changed = change(lines[number])
    lines[number : number + 1] = [] if changed is None else [changed]
    _write(path, lines)


def _change_value(root: Path, problem: Problem, value: str) -> None:
    """Write another value from the place of a problem to the end of its line."""
    column = problem.place.column - 1
    _change_line(root, problem, lambda line: line[:column].rstrip('"') + value)


def _add_line(root: Path, problem: Problem, line: str) -> None:
    """Add a line to the front matter or to the configuration."""
    path = root / problem.place.path
    lines = _read(path)
    lines.insert(1 if path.suffix == ".md" else len(lines), line)
    _write(path, lines)


def _replace(root: Path, problem: Problem, old: str, new: str) -> None:
    path = root / problem.place.path
    text = "\n".join(_read(path))
    assert old in text, f"the message names {old}, which the file does not hold"
    path.write_text(text.replace(old, new), "utf-8")


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of the front matter without its fences, and those of the body."""
    end = lines.index("---", 1)
    return lines[1:end], lines[end + 1 :]


# A text as a whole -------------------------------------------------------------------------------


@_remedy("file-encoding")
def _save_as_utf8(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    source = path.read_bytes()
    wide = source.startswith(b"\xff\xfe") or source[1:2] == b"\0"
    path.write_text(source.decode("utf-16" if wide else "latin-1"), "utf-8")


@_remedy("file-cut-off", "file-lfs")
def _fetch_whole_file(root: Path, problem: Problem) -> None:
    _write_good_file(root / problem.place.path)


def _write_good_file(path: Path) -> None:
    match path.suffix:
        case ".md":
            path.write_text(article(), "utf-8")
        case ".svg":
            path.write_text(SVG, "utf-8")
        case ".jpg" | ".png":
            path.write_bytes(picture("JPEG" if path.suffix == ".jpg" else "PNG"))
        case _:
            path.write_bytes(make_pdf())


@_remedy("file-nul", "file-too-large")
def _copy_text_to_new_file(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    if path.stat().st_size < 10_000 and path.read_bytes().startswith(b"---"):
        path.write_bytes(path.read_bytes().replace(b"\0", b""))
    else:
        path.write_text(article(), "utf-8")


@_remedy("file-empty", "media-empty", "file-not-regular", "file-dangling", "media-kind")
def _delete_file(root: Path, problem: Problem) -> None:
    _delete(root / problem.place.path)


@_remedy("file-conflict")
def _keep_one_version(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    text = "\n".join(_read(path))
    form = r"(?ms)^<<<<<<<[^\n]*\n(.*?)(?:^\|\|\|\|\|\|\|.*?)?^=======\n.*?^>>>>>>>[^\n]*\n"
    path.write_text(re.sub(form, r"\1", text), "utf-8")


@_remedy("control-character")
def _type_without_control(root: Path, problem: Problem) -> None:
    column = problem.place.column - 1
    _change_line(root, problem, lambda line: line[:column] + line[column + 1 :])


@_remedy("hidden-character", "text-turned")
def _type_again(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: _BIDIRECTIONAL.sub("", line))


@_remedy("front-matter-missing")
def _begin_with_fence(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    lines = _read(path)
    while lines and not lines[0].strip():
        del lines[0]
    fences = ["---"] if "---" in lines else ["---", "---"]
    _write(path, [*fences, *lines] if lines[0] != "---" else lines)


@_remedy("front-matter-unclosed")
def _close_front_matter(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    lines = _read(path)
    lines.insert(problem.place.line - 1, "---")
    _write(path, lines)


# Fields ------------------------------------------------------------------------------------------


@_remedy(
    *("yaml-quote", "yaml-comment", "field-ambiguous", "field-text", "text-quoted", "text-marks")
)
def _write_as_shown(root: Path, problem: Problem) -> None:
    """Write what the message shows: a whole field, or one value."""
    quoted, column = problem.arguments["quoted"], problem.place.column - 1

    def change(line: str) -> str:
        if re.match(r"[\w-]+: ", quoted):
            return quoted
        if "value" in problem.arguments:
            return line[:column] + line[column:].replace(problem.arguments["value"], quoted, 1)
        return line[:column] + quoted

    _change_line(root, problem, change)


@_remedy("yaml-character", "yaml-space", "yaml-list", "yaml-colon", "field-one")
def _write_whole_line_as_shown(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: problem.arguments["quoted"])


@_remedy("front-matter-fence")
def _write_fence(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: "---")


@_remedy("front-matter-other")
def _write_front_matter_again(root: Path, problem: Problem) -> None:
    (root / problem.place.path).write_text(article(), "utf-8")


@_remedy("category-none")
def _choose_category(root: Path, problem: Problem) -> None:
    _change_value(root, problem, problem.arguments["names"].split(", ")[0])


@_remedy("category-lost")
def _add_category(root: Path, problem: Problem) -> None:
    path, line = root / "config.yaml", f"  - name: {problem.arguments['quoted']}\n"
    path.write_text(
        path.read_text("utf-8").replace("categories:\n", f"categories:\n{line}"), "utf-8"
    )


@_remedy("photo-own-computer", "photo-backslash", "photo-heic")
def _copy_photo_and_write_path(root: Path, problem: Problem) -> None:
    example = problem.arguments["example"]
    reference = example.removeprefix("photo: ").strip("\"'")
    folder = root / "content" if reference.startswith("/") else (root / problem.place.path).parent
    photo = folder / reference.lstrip("/")
    photo.parent.mkdir(parents=True, exist_ok=True)
    photo.write_bytes(picture("JPEG"))
    _change_line(root, problem, lambda _: example)


@_remedy("audio-kind")
def _copy_sound_and_write_path(root: Path, problem: Problem) -> None:
    example = problem.arguments["example"]
    sound = root / "content" / example.removeprefix("audio: /")
    sound.parent.mkdir(parents=True, exist_ok=True)
    sound.write_bytes(b"ID3")
    _change_line(root, problem, lambda _: example)


@_remedy("field-list", "names-joined", "name-repeated")
def _write_list_as_shown(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: problem.arguments["example"])


@_remedy("field-flag")
def _write_flag(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: f"{problem.arguments['field']}: true")


@_remedy("field-number")
def _write_digits(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "12")


@_remedy("date-form")
def _write_date_as_shown(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: problem.arguments["example"])


@_remedy("date-impossible", "year-wrong", "year-early")
def _write_date(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "2023-03-06 09:34")


@_remedy("date-order")
def _write_later_date(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "2030-03-06 09:34")


@_remedy(
    *("field-empty", "field-repeated", "field-elsewhere", "lead-repeated", "updated-future"),
    "photo-unnamed",
)
def _delete_line(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: None)


@_remedy("article-far")
def _write_this_year(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: re.sub(r"\d{4}", "2024", line, count=1))


@_remedy("text-long")
def _shorten(root: Path, problem: Problem) -> None:
    end = problem.place.column - 1 + int(problem.arguments["limit"])
    _change_line(root, problem, lambda line: line[:end].rstrip())


@_remedy("body-empty", "sample-left")
def _make_it_a_draft(root: Path, problem: Problem) -> None:
    _add_line(root, problem, "draft: true")


@_remedy("sample-published")
def _write_own_words(root: Path, problem: Problem) -> None:
    sample = problem.arguments["value"]
    _replace(root, problem, sample, "https://cong.example" if "//" in sample else "Chữ của tôi")


@_remedy("field-missing")
def _add_field(root: Path, problem: Problem) -> None:
    name = problem.arguments["field"]
    _add_line(root, problem, f"{name}: {_VALUES[name]}")


@_remedy("author-missing")
def _add_author(root: Path, problem: Problem) -> None:
    _add_line(root, problem, "author: Thu Hà")


@_remedy("caption-missing")
def _add_caption(root: Path, problem: Problem) -> None:
    _add_line(root, problem, "photo_caption: Chú thích")


@_remedy("setting-missing")
def _add_setting(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    name, group = problem.arguments["name"], problem.arguments["group"]
    lines = _read(path)
    if f"{group}:" not in lines:
        lines.append(f"{group}:")
    lines.insert(lines.index(f"{group}:") + 1, f"  {name}: {_VALUES[name]}")
    _write(path, lines)


@_remedy("field-unknown")
def _write_meant_name(root: Path, problem: Problem) -> None:
    name = problem.arguments["field"].rpartition(".")[2]
    _replace(root, problem, f"{name}:", f"{problem.arguments['nearest']}:")


@_remedy("category-unknown", "link-missing", "picture-missing", "config-timezone", "anchor-missing")
def _write_meant_value(root: Path, problem: Problem) -> None:
    _replace(root, problem, problem.arguments["value"], problem.arguments["nearest"])


@_remedy("yaml-syntax")
def _write_field_in_its_form(root: Path, problem: Problem) -> None:
    """Write the field's colon, or join the line to the one above."""
    path, number = root / problem.place.path, problem.place.line - 1
    lines = _read(path)
    if found := re.match(r"(draft) (.*)", lines[number]):
        lines[number] = f"{found[1]}: {found[2]}"
    elif lines[number].startswith(":"):
        del lines[number]
    else:
        lines[number - 1 : number + 1] = [f"{lines[number - 1]} {lines[number].strip()}"]
    _write(path, lines)


@_remedy("yaml-alias")
def _quote_value(root: Path, problem: Problem) -> None:
    column = problem.place.column - 1
    _change_line(root, problem, lambda line: f'{line[:column]}"{line[column:]}"')


@_remedy("yaml-limit", "field-mapping")
def _leave_field_out(root: Path, problem: Problem) -> None:
    """Write less: the longest field goes."""
    path = root / problem.place.path
    lines = _read(path)
    longest = max(lines, key=len) if problem.code == "yaml-limit" else lines[problem.place.line - 1]
    _write(path, [line for line in lines if line != longest])


@_remedy("markdown-limit")
def _write_more_simply(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: line.lstrip("> "))


@_remedy("telephone-form")
def _write_telephone(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "0235 000 0000")


@_remedy("photo-focus-form")
def _write_focus(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "trên")


@_remedy("mail-form")
def _write_mail(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "ten@example.org")


@_remedy("translation-form")
def _write_whole_address(root: Path, problem: Problem) -> None:
    _change_value(root, problem, problem.arguments.get("suggestion", "https://example.org/en/"))


@_remedy("config-language")
def _write_language(root: Path, problem: Problem) -> None:
    _change_value(root, problem, problem.arguments["suggestion"])


# What is told of a text ---------------------------------------------------------------------------


@_remedy("html-unknown")
def _escape(root: Path, problem: Problem) -> None:
    column = problem.place.column - 1
    _change_line(root, problem, lambda line: f"{line[:column]}\\{line[column:]}")


@_remedy("html-removed")
def _link_instead(root: Path, problem: Problem) -> None:
    name = problem.arguments["value"]
    element = re.compile(rf"<{name}\b[^>]*>(?:.*</{name}>)?")
    _change_line(root, problem, lambda line: element.sub("[xem](https://example.org/)", line))


@_remedy("suppression-reason")
def _give_reason(root: Path, problem: Problem) -> None:
    start, remedy = problem.place.column - 1, problem.arguments["remedy"]
    _change_line(root, problem, lambda line: line[:start] + remedy)


@_remedy("template-code")
def _delete_code(root: Path, problem: Problem) -> None:
    code = problem.arguments["value"]
    _change_line(root, problem, lambda line: line.replace(code, "", 1))


@_remedy("link-form", "link-unseen", "emphasis-spaces", "emphasis-uneven")
def _copy_remedy(root: Path, problem: Problem) -> None:
    _replace(root, problem, problem.arguments["value"], problem.arguments["remedy"])


@_remedy("link-empty")
def _keep_words(root: Path, problem: Problem) -> None:
    words = problem.arguments["value"]
    _replace(root, problem, f"{words}()", words.strip("[]"))


@_remedy("link-address")
def _write_whole_web_address(root: Path, problem: Problem) -> None:
    remedy = problem.arguments["remedy"].replace("…", "example.net/")
    _replace(root, problem, problem.arguments["value"], remedy)


@_remedy("link-own-computer")
def _copy_into_media(root: Path, problem: Problem) -> None:
    name = problem.arguments["name"]
    address = f"/media/{name}" if "." in name else "https://example.net/"
    if "." in name:
        (root / "content" / "media").mkdir(exist_ok=True)
        _write_good_file(root / "content" / "media" / name)
    _replace(root, problem, problem.arguments["value"], address)


@_remedy("video-unknown")
def _link_to_video(root: Path, problem: Problem) -> None:
    address = problem.arguments["value"]
    link = f"[Xem video]({address})"
    _change_line(root, problem, lambda line: re.sub(r"!\[[^\]]*\]\([^)]*\)", link, line))


@_remedy("emphasis-open")
def _close_emphasis(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: f"{line}{problem.arguments['mark']}")


@_remedy("reference-missing")
def _write_address(root: Path, problem: Problem) -> None:
    remedy = problem.arguments["remedy"].replace("…", "example.net/")
    _replace(root, problem, problem.arguments["value"], remedy)


@_remedy("reference-unused")
def _delete_definition(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: "")


@_remedy("note-missing")
def _write_note(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    _write(path, [*_read(path), f"{problem.arguments['value']}: nội dung chú thích"])


@_remedy("note-repeated")
def _name_note(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: line.replace("[^", "[^khac-", 1))
    path = root / problem.place.path
    lines = _read(path)
    name = lines[problem.place.line - 1].partition("]")[0] + "]"
    _write(path, [*lines, f"Thêm{name}."])


@_remedy("note-unused", "suppression-unused")
def _delete_note(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: None)


@_remedy("lines-joined")
def _keep_lines(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    lines = _read(path)
    number = problem.place.line - 1
    while lines[number + 1].strip():
        lines[number] += "\\"
        number += 1
    _write(path, lines)


@_remedy("config-elsewhere")
def _write_path_of_other_program(root: Path, problem: Problem) -> None:
    _replace(root, problem, problem.arguments["value"], "/webmail/")


@_remedy("config-indexnow")
def _write_key(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "a1b2c3d4-e5f6")


@_remedy("config-category-kind")
def _write_kind_of_category(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "gallery")


@_remedy("config-markdown")
def _write_markdown(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "strict")


@_remedy("config-front")
def _write_kind_of_block(root: Path, problem: Problem) -> None:
    _replace(root, problem, problem.arguments["value"], "columns")


@_remedy("config-host")
def _write_host(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "cloudflare")


@_remedy(
    *("config-desk-host", "config-desk-repository", "config-desk-review"),
    *("desk-changed", "desk-missing"),
)
def _without_desk(root: Path, _: Problem) -> None:
    """Leave the desk out: its program is not at hand in tests."""
    path = root / "config.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"^desk:\n(  .*\n)+", "", text, flags=re.MULTILINE), "utf-8")


@_remedy("config-permalink")
def _write_permalink(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "/{category}/{year}/{month}/{slug}/")


@_remedy("category-ambiguous")
def _write_address_of_category(root: Path, problem: Problem) -> None:
    _change_value(root, problem, problem.arguments["addresses"].split(", ")[0])


@_remedy("yaml-indent")
def _begin_line_in_column(root: Path, problem: Problem) -> None:
    _change_line(root, problem, str.lstrip)


@_remedy("yaml-tab")
def _indent_with_spaces(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: line.replace("\t", "  "))


# Addresses ---------------------------------------------------------------------------------------


@_remedy("slug-empty", "url-taken", "slug-reserved")
def _add_slug(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    lines = _read(path)
    if path.suffix == ".md":
        end = lines.index("---", 1)
        fields = [line for line in lines[1:end] if not line.startswith("slug:")]
        _write(path, ["---", *fields, "slug: ten-khac", *lines[end:]])
    else:
        indent = " " * (len(lines[problem.place.line - 1].split("name:")[0]))
        lines.insert(problem.place.line, f"{indent}slug: ten-khac")
        _write(path, lines)


@_remedy("config-categories-same")
def _add_slug_of_category(root: Path, problem: Problem) -> None:
    _add_slug(root, problem)


@_remedy("slug-form")
def _write_suggested_slug(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: f"slug: {problem.arguments['suggestion']}")


@_remedy("slug-long")
def _shorten_slug(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda line: line[: len("slug: ") + 40])


@_remedy("alias-taken", "alias-self")
def _delete_old_address(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    fields, body = _split(_read(path))
    written = yaml.safe_load("\n".join(fields))
    rest = [each for each in written["aliases"] if each != problem.arguments["value"]]
    assert len(rest) < len(written["aliases"]), "the message names another address"
    kept = [line for line in fields if not re.match(r"aliases:|  - /", line)]
    more = [f"aliases: [{', '.join(rest)}]"] if rest else []
    _write(path, ["---", *kept, *more, "---", *body])


@_remedy("alias-form")
def _write_old_address(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "/tin-tuc/123.aspx")


@_remedy("config-url")
def _write_address_of_site(root: Path, problem: Problem) -> None:
    _change_value(root, problem, "https://example.org")


@_remedy("name-slug")
def _give_name_a_slug(root: Path, problem: Problem) -> None:
    name, group = problem.arguments["name"], problem.arguments["group"]
    path = root / "config.yaml"
    path.write_text(
        f'{path.read_text("utf-8")}{group}:\n  - name: "{name}"\n    slug: ten\n', "utf-8"
    )


@_remedy("name-spelling")
def _spell_alike(root: Path, problem: Problem) -> None:
    _replace(root, problem, problem.arguments["name"], problem.arguments["other"])


# Pictures and links ------------------------------------------------------------------------------


@_remedy("path-outside", "picture-external")
def _name_file_of_content(root: Path, problem: Problem) -> None:
    _add_photo(root)
    column = problem.place.column - 1

    def change(line: str) -> str:
        written = re.match(r"[^\s)\"]+", line[column:])
        assert written, "no address is at this place"
        return line[:column] + _PHOTO + line[column:].removeprefix(written[0])

    _change_line(root, problem, change)


def _add_photo(root: Path) -> None:
    photo = root / f"content{_PHOTO}"
    photo.parent.mkdir(parents=True, exist_ok=True)
    photo.write_bytes(picture("JPEG"))


@_remedy("picture-inline", "picture-kind")
def _use_picture(root: Path, problem: Problem) -> None:
    if not problem.place.path.endswith(".md"):
        _write_good_file(root / problem.place.path)
        return
    _add_photo(root)
    _change_line(root, problem, lambda line: re.sub(r"!\[.*?\]\(.*?\)", f"![Ảnh]({_PHOTO})", line))


@_remedy("captions-form")
def _write_captions(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    path.write_text("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nKính chào.\n", "utf-8")


@_remedy(
    "document-flawed",
    "picture-broken",
    "picture-large",
    "picture-long",
    "picture-heavy",
    "picture-script",
)
def _export_picture_again(root: Path, problem: Problem) -> None:
    _write_good_file(root / problem.place.path)


@_remedy("picture-type")
def _correct_suffix(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    path.rename(path.with_suffix(problem.arguments["suggestion"]))


# Files and folders -------------------------------------------------------------------------------


@_remedy("file-name", "file-name-long", "file-name-same")
def _rename_file(root: Path, problem: Problem) -> None:
    path = _find(root, problem)
    path.rename(path.with_name(f"ten-khac{path.suffix}"))


@_remedy("file-outside")
def _copy_instead_of_link(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    path.unlink()
    # What the link led to is a text of this site, or a folder of such texts.
    if path.suffix:
        path.write_text(article(title="Bài chép"), "utf-8")
    else:
        path.mkdir()


@_remedy("content-missing")
def _restore_folder(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    path.unlink(missing_ok=True)
    path.mkdir()


@_remedy("file-failed")
def _leave_out_what_was_added(root: Path, problem: Problem) -> None:
    _change_line(root, problem, lambda _: None)


@_remedy("folder-deep")
def _move_folder_up(root: Path, problem: Problem) -> None:
    path = root / problem.place.path
    number = len(list((root / "content").glob("len-tren-*")))
    path.rename(root / "content" / f"len-tren-{number}")


@_remedy("config-missing")
def _go_to_folder_of_site(root: Path, _: Problem) -> None:
    (root / "config.yaml").write_text(CONFIG, "utf-8")


@_remedy("file-unused")
def _move_to_media(root: Path, problem: Problem) -> None:
    path = _find(root, problem)
    media = root / "content" / "media"
    media.mkdir(exist_ok=True)
    path.rename(media / path.name)


def use_good_article(root: Path) -> None:
    """Write a good article, where nothing else is left of the content."""
    (root / BAI).parent.mkdir(exist_ok=True)
    (root / BAI).write_text(article(), "utf-8")
