"""Tones: the colour that stands in for a photo until it is there, one of a small palette.

A tone is a name, which pages write as a class: no colour need stand in a page, so a policy that
allows no inline style holds. The style sheet gives each its colour.
"""

Colour = tuple[int, int, int]

TONES: dict[str, Colour] = {
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


def choose_tone(colour: Colour) -> str:
    """Return the tone that is nearest to ``colour``, in sRGB."""
    return min(TONES, key=lambda name: _distance(TONES[name], colour))


def _distance(one: Colour, other: Colour) -> int:
    """Return how far apart two colours look: the eye is keenest in green, and least so in blue.

    The weights are those of brightness, softened; exact measures of colour are not worth their
    room here.
    """
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return 3 * red * red + 4 * green * green + 2 * blue * blue
