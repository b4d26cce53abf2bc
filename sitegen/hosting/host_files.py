"""The files in which a host reads headers and old addresses, for the host that config names."""

import functools
import json
from collections.abc import Iterable, Iterator

from sitegen.content.settings import Config
from sitegen.foundation.addresses import NOT_FOUND, is_static
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.hosting.headers import CACHE, HeaderRule, list_header_rules
from sitegen.hosting.limits import LIMITS, Limits
from sitegen.model import CONFIG_FILE, Record
from sitegen.pages.context import PlanContext, Shared
from sitegen.pages.planned import PlannedGroup
from sitegen.pages.redirects import Moved, digest_moved, link_moved, list_moved
from sitegen.theme.assets import Asset
from sitegen.views import Link

AZURE, CLOUDFLARE, GITHUB, GITLAB, NETLIFY = LIMITS
_NO_JEKYLL = ".nojekyll"
_HEADERS = "_headers"
_REDIRECTS = "_redirects"
_AZURE_FILE = "staticwebapp.config.json"
_FILES = {
    AZURE: (_AZURE_FILE,),
    CLOUDFLARE: (_HEADERS, _REDIRECTS),
    GITHUB: (_NO_JEKYLL,),
    GITLAB: (_REDIRECTS,),
    NETLIFY: (_HEADERS, _REDIRECTS),
}
# What these files take for more than a letter of an address, or cannot tell.
_SPECIAL = frozenset("?*:")


class FittingRedirects(Record, frozen=True):
    """Old addresses as lines of a host's file: those that it takes, and how many it does not."""

    lines: tuple[str, ...]
    left: int = 0


def plan_host_files(context: PlanContext) -> tuple[PlannedGroup, ...]:
    """Return the files for the host that the configuration names: none without one."""
    config = context.site.config
    if not config.host:
        return ()
    moved = tuple(list_moved(context.site))
    plan = functools.partial(_plan_files, config, context.shared, moved)
    digest = digest_bytes(digest_record(config.host) + digest_moved(moved))
    return (PlannedGroup("host", digest, _FILES[config.host], plan, Asset),)


def _plan_files(config: Config, shared: Shared, moved: tuple[Moved, ...]) -> Iterator[Asset]:
    for path in _FILES[config.host]:
        data = _write_file(path, config, shared, moved).encode()
        yield Asset(path, data, digest_bytes(data), CONFIG_FILE)


def _write_file(path: str, config: Config, shared: Shared, moved: tuple[Moved, ...]) -> str:
    if path == _NO_JEKYLL:
        return ""
    if path == _HEADERS:
        return "".join(f"{line}\n" for line in list_header_lines(config, config.host))
    lines = fit_redirects(config, config.host, shared, moved).lines
    if path == _REDIRECTS:
        return "".join(f"{line}\n" for line in lines)
    return _write_azure(config, shared, lines)


def list_header_lines(config: Config, host: str) -> Iterator[str]:
    """Yield the lines of the file of headers; a rule begins where a line is not indented."""
    set_before: set[str] = set()
    for number, rule in enumerate(list_header_rules(config)):
        yield f"{rule.folder}*"
        for name, value in rule.headers:
            # Cloudflare joins the values of all rules, so the earlier one is taken off first.
            if number and name in set_before and host == CLOUDFLARE:
                yield f"  ! {name}"
            yield f"  {name}: {value}"
        if not number:
            set_before.update(name for name, _ in rule.headers)


def fit_redirects(
    config: Config, host: str, shared: Shared, moved: Iterable[Moved]
) -> FittingRedirects:
    """Return as many old addresses as a host takes, first those at which no page leads on.

    Those with a query are left to the script of the not-found page.
    """
    links = [link for link in link_moved(shared, moved) if _SPECIAL.isdisjoint(link.title)]
    if host == GITLAB:
        # A file is shown rather than led on from.
        links = [link for link in links if not is_static(link.title)]
    links.sort(key=lambda link: is_static(link.title))
    limits = LIMITS[host]
    fixed = len(_write_azure(config, shared, ()).encode()) if host == AZURE else 0
    lines = tuple(_fit(limits, fixed, (_write_redirect(host, link) for link in links)))
    return FittingRedirects(lines, len(links) - len(lines))


def _fit(limits: Limits, size: int, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that a file takes which has this size without them."""
    taken = 0
    for line in lines:
        # A comma may stand before the end of a line.
        length = len(line.encode()) + len(",\n")
        if limits.redirect_line and length > limits.redirect_line.most:
            continue
        size += length
        taken += 1
        too_many = limits.redirects and taken > limits.redirects.most
        if too_many or (limits.redirects_size and size > limits.redirects_size.most):
            return
        yield line


def _write_redirect(host: str, link: Link) -> str:
    if host == AZURE:
        route = {"route": link.title, "redirect": link.url, "statusCode": 301}
        return json.dumps(route, separators=(",", ":"))
    # Netlify shows a file where there is one, but for this mark.
    return f"{link.title} {link.url} {'301!' if host == NETLIFY else '301'}"


def _write_azure(config: Config, shared: Shared, redirects: Iterable[str]) -> str:
    """Return the configuration of Azure Static Web Apps: the first route that fits counts."""
    whole, *rules = list_header_rules(config)
    headers = {CACHE: "no-cache", **dict(whole.headers)}
    routes = [
        *redirects,
        *(
            json.dumps({"route": _name_route(each), "headers": dict(each.headers)})
            for each in rules
        ),
    ]
    missing = json.dumps({"404": {"rewrite": shared.href(NOT_FOUND)}})
    return "\n".join(
        [
            f'{{"globalHeaders":{json.dumps(headers)},',
            f'"responseOverrides":{missing},',
            '"routes":[',
            ",\n".join(routes),
            "]}\n",
        ]
    )


def _name_route(rule: HeaderRule) -> str:
    """Return the route of a rule; only its end may be left open."""
    folder = rule.folder.partition(":")[0]
    return f"{folder}*.{{{','.join(rule.suffixes)}}}" if rule.suffixes else f"{folder}*"
