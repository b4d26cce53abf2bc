import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from sitegen.build import check
from sitegen.cli import commands
from sitegen.cli.actions import is_terminal
from sitegen.cli.host_setup import make_server_configuration
from sitegen.cli.new_site import Portal, new_site
from sitegen.cli.scaffold import new_article
from sitegen.content.article_file import ArticleFile
from sitegen.content.config import parse_config
from sitegen.content.declarations import list_fields
from sitegen.content.kinds import make_schema
from sitegen.problems import ConfigError, UsageError
from support.bad_inputs import picture
from support.doubles import replace_everywhere
from support.site_folder import SiteFolder

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


# The title, the address, the body of the imprint, and the lead of the first article.
SAMPLES_OF_A_SITE = 4
HOOK = ".githooks/pre-commit"


def begin(site: SiteFolder, title: str, category: str = "Hoạt động của cơ sở") -> Path:
    config = parse_config((site.root / "config.yaml").read_bytes())
    return new_article(site.root, config, title, category, "", NOW)


def test_a_new_site_has_all_that_a_build_needs(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "moi")
    new_site(site.root, NOW)
    assert {each.code for each in site.build(NOW).warnings} == {"sample-published"}
    assert len(site.problems(NOW)) == SAMPLES_OF_A_SITE
    own = {
        *(
            "config.yaml",
            "content",
            "templates",
            "README.md",
            "HUONG-DAN.md",
            "huong-dan",
            ".gitignore",
        ),
        *(".gitattributes", ".editorconfig", ".githooks", ".vscode"),
    }
    assert {path.name for path in site.root.iterdir()} >= {*own, "output"}
    ignored = (site.root / ".gitignore").read_text("utf-8").split()
    for path in site.root.iterdir():
        kept = path.name in own
        assert kept != (f"/{path.name}" in ignored or f"/{path.name}/" in ignored), path.name


def test_a_portal_that_was_told_all_has_one_sample_left(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "moi")
    portal = Portal('Cổng "Đảng bộ": tỉnh', "https://dang-bo.example.vn", "Đảng bộ tỉnh # 1")
    new_site(site.root, NOW, portal)
    (left,) = site.build(NOW).warnings
    assert left.place.path.endswith("bai-viet-dau-tien.md")
    config = parse_config((site.root / "config.yaml").read_bytes())
    assert (config.title, config.imprint.governing_body) == (portal.title, portal.governing_body)


@pytest.mark.parametrize("url", ["dang-bo.vn", "https://dang bo.vn", "ftp://a.vn", "x: y"])
def test_an_address_that_is_none_is_refused_before_anything_is_written(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(ConfigError):
        new_site(tmp_path / "moi", NOW, Portal(url=url))
    assert not (tmp_path / "moi").exists()


def test_what_is_not_given_is_asked_for_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_everywhere(monkeypatch, is_terminal, lambda: True)
    folder = tmp_path / "moi"
    words = ["init", str(folder), "--url", "https://dang-bo.example.vn"]
    answers = "Cổng Đảng bộ\n\n"
    ran = CliRunner(env={"LANG": "vi_VN.UTF-8"}).invoke(commands.main, words, input=answers)
    assert ran.exit_code == 0, ran.output
    assert "Tên cổng" in ran.stderr
    config = parse_config((folder / "config.yaml").read_bytes())
    assert (config.title, config.url) == ("Cổng Đảng bộ", "https://dang-bo.example.vn")
    assert config.imprint.governing_body == Portal().governing_body


def test_before_it_is_published_a_host_s_check_refuses_samples(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "moi")
    new_site(site.root, NOW)
    request = site.request(NOW)
    assert all(each.warning for each in check(request))
    assert [each.code for each in check(request, host="github") if not each.warning] == [
        "sample-published"
    ] * SAMPLES_OF_A_SITE


def test_an_editor_s_program_finds_what_it_needs(tmp_path: Path) -> None:
    new_site(tmp_path / "moi", NOW)
    folder = tmp_path / "moi/.vscode"
    settings = json.loads((folder / "settings.json").read_text("utf-8"))
    for name in settings["yaml.schemas"]:
        schema = json.loads((tmp_path / "moi" / name).read_text("utf-8"))
        assert schema == make_schema(Path(name).stem)
    snippets = json.loads((folder / "sitegen.code-snippets").read_text("utf-8"))
    fields = {line.partition(":")[0] for each in snippets.values() for line in each["body"]}
    assert fields - {"---", "", "$0"} <= list_fields(ArticleFile).names.keys()


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_records_no_article_with_an_error(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "moi")
    new_site(site.root, NOW)

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        named = ("-c", "user.name=A", "-c", "user.email=a@b.vn")
        return subprocess.run(
            ["git", *named, *words],
            cwd=site.root,
            env={**os.environ, "PATH": programs},
            capture_output=True,
            text=True,
            check=False,
        )

    git("init", "--quiet")
    git("config", "core.hooksPath", ".githooks")
    git("add", "--all")
    assert "100755" in git("ls-files", "--stage", HOOK).stdout
    assert git("commit", "--message", "Mới").returncode == 0
    site.write("content/hong.md", "---\ntitle: x\n---\n")
    git("add", "--all")
    refused = git("commit", "--message", "Hỏng")
    assert refused.returncode
    assert "content/hong.md" in refused.stderr
    assert "Chưa ghi nhận" in refused.stderr


def test_the_configuration_of_a_web_server_has_the_host_of_the_site() -> None:
    shipped = make_server_configuration("nginx")
    named = make_server_configuration("nginx", "https://cong.example.vn/tinh")
    assert "    server_name cong.example.vn;\n" in named
    assert named == shipped.replace("server_name example.org;", "server_name cong.example.vn;")


def test_a_new_site_may_be_made_in_an_empty_folder_alone(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    new_site(empty, NOW)
    with pytest.raises(UsageError) as caught:
        new_site(empty, NOW)
    assert caught.value.code == "folder-not-empty"
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(UsageError):
        new_site(tmp_path / "file", NOW)


@pytest.mark.parametrize(
    "title",
    [
        "Tiêu đề thường",
        'Có "ngoặc" và: hai chấm # thăng',
        "It's 'quoted'",
        "\"Một\" và 'hai'",
        "* sao, & và, ! than",
        "2026",
        "no a",
        "Gạch \\ chéo",
    ],
)
def test_a_new_article_is_readable_whatever_its_title(site: SiteFolder, title: str) -> None:
    path = begin(site, title)
    assert site.problems(NOW) == []
    source = (site.root / path).read_text("utf-8").replace("draft: true", "draft: false")
    site.write(path.as_posix(), source.replace("Viết", "Đã viết"))
    site.build(NOW)
    assert f"<title>{title}" in site.page(f"/hoat-dong-cua-co-so/2026/11/{path.stem}/").replace(
        "&#34;", '"'
    ).replace("&#39;", "'").replace("&amp;", "&")


def test_a_new_article_lies_where_its_category_and_year_say(site: SiteFolder) -> None:
    site.write(
        "config.yaml",
        "site:\n  title: x\n  url: https://example.org\n"
        "categories:\n  - name: Xây dựng Đảng\n    children:\n      - name: Tổ chức\n",
    )
    path = begin(site, "Đại hội", "Tổ chức")
    assert path.as_posix() == "content/xay-dung-dang/to-chuc/2026/dai-hoi.md"
    assert site.problems(NOW) == []


@pytest.mark.parametrize(
    ("title", "category", "code"),
    [
        ("…", "Hoạt động của cơ sở", "title-letters"),
        ("Tiêu đề", "Hoạt động cơ sở", "category-unknown"),
        ("Tiêu đề", "", "category-none"),
    ],
)
def test_what_cannot_begin(site: SiteFolder, title: str, category: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        begin(site, title, category)
    assert caught.value.code == code
    assert list((site.root / "content").iterdir()) == []


def test_an_article_that_is_there_is_never_overwritten(site: SiteFolder) -> None:
    path = begin(site, "Tiêu đề")
    site.write(path.as_posix(), "của tôi")
    with pytest.raises(UsageError) as caught:
        begin(site, "TIÊU ĐỀ")
    assert caught.value.code == "file-exists"
    assert (site.root / path).read_text("utf-8") == "của tôi"


def test_what_a_new_article_says_is_told_until_it_is_replaced(site: SiteFolder) -> None:
    path = begin(site, "Đại hội").as_posix()
    source = (site.root / path).read_text("utf-8").replace("# ", "")
    assert [each.split(" ")[1] for each in site.problems(NOW)] == []
    site.write(path, source.replace("draft: true\n", ""))
    site.write("content/media/ten-anh.jpg", picture("JPEG"))
    told = [each.split(" ")[0:2] for each in site.problems(NOW)]
    lines = {f"{path}:{line}:{column}:" for line, column in
             ((7, 7), (9, 16), (10, 15), (11, 8), (11, 22), (14, 1))}  # fmt: skip
    assert {place for place, _ in told} == lines
    assert {code for _, code in told} == {"sample-left"}
