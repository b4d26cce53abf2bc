"""Pictures and documents in several versions, some of which have the same number of bytes."""

import io

from PIL import Image

from support.documents import lock_pdf, make_pdf


def _draw_svg(width: int, colour: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="3">'
        f'<rect width="2" height="2" fill="{colour}"/></svg>'
    ).encode()


def _draw_jpeg(width: int, comment: str) -> bytes:
    return _encode(Image.new("RGB", (width, 3), "red"), comment)


def _draw_wide(colour: str, gradient: int = 0) -> bytes:
    """Return a photo with something to be seen in a rendition, whatever its quality.

    All of them have the same number of bytes, so that it does not tell them apart.
    """
    image = Image.new("RGB", (80, 3), colour)
    image.paste(Image.radial_gradient("L").resize((40, 3)), (gradient, 0))
    return _encode(image, "." * (_WIDE_BYTES - len(_encode(image, "."))))


def _encode(image: Image.Image, comment: str) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", comment=comment.encode())
    return written.getvalue()


_WIDE_BYTES = 1000
_WIDE = [_draw_wide("red"), _draw_wide("blue"), _draw_wide("red", 40)]
# Several versions of a kind have the same number of bytes; some have the same size in pixels, or
# the same placeholder. The comment of a JPEG is taken away when it is published.
PICTURES: dict[str, list[bytes]] = {
    ".svg": [_draw_svg(4, "red"), _draw_svg(8, "red"), _draw_svg(4, "tan"), _draw_svg(16, "red")],
    ".jpg": [_draw_jpeg(4, "một"), _draw_jpeg(6, "hai"), _draw_jpeg(4, "bốn"), *_WIDE],
}
# Photos of the same size in pixels: to each, all of them.
ALIKE = dict.fromkeys(_WIDE, _WIDE)
DOCUMENTS = [make_pdf(["a"]), make_pdf(["b"]), make_pdf(["c"] * 12), lock_pdf()]
BROKEN_PICTURE = b"not a picture"
