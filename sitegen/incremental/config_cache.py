"""The configuration in the cache, used while the bytes of ``config.yaml`` are unchanged.

To parse YAML takes many times as long as to load the record.
"""

from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from sitegen.content.discovery import refuse_unreadable
from sitegen.content.settings import Config
from sitegen.foundation.cache import recall, remember
from sitegen.foundation.files import read_file
from sitegen.foundation.parts import digest_bytes
from sitegen.model import CONFIG_FILE
from sitegen.problems import ConfigError, Place, problem

FOLDER = "config"


def recall_config(root: Path, cache: Path, generator: bytes) -> Config:
    """Return the configuration of the site in ``root``; write nothing into the cache.

    ``generator`` is the fingerprint of the generator. Raises
    :class:`~sitegen.problems.ConfigError` with every problem in the file.
    """
    source = _read(root)
    kept = recall(cache / FOLDER, _name(generator, source))
    return _decode(_parse(source) if kept is None else kept)


def load_config(root: Path, cache: Path, generator: bytes) -> Config:
    """Return the configuration as :func:`recall_config` does, and write it into the cache."""
    source = _read(root)
    return _decode(remember(cache / FOLDER, _name(generator, source), lambda: _parse(source)))


def digest_config(config: Config) -> bytes:
    """Return the digest of the configuration."""
    return digest_bytes(_encode(config))


def _read(root: Path) -> bytes:
    try:
        return read_file(root / CONFIG_FILE)
    except FileNotFoundError as error:
        raise ConfigError([problem("config-missing", Place(CONFIG_FILE))]) from error
    except OSError as error:
        raise ConfigError([refuse_unreadable(CONFIG_FILE, error)]) from error


def _name(generator: bytes, source: bytes) -> str:
    return digest_bytes(generator + source).hex()


def _parse(source: bytes) -> bytes:
    from sitegen.content.config import parse_config

    return _encode(parse_config(source))


def _encode(config: Config) -> bytes:
    return msgspec.msgpack.encode(config, enc_hook=str)


def _decode(kept: bytes) -> Config:
    return msgspec.msgpack.decode(kept, type=Config, dec_hook=lambda _, name: ZoneInfo(name))
