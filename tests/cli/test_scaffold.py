from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.cli.scaffold import make_server_configuration, new_article, new_site
from sitegen.content.config import parse_config
from sitegen.problems import UsageError
from support.bad_inputs import picture
from support.site_folder import SiteFolder

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


# The address, two lines of the imprint, and the lead of the first article.
SAMPLES_OF_A_SITE = 4


def begin(site: SiteFolder, title: str, category: str = "Hoạt động của cơ sở") -> Path:
    config = parse_config((site.root / "config.yaml").read_bytes())
    return new_article(site.root, config, title, category, "", NOW)


def test_a_new_site_has_all_that_a_build_needs(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "moi")
    new_site(site.root, NOW)
    assert {each.code for each in site.build(NOW).warnings} == {"sample-published"}
    assert len(site.problems(NOW)) == SAMPLES_OF_A_SITE
    assert {path.name for path in site.root.iterdir()} >= {
        *("config.yaml", "content", "templates", ".gitignore", "output")
    }
    ignored = (site.root / ".gitignore").read_text("utf-8").split()
    for path in site.root.iterdir():
        kept = path.name in {"config.yaml", "content", "templates", ".gitignore"}
        assert kept != (f"/{path.name}" in ignored or f"/{path.name}/" in ignored), path.name


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
