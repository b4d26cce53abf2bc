"""``sitegen new --from`` and ``sitegen add``, as somebody calls them."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from sitegen.cli import DONE, USAGE
from sitegen.cli.commands import main
from support.office_documents import HABITS, save_document
from support.site_folder import SiteFolder
from support.tiny_theme import make_tiny_site

NEW = "content/hoat-dong-cua-co-so/2026"
OF_NAME = {each.name: each for each in HABITS}


@pytest.fixture
def tiny(tmp_path: Path) -> SiteFolder:
    site = make_tiny_site(tmp_path / "site")
    config = (site.root / "config.yaml").read_text("utf-8")
    return site.write("config.yaml", config.replace("language: en", "language: vi"))


def run(site: SiteFolder, *words: str | Path, given: bytes | None = None) -> Result:
    command = ["--root", str(site.root), *map(str, words), "--now", "2026-11-23T09:05"]
    return CliRunner().invoke(main, command, input=given)


def test_a_document_becomes_a_draft_with_its_picture(tiny: SiteFolder, tmp_path: Path) -> None:
    document = save_document(OF_NAME["bold lines"], tmp_path / "bai.docx")
    done = run(tiny, "new", "--from", document, "--category", "Hoạt động của cơ sở")
    assert done.exit_code == DONE, done.output
    name = "nang-cao-chat-luong-phat-trien-dang-vien"
    assert f"{NEW}/{name}.md" in done.stderr
    text = (tiny.root / NEW / f"{name}.md").read_text("utf-8")
    assert f"photo: /media/anh/2026/{name}.jpg\n" in text
    assert (tiny.root / f"content/media/anh/2026/{name}.jpg").exists()
    assert tiny.find_problems() == ()
    # A second time, nothing is overwritten.
    again = run(tiny, "new", "--from", document, "--category", "Hoạt động của cơ sở")
    assert again.exit_code == USAGE
    assert (tiny.root / NEW / f"{name}.md").read_text("utf-8") == text


def test_what_is_uncertain_is_listed_and_stands_in_the_draft(
    tiny: SiteFolder, tmp_path: Path
) -> None:
    document = save_document(OF_NAME["changes"], tmp_path / "bai.docx")
    done = run(tiny, "new", "--from", document, "--author", "Thu Hà", "Tên khác")
    assert done.exit_code == DONE, done.output
    text = (tiny.root / NEW / "ten-khac.md").read_text("utf-8")
    for told in ("Chữ ẩn đã bỏ ra: ghi chú nội bộ", "đã xóa: thứ hai", "Lưu hành nội bộ"):
        assert told in done.stderr
        assert told in text
    assert "Chưa nói chuyên mục nào" in done.stderr
    assert 'author: "Thu Hà"\n' in text


def test_an_old_encoding_is_named_and_converted_on_asking_alone(
    tiny: SiteFolder, tmp_path: Path
) -> None:
    document = save_document(OF_NAME["VNI without its font"], tmp_path / "bai.docx")
    refused = run(tiny, "new", "--from", document)
    assert refused.exit_code == USAGE
    assert "--encoding vni" in refused.stderr
    assert not (tiny.root / NEW).exists()
    done = run(tiny, "new", "--from", document, "--encoding", "vni")
    assert done.exit_code == DONE
    assert (tiny.root / NEW / "truong-dai-hoc-can-tho-khai-giang.md").exists()
    assert run(tiny, "new", "Cũ", "--from", document, "--encoding", "unicode").exit_code == DONE
    assert "Ñaûng boä" in (tiny.root / NEW / "cu.md").read_text("utf-8")


PASTED = """
<html><head><style>p {}</style><script>alert(1)</script></head><body>
<h1>Đại hội <span>chi bộ điểm</span></h1>
<p style="text-align:center"><img src="https://example.vn/a.jpg" alt="Quang cảnh"></p>
<p class="MsoNormal"><b style="font-weight:normal">Đoạn <i>mở đầu</i>&nbsp;của
bài.</b><o:p></o:p></p>
<div>Chữ trong khối<br><br>Đoạn nữa <a href="javascript:alert(1)">hỏng</a></div>
<ul><li>Một<ul><li>Nhỏ</li></ul></li><li>Hai</li></ul>
<span style="display:none">ẩn</span>
</body></html>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_what_is_pasted_becomes_a_draft(tiny: SiteFolder, encoding: str) -> None:
    done = run(tiny, "new", "--from", "-", given=PASTED.encode(encoding))
    assert done.exit_code == DONE, done.output
    text = (tiny.root / NEW / "dai-hoi-chi-bo-diem.md").read_text("utf-8")
    assert 'title: "Đại hội chi bộ điểm"' in text
    body = text.rpartition("---\n")[2]
    assert "[Quang cảnh](https://example.vn/a.jpg)" in body
    assert "Đoạn *mở đầu* của bài." in body
    assert "Chữ trong khối\n\nĐoạn nữa hỏng\n" in body
    assert "- Một\n  - Nhỏ\n- Hai\n" in body
    for left_out in ("alert", "p {}", "ẩn"):
        assert left_out not in body
    assert [each for each in tiny.find_problems() if not each.warning] == []


def test_plain_text_in_an_old_encoding_is_read_as_windows_shows_it(
    tiny: SiteFolder, tmp_path: Path
) -> None:
    page = tmp_path / "bai.html"
    line = "§¶ng bé Khèi c¸c c¬ quan tØnh Qu¶ng Nam tæ chøc héi nghÞ."  # noqa: RUF001
    page.write_bytes(f"<p><b>Héi nghÞ s¬ kÕt</b></p><p>{line}</p>".encode("latin-1"))
    assert "--encoding tcvn3" in run(tiny, "new", "--from", page).stderr
    assert run(tiny, "new", "--from", page, "--encoding", "tcvn3").exit_code == DONE
    text = (tiny.root / NEW / "hoi-nghi-so-ket.md").read_text("utf-8")
    assert "Đảng bộ Khối các cơ quan tỉnh Quảng Nam tổ chức hội nghị." in text


@pytest.mark.parametrize(
    ("name", "source", "code"),
    [
        ("a.docx", b"", "không đọc được"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 200, "không đọc được"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "mật khẩu"),
        ("a.pdf", b"%PDF-1.7", "không biết đọc"),
    ],
)
def test_what_is_no_document_is_told(
    tiny: SiteFolder, tmp_path: Path, name: str, source: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(source)
    done = run(tiny, "new", "--from", path)
    assert done.exit_code == USAGE
    assert code in done.stderr


def test_what_is_not_installed_is_told(
    tiny: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bai.odt"
    path.write_bytes(b"PK\x03\x04")
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "LibreOffice" in run(tiny, "new", "--from", path).stderr
    document = save_document(OF_NAME["plain"], tmp_path / "bai.docx")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    done = run(tiny, "new", "--from", document)
    assert done.exit_code == USAGE
    assert 'pip install "sitegen[word]"' in done.stderr


def test_photos_are_added_and_the_lines_printed(tiny: SiteFolder, tmp_path: Path) -> None:
    written = io.BytesIO()
    Image.effect_noise((60, 40), 50).convert("RGB").save(written, "JPEG")
    photo, broken = tmp_path / "Lễ hội.jpg", tmp_path / "b.jpg"
    photo.write_bytes(written.getvalue())
    broken.write_bytes(b"abc")
    done = run(tiny, "add", broken, photo, photo, "--to", "anh/le")
    assert done.exit_code == USAGE
    assert "b.jpg" in done.stderr
    assert "đã có sẵn: content/media/anh/le/le-hoi.jpg" in done.stderr
    line = '![Mô tả ảnh](/media/anh/le/le-hoi.jpg "Chú thích. Ảnh: NGƯỜI CHỤP")\n'
    assert done.stdout == line * 2
    assert run(tiny, "add", photo, "--to", "../..").exit_code == USAGE


def test_a_title_is_needed_where_there_is_no_document(tiny: SiteFolder) -> None:
    for words in (("new",), ("new", "Tên")):
        assert run(tiny, *words).exit_code == USAGE
