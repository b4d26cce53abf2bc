"""The colour that stands in for a photo until it is there: its mean, as one of a small palette.

Pages name the colour as a class, and the style sheet gives it. So a page needs no inline style, and
a Content Security Policy can forbid these.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Colour = tuple[int, int, int]

PLACEHOLDERS: dict[str, Colour] = {
    "night": (0x1F, 0x24, 0x2E),
    "slate": (0x4A, 0x50, 0x58),
    "ash": (0x84, 0x84, 0x82),
    "mist": (0xBC, 0xBE, 0xBE),
    "paper": (0xEC, 0xE8, 0xE0),
    "sand": (0xCB, 0xB0, 0x88),
    "clay": (0xA8, 0x78, 0x54),
    "earth": (0x5C, 0x42, 0x30),
    "brick": (0x96, 0x48, 0x38),
    "flag": (0xB4, 0x28, 0x22),
    "rose": (0xC8, 0x96, 0x8E),
    "gold": (0xD2, 0xA2, 0x3C),
    "moss": (0x6E, 0x74, 0x44),
    "leaf": (0x3E, 0x56, 0x38),
    "rice": (0xA6, 0xB4, 0x82),
    "sea": (0x4C, 0x74, 0x84),
    "sky": (0x9C, 0xBA, 0xCE),
    "dusk": (0x66, 0x5C, 0x78),
}
# Pillow decodes a JPEG at an eighth of its size for this, which is enough for a mean.
_SMALL = (64, 64)


def find_placeholder(image: "Image.Image") -> str:
    """Return the name of the colour that is nearest to the mean of an opened picture."""
    from PIL import Image

    # The colour profile is ignored: it moves the mean by less than the colours differ.
    image.draft("RGB", _SMALL)
    mean = image.convert("RGB").resize((1, 1), Image.Resampling.BOX)
    red, green, blue = mean.tobytes()
    return choose_placeholder((red, green, blue))


def choose_placeholder(colour: Colour) -> str:
    """Return the name of the colour that is nearest to ``colour``, in sRGB."""

    def measure_distance(name: str) -> int:
        # The eye is best in green, and worst in blue.
        red, green, blue = (a - b for a, b in zip(PLACEHOLDERS[name], colour, strict=True))
        return 3 * red * red + 4 * green * green + 2 * blue * blue

    return min(PLACEHOLDERS, key=measure_distance)
