"""Relative links and pictures to the paths that they name, and back."""

import posixpath

from sitegen.foundation.text import normalise


def resolve_path(owner: str, reference: str) -> str:
    """Return the path below the root that ``reference`` in the file ``owner`` names, in NFC.

    ``/media/…`` is a file of ``content/media/``; anything else is relative to the folder of
    ``owner``. Nothing is returned for a path that leads out of ``content/``.
    """
    if reference.startswith("/media/"):
        path = posixpath.normpath(f"content{reference}")
        return path if path.startswith("content/media/") else ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(normalise(owner)), reference))
    return path if path.startswith("content/") else ""


def write_reference(owner: str, path: str) -> str:
    """Return how the file ``owner`` names the file at ``path``: see :func:`resolve_path`."""
    if path.startswith("content/media/"):
        return path.removeprefix("content")
    return posixpath.relpath(path, posixpath.dirname(owner))
