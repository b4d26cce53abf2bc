"""QR codes of addresses, as paths for SVG (ISO/IEC 18004).

There is one on every article, and libraries take many times as long as all the rest of its page:
they choose the fairest of eight masks, and are made for codes of every kind. Here they are of
bytes, of level M and of one mask, which whoever reads a code is told by it.
"""

import functools
import itertools
import operator
import re
from collections.abc import Callable, Iterator

from sitegen.views import QrCode

# Of level M, for each version: bytes of error correction in a block, and the number of blocks.
_CORRECTION = (
    *(10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26),
    *[28] * 19,
)
_BLOCKS = (
    *(1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16),
    *(17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49),
)
_VERSIONS = range(1, 41)
_LONG_COUNT = 10  # the first version that counts its bytes in two
_WITH_VERSION = 7  # the first version that says which it is
_MASK = 3
_BYTES = 0b0100
_FILLING = (0xEC, 0x11)
_RUN = re.compile("0+|1+")


def draw_code(text: str) -> QrCode | None:
    """Return the code of ``text``, or nothing where it is too long for one."""
    data = text.encode()
    version = next((each for each in _VERSIONS if len(data) <= _capacity(each)), 0)
    if not version:
        return None
    bits = int.from_bytes(_interleave(_pack(data, version), version))
    layout = _lay_out(version)
    # Behind the last byte there may be a few modules to spare.
    bits = bits << layout.spare ^ layout.mask
    size = _size(version)
    modules = "".join(layout.place(f"01{bits:0{layout.count}b}"))
    rows = (modules[start : start + size] for start in range(0, size * size, size))
    return QrCode(size, "".join(_draw_row(row.rstrip("0"), y) for y, row in enumerate(rows)))


def _draw_row(row: str, y: int) -> str:
    return f"M0 {y}" + "".join(map(_draw_run, _RUN.findall(row)))


@functools.cache
def _draw_run(run: str) -> str:
    return f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0"


# Bytes -------------------------------------------------------------------------------------------


def _size(version: int) -> int:
    return 4 * version + 17


@functools.cache
def _count_bytes(version: int) -> int:
    """Return how many bytes a code holds, those of error correction included."""
    return _lay_out(version).count // 8


@functools.cache
def _count_data(version: int) -> int:
    return _count_bytes(version) - _CORRECTION[version - 1] * _BLOCKS[version - 1]


@functools.cache
def _capacity(version: int) -> int:
    """Return how many bytes of text a code holds: the kind and their number stand before them."""
    return _count_data(version) - (2 if version < _LONG_COUNT else 3)


def _pack(data: bytes, version: int) -> bytes:
    """Return the data of a code: what kind, how many, the text, an end, and filling."""
    count = 8 if version < _LONG_COUNT else 16
    length = 8 * len(data)
    bits = (_BYTES << count | len(data)) << length | int.from_bytes(data)
    packed = (bits << 4).to_bytes((length + count + 8) // 8)
    filling = itertools.islice(itertools.cycle(_FILLING), _count_data(version) - len(packed))
    return packed + bytes(filling)


def _interleave(data: bytes, version: int) -> bytes:
    """Return data and error correction in the order in which they are placed."""
    blocks, correction = _BLOCKS[version - 1], _CORRECTION[version - 1]
    short, longer = divmod(len(data), blocks)
    ends = list(itertools.accumulate([short] * (blocks - longer) + [short + 1] * longer))
    parts = [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    checks = [_correct(part, correction) for part in parts]
    columns = (*itertools.zip_longest(*parts), *zip(*checks, strict=True))
    return bytes(each for column in columns for each in column if each is not None)


# Error correction: Reed and Solomon's, in the field of 256 with x⁸ + x⁴ + x³ + x² + 1 -------------


def _correct(data: bytes, length: int) -> bytes:
    multiples, top = _multiply_generator(length), 8 * (length - 1)
    rest = 0
    for each in data:
        leading = rest >> top
        rest = (rest ^ leading << top) << 8 ^ multiples[each ^ leading]
    return rest.to_bytes(length)


@functools.cache
def _multiply_generator(length: int) -> tuple[int, ...]:
    """Return each multiple of the generator of this length, without its leading term."""
    factors, root = [1], 1
    for _ in range(length):
        shifted = [_multiply(each, root) for each in factors]
        factors = [a ^ b for a, b in zip([*factors, 0], [0, *shifted], strict=True)]
        root = _multiply(root, 2)
    return tuple(
        int.from_bytes(bytes(_multiply(each, factor) for factor in factors[1:]))
        for each in range(256)
    )


def _multiply(a: int, b: int) -> int:
    product = 0
    for bit in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * 0x11D
        product ^= (b >> bit & 1) * a
    return product


# Where the bits are ------------------------------------------------------------------------------


class _Layout:
    """Where the bits of a version go.

    ``count`` is their number, ``spare`` of them beyond whole bytes; ``mask`` is what they are
    combined with. ``place`` takes ``01`` and the bits, and returns all modules, row after row.
    """

    def __init__(self, fixed: dict[tuple[int, int], bool], size: int) -> None:
        order = [place for place in _walk(size) if place not in fixed]
        self.count = len(order)
        self.spare = self.count % 8
        self.mask = int("".join(str(int((x + y) % 3 == 0)) for x, y in order), 2)
        source = {place: index for index, place in enumerate(order, start=2)}
        source |= {place: int(dark) for place, dark in fixed.items()}
        self.place: Callable[[str], tuple[str, ...]] = operator.itemgetter(
            *(source[x, y] for y in range(size) for x in range(size))
        )


@functools.cache
def _lay_out(version: int) -> _Layout:
    size = _size(version)
    fixed: dict[tuple[int, int], bool] = {}
    for each in range(size):
        fixed[each, 6] = fixed[6, each] = each % 2 == 0
    centres = _align(version)
    corners = {(6, 6), (6, centres[-1]), (centres[-1], 6)} if centres else set()
    for x, y in set(itertools.product(centres, repeat=2)) - corners:
        fixed |= _draw_target(x, y, 2, size)
    for x, y in ((3, 3), (size - 4, 3), (3, size - 4)):
        fixed |= _draw_target(x, y, 4, size)
    fixed |= _tell_format(size)
    if version >= _WITH_VERSION:
        fixed |= _tell_version(version, size)
    return _Layout(fixed, size)


def _align(version: int) -> list[int]:
    """Return the lines on which the small targets stand."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    last = _size(version) - 7
    return [6, *reversed([last - step * each for each in range(count - 1)])]


def _draw_target(x: int, y: int, reach: int, size: int) -> dict[tuple[int, int], bool]:
    """Return rings around a module, the outermost but one light; of a large one also its edge."""
    around = range(-reach, reach + 1)
    return {
        (x + right, y + down): max(abs(right), abs(down)) not in ({1} if reach == 2 else {2, 4})  # noqa: PLR2004
        for right, down in itertools.product(around, repeat=2)
        if 0 <= x + right < size and 0 <= y + down < size
    }


def _tell_format(size: int) -> dict[tuple[int, int], bool]:
    """Return the level (M is 00) and the mask, twice, and the module that is always dark."""
    bits = _append_check(_MASK, 10, 0x537) ^ 0x5412
    first = [*((8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)), *((x, 8) for x in (7, 5, 4, 3, 2, 1, 0))]
    second = [*((size - 1 - x, 8) for x in range(8)), *((8, size - 7 + y) for y in range(7))]
    told = {
        place: bool(bits >> bit & 1) for way in (first, second) for bit, place in enumerate(way)
    }
    return told | {(8, size - 8): True}


def _tell_version(version: int, size: int) -> dict[tuple[int, int], bool]:
    bits = _append_check(version, 12, 0x1F25)
    told = {}
    for bit in range(18):
        far, near = size - 11 + bit % 3, bit // 3
        told[far, near] = told[near, far] = bool(bits >> bit & 1)
    return told


def _append_check(value: int, length: int, generator: int) -> int:
    """Return ``value`` with the check bits of a BCH code."""
    rest = value << length
    for bit in range(rest.bit_length() - 1, length - 1, -1):
        rest ^= (rest >> bit & 1) * (generator << bit - length)
    return value << length | rest


def _walk(size: int) -> Iterator[tuple[int, int]]:
    """Yield all places in the order of the bits: up and down in columns of two, from the right."""
    upwards = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for y in range(size - 1, -1, -1) if upwards else range(size):
            yield right, y
            yield right - 1, y
        upwards = not upwards
