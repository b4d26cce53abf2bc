"""The standing pages."""

from collections.abc import Iterator

from sitegen.content.standing_pages import StandingPage
from sitegen.pages.context import PlanContext, describe_page
from sitegen.pages.link_index import LinkIndex, find_destinations
from sitegen.pages.pictures import compose_picture, share_photo, view_body
from sitegen.pages.planned import PlannedPage, plan_view
from sitegen.views import StandingView


def plan_standing_pages(context: PlanContext, link_index: LinkIndex) -> Iterator[PlannedPage]:
    """Yield the standing pages."""
    shared = context.shared
    pages = [each for each in context.site.standing_texts if isinstance(each, StandingPage)]
    for page in pages:
        found = find_destinations(page, link_index)
        picture = compose_picture(shared, page.photo, found.photo)
        view = StandingView(
            **describe_page(
                shared,
                page.url,
                page.title,
                description=page.lead,
                section=shared.href(page.url),
                share=share_photo(shared, picture),
            ),
            updated=page.updated,
            lead=page.lead,
            picture=picture,
            translations=page.translations,
            body=view_body(shared, page.body, found.links),
        )
        yield plan_view(page.url, "page.html", view, page.path)
