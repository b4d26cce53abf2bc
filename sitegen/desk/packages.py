"""The packages from npm that the desk is made of: at which versions, which files, and their digest.

They lie in the folder ``desk/`` of a site, where ``sitegen desk --install`` puts them. Nothing of
them is taken that is not, to the byte, what this module was tried with.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.foundation.folders import find_outside
from sitegen.model import Record
from sitegen.problems import Place, Problem, explain, problem

FOLDER = "desk"


class Package(Record, frozen=True):
    """One package: what npm calls its bytes (``integrity``), and the ``files`` that are kept.

    They are kept in ``folder``. What ends in ``/`` is all that is directly below, but for what only
    debuggers read.
    """

    name: str
    version: str
    integrity: str
    folder: str
    files: tuple[str, ...]

    @property
    def spec(self) -> str:
        """The package as npm is asked for it."""
        return f"{self.name}@{self.version}"


PACKAGES = (
    Package(
        "@sveltia/cms",
        "0.221.1",
        "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
        "cms",
        ("LICENSE.txt", "locales/vi.json", "npm/index.js", "npm/assets/", "npm/chunks/"),
    ),
    Package(
        "js-yaml",
        "5.5.0",
        "sha512-paNr4LFIFPjeeSmwNYdrb8FafLLG/Cr2Af3GjbsHJ5CxIjH4r0c2emlmRdAtpPAieP1gRVzk6buBbVP5gBMGAg==",
        "js-yaml",
        ("LICENSE", "dist/browser/js-yaml.esm.min.mjs"),
    ),
    Package(
        "exifr",
        "7.1.3",
        "sha512-g/aje2noHivrRSLbAUtBPWFbxKdKhgj/xr1vATDdUXPOFYJlQ62Ft0oy+72V6XLIpDJfHs6gXLbBLAolqOXYRw==",
        "exifr",
        ("LICENSE", "dist/lite.esm.mjs"),
    ),
)
# Of the names and the bytes of all these files.
DIGEST = "c5ed9cb97e9abe92d7f6148492dd90f96b34b882cefd2263a0fd77fd682c8e23"


def list_names(root: Path) -> list[str]:
    """Return the files of the packages in a site, relative to their folder, without links."""
    folder = root / FOLDER
    files = (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
    return sorted(each.relative_to(folder).as_posix() for each in files)


def read_packages(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of the packages in a site by their names, if they are the right ones."""
    folder = root / FOLDER
    place = Place(FOLDER)
    if not folder.is_dir():
        return {}, [problem("desk-missing", place)]
    if find_outside(root, folder):
        return {}, [problem("desk-changed", place)]
    try:
        files = {name: read_file(folder / name) for name in list_names(root)}
    except OSError as error:
        return {}, [problem("file-unreadable", place, reason=explain(error))]
    return (
        (files, [])
        if digest_files(files.items()) == DIGEST
        else ({}, [problem("desk-changed", place)])
    )


def digest_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the digest of files, by their names."""
    whole = hashlib.sha256()
    for name, data in sorted(files):
        whole.update(f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()
