"""What people have already: from a document or a photo of theirs to a file of the site."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from sitegen.cli.messages import translate
from sitegen.cli.scaffold import find_category
from sitegen.content.settings import Category, Config
from sitegen.foundation.files import read_file
from sitegen.foundation.text import slugify
from sitegen.importing.notes import Note
from sitegen.importing.photos import (
    MEDIA,
    SavedPhoto,
    check_folder,
    name_folder,
    name_photo,
    prepare_photo,
    save_photo,
)
from sitegen.problems import UsageError

_WHERE_MEDIA_ARE = ("content/media/", "media/")


def describe_note(note: Note, language: str) -> str:
    """Return a note in a language, on one line."""
    return " ".join(translate(note.text, language).format(**note.values).split())


def choose_category(config: Config, name: str | None) -> Category | None:
    """Return the category with a name, or the only one that there is.

    Raises :class:`~sitegen.problems.UsageError` if none has the name.
    """
    if name:
        return find_category(config, name)
    categories = config.every_category()
    return categories[0] if len(categories) == 1 else None


def list_choices(categories: tuple[Category, ...]) -> Iterator[str]:
    """Yield a line for each category, with its number."""
    for number, each in enumerate(categories, start=1):
        yield f"{number:3}  {each.name}"


def name_media_folder(written: str) -> PurePosixPath:
    """Return the folder below ``content/media`` that somebody named, in whatever form.

    >>> str(name_media_folder("/media/ảnh/Đại hội"))
    'content/media/anh/dai-hoi'
    """
    path = written.replace("\\", "/").strip("/") + "/"
    for prefix in _WHERE_MEDIA_ARE:
        if path.startswith(prefix):
            path = path.removeprefix(prefix)
            break
    parts = [each for each in path.split("/") if each not in {"", "."}]
    if ".." in parts:
        raise UsageError("photo-folder", path=written)
    return PurePosixPath(MEDIA, *(slugify(each) or each for each in parts))


def add_photo(root: Path, photo: Path, folder: PurePosixPath | None, now: datetime) -> SavedPhoto:
    """Put a photo into a folder, or else into that of the year in which it was taken.

    Raises :class:`~sitegen.problems.UsageError` and :class:`OSError`.
    """
    prepared = prepare_photo(read_file(photo), photo.name)
    target = folder or name_folder(prepared.moment[:4] or f"{now.year:04}")
    check_folder(root, target)
    return save_photo(root, target, name_photo(photo.name, prepared.moment, now), prepared)
