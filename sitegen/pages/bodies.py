"""Bodies before they are converted to HTML, with the destinations of their links."""

from sitegen.foundation.parts import Part, unseal
from sitegen.media.inspection import Destination
from sitegen.model import Body
from sitegen.pages.context import Shared
from sitegen.pages.pictures import make_picture
from sitegen.views import BodyView, Target


def view_body(shared: Shared, body: Body, links: tuple[Part, ...], page: str = "") -> BodyView:
    """Return a body with the destinations of its references, which are ``links`` in this order.

    ``page`` is the address of the article if the body is shown on another page than the article's.
    """
    found = zip(body.references, links, strict=True)
    targets = tuple(_aim(shared, each, unseal(place, Destination)) for each, place in found)
    return BodyView(body.path, body.start, body.digest, targets, shared.video_hosts, page)


def _aim(shared: Shared, reference: str, place: Destination) -> Target:
    url = shared.href(place.url) if place.url else ""
    picture = make_picture(shared, place) if place.kind == "picture" else None
    return Target(reference, place.kind, url, place.size, picture)
