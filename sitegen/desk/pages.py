"""The files of the desk below its address: ours, what it is told, and those of the packages."""

import re
from collections.abc import Iterator
from pathlib import Path

from sitegen.content.settings import Config
from sitegen.desk.configuration import write_desk
from sitegen.desk.policy import IMPORTS, make_policy

_OWN = Path(__file__).parent / "page"
_INDEX, _PROGRAM, _WORDS = "index.html", "cms/npm/index.js", "cms/locales/vi.json"
# The fonts of the program are beside it, but its style names where they were published.
_ELSEWHERE = "https://cdn.jsdelivr.net/fontsource/fonts/"
_FONTS = {
    "source-sans-3:vf@5.3.0/latin-wght-normal.woff2": (
        "source-sans-3-latin-wght-normal-BqRLTx4X.woff2"
    ),
    "noto-mono@5.3.0/latin-400-normal.woff2": "noto-mono-latin-400-normal-DiC8lJru.woff2",
    "material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2": (
        "material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2"
    ),
}


def list_desk_files(config: Config, packages: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the desk: its path below the address of the desk, and its bytes."""
    yield "desk.json", write_desk(config).encode()
    for each in sorted(_OWN.iterdir()):
        data = each.read_bytes()
        if each.name == _INDEX:
            page = data.decode().replace("{policy}", make_policy(config))
            data = page.replace("{imports}", IMPORTS).encode()
        yield each.name, data
    for name, data in packages.items():
        if name == _WORDS:
            yield name.removesuffix("on"), b"export default " + data
        elif name == _PROGRAM:
            yield name, _bring_fonts_home(data)
        else:
            # Some web servers do not know that a file of this name is a script.
            yield re.sub(r"\.mjs$", ".js", name), data


def _bring_fonts_home(program: bytes) -> bytes:
    for elsewhere, file in _FONTS.items():
        program = program.replace(
            (_ELSEWHERE + elsewhere).encode(), f"cms/npm/assets/{file}".encode()
        )
    return program
