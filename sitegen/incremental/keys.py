"""The keys of planned files and groups: equal keys, equal bytes.

A file whose key is unchanged is not made again. A key has a field for each input: the generator,
what all pages share, the template, what the page shows of its own, and what it shows of others. So
two keys also tell why a page was made again. A group whose key is unchanged is skipped.
"""

from enum import StrEnum

from sitegen.content.settings import Config
from sitegen.foundation.parts import digest_bytes, digest_record
from sitegen.incremental.config_cache import digest_config
from sitegen.incremental.manifest import Key
from sitegen.model import Record
from sitegen.pages.context import Shared
from sitegen.pages.planned import PlannedFile, PlannedGroup, PlannedPage
from sitegen.theme.templates import Templates

# The lengths of the fields of a key, in bytes. Fields with very many different values need longer
# digests, so that no two are equal by chance. Multiples of three need no padding in Base64.
_SHORT, _LONG = 6, 12
_NOTHING = digest_bytes(b"")


class Reason(StrEnum):
    """Why a file is made: it is new, everything is made again, or this field of its key changed.

    The last five values are the names of the fields of :class:`~sitegen.incremental.manifest.Key`.
    """

    NEW = "new"
    AGAIN = "again"
    GENERATOR = "generator"
    SITE = "site"
    TEMPLATE = "template"
    OWN = "own"
    AROUND = "around"


class Keys(Record, frozen=True):
    """The digests that the keys of one build have in common.

    ``config`` is the digest of the configuration, ``site`` of what all pages share, ``theme`` of
    all templates together, ``templates`` of each template with everything that it includes.
    """

    generator: bytes
    config: bytes
    site: bytes
    theme: bytes
    templates: dict[str, bytes]


def make_keys(generator: bytes, config: Config, shared: Shared, templates: Templates) -> Keys:
    """Return the digests that the keys of a build have in common."""
    digests = {name: templates.digest_template(name) for name in templates.sources}
    site, theme = digest_record(shared), digest_record(digests)
    return Keys(generator, digest_config(config), site, theme, digests)


def key_group(keys: Keys, group: PlannedGroup) -> str:
    """Return the key of a group, or an empty text if each of its files must be compared."""
    if not group.digest:
        return ""
    parts = (keys.generator, keys.config, keys.site, keys.theme, group.digest)
    return digest_bytes(b"".join(parts)).hex()


def key_file(keys: Keys, file: PlannedFile) -> Key:
    """Return the key of a file."""
    generator = keys.generator[:_SHORT]
    if not isinstance(file, PlannedPage):
        nothing = _NOTHING[:_SHORT]
        return Key(generator, nothing, nothing, file.digest[:_LONG], _NOTHING[:_LONG])
    template = keys.templates.get(file.template, _NOTHING)[:_SHORT]
    own, around = digest_record(file.own), digest_record(file.around)
    return Key(generator, keys.site[:_SHORT], template, own[:_LONG], around[:_LONG])


def find_reason(before: Key | None, now: Key) -> Reason | None:
    """Return why a file with the key ``now`` is made again, or ``None`` if the keys are equal."""
    if before is None:
        return Reason.NEW
    fields = Key.__struct_fields__
    changed = (each for each in fields if getattr(before, each) != getattr(now, each))
    return next(map(Reason, changed), None)
