"""Telephone numbers in a text become links, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markdown.conversion import to_html, to_html_with_library
from sitegen.views import BodyView

VIEW = BodyView("bai.md", 0, b"", (), ())
STRICT = BodyView("bai.md", 0, b"", (), (), strict=True)

NUMBERS = {
    "0235.3852.345": "02353852345",
    "0235 3 852 345": "02353852345",
    "(0235) 3 852 345": "02353852345",
    "(0235)3852345": "02353852345",
    "0235-3852345": "02353852345",
    "0235 - 3852345": "02353852345",
    "0235\xa03\xa0852\xa0345": "02353852345",
    "024.3974.1234": "02439741234",
    "(028) 3829 7643": "02838297643",
    "0905 123 456": "0905123456",
    "0905.123.456": "0905123456",
    "0905-123-456": "0905123456",
    "090 5123456": "0905123456",
    "0905 12 34 56": "0905123456",
    "0905123456": "0905123456",
    "+84 905 123 456": "+84905123456",
    "(+84) 905 123 456": "+84905123456",
    "+84 (235) 3852 345": "+842353852345",
    "+84 (0)235 3852 345": "+842353852345",
    "1900 6868": "19006868",
    "1800.599.920": "1800599920",
}
OTHERS = [
    "số 0235/QĐ-UBND",
    "số 0905123456/QĐ-UBND",
    "0905123456-QĐ",
    "QĐ0905123456",
    "HS-0905123456",
    "12.5.2026",
    "30/11/2026 08:30",
    "1.000.000 đồng",
    "1.905.123.456 đồng",
    "0905.123.456 đồng",
    "2.0905.123.456",
    "098,5",
    "Số tài khoản: 0905123456 tại Vietcombank",
    "STK 0905.123.456",
    "mã số thuế 0401234567",
    "MST 0312345678",
    "CCCD 049201001234",
    "0800123456",
    "0905.123.4567",
    "0905 123 45",
    "0905123456789",
    "12 0905 123 456",
    "0510.3852.345",
    "giai đoạn 1900-1945",
    "giai đoạn 1900 1945",
    "từ năm 1900",
    "https://example.org/0905123456",
    "`0905123456`",
]


def convert(text: str) -> str:
    html = to_html(text, VIEW).text
    assert html == to_html_with_library(text, VIEW).text
    return html


@pytest.mark.parametrize(("written", "number"), NUMBERS.items())
@pytest.mark.parametrize("around", ["Gọi {} nhé.", "ĐT:{}", "- {}, anh Hà", "**{}**", "({})"])
def test_a_number_becomes_a_link(written: str, number: str, around: str) -> None:
    shown = written.replace("\xa0", "&nbsp;")
    assert f'<a href="tel:{number}">{shown}</a>' in convert(around.format(written))


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_number_stays_text(text: str) -> None:
    assert "tel:" not in convert(f"Theo {text} nhé.")


def test_of_two_numbers_both_are_links() -> None:
    html = convert("Gọi 0905.123.456 - 0905.123.457, 0235. 3852345; (0235) 3 852 346.")
    assert html.count('href="tel:') == 4


def test_a_link_is_left_as_it_is() -> None:
    text = "[Gọi 0905 123 456](tel:1234)"
    assert convert(text) == '<p><a href="tel:1234">Gọi 0905 123 456</a></p>'


def test_plain_markdown_has_no_such_links() -> None:
    assert to_html("Gọi 0905 123 456.", STRICT).text == "<p>Gọi 0905 123 456.</p>"


PIECES = [
    *NUMBERS,
    *OTHERS,
    " ",
    ", ",
    "** ",
    " **",
    "*",
    "(",
    ")",
    "/",
    "-",
    "0",
    "đồng",
    "\n",
    '"',
]


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_both_converters_find_the_same(pieces: list[str]) -> None:
    convert("Gọi " + "".join(pieces) + " nhé.")
