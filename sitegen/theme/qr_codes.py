"""QR codes of addresses, as paths for SVG."""

import functools
import re
from typing import Any, cast

from sitegen.views import QrCode

# A module is one square of a code; the library writes each as a byte.
_DARK, _LIGHT, _END = "\0", "\xff", "\n"
# Neighbouring modules of one colour, or the end of a line with the light ones before it.
_RUN = re.compile(f"{_DARK}+|{_LIGHT}*{_END}|{_LIGHT}+")


def draw_code(text: str) -> QrCode | None:
    """Return the code of ``text`` at level M (ISO/IEC 18004), or nothing where it is too long."""
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        return None
    image = code.to_image(add_quiet_zones=False)
    modules = bytes(memoryview(cast("Any", image))).decode("latin-1")
    size = image.shape[0]
    starts = range(0, size * size, size)
    lines = _END.join([modules[start : start + size] for start in starts]).rstrip(_LIGHT)
    return QrCode(size, "M0 0" + "".join([_draw_run(run, size) for run in _RUN.findall(lines)]))


@functools.cache
def _draw_run(run: str, size: int) -> str:
    if run[-1] == _END:
        return f"m{len(run) - 1 - size} 1"
    return f"h{len(run)}" if run[0] == _DARK else f"m{len(run)} 0"
