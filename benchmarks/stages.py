"""The stages of a build: how long each takes, and the most memory that its process holds meanwhile.

    python -m benchmarks.stages FILE build --no-search

is that build; FILE then holds a list of names, seconds and bytes as JSON. Linux only.
"""

import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.parts import find, load_generator, replace
from sitegen.cli.commands import main

# What each stage is called, and the function that is it. None of them calls another one.
STAGES = {
    "look at all files, load the cache": "build._gather",
    "read what is new": "content.reading.read_content",
    "arrange": "content.selection.arrange",
    "plan": "plan.make_plan",
    "write the cache": "incremental.content_cache.save_cache",
    "compare with the manifest": "build._compare",
    "make pages": "output.production.make_files",
    "move files, write the manifest": "output.publishing.commit",
    "copy the manifest": "output.manifest_file.copy_manifest",
}
_OWN = Path("/proc/self")
# What resets the peak of a process's memory (proc(5), clear_refs).
_RESET_PEAK = "5"


def read_peak() -> int:
    """Return the most memory that this process has held since the peak was reset, in bytes."""
    status = (_OWN / "status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) * 1024


def watch_stages() -> list[tuple[str, float, int]]:
    """Let each stage from now on add its name, its seconds and its peak to the list returned."""
    load_generator()
    seen: list[tuple[str, float, int]] = []
    for title, name in STAGES.items():
        replace(name, _watch(title, find(name), seen))
    return seen


def _watch(
    title: str, stage: Callable[..., object], seen: list[tuple[str, float, int]]
) -> Callable[..., object]:
    @functools.wraps(stage)
    def watched(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 (handed on)
        (_OWN / "clear_refs").write_text(_RESET_PEAK)
        start = time.perf_counter()
        try:
            return stage(*arguments, **named)
        finally:
            seen.append((title, time.perf_counter() - start, read_peak()))

    return watched


if __name__ == "__main__":
    results, command = Path(sys.argv[1]), sys.argv[2:]
    stages = watch_stages()
    try:
        main(command)
    finally:
        results.write_text(json.dumps(stages), "utf-8")
