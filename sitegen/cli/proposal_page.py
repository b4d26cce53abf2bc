"""What a proposal changes, as one page of HTML that needs no other file."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from sitegen.cli.messages import translate
from sitegen.cli.page_pictures import Pictures
from sitegen.cli.proposal import PAGE, ChangedPage, Group, Proposal
from sitegen.cli.proposal_text import describe_subject, explain_subject, summarise_group
from sitegen.problems import mark

_STYLE = Path(__file__).parent / "overlay" / "changes.css"
# Nothing of what is proposed can do anything in this page, or ask for anything elsewhere.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
# Of so many pages there are pictures.
_MOST_PICTURES = 24
# Of a group, so many addresses are listed.
_MOST_ADDRESSES = 500


def choose_pictured(proposal: Proposal) -> tuple[ChangedPage, ...]:
    """Return the pages of which pictures are of use: those of texts, and one of each group."""
    first = [group.pages[0] for group in proposal.groups if group.kind == PAGE]
    return (*proposal.subjects, *first)[:_MOST_PICTURES]


def write_page(
    proposal: Proposal,
    pictures: Mapping[str, Pictures],
    language: str,
    *,
    base: str,
    title: str,
    against: str,
) -> str:
    """Return the page; ``pictures`` are by the addresses of the pages.

    ``base`` is the site's own path, ``title`` its title, ``against`` what it is compared with.
    """
    heading = escape(translate(mark("What this proposal changes"), language))
    compared = translate(mark("{title}, compared with {against}"), language)
    body = [
        f"<h1>{heading}</h1>",
        f'<p class="quiet">{escape(compared.format(title=title, against=against))}</p>',
    ]
    if not proposal.pages:
        nothing = translate(mark("No page has changed."), language)
        body.append(f"<p>{escape(nothing)}</p>")
    if proposal.subjects:
        texts = translate(mark("Texts"), language)
        body.append(f"<h2>{escape(texts)}</h2>")
        body += (_write_subject(each, pictures, base, language) for each in proposal.subjects)
    if proposal.groups:
        with_them = translate(mark("What changes with them"), language)
        body.append(f"<h2>{escape(with_them)}</h2>")
        body += (_write_group(each, pictures, base, language) for each in proposal.groups)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n"
        f"<body>\n<main>\n{''.join(body)}\n</main>\n</body>\n</html>\n"
    )


def _write_subject(
    page: ChangedPage, pictures: Mapping[str, Pictures], base: str, language: str
) -> str:
    reasons = "".join(
        f'<p class="quiet">{escape(each)}</p>' for each in explain_subject(page, language)
    )
    line = describe_subject(page, base, language).removesuffix(page.title).rstrip()
    title = escape(page.title or page.url)
    return (
        f'<article><h3>{title}</h3><p class="{page.change}">{escape(line)}</p>{reasons}'
        f"{''.join(_write_pictures(pictures.get(page.url), language))}</article>"
    )


def _write_group(group: Group, pictures: Mapping[str, Pictures], base: str, language: str) -> str:
    listed = "".join(
        f"<li>{escape(base + page.url)}</li>" for page in group.pages[:_MOST_ADDRESSES]
    )
    shown = "".join(_write_pictures(pictures.get(group.pages[0].url), language))
    summary = escape(summarise_group(group, language))
    return f"<details><summary>{summary}</summary><ul>{listed}</ul>{shown}</details>"


def _write_pictures(pictures: Pictures | None, language: str) -> Iterator[str]:
    if not pictures:
        return
    if not pictures.before and not pictures.after:
        words = mark("On the page nothing looks different at a width of 1366.")
        yield f'<p class="quiet">{escape(translate(words, language))}</p>'
        return
    both = bool(pictures.before and pictures.after)
    yield '<div class="pictures">'
    gone = translate(mark("what is not there after is red"), language) if both else ""
    yield from _write_figure(mark("Before"), pictures.before, language, gone)
    share = f"{pictures.share:.1%}".replace(".", translate(mark("."), language))
    words = translate(mark("what is new is green, {share} of the page"), language)
    told = words.format(share=share) if both else ""
    yield from _write_figure(mark("After"), pictures.after, language, told)
    yield "</div>"


def _write_figure(name: str, picture: bytes, language: str, told: str) -> Iterable[str]:
    if picture:
        caption = translate(name, language)
        source = b64encode(picture).decode()
        yield (
            f"<figure><figcaption>{escape(', '.join(filter(None, (caption, told))))}</figcaption>"
            f'<img alt="{escape(caption)}" src="data:image/webp;base64,{source}"></figure>'
        )
