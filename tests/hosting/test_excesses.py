"""`sitegen check --host` tells what a host would refuse, and what helps against it."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

from sitegen.build import check
from sitegen.cli.messages import format_text
from sitegen.hosting.limits import LIMITS, Limit, Limits
from support.site_folder import CONFIG, SiteFolder

HOSTS = tuple(LIMITS)
SOURCE = "https://example.org/limits"


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what gives a host other limits."""

    def set_limits(host: str, **limits: int) -> None:
        made: dict[str, Any] = {name: Limit(most, SOURCE) for name, most in limits.items()}
        monkeypatch.setitem(LIMITS, host, Limits(**made))

    return set_limits


def find(site: SiteFolder, host: str = "") -> list[str]:
    """Return what is told of a host, in English, without the address of the limit."""
    found = check(site.request(), host=host)
    own = [each for each in found if each.code.startswith("host-")]
    assert all(each.arguments["source"] == SOURCE for each in own)
    return [format_text(each, "en").partition(";")[0] for each in own]


def build_sizes(site: SiteFolder) -> dict[str, int]:
    site.build()
    return {path: len(data) for path, data in site.files().items()}


def test_a_site_within_the_limits_is_not_told(site: SiteFolder) -> None:
    site.article("bai", aliases="[/cu.aspx]")
    for host in HOSTS:
        assert find(site, host) == []


@pytest.mark.parametrize("built", [False, True], ids=["unbuilt", "built"])
def test_the_number_of_files_is_that_of_a_build(
    site: SiteFolder, limit: Callable[..., None], *, built: bool
) -> None:
    sizes = build_sizes(site.article("bai"))
    if not built:
        site = SiteFolder(site.root)
        site.output = site.root / "elsewhere"
    limit("cloudflare", files=len(sizes))
    assert find(site, "cloudflare") == []
    limit("cloudflare", files=len(sizes) - 1)
    (found,) = find(site, "cloudflare")
    assert found.startswith(f"config.yaml:1:1: host-files the site has {len(sizes)} files ")
    assert found.endswith(f", and Cloudflare Pages takes {len(sizes) - 1}")


@pytest.mark.parametrize("edited", [False, True], ids=["unchanged", "edited"])
def test_the_size_is_that_of_a_build(
    site: SiteFolder, limit: Callable[..., None], *, edited: bool
) -> None:
    """What did not change is measured in the output, all else as it is made."""
    site.article("bai").build()
    if edited:
        site.article("bai", body="Nội dung dài hơn nhiều.")
    other = SiteFolder(site.root)
    other.output = site.root / "whole"
    whole = sum(build_sizes(other).values())
    limit("github", whole=whole)
    assert find(site, "github") == []
    limit("github", whole=whole - 1)
    (found,) = find(site, "github")
    assert found.startswith("config.yaml:1:1: host-size the site is ")


def test_folders_count_where_the_host_counts_them(
    site: SiteFolder, limit: Callable[..., None]
) -> None:
    site.article("bai").build()
    # The folder itself is one of them.
    entries = len([site.output, *site.output.rglob("*")])
    limit("gitlab", entries=entries)
    assert find(site, "gitlab") == []
    limit("gitlab", entries=entries - 1)
    assert [each.split(" ")[1] for each in find(site, "gitlab")] == ["host-files"]


def test_a_large_file_is_told_at_the_file_of_the_editor(
    site: SiteFolder, limit: Callable[..., None]
) -> None:
    site.write("content/media/van-ban.pdf", b"%PDF-1.4\n" + bytes(3_000_000) + b"\n%%EOF\n")
    site.article("bai", body="[Văn bản](/media/van-ban.pdf)")
    limit("cloudflare", file=2_000_000)
    place, told = "content/media/van-ban.pdf:1:1", "the file is 3 MB large"
    assert find(site, "cloudflare") == [
        f"{place}: host-file {told}, and Cloudflare Pages takes 1 MB"
    ]
    site.build()
    assert len(find(site, "cloudflare")) == 1
    # As the message says.
    site.write("content/media/van-ban.pdf", b"%PDF-1.4\n" + bytes(1_000_000) + b"\n%%EOF\n")
    assert find(site, "cloudflare") == []


def test_a_crowded_folder_is_told_and_the_permalink_helps(
    site: SiteFolder, limit: Callable[..., None]
) -> None:
    site.write("config.yaml", f"{CONFIG}permalink: /{{slug}}/\nlists:\n  months: false\n")
    for number in range(40):
        site.article(f"bai-{number}", date=f"20{10 + number % 10}-05-06")
    limit("netlify", in_folder=40)
    (found,) = find(site, "netlify")
    assert "host-folder the folder / holds" in found
    written = f"{CONFIG}permalink: /tin/{{year}}/{{slug}}/\nlists:\n  months: false\n"
    site.write("config.yaml", written)
    assert find(site, "netlify") == []


def test_a_long_line_of_headers_is_told(site: SiteFolder, limit: Callable[..., None]) -> None:
    hosts = ", ".join(f"video{number}.example.vn" for number in range(90))
    config = f"{CONFIG}host: cloudflare\nvideo_hosts: [{hosts}]\n"
    site.write("config.yaml", config).article("bai")
    limit("cloudflare", header_line=2_000)
    (found,) = find(site)
    assert "host-header a line of `_headers` has" in found
    site.write("config.yaml", f"{CONFIG}host: cloudflare\nvideo_hosts: [youtu.be]\n")
    assert find(site) == []


def test_addresses_that_do_not_fit_are_a_warning(
    site: SiteFolder, limit: Callable[..., None]
) -> None:
    site.write("config.yaml", f"{CONFIG}host: cloudflare\n")
    site.article("bai", aliases="[/a.aspx, /b.aspx, /c.aspx]")
    limit("cloudflare", redirects=2)
    (found,) = find(site)
    assert found == (
        "config.yaml:1:1: host-redirects Cloudflare Pages takes 2 old addresses in its list, and "
        "1 more do not fit"
    )
    assert all(each.warning for each in check(site.request()))


def test_the_host_of_the_configuration_is_checked_unless_another_is_named(
    site: SiteFolder, limit: Callable[..., None]
) -> None:
    site.write("config.yaml", f"{CONFIG}host: netlify\n").article("bai")
    limit("netlify", whole=1)
    assert len(find(site)) == 1
    assert find(site, "cloudflare") == []
    site.write("config.yaml", CONFIG)
    assert find(site) == []


def test_the_command_tells_it(site: SiteFolder) -> None:
    site.write("content/media/lon.zip", b"PK\x03\x04" + bytes(26 * 1024 * 1024))
    site.article("bai", body="[Tệp](/media/lon.zip)")

    def run(host: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sitegen", "--root", str(site.root), "check"]
        return subprocess.run(
            [*command, "--host", host], check=False, capture_output=True, text=True
        )

    assert run("netlify").returncode == 0
    done = run("cloudflare")
    assert done.returncode == 1
    assert done.stderr.startswith("content/media/lon.zip:1:1: host-file error: the file is 27 MB")
    assert LIMITS["cloudflare"].file
    assert LIMITS["cloudflare"].file.source in done.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_each_limit_says_where_it_stands_and_when_that_was_read(host: str) -> None:
    limits = [each for each in msgspec.structs.astuple(LIMITS[host]) if each]
    assert limits
    for each in limits:
        assert urlsplit(each.source).scheme == "https"
        assert each.checked.startswith("20")
