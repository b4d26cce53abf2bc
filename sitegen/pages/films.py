"""What lies beside a film and belongs to it: its captions, and a still."""

from collections.abc import Mapping

import msgspec

from sitegen.content.companions import list_captions, list_stills
from sitegen.foundation.media_types import is_film
from sitegen.foundation.parts import Part, seal, unseal
from sitegen.media.inspection import Destination


def join_companions(own: Mapping[str, Part], others: Mapping[str, Part]) -> dict[str, Part]:
    """Return the destinations ``own``, each film with its captions and its still.

    These are among ``own`` and ``others``; all are by path in NFC.
    """
    joined = dict(own)
    for path in filter(is_film, own):
        found = [own.get(each) or others.get(each) for each in list_captions(path)]
        captions = next((unseal(each, Destination).url for each in found if each), "")
        stills = [own.get(each) or others.get(each) for each in list_stills(path)]
        still = next((unseal(each, Destination) for each in stills if each), None)
        if captions or still:
            film = unseal(own[path], Destination)
            joined[path] = seal(msgspec.structs.replace(film, captions=captions, still=still))
    return joined
