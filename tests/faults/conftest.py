"""What the tests of faults share: the sites, and the record of what was tried."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.faults import EVERYTHING, Ordeal, adopt_orphans
from support.power import Mounted
from support.shared_work import print_share_cards, share_templates
from support.trust_report import PAGE, Tried, note, write_report

_IMAGE_SIZE = 64 << 20


@pytest.fixture(autouse=True, scope="module")
def hastened() -> Iterator[None]:
    """Compile a theme once, and draw no share card; tests elsewhere, in the same process, do."""
    with pytest.MonkeyPatch.context() as patch:
        share_templates(patch)
        print_share_cards(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def adopted() -> None:
    """Learn at once that a process ended whose parent was killed."""
    adopt_orphans()


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory) -> Ordeal:
    """Return a site that is built by one process."""
    return Ordeal(tmp_path_factory.mktemp("ordeal"))


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mounted]:
    if os.getuid() or not shutil.which("mkfs.ext4"):
        pytest.skip("needs root, and mkfs.ext4")
    image, folder = tmp_path / "image", tmp_path / "mounted"
    image.write_bytes(b"")
    os.truncate(image, _IMAGE_SIZE)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    folder.mkdir()
    made = Mounted(image, folder)
    try:
        made.mount()
    except subprocess.CalledProcessError:
        pytest.skip("no file system can be mounted here")
    yield made
    made.unmount()


@pytest.fixture
def tried(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], None]:
    """Return what a test calls when it has tried something so many times."""
    started = time.monotonic()

    def tell(what: str, times: int) -> None:
        assert times
        note(tmp_path_factory.getbasetemp(), Tried(what, times, time.monotonic() - started))

    return tell


@pytest.fixture(autouse=True, scope="session")
def recorded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Write the figures of the whole harness into docs/trust.md, if all of it ran and passed."""
    started = time.monotonic()
    yield
    config = request.config
    whole = config.args == [str(Path("tests/faults"))] and not config.option.keyword
    if EVERYTHING and whole and not request.session.testsfailed:
        took = time.monotonic() - started
        head = (
            f"`make faults` on {datetime.now(tz=UTC):%Y-%m-%d}, {os.cpu_count()} processors, "
            f"{request.session.testscollected} tests, none failed, in {took / 60:.1f} minutes:"
        )
        write_report(tmp_path_factory.getbasetemp(), PAGE, head)
