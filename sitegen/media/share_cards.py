"""Share cards: what other sites show of an article that someone shares, 1200 × 630 pixels.

The title is over the article's photo, or over the portal's red where no photo is wide enough. A
card is drawn from its record alone, so equal records give equal bytes. Pillow's basic layout places
the letters, because its other one depends on what is installed on a machine.
"""

import functools
import io
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes
from sitegen.media.formats import JPEG
from sitegen.media.line_breaking import break_lines, cut_line
from sitegen.media.pictures import MediaFile, decode_photo
from sitegen.model import Record

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

# What sites that show cards ask for: a ratio of 1.91 to 1 (The Open Graph protocol names no size).
WIDTH, HEIGHT = 1200, 630
# The folder of the cache that keeps share cards.
CARD_CACHE = "cards"
NARROWEST_PHOTO = 600

# To be raised whenever the same card is drawn with other pixels.
_RECIPE = "4"
_QUALITY = 82
_FONTS = "fontpkg_be_vietnam_pro"
_LIBRARIES = ("pillow", "fontpkg-be-vietnam-pro")

# The colours of the theme by day.
_INK = (29, 25, 23)
_RED = (179, 20, 27)
_DEEP_RED = (134, 12, 20)
_GOLD = (246, 201, 69)
_WHITE = (255, 253, 248)

_MARGIN = 72
_TEXT_WIDTH = WIDTH - 2 * _MARGIN
_FOOT = 40
_TITLE_SIZES = (72, 66, 60, 54, 48)
_MOST_LINES = 4
_LINE_HEIGHT = 1.28
_CATEGORY_SIZE = 28
_FOOT_SIZE = 26
# How much of the photo the ink covers behind the title, and over how many pixels above it this
# fades out.
_DARKEST = 0.82
_FADE = 240
# The points that crops keep where nothing is said, in per cents from the left and the top. Of a
# portrait, the upper third stays; on a card, the title covers what is below the middle.
_UPPER_THIRD, _MIDDLE, _ABOVE_MIDDLE = (50, 20), (50, 50), (50, 35)
# The corners of a five-pointed star in a circle of radius 1, as in the portal's icon.
_STAR = (
    *((0.0, -1.0), (0.225, -0.309), (0.951, -0.309), (0.363, 0.118), (0.588, 0.809)),
    *((0.0, 0.382), (-0.588, 0.809), (-0.363, 0.118), (-0.951, -0.309), (-0.225, -0.309)),
)
_STAR_RADIUS, _STAR_CENTRE, _STAR_BOTTOM = 74, (WIDTH - _MARGIN - 70, 128), 256
# The star is drawn so many times as large and then reduced, which smooths its edges.
_STAR_SCALE = 4


class ShareCard(Record, frozen=True, gc=False):
    """A share card to be written to ``path``, for the article in the file ``source``."""

    path: str
    source: str
    title: str
    section: str
    day: str
    portal: str
    photo: MediaFile | None = None
    focus: tuple[int, int] | None = None

    @property
    def digest(self) -> bytes:
        """The digest of everything that shows on the card."""
        photo = self.photo.digest if self.photo else b""
        shown = (self.title, self.section, self.day, self.portal, photo, self.focus, _RECIPE)
        return digest_bytes(msgspec.msgpack.encode(shown))


def make_share_card(root: Path, cache: Path, card: ShareCard) -> bytes:
    """Return a share card as JPEG, from the cache or drawn now.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the photo cannot be read.
    """
    name = name_cached_card(card)
    return remember(cache / CARD_CACHE, name, lambda: _encode(draw_share_card(root, card)))


def name_cached_card(card: ShareCard) -> str:
    """Return the name under which the cache keeps a share card."""
    versions = "-".join(library_version(name) for name in _LIBRARIES)
    return f"{card.digest.hex()}-{versions}{JPEG.suffix}"


def draw_share_card(root: Path, card: ShareCard) -> "Image.Image":
    """Return a share card as a picture."""
    from PIL import ImageDraw

    font, lines = _fit_title(card.title)
    height = round(font.size * _LINE_HEIGHT)
    bottom = HEIGHT - 8 - _FOOT
    top = bottom - _FOOT_SIZE - 44 - height * len(lines)
    if card.photo:
        image = _draw_photo(decode_photo(root, card.photo), card.focus, _make_mask(top))
    else:
        image = _draw_red().copy()
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - 8, WIDTH, HEIGHT), fill=_GOLD)
    _draw_foot(draw, bottom, card)
    for number, line in enumerate(lines):
        # Placed by the baseline, so that accents above and below letters move no line.
        place = (_MARGIN, top + number * height + round(font.size))
        draw.text(place, line, font=font, fill=_WHITE, anchor="ls")
    _draw_category(draw, top - 16, card.section, on_photo=card.photo is not None)
    return image


def _fit_title(title: str) -> tuple["ImageFont.FreeTypeFont", list[str]]:
    """Return the largest font in which a title has room, and the lines of the title."""
    *larger, smallest = _TITLE_SIZES
    for size in larger:
        font = _load_font("SemiBold", size)
        lines = break_lines(title, font, _TEXT_WIDTH, _MOST_LINES)
        # A large title of four lines would cover the photo.
        if len(lines) < _MOST_LINES:
            return font, lines
    font = _load_font("SemiBold", smallest)
    return font, break_lines(title, font, _TEXT_WIDTH, _MOST_LINES)


def _draw_foot(draw: "ImageDraw.ImageDraw", bottom: int, card: ShareCard) -> None:
    font = _load_font("Regular", _FOOT_SIZE)
    day = font.getlength(card.day)
    draw.text((WIDTH - _MARGIN, bottom), card.day, font=font, fill=_WHITE, anchor="rs")
    portal = cut_line(card.portal, font, round(_TEXT_WIDTH - day - 40))
    draw.text((_MARGIN, bottom), portal, font=font, fill=_WHITE, anchor="ls")


def _draw_category(draw: "ImageDraw.ImageDraw", bottom: int, name: str, *, on_photo: bool) -> None:
    """Draw the category: white on a red label over a photo, else gold."""
    font = _load_font("SemiBold", _CATEGORY_SIZE)
    name = cut_line(name, font, _TEXT_WIDTH - 40)
    if not on_photo:
        draw.text((_MARGIN, bottom - 12), name, font=font, fill=_GOLD, anchor="ls")
        return
    right = _MARGIN + font.getlength(name) + 36
    draw.rectangle((_MARGIN, bottom - 50, right, bottom), fill=_RED)
    draw.text((_MARGIN + 18, bottom - 15), name, font=font, fill=_WHITE, anchor="ls")


def find_focus(width: int, height: int) -> tuple[int, int]:
    """Return the point of a photo that crops keep where nothing is said."""
    return _UPPER_THIRD if height > width else _MIDDLE


def _draw_photo(
    photo: "Image.Image", focus: tuple[int, int] | None, mask: "Image.Image"
) -> "Image.Image":
    """Return a photo that fills the card, covered with ink as far as the ``mask`` says."""
    from PIL import Image, ImageOps

    if photo.has_transparency_data:
        white = Image.new("RGBA", photo.size, _WHITE)
        photo = Image.alpha_composite(white, photo.convert("RGBA"))
    whole, size = photo.convert("RGB"), (WIDTH, HEIGHT)
    if focus is None:
        focus = _UPPER_THIRD if whole.height > whole.width else _ABOVE_MIDDLE
    kept = (focus[0] / 100, focus[1] / 100)
    filled = ImageOps.fit(whole, size, Image.Resampling.BICUBIC, centering=kept)
    return Image.composite(Image.new("RGB", size, _INK), filled, mask)


@functools.lru_cache(maxsize=32)
def _make_mask(top: int) -> "Image.Image":
    """Return how much of a photo is covered: less and less above the ``top`` of a title."""
    from PIL import Image

    column = Image.new("L", (1, HEIGHT))
    column.putdata([round(255 * _find_cover(row - top)) for row in range(HEIGHT)])
    return column.resize((WIDTH, HEIGHT))


def _find_cover(below: int) -> float:
    """Return how much of a photo is covered so many pixels below the top of the title."""
    progress = min(1.0, max(0.0, 1 + (below + 20) / _FADE))
    return _DARKEST * progress * progress * (3 - 2 * progress)


@functools.cache
def _draw_red() -> "Image.Image":
    """Return the card without a photo: red, with the star of the portal's icon."""
    from PIL import Image, ImageDraw

    column = Image.new("RGB", (1, HEIGHT))
    column.putdata([_mix(_RED, _DEEP_RED, row / HEIGHT) for row in range(HEIGHT)])
    red = column.resize((WIDTH, HEIGHT))
    star = Image.new("L", (WIDTH * _STAR_SCALE, _STAR_BOTTOM * _STAR_SCALE))
    left, top = _STAR_CENTRE
    corners = [
        ((left + _STAR_RADIUS * x) * _STAR_SCALE, (top + _STAR_RADIUS * y) * _STAR_SCALE)
        for x, y in _STAR
    ]
    ImageDraw.Draw(star).polygon(corners, fill=255)
    red.paste(_GOLD, (0, 0), star.resize((WIDTH, _STAR_BOTTOM), Image.Resampling.BOX))
    return red


def _mix(one: tuple[int, int, int], other: tuple[int, int, int], weight: float) -> tuple[int, ...]:
    """Return a colour between two others; with the ``weight`` 1 it is the second."""
    return tuple([round(a + (b - a) * weight) for a, b in zip(one, other, strict=True)])


@functools.cache
def _load_font(style: str, size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    source = resources.files(_FONTS).joinpath(f"files/BeVietnamPro-{style}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(source), size, layout_engine=ImageFont.Layout.BASIC)


def _encode(image: "Image.Image") -> bytes:
    written = io.BytesIO()
    # Without subsampling: else the letters on red have coloured edges.
    image.save(written, JPEG.name, quality=_QUALITY, optimize=True, subsampling=0)
    return written.getvalue()
