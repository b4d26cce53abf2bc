"""What a host would refuse or leave out, found before it does."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

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
    limits, site = LIMITS[host], Place(CONFIG_FILE)
    folders = _count_folders(sizes)

    def describe(limit: Limit, value: str, most: str) -> dict[str, str]:
        return {"host": _NAMES[host], "value": value, "most": most, "source": limit.source}

    counted = ((limits.files, len(sizes)), (limits.entries, len(sizes) + len(folders)))
    for limit, number in counted:
        if limit and number > limit.most:
            yield problem("host-files", site, **describe(limit, str(number), str(limit.most)))
    if limit := limits.in_folder:
        for folder, number in sorted(folders.items()):
            if number > limit.most:
                told = describe(limit, str(number), str(limit.most))
                yield problem("host-folder", site, path=f"{folder}/", **told)
    if limit := limits.file:
        for path, size in sorted(sizes.items()):
            if size > limit.most:
                told = describe(limit, _round_up(size), _round_down(limit.most))
                yield problem("host-file", Place(find_source(path)), path=path, **told)
    if (limit := limits.whole) and (whole := sum(sizes.values())) > limit.most:
        told = describe(limit, _round_up(whole), _round_down(limit.most))
        yield problem("host-size", site, **told)
    if (limit := limits.header_line) and config.host == host:
        length = max(len(line.encode()) for line in list_header_lines(config, host))
        if length > limit.most:
            yield problem("host-header", site, **describe(limit, str(length), str(limit.most)))
    limit = limits.redirects or limits.redirects_size
    if limit and redirects.left and config.host == host:
        told = describe(limit, str(redirects.left), str(len(redirects.lines)))
        yield warning("host-redirects", site, **told)


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


def _round_up(size: int) -> str:
    return f"{-(-size // _MEGABYTE)} MB"


def _round_down(size: int) -> str:
    return f"{size // _MEGABYTE} MB"
