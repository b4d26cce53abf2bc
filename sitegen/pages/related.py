"""Which older articles are related to an article: those that share its tags.

Only older ones, so that a page stays as it is when a new article comes. Every build must know of
each article whether other articles could be related to it than before; which they are is seldom
asked. So the first question is answered for all articles in one pass, by digests, and the second
for one article at a time.
"""

import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from sitegen.content.articles import Article, list_names
from sitegen.foundation.parts import digest_bytes
from sitegen.foundation.text import fold
from sitegen.model import Record
from sitegen.pages.context import PlanContext
from sitegen.pages.link_index import ArticlesOfYear

# So many of the newest articles of a tag are compared with the next one that has it.
_REACH = 12
# What it counts to share a tag: one less each time that the articles of the tag have doubled.
_RAREST = 40
# What it counts beside a tag to be of the same category.
_SAME_CATEGORY = 4
# Nearness is in the bits above those of an article's number.
_NEARNESS = 32
_NUMBER = (1 << _NEARNESS) - 1


class RelatedIndex(Record, frozen=True):
    """All articles by their tags. An article's number is its place, counted from the oldest up.

    ``tags`` are those of each article, in one spelling; ``tagged`` are the numbers of the articles
    with a tag, in their order.
    """

    oldest_first: Sequence[Article]
    tags: Sequence[tuple[str, ...]]
    numbers: dict[str, int]
    tagged: dict[str, list[int]]


class KnownRelated(Record, frozen=True):
    """What a build tells the next one of related articles.

    ``articles`` is the digest of all that makes articles related; ``years`` are the digests of all
    that could be related to the articles of each year and category, in their order.
    """

    articles: bytes = b""
    years: tuple[bytes, ...] = ()


class RelatedArticles(Record, frozen=True):
    """Which articles are related.

    ``index`` makes the index of all articles when it is first asked for. ``digests`` are those of
    all that could be related to the articles of a year. ``known`` is for the next build.
    """

    index: Callable[[], RelatedIndex]
    digests: dict[ArticlesOfYear, bytes]
    known: KnownRelated


def relate_articles(
    context: PlanContext, years: Sequence[ArticlesOfYear], known: KnownRelated
) -> RelatedArticles:
    """Return which articles are related; ``known`` is what the last build found."""
    articles = context.site.articles
    index = functools.cache(lambda: index_related(articles))
    if not context.site.config.lists.related:
        return RelatedArticles(index, {}, KnownRelated())
    digest = digest_bytes(b"".join([article.story_digest for article in articles]))
    if known.articles != digest or len(known.years) != len(years):
        found = digest_related(index())
        own = context.site.own_category
        digests = (
            [found[article.path] for article in own[year.category][year.start : year.end]]
            for year in years
        )
        known = KnownRelated(digest, tuple(digest_bytes(b"".join(each)) for each in digests))
    return RelatedArticles(index, dict(zip(years, known.years, strict=True)), known)


def index_related(newest_first: Sequence[Article]) -> RelatedIndex:
    """Return the articles by their tags."""
    oldest_first = newest_first[::-1]
    spelled = functools.cache(fold)
    tags = [tuple(dict.fromkeys(map(spelled, list_names(each).tags))) for each in oldest_first]
    tagged: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(tags):
        for tag in own:
            tagged[tag].append(number)
    numbers = {article.path: number for number, article in enumerate(oldest_first)}
    return RelatedIndex(oldest_first, tags, numbers, tagged)


def digest_related(related_index: RelatedIndex) -> dict[str, bytes]:
    """Return, by the paths of articles, the digest of all that could be related to each."""
    digests: dict[str, bytes] = {}
    # For each tag, the digest of all its articles so far, in their order.
    chains: dict[str, bytes] = {}
    for article, tags in zip(related_index.oldest_first, related_index.tags, strict=True):
        link = article.headline_digest + article.category.encode()
        before = [chains.get(tag, b"") for tag in tags]
        digests[article.path] = digest_bytes(b"".join(before))
        chains |= {tag: digest_bytes(chain + link) for tag, chain in zip(tags, before, strict=True)}
    return digests


def find_related(
    related_index: RelatedIndex, article: Article, most: int, beside: Collection[Article]
) -> tuple[Article, ...]:
    """Return at ``most`` so many older articles that are related to ``article``, the nearest first.

    Two articles are the nearer the more tags they share, the rarer those were when the later one
    came out, and if they are of one category; of two that are equally near the newer one comes
    first. Those that its page shows ``beside`` it are left out.
    """
    articles, number = related_index.oldest_first, related_index.numbers[article.path]
    near: dict[int, int] = {}
    for tag in related_index.tags[number]:
        group = related_index.tagged[tag]
        end = bisect_left(group, number)
        worth = (_RAREST - end.bit_length()) << _NEARNESS
        for other in group[max(0, end - _REACH) : end]:
            near[other] = near.get(other, other) + worth
    for each in beside:
        near.pop(related_index.numbers[each.path], None)
    for other in near:
        if articles[other].category == article.category:
            near[other] += _SAME_CATEGORY << _NEARNESS
    nearest = sorted(near.values(), reverse=True)[:most]
    return tuple([articles[each & _NUMBER] for each in nearest])
