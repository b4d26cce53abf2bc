"""The field that somebody means who writes another name: Vietnamese, in capitals, of others."""

from collections.abc import Collection

from sitegen.foundation.text import find_nearest, slugify

# By field, the other names in their form for addresses: in Vietnamese, then of other generators.
_NAMES = {
    "title": "tieu-de tieu-de-bai ten-bai tua-de tit headline subject",
    "date": "ngay ngay-dang ngay-gio ngay-gio-dang thoi-gian ngay-thang pubdate publishdate "
    "published published-at created",
    "category": "chuyen-muc muc danh-muc the-loai categories section",
    "author": "tac-gia nguoi-viet but-danh phong-vien authors byline by",
    "source": "nguon nguon-tin nguon-bai theo",
    "lead": "tom-tat mo-ta mo-ta-ngan trich-dan sa-po sapo dan-nhap summary description excerpt "
    "abstract",
    "dateline": "noi-viet noi-viet-tin dia-danh location place",
    "photo": "anh hinh hinh-anh anh-dai-dien anh-bia anh-minh-hoa image cover thumbnail picture "
    "img featured-image",
    "photo_caption": "chu-thich chu-thich-anh caption image-caption",
    "photo_credit": "nguoi-chup nguoi-chup-anh anh-cua credit photographer",
    "photo_alt": "mo-ta-anh alt image-alt",
    "photo_focus": "tieu-diem tam-anh vi-tri-anh focus focal-point image-focus",
    "tags": "the tu-khoa nhan chu-de keywords tag labels",
    "slug": "duong-dan dia-chi duong-link permalink",
    "updated": "cap-nhat ngay-cap-nhat ngay-sua sua-ngay lastmod modified last-modified",
    "expires": "het-han ngay-het-han ngay-go expirydate expiry unpublish",
    "draft": "nhap ban-nhap",
    "featured": "noi-bat tin-noi-bat bai-noi-bat pinned sticky",
    "aliases": "dia-chi-cu redirect-from",
    "views": "luot-xem so-luot-xem",
    "translations": "ban-dich",
    "name": "ten ho-ten ho-va-ten",
    "post": "chuc-vu chuc-danh",
    "telephone": "dien-thoai so-dien-thoai phone tel",
    "mail": "thu-dien-tu email e-mail",
}
# The fields that a line without a colon may be meant to be: no text begins with one of these.
KNOWN_FIELDS = frozenset({*_NAMES, "menu"})
_FIELDS = {other: field for field, others in _NAMES.items() for other in others.split()}


def find_field(written: str, names: Collection[str]) -> str:
    """Return the one of ``names`` that is meant by ``written``, or nothing."""
    slug = slugify(written)
    plain = slug.replace("-", "_")
    if plain in names:
        return plain
    meant = _FIELDS.get(slug, "")
    return meant if meant in names else find_nearest(written, names)
