"""Related articles: older articles that share a tag with an article.

They are never newer, so a new article does not change the pages of older ones. Every build must
know whether the related articles of any article could have changed: it computes digests for all
articles in one pass. Which articles these are, it finds only for the articles that it renders.
"""

import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sitegen.content.articles import Article, list_names
from sitegen.foundation.parts import Part, digest_bytes
from sitegen.foundation.text import fold
from sitegen.model import Record
from sitegen.pages.cards import digest_cards
from sitegen.pages.context import NOWHERE, PlanContext
from sitegen.pages.link_index import ArticlesOfYear

# For each of its tags, an article is compared with this number of older articles, the newest ones.
_REACH = 12
# The score of a common tag with one article; it falls by one whenever the articles double.
_RAREST = 40
# The score of a common category.
_SAME_CATEGORY = 4


class RelatedIndex(Record, frozen=True, dict=True):
    """All articles by their tags, which are looked up when they are first needed.

    An article's number is its position in ``oldest_first``.
    """

    oldest_first: Sequence[Article]

    @functools.cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each article, by its path."""
        return {article.path: number for number, article in enumerate(self.oldest_first)}

    @functools.cached_property
    def tags(self) -> list[tuple[str, ...]]:
        """The tags of each article, folded."""
        spelled = functools.cache(fold)
        names = map(list_names, self.oldest_first)
        return [tuple(dict.fromkeys(map(spelled, each.tags))) for each in names]

    @functools.cached_property
    def tagged(self) -> dict[str, list[int]]:
        """The numbers of the articles with a tag, in ascending order."""
        tagged: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(self.tags):
            for tag in own:
                tagged[tag].append(number)
        return tagged


class KnownRelated(Record, frozen=True):
    """What is known of related articles, and stored for the next build.

    ``articles`` is the digest of all articles, their tags and photos. ``years`` holds, for the
    articles of each year and category, the digest of all articles that could be related to them.
    """

    articles: bytes = b""
    years: tuple[bytes, ...] = ()


def relate_articles(
    context: PlanContext,
    years: Sequence[ArticlesOfYear],
    related_index: RelatedIndex,
    known: KnownRelated,
) -> KnownRelated:
    """Return what is known of related articles now; ``known`` is what the last build stored."""
    if not context.site.config.lists.related:
        return KnownRelated(years=(b"",) * len(years))
    articles = context.site.articles
    stories = b"".join([article.story_digest for article in articles])
    digest = digest_bytes(stories + digest_cards(articles, context.destinations))
    if known.articles == digest and len(known.years) == len(years):
        return known
    found = digest_related(related_index, context.destinations)
    own = context.site.own_category
    digests = (
        [found[article.path] for article in own[year.category][year.start : year.end]]
        for year in years
    )
    return KnownRelated(digest, tuple(digest_bytes(b"".join(each)) for each in digests))


def digest_related(
    related_index: RelatedIndex, destinations: Mapping[str, Part]
) -> dict[str, bytes]:
    """Return, for the path of each article, the digest of all articles that could be related."""
    digests: dict[str, bytes] = {}
    # The digest of all older articles of each tag, in their order.
    chains: dict[str, bytes] = {}
    for article, tags in zip(related_index.oldest_first, related_index.tags, strict=True):
        # The digest of a card covers the category, and whether there is a photo.
        link = article.card_digest
        if article.photo is not None:
            link += destinations.get(article.photo, NOWHERE).digest
        before = [chains.get(tag, b"") for tag in tags]
        digests[article.path] = digest_bytes(b"".join(before))
        chains |= {tag: digest_bytes(chain + link) for tag, chain in zip(tags, before, strict=True)}
    return digests


def find_related(
    related_index: RelatedIndex, article: Article, most: int, beside: Collection[Article]
) -> tuple[Article, ...]:
    """Return the older articles that are nearest to ``article``, at ``most`` this number of them.

    Articles are nearer if they share more tags, if these tags were rarer when the newer article was
    published, and if they are of one category. Of two equally near articles the newer comes first.
    The articles that the page already shows ``beside`` this one are left out.
    """
    articles, number = related_index.oldest_first, related_index.numbers[article.path]
    scores: dict[int, int] = {}
    for tag in related_index.tags[number]:
        tagged = related_index.tagged[tag]
        end = bisect_left(tagged, number)
        score = _RAREST - end.bit_length()
        for other in tagged[max(0, end - _REACH) : end]:
            scores[other] = scores.get(other, 0) + score
    for each in beside:
        scores.pop(related_index.numbers[each.path], None)
    for other in scores:
        if articles[other].category == article.category:
            scores[other] += _SAME_CATEGORY
    nearest = sorted(scores, key=lambda other: (scores[other], other), reverse=True)
    return tuple([articles[other] for other in nearest[:most]])
