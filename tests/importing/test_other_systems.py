"""WordPress, Hugo, Jekyll and feeds: what each text becomes, and what is told of it."""

import base64
import re
from pathlib import Path

import pytest

from support.imports import import_into, read_all, run_import
from support.old_sites import (
    ATOM,
    RSS,
    save_export,
    save_hugo,
    save_jekyll,
    write_export,
    write_item,
)
from support.photos import photo
from support.site_folder import SiteFolder
from support.tiny_theme import make_tiny_site


@pytest.fixture
def tiny(tmp_path: Path) -> SiteFolder:
    site = make_tiny_site(tmp_path / "site")
    config = (site.root / "config.yaml").read_text("utf-8")
    return site.write("config.yaml", config.replace("language: en", "language: vi"))


def find(texts: dict[str, str], title: str) -> str:
    """Return the one text with a title."""
    (found,) = (text for text in texts.values() if f'title: "{title}"\n' in text)
    return found


def is_draft(text: str) -> bool:
    return "\ndraft: true\n" in text


def list_codes(site: SiteFolder) -> set[str]:
    return {each.code for each in site.find_problems()}


# WordPress


@pytest.fixture
def wordpress(tiny: SiteFolder, tmp_path: Path) -> tuple[SiteFolder, dict[str, str], str]:
    done = import_into(tiny, save_export(tmp_path / "wp"))
    return tiny, read_all(tiny), done.stderr


def test_wordpress_has_texts_pages_and_what_is_left_out(
    wordpress: tuple[SiteFolder, dict[str, str], str],
) -> None:
    site, texts, told = wordpress
    assert len(texts) == 12
    assert "content/pages/lien-he.md" in texts
    assert not any("Trong thùng rác" in each or "Sản phẩm" in each for each in texts.values())
    for each in (
        "bình luận của bạn đọc (2)",
        "nội dung loại khác: product (1)",
        "bài trong thùng rác",
    ):
        assert each in told
    # One appears at Christmas.
    assert list_codes(site) <= {"category-none", "article-embargoed"}
    # With the lines that are told, nothing is wrong any more.
    config = (site.root / "config.yaml").read_text("utf-8")
    lines = [line for line in told.split("\n") if line.startswith("    - name: ")]
    site.write("config.yaml", config + "".join(f"{line[2:]}\n" for line in lines))
    assert list_codes(site) <= {"article-embargoed"}
    site.build(drafts=True)


def test_a_classic_text_of_wordpress(wordpress: tuple[SiteFolder, dict[str, str], str]) -> None:
    site, texts, _ = wordpress
    text = find(texts, "Bài cổ điển & đủ thứ")
    for line in (
        "date: 2021-05-06 14:30",
        'author: "Thu Hà"',
        'lead: "Lời dẫn của bài."',
        'aliases: ["/2021/05/bai-1/"]',
        "Đoạn đầu của bài,\\\nxuống dòng ở đây.",
        "### Một mục nhỏ",
        "- một\n- hai",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "[kế hoạch](/media/tai-lieu/2021/ke-hoach.pdf)",
        "[trang liên hệ](../../pages/lien-he.md)",
        " và [trang cũ](https://cu.example.vn/khong-con/).",
    ):
        assert line in text, line
    # The picture as it was uploaded, not one of its smaller copies.
    assert '"Cuộc họp chi bộ. Ảnh: MINH QUÂN")' in text
    assert '(/media/anh/2021/le.jpg "Lễ ra mắt. Ảnh: THU HÀ")' in text
    assert (site.root / "content/media/anh/2021/hop.jpg").exists()
    assert not (site.root / "content/media/anh/2021/hop-300x200.jpg").exists()
    # What was lost is a link, and told.
    assert "mat.jpg" in text
    assert is_draft(text)
    assert "contact-form-7" in text.split("---")[1]
    assert "<!--" not in text


def test_blocks_of_wordpress(wordpress: tuple[SiteFolder, dict[str, str], str]) -> None:
    _, texts, _ = wordpress
    text = find(texts, "Bài khối")
    for line in (
        "photo: /media/anh/2021/dai-dien.jpg",
        'photo_caption: "Đại diện các chi bộ"',
        'photo_alt: "Hàng ghế đầu"',
        "views: 77",
        "Bài viết bằng khối[^1].",
        "[^1]: Theo *sổ* chi bộ.",
        '(/media/anh/2021/hop.jpg "Toàn cảnh. Ảnh: HẢI YẾN")',
        "https://youtu.be/dQw4w9WgXcQ",
        "Chữ dùng chung.",
        "| Chi bộ | Số |",
        "> Nói đi đôi với làm.",
    ):
        assert line in text, line
    assert "wp:latest-posts" in text.split("---")[1]
    assert "wp:" not in text.split("---\n\n")[1]


def test_what_wordpress_says_of_each_text(
    wordpress: tuple[SiteFolder, dict[str, str], str],
) -> None:
    _, texts, told = wordpress
    party = find(texts, "Bài của mục con")
    # Of a category and the one below it, the site has the upper one.
    assert 'category: "Công tác xây dựng Đảng"' in party or 'category: "Tổ chức"' in party
    assert '"thi đua"' in party
    assert "post-format" not in party
    assert is_draft(find(texts, "Bài ở hai mục"))
    for title in ("Bài nháp", "Bài riêng", "Bài có khóa", "Bài không mục", "Bài hai tác giả"):
        assert is_draft(find(texts, title)), title
    later = find(texts, "Bài hẹn giờ")
    assert "date: 2026-12-24 08:00" in later
    assert not is_draft(later)
    encoded = find(texts, "Bài có địa chỉ tiếng Việt")
    assert 'slug: "dai-hoi"' in encoded
    assert 'aliases: ["/2021/05/đại-hội/"]' in encoded
    assert not is_draft(encoded)
    two = find(texts, "Bài hai tác giả")
    assert 'author: ["Thu Hà", "Minh Quân"]' in two
    assert 'category: "Chuyện lạ"' in two
    assert '- name: "Chuyện lạ"' in told
    assert 'category: "Hoạt động của cơ sở"' in find(texts, "Bài không mục")


def test_a_draft_is_not_what_a_published_text_links_to(tiny: SiteFolder, tmp_path: Path) -> None:
    link = '<a href="https://cu.example.vn/2021/05/bai-2/">kia</a>'
    path = tmp_path / "a.xml"
    items = (
        write_item(1, "Dẫn", f"Xem {link}."),
        write_item(2, "Nháp", "Chữ.", status="draft"),
        write_item(3, "Yên", "Chữ."),
    )
    path.write_text(write_export(*items), "utf-8")
    import_into(tiny, path)
    texts = read_all(tiny)
    assert is_draft(find(texts, "Dẫn"))
    assert "# - Bài dẫn tới một bài chưa đăng" in find(texts, "Dẫn")
    assert not is_draft(find(texts, "Yên"))
    assert tiny.find_problems() == () or list_codes(tiny) == {"link-hidden"}


@pytest.mark.parametrize(
    "source",
    [
        "không phải XML wordpress.org/export/",
        '<?xml version="1.0"?><!-- wordpress.org/export/ --><rss></rss>',
        '<!DOCTYPE x [<!ENTITY a "b">]><!-- wordpress.org/export/ --><rss>&a;</rss>',
        "",
    ],
)
def test_what_is_no_export_is_refused(source: str, tiny: SiteFolder, tmp_path: Path) -> None:
    path = tmp_path / "hong.xml"
    path.write_text(source, "utf-8")
    done = run_import(tiny, path)
    assert done.exit_code == 2
    assert "hong.xml" in done.stderr
    assert read_all(tiny) == {}


def test_characters_that_xml_does_not_know_stop_nothing(tiny: SiteFolder, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(write_export(write_item(1, "Có chữ lạ", "Trước\x0b\x00sau.")), "utf-8")
    import_into(tiny, path)
    assert "Trướcsau." in find(read_all(tiny), "Có chữ lạ")


# Hugo


@pytest.fixture
def hugo(tiny: SiteFolder, tmp_path: Path) -> tuple[SiteFolder, dict[str, str], str]:
    done = import_into(tiny, save_hugo(tmp_path / "hugo"))
    return tiny, read_all(tiny), done.stderr


def test_hugo_has_texts_pages_and_what_is_left_out(
    hugo: tuple[SiteFolder, dict[str, str], str],
) -> None:
    site, texts, told = hugo
    assert len(texts) == 8
    assert {"content/pages/lien-he.md", "content/pages/gioi-thieu.md"} <= texts.keys()
    for each in (
        "bài bằng ngôn ngữ khác (1)",
        "trang danh sách (2)",
        "tệp không thành trang nào (3)",
        "tệp không đọc được: tin/hong.md (1)",
        "mau_nen (1)",
        "https://anh.example.net/xa.jpg",
    ):
        assert each in told
    assert "weight" not in told
    # What the site before had of code is told by the check, too.
    assert list_codes(site) <= {"template-code", "link-hidden"}
    site.build(drafts=True)


def test_a_text_of_hugo_with_everything(hugo: tuple[SiteFolder, dict[str, str], str]) -> None:
    _, texts, _ = hugo
    text = find(texts, "Bài YAML & chuyện khác")
    for line in (
        "date: 2020-03-04 09:05",
        "updated: 2020-05-01 08:00",
        'category: "Công tác xây dựng Đảng"',
        'tags: ["thi đua", "nông thôn", "Việc lạ"]',
        'author: ["Thu Hà", "Minh Quân"]',
        'lead: "Lời dẫn của bài."',
        "views: 12",
        'aliases: ["/2020/03/bài-yaml-chuyện-khác/", "/cu/yaml.html", "/2020/03/yaml-cu"]',
        "Chữ có misprint giữ nguyên.",
        '![Bàn họp](/media/anh/2020/hop.jpg "Cuộc họp. Chi bộ bàn việc. Ảnh: HẢI YẾN")',
        "\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n\n",
        "[bài TOML](../../hoat-dong-cua-co-so/2021/toml.md)",
        "[bó](../../hoat-dong-cua-co-so/2022/bo.md), mất,",
        "[tệp](../../hoat-dong-cua-co-so/2021/toml.md)",
        "[mục](../../pages/lien-he.md)",
        "[nơi khác](https://khac.example.vn/a)",
        '{{< bieu-do so="3" >}}',
        '```go\n{{</* figure src="x.jpg" */>}} {{< youtube a >}}\n```',
        '```python\nprint("xong")\n```',
        "**Chú ý nhé**",
        "Việc này **quan trọng**.",
        '<img src="/media/anh/2020/le.jpg" alt="Lễ">',
        "[Ảnh ở xa](https://anh.example.net/xa.jpg)",
    ):
        assert line in text, line
    assert "<!--more-->" not in text
    head = text.split("---")[1]
    assert "bieu-do" in head
    assert "notice" in head
    assert is_draft(text)


@pytest.mark.parametrize(
    "fields",
    [
        '---json\n{"title": "Một", "date": "2020-01-02", "category": "Tin"}\n---\n',
        '---toml\ntitle = "Một"\ndate = 2020-01-02\ncategory = "Tin"\n---\n',
        "---yaml\ntitle: Một\ndate: 2020-01-02\ncategory: Tin\n---\n",
        "---\r\nTitle: Một\r\nDate:\t2020-1-2\r\nCategory: Tin\r\n...\r\n",
        '\ufeff+++\ntitle = "Một"\ndate = "2020-01-02"\n[params]\ncategory = "Tin"\n+++\n',
    ],
)
def test_front_matter_that_says_its_kind(fields: str, tiny: SiteFolder, tmp_path: Path) -> None:
    code = "{% if a %}Chữ.{% endif %} [x]({{ '/khong-co/' | url }})"
    (tmp_path / "a.md").write_text(f"{fields}{code}\n", "utf-8", newline="")
    import_into(tiny, tmp_path / "a.md")
    text = find(read_all(tiny), "Một")
    assert 'date: 2020-01-02\ncategory: "Tin"\n' in text
    # Code of whatever generator is told.
    assert "# - Mã của trình tạo trang cũ" in text
    assert "{% if a %}Chữ.{% endif %} x\n" in text


def test_what_would_stop_a_build_is_a_draft(tiny: SiteFolder, tmp_path: Path) -> None:
    shown = base64.b64encode(photo()).decode()
    bodies = {
        "Ảnh trong chữ": f"![Họp](data:image/png;base64,{shown})",
        "Ảnh hỏng trong chữ": "![Họp](data:image/png;base64,AAAA)",
        "Liên kết khai báo": "Xem [đây][a].\n\n[a]: /khong-co.md",
        "Ảnh đã mất": "![Họp](mat.jpg)",
    }
    for number, (title, body) in enumerate(bodies.items()):
        fields = (
            f"title: {title}\ndate: 2020-01-02\nauthor: Thu Hà\ncategories: [Hoạt động của cơ sở]"
        )
        path = tmp_path / "old" / f"{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{fields}\n---\n{body}\n", "utf-8")
    import_into(tiny, tmp_path / "old")
    texts = read_all(tiny)
    assert [title for title in bodies if is_draft(find(texts, title))] == list(bodies)[1:]
    assert "![Họp](/media/anh/2020/" in find(texts, "Ảnh trong chữ")
    assert "\nHọp (`mat.jpg`)\n" in find(texts, "Ảnh đã mất")
    tiny.build()


def test_front_matter_of_each_kind(hugo: tuple[SiteFolder, dict[str, str], str]) -> None:
    _, texts, _ = hugo
    toml = find(texts, "Bài TOML")
    for line in ("date: 2021-06-08\n", "expires: 2031-01-01\n", "## Tiêu đề trong bài"):
        assert line in toml
    # The author of the whole site, where a text names none.
    assert 'author: "Ban Biên tập cũ"' in toml
    assert not is_draft(toml)
    assert is_draft(find(texts, "Bài JSON"))
    assert "date: 2021-06-07\n" in find(texts, "Bài JSON")
    # The title of a section is its category.
    bundle = find(texts, "Bài trong bó")
    assert 'category: "Hoạt động của cơ sở"' in bundle
    assert "![](/media/anh/2022/anh-bia.jpg)\n\nChữ. ![Lễ](/media/anh/2022/le" in bundle
    assert "date: 2019-02-03\n" in find(texts, "Ngày ở tên tệp")
    assert is_draft(find(texts, "Không ngày"))


# Jekyll


def test_a_site_of_jekyll(tiny: SiteFolder, tmp_path: Path) -> None:
    done = import_into(tiny, save_jekyll(tmp_path / "jekyll"))
    texts = read_all(tiny)
    assert len(texts) == 5
    text = find(texts, "Bài một")
    for line in (
        "date: 2019-02-03 10:11",
        'category: "Công tác xây dựng Đảng"',
        'author: "Hải Yến"',
        'lead: "Lời dẫn."',
        "photo: /media/anh/2019/le.jpg",
        'photo_caption: "Lễ trao cờ."',
        'photo_credit: "THU HÀ"',
        '"/tin/công%20tác%20xây%20dựng%20đảng/2019/02/03/bai-mot.html", "/tin/cu/mot.html"]',
        '![Cuộc họp](/media/anh/2019/hop.jpg "Cuộc họp")',
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "[bài hai](../../doan-the/2019/bai-hai.md)",
        "[trang](../../pages/lien-he.md)",
        "mất.\n![Họp](/media/anh/2019/hop.jpg) Bài một",
        '```ruby\nputs "{{ xong }}"\n```',
        "{{ giữ }}",
        "{% for post in site.posts %}",
    ):
        assert line in text, line
    for gone in ("{:toc}", "bỏ", "{% raw"):
        assert gone not in text
    second = find(texts, "Bài hai")
    assert "Chữ **đậm**." in second
    assert "x()" not in second
    assert 'category: "doan-the"' in second
    assert is_draft(find(texts, "Nháp"))
    assert is_draft(find(texts, "Chưa đăng"))
    for each in ("bài của bộ sưu tập khác: _du-an (1)", "trang danh sách (2)"):
        assert each in done.stderr
    assert list_codes(tiny) <= {"template-code", "category-none", "link-hidden"}


# Feeds


def test_feeds(tiny: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "tin.xml").write_text(RSS, "utf-8")
    (tmp_path / "tin.atom").write_text(ATOM, "utf-8")
    done = import_into(tiny, tmp_path / "tin.xml", tmp_path / "tin.atom")
    texts = read_all(tiny)
    whole = find(texts, "Tin đầy đủ")
    for line in (
        "date: 2023-03-06 09:34",
        'author: "Thu Hà"',
        'lead: "Lời dẫn của tin."',
        'aliases: ["/tin/1.html"]',
        "Đoạn một.",
        "[A](https://anh.example.net/a.jpg)",
    ):
        assert line in whole, line
    assert "Những ảnh mới chỉ có địa chỉ trên mạng:\n  https://anh.example.net/a.jpg" in done.stderr
    short = find(texts, "Tin tóm tắt")
    assert is_draft(short)
    assert "có thể chỉ có phần đầu" in short
    atom = find(texts, "Tin Atom")
    assert not is_draft(atom)
    assert 'author: "Minh Quân"' in atom
    assert tiny.find_problems() == ()


# All of them


@pytest.mark.parametrize("save", [save_export, save_hugo, save_jekyll])
def test_a_second_time_changes_nothing_whatever_editors_did(
    save: object, tiny: SiteFolder, tmp_path: Path
) -> None:
    assert callable(save)
    source = save(tmp_path / "old")
    import_into(tiny, source)
    texts = read_all(tiny)
    # An editor corrects one, gives it another title and another place.
    path, text = next((path, text) for path, text in texts.items() if "/pages/" not in path)
    (tiny.root / path).unlink()
    changed = re.sub(r'title: ".*"', 'title: "Đã sửa"', text)
    tiny.write("content/noi-khac.md", changed.replace("draft: true\n", ""))
    before = {path: path.read_bytes() for path in tiny.root.rglob("*") if path.is_file()}
    done = import_into(tiny, source)
    assert {path: path.read_bytes() for path in tiny.root.rglob("*") if path.is_file()} == before
    assert (
        f"Đã viết 0 bài, trong đó 0 bản nháp, cùng 0 ảnh và tệp. Không viết: {len(texts)} "
        in done.stderr
    )


def test_a_category_whose_address_is_reserved_gets_another(
    tiny: SiteFolder, tmp_path: Path
) -> None:
    path = tmp_path / "a.xml"
    item = write_item(1, "Một", "Chữ.", terms=[("category", "media", "Media")])
    path.write_text(write_export(item), "utf-8")
    done = import_into(tiny, path)
    lines = done.stderr.split("  categories:\n")[1].split("\n")[:2]
    config = (tiny.root / "config.yaml").read_text("utf-8")
    tiny.write("config.yaml", config + "".join(f"{line[2:]}\n" for line in lines))
    assert tiny.find_problems() == ()
    assert "content/bai-media/2021/bai-1.md" in read_all(tiny)


def test_a_map_gives_categories_other_names(tiny: SiteFolder, tmp_path: Path) -> None:
    terms = [("category", "a", "Hoạt động cơ sở"), ("category", "b", "Chuyện lạ")]
    path = tmp_path / "a.xml"
    path.write_text(write_export(write_item(1, "Một", "Chữ.", terms=terms)), "utf-8")
    names = tmp_path / "muc.yaml"
    # The first time, the map is written with suggestions, and nothing else is.
    import_into(tiny, path, "--map", names)
    assert read_all(tiny) == {}
    assert names.read_text("utf-8") == (
        '"Hoạt động cơ sở": "Hoạt động của cơ sở"\n"Chuyện lạ": "Chuyện lạ"\n'
    )
    names.write_text('"Hoạt động cơ sở": Hoạt động của cơ sở\n"Chuyện lạ":\n', "utf-8")
    import_into(tiny, path, "--map", names)
    text = find(read_all(tiny), "Một")
    assert 'category: "Hoạt động của cơ sở"' in text
    assert 'tags: ["Chuyện lạ"]' in text
    assert not is_draft(text)


@pytest.mark.parametrize("text", ["- một\n- hai\n", "a: [b]\n", "a: {b: c}\n", "a: 'x\n"])
def test_a_map_that_is_none_is_refused(text: str, tiny: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(write_export(write_item(1, "Một", "Chữ.")), "utf-8")
    (tmp_path / "muc.yaml").write_text(text, "utf-8")
    done = run_import(tiny, tmp_path / "a.xml", "--map", tmp_path / "muc.yaml")
    assert done.exit_code == 2
    assert "muc.yaml" in done.stderr
    assert read_all(tiny) == {}


def test_nothing_is_read_from_outside_the_source(tiny: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "mat.jpg").write_bytes(photo())
    source = tmp_path / "hugo"
    (source / "content/tin").mkdir(parents=True)
    (source / "hugo.toml").write_text("", "utf-8")
    (source / "content/tin/a.md").write_text(
        "---\ntitle: Một\ndate: 2020-01-02\nauthor: Thu Hà\n---\n![](../../../mat.jpg)\n", "utf-8"
    )
    (source / "content/tin/ngoai.md").symlink_to(tmp_path / "mat.jpg")
    import_into(tiny, source)
    assert not (tiny.root / "content/media").exists()
    assert is_draft(find(read_all(tiny), "Một"))


@pytest.mark.parametrize("name", ["a.docx", "a.exe"])
def test_a_file_of_another_kind_is_refused(name: str, tiny: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    done = run_import(tiny, tmp_path / name)
    assert done.exit_code == 2
    assert name in done.stderr


def test_a_folder_without_texts_is_refused(tiny: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    assert run_import(tiny, tmp_path / "trong").exit_code == 2
