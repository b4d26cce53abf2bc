"""People: who has which post, and how to reach them, with the declaration of each field."""

from typing import Annotated, ClassVar

import msgspec

from sitegen.content.declarations import (
    MAIL,
    Flag,
    Name,
    Number,
    OldAddress,
    PhotoGroup,
    Slug,
    Text,
)
from sitegen.content.settings import Config
from sitegen.foundation.addresses import PEOPLE, person_url
from sitegen.foundation.words import speak
from sitegen.model import Body, Photo, Record
from sitegen.views import Moment

_TELEPHONE = r"[+(]?[0-9][0-9 .()-]+[0-9]"


class Person(Record, frozen=True, tag=True):
    """One person: the file, where its body is, and the fields that editors write.

    There is a page of the person's own only if ``has_page``: if the body says anything.
    """

    path: str
    body: Body
    name: Annotated[str, Name("Họ và tên", required=True)]
    post: Annotated[str, Name("Chức vụ", required=True)]
    unit: Annotated[
        str, Name("Ban, phòng hoặc bộ phận", "Những người ghi cùng một tên được xếp chung.")
    ] = ""
    order: Annotated[
        int | None,
        Number(
            "Thứ tự",
            "Số nhỏ đứng trước; bộ phận có số nhỏ nhất đứng đầu. Không ghi thì xếp sau, theo tên.",
        ),
    ] = None
    telephone: Annotated[
        str,
        Text(
            "Số điện thoại", "Ví dụ `0235 000 0000`.", pattern=_TELEPHONE, refused="telephone-form"
        ),
    ] = ""
    mail: Annotated[str, Text("Địa chỉ thư điện tử", pattern=MAIL, refused="mail-form")] = ""
    photo: Annotated[Photo | None, PhotoGroup("Ảnh chân dung", captioned=False)] = None
    slug: Annotated[str, Slug("Địa chỉ trang riêng", "Không ghi thì lấy từ tên.", of="name")] = ""
    draft: Annotated[bool, Flag("Bản nháp", "`true` là chưa đăng.")] = False
    aliases: Annotated[
        tuple[str, ...], OldAddress("Các địa chỉ cũ của trang riêng", many=True)
    ] = ()
    has_page: bool = False

    @property
    def url(self) -> str:
        """The address of the person's page, or else of the place in the list of all people."""
        return person_url(self.slug) if self.has_page else f"{PEOPLE}#{self.slug}"

    @property
    def title(self) -> str:
        """The name."""
        return self.name

    @property
    def lead(self) -> str:
        """The post, and where it is."""
        return f"{self.post}, {self.unit}" if self.unit else self.post

    # What other texts have beside these.
    updated: ClassVar[Moment | None] = None


def make_person(person: Person, text: str, config: Config) -> Person:
    """Return ``person``, whose body is ``text``, with what follows from it."""
    photo = person.photo
    if photo and not (photo.alt or photo.caption):
        alt = speak("Ảnh chân dung {name}", config.language).format(name=person.name)
        photo = msgspec.structs.replace(photo, alt=alt)
    return msgspec.structs.replace(person, photo=photo, has_page=bool(text.strip()))
