"""Articles as the plan knows them, read of files that are complete."""

from sitegen.content.articles import Article
from sitegen.content.config import parse_config
from sitegen.content.kinds import read_text

CONFIG = parse_config(
    b"site: {title: A, url: 'https://example.org'}\n"
    b"categories: [{name: Tin, slug: tin}, {name: Khac, slug: khac}]\n"
)


def write_article(
    name: str, *tags: str, date: str, category: str = "tin", **fields: str
) -> Article:
    """Return the article that ``content/<name>.md`` would be."""
    written = {
        "title": f'"{name}"',
        "date": date,
        "category": category,
        "author": "A",
        "tags": f"[{', '.join(tags)}]" if tags else "",
        **fields,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in written.items() if value)
    article, problems = read_text(f"---\n{lines}---\n".encode(), f"content/{name}.md", CONFIG)
    assert isinstance(article, Article), problems
    return article
