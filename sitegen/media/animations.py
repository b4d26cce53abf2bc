"""The metadata of an animation, taken out of its file: who made it, where and with what.

A photo is written anew from its pixels (:mod:`sitegen.media.pictures`). An animation would lose by
that, so its file is copied block by block, without the blocks that hold metadata.
"""

import struct

from sitegen.media.formats import GIF, PNG, WEBP, ImageFormat

_PNG_HEAD = 8
# PNG, third edition, 11.3.3, 11.3.4.5 and 11.3.5.
_PNG_METADATA = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
# RFC 9649, 2.7.1.5: the chunks, and the flags in the first chunk that announce them.
_WEBP_METADATA = {b"EXIF": 0x08, b"XMP ": 0x04}
_WEBP_HEAD = 12
# GIF89a, 17 to 27.
_GIF_HEAD, _GIF_FRAME_HEAD = 13, 10
_GIF_END, _GIF_FRAME, _GIF_EXTENSION = 0x3B, 0x2C, 0x21
_GIF_COMMENT, _GIF_APPLICATION = 0xFE, 0xFF
# These say how often to repeat; the block of any other application is metadata.
_GIF_REPEATS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})


def strip_metadata(source: bytes, image_format: ImageFormat) -> bytes:
    """Return the file of an animation without metadata.

    Raises :class:`ValueError`, :class:`IndexError` or :class:`struct.error` where the file is not
    built as its format demands.
    """
    strip = _STRIPPERS.get(image_format.name)
    return strip(source) if strip else source


def _strip_png(source: bytes) -> bytes:
    kept = [source[:_PNG_HEAD]]
    position, name = _PNG_HEAD, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", source, position)
        end = position + 12 + length
        if name not in _PNG_METADATA:
            kept.append(source[position:end])
        position = end
    return b"".join(kept)


def _strip_webp(source: bytes) -> bytes:
    kept = [b"WEBP"]
    position = _WEBP_HEAD
    while position < len(source):
        name, length = struct.unpack_from("<4sI", source, position)
        end = position + 8 + length + length % 2
        if name == b"VP8X":
            flags = source[position + 8] & ~sum(_WEBP_METADATA.values())
            kept.append(source[position : position + 8] + bytes([flags]))
            kept.append(source[position + 9 : end])
        elif name not in _WEBP_METADATA:
            kept.append(source[position:end])
        position = end
    data = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(data)) + data


def _strip_gif(source: bytes) -> bytes:
    position = _GIF_HEAD + _measure_colours(source[10])
    kept = [source[:position]]
    while (kind := source[position]) != _GIF_END:
        if kind == _GIF_FRAME:
            head = position + _GIF_FRAME_HEAD
            # Behind the colours, one byte says how the data is compressed.
            data = head + _measure_colours(source[head - 1]) + 1
        elif kind == _GIF_EXTENSION:
            data = position + 2
        else:
            raise ValueError(kind)
        while length := source[data]:
            data += 1 + length
        if kind == _GIF_FRAME or not _is_metadata(source, position):
            kept.append(source[position : data + 1])
        position = data + 1
    return b"".join([*kept, bytes([_GIF_END])])


def _measure_colours(flags: int) -> int:
    """Return the size of the table of colours that the flags before it announce."""
    return 3 * 2 ** (flags % 8 + 1) if flags >= 0x80 else 0  # noqa: PLR2004 (the first bit)


def _is_metadata(source: bytes, position: int) -> bool:
    label = source[position + 1]
    name = source[position + 3 : position + 14]
    return label == _GIF_COMMENT or (label == _GIF_APPLICATION and name not in _GIF_REPEATS)


_STRIPPERS = {GIF.name: _strip_gif, PNG.name: _strip_png, WEBP.name: _strip_webp}
