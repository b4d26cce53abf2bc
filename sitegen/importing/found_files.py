"""The files that a text of elsewhere names, where these lie beside its source."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.foundation.text import normalise
from sitegen.importing.old_texts import Collection, OldText, find_host

_UPLOADS = "wp-content/uploads/"
# Where themes look for a picture of which only the name is said.
_OF_THEMES = ("images", "img", "assets", "assets/images", "assets/img", "uploads")
# WordPress writes pictures in smaller sizes beside the one that was uploaded.
_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)|-scaled(?=\.\w+$)")
# Its network for pictures has the host in the path.
_NETWORK = re.compile(r"https?://i\d\.wp\.com/")


def find_file(address: str, text: OldText, collection: Collection) -> Path | None:
    """Return the file that an address of a text names, below the folders of the source."""
    address = _NETWORK.sub("https://", address.strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    own = {find_host(collection.base), find_host(text.address)} - {""}
    elsewhere = parts.netloc and own and find_host(address) not in own
    path = unquote(parts.path)
    if parts.scheme not in {"", "http", "https"} or elsewhere or not path or path.endswith("/"):
        return None
    if not parts.netloc and not path.startswith("/") and text.folder:
        found = _look(text.folder / path, text, collection)
        if found:
            return found
    for each in _list_names(path, collection):
        for folder in collection.folders:
            found = _look(folder / each, text, collection)
            if found:
                return found
    return None


def _list_names(path: str, collection: Collection) -> list[str]:
    """Return the paths below a folder that a path of an address may be."""
    bare = path.lstrip("/")
    while bare.startswith("../"):
        bare = bare.removeprefix("../")
    names = [bare]
    base = urlsplit(collection.base).path.strip("/")
    if base and bare.startswith(f"{base}/"):
        names.append(bare.removeprefix(f"{base}/"))
    if _UPLOADS in bare:
        below = bare.partition(_UPLOADS)[2]
        # One installation may hold several sites.
        names += [below, re.sub(r"^sites/\d+/", "", below)]
    if "/" not in bare:
        names += [f"{folder}/{bare}" for folder in _OF_THEMES]
    return names


def _look(path: Path, text: OldText, collection: Collection) -> Path | None:
    """Return a file as it was uploaded, else as it is named, in whatever normal form."""
    limits = [each for each in (text.folder, *collection.folders) if each]
    for name in (_SIZE.sub("", path.name), path.name):
        for form in (name, normalise(name)):
            try:
                candidate = path.with_name(form)
                if not candidate.is_file():
                    continue
                resolved = candidate.resolve()
            except (OSError, ValueError):
                continue
            if any(resolved.is_relative_to(each.resolve()) for each in limits):
                return candidate
    return None
