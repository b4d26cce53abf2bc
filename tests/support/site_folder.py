"""Small sites that are written, built, changed and looked at."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from sitegen.build import Report, Request, build, check
from sitegen.cli.messages import format_text
from sitegen.incremental.manifest import Manifest, format_manifest, parse_manifest
from sitegen.output.manifest_file import read_manifest, seal_manifest, write_manifest
from sitegen.problems import Problem, ProblemsFoundError

REPOSITORY = Path(__file__).parents[2]
SEED = REPOSITORY.parent / "shared" / "seed"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)

CONFIG = """\
site:
  title: Cổng thử nghiệm
  url: https://example.org
  language: en
categories:
  - name: Hoạt động của cơ sở
  - name: Công tác xây dựng Đảng
"""
# The same where pages are looked at.
VIETNAMESE = CONFIG.replace("language: en", "language: vi")


class SiteFolder:
    """A site on disk, with the verbs of a test: write, build, look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"

    def write(self, path: str, text: str | bytes) -> "SiteFolder":
        """Write a file below the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
        else:
            target.write_text(text, "utf-8")
        return self

    def article(self, name: str, body: str = "Nội dung.", **fields: str) -> "SiteFolder":
        """Write ``content/<name>.md`` with front matter that is complete but for ``fields``.

        A field given as an empty text is left out.
        """
        written = {
            "title": f'"{name}"',
            "date": "2024-05-06 07:08",
            "category": "Hoạt động của cơ sở",
            "author": "Thu Hà",
            **fields,
        }
        lines = "".join(f"{key}: {value}\n" for key, value in written.items() if value)
        return self.write(f"content/{name}.md", f"---\n{lines}---\n\n{body}\n")

    def request(
        self,
        now: datetime = NOW,
        *,
        jobs: int = 1,
        drafts: bool = False,
        search: bool = False,
        later: bool = False,
    ) -> Request:
        """Return what the verbs below ask the generator for."""
        flags = {"search": search, "index_later": later}
        return Request(self.root, self.output, now, jobs, drafts, **flags)

    def build(
        self,
        now: datetime = NOW,
        *,
        jobs: int = 1,
        drafts: bool = False,
        search: bool = False,
        later: bool = False,
    ) -> Report:
        """Build the site in this process."""
        flags = {"drafts": drafts, "search": search, "later": later}
        return build(self.request(now, jobs=jobs, **flags))

    def mark_provisional(self) -> None:
        """Let the output be one whose search index is still an earlier one."""
        manifest = parse_manifest(read_manifest(self.output))
        assert manifest.site
        site = msgspec.structs.replace(manifest.site, provisional=True)
        marked = Manifest(site, manifest.groups)
        write_manifest(self.output, seal_manifest(*format_manifest(marked)))

    def problems(self, now: datetime = NOW) -> list[str]:
        """Return the problems and warnings as the command prints them, in English."""
        return [format_text(each, "en") for each in self.find_problems(now)]

    def find_problems(self, now: datetime = NOW) -> tuple[Problem, ...]:
        """Return the problems and warnings of the site."""
        try:
            return check(self.request(now))
        except ProblemsFoundError as error:
            return error.problems

    def page(self, url: str) -> str:
        """Return the built page at an address."""
        path = url.removeprefix("/")
        return (self.output / (f"{path}index.html" if url.endswith("/") else path)).read_text(
            "utf-8"
        )

    def files(self) -> dict[str, bytes]:
        """Return every built file by its path below the output."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }
