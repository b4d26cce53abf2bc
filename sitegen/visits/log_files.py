"""The lines of log files: plain, compressed by gzip, or from the standard input."""

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedIOBase

from sitegen.problems import UsageError

_INPUT = "-"
_INPUT_DESCRIPTOR = 0
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
# No server writes a longer line; whoever does is not allowed to fill the memory.
_LONGEST = 1 << 16


def read_lines(log: str) -> Iterator[bytes]:
    """Yield the lines of a log, without their ends; ``-`` is the standard input.

    A line that is too long is yielded as an empty one.

    Raises :class:`OSError`, and :class:`~sitegen.problems.UsageError` for a damaged archive.
    """
    named = log != _INPUT
    # A log may be a pipe of the shell, so it is opened as it is.
    with open(log if named else _INPUT_DESCRIPTOR, "rb", closefd=named) as file:
        if not file.peek(len(_GZIP)).startswith(_GZIP):
            yield from _split(file)
            return
        try:
            with gzip.open(file) as unpacked:
                yield from _split(unpacked)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UsageError("log-damaged", path=log) from error


def _split(file: BufferedIOBase) -> Iterator[bytes]:
    """Yield the lines of a file. To read it in pieces takes half of the time of reading lines."""
    rest, too_long = b"", False
    while chunk := file.read(_CHUNK):
        first, *others = chunk.split(b"\n")
        rest += first
        if others:
            yield b"" if too_long else rest
            too_long, rest = False, others.pop()
            yield from others
        if len(rest) > _LONGEST:
            too_long, rest = True, b""
    if rest or too_long:
        yield b"" if too_long else rest
