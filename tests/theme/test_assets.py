import re
from pathlib import Path

import pytest
from fontTools import subset

import sitegen.theme.fonts
from sitegen.problems import Problem
from sitegen.theme.assets import Assets, read_assets
from sitegen.theme.fonts import CHARACTERS, subset_font
from support.doubles import replace_everywhere
from support.site_folder import CONFIG, REPOSITORY, SiteFolder

GENERATOR = b"e" * 16


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "templates" / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "templates"


def read(folder: Path, files: dict[str, str], base: str = "") -> Assets:
    assets, problems = read_assets(write(folder, files), folder / "cache", base, GENERATOR)
    assert problems == []
    return assets


def refuse(folder: Path, files: dict[str, str]) -> Problem:
    _, (problem,) = read_assets(write(folder, files), folder / "cache", "", GENERATOR)
    return problem


def data(assets: Assets, name: str) -> str:
    (found,) = (each for each in assets.files if assets.urls[name].endswith(each.path))
    return found.data.decode()


def test_names_carry_a_hash_of_the_contents(tmp_path: Path) -> None:
    one = read(tmp_path / "1", {"css/site.css": "a{}", "icons/mark.svg": "<svg/>"})
    two = read(tmp_path / "2", {"css/site.css": "b{}", "icons/mark.svg": "<svg/>"})
    assert one.urls.keys() == {"css/site.css", "icons/mark.svg"}
    for url in one.urls.values():
        assert re.fullmatch(r"/assets/(css/site|icons/mark)\.[0-9a-f]{10}\.(css|svg)", url)
    assert one.urls["css/site.css"] != two.urls["css/site.css"]
    assert one.urls["icons/mark.svg"] == two.urls["icons/mark.svg"]
    assert data(one, "css/site.css") == "a{}"


def test_the_base_stands_in_addresses_but_not_in_paths(tmp_path: Path) -> None:
    assets = read(tmp_path, {"a.svg": "x", "a.css": "a{background:url(a.svg)}"}, "/portal")
    assert assets.urls["a.svg"].startswith("/portal/assets/a.")
    assert all(each.path.startswith("assets/a.") for each in assets.files)
    assert data(assets, "a.css") == f"a{{background:url({assets.urls['a.svg']})}}"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("css/a.css", "a{background:url(../icons/x.svg)}"),
        ("css/a.css", "a{background:url('../icons/x.svg')}"),
        ("css/a.css", 'a{background:url( "../icons/x.svg" )}'),
        ("css/a.css", '@import url("../icons/x.svg");'),
        ("js/a.js", 'import x from "../icons/x.svg";'),
        ("js/a.js", "import '../icons/x.svg'"),
        ("js/a.js", "const x = () => import( '../icons/x.svg');"),
        ("js/a.js", "export * from '../icons/x.svg'"),
        ("js/a.js", "const x = new URL('../icons/x.svg', import.meta.url);"),
    ],
)
def test_references_are_rewritten_and_change_the_name(
    tmp_path: Path, name: str, source: str
) -> None:
    one = read(tmp_path / "1", {name: source, "icons/x.svg": "1"})
    two = read(tmp_path / "2", {name: source, "icons/x.svg": "2"})
    assert one.urls["icons/x.svg"] in data(one, name)
    assert "../icons" not in data(one, name)
    assert one.urls[name] != two.urls[name]


def test_other_addresses_stay_as_they_are(tmp_path: Path) -> None:
    css = "a{b:url(#x);c:url(data:image/png;base64,x);d:url(/media/x.png)}"
    js = 'import "https://example.org/x.js"; const a = "./no-import.js";'
    js += " const b = new URL(location), c = new URL('/x', location);"
    assets = read(tmp_path, {"a.css": css, "a.js": js})
    assert (data(assets, "a.css"), data(assets, "a.js")) == (css, js)


def test_what_is_missing_or_goes_in_a_circle_is_a_problem(tmp_path: Path) -> None:
    missing = refuse(tmp_path / "1", {"css/a.css": "a{b:url(x.svg)}"})
    assert (missing.code, missing.arguments["value"]) == ("asset-missing", "x.svg")
    assert missing.place.path == "templates/assets/css/a.css"
    font = refuse(tmp_path / "2", {"a.css": 'a{b:url("package:no_such_package/x.ttf")}'})
    assert font.code == "asset-missing"
    circle = refuse(
        tmp_path / "3",
        {"a.js": "import './b.js'", "b.js": "import './c.js'", "c.js": "import './b.js'"},
    )
    assert (circle.code, circle.arguments["value"]) == ("asset-cycle", "b.js → c.js → b.js")
    itself = refuse(tmp_path / "4", {"a.js": "import './a.js'"})
    assert itself.code == "asset-cycle"
    outside = refuse(tmp_path / "5", {"a.css": "a{b:url(../../x.svg)}"})
    assert outside.code == "asset-missing"


def test_hidden_files_are_not_published(tmp_path: Path) -> None:
    assert read(tmp_path, {"a.css": "", ".DS_Store": "x"}).urls.keys() == {"a.css"}


def test_fonts_are_cut_down_the_same_way_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_everywhere(monkeypatch, sitegen.theme.fonts.subset_font, subset_font)
    templates = REPOSITORY / "templates"
    one, problems = read_assets(templates, tmp_path / "1", "", GENERATOR)
    assert problems == []
    two, _ = read_assets(templates, tmp_path / "2", "", GENERATOR)
    assert one == two
    fonts = [each for each in one.files if each.path.endswith(".woff2")]
    assert fonts
    for font in fonts:
        assert font.data.startswith(b"wOF2")
        assert len(font.data) < 12_000


def test_every_theme_file_is_published_and_every_name_is_used(site: SiteFolder) -> None:
    gallery = "  - name: Thư viện ảnh\n    kind: gallery\n"
    site.write("config.yaml", f"{CONFIG}{gallery}stats: true\n").article("a").build()
    assets = {path for path in site.files() if path.startswith("assets/")}
    naming = (".html", ".css", ".js", "manifest.json")
    text = b"".join(data for path, data in site.files().items() if path.endswith(naming)).decode()
    assert {path for path in assets if f"/{path}" not in text} == set()
    for url in re.findall(r"/assets/[A-Za-z0-9/._-]+", text):
        assert url[1:] in assets


@pytest.mark.parametrize(
    ("source", "published"),
    [
        ("/* A */\na  >  b {\n  c: d;\n}\n", " a > b { c: d; } "),
        ("a{width:calc(1px\n\t+ 2px)}", "a{width:calc(1px + 2px)}"),
        # Spaces that mean something, at any depth, and those of a text.
        (
            "@layer x { @media print { .a  :is( b , c ) {} } }",
            "@layer x { @media print { .a :is( b , c ) {} } }",
        ),
        ("a{content:'/* x  y */'}", 'a{content:"/* x  y */"}'),
        ("a{margin:1px/**/2px}", "a{margin:1px/**/2px}"),
        ("a{b:url(data:image/png;base64,x)}", "a{b:url(data:image/png;base64,x)}"),
        ('a::after{content:"→" / ""}', 'a::after{content:"→" / ""}'),
    ],
)
def test_a_style_sheet_is_published_without_comments_and_line_breaks(
    tmp_path: Path, source: str, published: str
) -> None:
    assert data(read(tmp_path, {"a.css": source}), "a.css") == published


def test_the_letters_of_a_font_are_divided_as_the_style_sheet_says() -> None:
    vietnamese, latin = map(subset.parse_unicodes, CHARACTERS.values())
    assert set(vietnamese).isdisjoint(latin)
    letters = (
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    )
    assert set(letters + letters.upper() + "“”‘’–…₫°²×") <= {chr(each) for each in vietnamese}
    style = (REPOSITORY / "templates/assets/css/site.css").read_text("utf-8")
    ranges = re.findall(r"unicode-range:([^;]+);", style)
    assert len(ranges) == style.count("#latin")
    for each in ranges:
        assert subset.parse_unicodes("".join(each.split())) == latin


def test_letters_that_nobody_knows_are_a_problem(tmp_path: Path) -> None:
    font = "package:fontpkg_be_vietnam_pro/files/BeVietnamPro-Regular.ttf#greek"
    assert refuse(tmp_path, {"a.css": f'a{{b:url("{font}")}}'}).code == "asset-missing"


def test_a_broken_theme_stops_the_build(site: SiteFolder) -> None:
    site.write("templates/assets/css/extra.css", "a{b:url(none.svg)}")
    assert any("asset-missing" in each for each in site.problems())


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("// Lời.\nconst a = 1;\n  // Lời.\nrun(a); // hết\n", "const a = 1;\nrun(a); // hết\n"),
        ("// a\nf(\n  1, // b\n  // c\n);\n\n", "f(\n1, // b\n);\n"),
        ("run('// a');\n", "run('// a');\n"),
        ("run(`a\n// b\n`);\n// Lời.\n", "run(`a\n// b\n`);\n// Lời.\n"),
        ("run('a\\\n// b');\n", "run('a\\\n// b');\n"),
        ("run('a\\\r\n// b');\r\n", "run('a\\\r\n// b');\r\n"),
        ("/* a\n// b */\nrun();\n", "/* a\n// b */\nrun();\n"),
    ],
)
def test_scripts_are_published_without_lines_of_comments(
    site: SiteFolder, written: str, published: str
) -> None:
    site.write("templates/assets/js/mau.js", written.encode()).build()
    (path,) = (site.output / "assets" / "js").glob("mau.*.js")
    assert path.read_bytes() == published.encode()
