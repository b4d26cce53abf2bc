"""Parts: the sealed records that pages are made of, each with the digest of its own bytes.

A page is given parts and nothing else, and its key is the digest of theirs. What a part yields is
read from the very bytes that its digest was taken of, so nothing can reach a page that its key does
not cover.
"""

import functools
import hashlib
from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

import msgspec

from sitegen.model import Record

DIGEST_SIZE = 16

_encode = msgspec.msgpack.Encoder().encode
_Kind = TypeVar("_Kind")


class Part(Record, frozen=True, gc=False):
    """A record as MessagePack, and the digest of these bytes."""

    digest: bytes
    data: msgspec.Raw


def digest_bytes(data: bytes | memoryview) -> bytes:
    """Return the digest that stands for ``data``: 16 bytes of SHA-256.

    SHA-256 because most processors have instructions for it.
    """
    return hashlib.sha256(data).digest()[:DIGEST_SIZE]


def seal(record: object) -> Part:
    """Return ``record`` as a part. Its dictionaries must be filled in one order."""
    data = _encode(record)
    return Part(digest_bytes(data), msgspec.Raw(data))


def unseal(part: Part, kind: type[_Kind]) -> _Kind:
    """Return the record of a part; ``kind`` is what it was sealed as."""
    decoded: _Kind = _decoder(kind).decode(part.data)  # type: ignore[arg-type]
    return decoded


def digest_parts(parts: Iterable[Part]) -> bytes:
    """Return the digest of some parts in their order."""
    return digest_bytes(b"".join([part.digest for part in parts]))


@functools.cache
def _decoder(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
