import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sitegen import __version__
from sitegen.build import Report, Request, build
from sitegen.cli import commands
from sitegen.content.kinds import RECORDS, make_schema
from sitegen.content.samples import BODY, LEAD
from sitegen.output.publishing import open_output
from support.doubles import replace_everywhere
from support.html_tree import parse
from support.site_folder import CONFIG, SiteFolder

NOW = "2026-11-23 12:00"
LINE = re.compile(r"(?P<path>\S+):(?P<line>[0-9]+):(?P<column>[0-9]+): (?P<code>[a-z-]+) \S.*")


def run(
    site: SiteFolder, *arguments: str | Path, now: str = NOW, lang: str = "en_US.UTF-8"
) -> Result:
    """Run the command in this process as the shell would."""
    words = [str(each) for each in arguments]
    if now and words[0] in {"build", "check", "new"}:
        words += ["--now", now]
    environment = {"LC_ALL": lang, "LC_MESSAGES": "", "LANG": ""}
    return CliRunner(env=environment).invoke(commands.main, ["--root", str(site.root), *words])


def lines(result: Result) -> list[str]:
    """Return what was said on standard error; standard output is for machines."""
    assert result.stdout == ""
    return result.stderr.splitlines()


@pytest.mark.parametrize(
    ("command", "flags"),
    [
        ("", "--root --version --help"),
        ("build", "--output --jobs --now --clean --verify --drafts --no-search"),
        ("check", "--format"),
        ("serve", "--port"),
        ("new", "--category --author"),
        ("init", "--host --now"),
    ],
)
def test_every_flag_of_the_design_exists(command: str, flags: str) -> None:
    words = [command, "--help"] if command else ["--help"]
    result = CliRunner().invoke(commands.main, words)
    assert result.exit_code == 0
    for flag in flags.split():
        assert re.search(rf"{flag}\b", result.stdout), flag


def test_the_version() -> None:
    result = CliRunner().invoke(commands.main, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"sitegen, version {__version__}\n")


def test_python_runs_the_package() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "--version"], capture_output=True, check=True, text=True
    )
    assert done.stdout == f"sitegen, version {__version__}\n"


def test_a_build_says_what_it_did(site: SiteFolder) -> None:
    site.article("a")
    first = run(site, "build")
    assert first.exit_code == 0
    count = len(site.files())
    assert re.fullmatch(
        rf"{count} files written, 0 unchanged, 0 removed in \d+\.\d s\.", lines(first)[-1]
    )
    second = run(site, "build", "--clean", "--jobs", "2")
    assert lines(second)[-1].startswith(f"0 files written, {count} unchanged, 0 removed")


def test_all_problems_are_listed_first_and_nothing_is_touched(site: SiteFolder) -> None:
    site.article("a").build()
    before = site.files()
    site.article("a", title='"Đổi tên"').article("b", date="hôm qua", author="")
    site.article("c", "Chữ [x](khong-co.md)", title="2026")
    result = run(site, "build")
    assert result.exit_code == 1
    found = [match for each in lines(result) if (match := LINE.fullmatch(each))]
    assert len(found) == len(lines(result)) - 1
    assert [each["path"] for each in found] == sorted(each["path"] for each in found)
    assert {"date-form", "author-missing", "field-ambiguous", "link-missing"} == {
        each["code"] for each in found
    }
    assert not any("content/a.md" in each["path"] for each in found)
    assert site.files() == before


def test_warnings_are_listed_and_stop_nothing(site: SiteFolder) -> None:
    site.article("a", date="2030-01-01")
    result = run(site, "build")
    assert result.exit_code == 0
    assert lines(result)[0].startswith("content/a.md:")
    assert "article-embargoed" in lines(result)[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--made-up"],
        ["build", "--jobs", "0"],
        ["build", "--now", "hôm nay"],
        ["build", "--output", "content"],
        ["check", "--format", "xml"],
        ["made-up"],
        ["new", "Tiêu đề"],
        ["new", "Tiêu đề", "--category", "Không có"],
        ["new", "…", "--category", "Hoạt động của cơ sở"],
    ],
)
def test_wrong_usage(
    site: SiteFolder, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    before = sorted(site.root.rglob("*"))
    assert run(site, *arguments, now="").exit_code == 2
    assert sorted(site.root.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="to make links needs a permission")
def test_a_link_that_leads_to_itself_is_wrong_usage(site: SiteFolder) -> None:
    loop = site.root / "vòng"
    loop.symlink_to(loop)
    for words in ("build --output", "why", "init"):
        assert run(site, *words.split(), loop).exit_code == 2
    result = CliRunner().invoke(commands.main, ["--root", str(loop), "build"])
    assert result.exit_code == 2
    assert lines(result)[0].startswith("config.yaml:1:1: file-unreadable")


def test_problems_of_the_configuration_are_wrong_usage(site: SiteFolder) -> None:
    site.write("config.yaml", "site:\n  titel: x\n  language: en\n")
    result = run(site, "build")
    assert result.exit_code == 2
    found = [match for each in lines(result) if (match := LINE.fullmatch(each))]
    assert {each["path"] for each in found} == {"config.yaml"}
    assert len(found) >= 3
    (site.root / "config.yaml").unlink()
    result = run(site, "build")
    assert result.exit_code == 2
    assert lines(result)[0].startswith(
        "config.yaml:1:1: config-missing error: there is no config.yaml"
    )


def test_a_locked_output_is_wrong_usage(site: SiteFolder) -> None:
    with open_output(site.output):
        result = run(site, "build")
    assert result.exit_code == 2
    assert "another build" in lines(result)[0]


def test_a_fault_of_the_generator(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Report:
        message = "a fault made up for this test"
        raise RuntimeError(message)

    replace_everywhere(monkeypatch, build, fail)
    result = run(site, "build")
    assert result.exit_code == 70
    assert "a fault made up for this test" in result.stderr
    assert lines(result)[-1].startswith("This is a fault in the generator")


def test_now_stands_in_for_the_clock(site: SiteFolder) -> None:
    site.article("mai", date="2026-11-24 08:00")
    site.article("qua", date="2026-11-01", expires="2026-11-24 08:00")
    run(site, "build", now="2026-11-24 07:59")
    pages = set(site.files())
    assert "hoat-dong-cua-co-so/2026/11/qua/index.html" in pages
    assert "hoat-dong-cua-co-so/2026/11/mai/index.html" not in pages
    run(site, "build", now="2026-11-24T08:00:00+07:00")
    pages = set(site.files())
    assert "hoat-dong-cua-co-so/2026/11/qua/index.html" not in pages
    assert "hoat-dong-cua-co-so/2026/11/mai/index.html" in pages


def test_drafts_are_for_previews_and_no_page_of_one_is_indexed(site: SiteFolder) -> None:
    site.article("a").article("nhap", draft="true").article("mai", date="2030-01-01")
    site.write("content/pages/p.md", "---\ntitle: Trang nháp\ndraft: true\n---\nNội dung.\n")
    assert run(site, "build", "--drafts", "--output", str(site.output)).exit_code == 0
    files = site.files()
    assert "hoat-dong-cua-co-so/2024/05/nhap/index.html" in files
    assert "hoat-dong-cua-co-so/2030/01/mai/index.html" in files
    assert "trang-nhap/index.html" in files
    for path, data in files.items():
        if path.endswith(".html"):
            robots = parse(data.decode()).find_all("meta", name="robots")
            assert [each.attributes["content"] for each in robots] == ["noindex"], path
    assert b"Disallow: /\n" in files["robots.txt"]
    run(site, "build")
    assert not any(b"nhap" in path.encode() for path in site.files())
    assert 'name="robots"' not in site.page("/")


def test_verifying_a_build(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    site.article("a")
    assert run(site, "build", "--verify").exit_code == 0

    def build_wrongly(request: Request, *rest: Any) -> Report:
        report = build(request, *rest)
        (request.output / "robots.txt").write_text("x", "utf-8")
        return report

    replace_everywhere(monkeypatch, build, build_wrongly)
    result = run(site, "build", "--verify")
    assert result.exit_code == 70
    assert "robots.txt is not what a build from nothing gives" in result.stderr


def test_the_output_may_lie_elsewhere(
    site: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("a")
    monkeypatch.chdir(tmp_path)
    assert run(site, "build", "--output", "public/html").exit_code == 0
    assert (tmp_path / "public/html/index.html").exists()
    assert (tmp_path / "public/.html.list").exists()
    assert not site.output.exists()


def test_checking_writes_nothing(site: SiteFolder) -> None:
    site.article("a")
    result = run(site, "check")
    assert (result.exit_code, lines(result)) == (0, ["No problems found."])
    site.article("b", date="?").article("c", date="2030-01-01")
    result = run(site, "check")
    assert result.exit_code == 1
    assert [LINE.fullmatch(each) is not None for each in lines(result)] == [True, True, False]
    assert not site.output.exists()


def test_checking_for_programs(site: SiteFolder) -> None:
    site.article("b", date="100%: sai").article("c", date="2030-01-01")
    result = run(site, "check", "--format", "json")
    assert result.exit_code == 1
    assert result.stderr == ""
    problems = json.loads(result.stdout)
    assert [(each["path"], each["severity"], each["code"]) for each in problems] == [
        ("content/b.md", "error", problems[0]["code"]),
        ("content/c.md", "warning", "article-embargoed"),
    ]
    assert (problems[1]["line"], bool(problems[1]["message"])) == (3, True)
    result = run(site, "check", "--format", "github")
    assert result.exit_code == 1
    error, warning = result.stdout.splitlines()
    assert error.startswith("::error file=content/b.md,line=3,col=")
    assert re.fullmatch(
        r"::warning file=content/c\.md,line=3,col=\d+,title=article-embargoed::.+", warning
    )
    (site.root / "content/b.md").unlink()
    (site.root / "content/c.md").unlink()
    result = run(site, "check", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_a_broken_configuration_for_programs(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG + "made_up: 1\n")
    result = run(site, "check", "--format", "json")
    assert (result.exit_code, result.stderr) == (2, "")
    assert [each["path"] for each in json.loads(result.stdout)] == ["config.yaml"]


def test_an_interrupted_build(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Report:
        raise KeyboardInterrupt

    replace_everywhere(monkeypatch, build, interrupt)
    assert run(site, "build").exit_code == 130


def test_messages_speak_the_language_of_the_site(site: SiteFolder) -> None:
    site.write("config.yaml", CONFIG.replace("language: en", "language: vi")).article("a")
    message = lines(run(site, "build"))[-1]
    assert re.fullmatch(r"Đã ghi \d+ tệp, giữ nguyên 0, xóa 0, trong \d+,\d giây\.", message)
    (site.root / "config.yaml").unlink()
    for lang, english in (("en_US.UTF-8", True), ("C", False), ("vi_VN", False), ("de_DE", True)):
        message = lines(run(site, "build", lang=lang))[0]
        assert ("there is no config.yaml" in message) is english, lang


def test_beginning_an_article(site: SiteFolder) -> None:
    title = 'Đảng bộ "đổi mới": 03 việc'
    result = run(site, "new", title, "--category", "hoat-dong-cua-co-so", "--author", "Thu Hà")
    assert result.exit_code == 0
    path = "content/hoat-dong-cua-co-so/2026/dang-bo-doi-moi-03-viec.md"
    assert lines(result) == [f"Written: {path}"]
    source = (site.root / path).read_text("utf-8")
    assert "draft: true" in source
    assert "date: 2026-11-23 12:00" in source
    again = run(site, "new", title, "--category", "Hoạt động của cơ sở")
    assert again.exit_code == 2
    assert (site.root / path).read_text("utf-8") == source
    assert run(site, "check").exit_code == 0
    published = source.replace("draft: true", "draft: false")
    site.write(path, published)
    refused = run(site, "build")
    assert (refused.exit_code, refused.stderr.count("sample-left")) == (1, 2)
    site.write(path, published.replace(LEAD, "Ba việc.").replace(BODY, "Việc thứ nhất."))
    assert run(site, "build").exit_code == 0
    page = parse(site.page("/hoat-dong-cua-co-so/2026/11/dang-bo-doi-moi-03-viec/"))
    assert page.find("main").find("h1").text == title


def test_beginning_a_site_and_building_it(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "moi")
    result = CliRunner().invoke(commands.main, ["init", str(site.root), "--now", NOW])
    assert result.exit_code == 0
    assert run(site, "check").exit_code == 0
    assert run(site, "build", "--verify").exit_code == 0
    assert "Bài viết đầu tiên" in site.page("/").replace("\N{NO-BREAK SPACE}", " ")
    again = CliRunner().invoke(commands.main, ["init", str(site.root)])
    assert again.exit_code == 2


def in_process(site: SiteFolder, output: str, jobs: int, umask: int, **environment: str) -> None:
    """Build in a process of its own, under other circumstances."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    program = (
        "import os, sys; os.umask(int(sys.argv.pop(1))); import sitegen.__main__ as m; m.run()"
    )
    words = ["--root", site.root, "build", "--output", site.root / output, "--jobs", jobs]
    subprocess.run(
        [sys.executable, "-c", program, *map(str, [umask, *words, "--now", NOW])],
        check=True,
        env=kept | environment,
        capture_output=True,
        cwd=Path(sys.executable).anchor,
    )


def test_the_bytes_depend_on_the_inputs_alone(site: SiteFolder) -> None:
    for number in range(12):
        tags = "[Đảng viên, Chi bộ, Nghị quyết]"
        site.article(f"bai-{number}", date=f"2024-05-{number + 1:02} 08:00", tags=tags)
    site.article("mot", "![A](a.svg) [b](bai-3.md)[^1]\n\n[^1]: Ghi chú.", aliases="[/cu?a=1, /x/]")
    site.write("content/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>")
    site.build(search=True)
    expected = site.files()
    in_process(site, "two", 2, 0o022, TZ="America/New_York", LANG="C", PYTHONHASHSEED="1")
    in_process(site, "one", 1, 0o077, TZ="Asia/Tokyo", LC_ALL="vi_VN.UTF-8", PYTHONHASHSEED="2")
    in_process(site, "more", 5, 0o002, TZ="UTC", PYTHONUTF8="0", PYTHONHASHSEED="3")
    for output in ("one", "two", "more"):
        other = SiteFolder(site.root)
        other.output = site.root / output
        assert other.files() == expected


def test_a_site_that_was_moved_is_the_same_site(site: SiteFolder, tmp_path: Path) -> None:
    site.article("a").build()
    expected = site.files()
    moved = SiteFolder(site.root.rename(tmp_path / "chỗ khác"))
    assert moved.files() == expected
    assert moved.build().written.written == 0


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_needs_no_site_and_is_utf_8(name: str) -> None:
    result = CliRunner(charset="ascii").invoke(commands.main, ["schema", name])
    assert result.exit_code == 0
    assert json.loads(result.stdout_bytes.decode("utf-8")) == make_schema(name)


def test_a_schema_of_nothing_names_those_that_there_are() -> None:
    result = CliRunner().invoke(commands.main, ["schema", "articles"])
    assert result.exit_code == 2
    assert all(name in result.stderr for name in RECORDS)
