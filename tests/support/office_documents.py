"""Documents as offices write them: each has a habit of its own, and what is to become of it."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LEAD = (
    "Khảo sát và phân tích nguồn quần chúng hiện có tại các cơ quan, đơn vị để giao chỉ tiêu phát"
    " triển đảng viên mới là giải pháp nâng cao chất lượng đội ngũ."
)
FIRST = (
    "Những năm vừa qua, Đảng bộ Bệnh viện Đa khoa tỉnh luôn hoàn thành và vượt chỉ tiêu phát triển"
    " đảng viên được Ban Thường vụ Đảng ủy giao hằng năm, nhờ làm tốt công tác tạo nguồn."
)
SECOND = (
    "Xem việc rèn luyện, thử thách đối với quần chúng được lựa chọn là một đòi hỏi quan trọng"
    " thường xuyên, mỗi chi bộ đều có kế hoạch cụ thể hằng năm và từng tháng."
)
THIRD = (
    "Đến tháng 2/2023, toàn Đảng bộ đã kết nạp 462 quần chúng ưu tú, đạt 92,4% so với chỉ tiêu"
    " được đại hội đề ra, trong đó có nhiều đoàn viên thanh niên công tác ở cơ sở."
)
_WORDS = re.compile(r"\w+")
# What a line such as "Tin, ảnh: Hải Yến" says with the names of fields.
LABELS = frozenset("tin bài viết ảnh và nguồn theo tác giả".split())


class Habit(NamedTuple):
    """A document, and what becomes of it: fields of the article, and pieces of its text."""

    name: str
    write: Callable[[Document], None]
    fields: dict[str, Any]
    pieces: tuple[str, ...] = ()
    encoding: str = ""
    # What stands in the document and is told instead of kept.
    left_out: str = ""
    parts: dict[str, bytes] = {}


def add(
    document: Any,
    text: str = "",
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    style: str | None = None,
    font: str = "",
) -> Any:
    """Add a paragraph with one run."""
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = align
    if text:
        run = paragraph.add_run(text)
        # Nothing is said where the style decides.
        run.bold, run.italic = bold or None, italic or None
        if font:
            run.font.name = font
    return paragraph


def add_picture(document: Any, colour: str = "red", *, align: Any = None) -> Any:
    """Add a paragraph that holds a picture."""
    written = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(written, "JPEG")
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run().add_picture(io.BytesIO(written.getvalue()))
    return paragraph


def add_xml(paragraph: Any, xml: str) -> None:
    """Put XML of Word's own at the end of a paragraph."""
    names = nsdecls("w", "r", "wp", "a")
    names += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    names += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    names += ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    paragraph._p.append(parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {names}", xml)))


def add_link(paragraph: Any, address: str, text: str) -> None:
    """Add a link as Word writes it."""
    part = paragraph.part
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    identifier = part.relate_to(address, kind, is_external=True)
    add_xml(
        paragraph, f'<w:hyperlink r:id="{identifier}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'
    )


def write_bold(document: Document) -> None:
    add(document, "Nâng cao chất lượng phát triển đảng viên", bold=True, align=_CENTER)
    add(document, LEAD, bold=True)
    add_picture(document, align=_CENTER)
    add(document, "Trao giấy khen cho các chi bộ. Ảnh: N.ĐOAN", italic=True, align=_CENTER)
    add(document, "Kinh nghiệm tại một đảng bộ", bold=True)
    add(document, FIRST)
    add(document, "Làm tốt công tác tạo nguồn", bold=True)
    add(document, SECOND)
    add(document, "HÀN GIANG", bold=True, align=_RIGHT)


def write_styles(document: Document) -> None:
    add(document, "Chuyển đổi số ở cơ sở", style="Title")
    add(document, LEAD, style="Subtitle")
    add(document, "Cách làm", style="Heading 1")
    add(document, FIRST)
    add(document, "Ở chi bộ", style="Heading 2")
    add(document, SECOND, style="Quote")
    add(document, "Minh Quân", italic=True)


def write_numbers(document: Document) -> None:
    add(document, "Kết quả công tác quý III và nhiệm vụ quý IV", bold=True)
    add(document, LEAD, italic=True)
    add(document, "I. Kết quả đạt được")
    add(document, FIRST)
    add(document, "1. Công tác tuyên truyền")
    add(document, SECOND)
    add(document, "2. Công tác tổ chức")
    add(document, THIRD)
    add(document, "II. Nhiệm vụ thời gian tới")
    add(document, FIRST)
    add(document, "THU HÀ")


def write_paper(document: Document) -> None:
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    left.text = "ĐẢNG BỘ TỈNH QUẢNG NAM\nĐẢNG ỦY KHỐI CÁC CƠ QUAN\n*\nSố 12-BC/ĐUK"
    right.text = "ĐẢNG CỘNG SẢN VIỆT NAM\nTam Kỳ, ngày 06 tháng 3 năm 2023"
    add(document)
    add(document, "BÁO CÁO", bold=True, align=_CENTER)
    add(document, "Kết quả công tác xây dựng Đảng quý I năm 2023", bold=True, align=_CENTER)
    add(document, "-----", align=_CENTER)
    add(document, FIRST)
    add(document, SECOND)
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    left.text = "Nơi nhận:\n- Ban Thường vụ;\n- Lưu Văn phòng."
    right.text = "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Thị Hà"


def write_capitals(document: Document) -> None:
    add(document, "ĐẢNG ỦY KHỐI TỔ CHỨC HỘI NGHỊ SƠ KẾT", bold=True, align=_CENTER)
    add(document, "CÔNG TÁC XÂY DỰNG ĐẢNG QUÝ III", bold=True, align=_CENTER)
    add(document)
    add(document, LEAD, italic=True)
    add(document, FIRST)
    add(document, "Thu Hà – Minh Quân", align=_RIGHT)


def write_photo_in_table(document: Document) -> None:
    add(document, "Lễ kết nạp đảng viên ở vùng cao", bold=True)
    add(document, LEAD, bold=True)
    table = document.add_table(2, 1)
    written = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(written, "PNG")
    run = table.cell(0, 0).paragraphs[0].add_run()
    run.add_picture(io.BytesIO(written.getvalue()))
    below = table.cell(1, 0).paragraphs[0].add_run("Lễ kết nạp ở chi bộ thôn 3. (Ảnh: Thu Hà)")
    below.italic = True
    add(document, FIRST)
    add(document, "Bài, ảnh: Thu Hà", bold=True, align=_RIGHT)


def write_credits(document: Document) -> None:
    add(document, "Ra quân làm sạch môi trường")
    add(document, FIRST)
    add(document, SECOND)
    add(document, "Tin, ảnh: Hải Yến", italic=True)


def write_spaces(document: Document) -> None:
    add(document, "Hội\N{NO-BREAK SPACE}nghị “sơ kết” quý\tIII", bold=True)
    paragraph = add(document, "")
    paragraph.add_run("Phần mở đầu in đậm").bold = True
    paragraph.add_run().add_break()
    paragraph.add_run("Chữ thường sau dấu xuống dòng mềm:\N{NO-BREAK SPACE}‘một’ – hai…")
    paragraph.add_run().add_break()
    paragraph.add_run().add_break()
    paragraph.add_run("Đoạn sau hai dấu xuống dòng,\tcó tab và   nhiều dấu cách.")
    paragraph = add(document, "")
    for piece in ("Một chữ bị ", "cắt", " th", "ành nh", "iều mảnh."):
        paragraph.add_run(piece).bold = True
    add(document, FIRST)


def write_links(document: Document) -> None:
    add(document, "Công bố văn bản mới", bold=True)
    paragraph = add(document, "Xem toàn văn tại ")
    add_link(paragraph, "https://example.vn/van-ban?so=12&nam=2023", "trang văn bản (bản gốc)")
    paragraph.add_run(" hoặc gửi thư tới ")
    add_link(paragraph, "mailto:vanthu@example.vn", "văn thư")
    paragraph.add_run(".")
    paragraph = add(document, "Tệp trên máy: ")
    add_link(paragraph, "file:///C:/Users/a.doc", "bản nháp")
    add(document, "Địa chỉ trần https://example.vn/a_b_c?x=1*2 trong câu.")
    add(document, FIRST)
    add(document, "Theo Báo Quảng Nam", italic=True)


def write_typed_lists(document: Document) -> None:
    add(document, "Năm việc phải làm ngay", bold=True)
    add(document, "Ban Thường vụ yêu cầu:")
    for text in ("- Rà soát nguồn;", "- Mở lớp bồi dưỡng:", "+ lớp thứ nhất;", "+ lớp thứ hai;"):
        add(document, text)
    add(document, "- Giao chỉ tiêu.")
    add(document, FIRST)
    for text in ("1. Rà soát.", "2. Bồi dưỡng.", "3. Kết nạp."):
        add(document, text)
    add(document, SECOND)
    for text in ("a) Chi bộ một;", "b) Chi bộ hai;"):
        add(document, text)
    add(document, "- Một câu nói đứng riêng, không phải danh sách.")
    add(document, "•\tMột dấu chấm đứng riêng")
    add(document, "5. Một số đứng riêng")


def write_lists(document: Document) -> None:
    add(document, "Các bước thực hiện", style="Heading 1")
    add(document, FIRST)
    add(document, "Bước chuẩn bị", style="List Bullet")
    add(document, "Việc nhỏ", style="List Bullet 2")
    add(document, "Bước tiến hành", style="List Bullet")
    add(document, SECOND)
    for text in ("Thu hồ sơ", "Thẩm tra", "Kết nạp"):
        add(document, text, style="List Number")
    add(document, THIRD)


def write_table(document: Document) -> None:
    add(document, "Số liệu phát triển đảng viên", bold=True)
    add(document, FIRST)
    table = document.add_table(4, 3)
    rows = (
        ("Đơn vị", "Kết quả", ""),
        ("", "2022", "2023"),
        ("Thư viện | Bảo tàng", "2", "3"),
        ("Bệnh viện", "5\n(dự kiến)", "7"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    add(document, SECOND)


def write_notes(document: Document) -> None:
    add(document, "Khảo sát ở 42 chi bộ", bold=True)
    paragraph = add(document, "Khảo sát cho thấy")
    add_xml(paragraph, '<w:r><w:footnoteReference w:id="2"/></w:r>')
    paragraph.add_run(" nhiều điểm mới.")
    add(document, FIRST)


FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes'
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
    "<w:p><w:r><w:t>Khảo sát bằng phiếu không ghi tên.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def write_changes(document: Document) -> None:
    add(document, "Thông báo lịch tiếp công dân", bold=True)
    paragraph = add(document, "Lịch tiếp vào ")
    add_xml(paragraph, '<w:del w:id="1"><w:r><w:delText>thứ hai</w:delText></w:r></w:del>')
    add_xml(paragraph, '<w:ins w:id="2"><w:r><w:t>thứ ba</w:t></w:r></w:ins>')
    paragraph.add_run(" hằng tuần.")
    hidden = paragraph.add_run("ghi chú nội bộ")
    hidden.font.hidden = True
    section = document.sections[0]
    section.header.paragraphs[0].text = "Lưu hành nội bộ"
    add(document, FIRST)


def write_drawn(document: Document) -> None:
    add(document, "Con số và ký hiệu", bold=True)
    paragraph = add(document, FIRST)
    box = "<w:txbxContent><w:p><w:r><w:t>Chữ trong hộp</w:t></w:r></w:p></w:txbxContent>"
    add_xml(
        paragraph,
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
        '<a:graphicData uri="x"><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</mc:Choice></mc:AlternateContent></w:r>",
    )
    paragraph = add(document, "Dấu kiểm: ")
    add_xml(paragraph, '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    add_xml(paragraph, '<w:r><w:sym w:font="Phong La" w:char="F0A1"/></w:r>')
    paragraph = add(document, "Công thức: ")
    add_xml(paragraph, "<m:oMath><m:r><m:t>a+b=c</m:t></m:r></m:oMath>")
    paragraph = add(document, "Diện tích 25 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" và H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O, ngày 1")
    paragraph.add_run("st").font.superscript = True


def write_old_fonts(document: Document) -> None:
    document.styles["Normal"].font.name = ".VnTime"
    add(document, "héi nghÞ s¬ kÕt quý iii", bold=True, align=_CENTER, font=".VnTimeH")
    add(document, "§¶ng bé Khèi c¸c c¬ quan tØnh Qu¶ng Nam tæ chøc héi nghÞ s¬ kÕt c«ng t¸c quý.")
    add(document, "Viết bằng Unicode ở giữa.", font="Times New Roman")
    add(document, "Lª Hång", align=_RIGHT)


def write_vni(document: Document) -> None:
    add(document, "Tröôøng Ñaïi hoïc Caàn Thô khai giaûng", bold=True)
    paragraph = add(document, "Ñaûng boä tænh Quaûng Nam quaùn tri")
    # Word checks the spelling, and cuts words into pieces.
    paragraph.add_run("e")
    paragraph.add_run("ät nghò quyeát cuûa Trung öông ôû caùc chi boä.")
    add(document, "Thu Haø", align=_RIGHT)


def write_all_bold(document: Document) -> None:
    document.styles["Normal"].font.bold = True
    for text in ("Cả bài in đậm", FIRST, "Một dòng ngắn", SECOND, THIRD):
        add(document, text)


def write_plain(document: Document) -> None:
    for text in (FIRST, SECOND, THIRD):
        add(document, text)


def write_pictures(document: Document) -> None:
    add(document, "Phóng sự ảnh: Tết ở biên giới", bold=True)
    add(document, FIRST)
    add(document, SECOND)
    add(document, THIRD)
    add_picture(document, "blue")
    add_picture(document, "yellow")
    add(document, 'Bộ đội và "bà con" gói bánh. Ảnh: MINH QUÂN', style="Caption")
    add(document, FIRST)
    paragraph = add_picture(document, "black")
    paragraph.add_run("Chữ đứng cùng đoạn với ảnh, đủ dài để không ai nhầm là chú thích ảnh.")
    add(document, THIRD)


def write_signs(document: Document) -> None:
    add(document, "Các dấu *lạ* trong bài_viết", bold=True)
    for text in (
        "# Số 1: một dấu thăng đầu dòng",
        "> dấu lớn hơn, <b>thẻ</b>, A&B và AT&T viết như chữ",
        "2*3*4 = 24, a_b_c, `mã`, C:\\thu muc\\tep, [1], [^2], [a](b), ~~gạch~~",
        "| cột | cột |",
        "+ 5 điểm cộng",
        "1986. Năm đổi mới",
        ": hai chấm đầu dòng",
        "=== ba dấu bằng",
        "<Nguyễn Văn A> {số 5} 5'30\" #HashTag",
        "!ảnh và ![chữ](x)",
        "***",
        FIRST,
    ):
        add(document, text)


def write_pasted(document: Document) -> None:
    """Write what is pasted from a web page: a first line of links, then headings by size."""
    add(document, "Trang chủ > Tin tức", style=None)
    add(document, "Đại hội chi bộ điểm", style="Heading 1")
    add(document, "08:30 | 06/03/2023")
    add(document, LEAD, bold=True)
    add(document, FIRST)
    add(document, "Những điểm mới", style="Heading 3")
    add(document, SECOND)
    add(document, "(Nguồn: Báo Quảng Nam)")


def write_law(document: Document) -> None:
    """Write paragraphs that Word numbers with words: ``Điều 1.``."""
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl><w:lvl w:ilvl="1">'
        '<w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
        "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    add(document, "Quy chế làm việc", bold=True)
    for text, level in (("Phạm vi", 0), (FIRST, 1), (SECOND, 1), ("Hiệu lực", 0)):
        paragraph = add(document, text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    add(document, THIRD)


HABITS = (
    Habit(
        "bold lines",
        write_bold,
        {
            "title": "Nâng cao chất lượng phát triển đảng viên",
            "lead": LEAD,
            "author": ("HÀN GIANG",),
            "caption": "Trao giấy khen cho các chi bộ.",
            "credit": "N.ĐOAN",
        },
        ("## Kinh nghiệm tại một đảng bộ\n\n", "## Làm tốt công tác tạo nguồn\n\n"),
    ),
    Habit(
        "styles",
        write_styles,
        {"title": "Chuyển đổi số ở cơ sở", "lead": LEAD, "author": ("Minh Quân",)},
        ("## Cách làm\n\n", "### Ở chi bộ\n\n", f"> {SECOND}"),
    ),
    Habit(
        "numbers",
        write_numbers,
        {"lead": LEAD, "author": ("THU HÀ",)},
        (
            "## I. Kết quả đạt được\n",
            "### 1. Công tác tuyên truyền\n",
            "### 2. Công tác tổ chức\n",
            "## II. Nhiệm vụ thời gian tới\n",
        ),
    ),
    Habit(
        "an official paper",
        write_paper,
        {"title": "BÁO CÁO Kết quả công tác xây dựng Đảng quý I năm 2023", "author": ()},
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/ĐUK", "Nơi nhận:", "PHÓ BÍ THƯ", "Nguyễn Thị Hà"),
    ),
    Habit(
        "capitals",
        write_capitals,
        {
            "title": "ĐẢNG ỦY KHỐI TỔ CHỨC HỘI NGHỊ SƠ KẾT CÔNG TÁC XÂY DỰNG ĐẢNG QUÝ III",
            "lead": LEAD,
            "author": ("Thu Hà", "Minh Quân"),
        },
    ),
    Habit(
        "a photo in a table",
        write_photo_in_table,
        {
            "lead": LEAD,
            "author": ("Thu Hà",),
            "caption": "Lễ kết nạp ở chi bộ thôn 3.",
            "credit": "Thu Hà",
        },
    ),
    Habit(
        "credits",
        write_credits,
        {"title": "Ra quân làm sạch môi trường", "lead": "", "author": ("Hải Yến",)},
    ),
    Habit(
        "spaces",
        write_spaces,
        {"title": "Hội nghị “sơ kết” quý III"},
        (
            "## Phần mở đầu in đậm\n",
            "\n\nChữ thường sau dấu xuống dòng mềm: ‘một’ – hai…\n\n",
            "\n\nĐoạn sau hai dấu xuống dòng, có tab và nhiều dấu cách.\n\n",
            "**Một chữ bị cắt thành nhiều mảnh.**",
        ),
    ),
    Habit(
        "links",
        write_links,
        {"title": "Công bố văn bản mới", "source": "Theo Báo Quảng Nam", "author": ()},
        (
            "[trang văn bản (bản gốc)](https://example.vn/van-ban?so=12&nam=2023)",
            "[văn thư](mailto:vanthu@example.vn)",
            "Tệp trên máy: bản nháp",
            "https://example.vn/a_b_c?x=1*2",
        ),
    ),
    Habit(
        "typed lists",
        write_typed_lists,
        {"title": "Năm việc phải làm ngay"},
        (
            "- Rà soát nguồn;\n- Mở lớp bồi dưỡng:\n  - lớp thứ nhất;\n  - lớp thứ hai;\n- Giao",
            "1. Rà soát.\n2. Bồi dưỡng.\n3. Kết nạp.\n",
            "a) Chi bộ một;",
        ),
    ),
    Habit(
        "lists",
        write_lists,
        {"title": "Các bước thực hiện"},
        (
            "- Bước chuẩn bị\n  - Việc nhỏ\n- Bước tiến hành",
            "1. Thu hồ sơ\n2. Thẩm tra\n3. Kết nạp",
        ),
    ),
    Habit(
        "a table",
        write_table,
        {"title": "Số liệu phát triển đảng viên"},
        ("| Đơn vị | Kết quả |  |\n| --- | --- | --- |\n|  | 2022 | 2023 |", "5<br>(dự kiến)"),
    ),
    Habit(
        "a footnote",
        write_notes,
        {"title": "Khảo sát ở 42 chi bộ"},
        ("cho thấy[^1] nhiều", "[^1]: Khảo sát bằng phiếu không ghi tên."),
        parts={"word/footnotes.xml": FOOTNOTES.encode()},
    ),
    Habit(
        "changes",
        write_changes,
        {"title": "Thông báo lịch tiếp công dân"},
        ("Lịch tiếp vào thứ ba hằng tuần.",),
        left_out="thứ hai ghi chú nội bộ Lưu hành",
    ),
    Habit(
        "drawings",
        write_drawn,
        {"title": "Con số và ký hiệu"},
        ("Chữ trong hộp", "Dấu kiểm: ✓□", "Công thức: a+b=c", "25 m² và H₂O, ngày 1<sup>st</sup>"),
    ),
    Habit(
        "fonts of before Unicode",
        write_old_fonts,
        {"title": "HỘI NGHỊ SƠ KẾT QUÝ III", "author": ("Lê Hồng",)},
        (
            "Đảng bộ Khối các cơ quan tỉnh Quảng Nam tổ chức hội nghị sơ kết công tác quý.",
            "Viết bằng Unicode ở giữa.",
        ),
        encoding="tcvn3",
    ),
    Habit(
        "VNI without its font",
        write_vni,
        {"title": "Trường Đại học Cần Thơ khai giảng", "author": ("Thu Hà",)},
        ("Đảng bộ tỉnh Quảng Nam quán triệt nghị quyết của Trung ương ở các chi bộ.",),
        encoding="vni",
    ),
    Habit("all bold", write_all_bold, {"title": "Cả bài in đậm", "lead": FIRST}, ("**Một dòng",)),
    Habit("plain", write_plain, {"title": "plain", "lead": "", "author": ()}, (FIRST, SECOND)),
    Habit(
        "pictures",
        write_pictures,
        {"title": "Phóng sự ảnh: Tết ở biên giới", "caption": None},
        ('"Bộ đội và \\"bà con\\" gói bánh. Ảnh: MINH QUÂN")', "Chữ đứng cùng đoạn với ảnh"),
    ),
    Habit("signs", write_signs, {"title": "Các dấu *lạ* trong bài_viết"}),
    Habit(
        "pasted",
        write_pasted,
        {"title": "Đại hội chi bộ điểm", "source": "Báo Quảng Nam"},
        ("## Những điểm mới\n",),
    ),
    Habit(
        "a law",
        write_law,
        {"title": "Quy chế làm việc"},
        ("Điều 1. Phạm vi", f"a) {FIRST}", f"b) {SECOND}", "Điều 2. Hiệu lực"),
    ),
)


def save_document(habit: Habit, path: Path) -> Path:
    """Write the document of a habit."""
    document = docx.Document()
    habit.write(document)
    document.save(str(path))
    if habit.parts:
        _add_footnotes(path, habit.parts)
    return path


def _add_footnotes(path: Path, parts: dict[str, bytes]) -> None:
    """Add parts that python-docx cannot write."""
    with zipfile.ZipFile(path) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{kinds}"/></Types>'.encode(),
    )
    name = "word/_rels/document.xml.rels"
    files[name] = files[name].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdF" Type="{relation}" Target="footnotes.xml"/>'.encode()
        + b"</Relationships>",
    )
    with zipfile.ZipFile(path, "w") as archive:
        for each, source in {**files, **parts}.items():
            archive.writestr(each, source)


def count_words(text: str) -> Counter[str]:
    """Return how often each word stands in a text, however it is written."""
    return Counter(each.lower() for each in _WORDS.findall(text))


def read_words(path: Path) -> str:
    """Return all that is written in a document and in its notes, in no way of ours."""
    texts: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            if name in archive.namelist():
                texts += _read_paragraphs(parse_xml(archive.read(name)))
    return "\n".join(texts)


def _read_paragraphs(outermost: Any) -> Iterable[str]:
    for paragraph in outermost.iter(qn("w:p")):
        pieces = []
        for each in paragraph.iter():
            if each.tag in {
                qn("w:t"),
                "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
            }:
                owner = next(each.iterancestors(qn("w:p")))
                pieces += [each.text or ""] if owner is paragraph else []
            elif each.tag in {qn("w:tab"), qn("w:br")}:
                pieces.append(" ")
        yield "".join(pieces)
