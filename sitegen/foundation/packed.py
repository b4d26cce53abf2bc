"""Bytes that are in memory, or at a place of a file and read when they are needed."""

from collections.abc import Callable

from sitegen.foundation.guard import BlamelessError


class PackedLostError(BlamelessError):
    """The bytes are no longer at their place: somebody has changed the file meanwhile."""


class Packed:
    """Bytes, which ``bytes()`` returns: ``held`` itself, or what ``read`` finds by this place.

    To return them raises :class:`PackedLostError` where ``read`` does.
    """

    __slots__ = ("_held", "_read")

    def __init__(self, held: bytes, read: Callable[[bytes], bytes] | None = None) -> None:
        # One field for both, because every article has one of these.
        self._held = held
        self._read = read

    def __bytes__(self) -> bytes:
        """Return the bytes."""
        return self._read(self._held) if self._read else self._held
