"""Share cards: what other sites show of an article that someone shares, 1200 × 630 pixels.

The title stands over the article's photo, or on the portal's red where there is no photo that is
large enough. Everything is drawn from the card's own record, so equal records are equal bytes; the
letters are laid out by Pillow's own means, because what else it finds differs between machines.
"""

import functools
import io
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.foundation.cache import remember
from sitegen.foundation.generator import library_version
from sitegen.foundation.parts import digest_bytes
from sitegen.media.resizing import develop_file
from sitegen.model import Record

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

# What those who show cards ask for: a ratio of 1.91 to 1 (The Open Graph protocol names no size).
WIDTH, HEIGHT = 1200, 630
# The folder of the cache that keeps them.
CARDS = "cards"
NARROWEST_PHOTO = 600

_RECIPE = "2"
_QUALITY = 82
_FONTS = "fontpkg_be_vietnam_pro"
_LIBRARIES = ("pillow", "fontpkg-be-vietnam-pro")

# The colours of the theme, as on a page by day.
_INK = (29, 25, 23)
_RED = (179, 20, 27)
_DEEP_RED = (134, 12, 20)
_GOLD = (246, 201, 69)
_WHITE = (255, 253, 248)

_MARGIN = 72
_ROOM = WIDTH - 2 * _MARGIN
_FOOT = 40
_TITLE_SIZES = (72, 66, 60, 54, 48)
_MOST_LINES = 4
_LINE = 1.28
_TAG_SIZE = 28
_SMALL = 26
_ELLIPSIS = "…"
# What does not stand before an ellipsis.
_LOOSE = " ,.;:–—-"
# Lines whose measures differ by fewer pixels are equally long.
_EVEN_ENOUGH = 8
# These never begin a line.
_HANGING = frozenset("–—-/,.;:!?)”’%&")
# How dark a photo is behind the letters, and over how many pixels it grows so.
_DARKEST = 0.82
_FADE = 240
# A face is seldom below the middle of a photo.
_FOCUS = (0.5, 0.35)
# The corners of a five-pointed star in a circle of 1, as on the portal's mark.
_STAR = (
    *((0.0, -1.0), (0.225, -0.309), (0.951, -0.309), (0.363, 0.118), (0.588, 0.809)),
    *((0.0, 0.382), (-0.588, 0.809), (-0.363, 0.118), (-0.951, -0.309), (-0.225, -0.309)),
)


class ShareCard(Record, frozen=True, gc=False):
    """A share card to be written to ``path``, for the article in the file ``source``.

    ``photo`` is the file of its photo, whose bytes had ``photo_digest``; both are empty where there
    is none. ``digest`` is that of all that the card is made of.
    """

    path: str
    source: str
    title: str
    section: str
    day: str
    portal: str
    photo: str = ""
    photo_digest: bytes = b""

    @property
    def digest(self) -> bytes:
        """The digest of all that shows, and not of where."""
        shown = (self.title, self.section, self.day, self.portal, self.photo_digest, _RECIPE)
        return digest_bytes(msgspec.msgpack.encode(shown))


def make_share_card(root: Path, cache: Path, card: ShareCard) -> bytes:
    """Return a share card as JPEG, as it was made before or made now.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the photo cannot be read.
    """
    key = name_kept_card(card)
    return remember(cache / CARDS, key, lambda: _encode(draw_share_card(root, card)))


def name_kept_card(card: ShareCard) -> str:
    """Return under which key a share card is kept."""
    versions = "-".join(library_version(name) for name in _LIBRARIES)
    return f"{card.digest.hex()}-{versions}.jpg"


def draw_share_card(root: Path, card: ShareCard) -> "Image.Image":
    """Return a share card as a picture."""
    from PIL import ImageDraw

    font, lines = _set_title(card.title)
    height = round(font.size * _LINE)
    bottom = HEIGHT - 8 - _FOOT
    top = bottom - _SMALL - 44 - height * len(lines)
    if card.photo:
        photo = develop_file(root, card.photo, card.photo_digest)
        image = _lay_photo(photo, _make_shade(top))
    else:
        image = _lay_red().copy()
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - 8, WIDTH, HEIGHT), fill=_GOLD)
    _write_foot(draw, bottom, card)
    for number, line in enumerate(lines):
        # By the baseline: marks above and below letters never move a line.
        place = (_MARGIN, top + number * height + round(font.size))
        draw.text(place, line, font=font, fill=_WHITE, anchor="ls")
    _write_tag(draw, top - 16, card.section, red=bool(card.photo))
    return image


def break_lines(text: str, font: "ImageFont.FreeTypeFont", width: int) -> list[str]:
    """Return ``text`` in the fewest lines of ``width`` pixels, all about equally long.

    Vietnamese is broken at spaces alone, and a dash stays with the word before it. A single word
    that is wider than a line is cut.
    """
    words, space = _measure(text, font, width), font.getlength(" ")
    lines = _fill(words, space, width)
    # The narrowest measure that needs no more lines: no last line of one word.
    least, most = max([width // 2, *(round(each) for _, each in words)]), width
    while most - least > _EVEN_ENOUGH:
        middle = (least + most) // 2
        if len(_fill(words, space, middle)) <= len(lines):
            most = middle
        else:
            least = middle
    return _fill(words, space, most)


def _set_title(title: str) -> tuple["ImageFont.FreeTypeFont", list[str]]:
    """Return the largest type in which a title has room, and its lines."""
    for size in _TITLE_SIZES:
        font = _load_font("SemiBold", size)
        lines = break_lines(title, font, _ROOM)
        # A large title of four lines would cover the photo.
        if len(lines) < _MOST_LINES:
            return font, lines
    smallest = _load_font("SemiBold", _TITLE_SIZES[-1])
    lines = break_lines(title, smallest, _ROOM)
    if len(lines) <= _MOST_LINES:
        return smallest, lines
    words, space = _measure(title, smallest, _ROOM), smallest.getlength(" ")
    *kept, last = _fill(words, space, _ROOM)[:_MOST_LINES]
    return smallest, [*kept, _shorten(last.rstrip(_LOOSE) + _ELLIPSIS, smallest, _ROOM)]


def _measure(text: str, font: "ImageFont.FreeTypeFont", width: int) -> list[tuple[str, float]]:
    """Return what is never parted, each with its width in pixels, which is at most ``width``."""
    words: list[tuple[str, float]] = []
    for whole in _bind(text.split()):
        measured = font.getlength(whole)
        if measured <= width:
            words.append((whole, measured))
        else:
            words += ((piece, font.getlength(piece)) for piece in _cut(whole, font, width))
    return words


def _bind(words: list[str]) -> Iterator[str]:
    """Yield words, each with the lone sign behind it that must not begin a line."""
    bound = ""
    for word in words:
        if bound and word in _HANGING:
            bound = f"{bound} {word}"
        else:
            if bound:
                yield bound
            bound = word
    if bound:
        yield bound


def _cut(word: str, font: "ImageFont.FreeTypeFont", width: int) -> Iterator[str]:
    """Yield the pieces of a word that is wider than a line."""
    piece, room = "", float(width)
    for letter in word:
        room -= font.getlength(letter)
        if room < 0:
            yield piece
            piece, room = "", width - font.getlength(letter)
        piece += letter
    yield piece


def _fill(words: list[tuple[str, float]], space: float, width: float) -> list[str]:
    """Return lines into each of which as many words are put as have room."""
    lines: list[str] = []
    room = 0.0
    for word, measured in words:
        if lines and measured + space <= room:
            lines[-1] += f" {word}"
            room -= measured + space
        else:
            lines.append(word)
            room = width - measured
    return lines


def _shorten(text: str, font: "ImageFont.FreeTypeFont", width: int) -> str:
    """Return ``text``, or as many of its words as have room with an ellipsis behind them."""
    while font.getlength(text) > width and " " in text:
        text = text.rstrip(_ELLIPSIS).rpartition(" ")[0].rstrip(_LOOSE) + _ELLIPSIS
    return text


def _write_foot(draw: "ImageDraw.ImageDraw", bottom: int, card: ShareCard) -> None:
    font = _load_font("Regular", _SMALL)
    day = font.getlength(card.day)
    draw.text((WIDTH - _MARGIN, bottom), card.day, font=font, fill=_WHITE, anchor="rs")
    portal = _shorten(card.portal, font, round(_ROOM - day - 40))
    draw.text((_MARGIN, bottom), portal, font=font, fill=_WHITE, anchor="ls")


def _write_tag(draw: "ImageDraw.ImageDraw", bottom: int, text: str, *, red: bool) -> None:
    """Write the category: on red over a photo, and in gold where all is red."""
    font = _load_font("SemiBold", _TAG_SIZE)
    text = _shorten(text, font, _ROOM - 40)
    if not red:
        draw.text((_MARGIN, bottom - 12), text, font=font, fill=_GOLD, anchor="ls")
        return
    right = _MARGIN + font.getlength(text) + 36
    draw.rectangle((_MARGIN, bottom - 50, right, bottom), fill=_RED)
    draw.text((_MARGIN + 18, bottom - 15), text, font=font, fill=_WHITE, anchor="ls")


def _lay_photo(photo: "Image.Image", shade: "Image.Image") -> "Image.Image":
    """Return a photo that fills the card, as dark as the ``shade`` says."""
    from PIL import Image, ImageOps

    upright = photo.convert("RGBA") if photo.has_transparency_data else photo.convert("RGB")
    if upright.mode == "RGBA":
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, _WHITE), upright)
    filled = ImageOps.fit(
        upright.convert("RGB"), (WIDTH, HEIGHT), Image.Resampling.BICUBIC, centering=_FOCUS
    )
    return Image.composite(Image.new("RGB", filled.size, _INK), filled, shade)


@functools.lru_cache(maxsize=32)
def _make_shade(top: int) -> "Image.Image":
    """Return how much of a photo is covered: less and less above the ``top`` of a title."""
    from PIL import Image

    column = Image.new("L", (1, HEIGHT))
    column.putdata([round(255 * _darken(row - top)) for row in range(HEIGHT)])
    return column.resize((WIDTH, HEIGHT))


def _darken(below: int) -> float:
    """Return how dark it is so many pixels below the top of the title."""
    rising = min(1.0, max(0.0, 1 + (below + 20) / _FADE))
    return _DARKEST * rising * rising * (3 - 2 * rising)


@functools.cache
def _lay_red() -> "Image.Image":
    """Return the card without a photo: red, with the star of the portal's mark."""
    from PIL import Image, ImageDraw

    column = Image.new("RGB", (1, HEIGHT))
    column.putdata(
        [
            (
                _mix(_RED[0], _DEEP_RED[0], row / HEIGHT),
                _mix(_RED[1], _DEEP_RED[1], row / HEIGHT),
                _mix(_RED[2], _DEEP_RED[2], row / HEIGHT),
            )
            for row in range(HEIGHT)
        ]
    )
    red = column.resize((WIDTH, HEIGHT))
    # Drawn four times as large, so that its edges are smooth.
    scale, radius, centre = 4, 74, (WIDTH - _MARGIN - 70, 128)
    star = Image.new("L", (WIDTH * scale, 256 * scale))
    corners = [
        ((centre[0] + radius * x) * scale, (centre[1] + radius * y) * scale) for x, y in _STAR
    ]
    ImageDraw.Draw(star).polygon(corners, fill=255)
    star = star.resize((WIDTH, 256), Image.Resampling.BOX)
    red.paste(_GOLD, (0, 0), star)
    return red


def _mix(one: int, other: int, share: float) -> int:
    return round(one + (other - one) * share)


@functools.cache
def _load_font(style: str, size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    source = resources.files(_FONTS).joinpath(f"files/BeVietnamPro-{style}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(source), size, layout_engine=ImageFont.Layout.BASIC)


def _encode(image: "Image.Image") -> bytes:
    written = io.BytesIO()
    # Letters on red have coloured edges where colours are halved.
    image.save(written, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
    return written.getvalue()
