import ast
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image

from sitegen import views
from sitegen.cli import DONE, FAULT, INTERRUPTED, PROBLEMS, USAGE, commands
from sitegen.content.config import parse_config
from sitegen.content.declarations import Declaration, Group, list_fields
from sitegen.content.decoding import LARGEST_FILE
from sitegen.content.discovery import discover
from sitegen.content.kinds import KINDS
from sitegen.content.reading import read_content
from sitegen.content.selection import arrange
from sitegen.content.settings import Config
from sitegen.foundation.text import format_size
from sitegen.incremental.content_cache import PlanCache
from sitegen.media.formats import DOCUMENTS, FORMATS
from sitegen.media.pictures import MOST_PIXELS
from sitegen.pages.context import make_context
from sitegen.pages.planned import PlannedPage
from sitegen.plan import make_plan
from support.catalogs import list_codes
from support.documents import make_pdf
from support.guide import GUIDE, write_tables
from support.site_folder import NOW, REPOSITORY, SiteFolder
from support.source_code import ROWS

DOCS = REPOSITORY / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *REPOSITORY.glob("*.md")])
# Records of the views that no template is given as they are.
_BEHIND_A_BODY = {"BodyView", "Target"}


def read(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of the same rank."""
    rank = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{len(rank)}}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"there is no heading {heading!r}"
    return found[1]


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every table, but for the heads."""
    for row in re.findall(r"^\|(.*`.*)\|$", text, re.MULTILINE):
        yield [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", row)]


def first_names(text: str) -> list[str]:
    """Return the names in the first column: of a cell ``--root DIR``, ``--root``."""
    return [name.split()[0] for cells in rows(text) for name in re.findall(r"`([^`]+)`", cells[0])]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def list_keys(declaration: Declaration, prefix: str = "") -> Iterator[str]:
    """Yield all that is declared, each name with those above it."""
    for slot in declaration.slots:
        below = f"{slot.field.below}." if slot.field.below else prefix
        yield from {below.rstrip("."), f"{below}{slot.name}"} - {prefix.rstrip(".")}
        if isinstance(slot.field, Group):
            yield from list_keys(slot.field.declaration, f"{below}{slot.name}.")


def compare(documented: list[str], real: set[str]) -> list[str]:
    """Return what is real but not documented, documented but not real, or documented twice."""
    return [
        *(f"not documented: {name}" for name in sorted(real - set(documented))),
        *(f"does not exist: {name}" for name in sorted(set(documented) - real)),
        *(f"documented twice: {name}" for name, count in Counter(documented).items() if count > 1),
    ]


def test_what_is_missing_or_too_much_or_repeated_is_found() -> None:
    text = "| name | what |\n| --- | --- |\n| `--one N` | |\n| `-t`, `--two` | `no` |\n"
    assert first_names(text) == ["--one", "-t", "--two"]
    assert compare(first_names(text), {"--one", "-t", "--two"}) == []
    assert compare([*first_names(text), "-t"], {"--one", "-t", "--three"}) == [
        "not documented: --three",
        "does not exist: --two",
        "documented twice: -t",
    ]


class TestCommands:
    def options(self, command: click.Command) -> set[str]:
        names = {name for each in command.params for name in each.opts if name != "--help"}
        return {name.upper() if not name.startswith("-") else name for name in names}

    def test_every_command_has_its_part(self) -> None:
        headings = re.findall(r"^## ([a-z-]+)$", read("commands.md"), re.MULTILINE)
        assert compare(headings, set(commands.main.commands)) == []

    @pytest.mark.parametrize("name", commands.main.commands)
    def test_every_option_is_documented(self, name: str) -> None:
        documented = first_names(section(read("commands.md"), f"## {name}"))
        assert compare(documented, self.options(commands.main.commands[name])) == []

    def test_the_options_of_the_program_are_documented(self) -> None:
        documented = first_names(read("commands.md").partition("\n## ")[0])
        assert compare(documented, self.options(commands.main) | {"-h", "--help"}) == []

    def test_the_exit_codes_are_documented(self) -> None:
        documented = first_names(section(read("commands.md"), "## Exit codes"))
        codes = (DONE, PROBLEMS, USAGE, FAULT, INTERRUPTED)
        assert compare(documented, set(map(str, codes))) == []

    def test_the_default_port_is_documented(self) -> None:
        assert f"Default: {commands.PORT}." in section(read("commands.md"), "## serve")


class TestConfig:
    def test_every_key_is_documented_and_in_the_example(self) -> None:
        smallest, whole = blocks(read("config.md"), "yaml")
        parse_config(smallest.encode())
        parse_config(whole.encode())
        keys = [cells[0].strip("`") for cells in rows(section(read("config.md"), "## The keys"))]
        assert compare(keys, set(list_keys(list_fields(Config)))) == []
        lines = [line.strip(" -").partition(":")[0] for line in whole.splitlines() if line]
        assert {key.rpartition(".")[2] for key in keys} == set(lines)

    def test_the_defaults_are_those_of_the_program(self) -> None:
        smallest = parse_config(blocks(read("config.md"), "yaml")[0].encode())
        for key, _, default, _ in rows(section(read("config.md"), "## The keys")):
            if default not in {"required", "from the name"}:
                value = self.look_up(smallest, key.strip("`"))
                assert default == self.spell(value), key

    def look_up(self, config: Config, key: str) -> object:
        names = key.removeprefix("site.").split(".")
        found: object = config.categories[0] if names[0] == "categories" else config
        for name in names[1:] if names[0] == "categories" else names:
            # A list of groups is looked up in its first one, or else in what all have.
            found = getattr(found, name) if found != () else ()
        return found

    def spell(self, value: object) -> str:
        if isinstance(value, tuple):
            return " ".join(f"`{each}`" for each in value) or "–"
        if isinstance(value, bool):
            return f"`{str(value).lower()}`"
        is_group = hasattr(value, "__struct_fields__")
        return "–" if value in {"", None} or is_group else f"`{value}`"


class TestFrontMatter:
    def test_the_tables_are_the_declared_fields(self) -> None:
        guide = GUIDE.read_text("utf-8")
        assert write_tables(guide) == guide, "run `make docs`"
        named = set(first_names(guide))
        assert all(list_fields(kind.record).names.keys() <= named for kind in KINDS)

    def test_the_kinds_of_files_are_documented(self) -> None:
        part = section(read(GUIDE.name), "### Tài liệu đính kèm")
        assert set(re.findall(r"`(\.\w+)`", part)) | {".pdf"} == DOCUMENTS
        pictures = section(read(GUIDE.name), "### Ảnh")
        assert all(each.name in pictures.upper() for each in FORMATS)

    def test_the_article_of_the_guide_can_be_published(self, site: SiteFolder) -> None:
        example = blocks(read(GUIDE.name), "markdown")[0]
        drawn = io.BytesIO()
        Image.new("RGB", (40, 30)).save(drawn, "JPEG")
        for path in re.findall(r"/media/\S+\.jpg", example):
            site.write(f"content{path}", drawn.getvalue())
        site.write("content/media/tai-lieu/bao-cao-quy-iii.pdf", make_pdf())
        site.write("content/bai.md", example)
        assert site.problems() == []
        site.build()
        title = "hoi-nghi-so-ket-quy-iii-nhieu-chi-bo-co-cach-lam-moi"
        page = site.page(f"/hoat-dong-cua-co-so/2026/10/{title}/")
        for part in ("<figcaption>", "<table>", "<blockquote>", "attachment-size", "fnref"):
            assert part in page


def test_every_problem_is_explained_to_editors() -> None:
    documented = first_names(section(read(GUIDE.name), "## Các thông báo lỗi"))
    assert compare(documented, list_codes()) == []


def test_the_limits_are_those_of_the_program() -> None:
    cells = {row[0].strip("`"): row[1] for row in rows(read(GUIDE.name))}
    assert format_size(LARGEST_FILE) in cells["file-too-large"]
    assert f"{MOST_PIXELS // 1_000_000} triệu điểm ảnh" in section(read(GUIDE.name), "### Ảnh")


class TestThemes:
    def test_every_template_is_documented_with_its_view(self, site: SiteFolder) -> None:
        site.article("bai", date=f"{NOW:%Y-%m-%d}", aliases="[/cu.html]").write(
            "content/pages/trang.md", "---\ntitle: A\n---\n"
        ).write("content/people/an.md", "---\nname: An\npost: Văn thư\n---\nTiểu sử.\n")
        written = (site.root / "config.yaml").read_text("utf-8")
        site.write(
            "config.yaml", f"{written}  - name: Thư viện ảnh\n    kind: gallery\noffline: true\n"
        )
        config = parse_config((site.root / "config.yaml").read_bytes())
        content, _, _ = read_content(site.root, config, discover(site.root, 0), {}, 1)
        arranged, _ = arrange(config, content, NOW, drafts=False)
        context = make_context(arranged, {}, {}, noindex=False)
        plan = make_plan(site.root, context, (), {}, (), PlanCache())
        real = {
            page.template: type(page.compose(context.shared, page.own, page.around)).__name__
            for group in plan.groups
            for page in group.plan()
            if isinstance(page, PlannedPage)
        }
        table = rows(section(read("themes.md"), "## Templates"))
        documented = {cells[0].strip("`"): cells[1].strip("`") for cells in table}
        assert documented == real
        assert all((REPOSITORY / "templates" / name).is_file() for name in real)

    def test_every_field_of_a_view_is_documented_with_its_type(self) -> None:
        part = section(read("themes.md"), "## Views")
        real = self.read_views()
        assert re.findall(r"^### (\w+)$", part, re.MULTILINE) == list(real)
        for name, fields in real.items():
            table = rows(section(part, f"### {name}"))
            assert [(cells[0].strip("`"), cells[1].strip("`")) for cells in table] == fields

    def read_views(self) -> dict[str, list[tuple[str, str]]]:
        tree = ast.parse(Path(views.__file__).read_text("utf-8"))
        return {
            each.name: [
                (
                    ast.unparse(field.target),
                    ast.unparse(field.annotation).replace("BodyView", "html"),
                )
                for field in each.body
                if isinstance(field, ast.AnnAssign)
            ]
            for each in tree.body
            if isinstance(each, ast.ClassDef) and each.name not in _BEHIND_A_BODY
        }


class TestContributing:
    def test_every_package_has_its_row(self) -> None:
        text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
        documented = [
            (cells[0], cells[1].strip("`")) for cells in rows(section(text, "## Modules"))
        ]
        assert documented == [(str(row), name) for row, names in enumerate(ROWS) for name in names]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE)
            assert anchor in {make_anchor(heading) for heading in headings}, target


def find_missing_files(text: str) -> set[str]:
    """Return the files and folders of ours that a text names and that are not there."""
    named = re.findall(r"(?<![\w/.])(?:tests|sitegen|benchmarks|deploy)/[\w./-]*\w", text)
    return {name for name in named if not (REPOSITORY / name).exists()}


def test_every_file_that_is_named_is_there() -> None:
    texts = [*PAGES, *(REPOSITORY / "sitegen").rglob("*.py"), REPOSITORY / "Makefile"]
    texts += filter(Path.is_file, (REPOSITORY / "deploy").rglob("*"))
    texts += (REPOSITORY / "tests").rglob("*.py")
    found = {
        text.relative_to(REPOSITORY).as_posix(): missing
        for text in texts
        if (missing := find_missing_files(text.read_text("utf-8")))
    }
    assert found == {}


def test_a_file_that_is_not_there_is_found() -> None:
    place = "tests"
    assert find_missing_files(f"`{place}/conftest.py`, {place}/gone.py.") == {f"{place}/gone.py"}


def make_anchor(heading: str) -> str:
    """Return the anchor that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_anchors_are_those_of_code_hosts() -> None:
    assert make_anchor("Bản nháp, hẹn giờ đăng") == "bản-nháp-hẹn-giờ-đăng"


def test_every_picture_is_shown_and_light() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)]*pictures/[^)]+)\)", page.read_text("utf-8"))
    }
    pictures = {each for each in (DOCS / "pictures").iterdir() if not each.name.startswith(".")}
    assert {each for each in shown if each.parent == DOCS / "pictures"} == pictures
    assert sum(each.stat().st_size for each in pictures) < 2_000_000


def test_every_template_of_a_page_has_its_picture() -> None:
    table = first_names(section(read("themes.md"), "## Templates"))
    pages = {name.removesuffix(".html") for name in table if name.endswith(".html")}
    # Nobody stays on a page that only leads on.
    pages.remove("redirect")
    # The sample site keeps nothing for reading without a network.
    pages.remove("offline")
    for device in ("desk", "telephone"):
        taken = {each.stem for each in (DOCS / "pictures").glob(f"*-{device}.webp")}
        assert taken == {f"{name}-{device}" for name in pages}
