"""The indexer: a program beside this one (Pagefind) that makes an index for searching of texts.

It is spoken to as its own wrappers do: JSON in Base64, a comma after each message, an answer to
each. It is an optional part of the installation (``sitegen[search]``).
"""

import base64
from collections.abc import Iterable
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
    ) as process:
        questions, answers = (
            cast("IO[bytes]", process.stdin),
            cast("BufferedReader", process.stdout),
        )
        service = _Service(questions, answers)
        index = service.ask({"type": "NewIndex", "config": {}})["index_id"]
        for passage in passages:
            service.tell(
                {"type": "AddRecord", "index_id": index, **msgspec.structs.asdict(passage)}
            )
        files = service.ask({"type": "GetFiles", "index_id": index})["files"]
        questions.close()
    return sorted(
        (IndexFile(each["path"], base64.b64decode(each["content"])) for each in files),
        key=lambda file: file.path,
    )


class _Service:
    """A conversation with the indexer."""

    def __init__(self, questions: IO[bytes], answers: BufferedReader) -> None:
        self._questions = questions
        self._answers = answers
        self._asked = 0
        self._answered = 0
        self._heard = bytearray()

    def tell(self, payload: dict[str, Any]) -> None:
        """Say something whose answer is only looked at later."""
        self._say(payload)
        if self._asked - self._answered > _WINDOW:
            self._hear()

    def ask(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Say something and return its answer."""
        self._say(payload)
        answer: dict[str, Any] = {}
        while self._answered < self._asked:
            answer = self._hear()
        return answer

    def _say(self, payload: dict[str, Any]) -> None:
        self._asked += 1
        message = msgspec.json.encode({"message_id": self._asked, "payload": payload})
        self._questions.write(base64.b64encode(message) + _END)
        self._questions.flush()

    def _hear(self) -> dict[str, Any]:
        chunks = [bytes(self._heard)]
        while _END not in chunks[-1]:
            chunk = self._answers.read1(1 << 20)
            if not chunk:
                raise RuntimeError("the indexer ended too early")
            chunks.append(chunk)
        answer, _, rest = b"".join(chunks).partition(_END)
        self._heard = bytearray(rest)
        self._answered += 1
        payload: dict[str, Any] = msgspec.json.decode(base64.b64decode(answer))["payload"]
        if payload["type"] == "Error":
            raise RuntimeError(f"the indexer failed: {payload['message']}")
        return payload
