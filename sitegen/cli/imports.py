"""What an import comes to: the map of categories, and the lines that tell what was done."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.cli.incoming import describe_note
from sitegen.cli.messages import count_words, translate
from sitegen.content.article_file import find_categories
from sitegen.content.scalars import quote
from sitegen.content.settings import Config
from sitegen.foundation.addresses import RESERVED_FOLDERS
from sitegen.foundation.text import fold, slugify
from sitegen.importing.old_categories import suggest, write_map
from sitegen.importing.old_texts import Collection
from sitegen.importing.taking_over import Taken
from sitegen.problems import mark

_MOST_FIELDS = 20


def begin_map(path: Path, collections: Iterable[Collection], config: Config) -> bool:
    """Write a map of the categories that the site lacks; tell whether there are any."""
    names: dict[str, str] = {}
    for collection in collections:
        for text in collection.texts:
            for name in text.categories:
                if not find_categories(name, config):
                    names.setdefault(fold(name), name)
    if not names:
        return False
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(write_map(names.values(), config))
    return True


def describe_text(taken: Taken, language: str) -> Iterator[str]:
    """Yield the lines that tell what became of one text."""
    if taken.known:
        return
    text = mark("Written: {path} (draft)") if taken.is_draft else mark("Written: {path}")
    yield translate(text, language).format(path=taken.path)
    for note in taken.notes:
        yield f"  - {describe_note(note, language)}"


def describe_rest(
    taken: Iterable[Taken], collections: Iterable[Collection], config: Config, language: str
) -> Iterator[str]:
    """Yield the lines that tell what is not said of one text: categories, photos, what was left."""
    every = [*taken]
    yield from _describe_categories(every, config, language)
    far = dict.fromkeys(address for each in every for address in each.far)
    if far:
        yield translate(mark("Photos that are only addresses on the net:"), language)
        yield from (f"  {each}" for each in far)
    left_out: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for collection in collections:
        left_out.update(collection.left_out)
        fields.update(collection.fields)
    if left_out:
        yield translate(mark("Left out:"), language)
        for name, number in left_out.items():
            kind, colon, rest = name.partition(": ")
            yield f"  {translate(kind, language)}{colon}{rest} ({number})"
    if fields:
        shown = ", ".join(f"{name} ({number})" for name, number in fields.most_common(_MOST_FIELDS))
        text = mark("Fields of the other system that have no place here: {names}")
        yield translate(text, language).format(names=shown)
    written = [each for each in every if not each.known]
    drafts = sum(each.is_draft for each in written)
    pictures = len({path for each in written for path in each.pictures})
    known = sum(each.known and not each.twin for each in every)
    twins = sum(each.twin for each in every)
    text = mark(
        "Written: {texts}, of which {drafts}, with {pictures}. Not written: {known}, {twins}."
    )
    yield translate(text, language).format(
        texts=count_words("{number} text", "{number} texts", len(written), language),
        drafts=count_words("{number} is a draft", "{number} are drafts", drafts, language),
        pictures=count_words(
            "{number} photo or file", "{number} photos and files", pictures, language
        ),
        known=count_words("{number} that is there", "{number} that are there", known, language),
        twins=count_words("{number} read twice", "{number} that were read twice", twins, language),
    )


def _describe_categories(taken: list[Taken], config: Config, language: str) -> Iterator[str]:
    """Yield what config.yaml lacks, as lines for it, and which categories may be meant."""
    missing = Counter(each.missing_category for each in taken if each.missing_category)
    if not missing:
        return
    yield translate(
        mark(
            "config.yaml has no such categories. Put them there, or say with --map which are meant:"
        ),
        language,
    )
    yield "  categories:"
    for name, number in missing.most_common():
        nearest = suggest(name, config)
        words = translate(mark("{number} texts"), language).format(number=number)
        if nearest:
            words += "; " + translate(mark("is it {category}?"), language).format(category=nearest)
        yield f"    - name: {quote(name)}  # {words}"
        slug = slugify(name)
        if slug in RESERVED_FOLDERS or not slug:
            # No category can have this address.
            yield f'      slug: "chuyen-muc-{slug or number}"'
