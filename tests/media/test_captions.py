"""Captions: what browsers read, and what they pass over without a word."""

import pytest

from sitegen.media.captions import check_captions
from sitegen.problems import ProblemsFoundError

CUE = "00:01.000 --> 00:04.000\nKính chào.\n"
PATH = "content/media/phim.vtt"


@pytest.mark.parametrize(
    "written",
    [
        f"WEBVTT\n\n{CUE}",
        f"\ufeffWEBVTT\n\n{CUE}",
        f"WEBVTT - Bài hát\r\n\r\n{CUE}".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"WEBVTT\tx\n\nNOTE một lời ghi\n\n1\n{CUE}\n2\n{CUE}",
        "WEBVTT\n\n01:02:03.004 --> 01:02:05.000 align:start line:90%\n- Một\n- Hai\n",
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n100:00:00.000 --> 100:00:01.000\nx\n",
        f"WEBVTT\r\r{CUE}",
    ],
)
def test_captions_that_browsers_read(written: str) -> None:
    check_captions(written.encode(), PATH)


@pytest.mark.parametrize(
    ("written", "line", "reason"),
    [
        ("1\n00:00:01,000 --> 00:00:04,000\nx\n", 1, "the first line is not WEBVTT"),
        (f"webvtt\n\n{CUE}", 1, "the first line is not WEBVTT"),
        (f"WEBVTT.\n\n{CUE}", 1, "the first line is not WEBVTT"),
        (f"\nWEBVTT\n\n{CUE}", 1, "the first line is not WEBVTT"),
        ("WEBVTT\n\n1\n00:00:01,000 --> 00:00:04,000\nx\n", 4, "comma"),
        ("WEBVTT\n\n1:00.000 --> 2:00.000\nx\n", 3, "this is no time"),
        ("WEBVTT\n\n00:61.000 --> 01:00.000\nx\n", 3, "this is no time"),
        ("WEBVTT\n\n00:01.000-->00:02.000\nx\n", 3, "this is no time"),
        ("WEBVTT\n\nKính chào.\n", 1, "it has no times"),
        ("WEBVTT", 1, "it has no times"),
    ],
)
def test_captions_that_browsers_do_not_read(written: str, line: int, reason: str) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        check_captions(written.encode(), PATH)
    (found,) = caught.value.problems
    assert (found.code, found.place.path, found.place.line) == ("captions-form", PATH, line)
    assert reason in found.arguments["reason"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_captions_in_another_encoding_are_refused(encoding: str) -> None:
    written = f"WEBVTT\n\n{CUE}".replace("í", "ê").encode(encoding, "replace")
    with pytest.raises(ProblemsFoundError) as caught:
        check_captions(written, PATH)
    assert caught.value.problems[0].code == "captions-form"
