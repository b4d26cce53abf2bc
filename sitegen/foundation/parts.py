"""Parts: records as bytes, each with the digest of these bytes; pages are made of them.

What a part yields is read from the very bytes whose digest it carries. So the digest of a page's
parts covers everything that reaches the page.
"""

import functools
import hashlib
from collections.abc import Hashable, Iterator
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


def digest_record(record: object) -> bytes:
    """Return the digest of a record as bytes, with the parts that it holds."""
    return digest_bytes(_encode(record))


def list_parts(value: object) -> Iterator[Part]:
    """Yield the parts that a record holds, in its fields and in the records and tuples in these."""
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
