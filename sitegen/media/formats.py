"""The formats of media files. All that is particular to a picture's format stands in its record.

To add a format of pictures is to add a record here, and its metadata to
:mod:`sitegen.media.animations` if pictures in it can move.
"""

from typing import Any

from sitegen.foundation.media_types import CAPTIONS, FILMS, SOUNDS
from sitegen.model import Record
from sitegen.problems import mark


class ImageFormat(Record, frozen=True, eq=False):
    """A format of pictures, equal to itself alone; ``name`` is Pillow's name for it.

    ``suffixes`` are those of its files; a rendition has the first. ``has_renditions`` tells whether
    photos in this format have renditions, ``own_renditions`` whether some of these are in the
    format itself, ``preferred`` whether photos in other formats have renditions in this one, which
    are smaller files. ``drawn`` formats hold drawings more often than photos.

    A file is written with the quality that was asked for, less ``quality_offset``, and with the
    ``options`` of Pillow.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    has_renditions: bool = False
    own_renditions: bool = False
    preferred: bool = False
    drawn: bool = False
    quality_offset: int = 0
    options: dict[str, Any] = {}

    @property
    def suffix(self) -> str:
        """The suffix of renditions."""
        return self.suffixes[0]


AVIF = ImageFormat(
    name="AVIF",
    suffixes=(".avif",),
    media_type="image/avif",
    has_renditions=True,
    preferred=True,
    # At 60, AVIF looks as good as the others at 80.
    quality_offset=20,
    # The encoder divides the picture by the number of threads that it is allowed.
    options={"max_threads": 1},
)
WEBP = ImageFormat(
    name="WEBP",
    suffixes=(".webp",),
    media_type="image/webp",
    has_renditions=True,
    own_renditions=True,
    preferred=True,
    # Method 4 takes twice the time for a file that is 4 % smaller.
    options={"method": 2},
)
JPEG = ImageFormat(
    name="JPEG",
    suffixes=(".jpg", ".jpeg"),
    media_type="image/jpeg",
    has_renditions=True,
    own_renditions=True,
    options={"optimize": True, "progressive": True},
)
# A PNG has no renditions in PNG: made narrower, it is seldom a smaller file.
PNG = ImageFormat(
    name="PNG",
    suffixes=(".png",),
    media_type="image/png",
    has_renditions=True,
    drawn=True,
    options={"optimize": True},
)
GIF = ImageFormat(name="GIF", suffixes=(".gif",), media_type="image/gif")
# Pillow does not know SVG: see sitegen.media.drawings.
SVG = ImageFormat(name="SVG", suffixes=(".svg",), media_type="image/svg+xml", drawn=True)

# The preferred ones are in the order in which pages name them, the best first.
FORMATS = (AVIF, WEBP, JPEG, PNG, GIF, SVG)
DOCUMENTS = frozenset(
    {
        *".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .txt .csv".split(),
        *(".zip", ".rar", ".7z", *SOUNDS, *FILMS, CAPTIONS),
    }
)

_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}
PUBLISHED = frozenset({*_BY_SUFFIX, *DOCUMENTS})
# What to do about a file of another kind, by its suffix.
_REMEDIES = {
    mark("save the picture as JPEG or PNG"): ".bmp .tif .tiff .jfif .jxl .jp2 .ico .psd .ai .eps"
    " .cdr .raw .dng .cr2 .cr3 .nef .arw .orf .xcf .wmf .emf",
    mark("open the photo on the telephone, and share it as JPEG"): ".heic .heif .hif",
    mark("put the video on YouTube and write its address into the text, or save it as MP4"): ".mov"
    " .avi .mkv .wmv .flv .3gp .mpg .mpeg .mts .m2ts .m4v .ts .vob",
    mark("save the captions as WebVTT"): ".srt .sub .ssa .ass .sbv .ttml",
    mark("save the sound as MP3"): ".wav .wma .aac .ogg .oga .opus .flac .amr .aif .aiff",
    mark("save the document as PDF"): ".html .htm .mht .mhtml .xps .pages .numbers .key .pub .vsd"
    " .vsdx .dot .dotx .docm .xlsm .xlsb .pptm .pps .ppsx .epub .djvu .wps .et .dps .tex .eml .msg",
    mark("pack the files as ZIP"): ".tar .gz .tgz .bz2 .xz .iso .cab .zipx",
    mark("give the name the suffix .md and move the file out of content/media/"): ".markdown .mdown"
    " .mkd",
}
_OTHER_REMEDY = mark(
    "photos are JPEG, PNG, WebP, AVIF, GIF or SVG, documents are PDF, Word, Excel, PowerPoint or"
    " ZIP, sounds MP3, videos MP4; take any other file away"
)
_REMEDY_BY_SUFFIX = {
    suffix: remedy for remedy, suffixes in _REMEDIES.items() for suffix in suffixes.split()
}


def find_suffix(path: str) -> str:
    """Return the suffix of a path or address, in small letters."""
    return path[path.rfind(".") :].lower()


def find_format(path: str) -> ImageFormat | None:
    """Return the format that a path or address names; nothing where it is that of no picture."""
    return _BY_SUFFIX.get(find_suffix(path))


def find_remedy(suffix: str) -> str:
    """Return what to do about a file that is not published, as a text to be translated."""
    return _REMEDY_BY_SUFFIX.get(suffix, _OTHER_REMEDY)
