"""QR codes of addresses, as paths for SVG."""

import functools
import re
from typing import Any, cast

from sitegen.views import QrCode

_DARK = "\0"
_RUN = re.compile("\0+|\xff+")


def draw_code(text: str) -> QrCode | None:
    """Return the code of ``text`` at level M (ISO/IEC 18004), or nothing where it is too long."""
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        return None
    image = code.to_image(add_quiet_zones=False)
    rows = bytes(memoryview(cast("Any", image))).decode("latin-1")
    size = image.shape[0]
    lines = (rows[start : start + size].rstrip("\xff") for start in range(0, size * size, size))
    return QrCode(size, "".join(map(_draw_line, range(size), lines)))


def _draw_line(y: int, line: str) -> str:
    return f"M0 {y}" + "".join(map(_draw_run, _RUN.findall(line)))


@functools.cache
def _draw_run(run: str) -> str:
    return f"h{len(run)}" if run[0] == _DARK else f"m{len(run)} 0"
