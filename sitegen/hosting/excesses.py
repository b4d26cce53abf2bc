"""What a host would refuse or leave out, found before it does."""

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import msgspec

from sitegen.content.settings import Config
from sitegen.hosting.host_files import FittingRedirects, list_header_lines
from sitegen.hosting.limits import LIMITS, Limit
from sitegen.model import CONFIG_FILE
from sitegen.problems import Place, Problem, problem, warning

_MEGABYTE = 1024 * 1024
_NAMES = {
    "azure": "Azure Static Web Apps",
    "cloudflare": "Cloudflare Pages",
    "github": "GitHub Pages",
    "gitlab": "GitLab Pages",
    "netlify": "Netlify",
}


def find_excesses(
    host: str,
    config: Config,
    sizes: Mapping[str, int],
    redirects: FittingRedirects,
    find_source: Callable[[str], str],
) -> Iterator[Problem]:
    """Yield what is beyond the limits of a host.

    Arguments:
        host: a key of :data:`~sitegen.hosting.limits.LIMITS`.
        config: the configuration of the site.
        sizes: the size in bytes of each file of the output, by its path.
        redirects: the old addresses as the host takes them.
        find_source: returns the file of the site from which a file of the output is made.
    """
    limits, folders = LIMITS[host], _count_folders(sizes)
    tell = functools.partial(_tell, host)
    yield from tell("host-files", limits.files, len(sizes))
    yield from tell("host-files", limits.entries, len(sizes) + len(folders))
    for folder, number in sorted(folders.items()):
        yield from tell("host-folder", limits.in_folder, number, path=f"{folder}/")
    for path, size in sorted(sizes.items()):
        for found in tell("host-file", limits.file, size, unit=_MEGABYTE):
            yield msgspec.structs.replace(found, place=Place(find_source(path)))
    yield from tell("host-size", limits.whole, sum(sizes.values()), unit=_MEGABYTE)
    # Only the host that is named is given files of its own.
    if config.host != host:
        return
    lines = [len(line.encode()) for line in list_header_lines(config, host)]
    yield from tell("host-header", limits.header_line, max(lines))
    if redirects.left and (limit := limits.redirects or limits.redirects_size):
        taken = {"value": str(redirects.left), "most": str(len(redirects.lines))}
        names = {"host": _NAMES[host], "source": limit.source}
        yield warning("host-redirects", Place(CONFIG_FILE), **taken, **names)


def _tell(
    host: str, code: str, limit: Limit | None, number: int, *, path: str = "", unit: int = 0
) -> Iterator[Problem]:
    """Yield a problem if ``number`` is beyond the limit; a size is told in its ``unit``."""
    if limit and number > limit.most:
        value, most = str(number), str(limit.most)
        if unit:
            value, most = f"{-(-number // unit)} MB", f"{limit.most // unit} MB"
        told = {"host": _NAMES[host], "value": value, "most": most, "source": limit.source}
        yield problem(code, Place(CONFIG_FILE), path=path, **told)


def _count_folders(paths: Mapping[str, int]) -> Counter[str]:
    """Return how many files and folders each folder of the output holds."""
    counted: Counter[str] = Counter()
    known: set[str] = set()
    for path in paths:
        above = path
        while above and above not in known:
            known.add(above)
            above = above.rpartition("/")[0]
            counted[above] += 1
    return counted
