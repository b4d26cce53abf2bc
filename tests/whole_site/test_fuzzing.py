"""Bytes that nobody wrote, given to whatever reads a file or a request (``make fuzz``: longer)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz_targets import SEEDS, TARGETS

# Pieces from which files of every kind are built, among them those that mean something to a reader.
PIECES = st.sampled_from(
    (
        *(
            "---\n",
            "title: ",
            "date: 2024-05-06",
            "aliases: ",
            "[",
            "]",
            "{",
            "}",
            "- ",
            "\n",
            "\t",
        ),
        *("# ", "**", "_", "`", "> ", "![a](", "](", ")", "<", ">", "</", "&", "&#", ";", "|", ":"),
        *("<script>", "<b onclick=x>", "<svg", "href=", "javascript:", '"', "'", "\\", "%2e", "/"),
        *(
            "..",
            "\0",
            "\r",
            "\ufeff",
            "\u202e",
            "\uffff",
            "đ",
            "Tiếng Việt",
            "😀",
            "2024-02-30 9:5",
        ),
    )
)
BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=40).map(lambda each: "".join(each).encode()),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name: str) -> None:
    @settings(max_examples=60)
    @given(data=BYTES)
    def attack(data: bytes) -> None:
        TARGETS[name](data)

    for seed in SEEDS[name]:
        TARGETS[name](seed)
    attack()
