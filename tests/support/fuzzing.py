"""Fuzzes the targets with atheris, which looks for bytes that take another way through the code.

One target, or all of them for so many seconds each::

    python -m support.fuzzing NAME [options of libFuzzer]
    python -m support.fuzzing --all SECONDS
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from support.trust_report import PAGE, write_part

BEGIN, END = "<!-- fuzz: written by make fuzz -->", "<!-- /fuzz -->"
# What is watched: the generator, and the libraries in Python that read what people write.
WATCHED = ["sitegen", "markdown", "yaml", "http"]


def main() -> None:
    """Fuzz what the command line names."""
    name = sys.argv.pop(1)
    if name == "--all":
        fuzz_all(int(sys.argv[1]))
        return
    import atheris

    with atheris.instrument_imports(include=WATCHED):
        from support.fuzz_targets import TARGETS
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


class Fuzzed(NamedTuple):
    """What became of a target: so many inputs, or an input at which it failed."""

    name: str
    inputs: int
    failure: str


def fuzz_all(seconds: int) -> None:
    """Fuzz every target, as many at once as there are processors, and write down the figures."""
    from support.fuzz_targets import TARGETS

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda name: _fuzz_apart(name, seconds), TARGETS))
    for each in found:
        print(f"{each.name}: {each.inputs:,} inputs {each.failure}".rstrip())  # noqa: T201
    if any(each.failure for each in found):
        sys.exit(1)
    head = f"On {datetime.now(tz=UTC):%Y-%m-%d}, each target for {seconds} seconds, no finding:"
    rows = [f"| {each.name.replace('_', ' ')} | {each.inputs:,} |" for each in found]
    write_part(PAGE, BEGIN, END, [head, "", "| target | inputs |", "| --- | ---: |", *rows])


def _fuzz_apart(name: str, seconds: int) -> Fuzzed:
    from support.fuzz_targets import SEEDS

    folder = Path("build", "fuzz", name)
    folder.mkdir(parents=True, exist_ok=True)
    options = (f"-max_total_time={seconds}", "-max_len=2000", f"-artifact_prefix={folder}/")
    # What was found before is where the next run goes on.
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    ended = subprocess.run(
        [sys.executable, "-m", "support.fuzzing", name, corpus, *options],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    done = re.findall(r"Done (\d+) runs", ended.stderr)
    if ended.returncode or not done:
        return Fuzzed(name, 0, f"failed:\n{ended.stderr[-4000:]}")
    return Fuzzed(name, int(done[0]), "")


if __name__ == "__main__":
    main()
