"""The signs of a text: what is left of it without its letters, digits, spaces, commas and dots.

Of an article that is one byte in fifty, line ends included. A sign is looked for in these first,
and in the text only where they hold it: one pass over the text takes as long as five searches, and
there are thirty.
"""

# Of UTF-8, what begins a letter of Vietnamese (C3 to C6, E1), and its neighbours; C2, E2, E3, ED
# and EF begin signs and spaces of other kinds. Of the letters, "w" begins addresses and is rare.
_OF_WORDS = bytes(
    {
        *b"abcdefghijklmnopqrstuvxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,;.",
        *range(0x80, 0xC0),
        *range(0xC3, 0xE2),
    }
)


def list_signs(encoded: bytes) -> bytes:
    """Return the bytes of the signs of a text, in order; ``encoded`` is the text in UTF-8.

    Whatever stands side by side in the text does so in them, but not the other way round.

    >>> list_signs("Ngày 2-9 (thứ tư), xem [lịch](a.md)".encode())
    b'-()[]()'
    """
    return encoded.translate(None, _OF_WORDS)


def encode(source: str) -> bytes:
    """Return ``source`` in UTF-8, and halves of characters too, which no file can hold."""
    return source.encode("utf-8", "surrogatepass")
