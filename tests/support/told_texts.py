"""Texts that are published, and of which something is told: the warnings of a body."""

from support.bad_inputs import BAI, Case, article
from support.site_folder import CONFIG


def tell(name: str, body: str, *told: str) -> Case:
    """Return a text whose body begins on line 8, and what is told: ``line:column: code``."""
    problems = tuple(f"{BAI}:{each}" for each in told)
    return Case(name, {"config.yaml": CONFIG, BAI: article(body)}, problems)


TOLD = (
    tell("a name between angle brackets", "Đồng chí <Nguyễn Văn A> nói.", "8:10: html-unknown"),
    tell("letters that stand for places", "## Mục <A> và <B>\n\nChữ.",
         "8:8: html-unknown", "8:15: html-unknown"),
    tell("less than", "Nếu x<y và y>z thì thôi.", "8:6: html-unknown"),
    tell("a name in HTML", "<div>Đồng chí <Nguyễn Văn A> nói.</div>", "8:15: html-unknown"),
    tell("an element without its end", "<table of contents>\n\nChữ.", "8:1: html-unknown"),
    tell("a frame of an unknown host", 'Đây <iframe src="https://a.example.org/"></iframe>.',
         "8:5: html-removed"),
    tell("a film in HTML", 'Phim <video src="https://example.org/a.mp4"></video>.',
         "8:6: html-removed"),
    tell("a script", "Chữ.\n\n<script>alert(1)</script>\n\nChữ.", "10:1: html-removed"),
    tell("a form", "Chữ <input name=a> chữ.", "8:5: html-removed"),
    tell("code of Jekyll", "Xem {{ site.title }} và {% include a %}.",
         "8:5: template-code", "8:25: template-code"),
    tell("code of WordPress", 'Chữ.\n\n[gallery ids="1"]', "10:1: template-code"),
    tell("code of VuePress", ":::note\n\nChữ.\n\n:::", "8:1: template-code", "12:1: template-code"),
    tell("code of Kramdown", '{:start="3"}\n\nChữ.', "8:1: template-code"),
    tell("a space in a link", "Xem [báo cáo] (https://example.org/a).", "8:5: link-form"),
    tell("a link turned round", "Xem (báo cáo)[https://example.org/a].", "8:5: link-form"),
    tell("a link to nowhere", "Xem [báo cáo]() nhé.", "8:13: link-empty"),
    tell("an unknown scheme", "Xem [báo](htp://x.vn).", "8:11: link-address"),
    tell("an address with one slash", "Xem [báo](http:/x.vn).", "8:11: link-address"),
    tell("a file of one computer", "Xem [báo](file:///C:/x.pdf).", "8:11: link-own-computer"),
    tell("the preview", "Xem [báo](http://127.0.0.1:8000/tin/).", "8:11: link-own-computer"),
    tell("a part that is not there", "## Mục một\n\nXem [mục](#muc-hai).", "10:11: anchor-missing"),
    tell("spaces inside stars", "Chữ ** rất đậm ** ở đây.", "8:5: emphasis-spaces"),
    tell("a space before the last stars", "Chữ **rất đậm ** ở đây.", "8:5: emphasis-spaces"),
    tell("stars that nothing closes", "**Thông báo khẩn\n\nHọp.", "8:1: emphasis-open"),
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
    tell("a signature", "Chữ.\n\nT.M. CHI BỘ\nBÍ THƯ\nTrần Văn Hòa", "10:1: lines-joined"),
)  # fmt: skip
