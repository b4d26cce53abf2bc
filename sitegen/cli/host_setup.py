"""What the host of a new site needs: a workflow and what it installs, or the files of a server."""

import hashlib
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from sitegen import __version__
from sitegen.foundation.files import read_file
from sitegen.foundation.package_files import find_folder
from sitegen.model import Record
from sitegen.problems import UsageError

# What runs there, and where the host looks for it.
WORKFLOWS = {
    "forgejo": ".forgejo/workflows/site.yml",
    "github": ".github/workflows/site.yml",
    "gitlab": ".gitlab-ci.yml",
}
DEPLOYMENT = "deploy"
_HOSTS = "hosts"
_REQUIREMENTS = "requirements.txt"
# Where the package lies in a site, if it is a file.
_PACKAGES = "packages"
_WHEEL = re.compile(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[^-]+)-py3-none-any\.whl")
_FRAGMENT = re.compile(r"sha256=[0-9a-f]{64}")
_SERVER_NAME = "server_name {};"
# Of the configuration in this repository.
_EXAMPLE = "example.org"


class Package(Record, frozen=True):
    """The released package: how requirements name it, and the file, if it is one."""

    requirement: str
    file: Path | None = None


def pin_package(package: str | None) -> Package:
    """Return the package that ``package`` names: a wheel, or the address of one with its digest.

    It must be the one of this very version, because the libraries that it needs are pinned with
    it.
    """
    if not package:
        raise UsageError("package-missing", version=__version__)
    address, _, fragment = package.partition("#")
    is_address = address.startswith("https://")
    file = Path(package)
    found = _WHEEL.fullmatch(address.rpartition("/")[2] if is_address else file.name)
    if not found or found["version"] != __version__:
        raise UsageError("package-form", value=package, version=__version__)
    if not is_address:
        digest = hashlib.sha256(read_file(file)).hexdigest()
        return Package(f"./{_PACKAGES}/{file.name} --hash=sha256:{digest}", file)
    if not _FRAGMENT.fullmatch(fragment):
        raise UsageError("package-digest", value=package)
    return Package(f"{found['name']} @ {address} --hash={fragment.replace('=', ':')}")


def write_workflow(folder: Path, host: str) -> None:
    """Write what a host runs; it installs what the requirements name."""
    workflow = folder / WORKFLOWS[host]
    workflow.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(find_folder(_HOSTS) / f"{host}.yml", workflow)


def write_requirements(folder: Path, package: Package) -> None:
    """Write the requirements of a package, with the digest of all that is installed."""
    libraries = (find_folder(_HOSTS) / _REQUIREMENTS).read_text("utf-8")
    requirements = f"{package.requirement}\n{libraries}"
    (folder / _REQUIREMENTS).write_text(requirements, "utf-8", newline="\n")
    if package.file:
        (folder / _PACKAGES).mkdir()
        shutil.copyfile(package.file, folder / _PACKAGES / package.file.name)


def write_deployment(folder: Path, url: str) -> None:
    """Write what a server of one's own needs, for a site at ``url``."""
    shutil.copytree(find_folder(DEPLOYMENT), folder)
    (folder / "nginx.conf").write_text(
        make_server_configuration("nginx", url), "utf-8", newline="\n"
    )
    for path in folder.rglob("*"):
        # An installed package may have lost which of its files can be run.
        if path.is_file() and path.read_bytes().startswith(b"#!"):
            path.chmod(0o755)


def make_server_configuration(server: str, url: str | None = None) -> str:
    """Return the configuration of a web server (docs/deploy.md), for a site at ``url``."""
    text = (find_folder(DEPLOYMENT) / f"{server}.conf").read_text("utf-8")
    host = urlsplit(url).hostname if url else None
    if not host:
        return text
    return text.replace(_SERVER_NAME.format(_EXAMPLE), _SERVER_NAME.format(host))
