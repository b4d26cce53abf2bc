"""Parts: records as bytes, each with the digest of these bytes; pages are composed of parts.

The record is decoded from the same bytes that the digest was computed from. So the digests of a
page's parts cover everything that the page shows.
"""

import functools
import hashlib
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from sitegen.model import Record

# An object of 15 bytes takes 48 bytes of memory in CPython, one of 16 bytes takes 64; 120 bits are
# far more than the files of a site need to be told apart.
DIGEST_SIZE = 15

_encode = msgspec.msgpack.Encoder().encode
_Kind = TypeVar("_Kind")


class Part(Record, frozen=True, gc=False):
    """A record as MessagePack, and the digest of these bytes."""

    digest: bytes
    data: msgspec.Raw


def digest_bytes(data: bytes | memoryview) -> bytes:
    """Return 15 bytes of SHA-256, for which most processors have instructions of their own."""
    return hashlib.sha256(data).digest()[:DIGEST_SIZE]


class Digest:
    """The digest of bytes that come one after another."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, data: bytes) -> None:
        """Add the bytes that follow."""
        self._digest.update(data)

    def end(self) -> bytes:
        """Return the digest of all bytes in a row, as :func:`digest_bytes` does."""
        return self._digest.digest()[:DIGEST_SIZE]


def digest_pieces(pieces: Iterable[bytes]) -> bytes:
    """Return the digest of all these bytes in a row, without putting them together."""
    digest = Digest()
    for each in pieces:
        digest.add(each)
    return digest.end()


def seal(record: object) -> Part:
    """Return ``record`` as a part; its dictionaries must always be filled in the same order."""
    data = _encode(record)
    return Part(digest_bytes(data), msgspec.Raw(data))


def unseal(part: Part, kind: type[_Kind]) -> _Kind:
    """Return the record of a part; ``kind`` is the type of the record that was sealed."""
    decoded: _Kind = _decoder(kind).decode(part.data)  # type: ignore[arg-type]
    return decoded


def digest_record(record: object) -> bytes:
    """Return the digest of a record, of the parts in it too."""
    return digest_bytes(_encode(record))


def list_parts(value: object) -> Iterator[Part]:
    """Yield all parts in a record or tuple, at any depth."""
    if isinstance(value, Part):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from list_parts(each)
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from list_parts(getattr(value, name))


@functools.cache
def _decoder(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
