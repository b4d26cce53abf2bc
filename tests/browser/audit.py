"""The sample site before inspectors: axe-core for accessibility, the Nu checker for HTML.

What machines read is held against the schemas that others have published. ``make audit`` fetches
all of them and runs this file. It is no part of ``make test``, because they come from npm, and one
of them wants Java.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from playwright.sync_api import BrowserContext, Page

from support.sample_site import find_article
from support.varied import COUNT, write_varied

# Where `make audit` put the packages.
MODULES = Path(os.environ.get("SITEGEN_AUDIT", "build/npm/node_modules")).absolute()
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
# What others have published of formats.
JSON_FEED = MODULES / "jsonfeed-schema" / "schema-v1.1.json"
MANIFEST = MODULES / "schemastore" / "schemas" / "json" / "web-manifest.json"
SITEMAP = MODULES / "sitemap" / "schema" / "sitemap.xsd"
# WCAG 2.2 of levels A and AA, and what axe itself holds to be good.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def page(context: BrowserContext) -> Page:
    # Colours are measured where they have come to rest.
    context.add_init_script(path=AXE)
    opened = context.new_page()
    opened.emulate_media(reduced_motion="reduce")
    return opened


def inspect(page: Page) -> list[str]:
    """Return every violation on a page, each with the elements that it is about."""
    found: Any = page.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
    assert found["passes"]
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes']]}"
        for each in found["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_template_is_accessible(
    page: Page,
    address: str,
    one_of_each: list[str],
    video_article: str,
    width: int,
    scheme: Any,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}
    for url in (*one_of_each, video_article, "/404.html"):
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
        found[url] = inspect(page)
    assert not any(found.values()), json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opener", ["Tìm kiếm", "Danh mục"])
def test_what_opens_on_a_telephone_is_accessible(
    page: Page, address: str, opener: str, scheme: Any
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/")
    page.get_by_role("button", name=opener).click()
    assert inspect(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_viewer_of_photos_is_accessible(
    page: Page, sample: Path, address: str, width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(address + find_article(sample, "Một vòng xứ Quảng"))
    for number in (0, 1):
        page.locator("a.enlarge").nth(number).click()
        page.locator(".viewer[open]").wait_for()
        assert inspect(page) == []
        page.keyboard.press("Escape")
        page.wait_for_function("!history.state?.photo")


def test_the_inspector_finds_what_is_wrong(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any(each.startswith("image-alt") for each in inspect(page))


def check_html(*paths: Path) -> list[str]:
    """Return the errors and warnings of the Nu checker."""
    command = ["java", "-jar", str(NU), "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    return [
        f"{each.get('url', '')}:{each.get('lastLine', 0)}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
    ]


def test_every_page_is_valid_html(sample: Path) -> None:
    pages = sorted(sample.rglob("*.html"))
    assert len(pages) > 200
    assert check_html(*pages) == []


def test_a_hundred_articles_of_all_that_editors_write_are_valid_html(tmp_path: Path) -> None:
    pages = sorted(write_varied(tmp_path / "varied").rglob("*.html"))
    assert sum("/bai-" in path.as_posix() for path in pages) == COUNT
    assert check_html(*pages) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "a.html"
    wrong.write_text("<!doctype html><html lang=vi><title>A</title><p><div></p>", "utf-8")
    assert any("p" in each for each in check_html(wrong))


def check_json(schema: Path, data: Any) -> list[str]:
    """Return what a published schema has against a value."""
    rules = json.loads(schema.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(rules)(rules)
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(data)]


def test_every_json_feed_is_as_published(sample: Path) -> None:
    feeds = [json.loads(path.read_bytes()) for path in sample.rglob("feed.json")]
    assert len(feeds) > 10
    assert [found for feed in feeds for found in check_json(JSON_FEED, feed)] == []
    for item in feeds[0]["items"]:
        item["content_html"] = item.pop("content_text")
    assert check_json(JSON_FEED, feeds[0]) == []
    del feeds[0]["title"]
    assert check_json(JSON_FEED, feeds[0])


def test_the_manifest_is_as_published(sample: Path) -> None:
    manifest = json.loads((sample / "manifest.json").read_bytes())
    assert check_json(MANIFEST, manifest) == []
    assert check_json(MANIFEST, manifest | {"display": "x"})


def test_every_sitemap_is_as_published(sample: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SITEMAP))
    sitemaps = [path for path in (sample / "sitemap").iterdir() if path.name != "tin-moi.xml"]
    assert len(sitemaps) > 2
    for path in sitemaps:
        schema.assertValid(etree.parse(path))
    assert not schema.validate(etree.parse(sample / "sitemap.xml"))
