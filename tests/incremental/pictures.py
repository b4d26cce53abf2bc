"""Pictures and documents in several versions, some of which have the same number of bytes."""

import io

from PIL import Image


def _draw_svg(width: int, colour: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="3">'
        f'<rect width="2" height="2" fill="{colour}"/></svg>'
    ).encode()


def _draw_jpeg(width: int, comment: str, colour: str = "red", gradient: int = 0) -> bytes:
    image = Image.new("RGB", (width, 3), colour)
    if not comment:
        # Something to be seen in a rendition, whatever its quality.
        image.paste(Image.radial_gradient("L").resize((width // 2, 3)), (gradient, 0))
    written = io.BytesIO()
    image.save(written, "JPEG", comment=comment.encode())
    return written.getvalue()


# Several versions of a kind have the same number of bytes; some have the same size in pixels, or
# the same tone. The comment of a JPEG is taken away when it is published.
PICTURES: dict[str, list[bytes]] = {
    ".svg": [_draw_svg(4, "red"), _draw_svg(8, "red"), _draw_svg(4, "tan"), _draw_svg(16, "red")],
    ".jpg": [
        *(_draw_jpeg(4, "một"), _draw_jpeg(6, "hai"), _draw_jpeg(4, "bốn"), _draw_jpeg(80, "")),
        *(_draw_jpeg(80, "", "blue"), _draw_jpeg(80, "", "red", 40)),
        _draw_jpeg(4, "năm", "blue"),
    ],
}
_WIDE = PICTURES[".jpg"][3:6]
# Photos of the same size in pixels: to each, all of them.
ALIKE = dict.fromkeys(_WIDE, _WIDE)
DOCUMENTS = [b"%PDF-1.4 a", b"%PDF-1.4 b", b"%PDF-1.4 " + b"c" * 4000]
BROKEN_PICTURE = b"not a picture"
