"""The server of the preview, asked without a browser."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sitegen.cli.preview import serve_folder
from sitegen.cli.preview_notes import OVERLAY, OVERLAY_FOLDER, VERSION_URL
from sitegen.cli.preview_state import Preview
from sitegen.problems import UsageError

PAGE = "<html><body>Trang</body></html>"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "output"
    for path in ("index.html", "tin/index.html", "404.html", "assets/site.1a2b.css", "feed.json"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(PAGE, "utf-8")
    (folder.parent / "secret.txt").write_text("x", "utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    return folder


@pytest.fixture(scope="module")
def preview() -> Preview:
    return Preview()


@pytest.fixture(scope="module")
def server(output: Path, preview: Preview) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection to the preview of a site below /cong."""
    with serve_folder(output, 0, "/cong", preview) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        yield connection
        connection.close()


def ask(server: http.client.HTTPConnection, path: str) -> tuple[http.client.HTTPResponse, str]:
    server.request("GET", path)
    response = server.getresponse()
    return response, response.read().decode()


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [("/", 302, "/cong/"), ("/cong", 404, None), ("/cong/tin", 301, "/cong/tin/")],
)
def test_addresses_of_folders_lead_to_pages(
    server: http.client.HTTPConnection, path: str, status: int, target: str | None
) -> None:
    response, _ = ask(server, path)
    assert (response.status, response.headers["Location"]) == (status, target)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/cong/", 200, "text/html; charset=utf-8"),
        ("/cong/tin/?x=1", 200, "text/html; charset=utf-8"),
        ("/cong/feed.json", 200, "application/json; charset=utf-8"),
        ("/cong/tin/khong-co", 404, "text/html; charset=utf-8"),
        ("/tin/", 404, "text/html; charset=utf-8"),
        ("/cong/../secret.txt", 404, "text/html; charset=utf-8"),
        ("/cong/%2e%2e/secret.txt", 404, "text/html; charset=utf-8"),
        ("/cong/tin/..%2f..%2f..%2fsecret.txt", 404, "text/html; charset=utf-8"),
        ("/cong/link.txt", 404, "text/html; charset=utf-8"),
        ("/cong/%00", 404, "text/html; charset=utf-8"),
    ],
)
def test_only_the_output_is_served(
    server: http.client.HTTPConnection, path: str, status: int, kind: str
) -> None:
    response, text = ask(server, path)
    assert (response.status, response.headers["Content-Type"]) == (status, kind)
    assert "Trang" in text
    assert response.headers["Cache-Control"] == "no-store"


def test_browsers_keep_files_of_the_theme_alone(server: http.client.HTTPConnection) -> None:
    response, text = ask(server, "/cong/assets/site.1a2b.css")
    assert (response.headers["Content-Type"], text) == ("text/css; charset=utf-8", PAGE)
    assert "immutable" in response.headers["Cache-Control"]


def test_a_page_waits_for_a_newer_version(
    server: http.client.HTTPConnection, preview: Preview
) -> None:
    assert 'data-version="0"' in ask(server, "/cong/")[1]
    preview.advance()
    told = ask(server, f"{VERSION_URL}?after=0&page=/cong/tin/")[1]
    assert json.loads(told) == {"version": 1, "url": "/cong/tin/"}
    assert 'data-version="1"' in ask(server, "/cong/")[1]


def test_notes_and_their_parts_are_added_to_pages_alone(
    server: http.client.HTTPConnection, output: Path
) -> None:
    for path, kind in OVERLAY.items():
        response, text = ask(server, path)
        assert (response.status, text) == (200, (OVERLAY_FOLDER / kind).read_text("utf-8"))
    page = ask(server, "/cong/")[1]
    assert page.startswith("<html><body><sitegen-preview")
    assert page.endswith("Trang</body></html>")
    assert (output / "index.html").read_text("utf-8") == PAGE
    assert ask(server, "/cong/feed.json")[1] == PAGE


def test_without_a_preview_pages_are_what_was_built(output: Path) -> None:
    with serve_folder(output, 0, "", None) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        assert ask(connection, "/tin/")[1] == PAGE
        connection.close()


def test_a_port_that_is_taken_is_wrong_usage(output: Path) -> None:
    with serve_folder(output, 0, "", None) as address:
        port = urlsplit(address).port or 0
        with pytest.raises(UsageError), serve_folder(output, port, "", None):
            pass
