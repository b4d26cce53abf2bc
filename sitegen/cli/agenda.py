"""What happens to the site next although nobody edits it, for people and for other programs."""

import json
import math
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from sitegen.build import CACHE, Request, prepare
from sitegen.cli.sentences import Sentence
from sitegen.content.due import Due, Event, list_due
from sitegen.model import Record
from sitegen.problems import ProblemsFoundError, has_errors, mark

_SENTENCES = {
    Event.APPEARS: mark("{moment}: {path} is published at {url}."),
    Event.LEAVES_NEWS: mark("{moment}: {path} leaves the sitemap of news after two days ({url})."),
    Event.LAPSES: mark("{moment}: {path} is no longer featured on the front page ({url})."),
    Event.EXPIRES: mark("{moment}: {path} expires and is no longer at {url}."),
}


class Agenda(Record, frozen=True):
    """What is due after ``now``, in order; ``base`` is the site's own path."""

    due: tuple[Due, ...]
    now: datetime
    base: str


def make_agenda(request: Request) -> Agenda:
    """Return what is due on a site after the time of ``request``.

    Raises :class:`~sitegen.problems.ProblemsFoundError` where the site has errors: it would not be
    built then.
    """
    prepared = prepare(request, request.root / CACHE)
    if has_errors(prepared.problems):
        raise ProblemsFoundError(prepared.problems)
    site = prepared.context.site
    days = site.config.lists.featured_days
    due = list_due(chain(site.articles, site.scheduled), request.now.timestamp(), days)
    return Agenda(tuple(sorted(due)), request.now, prepared.rendering.shared.base)


def describe_agenda(agenda: Agenda) -> Iterator[Sentence]:
    """Yield a sentence for each event."""
    for each in agenda.due:
        moment = _find_moment(agenda, each).replace(tzinfo=None)
        written = moment.isoformat(" ", "seconds" if moment.second else "minutes")
        values = {"moment": written, "path": each.file, "url": agenda.base + each.url}
        yield Sentence(_SENTENCES[each.what], values)


def format_agenda(agenda: Agenda) -> str:
    """Return a JSON list of objects with ``at``, ``what``, ``file`` and ``url``."""
    entries = [
        {
            "at": _find_moment(agenda, each).isoformat(timespec="seconds"),
            "what": each.what,
            "file": each.file,
            "url": agenda.base + each.url,
        }
        for each in agenda.due
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def count_seconds(agenda: Agenda) -> int | None:
    """Return after how many whole seconds the next event has happened, or ``None``."""
    if not agenda.due:
        return None
    return math.ceil(agenda.due[0].at - agenda.now.timestamp())


def _find_moment(agenda: Agenda, due: Due) -> datetime:
    return datetime.fromtimestamp(due.at, agenda.now.tzinfo)
