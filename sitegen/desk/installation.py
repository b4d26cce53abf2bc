"""The packages of the desk, fetched by npm from wherever npm fetches packages, and checked."""

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from sitegen.desk.packages import DIGEST, FOLDER, PACKAGES, Package, digest_files
from sitegen.foundation.files import read_file
from sitegen.problems import UsageError

_SECONDS = 300


def install_packages(root: Path) -> int:
    """Put the packages into a site, in the place of those that are there; return their size.

    Raises :class:`~sitegen.problems.UsageError` where npm is missing or fails, or where a package
    is another one than it should be; nothing has changed then.
    """
    npm = shutil.which("npm")
    if not npm:
        raise UsageError("desk-npm-missing")
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            archive = _fetch(npm, package, Path(scratch))
            files |= unpack(package, archive)
    if digest_files(files.items()) != DIGEST:
        raise UsageError("desk-package-changed", name=PACKAGES[0].spec)
    folder = root / FOLDER
    with tempfile.TemporaryDirectory(dir=root, prefix=f".{FOLDER}-") as scratch:
        fresh, old = Path(scratch) / "fresh", Path(scratch) / "old"
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(data)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    return sum(map(len, files.values()))


def _fetch(npm: str, package: Package, folder: Path) -> bytes:
    """Return the archive of a package as npm gives it out."""
    command = [npm, "pack", package.spec, "--silent", "--pack-destination", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 (no shell reads it)
            command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        reason = f"{_SECONDS} s"
        raise UsageError("desk-npm-failed", name=package.spec, reason=reason) from error
    archive = folder / (done.stdout.split() or [""])[-1]
    if done.returncode or not archive.is_file():
        lines = done.stderr.strip().splitlines()
        reason = lines[-1] if lines else str(done.returncode)
        raise UsageError("desk-npm-failed", name=package.spec, reason=reason)
    return read_file(archive)


def unpack(package: Package, archive: bytes) -> dict[str, bytes]:
    """Return the files of an archive that are kept, by where they are kept.

    Raises :class:`~sitegen.problems.UsageError` where it is not the archive of that package.
    """
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise UsageError("desk-package-changed", name=package.spec)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for member in opened:
            name = member.name.removeprefix("package/")
            below = f"{name.rpartition('/')[0]}/" in package.files and not name.endswith(".map")
            if (below or name in package.files) and (data := opened.extractfile(member)):
                files[f"{package.folder}/{name}"] = data.read()
    return files
