"""What a host reads beside the pages: only where config.yaml names it, and as nginx is told."""

import json
import re

import pytest

from sitegen.content.config import parse_config
from sitegen.hosting.headers import list_header_rules
from sitegen.hosting.host_files import list_header_lines
from sitegen.hosting.limits import LIMITS, Limit, Limits
from support.site_folder import CONFIG, REPOSITORY, SiteFolder

FILES = {
    "azure": {"staticwebapp.config.json"},
    "cloudflare": {"_headers", "_redirects"},
    "github": {".nojekyll"},
    "gitlab": {"_redirects"},
    "netlify": {"_headers", "_redirects"},
}
ALIASES = "[/cu/bai.html, /cu/bai, /cu/bài.aspx, '/Default.aspx?tabid=107', '/cu/a:b.aspx']"
PAGE = "/hoat-dong-cua-co-so/2024/05/bai/"
NGINX = (REPOSITORY / "deploy/nginx.conf").read_text("utf-8")


def name_host(site: SiteFolder, host: str, more: str = "") -> SiteFolder:
    return site.write("config.yaml", f"{CONFIG}host: {host}\n{more}").article(
        "bai", aliases=ALIASES
    )


@pytest.mark.parametrize("host", LIMITS)
def test_only_the_files_of_the_host_are_written(site: SiteFolder, host: str) -> None:
    site.article("bai", aliases=ALIASES).build()
    before = site.files()
    name_host(site, host).build()
    after = site.files()
    assert after.keys() - before.keys() == FILES[host]
    assert {path: after[path] for path in before} == before
    assert site.build().written.written == 0
    site.write("config.yaml", CONFIG).build()
    assert site.files() == before


@pytest.mark.parametrize("host", ["azure", "cloudflare", "netlify"])
def test_they_change_with_the_old_addresses_alone(site: SiteFolder, host: str) -> None:
    name_host(site, host).build()
    site.article("khac").build()
    before = site.files()
    site.article("khac", aliases="[/khac.aspx]").build()
    changed = {path for path, data in site.files().items() if before.get(path) != data}
    assert changed & FILES[host] == FILES[host] - {"_headers"}


def read_redirects(site: SiteFolder) -> list[str]:
    return site.page("/_redirects").splitlines()


def test_old_addresses_are_redirected_first_those_without_a_page(site: SiteFolder) -> None:
    """A query, and what a host takes for a pattern, is left to the not-found page."""
    name_host(site, "cloudflare").build()
    assert read_redirects(site) == [
        f"/cu/b%C3%A0i.aspx {PAGE} 301",
        f"/cu/bai.html {PAGE} 301",
        f"/cu/bai/ {PAGE} 301",
    ]


def test_netlify_is_told_to_lead_on_although_there_is_a_page(site: SiteFolder) -> None:
    name_host(site, "netlify").build()
    assert {line.rpartition(" ")[2] for line in read_redirects(site)} == {"301!"}


def test_gitlab_is_given_only_those_without_a_page(site: SiteFolder) -> None:
    """It shows a page where there is one."""
    name_host(site, "gitlab").build()
    assert read_redirects(site) == [f"/cu/b%C3%A0i.aspx {PAGE} 301"]


def test_addresses_have_the_path_of_the_site(site: SiteFolder) -> None:
    name_host(site, "cloudflare")
    site.write("config.yaml", f"{CONFIG}host: cloudflare\n".replace("example.org", "example.org/a"))
    site.build()
    assert read_redirects(site)[1] == f"/a/cu/bai.html /a{PAGE} 301"
    assert re.findall(r"^/\S*", site.page("/_headers"), re.MULTILINE)[:2] == ["/a/*", "/a/assets/*"]


def test_what_does_not_fit_is_left_out(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "cloudflare", Limits(redirects=Limit(1, "")))
    name_host(site, "cloudflare").build()
    assert read_redirects(site) == [f"/cu/b%C3%A0i.aspx {PAGE} 301"]


def test_the_file_of_azure_is_no_larger_than_it_may_be(site: SiteFolder) -> None:
    many = ", ".join(f"/cu/{number}.aspx" for number in range(400))
    name_host(site, "azure").article("bai", aliases=f"[{many}]").build()
    data = site.files()["staticwebapp.config.json"]
    limit = LIMITS["azure"].redirects_size
    assert limit
    assert limit.most - 200 < len(data) <= limit.most
    written = json.loads(data)
    assert written["responseOverrides"] == {"404": {"rewrite": "/404.html"}}
    first, *_, last = written["routes"]
    assert first == {"route": "/cu/0.aspx", "redirect": PAGE, "statusCode": 301}
    assert last["route"] == "/tim-kiem/chi-muc/*.{bin}"
    assert written["globalHeaders"]["Cache-Control"] == "no-cache"


# Headers -----------------------------------------------------------------------------------------


def read_nginx(name: str, kind: str = "") -> str:
    """Return the value of a header in nginx.conf, of a type of file if the header depends on it."""
    if not kind:
        (found,) = re.findall(rf'add_header {name} "?([^";]+)"? always', NGINX)
        return str(found)
    (variable,) = re.findall(rf"add_header {name} (\$\w+) always", NGINX)
    (entries,) = re.findall(rf"map \S+ {re.escape(variable)} {{(.+?)\n}}", NGINX, re.DOTALL)
    (value,) = re.findall(rf'{re.escape(kind)}\S*\s+"?([^\n"]+?)"?;(?:\n|$)', entries)
    engine, players = re.findall(r'default "?(https:[^";]+)"?;', NGINX)
    return str(value).replace("$search_engine", engine).replace("$video_players", players)


def test_hosts_send_what_nginx_sends() -> None:
    config = parse_config(CONFIG.encode())
    pages, assets, media, *index = list_header_rules(config)
    assert dict(pages.headers) == {
        "Content-Security-Policy": read_nginx("Content-Security-Policy", "^text/html"),
        "Cross-Origin-Opener-Policy": read_nginx("Cross-Origin-Opener-Policy", "^text/html"),
        "Permissions-Policy": read_nginx("Permissions-Policy", "^text/html"),
        "Referrer-Policy": read_nginx("Referrer-Policy"),
        "X-Content-Type-Options": read_nginx("X-Content-Type-Options"),
    }
    forever = read_nginx("Cache-Control", "^/assets/")
    assert {dict(rule.headers)["Cache-Control"] for rule in (assets, *index)} == {forever}
    assert dict(media.headers)["Cache-Control"] == read_nginx("Cache-Control", "^/media/")


def test_the_policy_names_the_hosts_of_the_configuration() -> None:
    more = (
        "search:\n  url: https://tim.example.vn/q\n"
        "video_hosts: [youtu.be, youtube.com, www.facebook.com, video.example.vn]\n"
    )
    policy = dict(list_header_rules(parse_config((CONFIG + more).encode()))[0].headers)[
        "Content-Security-Policy"
    ]
    assert "form-action 'self' https://tim.example.vn;" in policy
    players = "https://www.youtube-nocookie.com https://www.facebook.com https://video.example.vn"
    assert f"frame-src {players};" in policy


def merge_headers(text: str, address: str, *, joining: bool) -> dict[str, str]:
    """Return the headers of an address by the rules of Cloudflare (joining) or Netlify."""
    headers: dict[str, str] = {}
    matching = False
    for line in text.splitlines():
        if not line.startswith(" "):
            pattern = re.sub(r":\w+", "[^/]+", line).replace("*", ".*")
            matching = re.fullmatch(pattern, address) is not None
        elif matching and line.startswith("  ! "):
            headers.pop(line.removeprefix("  ! "), None)
        elif matching:
            name, _, value = line.strip().partition(": ")
            headers[name] = f"{headers[name]}, {value}" if joining and name in headers else value
    return headers


@pytest.mark.parametrize("host", ["cloudflare", "netlify"])
def test_each_address_has_each_header_once(site: SiteFolder, host: str) -> None:
    name_host(site, host).build()
    text = site.page("/_headers")

    def find(address: str) -> dict[str, str]:
        return merge_headers(text, address, joining=host == "cloudflare")

    page, asset = find("/tin/"), find("/assets/css/site.0123456789.css")
    assert "Cache-Control" not in page
    assert page["Content-Security-Policy"].startswith("default-src 'none';")
    assert find("/khong-co/")["Content-Security-Policy"] == page["Content-Security-Policy"]
    assert asset["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asset["Content-Security-Policy"] == "frame-ancestors 'none'"
    drawing = find("/media/2024/hinh.svg")
    assert drawing["Content-Security-Policy"].startswith("script-src 'none';")
    assert drawing["Cache-Control"] == "public, max-age=3600, stale-while-revalidate=86400"
    piece = find("/tim-kiem/chi-muc/2024-05/index/abcdefgh.bin")
    assert piece["Cache-Control"] == asset["Cache-Control"]
    assert "Cache-Control" not in find("/tim-kiem/chi-muc/2024-05/bundle.json")
    assert all(headers["X-Content-Type-Options"] == "nosniff" for headers in (page, asset, piece))


def test_a_worker_is_asked_for_each_time(site: SiteFolder) -> None:
    below = CONFIG.replace("https://example.org", "https://example.org/a")
    site.write("config.yaml", f"{below}offline: true\nhost: netlify\n").article("bai").build()
    text = site.page("/_headers")
    assert merge_headers(text, "/a/ngoai-tuyen.js", joining=False)["Cache-Control"] == "no-cache"
    assert "Cache-Control" not in merge_headers(text, "/a/ngoai-tuyen/", joining=False)
    site.write("config.yaml", f"{below}offline: true\nhost: azure\n").build()
    routes = json.loads(site.page("/staticwebapp.config.json"))["routes"]
    (found,) = [each for each in routes if each["route"] == "/a/ngoai-tuyen.js*"]
    assert found["headers"] == {"Cache-Control": "no-cache"}


def test_cloudflare_takes_all_header_lines() -> None:
    config = parse_config(f"{CONFIG}offline: true\n".encode())
    lines = list(list_header_lines(config, "cloudflare"))
    limits = LIMITS["cloudflare"]
    assert limits.header_rules
    assert limits.header_line
    assert len([line for line in lines if not line.startswith(" ")]) < limits.header_rules.most
    assert max(map(len, lines)) < limits.header_line.most
