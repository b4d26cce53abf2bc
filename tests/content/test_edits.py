"""A field of a text changes, and not one other byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.edits import list_scalars, write_field, write_items
from sitegen.content.fields import read_fields
from sitegen.content.front_matter import split
from sitegen.content.nodes import Scalar, Sequence
from sitegen.problems import Place, ProblemsFoundError

LISTS = [
    "aliases: [/a/, '/b/']\n",
    "aliases:\n- /a/\n- '/b/'\n",
    "aliases:\n    - /a/ # năm 2015\n    # của cổng cũ\n    - /b/\n\n# hết\n",
    "aliases: [/a/,\n  /b/]\n",
    "",
]
ITEMS = st.lists(
    st.sampled_from(["/a/", "/b/", "/c d/", "/đ/", "/e,f/", "/Default.aspx?tabid=1&x=2", "no"]),
    unique=True,
    max_size=4,
)


def read_list(source: str) -> list[str]:
    parts = split(source.encode(), "bai.md")
    node = read_fields(parts.fields, Place("bai.md"), []).written.get("aliases")
    assert node is None or isinstance(node, Sequence)
    return [each.value for each in node.items if isinstance(each, Scalar)] if node else []


@given(st.sampled_from(LISTS), ITEMS, st.sampled_from(["\n", "\r\n"]))
def test_a_list_says_what_was_written_and_all_else_stays(
    written: str, items: list[str], end: str
) -> None:
    around = f"---\ntitle: Một\n{written}slug: mot\n---\n\nThân bài.\n"
    source = around.replace("\n", end)
    changed = write_items(source, "bai.md", "aliases", items)
    assert read_list(changed) == items
    assert changed.count(end) == changed.count("\n")
    scalars = {"title": "Một", "slug": "mot"}
    assert list_scalars(changed, "bai.md") == scalars
    assert (
        write_items(changed, "bai.md", "aliases", [])
        .replace(end, "\n")
        .endswith("slug: mot\n---\n\nThân bài.\n")
    )


def test_remarks_in_a_list_stay() -> None:
    source = f"---\n{LISTS[2]}slug: mot\n---\n"
    assert write_items(source, "bai.md", "aliases", ["/a/", "/b/", "/c/"]) == source.replace(
        "    - /b/\n", "    - /b/\n    - /c/\n"
    )


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_field_is_written_in_its_place_or_behind_the_others(start: str) -> None:
    fields = "title: >\r\n  Một\r\n  hai\r\n# nhắc\r\nslug: mot\r\n"
    source = f"{start}---\r\n{fields}---\r\nThân\u2028bài\r\n"
    assert write_field(source, "bai.md", "title", "Ba") == source.replace(
        ">\r\n  Một\r\n  hai\r\n", "Ba\r\n"
    )
    assert write_field(source, "bai.md", "date", "2024-05-06") == source.replace(
        "slug: mot\r\n", "slug: mot\r\ndate: 2024-05-06\r\n"
    )


def test_front_matter_with_a_fault_is_not_touched() -> None:
    with pytest.raises(ProblemsFoundError):
        write_field('---\ntitle: "Một\nslug: mot\n---\n', "bai.md", "slug", "hai")
