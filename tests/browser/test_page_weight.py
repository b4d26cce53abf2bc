"""What pages weigh on the wire, as nginx sends them to a browser."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

KILOBYTE = 1000
# Ten packets of a new connection: what arrives in the first answer.
BEFORE_TEXT = 14 * KILOBYTE
ALTOGETHER = 60 * KILOBYTE
LARGEST_SCRIPT = 10 * KILOBYTE
# What may be larger; a search and a video are fetched when the reader wishes so.
PICTURES = {"Image"}
# What a server says besides: some ten headers for a page, fewer for a style sheet.
HEADERS = 1500


def compress(data: bytes) -> int:
    """Return how many bytes of ``data`` are sent: nginx compresses with this level."""
    return len(gzip.compress(data, 6))


def weigh_until(sample: Path, page: Path, landmark: bytes) -> int:
    """Return what is sent of a page up to its ``landmark``, and of all that blocks it till then."""
    html = page.read_bytes()
    head, _, _ = html.partition(b"</head>")
    styles = re.findall(rb'<link rel="stylesheet" href="/([^"]+)">', head)
    assert styles
    # One script of a few lines blocks: it sets the colours that the reader chose.
    scripts = re.findall(rb'<script src="/([^"]+)">', head)
    assert len(scripts) == 1
    others = re.findall(rb"<script (?!src=)[^>]*>", head)
    assert all(b'type="module"' in each or b"ld+json" in each for each in others)
    shown, found, _ = html.partition(landmark)
    assert found
    blocking = sum(compress((sample / each.decode()).read_bytes()) for each in styles + scripts)
    return compress(shown + found) + blocking + HEADERS


def list_articles(sample: Path) -> list[Path]:
    found = sorted(sample.glob("*/20*/*/*/index.html"))
    assert len(found) > 50
    return found


def test_the_text_of_every_article_shows_within_the_first_packets(sample: Path) -> None:
    for page in list_articles(sample):
        _, _, body = page.read_bytes().partition(b'<div class="prose">')
        first, end, _ = body.partition(b"</p>")
        assert weigh_until(sample, page, first + end) <= BEFORE_TEXT, page


@pytest.mark.parametrize("path", ["index.html", "hoat-dong-cua-co-so/index.html"])
def test_the_first_story_of_a_list_shows_within_the_first_packets(sample: Path, path: str) -> None:
    assert weigh_until(sample, sample / path, b"</article>") <= BEFORE_TEXT


@pytest.fixture
def load(browser: Browser, portal: str) -> Callable[[str], dict[str, int]]:
    """Return what opens a page in a fresh browser, and says how many bytes came of each kind."""

    def measure(path: str) -> dict[str, int]:
        context = browser.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        kinds: dict[str, str] = {}
        weights: dict[str, int] = {}
        network.on(
            "Network.responseReceived",
            lambda event: kinds.update({event["requestId"]: event["type"]}),
        )

        def note(event: dict[str, str]) -> None:
            kind = kinds[event["requestId"]]
            weights[kind] = weights.get(kind, 0) + int(event["encodedDataLength"])

        network.on("Network.loadingFinished", note)
        page.goto(portal + path)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        context.close()
        return weights

    return measure


@pytest.mark.browser
def test_everything_but_pictures_is_light(
    load: Callable[[str], dict[str, int]], sample: Path
) -> None:
    articles = sorted(list_articles(sample), key=lambda page: compress(page.read_bytes()))
    italic = [page for page in articles if b"<em>" in page.read_bytes()]
    pages = {articles[0], articles[len(articles) // 2], articles[-1], italic[-1]}
    paths = ["/", "/hoat-dong-cua-co-so/", "/gioi-thieu/", "/tac-gia/"]
    paths += [f"/{page.parent.relative_to(sample).as_posix()}/" for page in sorted(pages)]
    for path in paths:
        weights = load(path)
        assert {"Document", "Stylesheet", "Font", "Script"} <= weights.keys()
        assert sum(weights[kind] for kind in weights.keys() - PICTURES) <= ALTOGETHER, weights


def test_scripts_are_small_modules(sample: Path) -> None:
    scripts = sorted((sample / "assets" / "js").glob("*.js"))
    assert len(scripts) > 10
    for script in scripts:
        assert script.stat().st_size < LARGEST_SCRIPT, script.name
        if not script.name.startswith("colours-first."):
            assert re.search(r"^(export|import|for) ", script.read_text("utf-8"), re.MULTILINE)
