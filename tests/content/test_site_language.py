from pathlib import Path

import pytest

from sitegen.content.site_language import _read_language, peek_language

CONFIGS = {
    "site:\n  name: Cổng tin\n  language: en\n": "en",
    "site:\r\n  language: en\r\n": "en",
    "site:\n  # language: en\n  name: A\n": "vi",
    "site: {name: A, language: en}\n": "en",
    'site:\n  name: A\n  language: "en"  # tiếng Anh\n': "en",
    "lists:\n  language: en\nsite:\n  name: A\n": "vi",
    "site:\n  name: |\n    language: en\n  language: vi\n": "vi",
    "site:\n  name: A\n\n  language: en\n": "en",
    "site:\n  name: A\n": "vi",
    "": "vi",
}


@pytest.mark.parametrize("text", CONFIGS)
def test_the_language_is_that_of_the_file(tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.yaml"
    config.write_bytes(text.encode())
    assert peek_language(config) == CONFIGS[text]
    assert _read_language(text) == CONFIGS[text]


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert peek_language(tmp_path / "config.yaml") is None
