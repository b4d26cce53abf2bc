"""Tags and pictures of a body as HTML."""

import html
from typing import Final

from sitegen.views import Picture

# How wide the theme shows a picture of a body. Where it loads lazily, a browser may tell by itself
# ("auto": HTML, "sizes attributes"); the others are told the width of the column.
_SIZES: Final = "auto, (min-width: 45rem) 42rem, 92vw"


def write_photo(photo: Picture, attributes: dict[str, str]) -> str:
    """Return a picture of a body, lazy, with its renditions."""
    image = {"src": photo.url}
    sizes = {"sizes": _SIZES}
    if photo.srcset:
        image |= {"srcset": photo.srcset, **sizes}
    image |= {"alt": "", **attributes}
    tone = f"tone-{photo.placeholder}" if photo.placeholder else ""
    if classes := f"{image.get('class', '')} {tone} {photo.focus}".split():
        image["class"] = " ".join(classes)
    if photo.width:
        image |= {"width": str(photo.width), "height": str(photo.height)}
    written = write_tag("img", image | {"loading": "lazy", "decoding": "async"})
    if not photo.sources:
        return written
    sources = (
        write_tag("source", {"type": source.type, "srcset": source.srcset, **sizes})
        for source in photo.sources
    )
    return f"<picture>{''.join(sources)}{written}</picture>"


def write_tag(name: str, attributes: dict[str, str]) -> str:
    """Return an opening tag."""
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"
