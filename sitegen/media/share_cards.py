"""Share cards: what other sites show of a page that someone shares, 1200 × 630 pixels.

The title is over the lower part of the article's photo, or over the portal's red where no photo is
wide enough. Beside the card there is the photo itself in the shapes that search engines ask for. A
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
# Where a photo is cropped, in per cent of what is cut away, from the left and from the top: a face
# is seldom below the middle.
DEFAULT_FOCUS = (50, 35)
# The ratios that search engines ask for (Google Search Central, "Article structured data"), and
# the fewest pixels that they take.
_RATIOS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
_FEWEST_PIXELS = 50_000

# To be raised whenever the same card is drawn with other pixels.
_RECIPE = "4"
_QUALITY, _PHOTO_QUALITY = 82, 78
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
# On a photo the title has the room between the last two of these lines. No more than the lower part
# of the card is dark, and above it the photo is as it was taken. The dark grows from so many pixels
# above the title, if there is room, to where the small letters of its first line begin.
_SHADE_TOP = round(HEIGHT * 0.55)
_SHADE_ABOVE, _SHADE_BELOW = 96, 24
_PHOTO_TITLE_TOP, _PHOTO_TITLE_BOTTOM = _SHADE_TOP + 30, 548
_PHOTO_TITLE_SIZES = (60, 54, 48, 43, 38, 34)
_PHOTO_LINE_HEIGHT = 1.22
_PHOTO_FOOT, _PHOTO_FOOT_SIZE = 26, 24
# How much of the photo the ink covers behind the title.
_DARKEST = 0.82
# The corners of a five-pointed star in a circle of radius 1, as in the portal's icon.
_STAR = (
    *((0.0, -1.0), (0.225, -0.309), (0.951, -0.309), (0.363, 0.118), (0.588, 0.809)),
    *((0.0, 0.382), (-0.588, 0.809), (-0.363, 0.118), (-0.951, -0.309), (-0.225, -0.309)),
)
_STAR_RADIUS, _STAR_CENTRE, _STAR_BOTTOM = 74, (WIDTH - _MARGIN - 70, 128), 256
# The star is drawn so many times as large and then reduced, which smooths its edges.
_STAR_SCALE = 4


class ShareCard(Record, frozen=True, gc=False):
    """A share card to be written to ``path``, for the page that is made of the file ``source``.

    With a ``shape`` it is the photo alone, in that shape. ``focus`` says where the photo is
    cropped, in per cent of what is cut away: from the left, and from the top.
    """

    path: str
    source: str
    title: str
    section: str
    day: str
    portal: str
    photo: MediaFile | None = None
    focus: tuple[int, int] = DEFAULT_FOCUS
    shape: str = ""

    @property
    def digest(self) -> bytes:
        """The digest of everything that shows on the card."""
        photo = self.photo.digest + bytes(self.focus) if self.photo else b""
        shown = (self.title, self.section, self.day, self.portal, photo, self.shape, _RECIPE)
        return digest_bytes(msgspec.msgpack.encode(shown))


class Shape(Record, frozen=True):
    """A shape in which there is a photo, and its size in pixels."""

    name: str
    width: int
    height: int


def list_shapes(width: int, height: int) -> tuple[Shape, ...]:
    """Return the shapes of a photo that is published with this size: all of them, or none.

    There are none where search engines would find the photo too small.
    """
    shapes = _fit_shapes(width, height)
    return shapes if all(each.width * each.height >= _FEWEST_PIXELS for each in shapes) else ()


# Tens of thousands of photos have a few hundred sizes.
@functools.lru_cache(maxsize=5000)
def _fit_shapes(width: int, height: int) -> tuple[Shape, ...]:
    """Return each shape, as large as there is room for it in a photo as wide as the card."""
    width, height = _fit_card(width, height)
    shapes = []
    for name, (across, down) in _RATIOS.items():
        unit = min(width / across, height / down)
        shapes.append(Shape(name, int(across * unit), int(down * unit)))
    return tuple(shapes)


def _fit_card(width: int, height: int) -> tuple[int, int]:
    """Return the size of a photo that is as wide as the card, or narrower."""
    return (width, height) if width <= WIDTH else (WIDTH, round(height * WIDTH / width))


def make_share_card(root: Path, cache: Path, card: ShareCard) -> bytes:
    """Return a share card as JPEG, from the cache or drawn now.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the photo cannot be read.
    """
    encode = _encode_photo if card.photo else _encode
    name = name_cached_card(card)
    return remember(cache / CARD_CACHE, name, lambda: encode(draw_share_card(root, card)))


def name_cached_card(card: ShareCard) -> str:
    """Return the name under which the cache keeps a share card."""
    versions = "-".join(library_version(name) for name in _LIBRARIES)
    return f"{card.digest.hex()}-{versions}{JPEG.suffix}"


def draw_share_card(root: Path, card: ShareCard) -> "Image.Image":
    """Return a share card as a picture."""
    if card.photo is None:
        return _draw_on_red(card)
    return (_cut_shape if card.shape else _draw_on_photo)(root, card, card.photo)


def _draw_on_photo(root: Path, card: ShareCard, photo: MediaFile) -> "Image.Image":
    from PIL import Image, ImageDraw

    font, lines = _fit_title(card.title, on_photo=True)
    height = round(font.size * _PHOTO_LINE_HEIGHT)
    top = _PHOTO_TITLE_BOTTOM - height * (len(lines) - 1) - round(font.size)
    seen = _crop(_load_photo(root, photo), (WIDTH, HEIGHT), card.focus)
    image = Image.composite(Image.new("RGB", seen.size, _INK), seen, _make_mask(top))
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(reversed(lines)):
        place = (_MARGIN, _PHOTO_TITLE_BOTTOM - number * height)
        draw.text(place, line, font=font, fill=_WHITE, anchor="ls")
    _draw_foot(draw, HEIGHT - 8 - _PHOTO_FOOT, _PHOTO_FOOT_SIZE, card)
    if card.section:
        label = _load_font("SemiBold", _CATEGORY_SIZE)
        name = cut_line(card.section, label, _TEXT_WIDTH - 40)
        # In the corner, where it covers the least of the photo.
        right = _MARGIN + label.getlength(name) + 36
        draw.rectangle((_MARGIN, 0, right, 62), fill=_RED)
        draw.text((_MARGIN + 18, 42), name, font=label, fill=_WHITE, anchor="ls")
    return image


def _draw_on_red(card: ShareCard) -> "Image.Image":
    from PIL import ImageDraw

    font, lines = _fit_title(card.title)
    height = round(font.size * _LINE_HEIGHT)
    bottom = HEIGHT - 8 - _FOOT
    top = bottom - _FOOT_SIZE - 44 - height * len(lines)
    image = _draw_red().copy()
    draw = ImageDraw.Draw(image)
    _draw_foot(draw, bottom, _FOOT_SIZE, card)
    for number, line in enumerate(lines):
        # Placed by the baseline, so that accents above and below letters move no line.
        place = (_MARGIN, top + number * height + round(font.size))
        draw.text(place, line, font=font, fill=_WHITE, anchor="ls")
    section = _load_font("SemiBold", _CATEGORY_SIZE)
    name = cut_line(card.section, section, _TEXT_WIDTH - 40)
    draw.text((_MARGIN, top - 28), name, font=section, fill=_GOLD, anchor="ls")
    return image


def _fit_title(title: str, *, on_photo: bool = False) -> tuple["ImageFont.FreeTypeFont", list[str]]:
    """Return the largest font in which a title has room, and the lines of the title."""
    *larger, smallest = _PHOTO_TITLE_SIZES if on_photo else _TITLE_SIZES
    for size in larger:
        font, most = _load_font("SemiBold", size), _count_lines(size, on_photo=on_photo)
        lines = break_lines(title, font, _TEXT_WIDTH, most + 1)
        if len(lines) <= most:
            return font, lines
    font = _load_font("SemiBold", smallest)
    return font, break_lines(title, font, _TEXT_WIDTH, _count_lines(smallest, on_photo=on_photo))


def _count_lines(size: int, *, on_photo: bool) -> int:
    """Return how many lines a title of this size can have."""
    if not on_photo:
        # A large title of four lines would fill the card.
        return _MOST_LINES - (size > _TITLE_SIZES[-1])
    # Above the first line there may be two marks on a letter.
    room = _PHOTO_TITLE_BOTTOM - _PHOTO_TITLE_TOP - size
    return 1 + room // round(size * _PHOTO_LINE_HEIGHT)


def _draw_foot(draw: "ImageDraw.ImageDraw", bottom: int, size: int, card: ShareCard) -> None:
    draw.rectangle((0, HEIGHT - 8, WIDTH, HEIGHT), fill=_GOLD)
    font = _load_font("Regular", size)
    day = font.getlength(card.day)
    draw.text((WIDTH - _MARGIN, bottom), card.day, font=font, fill=_WHITE, anchor="rs")
    portal = cut_line(card.portal, font, round(_TEXT_WIDTH - day - 40))
    draw.text((_MARGIN, bottom), portal, font=font, fill=_WHITE, anchor="ls")


# The card of an article and the shapes of its photo are made one after the other.
@functools.lru_cache(maxsize=1)
def _load_photo(root: Path, photo: MediaFile) -> "Image.Image":
    """Return a photo without transparency, as wide as the card or narrower.

    To make a photo smaller takes longer than all else, so it is done once for everything.
    """
    from PIL import Image

    decoded = decode_photo(root, photo)
    if decoded.has_transparency_data:
        white = Image.new("RGBA", decoded.size, _WHITE)
        decoded = Image.alpha_composite(white, decoded.convert("RGBA"))
    whole, size = decoded.convert("RGB"), _fit_card(*decoded.size)
    if whole.size == size:
        return whole
    return whole.resize(size, Image.Resampling.BICUBIC, reducing_gap=2)


def _cut_shape(root: Path, card: ShareCard, photo: MediaFile) -> "Image.Image":
    whole = _load_photo(root, photo)
    shape = next(each for each in list_shapes(*whole.size) if each.name == card.shape)
    return _crop(whole, (shape.width, shape.height), card.focus)


def _crop(photo: "Image.Image", size: tuple[int, int], focus: tuple[int, int]) -> "Image.Image":
    """Return as much of a photo as has the shape of ``size``, in that size."""
    from PIL import Image

    scale = min(photo.width / size[0], photo.height / size[1])
    width, height = round(size[0] * scale), round(size[1] * scale)
    left = round((photo.width - width) * focus[0] / 100)
    top = round((photo.height - height) * focus[1] / 100)
    box = (left, top, left + width, top + height)
    if (width, height) == size:
        return photo.crop(box)
    return photo.resize(size, Image.Resampling.BICUBIC, box)


@functools.lru_cache(maxsize=32)
def _make_mask(top: int) -> "Image.Image":
    """Return how much of a photo is covered with ink, below a title that begins at ``top``."""
    from PIL import Image

    column = Image.new("L", (1, HEIGHT))
    column.putdata([round(255 * _find_cover(row, top)) for row in range(HEIGHT)])
    return column.resize((WIDTH, HEIGHT))


def _find_cover(row: int, top: int) -> float:
    """Return how much of a photo is covered in this row of the card."""
    start, end = max(_SHADE_TOP, top - _SHADE_ABOVE), top + _SHADE_BELOW
    progress = min(1.0, max(0.0, (row - start) / (end - start)))
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
    # Without subsampling: else the letters on red, which fills this card, have coloured edges.
    image.save(written, JPEG.name, quality=_QUALITY, optimize=True, subsampling=0)
    return written.getvalue()


def _encode_photo(image: "Image.Image") -> bytes:
    written = io.BytesIO()
    # To look for the best code takes as long as the rest, and saves 4 %. Subsampling saves more:
    # on a photo nobody sees it.
    image.save(written, JPEG.name, quality=_PHOTO_QUALITY)
    return written.getvalue()
