"""What ``sitegen new`` and ``sitegen init`` write to be replaced, and what is not written yet."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.content.declarations import Values
from sitegen.content.fields import Fields
from sitegen.content.front_matter import TextFile
from sitegen.content.settings import Config
from sitegen.model import CONFIG_FILE
from sitegen.problems import Locate, Place, Problem, problem, warning

# Of a new article. Some lines are comments at first; there is no such photo.
LEAD = "Viết một, hai câu tóm tắt bài ở đây."
PHOTO = "/media/ten-anh.jpg"
CAPTION = CREDIT = "…"
TAGS = ("thẻ thứ nhất", "thẻ thứ hai")
BODY = "Viết nội dung bài ở đây."
_OF_ARTICLE = (
    ("lead", LEAD),
    ("photo_caption", CAPTION),
    ("photo_credit", CREDIT),
    *(("tags", each) for each in TAGS),
)

# Of a new site. No host below "example" is ever anybody's (RFC 2606).
SITE_TITLE = "Tên cổng thông tin điện tử"
SITE_URL = "https://ten-mien.example"
GOVERNING_BODY = "Tên cơ quan chủ quản"
FIRST_LEAD = "Bài viết mẫu để bắt đầu."

_PUBLISHED = "sample-published"
_SAMPLES = frozenset((FIRST_LEAD, *(text for _, text in _OF_ARTICLE)))
# Whoever writes beside a sample writes below or above it.
_NEAR = 100

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def report_samples(fields: Fields, values: Values) -> None:
    """Report what a command wrote into the fields of an article that is no draft any more."""
    photo = values["photo"]
    written = (photo.caption, photo.credit) if photo else ()
    if _SAMPLES.isdisjoint((values["lead"], *values["tags"], *written)):
        return
    for field, text in _OF_ARTICLE:
        if node := fields.find_item(field, text):
            fields.report_on(node, "sample-left", value=text)
    if node := fields.find_item("lead", FIRST_LEAD):
        fields.warn_on(node, _PUBLISHED, value=FIRST_LEAD)


def check_body(file: TextFile) -> Iterator[Problem]:
    """Yield what is wrong with a body that nobody has written, in a text that is no draft."""
    body = file.body
    near = f"{body[:_NEAR]}\n{body[-_NEAR:]}"
    if BODY in near:
        before = body[: body.index(BODY)]
        line, column = before.count("\n"), len(before) - before.rfind("\n")
        place = Place(file.path, file.body_line + line, column)
        yield problem("sample-left", place, value=BODY)
    start = near.lstrip()
    if (not start or start.startswith("<!--")) and not _COMMENT.sub("", body).strip():
        # At the line that ends the fields, so that a comment among these can suppress it.
        yield warning("body-empty", Place(file.path, file.body_line - 1))


def refuse_samples(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems of a site that is to be published: a sample in it is no warning any more."""
    return [
        msgspec.structs.replace(each, warning=each.warning and each.code != _PUBLISHED)
        for each in problems
    ]


def find_samples(config: Config, locate: Locate) -> Iterator[Problem]:
    """Yield a warning for each text of ``sitegen init`` that is still in the configuration."""
    for written, sample in (
        (config.title, SITE_TITLE),
        (config.url, SITE_URL),
        (config.imprint.governing_body, GOVERNING_BODY),
    ):
        if written == sample:
            yield warning(_PUBLISHED, locate(CONFIG_FILE, sample), value=sample)
