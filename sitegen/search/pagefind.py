"""The indexer: a program beside this one (Pagefind) that makes an index for searching of texts.

It is spoken to as its own wrappers do: JSON in Base64, a comma after each message, an answer to
each. It is an optional part of the installation (``sitegen[search]``).
"""

import base64
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from sitegen.foundation.generator import find_installed
from sitegen.model import Record

# So many texts are on their way at once: their answers are short enough for any pipe to hold.
_WINDOW = 32
_END = b","


class Passage(Record, frozen=True):
    """A text to be found, with what is shown of it.

    The words of ``content`` are found, and those of the values of ``meta``.
    """

    url: str
    content: str
    language: str
    meta: dict[str, str]


class IndexFile(Record, frozen=True):
    """A file of an index: its path below the folder of the index, and its bytes."""

    path: str
    data: bytes


def find_indexer() -> Path | None:
    """Return the indexer's program, or nothing where it is not installed."""
    return find_installed("pagefind_bin", "pagefind") or find_installed(
        "pagefind_bin", "pagefind.exe"
    )


def make_index(program: Path, passages: Iterable[Passage]) -> list[IndexFile]:
    """Return the files of an index, in the order of their paths.

    They are a function of ``passages`` and of the version of the program. (With the indexer's own
    filters they are not: it writes the values of one in the order of a hash table.)
    """
    import subprocess

    with subprocess.Popen(  # noqa: S603 (the program of an installed package)
        [program, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as service:
        questions = cast("IO[bytes]", service.stdin)
        answers = _hear(cast("BufferedReader", service.stdout))

        def tell(kind: str, **payload: object) -> None:
            message = {"message_id": 1, "payload": {"type": kind, **payload}}
            questions.write(base64.b64encode(msgspec.json.encode(message)) + _END)
            questions.flush()

        tell("NewIndex", config={})
        index = next(answers)["index_id"]
        for number, passage in enumerate(passages):
            tell("AddRecord", index_id=index, **msgspec.structs.asdict(passage))
            if number >= _WINDOW:
                next(answers)
        tell("GetFiles", index_id=index)
        files = next(each["files"] for each in answers if each["type"] == "GetFiles")
        questions.close()
    return sorted(
        (IndexFile(each["path"], base64.b64decode(each["content"])) for each in files),
        key=lambda file: file.path,
    )


def _hear(answers: BufferedReader) -> Iterator[dict[str, Any]]:
    """Yield what the indexer answers, in the order of the questions."""
    chunks: list[bytes] = []
    while chunk := answers.read1(1 << 20):
        *ends, rest = chunk.split(_END)
        for end in ends:
            answer = base64.b64decode(b"".join([*chunks, end]))
            payload: dict[str, Any] = msgspec.json.decode(answer)["payload"]
            if payload["type"] == "Error":
                raise RuntimeError(f"the indexer failed: {payload['message']}")
            yield payload
            chunks = []
        chunks.append(rest)
    raise RuntimeError("the indexer ended too early")
