"""Bodies before they are converted to HTML, with the destinations of their links."""

from sitegen.foundation.parts import unseal
from sitegen.media.inspection import Destination
from sitegen.model import Body
from sitegen.pages.context import Shared
from sitegen.pages.link_index import LinkDestination
from sitegen.pages.pictures import make_picture
from sitegen.views import BodyView, Target


def view_body(
    shared: Shared, body: Body, links: tuple[LinkDestination, ...], page: str = ""
) -> BodyView:
    """Return a body with the destinations of its references, which are ``links`` in this order.

    ``page`` is the address of the article if the body is shown on another page than the article's.
    """
    found = zip(body.references, links, strict=True)
    targets = tuple(_aim(shared, reference, link) for reference, link in found)
    return BodyView(body.path, body.start, body.digest, targets, shared.video_hosts, page)


def _aim(shared: Shared, reference: str, link: LinkDestination) -> Target:
    if isinstance(link, str):
        return Target(reference, "page", shared.href(link))
    place = unseal(link, Destination)
    url = shared.href(place.url) if place.url else ""
    picture = make_picture(shared, place) if place.kind == "picture" else None
    return Target(reference, place.kind, url, place.size, picture)
