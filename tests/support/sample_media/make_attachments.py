"""Write the attachments of the sample site: a plan as PDF and an organisation chart.

The PDF is made by hand, with the fonts embedded and a map back to Unicode, so that
its Vietnamese text can be selected, searched and read aloud.

    pip install pillow fontpkg-be-vietnam-pro
    python tests/support/sample_media/make_attachments.py [DIR]

DIR defaults to ``content/media`` of this repository.
"""

# ruff: noqa: E501, T201

from __future__ import annotations

import argparse
import importlib.util
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[3]
PAGE = (595, 842)  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 79, 540, 772, 70

# Each entry is a style and its text; "page" starts a new page.
PLAN: tuple[tuple[str, str], ...] = (
    ("head", "ĐẢNG BỘ TỈNH QUẢNG NAM\tĐẢNG CỘNG SẢN VIỆT NAM"),
    ("head", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH\tTam Kỳ, ngày 30 tháng 3 năm 2026"),
    ("small", "Số 00-KH/ĐUK (văn bản mẫu, không có giá trị thi hành)"),
    ("title", "KẾ HOẠCH"),
    ("centre", "Nâng cao chất lượng sinh hoạt chi bộ giai đoạn 2026 - 2030"),
    ("bold", "I. Mục đích, yêu cầu"),
    (
        "text",
        "1. Đưa sinh hoạt chi bộ trở thành nơi bàn và quyết những việc thiết thực của cơ quan, đơn vị; khắc phục tình trạng họp kéo dài, đọc nhiều, bàn ít.",
    ),
    (
        "text",
        "2. Giảm mẫu biểu, dành thời gian cho cấp ủy, chi ủy chuẩn bị nội dung và theo dõi việc thực hiện kết luận.",
    ),
    (
        "text",
        "3. Mọi chỉ tiêu đều có người chịu trách nhiệm, có thời hạn và được công khai trong chi bộ.",
    ),
    ("bold", "II. Chỉ tiêu đến năm 2030"),
    (
        "text",
        "1. Từ 95% chi bộ trở lên sinh hoạt thường lệ đúng kỳ, tỷ lệ đảng viên dự họp bình quân từ 92% trở lên.",
    ),
    (
        "text",
        "2. Mỗi chi bộ sinh hoạt chuyên đề ít nhất một lần mỗi quý; 100% kết luận chuyên đề được kiểm điểm sau ba tháng.",
    ),
    ("text", "3. Số loại báo cáo định kỳ của chi bộ giảm từ 30 còn 12 ngay trong năm 2026."),
    ("text", "4. Mức hài lòng của đảng viên về buổi họp đạt từ 4 trên 5 điểm trở lên."),
    ("bold", "III. Nhiệm vụ và giải pháp"),
    (
        "text",
        "1. Về thời lượng: buổi họp thường lệ không quá 120 phút, phần đọc tài liệu không quá 20 phút. Chi bộ có trên 30 đảng viên có thể kéo dài thêm nhưng không quá 150 phút.",
    ),
    (
        "text",
        "2. Về chuẩn bị: tài liệu gửi trước ít nhất hai ngày làm việc qua hệ thống nội bộ; chi ủy nêu sẵn từ một đến ba câu hỏi để đảng viên suy nghĩ.",
    ),
    ("page", ""),
    (
        "text",
        "3. Về chuyên đề: chọn việc đang vướng của cơ quan, đơn vị; phân công đảng viên khảo sát thực tế trước khi bàn; kết luận nêu rõ người làm, thời hạn và cách kiểm tra.",
    ),
    (
        "text",
        "4. Về dự họp: cấp ủy viên dự sinh hoạt chi bộ được phân công ít nhất hai lần mỗi quý, không báo trước nội dung sẽ hỏi, trao đổi với chi ủy sau buổi họp.",
    ),
    (
        "text",
        "5. Về mẫu biểu: gộp 30 loại báo cáo định kỳ còn 12 loại, điền trên biểu mẫu điện tử; số liệu đã có trên hệ thống thì không yêu cầu chi bộ báo cáo lại.",
    ),
    (
        "text",
        "6. Về đánh giá: đảng viên chấm điểm buổi họp bằng phiếu kín điện tử gồm năm câu hỏi; kết quả công khai trong chi bộ, không dùng để xếp hạng giữa các chi bộ.",
    ),
    ("bold", "IV. Tiến độ"),
    ("text", "Quý II/2026: tập huấn cho 312 bí thư chi bộ."),
    ("text", "Quý III/2026: đưa 12 biểu mẫu lên hệ thống."),
    ("text", "Quý IV/2026: thí điểm chấm điểm buổi họp tại 40 chi bộ."),
    ("text", "Năm 2027: áp dụng trong toàn đảng bộ, sơ kết lần thứ nhất."),
    ("text", "Năm 2030: tổng kết, đề xuất nội dung cho giai đoạn tiếp theo."),
    ("bold", "V. Tổ chức thực hiện"),
    (
        "text",
        "1. Ban Tổ chức chủ trì hướng dẫn, tập huấn, theo dõi và báo cáo Ban Thường vụ sáu tháng một lần.",
    ),
    ("text", "2. Văn phòng bảo đảm hạ tầng, biểu mẫu điện tử và an toàn dữ liệu."),
    (
        "text",
        "3. Cơ quan Ủy ban Kiểm tra đưa việc thực hiện kế hoạch vào chương trình giám sát hằng năm.",
    ),
    (
        "text",
        "4. Các đảng bộ, chi bộ cơ sở xây dựng kế hoạch riêng trong tháng 4/2026; nơi có điều kiện có thể làm sớm hơn tiến độ chung.",
    ),
    ("sign", "T/M BAN THƯỜNG VỤ"),
    ("sign", "(Văn bản mẫu)"),
)

STYLES = {  # font, size, leading, space before
    "head": ("B", 10, 15, 0),
    "small": ("R", 9, 14, 2),
    "title": ("B", 17, 26, 22),
    "centre": ("B", 12, 18, 0),
    "bold": ("B", 11.5, 18, 12),
    "text": ("R", 11, 17, 4),
    "sign": ("B", 11, 20, 18),
}


def font_file(weight: str) -> Path:
    """Find a weight of Be Vietnam Pro in the package installed beside Pillow."""
    spec = importlib.util.find_spec("fontpkg_be_vietnam_pro")
    if spec is None or spec.origin is None:
        message = "pip install fontpkg-be-vietnam-pro"
        raise SystemExit(message)
    return Path(spec.origin).parent / "files" / f"BeVietnamPro-{weight}.ttf"


class TrueType:
    """The little of a TrueType file that a PDF needs: glyph numbers and widths."""

    def __init__(self, file: Path) -> None:
        """Read the tables cmap, head, hhea and hmtx."""
        self.data = file.read_bytes()
        count = struct.unpack_from(">H", self.data, 4)[0]
        self.tables = {}
        for number in range(count):
            tag, _, start, size = struct.unpack_from(">4sLLL", self.data, 12 + 16 * number)
            self.tables[tag.decode()] = (start, size)
        head, hhea = self.tables["head"][0], self.tables["hhea"][0]
        self.units: int = struct.unpack_from(">H", self.data, head + 18)[0]
        self.box = struct.unpack_from(">4h", self.data, head + 36)
        self.ascent, self.descent = struct.unpack_from(">2h", self.data, hhea + 4)
        metrics = struct.unpack_from(">H", self.data, hhea + 34)[0]
        start = self.tables["hmtx"][0]
        self.advances: list[int] = [
            struct.unpack_from(">H", self.data, start + 4 * number)[0] for number in range(metrics)
        ]
        self.glyphs = self._cmap()

    def _cmap(self) -> dict[int, int]:
        start = self.tables["cmap"][0]
        glyphs: dict[int, int] = {}
        for number in range(struct.unpack_from(">H", self.data, start + 2)[0]):
            at = start + struct.unpack_from(">L", self.data, start + 8 + 8 * number)[0]
            if struct.unpack_from(">H", self.data, at)[0] != 4:
                continue
            segments = struct.unpack_from(">H", self.data, at + 6)[0] // 2
            ends, starts = at + 14, at + 16 + 2 * segments
            deltas, offsets = starts + 2 * segments, starts + 4 * segments
            for segment in range(segments):
                end, first, delta, offset = (
                    struct.unpack_from(">H", self.data, base + 2 * segment)[0]
                    for base in (ends, starts, deltas, offsets)
                )
                for code in range(first, min(end, 0xFFFE) + 1):
                    glyph = code
                    if offset:
                        glyph = struct.unpack_from(
                            ">H", self.data, offsets + 2 * segment + offset + 2 * (code - first)
                        )[0]
                    glyphs[code] = (glyph + delta) & 0xFFFF
        return glyphs

    def glyph(self, letter: str) -> int:
        """Return the glyph of a letter, which must exist."""
        return self.glyphs[ord(letter)]

    def width(self, text: str, size: float) -> float:
        """Measure a text in points."""
        last = len(self.advances) - 1
        return (
            sum(self.advances[min(self.glyph(letter), last)] for letter in text) * size / self.units
        )


def wrap(text: str, font: TrueType, size: float, width: float) -> list[str]:
    """Break a text into lines at spaces."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.width(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def typeset(fonts: dict[str, TrueType]) -> list[str]:
    """Return the content stream of every page."""
    pages: list[list[str]] = [[]]
    y = float(TOP)

    def put(x: float, text: str, name: str, size: float) -> None:
        code = "".join(f"{fonts[name].glyph(letter):04x}" for letter in text)
        pages[-1].append(f"BT /{name} {size} Tf {x:.2f} {y:.2f} Td <{code}> Tj ET")

    for style, text in PLAN:
        if style == "page":
            pages.append([])
            y = float(TOP)
            continue
        name, size, leading, before = STYLES[style]
        font = fonts[name]
        y -= before
        if style == "head":
            one, two = text.split("\t")
            put(LEFT + (210 - font.width(one, size)) / 2, one, name, size)
            put(RIGHT - 210 + (210 - font.width(two, size)) / 2, two, name, size)
            y -= leading
            continue
        for number, line in enumerate(wrap(text, font, size, RIGHT - LEFT)):
            x = float(LEFT)
            if style in ("title", "centre", "small"):
                x = LEFT + (RIGHT - LEFT - font.width(line, size)) / 2
            elif style == "sign":
                x = RIGHT - 100 - font.width(line, size) / 2
            elif style == "text" and number == 0:
                x += 18
            put(x, line, name, size)
            y -= leading
    for number, page in enumerate(pages, 1):
        y = BOTTOM - 30
        label = f"{number}/{len(pages)}"
        code = "".join(f"{fonts['R'].glyph(letter):04x}" for letter in label)
        page.append(
            f"BT /R 9 Tf {(PAGE[0] - fonts['R'].width(label, 9)) / 2:.2f} {y} Td <{code}> Tj ET"
        )
    return ["\n".join(page) for page in pages]


def stream(data: bytes, extra: str = "") -> bytes:
    """Wrap data as a compressed PDF stream."""
    packed = zlib.compress(data, 9)
    return (
        f"<< /Length {len(packed)} /Filter /FlateDecode {extra}>>\nstream\n".encode()
        + packed
        + b"\nendstream"
    )


def make_pdf(target: Path) -> None:
    """Write the plan."""
    fonts = {"R": TrueType(font_file("Regular")), "B": TrueType(font_file("Bold"))}
    pages = typeset(fonts)
    letters = sorted(
        {letter for _, text in PLAN for letter in text if letter != "\t"} | set("0123456789/")
    )
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R /Lang (vi) >>", b"", b""]
    names = []
    for name, font in fonts.items():
        base = f"BeVietnamPro-{'Regular' if name == 'R' else 'Bold'}"
        scale = 1000 / font.units
        first = len(objects) + 1
        last = len(font.advances) - 1
        widths = " ".join(
            f"{font.glyph(c)} [{font.advances[min(font.glyph(c), last)] * scale:.0f}]"
            for c in letters
        )
        pairs = [f"<{font.glyph(c):04x}> <{ord(c):04x}>" for c in letters]
        blocks = [
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
            for part in (pairs[at : at + 100] for at in range(0, len(pairs), 100))
        ]
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            + "\n".join(blocks)
            + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
        )
        box = " ".join(f"{value * scale:.0f}" for value in font.box)
        objects += [
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H /DescendantFonts [{first + 1} 0 R] /ToUnicode {first + 4} 0 R >>".encode(),
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {first + 2} 0 R /W [{widths}] /CIDToGIDMap /Identity >>".encode(),
            f"<< /Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {font.ascent * scale:.0f} /Descent {font.descent * scale:.0f} /CapHeight 700 /StemV 80 /FontFile2 {first + 3} 0 R >>".encode(),
            stream(font.data, f"/Length1 {len(font.data)} "),
            stream(cmap.encode()),
        ]
        names.append(f"/{name} {first} 0 R")
    kids = []
    for page in pages:
        objects.append(stream(page.encode()))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Resources << /Font << {' '.join(names)} >> >> /Contents {len(objects)} 0 R >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    title = "Kế hoạch nâng cao chất lượng sinh hoạt chi bộ (văn bản mẫu)".encode("utf-16-be").hex()
    objects[2] = f"<< /Title <feff{title}> /CreationDate (D:20260330080000+07'00') >>".encode()
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(out)


def make_chart(target: Path) -> None:
    """Draw the organisation chart, at twice its size for smooth edges."""
    image = Image.new("RGB", (3200, 1640), "#fbf7ee")
    draw = ImageDraw.Draw(image)
    bold, regular = (
        ImageFont.truetype(str(font_file(weight)), size)
        for weight, size in (("SemiBold", 54), ("Regular", 44))
    )

    def block(cx: int, y: int, width: int, lines: list[str], fill: str, ink: str) -> None:
        tall = 80 + 66 * len(lines)
        draw.rounded_rectangle(
            [cx - width // 2, y, cx + width // 2, y + tall],
            26,
            fill=fill,
            outline="#8f1d1f",
            width=4,
        )
        for number, line in enumerate(lines):
            draw.text(
                (cx, y + 72 + 66 * number),
                line,
                font=bold if number == 0 else regular,
                fill=ink,
                anchor="mm",
            )

    def link(*points: tuple[int, int]) -> None:
        draw.line(points, fill="#8f1d1f", width=5)

    block(1600, 90, 1300, ["Ban Chấp hành Đảng bộ Khối"], "#a3191f", "#fff6dd")
    link((1600, 236), (1600, 330))
    block(1600, 330, 1300, ["Ban Thường vụ"], "#c8453a", "#fff6dd")
    link((1600, 476), (1600, 600))
    centres = (440, 1213, 1987, 2760)
    link((centres[0], 600), (centres[-1], 600))
    units = (
        ["Văn phòng", "tổng hợp, hành chính"],
        ["Ban Tổ chức", "tổ chức, cán bộ"],
        ["Ban Tuyên giáo -", "Dân vận"],
        ["Cơ quan Ủy ban", "Kiểm tra"],
    )
    for cx, lines in zip(centres, units, strict=True):
        link((cx, 600), (cx, 680))
        block(cx, 680, 690, lines, "#f7dfa6", "#3b2618")
        link((cx, 892), (cx, 1000))
    link((centres[0], 1000), (centres[-1], 1000))
    link((1600, 1000), (1600, 1090))
    block(
        1600,
        1090,
        2000,
        [
            "Các tổ chức cơ sở đảng trực thuộc",
            "đảng bộ cơ sở, chi bộ cơ sở ở cơ quan, đơn vị cấp tỉnh",
        ],
        "#ffffff",
        "#3b2618",
    )
    draw.text((1600, 1480), "Dữ liệu minh họa", font=regular, fill="#7c6a58", anchor="mm")
    small = image.resize((1600, 820), Image.Resampling.LANCZOS)
    target.parent.mkdir(parents=True, exist_ok=True)
    small.quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> None:
    """Write both files and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "target", nargs="?", type=Path, default=ROOT / "content" / "media", metavar="DIR"
    )
    target = parser.parse_args().target
    plan = target / "tai-lieu" / "ke-hoach-sinh-hoat-chi-bo-2026-2030.pdf"
    chart = target / "anh" / "chung" / "so-do-to-chuc.png"
    make_pdf(plan)
    make_chart(chart)
    for file in (plan, chart):
        print(f"{file.stat().st_size / 1000:7.0f} kB  {file.relative_to(target)}")


if __name__ == "__main__":
    main()
