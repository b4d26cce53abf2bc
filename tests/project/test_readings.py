"""The benchmark that compares readings counts known differences in the right kind."""

from pathlib import Path

import pytest

from benchmarks.readings import compare_readings, read_as_github
from benchmarks.texts import VIEW, count_texts
from sitegen.markdown.conversion import to_html


def name_differences(source: str) -> list[str]:
    ours = to_html(source, VIEW).text
    return [each.kind for each in compare_readings(ours, read_as_github(source), source)]


@pytest.mark.parametrize(
    "source",
    [
        "Chi bộ **họp** và *bàn*.",
        "# Mục\n\n- Một\n  - Hai\n\n1. Ba",
        '> Trích\n\nNăm "2026" -- hết...',
        "| Tên | Số |\n|---|---|\n| A | 1 |",
        "Xem https://bao.example.vn và [báo](https://bao.example.vn).",
        # Pictures, addresses of this site and videos are left out.
        "![Ảnh](/media/a.jpg)",
        "[Liên hệ](/lien-he/)",
    ],
)
def test_what_is_read_alike_is_not_counted(source: str) -> None:
    assert name_differences(source) == []


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("* Một\n- Hai", ["depth of a list, here"]),
        ("Đoạn\n\n    thụt vào", ["code, on GitHub"]),
        ("<p>Mở</p>\n## Mục", ["heading, here"]),
        ("Tựa dài\nhai dòng\n===", ["heading, on GitHub"]),
        ("•\tMột\n•\tHai", ["list or paragraph, here"]),
        ("Họ tên\tNăm\nAn\t1990", ["table, here"]),
        ("Chữ[^1].\n\n[^1]: Nguồn.", ["footnotes, here", "footnotes, words here"]),
        ("Từ\n:   Nghĩa", ["definitions, here"]),
        ("Xem [báo] [b].\n\n[b]: https://bao.example.vn", ["link, here", "words, on GitHub"]),
        ("<p>**Một**</p>\n**Hai**", ["emphasis, here"]),
        ("![A](/media/a.jpg)\n*Ảnh*", ["caption, here"]),
        ('![A](/media/a.jpg "Chú thích")', ["caption, words here"]),
        ("Nộp <mau so ba> cho chi bộ.", ["words, here"]),
        ("Xem [nhà]({{ site.url }}/a).", ["template code, on GitHub"]),
        (f"{'Chi bộ họp bàn việc làm đường. ' * 5}\nHôm sau.", ["beginning of a block, here"]),
    ],
)
def test_a_known_difference_is_of_its_kind(source: str, kinds: list[str]) -> None:
    assert name_differences(source) == kinds


def test_texts_and_places_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: A\n---\n* Một\n- Hai\n\nChữ\n\n* Ba\n- Bốn\n", "utf-8"
    )
    (tmp_path / "b.md").write_text("Chữ.\n", "utf-8")
    count = count_texts([tmp_path], examples=1)
    assert (count.texts, count.prose, count.changed, count.refused) == (2, 1, 1, 0)
    assert count.differing == {"depth of a list, here": 1}
    assert count.places == {"depth of a list, here": 2}
    assert count.examples == {"depth of a list, here": [f"{tmp_path}/a.md: Hai | Hai"]}
