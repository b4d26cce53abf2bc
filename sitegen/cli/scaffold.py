"""A new article, to be filled in."""

from datetime import datetime
from pathlib import Path

from sitegen.content import samples
from sitegen.content.article_file import find_categories, suggest_category
from sitegen.content.scalars import quote
from sitegen.content.settings import Category, Config
from sitegen.foundation.text import normalise, slugify
from sitegen.problems import UsageError

_ARTICLE = """---
title: {title}
date: {date}
category: {category}
slug: {slug}
author: {author}
lead: {lead}
# photo: {photo}
# photo_caption: "{caption}"
# photo_credit: "{credit}"
# tags: [{tags}]
draft: {draft}
---

{body}
"""


def new_article(
    root: Path, config: Config, title: str, category: str, author: str, now: datetime
) -> Path:
    """Write a new article to be filled in, and return its path.

    Raises :class:`~sitegen.problems.UsageError` if the category is unknown or ambiguous, if the
    title has no letters, or if the file exists.
    """
    title = " ".join(normalise(title).split())
    found = find_category(config, category)
    slug = slugify(title)
    if not slug:
        raise UsageError("title-letters", value=title)
    path = Path("content", found.path, f"{now.year:04}", f"{slug}.md")
    text = write_article(
        title=quote(title),
        date=f"{now:%Y-%m-%d %H:%M}",
        category=quote(found.name),
        slug=quote(slug),
        author=quote(author or "Ban Biên tập"),
        lead=quote(samples.LEAD),
        draft="true",
        body=samples.BODY,
    )
    target = root / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("file-exists", path=path.as_posix()) from error
    return path


def find_category(config: Config, name: str) -> Category:
    """Return the category that has a name or an address.

    Raises :class:`~sitegen.problems.UsageError` if it is unknown or ambiguous.
    """
    matching = find_categories(name, config)
    if not matching:
        code, suggested = suggest_category(name, config)
        raise UsageError(code, value=name, **suggested)
    if len(matching) > 1:
        addresses = ", ".join(each.path for each in matching)
        raise UsageError("category-ambiguous", value=name, addresses=addresses)
    return matching[0]


def write_article(**values: str) -> str:
    """Return the text of an article whose fields have these values, as YAML."""
    return _ARTICLE.format(
        photo=samples.PHOTO,
        caption=samples.CAPTION,
        credit=samples.CREDIT,
        tags=", ".join(samples.TAGS),
        **values,
    )
