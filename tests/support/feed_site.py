"""A site of two articles whose feeds hold something of everything."""

from support.documents import make_pdf
from support.photos import photo
from support.site_folder import VIETNAMESE, SiteFolder

HOST = "https://example.org/cong"
BODY = """\
Xem [bài hai](hai.md#muc), [mục](/cong-tac-xay-dung-dang/), [tin](/rss.xml), [báo](https://bao.vn/?a=1&b=2)
và [đoạn dưới](#doan-duoi).[^1]

## Đoạn dưới

![Ảnh](/media/b.jpg "Lời ảnh")

![Phim](https://www.youtube.com/watch?v=abc)

[Nghị quyết](/media/nghi-quyet.pdf) & "lời" ]]> hết.

<a href="?trang=2">Trang sau</a> <a href="//bao.vn/x">Báo</a> <a href="mailto:a@b.vn">Thư</a>

[^1]: Chú thích.
"""


def write_feed_site(site: SiteFolder, body: str = BODY, *, full: bool) -> SiteFolder:
    config = VIETNAMESE.replace("https://example.org", HOST)
    site.write("config.yaml", f"{config}lists: {{feed: 3, feed_full: {str(full).lower()}}}\n")
    for name in ("a", "b"):
        site.write(f"content/media/{name}.jpg", photo((900, 600)))
    site.write("content/media/nghi-quyet.pdf", make_pdf())
    site.article("hai", "## Mục\n\nChữ bài hai.", date="2024-05-05")
    return site.article(
        "mot",
        body,
        lead="Tóm tắt & hết.",
        photo="/media/a.jpg",
        photo_caption="Chú thích",
        photo_credit="Thu Hà",
    )
