"""Articles as lists show them."""

from collections.abc import Iterable, Sequence

from sitegen.content.articles import Article, Teaser, open_article
from sitegen.foundation.parts import Part, digest_bytes, unseal
from sitegen.model import Record
from sitegen.pages.context import NOWHERE, Shared
from sitegen.pages.pictures import compose_picture
from sitegen.views import Card, Headline


class CardParts(Record, frozen=True, gc=False):
    """What a card is composed of; ``photo`` is the destination of the article's photo."""

    headline: Part
    teaser: Part
    photo: Part


class Cards(Record, frozen=True, gc=False):
    """The cards that a list shows."""

    cards: tuple[CardParts, ...]


def digest_cards(articles: Sequence[Article], destinations: dict[str, Part]) -> bytes:
    """Return the digest of all that lists show of articles.

    The digest of a card says whether its article has a photo. So the destinations of the photos can
    follow all cards, without those of articles that have none.
    """
    find = destinations.get
    digests = [article.card_digest for article in articles]
    digests += [find(each.photo, NOWHERE).digest for each in articles if each.photo is not None]
    return digest_bytes(b"".join(digests))


def list_cards(articles: Iterable[Article], destinations: dict[str, Part]) -> Cards:
    """Return what the cards of articles are composed of."""
    opened = ((article, open_article(article)) for article in articles)
    return Cards(
        tuple(
            [
                CardParts(
                    headline=parts.headline,
                    teaser=parts.teaser,
                    photo=destinations.get(article.photo or "", NOWHERE),
                )
                for article, parts in opened
            ]
        )
    )


def compose_cards(shared: Shared, cards: Cards) -> tuple[Card, ...]:
    """Return the cards that a list shows."""
    return tuple([_compose_card(shared, each) for each in cards.cards])


def _compose_card(shared: Shared, parts: CardParts) -> Card:
    headline = unseal(parts.headline, Headline)
    teaser = unseal(parts.teaser, Teaser)
    return Card(
        url=headline.url,
        title=headline.title,
        published=headline.published,
        category=shared.categories[teaser.category].link,
        lead=teaser.lead,
        picture=compose_picture(shared, teaser.photo, parts.photo),
    )
