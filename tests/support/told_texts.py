"""What is published, and of which something is told: the warnings of bodies and of values."""

from support.bad_inputs import BAI, SVG, TRANG, Case, Files, article, config, page
from support.site_folder import CONFIG


def tell(name: str, body: str, *told: str) -> Case:
    """Return a text whose body begins on line 8, and what is told: ``line:column: code``."""
    problems = tuple(f"{BAI}:{each}" for each in told)
    return Case(name, {"config.yaml": CONFIG, BAI: article(body)}, problems)


TOLD_TEXTS = (
    tell("a name between angle brackets", "Đồng chí <Nguyễn Văn A> nói.", "8:10: html-unknown"),
    tell("letters that stand for places", "## Mục <A> và <B>\n\nChữ.",
         "8:8: html-unknown", "8:15: html-unknown"),
    tell("less than", "Nếu x<y và y>z thì thôi.", "8:6: html-unknown"),
    tell("a name in HTML", "<div>Đồng chí <Nguyễn Văn A> nói.</div>", "8:15: html-unknown"),
    tell("an element without its end", "<table of contents>\n\nChữ.", "8:1: html-unknown"),
    tell("a frame of an unknown host", 'Đây <iframe src="https://a.example.org/"></iframe>.',
         "8:5: html-removed"),
    tell("a film in HTML", 'Phim <video src="https://example.net/a.mp4"></video>.',
         "8:6: html-removed"),
    tell("a script", "Chữ.\n\n<script>alert(1)</script>\n\nChữ.", "10:1: html-removed"),
    tell("a form", "Chữ <input name=a> chữ.", "8:5: html-removed"),
    tell("code of Jekyll", "Xem {{ site.title }} và {% include a %}.",
         "8:5: template-code", "8:25: template-code"),
    tell("code of WordPress", 'Chữ.\n\n[gallery ids="1"]', "10:1: template-code"),
    tell("code of VuePress", ":::note\n\nChữ.\n\n:::", "8:1: template-code", "12:1: template-code"),
    tell("code of Kramdown", '{:start="3"}\n\nChữ.', "8:1: template-code"),
    tell("a space in a link", "Xem [báo cáo] (https://example.net/a).", "8:5: link-form"),
    tell("a link turned round", "Xem (báo cáo)[https://example.net/a].", "8:5: link-form"),
    tell("a link to nowhere", "Xem [báo cáo]() nhé.", "8:13: link-empty"),
    tell("an unknown scheme", "Xem [báo](htp://x.vn).", "8:11: link-address"),
    tell("an unknown scheme without a remedy", "Xem [báo](zalo://x).", "8:11: link-address"),
    tell("a script as an address", "Xem [báo](javascript:alert(1)).", "8:11: link-address"),
    tell("an unknown scheme in HTML", 'Xem <a href="htp://x.vn">báo</a>.', "8:14: link-address"),
    tell("an unknown scheme below", "Xem [báo][1].\n\n[1]: htp://x.vn", "10:6: link-address"),
    tell("a space in a host", "Xem [báo](https://x .vn/a).", "8:11: link-address"),
    tell("a space in a path", "Xem [báo](https://x.vn/a b.pdf).", "8:11: link-address"),
    tell("a link without words", "Xem [](https://x.vn).", "8:5: link-unseen"),
    tell("text that is turned around", "Chữ \u202eđảo\u202c ở đây.", "8:5: text-turned"),
    tell("an address that is turned around", "Xem [tệp](https://x.vn/\u202efdp.exe).",
         "8:24: text-turned"),
    tell("a path of Windows", r"Xem [báo](C:\Users\x.pdf).", "8:11: link-own-computer"),
    tell("a host of an office", "Xem [báo](http://vanphong/x).", "8:11: link-own-computer"),
    tell("an address of an office", "Xem [báo](http://172.20.1.2/x).", "8:11: link-own-computer"),
    tell("a file of one computer", "Xem [báo](file:///C:/x.pdf).", "8:11: link-own-computer"),
    tell("the preview", "Xem [báo](http://127.0.0.1:8000/tin/).", "8:11: link-own-computer"),
    tell("a part that is not there", "## Mục một\n\nXem [mục](#muc-hai).", "10:11: anchor-missing"),
    tell("a part that is not there, in HTML", '## Mục một\n\n<a href="#muc-mo">Mục</a>',
         "10:10: anchor-missing"),
    tell("a part of the page, by its path", "## Mục một\n\nXem [mục](bai.md#muc-mott).",
         "10:11: anchor-missing"),
    tell("a part of the page, by its address",
         "## Mục một\n\nXem [m](https://example.org/hoat-dong-cua-co-so/2024/05/bai-thu/#mot).",
         "10:9: anchor-missing"),
    tell("spaces inside stars", "Chữ ** rất đậm ** ở đây.", "8:5: emphasis-spaces"),
    tell("two stars before and one behind", "Chữ **rất đậm* ở đây.", "8:5: emphasis-uneven"),
    tell("one star before and two behind", "Chữ *rất nghiêng** ở đây.", "8:5: emphasis-uneven"),
    tell("stars that nothing closes", "**Thông báo khẩn\n\nHọp.", "8:1: emphasis-open"),
    tell("a star that nothing closes", "Chữ *rất nghiêng ở đây.", "8:5: emphasis-open"),
    tell("a stroke that nothing closes", "Chữ ~~gạch bỏ ở đây.", "8:5: emphasis-open"),
    tell("a link that nothing closes", "Xem [báo](https://example.net/a", "8:5: link-form"),
    tell("a reference without its line", "Xem [báo][nguon].", "8:5: reference-missing"),
    tell("the line of no reference", "Chữ.\n\n[nguon]: https://example.net/",
         "10:1: reference-unused"),
    tell("a footnote without its text", "Theo khảo sát[^1] năm ngoái.", "8:14: note-missing"),
    tell("two texts of one footnote", "Chữ[^1].\n\n[^1]: Một.\n\n[^1]: Hai.",
         "10:1: note-repeated"),
    tell("the text of no footnote", "Chữ.\n\n[^9]: Không ai nhắc tới.", "10:1: note-unused"),
    tell("a suppression of what is not told",
         "<!-- bỏ qua: html-unknown: tên tạm -->\n\nChữ.", "8:1: suppression-unused"),
    tell("a suppression without a reason", "Chữ <Nguyễn Văn A>. <!-- bỏ qua: html-unknown -->",
         "8:5: html-unknown", "8:21: suppression-reason"),
    tell("a verse", "Đường lên bản mới\nLúa chín vàng nương\nTiếng trống trường vang.",
         "8:1: lines-joined"),
    tell("a signature", "Chữ.\n\nBAN BIÊN TẬP\nTRƯỞNG BAN\nTrần Văn Hòa", "10:1: lines-joined"),
)  # fmt: skip


def tell_value(name: str, files: str | Files, *told: str) -> Case:
    """Return an article or other files with a value that is told: ``line:column: code``."""
    written: Files = files if isinstance(files, dict) else {BAI: files}
    problems = tuple(each if "/" in each or "config" in each else f"{BAI}:{each}" for each in told)
    return Case(name, {"config.yaml": CONFIG, **written}, problems)


TOLD_VALUES = (
    *(
        tell_value(f"author: {author}", article(author=author), "5:9: names-joined")
        for author in ("Thu Hà, Minh Quân", "Thu Hà và Minh Quân", "THU HÀ - MINH QUÂN",
                       "Thu Hà; Minh Quân", "Thu Hà – Minh Quân", "Thu Hà & Minh Quân",
                       "Nguyễn Văn A / Trần Thị B", "ThS. Thu Hà, TS. Minh Quân")
    ),
    tell_value("two authors in an item", article(author="[Thu Hà và Minh Quân, Lê An]"),
               "5:10: names-joined"),
    tell_value("tags with semicolons", article(tags="[chi bộ; đảng viên]"), "6:8: names-joined"),
    tell_value("tags in one pair of quotes", article(tags='["chi bộ, đảng viên", cơ sở]'),
               "6:8: names-joined"),
    tell_value("a tag twice", article(tags="[Chi bộ, chi bộ]"), "6:16: name-repeated"),
    tell_value("typographic quotes around a tag", article(tags="[“chi bộ”]"),
               "6:8: text-quoted"),
    tell_value("typographic quotes around an author", article(author="“Thu Hà”"),
               "5:9: text-quoted"),
    tell_value("Markdown in a title", article(title="Bài **rất** mới", slug="bai"),
               "2:8: text-marks"),
    tell_value("HTML in a title", article(title="Bài <b>mới</b><br>", slug="bai"),
               "2:8: text-marks"),
    tell_value("an entity in a title", article(title="Cán bộ &amp; đảng viên"),
               "2:8: text-marks"),
    tell_value("a link in a lead", article(lead='"Xem [báo](https://example.org/)"'),
               "6:7: text-marks"),
    tell_value("Markdown in the title of a page", {TRANG: page(title="Trang **một**")},
               f"{TRANG}:2:8: text-marks"),
    tell_value("a title of 300 letters", article(title="Dài " * 75, slug="dai"),
               "2:8: text-long"),
    tell_value("a lead of 2,000 letters", article(lead="Dài " * 500), "6:7: text-long"),
    tell_value("a caption of 1,000 letters",
               {BAI: article(photo="a.svg", photo_caption="Dài " * 250), "content/a.svg": SVG},
               "7:16: text-long"),
    tell_value("the title as lead", article(lead="BÀI thử"), "6:7: lead-repeated"),
    tell_value("a date before there was a web", article(date="1985-02-03"), "3:7: year-early"),
    tell_value("an article that comes out in seven years", article(date="2034-02-03"),
               "3:1: article-far"),
    tell_value("an update that is to come", article(updated="2030-02-03"),
               "6:1: updated-future"),
    tell_value("an update of a page that is to come",
               {TRANG: page(title="Giới thiệu", updated="2030-02-03")},
               f"{TRANG}:3:1: updated-future"),
    tell_value("no body", article("").rstrip("\n"), "6:1: body-empty"),
    tell_value("a comment as body", article("<!-- viết\n\nsau -->"), "6:1: body-empty"),
    tell_value("the address of a new site",
               config("https://example.org", "https://ten-mien.example"),
               "config.yaml:3:8: sample-published"),
    tell_value("the imprint of a new site",
               config("categories:",
                      "imprint:\n  governing_body: Tên cơ quan chủ quản\ncategories:"),
               "config.yaml:6:19: sample-published"),
    tell_value("a document that nobody can open",
               {BAI: article("[Công văn](/media/cong-van.pdf)"),
                "content/media/cong-van.pdf": "%PDF-1.4 x"},
               "content/media/cong-van.pdf:1:1: document-flawed"),
    tell_value("the lead of a new site", article(lead="Bài viết mẫu để bắt đầu."),
               "6:7: sample-published"),
)  # fmt: skip

TOLD = (*TOLD_TEXTS, *TOLD_VALUES)
