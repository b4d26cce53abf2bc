"""A new site in a folder: the theme, a configuration, one article, and what editors need."""

import json
import shutil
from datetime import datetime
from pathlib import Path

from sitegen.cli.host_setup import (
    DEPLOYMENT,
    WORKFLOWS,
    pin_package,
    write_deployment,
    write_requirements,
    write_workflow,
)
from sitegen.cli.scaffold import write_article
from sitegen.content import samples
from sitegen.content.config import parse_config
from sitegen.content.kinds import RECORDS, make_schema
from sitegen.content.scalars import quote
from sitegen.foundation.package_files import find_folder
from sitegen.model import Record
from sitegen.problems import UsageError
from sitegen.theme.templates import TEMPLATES
from sitegen.theme.updates import keep_base

_SKELETON = "skeleton"
_GUIDE = "huong-dan-bien-tap.md"
_PICTURES = "pictures/guide"
_GITIGNORE = "/.sitegen/\n/.output.list\n/.output.lock\n/output/\n/stats/\n/.stats.lock\n"
_CONFIG = """site:
  title: {title}
  url: {url}
  description: Tin tức và hoạt động của đảng bộ.
  welcome: Kính chào đồng chí và bạn đọc đã đến với cổng thông tin.

categories:
  - name: Tin tức - Sự kiện
  - name: Hoạt động của cơ sở
  - name: Công tác xây dựng Đảng

imprint:
  governing_body: {governing_body}
  # address: Số 1, đường Hùng Vương, thành phố Tam Kỳ
  # telephone: 0235 000 0000
  # mail: vanthu@ten-mien.vn
"""
_FIRST_BODY = """Đây là bài viết đầu tiên. Mở tệp này trong trình soạn thảo, sửa lại rồi lưu;
trang web đang xem thử sẽ tự thay đổi theo.

## Viết bài mới

Dùng lệnh `sitegen new "Tên bài" --category "Tin tức - Sự kiện"`, hoặc chép tệp này thành tệp khác
trong thư mục `content/`."""


class Portal(Record, frozen=True):
    """What a new site is called, its address, and the body that it belongs to."""

    title: str = samples.SITE_TITLE
    url: str = samples.SITE_URL
    governing_body: str = samples.GOVERNING_BODY


def new_site(
    folder: Path,
    now: datetime,
    portal: Portal = Portal(),  # noqa: B008 (frozen)
    host: str | None = None,
    package: str | None = None,
) -> None:
    """Make a site in an empty folder: the theme, a configuration, one article, an editor's tools.

    With the ``host`` ``server``, ``deploy/`` holds what a server of one's own needs. With any
    other, there is a workflow. ``package`` is what this and the editors install.

    Raises :class:`~sitegen.problems.UsageError` if the folder is not empty, or if the package is
    none; :class:`~sitegen.problems.ConfigError` if the address of the portal is none.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("folder-not-empty", path=str(folder))
    pinned = pin_package(package) if package or host in WORKFLOWS else None
    config = _CONFIG.format(
        title=quote(portal.title), url=portal.url, governing_body=quote(portal.governing_body)
    ).encode()
    parse_config(config)
    theme = find_folder(TEMPLATES)
    shutil.copytree(theme, folder / TEMPLATES)
    keep_base(folder / TEMPLATES, theme)
    shutil.copytree(find_folder(_SKELETON), folder, dirs_exist_ok=True)
    # An installed package may have lost which of its files can be run.
    (folder / ".githooks/pre-commit").chmod(0o755)
    guide = (find_folder("docs") / _GUIDE).read_text("utf-8")
    _write(folder / "HUONG-DAN.md", guide.replace(f"]({_PICTURES}/", "](huong-dan/"))
    shutil.copytree(find_folder("docs") / _PICTURES, folder / "huong-dan")
    for name in RECORDS:
        schema = json.dumps(make_schema(name), ensure_ascii=False, indent=2)
        _write(folder / f".vscode/{name}.json", f"{schema}\n")
    (folder / "content" / "media").mkdir(parents=True)
    text = write_article(
        title=quote("Bài viết đầu tiên"),
        date=f"{now:%Y-%m-%d} 00:00",
        category=quote("Tin tức - Sự kiện"),
        slug=quote("bai-viet-dau-tien"),
        author=quote("Ban Biên tập"),
        lead=quote(samples.FIRST_LEAD),
        draft="false",
        body=_FIRST_BODY,
    )
    _write(folder / "content/tin-tuc-su-kien" / f"{now.year:04}" / "bai-viet-dau-tien.md", text)
    _write(folder / "config.yaml", config.decode())
    _write(folder / ".gitignore", _GITIGNORE)
    if pinned:
        write_requirements(folder, pinned)
    if host == "server":
        write_deployment(folder / DEPLOYMENT, portal.url)
    elif host:
        write_workflow(folder, host)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
