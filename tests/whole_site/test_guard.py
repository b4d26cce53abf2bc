"""Whatever goes wrong in the work on one file is a problem of that file, beside all others."""

import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

import pytest
from click.testing import CliRunner

from sitegen.cli.commands import main
from sitegen.content import kinds
from sitegen.markdown import conversion
from sitegen.media import inspection, pictures, renditions
from support.bad_inputs import BAI, TIN, article, picture
from support.doubles import replace_everywhere, set_constants
from support.shared_work import share_templates
from support.site_folder import SiteFolder

forks = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")
PHOTO = "content/media/a.jpg"
# What else is wrong on that site, and is told beside it.
OTHER = f"{TIN}:8:11: link-missing"


def raise_error(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError("words of a library")


def take_all_memory(*_: object, **__: object) -> NoReturn:
    raise MemoryError


def recur(*_: object, **__: object) -> NoReturn:
    recur()


def search_for_ever(*_: object, **__: object) -> NoReturn:
    while True:
        pass


def end_the_process(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


FAULTS: list[tuple[Callable[..., object], str]] = [
    (raise_error, "file-failed"),
    (take_all_memory, "file-memory"),
    (recur, "file-failed"),
    (search_for_ever, "file-slow"),
]
# Where a library works on a file, and the file that is to blame.
STAGES = {
    "reading": (kinds.read_text, BAI),
    "converting": (conversion.to_html, BAI),
    "inspecting": (inspection.describe_file, PHOTO),
    "publishing": (pictures.publish, PHOTO),
    "encoding": (renditions._make, PHOTO),
}


@pytest.fixture
def faulty(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site with an article, a photo, and one mistake in another article."""
    share_templates(monkeypatch)
    set_constants(monkeypatch, CPU_SECONDS=0.6, _MERCY_SECONDS=0.5, _TICK_SECONDS=0.05)
    site.write(BAI, article("Nội dung ở đây.", photo="/media/a.jpg", photo_caption="Ảnh"))
    site.write(PHOTO, picture("JPEG", (900, 600)))
    return site.write(TIN, article("Xem [tin](khong-co.md).", title="Tin"))


def plant(monkeypatch: pytest.MonkeyPatch, stage: str, fault: Callable[..., object]) -> str:
    """Let the work of a stage fail on one file, and return the file."""
    original, path = STAGES[stage]

    def double(*arguments: object, **named: object) -> object:
        named_here = path if stage != "converting" else "Nội dung ở đây"
        if any(named_here in str(each) for each in (*arguments, *named.values())):
            fault()
        return original(*arguments, **named)  # type: ignore[operator]

    replace_everywhere(monkeypatch, original, double)
    return path


def places(problems: list[str]) -> list[str]:
    return [" ".join(line.split(" ")[:2]) for line in problems]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("fault", "code"), FAULTS, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_fault_in_one_file_is_its_problem_beside_all_others(
    fault: Callable[..., object],
    code: str,
    stage: str,
    faulty: SiteFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = plant(monkeypatch, stage, fault)
    assert places(faulty.problems()) == sorted([f"{path}:1:1: {code}", OTHER])
    assert not faulty.output.exists()


@forks
@pytest.mark.parametrize("stage", ["inspecting", "publishing", "encoding"])
def test_a_picture_that_ends_its_process_is_named(
    stage: str, faulty: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plant(monkeypatch, stage, end_the_process)
    assert places(faulty.problems()) == sorted([f"{path}:1:1: file-failed", OTHER])


@pytest.mark.parametrize("debug", [False, True])
def test_the_words_of_a_library_are_printed_on_demand(
    debug: bool, faulty: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, "reading", raise_error)
    monkeypatch.setenv("SITEGEN_DEBUG", "1") if debug else None
    done = CliRunner().invoke(main, ["--root", str(faulty.root), "build", "--jobs", "1"])
    assert done.exit_code == 1
    assert f"{BAI}:1:1: file-failed" in done.stderr
    assert ("words of a library" in done.stderr) is debug
