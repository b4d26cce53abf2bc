"""The same site for Nikola: what is not wanted is switched off, as its configuration allows."""

BLOG_AUTHOR = "Ban Biên tập"
BLOG_TITLE = "Cổng thông tin thử nghiệm"
SITE_URL = "https://example.org/"
BLOG_EMAIL = "thu@example.org"
BLOG_DESCRIPTION = "Tin tức không có thật, để đo tốc độ."
DEFAULT_LANG = "vi"
TRANSLATIONS = {"vi": ""}
TIMEZONE = "Asia/Ho_Chi_Minh"
THEME = "plain"
POSTS = (("content/*.md", "", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]
NAVIGATION_LINKS = {
    "vi": (
        ("/tin-tuc-su-kien/", "Tin tức sự kiện"),
        ("/hoat-dong-cua-co-so/", "Hoạt động của cơ sở"),
        ("/cong-tac-xay-dung-dang/", "Công tác xây dựng Đảng"),
        ("/hoc-tap-va-lam-theo-bac/", "Học tập và làm theo Bác"),
        ("/doan-the/", "Đoàn thể"),
        ("/chuyen-doi-so/", "Chuyển đổi số"),
        ("/nghien-cuu-trao-doi/", "Nghiên cứu trao đổi"),
        ("/nguoi-tot-viec-tot/", "Người tốt việc tốt"),
        ("/van-ban-chinh-sach/", "Văn bản chính sách"),
        ("/thong-bao/", "Thông báo"),
    )
}
PRETTY_URLS = True
INDEX_PATH = ""
INDEX_DISPLAY_POST_COUNT = 20
INDEXES_STATIC = False
INDEXES_PRETTY_PAGE_URL = ["trang", "{number}", "{index_file}"]
CATEGORY_PATH = ""
CATEGORY_PREFIX = ""
CATEGORIES_INDEX_PATH = "chuyen-muc"
CATEGORY_PAGES_ARE_INDEXES = True
CATEGORY_ALLOW_HIERARCHIES = False
ENABLE_AUTHOR_PAGES = False
GENERATE_RSS = True
FEED_LENGTH = 20
FEED_TEASERS = True
GENERATE_ATOM = False
# The front page is the first page of the archive of all posts: Nikola makes them together.
DISABLED_PLUGINS = [
    "classify_archive",
    "classify_authors",
    "classify_page_index",
    "classify_sections",
    "classify_tags",
    "copy_assets",
    "copy_files",
    "create_bundles",
    "render_galleries",
    "render_listings",
    "scale_images",
    "render_sources",
    "task_scale_images",
    "tags",
]
COPY_SOURCES = False
SHOW_SOURCELINK = False
FILES_FOLDERS: dict[str, str] = {}
GALLERY_FOLDERS: dict[str, str] = {}
LISTINGS_FOLDERS: dict[str, str] = {}
IMAGE_FOLDERS: dict[str, str] = {}
USE_BUNDLES = False
BUNDLE_JS = False
USE_KATEX = False
GZIP_FILES = False
LICENSE = ""
CONTENT_FOOTER = ""
WARN_ABOUT_TAG_METADATA = False
METADATA_VALUE_MAPPING: dict[str, str] = {}
