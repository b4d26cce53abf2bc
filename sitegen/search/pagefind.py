"""The indexer: Pagefind, a program of its own, which makes a search index of texts.

It runs beside this process and is used as its own wrappers use it: each message is JSON in Base64
with a comma behind it, and each request gets a response. It is an optional part of the
installation (``sitegen[search]``).
"""

import base64
import subprocess
from collections.abc import Iterable
from importlib import util
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from sitegen.model import Record

# So many requests may wait for their responses, which together fit into any pipe.
_MOST_WAITING = 32
_END = b","


class Passage(Record, frozen=True):
    """A text to be found: by the words of ``content``, and by those of the values of ``meta``."""

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
    found = util.find_spec("pagefind_bin")
    folders = (found.submodule_search_locations or []) if found else []
    programs = (Path(each) / name for each in folders for name in ("pagefind", "pagefind.exe"))
    return next((program for program in programs if program.is_file()), None)


def make_index(program: Path, passages: Iterable[Passage]) -> list[IndexFile]:
    """Return the files of an index, in the order of their paths.

    They depend on ``passages`` and on the version of the program alone. (With the filters of
    Pagefind they would not: it writes their values in the order of a hash table.)
    """
    with subprocess.Popen(  # noqa: S603 (the program of an installed package)
        [program, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        requests = cast("IO[bytes]", process.stdin)
        service = _Service(requests, cast("BufferedReader", process.stdout))
        index = service.ask({"type": "NewIndex", "config": {}})["index_id"]
        for passage in passages:
            service.post(
                {"type": "AddRecord", "index_id": index, **msgspec.structs.asdict(passage)}
            )
        files = service.ask({"type": "GetFiles", "index_id": index})["files"]
        requests.close()
    return sorted(
        (IndexFile(each["path"], base64.b64decode(each["content"])) for each in files),
        key=lambda file: file.path,
    )


class _Service:
    """The indexer while it runs: responses come in the order of the requests."""

    def __init__(self, requests: IO[bytes], responses: BufferedReader) -> None:
        self._requests = requests
        self._responses = responses
        self._sent = 0
        self._received = 0
        # What was read beyond the end of the last response.
        self._rest = b""

    def post(self, payload: dict[str, Any]) -> None:
        """Send a request; its response is checked later."""
        self._send(payload)
        if self._sent - self._received > _MOST_WAITING:
            self._receive()

    def ask(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Send a request and return its response."""
        self._send(payload)
        response: dict[str, Any] = {}
        while self._received < self._sent:
            response = self._receive()
        return response

    def _send(self, payload: dict[str, Any]) -> None:
        self._sent += 1
        message = msgspec.json.encode({"message_id": self._sent, "payload": payload})
        self._requests.write(base64.b64encode(message) + _END)
        self._requests.flush()

    def _receive(self) -> dict[str, Any]:
        chunks = [self._rest]
        while _END not in chunks[-1]:
            chunk = self._responses.read1(1 << 20)
            if not chunk:
                raise RuntimeError("the indexer ended too early")
            chunks.append(chunk)
        response, _, self._rest = b"".join(chunks).partition(_END)
        self._received += 1
        payload: dict[str, Any] = msgspec.json.decode(base64.b64decode(response))["payload"]
        if payload["type"] == "Error":
            raise RuntimeError(f"the indexer failed: {payload['message']}")
        return payload
