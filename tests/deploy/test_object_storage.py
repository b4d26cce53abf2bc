"""The recipe of docs/deploy.md for S3 and the like, as it stands there, against moto's server."""

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.deploy_guide import read_commands

CONFIGURE, PUBLISH = read_commands("Object storage")
BIN = Path(sys.executable).parent
# A request as the server notes it: what was asked, of which key.
REQUEST = re.compile(r"(PUT|DELETE|POST) /portal/?([^ ?]*)[^ ]* HTTP")
NAMED = re.compile(r'(?:src|href|srcset|content|data-[a-z-]+)="([^"]+)"')
PAGES = (".html", ".xml", ".json", ".txt")


class Storage:
    """A bucket on moto's server, and the requests that changed it, in their order."""

    def __init__(self, endpoint: str) -> None:
        import boto3

        self.client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id="a",
            aws_secret_access_key="b",  # noqa: S106 (any is right)
            region_name="us-east-1",
        )
        self.client.create_bucket(Bucket="portal")
        self.changes: list[tuple[str, str]] = []
        self._endpoint = endpoint

    def publish(self, site: Path, programs: Path | None = None) -> list[tuple[str, str]]:
        """Run the recipe in a site's folder, and return what it changed.

        Programs in the folder ``programs`` come before those of the system.
        """
        self.changes.clear()
        configured = CONFIGURE.replace("https://s3.example.org", self._endpoint)
        path = f"{programs or ''}:{BIN}:{os.environ['PATH']}"
        subprocess.run(
            ["sh", "-c", f"{configured}\n{PUBLISH}"],
            cwd=site,
            check=True,
            capture_output=True,
            env=os.environ | {"PATH": path, "RCLONE_CONFIG": os.devnull},
        )
        return list(self.changes)

    def list_keys(self) -> set[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket="portal")
        return {each["Key"] for page in pages for each in page.get("Contents", [])}


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    from moto.server import ThreadedMotoServer

    made: list[Storage] = []

    class Note(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found = REQUEST.search(record.getMessage())
            if found and made:
                made[0].changes.append((found[1], found[2]))

    logger, note = logging.getLogger("werkzeug"), Note()
    logger.setLevel(logging.INFO)
    monkeypatch.setattr(logger, "propagate", False)
    logger.addHandler(note)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    made.append(Storage(f"http://127.0.0.1:{port}"))
    yield made[0]
    server.stop()
    logger.removeHandler(note)


def list_files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".gitignore"
    }


def find_named(output: Path, page: str, files: set[str]) -> set[str]:
    """Return the files of the output that a page names, other pages left out."""
    text = (output / page).read_text("utf-8")
    addresses = {part.split(" ")[0] for value in NAMED.findall(text) for part in value.split(", ")}
    named = {unquote(each.partition("#")[0]).lstrip("/") for each in addresses} & files
    return {path for path in named if not path.endswith(PAGES)}


@pytest.mark.slow
def test_no_page_names_a_file_that_is_not_there_yet(
    storage: Storage, sample: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    shutil.copytree(sample, output, ignore=shutil.ignore_patterns(".gitignore"))
    changes = storage.publish(tmp_path)
    sent = {unquote(key): number for number, (_, key) in enumerate(changes)}
    every = list_files(output)
    assert sent.keys() == every == storage.list_keys()
    pages = [path for path in every if path.endswith(".html")]
    named = {page: find_named(output, page, every) for page in pages}
    assert sum(map(len, named.values())) > len(pages)
    for page, files in named.items():
        assert all(sent[file] < sent[page] for file in files)

    # Another style sheet, one edited page, one page that is gone.
    style = next(path for path in list_files(output) if path.startswith("assets/css/site."))
    fresh = re.sub(r"\.[0-9a-f]{10}\.", ".0123456789.", style)
    (output / style).rename(output / fresh)
    front = output / "index.html"
    front.write_text(front.read_text("utf-8").replace(style, fresh), "utf-8")
    (output / "so-do-trang/index.html").unlink()
    changes = storage.publish(tmp_path)
    assert [key for verb, key in changes if verb == "PUT"] == [fresh, "index.html"]
    assert changes[2:] != []
    assert {verb for verb, _ in changes[2:]} <= {"DELETE", "POST"}
    assert storage.list_keys() == list_files(output)
    assert storage.publish(tmp_path) == []


def test_each_file_is_kept_as_long_as_nginx_says(storage: Storage, tmp_path: Path) -> None:
    kinds = {
        "assets/css/site.0123456789.css": "public, max-age=31536000, immutable",
        "tim-kiem/chi-muc/2024-05/index/abcdefgh.bin": "public, max-age=31536000, immutable",
        "tim-kiem/chi-muc/2024-05/bundle.json": "no-cache",
        "media/2024/van-ban.pdf": "public, max-age=3600, stale-while-revalidate=86400",
        "media/ghi-chep.txt": "public, max-age=3600, stale-while-revalidate=86400",
        "tin/2024/05/bai/chia-se.jpg": "no-cache",
        "tin/2024/05/bai/index.html": "no-cache",
        "rss.xml": "no-cache",
    }
    for path in kinds:
        file = tmp_path / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, "utf-8")
    storage.publish(tmp_path)
    found = {
        path: storage.client.head_object(Bucket="portal", Key=path)["CacheControl"]
        for path in kinds
    }
    assert found == kinds


def test_a_failure_deletes_nothing_and_changes_no_page(storage: Storage, tmp_path: Path) -> None:
    output = tmp_path / "output"
    (output / "media").mkdir(parents=True)
    (output / "media/anh.jpg").write_bytes(b"1")
    (output / "index.html").write_bytes(b"1")
    (output / "cu.html").write_bytes(b"1")
    storage.publish(tmp_path)
    (output / "cu.html").unlink()
    (output / "index.html").write_bytes(b"2")
    programs = tmp_path / "bin"
    programs.mkdir()
    failing = programs / "rclone"
    failing.write_text(f'#!/bin/sh\ncase $* in */media/*) exit 1; esac\nexec {BIN}/rclone "$@"\n')
    failing.chmod(0o755)
    with pytest.raises(subprocess.CalledProcessError):
        storage.publish(tmp_path, programs)
    assert storage.changes == []
    assert storage.list_keys() == {"media/anh.jpg", "index.html", "cu.html"}
