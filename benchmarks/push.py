"""How long readers wait: from `git push` of one article until nginx sends them the changed page.

`PYTHONPATH=tests python -m benchmarks.push 10000 50000` sets up a server as docs/deploy.md says
(`tests/support/own_server.py`), with the theme of the portal, and prints a line for each size: the
middle and the longest of all pushes, and how long `git push` itself took.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.forms import FORMS, make_site
from benchmarks.measure import RunFailedError
from support.own_server import OwnServer
from support.web_server import find_nginx, serve_releases

_FORM = FORMS["sitegen-portal"]
_LOOK_SECONDS = 0.01
_PATIENCE_SECONDS = 300.0
_STEP = 7
_RUN = "from sitegen.cli.commands import run; run()"
_WITH_INDEX = f"exec {sys.executable} -c '{_RUN}'"
# The index is what a bundle is made of: without any, there is none.
_NO_BUNDLES = "from sitegen.search import bundles; bundles.plan_bundles = lambda *_: ()"
_WITHOUT_INDEX = f"exec {sys.executable} -c '{_NO_BUNDLES}; {_RUN}'"
_PUSH = "git push --quiet"
_COMMIT = "git add content; git commit --quiet -m 'Tin mới'"


def measure(count: int, runs: int, folder: Path, *, search: bool) -> None:
    """Print how long readers wait for one edited article of ``count``.

    ``search`` tells whether the search index is made.
    """
    nginx = find_nginx()
    if not nginx:
        raise RunFailedError("no nginx")
    heads = make_site(_FORM, folder / "written", count)
    server = OwnServer(folder / "server", _WITH_INDEX if search else _WITHOUT_INDEX)
    server.set_up(folder / "written")
    seen, ended = [], []
    with serve_releases(nginx, folder, server.public) as address:
        # The first push is the warm-up.
        for number in range(runs + 1):
            head = heads[(count // 2 + _STEP * number) % count]
            sentence = f"Đoạn này được thêm ở lần sửa thứ {number} của phép đo."
            with (server.clone / _FORM.locate(head)).open("a", encoding="utf-8") as file:
                file.write(f"\n{sentence}\n")
            server.run(_COMMIT, server.clone)
            start = time.perf_counter()
            pushing = threading.Thread(target=server.run, args=(_PUSH, server.clone))
            pushing.start()
            _wait_for(f"{address}{head.url}", sentence.encode(), start)
            seen.append(time.perf_counter() - start)
            pushing.join()
            ended.append(time.perf_counter() - start)
    index = "with" if search else "without"
    each = ", ".join(f"{seconds:.2f}" for seconds in seen[1:])
    print(
        f"{count:,} articles, {index} index: seen after {statistics.median(seen[1:]):.2f} s"
        f" (at most {max(seen[1:]):.2f}; {each}),"
        f" push ended after {statistics.median(ended[1:]):.2f} s",
        flush=True,
    )


def _wait_for(url: str, text: bytes, start: float) -> None:
    while time.perf_counter() - start < _PATIENCE_SECONDS:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own server)
                if text in answer.read():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(_LOOK_SECONDS)
    raise RunFailedError(f"{url} did not change within {_PATIENCE_SECONDS:.0f} s")


def main() -> None:
    """Measure each size that is named."""
    parser = argparse.ArgumentParser(prog="benchmarks.push", description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int, metavar="ARTICLES")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--folder", type=Path, help="a folder on the disk that is to be measured")
    parser.add_argument("--no-search", action="store_true", help="without the search index")
    options = parser.parse_args()
    for count in options.sizes:
        folder = Path(tempfile.mkdtemp(prefix="push-", dir=options.folder))
        try:
            measure(count, options.runs, folder, search=not options.no_search)
        except subprocess.CalledProcessError as error:
            raise RunFailedError(error.stdout) from error
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
