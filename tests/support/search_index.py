"""The search index of a built site, as tests read it."""

import gzip
import json
from pathlib import Path
from typing import Any

from sitegen.foundation.words import speak

INDEX = "tim-kiem/chi-muc"


def list_documents(output: Path) -> dict[str, dict[str, Any]]:
    """Return what the index shows of each document, by its address."""
    blocks = (unpack(path) for path in (output / INDEX).glob("*/fragment/*"))
    return {document["url"]: document for block in blocks for document in block}


def list_texts(output: Path) -> dict[str, dict[str, Any]]:
    """Return the documents that are more than a name: articles, standing pages, people."""
    kinds = ("Chuyên mục", "Thẻ", "Tác giả", "Lưu trữ", "Tài liệu")
    names = {speak(each, language) for each in kinds for language in ("vi", "en")}
    own = {"/co-cau-to-chuc/", "/luu-tru/", "/rss/", "/so-do-trang/", "/tac-gia/", "/the/"}
    every = list_documents(output).items()
    return {url: each for url, each in every if each.get("kind") not in names and url not in own}


def read_bundle(output: Path, name: str) -> dict[str, Any]:
    """Return the entry point of a bundle."""
    entry: dict[str, Any] = json.loads((output / INDEX / name / "bundle.json").read_text("utf-8"))
    return entry


def unpack(path: Path) -> Any:
    """Return what a file of the index says."""
    return json.loads(gzip.decompress(path.read_bytes()))
