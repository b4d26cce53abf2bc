"""The configuration that was checked once: whatever became of the cache, it is that of its file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.content import config as reader
from sitegen.incremental.config_cache import FOLDER, load_config, recall_config
from sitegen.problems import ConfigError
from support.doubles import replace_everywhere
from support.site_folder import CONFIG, SiteFolder

GENERATOR = b"e" * 16


@pytest.fixture
def cache(site: SiteFolder) -> Path:
    site.write("config.yaml", CONFIG)
    return site.root / ".sitegen"


def test_a_file_is_checked_once(
    site: SiteFolder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = load_config(site.root, cache, GENERATOR)
    assert checked == reader.parse_config(CONFIG.encode())

    def refuse(_: bytes) -> None:
        pytest.fail("the configuration was read once more")

    replace_everywhere(monkeypatch, reader.parse_config, refuse)
    assert load_config(site.root, cache, GENERATOR) == checked
    assert recall_config(site.root, cache, GENERATOR) == checked


@pytest.mark.parametrize("damage", [bytes, lambda data: data[:-1], lambda data: b"x" + data[1:]])
def test_what_is_damaged_is_read_anew(
    site: SiteFolder, cache: Path, damage: Callable[[bytes], bytes]
) -> None:
    checked = load_config(site.root, cache, GENERATOR)
    (kept,) = (cache / FOLDER).iterdir()
    kept.write_bytes(damage(kept.read_bytes()))
    assert recall_config(site.root, cache, GENERATOR) == checked
    assert load_config(site.root, cache, GENERATOR) == checked


def test_another_file_and_another_generator_are_seen(site: SiteFolder, cache: Path) -> None:
    load_config(site.root, cache, GENERATOR)
    site.write("config.yaml", CONFIG.replace("Cổng thử nghiệm", "Cổng mới"))
    assert load_config(site.root, cache, GENERATOR).title == "Cổng mới"
    assert len(list((cache / FOLDER).iterdir())) == 2
    load_config(site.root, cache, b"another version!")
    assert len(list((cache / FOLDER).iterdir())) == 3


def test_to_recall_it_writes_nothing(site: SiteFolder, cache: Path) -> None:
    assert recall_config(site.root, cache, GENERATOR) == reader.parse_config(CONFIG.encode())
    assert not cache.exists()


def test_what_is_wrong_is_said_each_time(site: SiteFolder, cache: Path) -> None:
    site.write("config.yaml", CONFIG.replace("title:", "tiêu đề:"))
    for _ in range(2):
        with pytest.raises(ConfigError):
            load_config(site.root, cache, GENERATOR)
    shutil.rmtree(site.root)
    with pytest.raises(ConfigError) as caught:
        load_config(site.root, cache, GENERATOR)
    assert [each.code for each in caught.value.problems] == ["config-missing"]
