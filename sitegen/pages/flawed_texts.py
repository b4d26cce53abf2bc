"""The bodies of texts that have no page for now, because of errors in their fields.

What is wrong in them is told all the same, so that nobody mends a text twice.
"""

from itertools import chain
from pathlib import Path

from sitegen.content.bodies import ConvertedBody, convert_body
from sitegen.content.kinds import find_body
from sitegen.foundation.workers import Guard, map_items
from sitegen.pages.context import PlanContext
from sitegen.pages.link_index import LinkIndex, find_destinations
from sitegen.pages.pictures import view_body
from sitegen.problems import Problem
from sitegen.views import BodyView

# Fewer bodies are converted sooner than other processes are started.
_WORTH_WORKERS = 50


def check_flawed_bodies(
    root: Path, context: PlanContext, link_index: LinkIndex, jobs: int
) -> tuple[Problem, ...]:
    """Return what is wrong in the bodies of flawed texts, as it would be on their pages."""
    bodies = [
        view_body(context.shared, find_body(each), find_destinations(each, link_index).links)
        for each in context.site.flawed
    ]

    def convert(body: BodyView) -> ConvertedBody:
        return ConvertedBody("", convert_body(root, body).problems)

    jobs = jobs if len(bodies) >= _WORTH_WORKERS else 1
    made = map_items(convert, bodies, ConvertedBody, jobs, _GUARD)
    return tuple(chain.from_iterable(each.problems for each in made))


_GUARD = Guard[BodyView, ConvertedBody](
    owner=lambda body: body.path,
    refuse=lambda found: ConvertedBody("", (found,)),
    risky=lambda _: False,
)
