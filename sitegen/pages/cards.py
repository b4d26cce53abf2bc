"""Cards: articles as lists show them."""

import functools
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sitegen.content.articles import Article, Teaser, open_article, open_references
from sitegen.foundation.parts import Part, digest_bytes, unseal
from sitegen.media.inspection import Destination
from sitegen.model import Record
from sitegen.pages.context import NOWHERE, Shared
from sitegen.pages.pictures import compose_picture
from sitegen.views import Card, Headline


class CardParts(Record, frozen=True, gc=False):
    """The parts of a card; ``photo`` is the destination of the article's photo.

    In lists of galleries, ``photos`` is the number of its photos.
    """

    headline: Part
    teaser: Part
    photo: Part
    photos: int = 0


def digest_cards(articles: Sequence[Article], destinations: Mapping[str, Part]) -> bytes:
    """Return the digest of everything that lists show of articles."""
    # The digest of a card covers whether its article has a photo. So the destinations of photos can
    # stand after the digests of all cards, and articles without a photo need no destination here.
    find = destinations.get
    digests = [article.card_digest for article in articles]
    digests += [find(each.photo, NOWHERE).digest for each in articles if each.photo is not None]
    return digest_bytes(b"".join(digests))


def list_cards(
    articles: Iterable[Article], destinations: Mapping[str, Part]
) -> tuple[CardParts, ...]:
    """Return the parts of the cards of articles."""
    find = destinations.get
    opened = ((open_article(each), find(each.photo or "", NOWHERE)) for each in articles)
    return tuple([CardParts(parts.headline, parts.teaser, photo) for parts, photo in opened])


def count_photos(articles: Iterable[Article], destinations: Mapping[str, Part]) -> tuple[int, ...]:
    """Return the number of photos of each article, each counted once; see ``list_photos``."""
    return tuple([_count(article, destinations) for article in articles])


def _count(article: Article, destinations: Mapping[str, Part]) -> int:
    paths = {article.photo or "", *(each.path for each in open_references(article))}
    places = (unseal(destinations.get(path, NOWHERE), Destination) for path in paths)
    return len({place.url for place in places if place.kind == "picture"})


def add_counts(cards: Iterable[CardParts], counts: Iterable[int]) -> tuple[CardParts, ...]:
    """Return the parts of cards with the number of photos of each."""
    return tuple(
        [
            msgspec.structs.replace(card, photos=count)
            for card, count in zip(cards, counts, strict=True)
        ]
    )


def compose_cards(shared: Shared, cards: Iterable[CardParts]) -> tuple[Card, ...]:
    """Return the cards that are composed of these parts."""
    return tuple([compose_card(shared, each) for each in cards])


@functools.lru_cache(maxsize=2000)
def _recall_card(shared: Shared, headline: bytes, teaser: bytes, photo: bytes) -> Card:
    """Return the card that is composed of parts with these data.

    Articles that are rendered one after another show the same neighbours: each of these is composed
    once, and a template that shows the same record again is not rendered again.
    """
    parts = [Part(b"", msgspec.Raw(data)) for data in (headline, teaser, photo)]
    return compose_card(shared, CardParts(parts[0], parts[1], parts[2]))


def recall_cards(shared: Shared, cards: Iterable[CardParts]) -> tuple[Card, ...]:
    """Return the cards that are composed of these parts, each composed once."""
    return tuple(
        [
            _recall_card(
                shared, bytes(each.headline.data), bytes(each.teaser.data), bytes(each.photo.data)
            )
            for each in cards
        ]
    )


def compose_card(shared: Shared, parts: CardParts) -> Card:
    """Return the card that is composed of these parts."""
    headline = unseal(parts.headline, Headline)
    teaser = unseal(parts.teaser, Teaser)
    return Card(
        url=headline.url,
        title=headline.title,
        published=headline.published,
        category=shared.categories[teaser.category],
        lead=teaser.lead,
        picture=compose_picture(shared, teaser.photo, parts.photo),
        photos=parts.photos,
    )
