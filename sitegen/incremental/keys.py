"""The key of every planned file: equal key, equal bytes. What has an equal key is not made again.

A key has a field for each thing that a page is made of. So two keys also say why a page was made
again: the generator, what all pages share, the template, the page's own subject, and what stands
around it. A group has a key too: while it is the same, so are all files of the group.
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

# The lengths of the fields of a key, in bytes: what changes often needs a longer digest, so that no
# two of very many are equal by chance. Without Base64's padding if they can be divided by three.
_SHORT, _LONG = 6, 12
_NOTHING = digest_bytes(b"")


class Reason(StrEnum):
    """Why a file is made: it is new, all is to be made again, or this field of its key changed."""

    NEW = "new"
    AGAIN = "again"
    GENERATOR = "generator"
    SITE = "site"
    TEMPLATE = "template"
    OWN = "own"
    AROUND = "around"


class Keys(Record, frozen=True):
    """What the keys of one build have in common.

    ``config`` is the digest of the configuration, ``site`` that of what all pages share, ``theme``
    that of all templates; ``templates`` are those of each template with all that it is made of.
    """

    generator: bytes
    config: bytes
    site: bytes
    theme: bytes
    templates: dict[str, bytes]


def make_keys(generator: bytes, config: Config, shared: Shared, templates: Templates) -> Keys:
    """Return what the keys of a build have in common."""
    digests = {name: templates.digest_template(name) for name in templates.sources}
    return Keys(
        generator=generator,
        config=digest_config(config),
        site=digest_record(shared),
        theme=digest_bytes(
            b"".join(digest_bytes(name.encode()) + digests[name] for name in digests)
        ),
        templates=digests,
    )


def key_group(keys: Keys, group: PlannedGroup) -> str:
    """Return the key of a group; it is empty where each of its files is to be looked at."""
    if not group.digest:
        return ""
    parts = (keys.generator, keys.config, keys.site, keys.theme, group.digest)
    return digest_bytes(b"".join(parts)).hex()


def key_file(keys: Keys, file: PlannedFile) -> Key:
    """Return the key of a page or file."""
    if isinstance(file, PlannedPage):
        site = keys.site
        template = keys.templates.get(file.template, _NOTHING)
        own, around = digest_record(file.own), digest_record(file.around)
    else:
        site, template, own, around = _NOTHING, _NOTHING, file.digest, _NOTHING
    return Key(
        generator=keys.generator[:_SHORT],
        site=site[:_SHORT],
        template=template[:_SHORT],
        own=own[:_LONG],
        around=around[:_LONG],
    )


def find_reason(before: Key | None, now: Key) -> Reason | None:
    """Return why a file with the key ``now`` is made again; nothing where the keys are equal."""
    if before is None:
        return Reason.NEW
    if before.generator != now.generator:
        return Reason.GENERATOR
    if before.site != now.site:
        return Reason.SITE
    if before.template != now.template:
        return Reason.TEMPLATE
    if before.own != now.own:
        return Reason.OWN
    return Reason.AROUND if before.around != now.around else None
