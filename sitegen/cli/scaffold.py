"""Files to begin with: a new article, a new site, what its server needs."""

import hashlib
import re
import shutil
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sitegen import __version__
from sitegen.content import samples
from sitegen.content.article_file import find_categories, suggest_category
from sitegen.content.scalars import quote
from sitegen.content.settings import Category, Config
from sitegen.foundation.files import read_file
from sitegen.foundation.text import normalise, slugify
from sitegen.model import Record
from sitegen.problems import UsageError

_PACKAGE = Path(__file__).parent.parent
_DEPLOY = "deploy"
_HOSTS = "hosts"
# What runs there, and where the host looks for it.
_WORKFLOWS = {
    "forgejo": ".forgejo/workflows/site.yml",
    "github": ".github/workflows/site.yml",
    "gitlab": ".gitlab-ci.yml",
}
_REQUIREMENTS = "requirements.txt"
# Where the package lies in a site, if it is a file.
_PACKAGES = "packages"
_WHEEL = re.compile(r"(?P<name>[A-Za-z0-9_.]+)-(?P<version>[^-]+)-py3-none-any\.whl")
_FRAGMENT = re.compile(r"sha256=[0-9a-f]{64}")
_SERVER_NAME = "server_name {};"
# Of the configuration in this repository.
_EXAMPLE = "example.org"
_GITIGNORE = "/.sitegen/\n/.output.list\n/.output.lock\n/output/\n/stats/\n/.stats.lock\n"

_ARTICLE = """---
title: {title}
date: {date}
category: {category}
slug: {slug}
author: {author}
lead: {lead}
# photo: {photo}
# photo_caption: "{caption}"
# photo_credit: "{credit}"
# tags: [{tags}]
draft: {draft}
---

{body}
"""
_CONFIG = """site:
  title: Cổng thông tin điện tử
  url: {url}
  description: Tin tức và hoạt động của đảng bộ.
  welcome: Kính chào đồng chí và bạn đọc đã đến với cổng thông tin.

categories:
  - name: Tin tức - Sự kiện
  - name: Hoạt động của cơ sở
  - name: Công tác xây dựng Đảng

imprint:
  governing_body: {governing_body}
  address: {address}
"""
_FIRST_BODY = """Đây là bài viết đầu tiên. Mở tệp này trong trình soạn thảo, sửa lại rồi lưu;
trang web đang xem thử sẽ tự thay đổi theo.

## Viết bài mới

Dùng lệnh `sitegen new "Tên bài" --category "Tin tức - Sự kiện"`, hoặc chép tệp này thành tệp khác
trong thư mục `content/`."""


def new_article(
    root: Path, config: Config, title: str, category: str, author: str, now: datetime
) -> Path:
    """Write a new article to be filled in, and return its path.

    Raises :class:`~sitegen.problems.UsageError` if the category is unknown or ambiguous, if the
    title has no letters, or if the file exists.
    """
    title = " ".join(normalise(title).split())
    found = find_category(config, category)
    slug = slugify(title)
    if not slug:
        raise UsageError("title-letters", value=title)
    path = Path("content", found.path, f"{now.year:04}", f"{slug}.md")
    text = _write_article(
        title=quote(title),
        date=f"{now:%Y-%m-%d %H:%M}",
        category=quote(found.name),
        slug=quote(slug),
        author=quote(author or "Ban Biên tập"),
        lead=quote(samples.LEAD),
        draft="true",
        body=samples.BODY,
    )
    target = root / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("file-exists", path=path.as_posix()) from error
    return path


def find_category(config: Config, name: str) -> Category:
    """Return the category that has a name or an address.

    Raises :class:`~sitegen.problems.UsageError` if it is unknown or ambiguous.
    """
    matching = find_categories(name, config)
    if not matching:
        code, suggested = suggest_category(name, config)
        raise UsageError(code, value=name, **suggested)
    if len(matching) > 1:
        addresses = ", ".join(each.path for each in matching)
        raise UsageError("category-ambiguous", value=name, addresses=addresses)
    return matching[0]


def new_site(
    folder: Path, now: datetime, host: str | None = None, package: str | None = None
) -> None:
    """Make a site in an empty folder: the theme, a configuration, one article.

    With the ``host`` ``server``, ``deploy/`` holds what a server of one's own needs. With any
    other, there is a workflow, and the requirements of the ``package`` that it installs.

    Raises :class:`~sitegen.problems.UsageError` if the folder is not empty, or if the package is
    none.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("folder-not-empty", path=str(folder))
    pinned = _pin_package(package) if host in _WORKFLOWS else None
    shutil.copytree(_find_folder("templates"), folder / "templates")
    article = folder / "content" / "tin-tuc-su-kien" / f"{now.year:04}" / "bai-viet-dau-tien.md"
    article.parent.mkdir(parents=True)
    (folder / "content" / "media").mkdir()
    text = _write_article(
        title=quote("Bài viết đầu tiên"),
        date=f"{now:%Y-%m-%d} 00:00",
        category=quote("Tin tức - Sự kiện"),
        slug=quote("bai-viet-dau-tien"),
        author=quote("Ban Biên tập"),
        lead=quote(samples.FIRST_LEAD),
        draft="false",
        body=_FIRST_BODY,
    )
    article.write_text(text, "utf-8", newline="\n")
    config = _CONFIG.format(
        url=samples.SITE_URL, governing_body=samples.GOVERNING_BODY, address=samples.ADDRESS
    )
    (folder / "config.yaml").write_text(config, "utf-8", newline="\n")
    (folder / ".gitignore").write_text(_GITIGNORE, "utf-8", newline="\n")
    if host == "server":
        _write_deployment(folder / _DEPLOY, samples.SITE_URL)
    elif host and pinned:
        _write_workflow(folder, host, pinned)


class _Package(Record, frozen=True):
    """The released package: how requirements name it, and the file, if it is one."""

    requirement: str
    file: Path | None = None


def _pin_package(package: str | None) -> _Package:
    """Return the package that ``package`` names: a wheel, or the address of one with its digest.

    It must be the one of this very version, because the libraries that it needs are pinned with
    it.
    """
    if not package:
        raise UsageError("package-missing", version=__version__)
    address, _, fragment = package.partition("#")
    is_address = address.startswith("https://")
    file = Path(package)
    found = _WHEEL.fullmatch(address.rpartition("/")[2] if is_address else file.name)
    if not found or found["version"] != __version__:
        raise UsageError("package-form", value=package, version=__version__)
    if not is_address:
        digest = hashlib.sha256(read_file(file)).hexdigest()
        return _Package(f"./{_PACKAGES}/{file.name} --hash=sha256:{digest}", file)
    if not _FRAGMENT.fullmatch(fragment):
        raise UsageError("package-digest", value=package)
    return _Package(f"{found['name']} @ {address} --hash={fragment.replace('=', ':')}")


def _write_workflow(folder: Path, host: str, package: _Package) -> None:
    """Write what a host runs, and what this installs: all of it with digests."""
    workflow = folder / _WORKFLOWS[host]
    workflow.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_find_folder(_HOSTS) / f"{host}.yml", workflow)
    libraries = (_find_folder(_HOSTS) / _REQUIREMENTS).read_text("utf-8")
    requirements = f"{package.requirement}\n{libraries}"
    (folder / _REQUIREMENTS).write_text(requirements, "utf-8", newline="\n")
    if package.file:
        (folder / _PACKAGES).mkdir()
        shutil.copyfile(package.file, folder / _PACKAGES / package.file.name)


def _write_deployment(folder: Path, url: str) -> None:
    """Write what a server of one's own needs, for a site at ``url``."""
    shutil.copytree(_find_folder(_DEPLOY), folder)
    (folder / "nginx.conf").write_text(
        make_server_configuration("nginx", url), "utf-8", newline="\n"
    )
    for path in folder.rglob("*"):
        # An installed package may have lost which of its files can be run.
        if path.is_file() and path.read_bytes().startswith(b"#!"):
            path.chmod(0o755)


def _write_article(**values: str) -> str:
    return _ARTICLE.format(
        photo=samples.PHOTO,
        caption=samples.CAPTION,
        credit=samples.CREDIT,
        tags=", ".join(samples.TAGS),
        **values,
    )


def make_server_configuration(server: str, url: str | None = None) -> str:
    """Return the configuration of a web server (docs/deploy.md), for a site at ``url``."""
    text = (_find_folder(_DEPLOY) / f"{server}.conf").read_text("utf-8")
    host = urlsplit(url).hostname if url else None
    if not host:
        return text
    return text.replace(_SERVER_NAME.format(_EXAMPLE), _SERVER_NAME.format(host))


def _find_folder(name: str) -> Path:
    """Return a folder of the repository, or its copy in the installed package."""
    copy = _PACKAGE / name
    return copy if copy.is_dir() else _PACKAGE.parent / name
