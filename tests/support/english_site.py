"""An English site that has a page of every kind."""

from support.documents import make_pdf
from support.photos import photo
from support.site_folder import SiteFolder

ENGLISH = """\
site:
  title: The Portal of Quang Nam
  url: https://example.org/en
  language: en
  description: News of the province.
  welcome: Welcome.
categories:
  - name: News
    children:
      - name: Youth
  - name: Photos
    kind: gallery
  - name: Empty
imprint:
  governing_body: The Committee
  publisher: The Office
  license: No. 1
  responsible: An
  address: 1 Hung Vuong
  telephone: 0235 000 0000
  mail: a@example.org
translations:
  - language: vi
    title: Tiếng Việt
    url: https://example.org/
links:
  - title: Elsewhere
    url: https://example.com/
search:
  synonyms:
    UN: United Nations
lists:
  page_size: 2
  feed_full: true
pictures:
  cards: true
stats: true
visits: 3150444
offline: true
"""
BODY = """\
## One

Text with a note.[^1] And [a document](/media/plan.pdf), [another](/media/plan.pdf).

| a | b |
| - | - |
| 1 | 2 |

## Two

| c | d |
| - | - |
| 3 | 4 |

## Three

![](/media/a.jpg)

![Film](https://www.youtube.com/watch?v=aB3)

![](/media/film.mp4)

![](/media/sound.mp3)

- [The plan](/media/plan.pdf)

[^1]: A note.
"""


def write_english(site: SiteFolder) -> SiteFolder:
    """Write it into a folder with a theme."""
    site.write("config.yaml", ENGLISH)
    site.write("content/media/plan.pdf", make_pdf(("One", "Two", "Three"), title="A plan"))
    site.write("content/media/a.jpg", photo((1600, 900)))
    site.write("content/media/film.mp4", b"\0\0\0\x18ftypmp42")
    site.write("content/media/film.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome.\n")
    site.write("content/media/sound.mp3", b"ID3" + bytes(1_400_000))
    shown = {"photo": "/media/a.jpg", "photo_caption": "A caption", "photo_credit": "AN"}
    fields = {"category": "News", "author": "An", "tags": "[youth, peace]", "lead": "A lead."}
    for number in range(1, 6):
        dated = {"date": f"2024-0{number}-06 07:08"}
        site.article(f"story {number}", BODY, **fields, **shown, **dated)
    site.article("last", BODY, **fields | {"category": "Youth", "date": "2023-12-02 10:30"})
    site.article(
        "first",
        BODY,
        **fields,
        **shown,
        date="2026-11-22 10:30",
        updated="2026-11-22 11:30",
        featured="true",
        audio="/media/sound.mp3",
        views="12345",
        source="Reuters",
        dateline="HANOI",
        aliases="[/old.html, /old.aspx?id=1]",
        translations="[{language: vi, title: Tiếng Việt, "
        "url: https://example.org/tin-tuc/2026/11/dau-tien/}]",
    )
    site.article("photos", "![](/media/a.jpg)", category="Photos", author="An", **shown)
    site.write(
        "content/pages/about.md",
        f"---\ntitle: About\nmenu: true\nupdated: 2026-03-06\n---\n\n{BODY}",
    )
    person = "name: Binh\npost: Secretary\nunit: Office\ntelephone: 0235 000 0000\nmail: a@b.vn\n"
    site.write("content/people/binh.md", f"---\n{person}photo: /media/a.jpg\n---\n\nA life.\n")
    return site
