"""What ``config.yaml`` says: each key with its type, its default and its declaration."""

import functools
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from sitegen.content.declarations import (
    MAIL,
    TIME_OF_VIETNAM,
    TRANSLATIONS,
    WEB_ADDRESS,
    Flag,
    Group,
    Language,
    Number,
    OldAddress,
    Pairs,
    Slug,
    Text,
    WebAddress,
    Zone,
)
from sitegen.foundation.text import fold
from sitegen.model import Record
from sitegen.views import Imprint, Translation

DEFAULT_TIMEZONE = TIME_OF_VIETNAM
DEFAULT_VIDEO_HOSTS = ("www.youtube.com", "youtube.com", "youtu.be", "vimeo.com")
# The kind of a category whose articles are collections of photos.
GALLERY = "gallery"
# The hosts on which what is written at the desk is looked at before it is published.
REVIEWING = ("github", "gitlab")
# The widest that a photo is published, in pixels.
WIDEST_PHOTO = 1600

_link = functools.partial(WebAddress, pattern=rf"/(?!/).*|{WEB_ADDRESS}", refused="config-link")
_form = functools.partial(WebAddress, pattern=r"https://[^\s/?#@:\[\]]\S*", refused="config-link")
_count = functools.partial(Number, least=1, most=1000)
_site = functools.partial(Text, below="site")
_slug = Slug(
    "Địa chỉ",
    "Phần của địa chỉ: chữ cái không dấu, chữ số, dấu gạch nối. Không ghi thì lấy từ tên.",
    of="name",
)


class Category(Record, frozen=True):
    """One heading of the newspaper.

    ``path`` is its address below the site and its identity: ``doan-the``, or ``parent/child``.
    Those below a category are of its ``kind`` too.
    """

    name: Annotated[str, Text("Tên chuyên mục, như bài viết ghi", required=True)]
    slug: Annotated[str, _slug]
    path: str = ""
    children: Annotated[
        tuple["Category", ...], Group("Các chuyên mục con", "Chỉ một cấp.", many=True)
    ] = ()
    aliases: Annotated[
        tuple[str, ...],
        OldAddress(
            "Các địa chỉ cũ của chuyên mục",
            "Bài của chuyên mục cũng được dẫn từ địa chỉ cũ sang.",
            many=True,
        ),
    ] = ()
    kind: Annotated[
        str,
        Text(
            "Loại chuyên mục",
            "`gallery` là thư viện ảnh: mỗi bài hiện bằng ảnh lớn và số ảnh trong bài. Các chuyên"
            " mục con cũng theo đó.",
            pattern=GALLERY,
            refused="config-category-kind",
        ),
    ] = ""


class NamedSlug(Record, frozen=True):
    """An author or tag to whom the configuration gives a spelling, a slug or old addresses."""

    name: Annotated[str, Text("Tên, theo cách viết mà các danh sách dùng", required=True)]
    slug: Annotated[str, _slug]
    aliases: Annotated[
        tuple[str, ...], OldAddress("Các địa chỉ cũ của danh sách bài", many=True)
    ] = ()


class MenuEntry(Record, frozen=True):
    """One entry of the menu, or one web link."""

    title: Annotated[str, Text("Chữ hiện trên trang", required=True)]
    url: Annotated[
        str, _link("Địa chỉ", "`https://…`, hoặc `/…/` nếu ở trong cổng.", required=True)
    ]


class SearchEngine(Record, frozen=True):
    """The search engine that ``Web`` hands the reader's words to, and what our own search knows.

    ``query`` names the parameter of the words, ``site`` the one that keeps a search to one host.
    ``synonyms`` are words, each with others that mean the same.
    """

    name: Annotated[str, Text("Tên máy tìm kiếm")] = "Google"
    url: Annotated[str, _form("Địa chỉ nhận từ cần tìm", "`https://…`.")] = (
        "https://www.google.com/search"
    )
    query: Annotated[str, Text("Tên tham số của từ cần tìm")] = "q"
    site: Annotated[str, Text("Tên tham số giới hạn việc tìm trong cổng này")] = "as_sitesearch"
    synonyms: Annotated[
        tuple[tuple[str, str], ...],
        Pairs("Từ viết tắt và từ đồng nghĩa", "Ví dụ `SHCB: sinh hoạt chi bộ`."),
    ] = ()


class Lists(Record, frozen=True):
    """How long the lists are, and which of them the site has."""

    page_size: Annotated[int, _count("Số bài trên một trang danh sách")] = 20
    neighbours: Annotated[int, _count("Số tin mới hơn và số tin cũ hơn bên mỗi bài")] = 5
    related: Annotated[
        int,
        _count(
            "Số tin liên quan của mỗi bài",
            "Ba tin đầu ở mục Đọc tiếp, các tin sau ở cột bên; 0 là không có.",
            least=0,
        ),
    ] = 3
    front_featured: Annotated[int, _count("Số tin bên cạnh tin đầu của trang chủ")] = 4
    front_latest: Annotated[int, _count("Số tin mới nhất ở trang chủ")] = 8
    front_block: Annotated[
        int, _count("Số tin nhiều nhất trong khối của mỗi chuyên mục ở trang chủ")
    ] = 5
    featured_days: Annotated[
        int,
        _count("Số ngày mà bài có `featured` nằm ở đầu trang chủ", "0 là không có hạn.", least=0),
    ] = 30
    feed: Annotated[int, _count("Số bài trong mỗi bản tin RSS")] = 20
    feed_full: Annotated[bool, Flag("Bản tin RSS có toàn văn, không chỉ có sapo")] = False
    authors: Annotated[bool, Flag("Có danh sách tác giả, `/tac-gia/`")] = True
    tags: Annotated[bool, Flag("Có danh sách thẻ, `/the/`")] = True
    months: Annotated[bool, Flag("Có lưu trữ theo tháng, `/luu-tru/`")] = True


class Pictures(Record, frozen=True):
    """Which renditions photos have, and whether articles have share cards.

    ``widths`` are those of the renditions, in pixels; ``quality`` is that of JPEG and WebP, of 100;
    ``avif`` tells whether there are renditions in AVIF, ``cards`` whether there are share cards and
    photos in the shapes that search engines ask for.
    """

    widths: Annotated[
        tuple[int, ...],
        Number("Bề rộng các bản ảnh, tính bằng điểm ảnh", many=True, least=50, most=WIDEST_PHOTO),
    ] = (240, 400, 720, 1200)
    quality: Annotated[
        int, Number("Chất lượng ảnh JPEG và WebP, từ 1 đến 100", least=1, most=100)
    ] = 75
    avif: Annotated[bool, Flag("Làm thêm ảnh AVIF", "Nhẹ hơn, nhưng tốn thời gian.")] = False
    cards: Annotated[
        bool,
        Flag(
            "Mỗi bài và mỗi chuyên mục có một thẻ chia sẻ",
            "Mỗi ảnh của bài có thêm ba bản cắt cho máy tìm kiếm.",
        ),
    ] = False


class FrontBlock(Record, frozen=True):
    """One block of the front page: the newest articles of a category, in one of four forms."""

    kind: Annotated[
        str,
        Text(
            "Kiểu khối",
            "`large` là một tin có ảnh lớn và ba tin; `columns` là một cột, ba cột một hàng; "
            "`dated` là danh sách có ngày, không ảnh; `photos` là dải ảnh nền tối.",
            required=True,
            pattern="large|columns|dated|photos",
            refused="config-front",
        ),
    ]
    category: Annotated[str, Text("Tên hoặc địa chỉ của chuyên mục", required=True)]


class AllowedFinding(Record, frozen=True):
    """A hidden text of which a file of the output may hold something, and why."""

    text: Annotated[str, Text("Tệp của bài chưa đăng", "Ví dụ `content/bai.md`.", required=True)]
    file: Annotated[
        str,
        Text("Tệp của trang được phép nhắc đến bài đó", "Như thông báo đã ghi.", required=True),
    ]
    reason: Annotated[str, Text("Lý do", required=True)]


class Desk(Record, frozen=True):
    """Where the desk in the browser finds the texts; without a ``host`` it is not published."""

    host: Annotated[
        str,
        Text(
            "Nơi giữ bài",
            "`github`, `gitlab`, `forgejo` hoặc `gitea`. Có dòng này thì cổng có trang `/admin/`.",
            pattern="github|gitlab|forgejo|gitea",
            refused="config-desk-host",
        ),
    ] = ""
    repository: Annotated[
        str,
        Text(
            "Kho mã ở nơi đó",
            "Ví dụ `dang-bo/cong-thong-tin`.",
            pattern=r"[\w.-]+(/[\w.-]+)+",
            refused="config-desk-repository",
        ),
    ] = ""
    branch: Annotated[str, Text("Nhánh được đăng", "Không ghi thì là nhánh chính.")] = ""
    url: Annotated[
        str,
        _form(
            "Địa chỉ máy chủ mã nguồn của riêng cơ quan",
            "`https://…`. Không ghi thì là dịch vụ công cộng cùng tên.",
        ),
    ] = ""
    client: Annotated[str, Text("Mã ứng dụng OAuth đã đăng ký ở GitLab, Forgejo hoặc Gitea")] = ""
    authenticator: Annotated[
        str, _form("Máy chủ đăng nhập OAuth, chỉ với GitHub", "`https://…`.")
    ] = ""
    review: Annotated[
        bool,
        Flag(
            "Bài viết ở bàn biên tập phải qua bước duyệt",
            "Chỉ với GitHub và GitLab: mỗi bài là một đề nghị gộp.",
        ),
    ] = False


class Config(Record, frozen=True, dict=True):
    """``config.yaml``, checked and with its defaults in place; ``base`` is the path in ``url``."""

    title: Annotated[str, _site("Tên cổng thông tin, ở mọi trang", required=True)]
    url: Annotated[
        str, _site("Địa chỉ cổng", "`https://…`, có thể có đường dẫn phía sau.", required=True)
    ]
    categories: Annotated[
        tuple[Category, ...],
        Group("Các chuyên mục, theo thứ tự trên thanh menu", required=True, many=True),
    ]
    base: str = ""
    short_title: Annotated[
        str,
        _site(
            "Tên ngắn, dưới biểu tượng của cổng trên màn hình điện thoại",
            "Nên không quá 12 ký tự; không ghi thì lấy những chữ đầu của tên cổng.",
        ),
    ] = ""
    language: Annotated[
        str, Language("Mã ngôn ngữ của cổng", below="site", refused="config-language")
    ] = "vi"
    timezone: Annotated[
        ZoneInfo, Zone("Múi giờ của mọi ngày giờ trong bài và trên trang", below="site")
    ] = ZoneInfo(DEFAULT_TIMEZONE)
    description: Annotated[str, _site("Lời giới thiệu cho trang chủ và bản tin RSS")] = ""
    welcome: Annotated[str, _site("Lời chào dưới tên cổng")] = ""
    permalink: Annotated[
        str,
        Text(
            "Dạng địa chỉ bài",
            "Ghép từ `{category}`, `{year}`, `{month}`, `{day}` và `{slug}`; phải có `{slug}`.",
        ),
    ] = "/{category}/{year}/{month}/{slug}/"
    menu: Annotated[
        tuple[MenuEntry, ...],
        Group("Thanh menu", "Không ghi thì có các chuyên mục và trang có `menu: true`.", many=True),
    ] = ()
    links: Annotated[tuple[MenuEntry, ...], Group("Liên kết web ở cuối trang", many=True)] = ()
    translations: Annotated[
        tuple[Translation, ...],
        msgspec.structs.replace(
            TRANSLATIONS,
            label="Cổng này bằng ngôn ngữ khác",
            help="Có liên kết ở đầu mỗi trang; trang chủ của hai cổng dẫn sang nhau.",
        ),
    ] = ()
    imprint: Annotated[
        Imprint,
        Group(
            "Thông tin về cổng ở cuối mỗi trang",
            "Dòng nào không ghi thì không hiện.",
            fields={
                "governing_body": Text("Cơ quan chủ quản"),
                "publisher": Text("Đơn vị vận hành cổng"),
                "license": Text("Số và ngày của giấy phép"),
                "responsible": Text("Người chịu trách nhiệm nội dung"),
                "address": Text("Địa chỉ bưu điện"),
                "telephone": Text("Số điện thoại"),
                "mail": Text("Địa chỉ thư điện tử", pattern=MAIL, refused="mail-form"),
            },
        ),
    ] = Imprint()
    search: Annotated[
        SearchEngine, Group("Việc tìm kiếm: máy tìm kiếm của nút `Web`, và các từ đồng nghĩa")
    ] = SearchEngine()
    lists: Annotated[Lists, Group("Các danh sách: dài bao nhiêu, có những gì")] = Lists()
    front: Annotated[
        tuple[FrontBlock, ...],
        Group(
            "Các khối của trang chủ, theo thứ tự",
            "Không ghi thì mỗi chuyên mục có một khối, kiểu khối chọn theo ảnh của chuyên mục.",
            many=True,
        ),
    ] = ()
    pictures: Annotated[Pictures, Group("Các bản ảnh được tạo ra")] = Pictures()
    video_hosts: Annotated[
        tuple[str, ...], Text("Các trang mà video được phép xem trong bài", many=True)
    ] = DEFAULT_VIDEO_HOSTS
    authors: Annotated[
        tuple[NamedSlug, ...], Group("Tác giả cần thống nhất cách viết hoặc địa chỉ", many=True)
    ] = ()
    tags: Annotated[
        tuple[NamedSlug, ...], Group("Thẻ cần thống nhất cách viết hoặc địa chỉ", many=True)
    ] = ()
    markdown: Annotated[
        str,
        Text(
            "Cách đọc Markdown",
            "`news` hiểu cả chữ dán từ Word; `strict` là Markdown thuần của Python-Markdown.",
            pattern="news|strict",
            refused="config-markdown",
        ),
    ] = "news"
    host: Annotated[
        str,
        Text(
            "Nơi trang được lưu trữ, nếu là một dịch vụ cần tệp riêng",
            "`azure`, `cloudflare`, `github`, `gitlab` hoặc `netlify`.",
            pattern="azure|cloudflare|github|gitlab|netlify",
            refused="config-host",
        ),
    ] = ""
    elsewhere: Annotated[
        tuple[str, ...],
        Text(
            "Các địa chỉ cùng tên miền do chương trình khác trả lời",
            "Ví dụ `/webmail/`. Liên kết tới đó và tới mọi trang bên dưới không bị kiểm tra.",
            many=True,
            pattern=r"/[^/\s?#][^\s?#]*/",
            refused="config-elsewhere",
        ),
    ] = ()
    visits: Annotated[int | None, Number("Số lượt truy cập mang từ cổng cũ sang")] = None
    stats: Annotated[
        bool,
        Flag(
            "Các trang hiện số lượt truy cập, lượt xem và bài đọc nhiều",
            "Số liệu do lệnh `sitegen stats` tính.",
        ),
    ] = False
    offline: Annotated[
        bool,
        Flag(
            "Bạn đọc mở lại được 20 bài đã đọc khi không có mạng",
            "Trình duyệt giữ các bài ấy; có mạng thì luôn hiện trang mới.",
        ),
    ] = False
    indexnow: Annotated[
        str,
        Text(
            "Khóa IndexNow",
            "Từ 8 đến 128 chữ cái không dấu, chữ số, dấu gạch nối; tự đặt, không cần đăng ký.",
            pattern=r"[A-Za-z0-9-]{8,128}",
            refused="config-indexnow",
        ),
    ] = ""
    websub: Annotated[
        str,
        WebAddress("Trạm WebSub mà các bản tin RSS nêu tên", "`https://…`.", refused="config-link"),
    ] = ""
    desk: Annotated[
        Desk, Group("Bàn biên tập trong trình duyệt, `/admin/`", "Không có nhóm này thì tắt.")
    ] = Desk()
    allowed_findings: Annotated[
        tuple[AllowedFinding, ...],
        Group(
            "Chỗ được phép nhắc đến bài chưa đăng",
            "Chép từ thông báo `hidden-published`, khi đã xem và thấy không lộ gì.",
            many=True,
        ),
    ] = ()

    @property
    def galleries(self) -> tuple[str, ...]:
        """The paths of the categories whose articles are collections of photos."""
        return tuple(each.path for each in self.every_category() if each.kind == GALLERY)

    def every_category(self) -> tuple[Category, ...]:
        """Return parents and children in the order of the configuration."""
        return tuple(
            category for parent in self.categories for category in (parent, *parent.children)
        )

    @functools.cached_property
    def categories_by_name(self) -> dict[str, tuple[Category, ...]]:
        """The categories that a written name may mean: by address, or else by slug or name."""
        found: dict[str, tuple[Category, ...]] = {}
        for each in self.every_category():
            for name in {each.slug, fold(each.name)}:
                found[name] = (*found.get(name, ()), each)
        return found | {each.path: (each,) for each in self.every_category()}
