"""The key of every file of the site: equal key, equal bytes, so nothing else is rendered again.

A key has a field for each thing that a page is made of, so that two keys also say why a page was
rendered again: the generator, what all pages share, the template, the page's own subject, and what
stands around it. A group has a key too: while it is the same, so are those of all its pages.
"""

from binascii import b2a_base64

import msgspec

from sitegen.foundation.parts import Part, digest_bytes, seal
from sitegen.model import Config, Record
from sitegen.pages.context import Shared
from sitegen.pages.planned import PlannedFile, PlannedGroup, PlannedPage
from sitegen.theme.templates import Templates

# The fields of a key, with their length in bytes; three bytes are four characters of Base64.
_FIELDS = (("engine", 6), ("site", 6), ("template", 6), ("own", 12), ("around", 12))
_NOTHING = digest_bytes(b"")


class Keys(Record, frozen=True):
    """What the keys of one build have in common.

    ``config`` is the digest of the configuration, ``site`` that of what all pages share, ``theme``
    that of all templates; ``closures`` are those of each template with all that it is made of.
    """

    engine: bytes
    config: bytes
    site: bytes
    theme: bytes
    closures: dict[str, bytes]


def make_keys(engine: bytes, config: Config, shared: Shared, templates: Templates) -> Keys:
    """Return what the keys of a build have in common."""
    closures = {name: templates.digest_closure(name) for name in templates.sources}
    return Keys(
        engine=engine,
        config=digest_config(config),
        site=seal(shared).digest,
        theme=digest_bytes(
            b"".join(digest_bytes(name.encode()) + closures[name] for name in closures)
        ),
        closures=closures,
    )


def digest_config(config: Config) -> bytes:
    """Return the digest of the configuration."""
    return digest_bytes(msgspec.msgpack.encode(config, enc_hook=str))


def key_group(keys: Keys, group: PlannedGroup) -> str:
    """Return the key of a group; it is empty where each of its pages is to be looked at."""
    if not group.digest:
        return ""
    parts = (keys.engine, keys.config, keys.site, keys.theme, group.digest)
    return digest_bytes(b"".join(parts)).hex()


def key_file(keys: Keys, item: PlannedFile) -> str:
    """Return the key of a page or file."""
    if isinstance(item, PlannedPage):
        site = keys.site
        template = keys.closures.get(item.template, _NOTHING)
        own = digest_bytes(b"".join([part.digest for part in item.own]))
        around = _digest_groups(item.around)
    else:
        site, template, own, around = _NOTHING, _NOTHING, item.digest, _NOTHING
    digests = zip((keys.engine, site, template, own, around), _FIELDS, strict=True)
    key = b"".join([digest[:length] for digest, (_, length) in digests])
    return b2a_base64(key, newline=False).decode()


def explain(before: str, now: str) -> str:
    """Return the first field in which two keys differ: ``new`` where there was none before.

    The answer is ``engine``, ``site``, ``template``, ``own``, ``around``, or nothing where the keys
    are equal.
    """
    if not before:
        return "new"
    position = 0
    for name, length in _FIELDS:
        end = position + length // 3 * 4
        if before[position:end] != now[position:end]:
            return name
        position = end
    return ""


def _digest_groups(groups: tuple[tuple[Part, ...], ...]) -> bytes:
    # The lengths keep (a)(b, c) apart from (a, b)(c).
    joined = [
        b"%d:%s" % (len(group), b"".join([part.digest for part in group])) for group in groups
    ]
    return digest_bytes(b"".join(joined))
