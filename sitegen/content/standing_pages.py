"""Standing pages: what their files say, with the declaration of each field."""

from typing import TYPE_CHECKING, Annotated

from sitegen.content.declarations import (
    LONGEST_LEAD,
    LONGEST_TITLE,
    TRANSLATIONS,
    Date,
    Flag,
    OldAddress,
    PhotoGroup,
    Slug,
    Values,
    Words,
)
from sitegen.content.settings import Config
from sitegen.foundation.addresses import standing_page_url
from sitegen.foundation.dates import describe_moment
from sitegen.model import Body, Photo, Record
from sitegen.views import Moment, Translation

if TYPE_CHECKING:
    from sitegen.content.fields import Fields


class StandingPage(Record, frozen=True, tag=True):
    """One standing page: its file, where its body is, and the fields that editors write."""

    path: str
    body: Body
    title: Annotated[str, Words("Tên trang", required=True, longest=LONGEST_TITLE)]
    lead: Annotated[str, Words("Lời dẫn dưới tên trang", longest=LONGEST_LEAD)] = ""
    slug: Annotated[str, Slug("Địa chỉ trang", "Không ghi thì lấy từ tên trang.")] = ""
    photo: Annotated[Photo | None, PhotoGroup("Ảnh đầu trang")] = None
    updated: Annotated[Moment | None, Date("Ngày sửa gần nhất")] = None
    draft: Annotated[bool, Flag("Bản nháp", "`true` là chưa đăng.")] = False
    menu: Annotated[bool, Flag("Đưa vào menu", "`true` là đưa trang vào thanh menu.")] = False
    aliases: Annotated[tuple[str, ...], OldAddress("Các địa chỉ cũ của trang", many=True)] = ()
    translations: Annotated[tuple[Translation, ...], TRANSLATIONS] = ()

    @property
    def url(self) -> str:
        """The address of the page below the site."""
        return standing_page_url(self.slug)


def complete_page(_: "Fields", values: Values, config: Config) -> None:
    """Turn the date into what pages print."""
    values["updated"] = values["updated"] and describe_moment(values["updated"], config.language)
