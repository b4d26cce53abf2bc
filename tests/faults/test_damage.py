"""Damaged, lost and foreign caches, lists and journals: a warning, and a build that is right."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.output.journal import is_unfinished
from sitegen.output.manifest_file import COPIES, manifest_path
from sitegen.output.staging import STAGING
from support.faults import AT, EVERYTHING, FAULT, Ordeal, list_codes, list_files, remove, run

Tell = Callable[[str, int], None]
Damage = Callable[[bytes, random.Random], bytes]

TIMES = 125 if EVERYTHING else 6
DAMAGED = frozenset({"cache-damaged", "cache-other-version", "list-damaged", "journal-damaged"})


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory) -> Ordeal:
    """Return a site in which no folder comes where a file was: a file of others stays there."""
    return Ordeal(tmp_path_factory.mktemp("damage"), turning=False)


JOURNALS = [b"", b"{}", b'{"clear":[],"remove":[]}', b"\x82\xa4gone\x90", b"\xff" * 200]


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def swap(data: bytes, chance: random.Random) -> bytes:
    one, other = sorted(chance.sample(range(len(data)), 2))
    size = min(other - one, len(data) - other, 1 + chance.randrange(40))
    first, second = data[one : one + size], data[other : other + size]
    return data[:one] + second + data[one + size : other] + first + data[other + size :]


def shuffle(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


@pytest.mark.parametrize("damage", [flip, cut, swap, shuffle])
def test_whatever_is_damaged_the_site_is_right(ordeal: Ordeal, damage: Damage, tried: Tell) -> None:
    chance = random.Random(3)  # noqa: S311 (damage, not secrets)
    ordeal.restore()
    root = ordeal.site.root
    (copy,) = (root / ".sitegen" / COPIES).iterdir()
    cached = [path for path in (root / ".sitegen").rglob("*") if path.is_file() and path != copy]
    for _ in range(TIMES):
        ordeal.restore()
        # What is lost when the list and its copy are damaged at once is told below.
        for path in (
            chance.choice(cached),
            chance.choice([copy, manifest_path(ordeal.site.output)]),
        ):
            data = path.read_bytes()
            if data:
                path.write_bytes(damage(data, chance))
        ordeal.assert_sound(*DAMAGED)
    tried(f"cache and list damaged: {damage.__name__}", TIMES)


def change_one_letter(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"/bai-1/", b"/bai-X/"))


LOSSES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a NUL byte": ("list-damaged", lambda path: path.write_bytes(path.read_bytes() + b"\0")),
    "one letter": ("list-damaged", change_one_letter),
    "emptied": ("list-damaged", lambda path: path.write_bytes(b"")),
    "lost": ("list-lost", Path.unlink),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_the_page_of_a_deleted_article_goes_by_the_copy(ordeal: Ordeal, loss: str) -> None:
    code, lose = LOSSES[loss]
    ordeal.restore()
    assert any("/bai-1/" in path for path in ordeal.old)
    lose(manifest_path(ordeal.site.output))
    report = ordeal.assert_sound(code)
    assert list_codes(report) == [code]
    # It is said once, and then forgotten.
    assert ordeal.site.build().warnings == ()


@pytest.mark.parametrize("loss", LOSSES)
def test_without_the_copy_what_may_be_left_is_named_and_kept(ordeal: Ordeal, loss: str) -> None:
    code, lose = LOSSES[loss]
    ordeal.restore()
    lose(manifest_path(ordeal.site.output))
    remove(ordeal.site.root / ".sitegen")
    ordeal.site.write("output/google1234.html", b"by hand")
    report = ordeal.site.build()
    assert list_codes(report) == [code, "file-unlisted"]
    left = list_files(ordeal.site.output).keys() - ordeal.new.keys()
    assert "google1234.html" in left
    assert any("/bai-1/" in path for path in left)
    (unlisted,) = (each for each in report.warnings if each.code == "file-unlisted")
    assert unlisted.arguments == {"count": str(len(left)), "value": min(left)}
    # The hint helps.
    remove(ordeal.site.output)
    ordeal.assert_sound()


def test_a_new_output_beside_files_of_others_is_no_loss(ordeal: Ordeal) -> None:
    ordeal.restore()
    remove(ordeal.site.output)
    remove(manifest_path(ordeal.site.output))
    ordeal.site.write("output/.gitignore", b"*")
    ordeal.site.write("output/google1234.html", b"by hand")
    assert list_codes(ordeal.site.build()) == []


def test_no_file_of_others_is_deleted_by_the_copy_of_another_output(ordeal: Ordeal) -> None:
    ordeal.restore()
    other = ordeal.site.root.parent / "other"
    remove(other)
    page = next(path for path in ordeal.old if "/bai-1/" in path)
    (other / page).parent.mkdir(parents=True)
    (other / page).write_bytes(b"by hand")
    (other / "index.html").write_bytes(b"by hand")
    outcome = run(ordeal.site, "build", *AT, "--output", str(other))
    assert outcome.code == 0
    assert (other / page).read_bytes() == b"by hand"
    assert "list-lost" in outcome.said


@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("journal", JOURNALS, ids=range(len(JOURNALS)))
def test_a_journal_that_cannot_be_read_is_set_aside(
    ordeal: Ordeal, journal: bytes, *, clean: bool
) -> None:
    ordeal.restore()
    staging = ordeal.site.output / STAGING
    (staging / "tree").mkdir(parents=True)
    (staging / "tree" / "half.html").write_bytes(b"half")
    (staging / "journal").write_bytes(journal)
    # A build that is refused does not forget it.
    ordeal.site.write("content/hong.md", "---\ntitle: x\n")
    assert run(ordeal.site, "build", *AT).code == 1
    (ordeal.site.root / "content/hong.md").unlink()
    assert is_unfinished(ordeal.site.output)
    words = ["--clean"] if clean else []
    outcome = run(ordeal.site, "build", *AT, *words)
    assert outcome.code == 0
    assert "journal-damaged" in outcome.said
    assert not staging.exists()
    ordeal.assert_sound()


def test_a_staging_folder_without_journal_is_cleared_even_if_nothing_is_to_do(
    ordeal: Ordeal,
) -> None:
    ordeal.restore()
    ordeal.site.build()
    (ordeal.site.output / STAGING / "tree").mkdir(parents=True)
    ordeal.assert_sound()


def test_after_a_set_aside_journal_every_file_is_made_again(ordeal: Ordeal) -> None:
    """The list names keys of files that a lost journal may have replaced."""
    ordeal.restore()
    ordeal.site.build()
    ordeal.site.write("output/index.html", b"from a build that is forgotten")
    (ordeal.site.output / STAGING).mkdir()
    (ordeal.site.output / STAGING / "journal").write_bytes(b"damaged")
    assert run(ordeal.site, "build", *AT).code != FAULT
    assert list_files(ordeal.site.output) == ordeal.new
