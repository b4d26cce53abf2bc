"""A hundred articles in which all that editors write is met, alone and beside everything else."""

import io
import random
import re
import shutil
from pathlib import Path

from PIL import Image

from sitegen.build import Request, build
from support.documents import make_pdf
from support.site_folder import CONFIG, NOW, REPOSITORY, SiteFolder

COUNT = 100
_PHOTOS = {
    "rong.jpg": (1600, 1000),
    "cao.jpg": (500, 900),
    "nho.png": (64, 64),
    "ve.webp": (900, 600),
}

# Every kind of Markdown that the editors' guide names, and what people paste besides.
_BLOCKS = re.compile(r"^=== (?P<name>.+)\n(?P<body>(?:(?!=== ).*\n)*)", re.MULTILINE)

_FIELDS: tuple[dict[str, str], ...] = (
    {},
    {"lead": '"Sapo có \\"ngoặc\\" & dấu <b>."'},
    {"photo": "/media/rong.jpg", "photo_caption": "Chú thích & nguồn"},
    {
        "photo": "/media/cao.jpg",
        "photo_caption": "Dọc",
        "photo_credit": "Thu Hà",
        "photo_alt": '"Mô tả \\"ảnh\\""',
        "photo_focus": "30% 20%",
    },
    {"photo": "/media/nho.png", "photo_caption": "Nhỏ"},
    {"tags": "[xây dựng Đảng, 'A & B']", "updated": "2026-11-01 08:00"},
    {"author": "", "source": "Theo Báo & Đài"},
    {"author": "[Thu Hà, 'D. & Co']", "source": "Báo", "views": "1234"},
    {"translations": '[{language: en, title: "English & more", url: "https://a.example/?a=1&b"}]'},
    {"title": '"' + "Tiêu đề rất dài " * 12 + '"'},
)


def write_varied(root: Path) -> Path:
    """Return the output of a site in ``root``: the articles, in the repository's theme."""
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    site = SiteFolder(root).write("config.yaml", CONFIG.replace("language: en", "language: vi"))
    for name, size in _PHOTOS.items():
        drawn = io.BytesIO()
        Image.effect_noise(size, 60).convert("RGB").save(drawn, _kind(name))
        site.write(f"content/media/{name}", drawn.getvalue())
    site.write("content/media/phim.mp4", b"\0\0\0\x18ftypmp42" + bytes(100))
    site.write("content/media/nghi-quyet.pdf", make_pdf(["Nghi quyet"] * 20))
    chance = random.Random(1)  # noqa: S311 (for tests, not for secrets)
    found = _BLOCKS.finditer((Path(__file__).parent / "varied.md").read_text("utf-8"))
    blocks = {each["name"]: each["body"] for each in found}
    names = list(blocks)
    for number in range(COUNT):
        # Each alone, then so many at once that each stands beside every other one.
        chosen = [names[number]] if number < len(names) else chance.sample(names, 12)
        body = "\n".join(blocks[name] for name in chosen)
        fields = _FIELDS[number % len(_FIELDS)]
        date = f"2026-{1 + number % 10:02}-{1 + number % 28:02} {number % 24:02}:05"
        title = f'"Bài số {number}: {", ".join(chosen[:2])}"'
        slug = f"bai-{number:03}"
        site.article(slug, body, **{"title": title, "date": date, "slug": slug, **fields})
    output = root / "output"
    build(Request(root=root, output=output, now=NOW, jobs=2))
    return output


def _kind(name: str) -> str:
    return {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.rpartition(".")[2]]
