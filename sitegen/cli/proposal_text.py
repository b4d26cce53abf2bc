"""What a proposal changes, in words: for people, and for other programs."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from sitegen.cli import proposal as kinds
from sitegen.cli.messages import count_words, translate
from sitegen.cli.proposal import COPY, THEME, ChangedPage, Group, Proposal
from sitegen.content.settings import Config
from sitegen.problems import mark
from sitegen.releases.comparison import Change

MOVES = "moves"
# So many addresses of a group, and so many causes, are named.
_FEW, _FEW_CAUSES = 5, 4

_SUBJECTS = {
    Change.APPEARS: mark("new: {url}"),
    Change.CHANGES: mark("changed: {url}"),
    Change.VANISHES: mark("gone: {url}"),
}
_STATES = {
    Change.APPEARS: mark("new"),
    Change.CHANGES: mark("changed"),
    Change.VANISHES: mark("gone"),
}


def describe_proposal(proposal: Proposal, base: str, language: str) -> Iterator[str]:
    """Yield lines: each page of a text with its reason, then a line for each group.

    ``base`` is the site's own path.
    """
    for page in proposal.subjects:
        yield _join(describe_subject(page, base, language))
        for each in explain_subject(page, language):
            yield f"    {_join(each)}"
    for group in proposal.groups:
        yield _join(describe_group(group, base, language))
    if not proposal.pages:
        yield translate(mark("No page has changed."), language)


def _join(text: str) -> str:
    """Return a text as one line: to the log of a host, what begins a line may be a command."""
    return " ".join(text.splitlines())


def describe_subject(page: ChangedPage, base: str, language: str) -> str:
    """Return what happens to the page of a text, with its title."""
    if page.moved_from:
        text = translate(mark("moved: {old} → {url}"), language)
        line = text.format(old=f"{base}{page.moved_from}", url=f"{base}{page.url}")
    else:
        line = translate(_SUBJECTS[page.change], language).format(url=f"{base}{page.url}")
    return f"{line}  {page.title}".rstrip()


def explain_subject(page: ChangedPage, language: str) -> Iterator[str]:
    """Yield why a page changes, and what becomes of its old address."""
    if page.because:
        because = name_causes(page.because, language)
        yield translate(mark("because of {because}"), language).format(because=because)
    if page.moved_from and page.is_led_on:
        yield translate(mark("the old address leads to the new one"), language)
    elif page.moved_from:
        text = mark("whoever comes to the old address finds nothing: `aliases` is missing")
        yield translate(text, language)


def describe_group(group: Group, base: str, language: str) -> str:
    """Return in a line what happens to a group, why, and where the first of it are."""
    urls = ", ".join(f"{base}{page.url}" for page in group.pages[:_FEW])
    more = ", …" if len(group.pages) > _FEW else ""
    # To copies nobody goes by their addresses.
    where = "" if group.kind in {COPY, THEME} else f": {urls}{more}"
    return f"{summarise_group(group, language)}{where}"


def summarise_group(group: Group, language: str) -> str:
    """Return how many of which kind change how, and because of what."""
    values = {
        "files": _count(group.kind, len(group.pages), language),
        "change": translate(_STATES[group.change], language),
        "because": name_causes(group.because, language),
    }
    if group.because:
        return translate(mark("{files} {change}, because of {because}"), language).format(**values)
    return translate(mark("{files} {change}"), language).format(**values)


def name_causes(because: tuple[str, ...], language: str) -> str:
    """Return the names of a few files, and how many more there are."""
    named = ", ".join(because[:_FEW_CAUSES])
    left = len(because) - _FEW_CAUSES
    if left <= 0:
        return named
    text = translate(mark("{files} and {number} more"), language)
    return text.format(files=named, number=left)


def format_proposal(proposal: Proposal, config: Config) -> str:
    """Return a JSON list of objects, the pages of texts first."""

    def find_address(url: str) -> str:
        return config.url + quote(url)

    entries = [
        {
            "url": find_address(page.url),
            "what": MOVES if page.moved_from else page.change,
            "from": find_address(page.moved_from) if page.moved_from else None,
            "kind": page.kind,
            "subject": page.is_subject,
            "file": page.file or None,
            "title": page.title or None,
            "reasons": page.reasons,
            "because": page.because,
        }
        for page in proposal.pages
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def _count(kind: str, number: int, language: str) -> str:
    match kind:
        case kinds.FEED:
            return count_words(
                "{number} list for programs", "{number} lists for programs", number, language
            )
        case kinds.MEDIA:
            return count_words(
                "{number} photo or document", "{number} photos and documents", number, language
            )
        case kinds.COPY:
            return count_words("{number} smaller copy", "{number} smaller copies", number, language)
        case kinds.THEME:
            return count_words(
                "{number} file of the theme", "{number} files of the theme", number, language
            )
        case _:
            return count_words("{number} page", "{number} pages", number, language)
