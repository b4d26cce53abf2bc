"""What the desk is told follows from the declared fields and from config.yaml."""

import json
import re
from typing import Any

import pytest

from sitegen.content.config import parse_config
from sitegen.content.declarations import list_fields
from sitegen.content.kinds import KINDS
from sitegen.desk.configuration import write_desk
from support.site_folder import CONFIG

MORE = """\
  - name: Thư viện ảnh
    kind: gallery
  - name: Đoàn thể
    children:
      - name: Thanh niên
      - name: Hoạt động của cơ sở
"""


def read_desk(more: str = "") -> dict[str, Any]:
    desk: dict[str, Any] = json.loads(write_desk(parse_config((CONFIG + MORE + more).encode())))
    return desk


def find_collection(name: str) -> dict[str, Any]:
    collections = read_desk()["configuration"]["collections"]
    (found,) = (each for each in collections if each.get("name") == name)
    return dict(found)


def find_fields(name: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in find_collection(name)["fields"]}


def test_there_is_a_collection_for_each_category_and_each_other_kind() -> None:
    collections = read_desk()["configuration"]["collections"]
    names = [each["name"] for each in collections if "name" in each]
    assert names == [
        *("muc-hoat-dong-cua-co-so", "muc-cong-tac-xay-dung-dang", "muc-thu-vien-anh"),
        *("muc-doan-the", "muc-doan-the-thanh-nien", "muc-doan-the-hoat-dong-cua-co-so"),
        *("moi-bai", "people", "page"),
    ]
    assert {each.name for each in KINDS} - {"article"} <= set(names)


def test_a_form_asks_for_every_declared_field_and_the_body() -> None:
    for kind, collection in (("article", "moi-bai"), ("page", "page"), ("people", "people")):
        (record,) = (each.record for each in KINDS if each.name == kind)
        declared = set(list_fields(record).names)
        assert set(find_fields(collection)) == declared | {"body"}
        assert {each["name"] for each in read_desk()["formats"][kind]} == declared


def test_words_are_those_of_a_form() -> None:
    for collection in ("moi-bai", "page", "people", "muc-thu-vien-anh"):
        for name, field in find_fields(collection).items():
            told = f"{field['label']} {field.get('hint', '')}"
            assert field["label"][0].isupper(), name
            # No word is about how a file is written: its marks, its names of fields.
            assert not re.search(r"`(true|\[)|config\.yaml|viết thành danh sách|\]\(#", told), name
            assert "`" not in field.get("hint", "") or name == "body"


def test_categories_are_choices_by_the_names_that_texts_use() -> None:
    category = find_fields("muc-doan-the")["category"]
    assert category["default"] == "Đoàn thể"
    assert [each["value"] for each in category["options"]] == [
        *("hoat-dong-cua-co-so", "Công tác xây dựng Đảng", "Thư viện ảnh", "Đoàn thể"),
        # Two have this name, so their addresses stand for them.
        *("Thanh niên", "doan-the/hoat-dong-cua-co-so"),
    ]
    (told,) = (each for each in read_desk()["formats"]["article"] if each["name"] == "category")
    assert told["names"]["đoàn thể"] == told["names"]["doan-the"] == "Đoàn thể"
    assert "hoạt động của cơ sở" not in told["names"]


def test_the_rules_are_those_of_check() -> None:
    fields = find_fields("moi-bai")
    required = {name for name, field in fields.items() if field["required"]}
    assert required == {"title", "date", "category", "body"}
    slug = re.compile(fields["slug"]["pattern"][0])
    assert slug.search("bai-1")
    assert not slug.search("Bài 1")
    assert fields["views"]["min"] == 0
    assert fields["date"]["input_timezone"] == "Asia/Ho_Chi_Minh"
    assert "format" not in fields["date"]
    focus = re.compile(fields["photo_focus"]["pattern"][0])
    assert focus.search("trên trái")
    assert focus.search("30% 20%")
    assert not focus.search("ở giữa")
    mail = re.compile(find_fields("people")["mail"]["pattern"][0])
    assert mail.search("a@example.vn")
    assert not mail.search("a@")
    assert not find_fields("people")["body"]["required"]


def test_rules_of_two_fields_are_told_with_their_labels() -> None:
    told = {each["name"]: each for each in read_desk()["formats"]["article"]}
    assert told["author"]["unless"] == "source"
    assert told["author"]["refusal"].startswith("Phải có “Tác giả” hoặc “Nguồn")
    assert told["photo_caption"]["given"] == "photo"
    assert told["updated"]["since"] == told["expires"]["after"] == "date"
    people = {each["name"]: each for each in read_desk()["formats"]["people"]}
    assert "given" not in people["photo_caption"]


def find_backend(desk: str) -> dict[str, Any]:
    return dict(read_desk(f"desk:\n{desk}")["configuration"]["backend"])


@pytest.mark.parametrize(
    ("desk", "expected"),
    [
        ("  host: github\n", {"name": "github", "auth_methods": ["token"]}),
        (
            "  host: github\n  authenticator: https://vao.example.vn/\n",
            {"name": "github", "base_url": "https://vao.example.vn"},
        ),
        (
            "  host: gitlab\n  client: abc\n",
            {"name": "gitlab", "auth_type": "pkce", "app_id": "abc"}
            | {"base_url": "https://gitlab.com", "api_root": "https://gitlab.com/api/v4"},
        ),
        (
            "  host: gitlab\n  url: https://git.example.vn/\n",
            {"name": "gitlab", "auth_methods": ["token"]}
            | {"base_url": "https://git.example.vn", "api_root": "https://git.example.vn/api/v4"},
        ),
        (
            "  host: forgejo\n  client: abc\n  branch: xuat-ban\n",
            {"name": "gitea", "app_id": "abc", "branch": "xuat-ban"}
            | {"base_url": "https://codeberg.org", "api_root": "https://codeberg.org/api/v1"},
        ),
        (
            "  host: gitea\n  url: https://git.example.vn\n",
            {"name": "gitea", "api_root": "https://git.example.vn/api/v1"},
        ),
    ],
)
def test_the_backend_is_that_of_the_host(desk: str, expected: dict[str, Any]) -> None:
    backend = find_backend(f"{desk}  repository: dang-bo/cong\n")
    assert backend["repo"] == "dang-bo/cong"
    assert {key: backend.get(key) for key in expected} == expected


def test_review_is_asked_for() -> None:
    host = "desk:\n  host: gitlab\n  repository: a/b\n"
    assert "publish_mode" not in read_desk(host)["configuration"]
    reviewing = read_desk(f"{host}  review: true\n")["configuration"]
    assert reviewing["publish_mode"] == "editorial_workflow"


def test_photos_are_named_without_marks_and_lose_their_metadata() -> None:
    configuration = read_desk()["configuration"]
    media = configuration["media_libraries"]["default"]["config"]
    assert media["slugify_filename"]
    assert media["transformations"]["raster_image"]["width"] == 3000
    assert (
        configuration["slug"] | {"encoding": "ascii", "clean_accents": True}
        == (configuration["slug"])
    )
