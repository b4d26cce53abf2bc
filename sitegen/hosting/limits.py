"""The limits of each host, as its documentation has them: data, with the source and the date.

Where a host has several plans, it is the one without a price. Sizes are in bytes.
"""

from sitegen.model import Record

_MEGABYTE = 1024 * 1024
# When each source was read, as its host publishes it.
_CHECKED = "2026-11-30"


class Limit(Record, frozen=True):
    """The most that a host takes, the page that says so, and the day when this was looked up."""

    most: int
    source: str
    checked: str = _CHECKED


class Limits(Record, frozen=True):
    """The limits of one host; there is none where nothing is given.

    ``files`` is the number of files, ``entries`` of files and folders, ``in_folder`` of what is in
    one folder. ``file`` is the size of a file, ``whole`` of the site. ``redirects`` is the number
    of old addresses in the host's file, ``redirects_size`` is the size of this file, and
    ``redirect_line`` that of a line in it. ``header_rules`` and ``header_line`` are the same for
    the file of headers. What is beyond a limit of redirects is ignored, all else is refused.
    """

    files: Limit | None = None
    entries: Limit | None = None
    in_folder: Limit | None = None
    file: Limit | None = None
    whole: Limit | None = None
    redirects: Limit | None = None
    redirects_size: Limit | None = None
    redirect_line: Limit | None = None
    header_rules: Limit | None = None
    header_line: Limit | None = None


_AZURE = "https://learn.microsoft.com/azure/static-web-apps/quotas"
_AZURE_CONFIGURATION = "https://learn.microsoft.com/azure/static-web-apps/configuration"
_CLOUDFLARE = "https://developers.cloudflare.com/pages/platform/limits/"
_CLOUDFLARE_HEADERS = "https://developers.cloudflare.com/pages/configuration/headers/"
_CLOUDFLARE_REDIRECTS = "https://developers.cloudflare.com/pages/configuration/redirects/"
_GITHUB = "https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits"
_GITHUB_FILES = (
    "https://docs.github.com/repositories/working-with-files/managing-large-files/"
    "about-large-files-on-github"
)
_GITLAB = "https://docs.gitlab.com/user/gitlab_com/"
_GITLAB_ENTRIES = "https://docs.gitlab.com/administration/instance_limits/"
_GITLAB_REDIRECTS = "https://docs.gitlab.com/user/project/pages/redirects/"
_NETLIFY = "https://docs.netlify.com/deploy/deploy-overview/"
_NETLIFY_REDIRECTS = "https://docs.netlify.com/manage/routing/redirects/overview/"

LIMITS = {
    "azure": Limits(
        whole=Limit(250 * _MEGABYTE, _AZURE),
        redirects_size=Limit(20 * 1024, _AZURE_CONFIGURATION),
    ),
    "cloudflare": Limits(
        files=Limit(20_000, _CLOUDFLARE),
        file=Limit(25 * _MEGABYTE, _CLOUDFLARE),
        redirects=Limit(2_000, _CLOUDFLARE_REDIRECTS),
        redirect_line=Limit(1_000, _CLOUDFLARE_REDIRECTS),
        header_rules=Limit(100, _CLOUDFLARE_HEADERS),
        header_line=Limit(2_000, _CLOUDFLARE_HEADERS),
    ),
    "github": Limits(
        file=Limit(100 * _MEGABYTE, _GITHUB_FILES),
        whole=Limit(1_000_000_000, _GITHUB),
    ),
    "gitlab": Limits(
        entries=Limit(200_000, _GITLAB_ENTRIES),
        whole=Limit(1_000_000_000, _GITLAB),
        redirects=Limit(1_000, _GITLAB_REDIRECTS),
        redirects_size=Limit(64 * 1024, _GITLAB_REDIRECTS),
    ),
    "netlify": Limits(
        in_folder=Limit(54_000, _NETLIFY),
        redirects=Limit(10_000, _NETLIFY_REDIRECTS),
    ),
}
