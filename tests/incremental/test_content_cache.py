"""What builds know of the content: it makes them faster, and nothing else."""

import ast
import os
import shutil
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sitegen
from sitegen.build import Report, build
from sitegen.content.discovery import discover
from sitegen.content.kinds import read_text
from sitegen.content.reading import Reading
from sitegen.content.standing_pages import StandingPage
from sitegen.foundation.generator import fingerprint_generator
from sitegen.foundation.stamps import read_clock
from sitegen.incremental import cache_file, content_cache
from sitegen.incremental.cache_file import FILE, read_segments, write_segment
from sitegen.incremental.content_cache import ContentCache, LoadedCache, save_cache
from sitegen.media.inspection import describe_file
from sitegen.model import Body
from support.doubles import forbid, note_calls, replace_everywhere
from support.kept_content import load_cache
from support.site_folder import SiteFolder
from support.tiny_theme import SVG, hasten, make_tiny_site

GENERATOR = b"e" * 16
CONFIG = b"c" * 16
NOTHING = LoadedCache(ContentCache(CONFIG))
HEAD = b"sitegen content\n" + GENERATOR
# A picture of one pixel begins like this; what follows does not matter.
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"

Count = Callable[[], int]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    hasten(monkeypatch)
    site = make_tiny_site(tmp_path / "site").write("content/media/a.svg", SVG.format(4))
    for name in ("a", "b", "c"):
        site.article(name)
    return site.write("content/pages/p.md", "---\ntitle: Giới thiệu\n---\n\nTrang.\n")


@pytest.fixture(autouse=True)
def _without_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file come to rest during a test: its stamp would be one more thing to write down."""
    replace_everywhere(monkeypatch, read_clock, lambda _: 0)


@pytest.fixture
def count_readings(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Return what tells how many files were understood anew since it was last asked."""
    watched = [note_calls(monkeypatch, each) for each in (read_text, describe_file)]

    def count() -> int:
        number = sum(map(len, watched))
        for calls in watched:
            calls.clear()
        return number

    return count


def kept(site: SiteFolder) -> Path:
    return site.root / ".sitegen" / FILE


def codes(report: Report) -> list[str]:
    return [each.code for each in report.warnings]


def some_content(*names: str) -> ContentCache:
    pages = [StandingPage(name, Body(name, 0, b"d" * 16), "Giới thiệu") for name in names]
    return ContentCache(CONFIG, {each.path: Reading(b"", b"d" * 16, each) for each in pages}, {})


def write_two_segments(folder: Path, *names: str) -> bytes:
    """Write a small cache in two segments and return its bytes."""
    first = some_content(*names[:1])
    save_cache(folder, GENERATOR, LoadedCache(), first)
    known, _ = load_cache(folder, GENERATOR, CONFIG)
    save_cache(
        folder,
        GENERATOR,
        known,
        ContentCache(CONFIG, known.content.readings | some_content(*names).readings),
    )
    return (folder / FILE).read_bytes()


def load_bytes(folder: Path, data: bytes) -> tuple[LoadedCache, list[str]]:
    # Another file in its place: what another build still reads must not shrink.
    (folder / FILE).unlink(missing_ok=True)
    (folder / FILE).write_bytes(data)
    known, problems = load_cache(folder, GENERATOR, CONFIG)
    return known, [each.code for each in problems]


def test_what_was_read_once_is_remembered(site: SiteFolder, count_readings: Count) -> None:
    site.build()
    assert count_readings() == 5
    site.build()
    assert count_readings() == 0


def test_without_a_cache_there_is_nothing_to_warn_of(tmp_path: Path) -> None:
    assert load_cache(tmp_path, GENERATOR, CONFIG) == (NOTHING, [])


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "a JPEG": lambda _: JPEG,
    "foreign text": lambda _: "Đây là một tệp khác.\n".encode() * 100,
    "cut in its head": lambda data: data[:20],
    "cut in its first segment": lambda data: data[:40],
    "cut at its end": lambda data: data[:-1],
    "longer by a byte": lambda data: data + b"\0",
    "one bit of its name": lambda data: flip(data, 3),
    "one bit of a length": lambda data: flip(data, len(HEAD)),
    "one bit of a high byte of a length": lambda data: flip(data, len(HEAD) + 7),
    "one bit of a sum": lambda data: flip(data, len(HEAD) + cache_file._SEGMENT.size - 2),
    "one bit of what pages are made of": lambda data: flip(data, len(HEAD) + 100),
    "one bit of what was read": lambda data: flip(data, len(data) // 2),
    "its last bit": lambda data: flip(data, len(data) - 1),
}


def flip(data: bytes, position: int, bit: int = 1) -> bytes:
    damaged = bytearray(data)
    damaged[position] ^= bit
    return bytes(damaged)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_after_damage_everything_is_read_once_more_and_comes_out_the_same(
    site: SiteFolder, count_readings: Count, damage: Callable[[bytes], bytes]
) -> None:
    site.build()
    expected, whole = site.files(), kept(site).read_bytes()
    kept(site).unlink()
    kept(site).write_bytes(damage(whole))
    count_readings()
    report = site.build()
    assert codes(report) == ["cache-damaged"]
    assert count_readings() == 5
    assert report.written.written == 0
    assert site.files() == expected
    assert kept(site).read_bytes() == whole
    assert codes(site.build()) == []
    assert count_readings() == 0


def test_what_another_version_of_the_generator_read_is_read_anew(
    site: SiteFolder, count_readings: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    expected = site.files()
    replace_everywhere(monkeypatch, fingerprint_generator, lambda: b"another version!")
    count_readings()
    report = site.build()
    assert codes(report) == ["cache-other-version"]
    assert count_readings() == 5
    assert report.written.written == 0
    assert site.files() == expected
    assert codes(site.build()) == []
    assert count_readings() == 0


def test_the_warning_names_the_file(site: SiteFolder) -> None:
    site.build()
    kept(site).write_bytes(b"")
    (line,) = site.problems()
    assert line.startswith(".sitegen/content:")
    assert "cache-damaged" in line
    assert site.problems() == []


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    whole = write_two_segments(tmp_path, "content/a.md", "content/b.md")
    generator = range(len(HEAD) - len(GENERATOR), len(HEAD))
    for position in range(len(whole)):
        for bit in (0x01, 0x80, 0xFF):
            expected = "cache-other-version" if position in generator else "cache-damaged"
            known, warned = load_bytes(tmp_path, flip(whole, position, bit))
            assert (known, warned) == (NOTHING, [expected]), position


def test_every_cut_is_noticed_except_between_segments(tmp_path: Path) -> None:
    whole = write_two_segments(tmp_path, "content/a.md", "content/b.md")
    # The file as it was after the first build, and before it: what is left there is true.
    assert load_bytes(tmp_path, whole)[0].segments == 2
    *lengths, _ = cache_file._SEGMENT.unpack_from(whole, len(HEAD))
    seams = {len(HEAD), len(HEAD) + cache_file._SEGMENT.size + sum(lengths), len(whole)}
    for size in range(len(whole) + 1):
        known, warned = load_bytes(tmp_path, whole[:size])
        if size in seams:
            assert warned == []
            assert set(known.content.readings) <= {"content/a.md", "content/b.md"}
        else:
            assert (known, warned) == (NOTHING, ["cache-damaged"]), size


@given(tail=st.binary(min_size=1, max_size=200), headed=st.booleans())
def test_no_rubbish_is_believed(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, *, headed: bool
) -> None:
    known, warned = load_bytes(tmp_path_factory.getbasetemp(), (HEAD if headed else b"") + tail)
    assert (known, warned) == (NOTHING, ["cache-damaged"])


def test_a_record_of_another_shape_is_not_believed_whatever_its_sum(tmp_path: Path) -> None:
    class Stranger(ContentCache, frozen=True, array_like=True):
        config: int = 7  # type: ignore[assignment]

    data = msgspec.msgpack.encode(Stranger())
    write_segment(tmp_path, GENERATOR, lambda _: data)
    known, problems = load_cache(tmp_path, GENERATOR, CONFIG)
    assert known == LoadedCache()
    assert [each.code for each in problems] == ["cache-damaged"]


HARMS: dict[str, Callable[[Path], object]] = {
    "zeros": lambda place: place.write_bytes(bytes(place.stat().st_size)),
    "cut off": lambda place: os.truncate(place, 200),
    "empty": lambda place: os.truncate(place, 0),
    "every byte another one": lambda place: place.write_bytes(
        bytes(each ^ 0xFF for each in place.read_bytes())
    ),
    "moved by a byte": lambda place: place.write_bytes(b"\0" + place.read_bytes()),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_cache_that_is_harmed_while_it_is_used_harms_nothing(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], object]
) -> None:
    site.build()
    expected = site.files()
    shutil.rmtree(site.output)
    whole = kept(site).read_bytes()
    harmed: list[Path] = []

    def read_and_harm(*arguments: Any) -> Any:
        found = read_segments(*arguments)
        if not harmed:
            harmed.append(kept(site))
            harm(kept(site))
        return found

    replace_everywhere(monkeypatch, read_segments, read_and_harm)
    report = site.build()
    assert harmed
    assert codes(report)[:1] == ["cache-damaged"]
    assert site.files() == expected
    assert kept(site).read_bytes() == whole


def test_a_cache_that_is_replaced_while_it_is_used_is_read_as_it_was(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    expected = site.files()
    shutil.rmtree(site.output)

    def read_and_replace(*arguments: Any) -> Any:
        found = read_segments(*arguments)
        other = kept(site).with_name("other")
        other.write_bytes(b"")
        other.replace(kept(site))
        return found

    replace_everywhere(monkeypatch, read_segments, read_and_replace)
    assert codes(site.build()) == []
    assert site.files() == expected


def test_of_an_article_a_build_holds_what_it_plans_from(site: SiteFolder) -> None:
    """However long the text is that pages show: an archive must fit into memory (docs/scale.md)."""
    count, lead = 100, " ".join(["Câu đầu."] * 30)
    for number in range(count):
        site.article(f"bai-{number}", lead=lead)
    report = site.build()
    assert report.known.loaded
    cache, config = site.root / ".sitegen", report.known.loaded.content.config

    def measure() -> float:
        tracemalloc.start()
        known, _ = load_cache(cache, fingerprint_generator(), config)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return held / len(known.content.readings)

    # What is needed once, such as decoders, is there after the first time.
    measure()
    assert measure() < 1_350


def test_one_edited_article_is_one_small_segment(site: SiteFolder, count_readings: Count) -> None:
    for number in range(60):
        site.article(f"bai-{number}")
    site.build()
    before = kept(site).read_bytes()
    count_readings()
    site.article("bai-7", "Câu khác.").build()
    after = kept(site).read_bytes()
    assert count_readings() == 1
    assert after[: len(before)] == before
    assert 0 < len(after) - len(before) < 1000 < len(before) / 10
    site.build()
    assert count_readings() == 0
    assert kept(site).read_bytes() == after


def test_the_last_segment_counts(site: SiteFolder, count_readings: Count) -> None:
    site.build()
    site.article("a", "Một.").build()
    site.article("a", "Hai.").build()
    count_readings()
    site.output.rename(site.root / "elsewhere")
    site.build()
    assert "Hai." in site.page("/hoat-dong-cua-co-so/2024/05/a/")
    assert count_readings() == 0


def test_many_segments_become_one(
    site: SiteFolder, count_readings: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_cache, "_MOST_SEGMENTS", 3)
    sizes = []
    for text in ("Một.", "Hai.", "Ba..", "Bốn.", "Năm."):
        site.article("a", text).build()
        sizes.append(kept(site).stat().st_size)
    grown = [later > earlier for earlier, later in pairwise(sizes)]
    assert grown == [True, True, False, True]
    count_readings()
    site.build()
    assert count_readings() == 0


def replace_some(folder: Path, changed: int) -> tuple[int, int]:
    """Remember 400 readings, then others of ``changed`` of them; return segments and readings."""
    names = [f"content/{number}.md" for number in range(400)]
    save_cache(folder, GENERATOR, LoadedCache(), some_content(*names))
    known, _ = load_cache(folder, GENERATOR, CONFIG)
    others = {
        path: msgspec.structs.replace(each, stamp=b"later")
        for path, each in some_content(*names[:changed]).readings.items()
    }
    readings = known.content.readings | others
    save_cache(folder, GENERATOR, known, ContentCache(CONFIG, readings))
    known, _ = load_cache(folder, GENERATOR, CONFIG)
    return known.segments, len(known.content.readings)


def test_a_file_half_of_which_counts_no_longer_is_written_anew(tmp_path: Path) -> None:
    assert replace_some(tmp_path / "few", 100) == (2, 400)
    assert replace_some(tmp_path / "many", 300) == (1, 400)


def test_what_is_gone_is_forgotten_in_time(tmp_path: Path) -> None:
    names = [f"content/{number}.md" for number in range(400)]
    save_cache(tmp_path, GENERATOR, LoadedCache(), some_content(*names))
    known, _ = load_cache(tmp_path, GENERATOR, CONFIG)
    save_cache(
        tmp_path,
        GENERATOR,
        known,
        ContentCache(CONFIG, {"content/0.md": known.content.readings["content/0.md"]}),
    )
    known, _ = load_cache(tmp_path, GENERATOR, CONFIG)
    assert set(known.content.readings) == {"content/0.md"}


def test_what_was_read_under_another_configuration_is_read_anew(
    site: SiteFolder, count_readings: Count
) -> None:
    first = (site.root / "config.yaml").read_text("utf-8")
    site.build()
    count_readings()
    site.write("config.yaml", first.replace("Hoạt động", "Việc làm"))
    for name in ("a", "b", "c"):
        site.article(name, category="Việc làm của cơ sở")
    assert codes(site.build()) == ["address-changed"]
    # A photo's size does not depend on the configuration.
    assert count_readings() == 4
    assert "/viec-lam-cua-co-so/2024/05/a/" in site.page("/sitemap/1.xml")
    site.build()
    assert count_readings() == 0


def test_a_configuration_that_comes_back_finds_its_readings(
    site: SiteFolder, count_readings: Count
) -> None:
    first = (site.root / "config.yaml").read_text("utf-8")
    site.build()
    expected = site.files()
    site.write("config.yaml", first.replace("Cổng", "Trang")).build()
    site.write("config.yaml", first)
    count_readings()
    site.build()
    assert count_readings() == 0
    assert site.files() == expected


def test_readings_of_another_configuration_are_not_known(tmp_path: Path) -> None:
    save_cache(tmp_path, GENERATOR, LoadedCache(), some_content("content/a.md"))
    assert load_cache(tmp_path, GENERATOR, CONFIG)[0].content.readings
    assert not load_cache(tmp_path, GENERATOR, b"other")[0].content.readings


def test_a_cache_that_cannot_be_written_is_no_error(site: SiteFolder) -> None:
    site.build()
    expected = site.files()
    other = make_tiny_site(site.root.parent / "other")
    for name in ("a", "b", "c"):
        other.article(name)
    other.write("content/pages/p.md", "---\ntitle: Giới thiệu\n---\n\nTrang.\n")
    other.write("content/media/a.svg", SVG.format(4))
    # A file where the folder has to be: nobody, root included, can write into it.
    other.write(".sitegen", "")
    assert other.build().written.written == len(expected)
    assert other.files() == expected
    assert other.build().written.written == 0


def test_a_full_disk_is_no_error(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    replace_everywhere(monkeypatch, cache_file.write_segment, refuse)
    assert codes(site.build()) == []
    assert not kept(site).exists()


def list_imports(source: str) -> set[str]:
    """Return the top-level packages that a module imports, wherever it does so."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_nothing_that_is_kept_can_run_code() -> None:
    harmful = {"pickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    sources = sorted(Path(sitegen.__file__).parent.rglob("*.py"))
    assert len(sources) > 30
    for path in sources:
        assert not list_imports(path.read_text("utf-8")) & harmful, path.name
    assert list_imports("def f():\n    from pickle import loads") & harmful


class TestPreview:
    """One process that builds again and again hands on what it knows."""

    def test_nothing_is_loaded_again(
        self, site: SiteFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = site.build()
        forbid(monkeypatch, cache_file.read_segments)
        report = build(site.article("b", "Câu khác.").request(), known=report.known)
        assert "Câu khác." in site.page("/hoat-dong-cua-co-so/2024/05/b/")
        assert build(site.request(), known=report.known).written.written == 0

    def test_another_configuration_is_noticed(self, site: SiteFolder) -> None:
        report = site.build()
        config = (site.root / "config.yaml").read_text("utf-8")
        site.write("config.yaml", f"{config}permalink: /{{year}}/{{slug}}/\n")
        build(site.request(), known=report.known)
        assert "2024/a/index.html" in site.files()

    def test_a_cache_that_was_deleted_meanwhile_is_written_anew(self, site: SiteFolder) -> None:
        report = site.build()
        (site.root / ".sitegen" / FILE).unlink()
        for text in ("Một.", "Hai."):
            report = build(site.article("b", text).request(), known=report.known)
        in_memory = report.known.loaded
        assert in_memory
        known, problems = load_cache(
            site.root / ".sitegen", fingerprint_generator(), in_memory.content.config
        )
        assert not problems
        assert known.content.readings.keys() == in_memory.content.readings.keys()

    def test_a_cache_that_is_harmed_meanwhile_harms_nothing(self, site: SiteFolder) -> None:
        site.build()
        site.article("a", "Câu khác.")
        report = site.build()
        files = site.files()
        place = site.root / ".sitegen" / FILE
        place.write_bytes(bytes(place.stat().st_size))
        shutil.rmtree(site.output)
        build(site.request(), known=report.known)
        assert site.files() == files

    def test_another_process_may_build_in_between(self, site: SiteFolder) -> None:
        report = site.build()
        site.article("c", "Của tiến trình khác.").build()
        build(site.article("b", "Của bản xem trước.").request(), known=report.known)
        files = site.files()
        site.build()
        assert site.files() == files
        assert not site.build().written.written

    def test_only_the_files_that_it_is_told_of_are_looked_at(
        self, site: SiteFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = site.build()
        forbid(monkeypatch, discover)
        for text in ("Mới.", "Mới nữa."):
            site.article("a", text)
            report = build(site.request(), known=report.known, named={"content/a.md"})
            assert text in site.page("/hoat-dong-cua-co-so/2024/05/a/")
        (site.root / "content/a.md").unlink()
        report = build(site.request(), known=report.known, named={"content/a.md"})
        assert "hoat-dong-cua-co-so/2024/05/a/index.html" not in site.files()

    def test_templates_are_compiled_once(self, site: SiteFolder) -> None:
        report = site.build()
        theme = report.known.theme
        report = build(site.article("a", "Mới.").request(), known=report.known)
        assert theme
        assert report.known.theme is theme
        assert theme.compiled is theme.compiled
        layout = (site.root / "templates/layout.html").read_text("utf-8")
        site.write("templates/layout.html", layout.replace("<h1>", "<h1 id=khac>"))
        report = build(site.request(), known=report.known)
        assert "<h1 id=khac>" in site.page("/hoat-dong-cua-co-so/2024/05/a/")
