"""The list of all people by unit, and a page for each person of whom there is more to say."""

import math
from collections.abc import Iterator
from itertools import groupby

from sitegen.content.kinds import find_photo
from sitegen.content.people import Person
from sitegen.foundation.addresses import PEOPLE
from sitegen.foundation.text import SortKey, sort_key
from sitegen.pages.context import NOWHERE, PEOPLE_TITLE, PlanContext, describe_page
from sitegen.pages.link_index import LinkIndex, find_destinations
from sitegen.pages.pictures import compose_picture, view_body
from sitegen.pages.planned import PlannedPage, plan_view
from sitegen.views import Link, PeopleView, PersonCard, PersonView, Unit


def plan_people_list(context: PlanContext) -> Iterator[PlannedPage]:
    """Yield the list of all people, if there are any."""
    people = _list_people(context)
    if people:
        shared = context.shared
        title = shared.speak(PEOPLE_TITLE)
        view = PeopleView(
            **describe_page(shared, PEOPLE, title, section=shared.href(PEOPLE)),
            units=tuple(
                Unit(unit, tuple(_view_card(context, each) for each in members))
                for unit, members in groupby(people, key=lambda each: each.unit)
            ),
        )
        yield plan_view(PEOPLE, "people.html", view)


def plan_people(context: PlanContext, link_index: LinkIndex) -> Iterator[PlannedPage]:
    """Yield the pages of those people who have one of their own."""
    shared = context.shared
    for person in filter(lambda each: each.has_page, _list_people(context)):
        view = PersonView(
            **describe_page(
                shared,
                person.url,
                person.name,
                description=person.lead,
                section=shared.href(PEOPLE),
                breadcrumbs=[Link(shared.speak(PEOPLE_TITLE), shared.href(PEOPLE))],
            ),
            unit=person.unit,
            person=_view_card(context, person),
            body=view_body(shared, person.body, find_destinations(person, link_index).links),
        )
        yield plan_view(person.url, "person.html", view, person.path)


def _list_people(context: PlanContext) -> list[Person]:
    """Return all people, those of a unit together: by number, then by name."""
    people = [each for each in context.site.standing_texts if isinstance(each, Person)]
    people.sort(key=lambda each: (_number(each), _sort_name(each.name), each.path))
    first: dict[str, float] = {}
    for each in people:
        first.setdefault(each.unit, _number(each))
    return sorted(people, key=lambda each: (first[each.unit], sort_key(each.unit)))


def _number(person: Person) -> float:
    return math.inf if person.order is None else person.order


def _sort_name(name: str) -> SortKey:
    """Return the key of a name as Vietnamese lists sort it: by the given name, the last one."""
    family, _, given = name.rpartition(" ")
    return sort_key(f"{given} {family}")


def _view_card(context: PlanContext, person: Person) -> PersonCard:
    photo = context.destinations.get(find_photo(person) or "", NOWHERE)
    return PersonCard(
        name=person.name,
        post=person.post,
        anchor=person.slug,
        url=context.shared.href(person.url) if person.has_page else "",
        telephone=person.telephone,
        mail=person.mail,
        picture=compose_picture(context.shared, person.photo, photo),
    )
