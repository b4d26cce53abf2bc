"""The JSON Schema of what editors write: it accepts what the program accepts, and says why not."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from sitegen.content.config import parse_config
from sitegen.content.declarations import list_fields
from sitegen.content.kinds import RECORDS, find_kind, make_schema, read_text
from sitegen.model import CONFIG_FILE
from support.site_folder import REPOSITORY

TEXTS = sorted((REPOSITORY / "content").rglob("*.md"))
CONFIG = parse_config((REPOSITORY / CONFIG_FILE).read_bytes())
CONFIG_DOC = (REPOSITORY / "docs" / "config.md").read_text("utf-8")
ARTICLE = """\
title: Hội nghị
date: 2026-10-05 08:30
category: Thông báo
author: Thu Hà
"""
PAGE = "title: Giới thiệu\n"
SITE = "site: {title: A, url: 'https://a.example'}\ncategories: [{name: Tin}]\n"


class CoreLoader(yaml.SafeLoader):
    """Reads YAML by the core schema of its version 1.2, as the programs of editors do."""


CoreLoader.yaml_implicit_resolvers = {}
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")
)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+\Z"), list("-+0123456789")
)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(~|null|)\Z"), ["~", "n", ""]
)


def load(text: str) -> Any:
    return yaml.load(text, Loader=CoreLoader)  # noqa: S506 (it makes nothing but plain values)


def find_errors(name: str, text: str) -> list[str]:
    """Return what the validators of two drafts say of a text: the same."""
    said = [
        sorted(each.message for each in draft(make_schema(name)).iter_errors(load(text)))
        for draft in (Draft202012Validator, Draft7Validator)
    ]
    assert said[0] == said[1]
    return said[0]


@pytest.mark.parametrize("name", RECORDS)
def test_it_is_a_schema_with_a_vietnamese_title_for_every_name(name: str) -> None:
    schema = make_schema(name)
    Draft202012Validator.check_schema(schema)
    Draft7Validator.check_schema(schema)
    for slot in list_fields(RECORDS[name]).slots:
        below = schema["properties"].get(slot.field.below, schema)
        told = below["properties"][slot.name]
        assert told["title"] == slot.field.label
        # An anchor leads nowhere outside of the guide.
        assert told["description"]
        assert "](#" not in told["description"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_front_matter_of_the_sample_is_valid(path: Path) -> None:
    name = find_kind(path.relative_to(REPOSITORY).as_posix()).name
    assert (
        find_errors(name, path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n")) == []
    )


def test_the_configurations_are_valid() -> None:
    examples = re.findall("^```yaml\n(.*?)^```$", CONFIG_DOC, re.DOTALL | re.MULTILINE)
    assert examples
    for text in (*examples, (REPOSITORY / CONFIG_FILE).read_text("utf-8"), SITE):
        assert find_errors("config", text) == []


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        ("article", ARTICLE.replace("title: Hội nghị\n", ""), "'title' is a required property"),
        ("article", ARTICLE + "drfat: true\n", "'drfat' was unexpected"),
        ("article", ARTICLE + "menu: true\n", "'menu' was unexpected"),
        ("article", ARTICLE.replace("08:30", "8h30"), "'2026-10-05 8h30' does not match"),
        ("article", ARTICLE.replace("author: Thu Hà\n", ""), "is not valid under any of the given"),
        ("article", ARTICLE.replace("Thu Hà", "[1]"), "is not valid under any of the given"),
        ("article", ARTICLE.replace("Hội nghị", "2026"), "2026 is not of type 'string'"),
        ("article", ARTICLE + "photo: a.jpg\n", "'photo_caption' is a required property"),
        ("article", ARTICLE + "tags: Đảng\n", "'Đảng' is not of type 'array'"),
        ("article", ARTICLE + "draft: 'true'\n", "'true' is not of type 'boolean'"),
        ("article", ARTICLE + "views: -1\n", "-1 is less than the minimum of 0"),
        ("article", ARTICLE + "slug: Một hai\n", "'Một hai' does not match"),
        ("article", ARTICLE + "aliases: [x]\n", "'x' does not match"),
        ("article", ARTICLE + "translations: [{language: en}]\n", "'url' is a required property"),
        ("page", PAGE + "date: 2026-01-01\n", "'date' was unexpected"),
        ("config", SITE.replace("title: A, ", ""), "'title' is a required property"),
        ("config", SITE + "lists: {feed: 0}\n", "0 is less than the minimum of 1"),
        ("config", SITE + "menu: [{title: A, url: x}]\n", "'x' does not match"),
        ("config", SITE + "pictures: {widths: [1]}\n", "1 is less than the minimum of 50"),
    ],
)
def test_what_the_program_refuses_is_invalid(kind: str, text: str, error: str) -> None:
    assert any(error in said for said in find_errors(kind, text))
    if kind != "config":
        path = {"article": "content/a.md", "page": "content/pages/a.md"}[kind]
        assert read_text(f"---\n{text}---\n".encode(), path, CONFIG)[1]
