"""A preview looks at the files that changed alone, and knows what it would see of all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.content.discovery import Discovery, discover, join_discoveries, look_again
from support.doubles import forbid
from support.site_folder import SiteFolder

# A time at which every file has been at rest for long.
LATER = 1 << 62


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    site = SiteFolder(tmp_path).article("bai/a").article("bai/b")
    return site.write("content/media/anh.svg", "<svg/>").write("content/pages/p.md", "Trang.")


def names_of(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in (root / "content").rglob("*")}


def seen(found: Discovery) -> tuple[object, ...]:
    """Return what was found, without the digest of it: it says how it was found as well."""
    return tuple(found.files), found.problems


def edit(site: SiteFolder) -> None:
    site.article("bai/a", "Dài hơn trước một chút.")


def save_by_renaming(site: SiteFolder) -> None:
    site.article("bai/moi", "Khác.")
    (site.root / "content/bai/moi.md").rename(site.root / "content/bai/a.md")


def delete(site: SiteFolder) -> None:
    (site.root / "content/bai/a.md").unlink()


CHANGES: dict[str, Callable[[SiteFolder], object]] = {
    "edited": edit,
    "saved by renaming": save_by_renaming,
    "deleted": delete,
    "new": lambda site: site.article("bai/c"),
    "passed over": lambda site: site.write("content/bai/.a.md.swp", "Rác."),
    "folder copied": lambda site: shutil.copytree(
        site.root / "content/bai", site.root / "content/chep"
    ),
    "folder renamed": lambda site: (site.root / "content/bai").rename(site.root / "content/tin"),
    "folder deleted": lambda site: shutil.rmtree(site.root / "content/bai"),
    "nothing left": lambda site: shutil.rmtree(site.root / "content"),
    "link to a file": lambda site: (site.root / "content/c.md").symlink_to("bai/a.md"),
    "link in a circle": lambda site: (site.root / "content/c").symlink_to("../content"),
    "file outside": lambda site: (site.root / "content/c.md").symlink_to("/etc/hostname"),
    "unseen letter": lambda site: site.article("bai/b\u200b"),
    "outside of the content": lambda site: site.write("templates/a.html", "Mẫu."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whoever_looks_again_sees_what_there_is(site: SiteFolder, change: str) -> None:
    before = discover(site.root, LATER)
    names = names_of(site.root)
    CHANGES[change](site)
    named = names ^ names_of(site.root) | {"content/bai/a.md", "templates/a.html"}
    assert seen(look_again(site.root, LATER, before, named)) == seen(discover(site.root, LATER))


@pytest.mark.parametrize("change", CHANGES)
def test_several_processes_see_together_what_one_sees(site: SiteFolder, change: str) -> None:
    CHANGES[change](site)
    slices = [discover(site.root, LATER, number, 3) for number in range(3)]
    assert seen(join_discoveries(slices)) == seen(discover(site.root, LATER))


def test_a_file_becomes_a_folder(site: SiteFolder) -> None:
    before = discover(site.root, LATER)
    delete(site)
    site.write("content/bai/a.md/trong.md", "Bài.")
    named = {"content/bai/a.md", "content/bai/a.md/trong.md"}
    assert seen(look_again(site.root, LATER, before, named)) == seen(discover(site.root, LATER))


def test_what_was_wrong_is_looked_at_again(site: SiteFolder) -> None:
    link = site.root / "content/c.md"
    link.symlink_to("/etc/hostname")
    before = discover(site.root, LATER)
    assert before.problems
    link.unlink()
    again = look_again(site.root, LATER, before, {"content/c.md"})
    assert seen(again) == seen(discover(site.root, LATER))


def test_files_that_were_young_get_their_stamps(site: SiteFolder) -> None:
    """A young file may change again without a sign, so it has no stamp yet."""
    young = discover(site.root, 0)
    assert not any(file.stamp for file in young.files)
    assert seen(look_again(site.root, LATER, young, ())) == seen(discover(site.root, LATER))


def test_only_what_changed_is_looked_at(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = discover(site.root, LATER)
    forbid(monkeypatch, discover)
    edit(site)
    after = look_again(site.root, LATER, before, {"content/bai/a.md"})
    assert [file.path for file in after.files] == [file.path for file in before.files]
    changed = set(after.files) - set(before.files)
    assert {file.path for file in changed} == {"content/bai/a.md"}


LEADING_OUT = {
    "to the root": ("x.txt", "../config.yaml"),
    "to a file with a dot": ("x.txt", ".env"),
    "to a folder with a dot": ("x", ".git"),
    "through a folder": ("x", "../templates"),
}


@pytest.mark.parametrize("link", LEADING_OUT)
def test_links_stay_within_the_content(site: SiteFolder, link: str) -> None:
    site.write("content/.env", "KHOA=1").write("content/.git/config", "x").write("templates/a", "")
    site.write("config.yaml", "")
    name, target = LEADING_OUT[link]
    (site.root / "content" / name).symlink_to(target)
    found = discover(site.root, LATER)
    assert [(each.code, each.place.path) for each in found.problems] == [
        ("file-outside", f"content/{name}")
    ]
    assert not [file for file in found.files if file.path.startswith("content/x")]
