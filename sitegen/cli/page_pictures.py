"""Pictures of pages before and after, taken by a browser that reaches nothing but these pages."""

import functools
import http.server
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from sitegen.foundation.addresses import output_path
from sitegen.model import Record

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

# It may name the browser.
_VARIABLE = "SITEGEN_CHROMIUM"
_BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)
_LOCAL = "127.0.0.1"
# A window as tall as this shows all of nearly every page.
_WIDTH, _HEIGHT = 1366, 6000
# A round lasts until a request is answered, or this long. A browser that hangs is ended after all.
_ROUND_SECONDS, _MOST_ROUNDS = 0.05, 2000
# So wide are the columns in which pictures are compared, and so many shades count as one.
_COLUMN, _SHADE = 46, 32
_MARGIN, _TALLEST = 48, 1600
# In the report, pictures are so wide.
_SHOWN_WIDTH, _QUALITY = 800, 70
_GONE, _NEW, _TINT = (224, 32, 20), (20, 150, 60), 80

# Returns a file of an output, by its path.
Read = Callable[[str], bytes | None]


class Pictures(Record, frozen=True):
    """A page before and after, as WebP; ``share`` is the part of the page after that is new.

    One that appears has no picture before, one that vanishes none after. What is not in the other
    picture is marked, and both are cut to where anything is.
    """

    before: bytes = b""
    after: bytes = b""
    share: float = 0.0


def find_browser(environment: Mapping[str, str]) -> str | None:
    """Return the path of Chromium, or of a browser that is made of it."""
    named = environment.get(_VARIABLE)
    if named:
        return named
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


class Photographer:
    """Takes pictures of pages of two states with one browser."""

    def __init__(self, browser: str, base: str, before: Read, after: Read) -> None:
        self._browser, self._base = browser, base
        self._states = (before, after)

    def take(self, old_url: str, new_url: str) -> Pictures | None:
        """Return the pictures of a page, whose addresses are empty where it is not there.

        Nothing is returned where the browser fails.
        """
        taken = [
            self._take(read, url) if url else None
            for read, url in zip(self._states, (old_url, new_url), strict=True)
        ]
        if any(url and not image for url, image in zip((old_url, new_url), taken, strict=True)):
            return None
        return _compare(*taken)

    def _take(self, read: Read, url: str) -> "Image | None":
        from PIL import Image

        handler = functools.partial(_Handler, read=read, base=self._base)
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            http.server.HTTPServer((_LOCAL, 0), handler) as server,
        ):
            server.timeout = _ROUND_SECONDS
            file = Path(folder) / "page.png"
            address = f"http://{_LOCAL}:{server.server_address[1]}{self._base}"
            command = [
                *(self._browser, "--headless", "--disable-gpu", "--hide-scrollbars"),
                *("--no-first-run", "--disable-background-networking", "--disable-extensions"),
                f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {_LOCAL}",
                f"--user-data-dir={folder}/profile",
                f"--window-size={_WIDTH},{_HEIGHT}",
                "--virtual-time-budget=5000",
                f"--screenshot={file}",
                # Chromium refuses to run with its sandbox for root, who runs containers.
                *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
                address + quote(url),
            ]
            _run_browser(command, server)
            if not file.exists():
                return None
            with Image.open(file) as image:
                return _cut_end(image.convert("RGB"))


class _Handler(http.server.BaseHTTPRequestHandler):
    """Serves a state; scripts do not run, so that no clock tells two pictures apart."""

    def __init__(self, *arguments: object, read: Read, base: str) -> None:
        self._read, self._base = read, base
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        import mimetypes

        path = output_path(unquote(urlsplit(self.path).path.removeprefix(self._base)))
        data = self._read(path)
        self.send_response(200 if data is not None else 404)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data or b"")))
        self.send_header("Content-Security-Policy", "script-src 'none'")
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(data or b"")

    def log_message(self, *_arguments: object) -> None:
        pass


def _run_browser(command: list[str], server: http.server.HTTPServer) -> None:
    """Run a browser, and answer it until it ends: files are made by this thread alone."""
    with (
        suppress(OSError),
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,  # noqa: S603 (no shell reads it)
    ):
        try:
            for _ in range(_MOST_ROUNDS):
                if process.poll() is not None:
                    break
                server.handle_request()
        finally:
            process.kill()


def _cut_end(image: "Image") -> "Image":
    """Return a page without the empty space below its end."""
    from PIL import Image, ImageChops

    ground = image.getpixel((0, image.height - 1))
    empty = Image.new("RGB", image.size, ground)
    box = ImageChops.difference(image, empty).getbbox()
    return image.crop((0, 0, image.width, box[3])) if box else image


def _compare(before: "Image | None", after: "Image | None") -> Pictures:
    """Return two pictures, with what is not in the other one marked in each."""
    if not before or not after:
        only = before or after
        if not only:
            return Pictures()
        shown = _encode(only.crop((0, 0, only.width, min(only.height, _TALLEST))))
        return Pictures(shown if before else b"", shown if after else b"", 1.0)
    masks = _find_differences(before, after)
    boxes = [box for box in (mask.getbbox() for mask in masks) if box]
    if not boxes:
        return Pictures()
    share = masks[1].histogram()[_TINT] / (after.width * after.height)
    top = max(0, min(box[1] for box in boxes) - _MARGIN)
    bottom = min(max(box[3] for box in boxes) + _MARGIN, top + _TALLEST)
    cuts = []
    for image, mask, colour in zip((before, after), masks, (_GONE, _NEW), strict=True):
        marked = image.copy()
        marked.paste(colour, (0, 0), mask)
        cuts.append(_encode(marked.crop((0, top, image.width, max(bottom, top + 1)))))
    return Pictures(cuts[0], cuts[1], share)


def _find_differences(before: "Image", after: "Image") -> "tuple[Image, Image]":
    """Return for each picture a mask of what is not in the other one.

    Both are compared in columns, row by row, as the lines of two texts are. So what only moved up
    or down is the same.
    """
    from PIL import Image, ImageDraw

    masks = Image.new("L", before.size, 0), Image.new("L", after.size, 0)
    draws = [ImageDraw.Draw(each) for each in masks]
    for left in range(0, _WIDTH, _COLUMN):
        right = min(left + _COLUMN, _WIDTH)
        old, new = (_list_rows(each, left, right) for each in (before, after))
        if old == new:
            continue
        for kind, *ends in SequenceMatcher(None, old, new).get_opcodes():
            if kind != "equal":
                for draw, rows, each in zip(draws, (old, new), (ends[:2], ends[2:]), strict=True):
                    _mark_rows(draw, rows, range(*each), (left, right - 1))
    return masks


def _mark_rows(draw: "ImageDraw", rows: list[bytes], marked: range, ends: tuple[int, int]) -> None:
    for row in marked:
        if rows[row].strip(rows[row][:1]):  # a row of one colour says nothing
            draw.line((ends[0], row, ends[1], row), fill=_TINT)


def _list_rows(image: "Image", left: int, right: int) -> list[bytes]:
    """Return the rows of a column in few shades of grey, so that nothing invisible counts."""
    width = right - left
    column = image.crop((left, 0, right, image.height)).convert("L")
    data = column.point([each // _SHADE for each in range(256)]).tobytes()
    return [data[start : start + width] for start in range(0, len(data), width)]


def _encode(image: "Image") -> bytes:
    height = max(1, round(image.height * _SHOWN_WIDTH / image.width))
    written = io.BytesIO()
    image.resize((_SHOWN_WIDTH, height)).save(written, "WEBP", quality=_QUALITY)
    return written.getvalue()
