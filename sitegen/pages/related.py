"""Which older articles belong to an article: those that share its tags.

Only older ones, so that a page stays as it is when a new article comes. Every build asks of every
article whether its kin could be others than before, but only few builds ask of many which they are:
so the first is answered in one pass by digests, and the second for one article at a time.
"""

import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence

from sitegen.content.articles import Article, list_names
from sitegen.foundation.parts import DIGEST_SIZE, digest_bytes
from sitegen.foundation.text import fold
from sitegen.model import Record

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


def index_related(newest_first: Sequence[Article]) -> RelatedIndex:
    """Return the articles by their tags."""
    oldest_first = newest_first[::-1]
    spelled = functools.cache(fold)
    tags = [tuple(dict.fromkeys(map(spelled, list_names(each)[1]))) for each in oldest_first]
    tagged: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(tags):
        for tag in own:
            tagged[tag].append(number)
    numbers = {article.path: number for number, article in enumerate(oldest_first)}
    return RelatedIndex(oldest_first, tags, numbers, tagged)


def digest_related(related_index: RelatedIndex) -> dict[str, bytes]:
    """Return, by the paths of articles, the digest of all that could belong to each."""
    digests: dict[str, bytes] = {}
    # For each tag, the digest of all its articles so far, in their order.
    chains: dict[str, bytes] = {}
    for article, tags in zip(related_index.oldest_first, related_index.tags, strict=True):
        link = article.digests[:DIGEST_SIZE] + article.category.encode()
        before = [chains.get(tag, b"") for tag in tags]
        digests[article.path] = digest_bytes(b"".join(before))
        chains |= {tag: digest_bytes(chain + link) for tag, chain in zip(tags, before, strict=True)}
    return digests


def find_related(
    related_index: RelatedIndex, article: Article, most: int, beside: Collection[Article]
) -> tuple[Article, ...]:
    """Return at ``most`` so many older articles that belong to ``article``, the nearest first.

    Two articles are the nearer the more tags they share, the rarer those were when the later one
    came out, and if they are of one category; of two that are equally near the newer one comes
    first. Those that its page shows ``beside`` it are passed over.
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
