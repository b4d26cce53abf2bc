"""The desk in the output: only where it is asked for, with a policy of its own."""

import base64
import hashlib
import re

import pytest

from sitegen.content.config import parse_config
from sitegen.content.settings import Config
from sitegen.desk import packages
from sitegen.desk.packages import FOLDER, digest_files
from sitegen.desk.policy import make_policy
from sitegen.hosting.headers import list_header_rules
from support.site_folder import CONFIG, REPOSITORY, SiteFolder

DESK = "desk:\n  host: gitlab\n  repository: dang-bo/cong\n"
FILES = {
    "cms/npm/index.js": (
        b"url(https://cdn.jsdelivr.net/fontsource/fonts/noto-mono@5.3.0/latin-400-normal.woff2)"
    ),
    "cms/locales/vi.json": '{"save": "Lưu"}'.encode(),
    "js-yaml/dist/browser/js-yaml.esm.min.mjs": b"export {}",
}
NGINX = (REPOSITORY / "deploy/nginx.conf").read_text("utf-8")


@pytest.fixture
def desk(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """Return a site with a program of three files."""
    for name, data in FILES.items():
        site.write(f"{FOLDER}/{name}", data)
    monkeypatch.setattr(packages, "DIGEST", digest_files(FILES.items()))
    return site.article("bai")


def test_without_a_host_not_one_byte_is_published(desk: SiteFolder) -> None:
    desk.build()
    before = desk.files()
    assert not [path for path in before if path.startswith("admin")]
    desk.write("config.yaml", CONFIG + DESK).build()
    after = desk.files()
    assert {path: after[path] for path in before} == before
    assert {path for path in after if path not in before} == {
        *("admin/index.html", "admin/desk.json", "admin/desk.js"),
        *("admin/front-matter.js", "admin/kept-lines.js"),
        *("admin/cms/npm/index.js", "admin/cms/locales/vi.js"),
        "admin/js-yaml/dist/browser/js-yaml.esm.min.js",
    }
    assert desk.build().written.written == 0
    desk.write("config.yaml", CONFIG).build()
    assert desk.files() == before


def test_the_program_fetches_nothing_from_elsewhere(desk: SiteFolder) -> None:
    desk.write("config.yaml", CONFIG + DESK).build()
    files = desk.files()
    program = files["admin/cms/npm/index.js"].decode()
    assert program == "url(cms/npm/assets/noto-mono-latin-400-normal-DiC8lJru.woff2)"
    assert files["admin/cms/locales/vi.js"].decode() == 'export default {"save": "Lưu"}'
    page = files["admin/index.html"].decode()
    assert '<meta name="robots" content="noindex">' in page
    (imports,) = re.findall(r'<script type="importmap">(.+?)</script>', page)
    digest = base64.b64encode(hashlib.sha256(imports.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert f"script-src 'self' 'sha256-{digest}' 'wasm-unsafe-eval';" in policy
    assert "admin" not in files["sitemap.xml"].decode()


@pytest.mark.parametrize(
    ("desk_config", "hosts"),
    [
        ("  host: gitlab\n", "https://gitlab.com"),
        ("  host: forgejo\n", "https://codeberg.org"),
        ("  host: gitea\n  url: https://git.example.vn/ma\n", "https://git.example.vn"),
        (
            "  host: github\n  authenticator: https://vao.example.vn\n",
            "https://vao.example.vn https://api.github.com",
        ),
    ],
)
def test_the_desk_may_speak_to_the_host_of_the_texts_alone(desk_config: str, hosts: str) -> None:
    config = parse_config(f"{CONFIG}desk:\n{desk_config}  repository: a/b\n".encode())
    policy = make_policy(config)
    (connections,) = re.findall(r"connect-src ([^;]+)", policy)
    assert connections.startswith(f"'self' blob: data: {hosts}")
    assert "https: " not in f"{connections} "
    assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_hosts_send_the_policy_of_the_desk_and_nginx_one_for_every_host() -> None:
    rules = {rule.folder: dict(rule.headers) for rule in list_header_rules(read(DESK))}
    sent = rules["/admin/"]
    assert sent["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert "/admin/" not in {rule.folder for rule in list_header_rules(read(""))}
    entries = dict(re.findall(r'"~html\.\*:/admin/" +"?([^"\n]+?)"?;\n()', NGINX))
    assert "same-origin-allow-popups" in entries
    (of_nginx,) = entries.keys() - {"same-origin-allow-popups"}
    policy = sent["Content-Security-Policy"].replace("https://gitlab.com", "https:")
    connections = re.compile(r"connect-src [^;]+")
    assert connections.sub("", of_nginx) == connections.sub("", policy)
    assert "connect-src 'self' blob: data: https:;" in of_nginx


def read(more: str) -> Config:
    return parse_config((CONFIG + more).encode())
