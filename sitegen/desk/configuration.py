"""What the desk is told: its collections, where the texts are kept, how they are written."""

import json
from collections.abc import Iterator
from typing import Any

from sitegen.content.declarations import list_fields
from sitegen.content.kinds import KINDS, Kind
from sitegen.content.settings import GALLERY, Config, Desk
from sitegen.desk.forms import (
    PHOTOS,
    PUBLIC_PHOTOS,
    Widget,
    make_format,
    make_widgets,
    name_categories,
)
from sitegen.desk.wording import BODY, GALLERY_BODY, PAGE_BODY

_ARTICLE = "article"
_CONTENT, _MEDIA = "content", "content/media"
# The deepest folder in which an article is looked for.
_DEPTH = 20
_LABELS = {"page": ("Trang cố định", "Trang", "draft"), "people": ("Cán bộ", "Người", "groups")}
_MESSAGES = {
    "create": "Viết {{slug}}",
    "update": "Sửa {{slug}}",
    "delete": "Xóa {{slug}}",
    "uploadMedia": "Tải lên {{path}}",
    "deleteMedia": "Xóa {{path}}",
}
# The largest photo that is kept (`sitegen add`), and the largest file that is taken.
_WIDEST, _QUALITY, _LARGEST = 3000, 85, 40_000_000
_HOSTS = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "forgejo": "https://codeberg.org",
    "gitea": "https://gitea.com",
}


def write_desk(config: Config) -> str:
    """Return what ``page/desk.js`` reads before it begins the desk."""
    formats = {kind.name: make_format(list_fields(kind.record), config) for kind in KINDS}
    told = {
        "language": config.language,
        "timezone": str(config.timezone),
        "formats": formats,
        "configuration": _configure(config),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _configure(config: Config) -> Widget:
    desk = config.desk
    return {
        "backend": make_backend(desk),
        **({"publish_mode": "editorial_workflow"} if desk.review else {}),
        "app_title": f"Bàn biên tập: {config.short_title or config.title}",
        "site_url": config.url,
        "show_preview_links": False,
        "media_folder": _MEDIA,
        "public_folder": "/media",
        "media_libraries": {"default": {"config": _describe_media()}, "stock_assets": False},
        "slug": {
            "encoding": "ascii",
            "clean_accents": True,
            "maxlength": 100,
            "timezone": "local",
        },
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "collections": list(_list_collections(config)),
    }


def _describe_media() -> dict[str, Any]:
    photo = {"format": "webp", "quality": _QUALITY, "width": _WIDEST, "height": _WIDEST}
    return {
        "slugify_filename": True,
        "max_file_size": _LARGEST,
        "transformations": {"raster_image": photo},
    }


def make_backend(desk: Desk) -> dict[str, Any]:
    """Return where the texts are kept, as Sveltia CMS is told it.

    Without a host, there is only the folder that an editor opens on the same machine; its name
    stands for a repository that does not exist.
    """
    if not desk.host:
        return {"name": "gitea", "repo": "local/site", "auth_methods": ["token"]}
    address = desk.url.rstrip("/") or _HOSTS[desk.host]
    backend: dict[str, Any] = {
        "name": "gitea" if desk.host == "forgejo" else desk.host,
        "repo": desk.repository,
        "commit_messages": _MESSAGES,
    }
    if desk.branch:
        backend["branch"] = desk.branch
    if desk.host == "github":
        if desk.url:
            backend["api_root"] = f"{address}/api/v3"
        if desk.authenticator:
            backend["base_url"] = desk.authenticator.rstrip("/")
        else:
            backend["auth_methods"] = ["token"]
        return backend
    version = "v4" if desk.host == "gitlab" else "v1"
    backend |= {"base_url": address, "api_root": f"{address}/api/{version}"}
    if not desk.client:
        return backend | {"auth_methods": ["token"]}
    return (
        backend | {"auth_type": "pkce", "app_id": desk.client}
        if desk.host == "gitlab"
        else backend | {"app_id": desk.client}
    )


def _list_collections(config: Config) -> Iterator[dict[str, Any]]:
    for kind in reversed(KINDS):
        widgets = list(make_widgets(list_fields(kind.record), config))
        if kind.name == _ARTICLE:
            yield from _list_categories(kind, widgets, config)
            yield {"divider": True}
        else:
            yield _make_collection(kind, widgets)


def _list_categories(kind: Kind, widgets: list[Widget], config: Config) -> Iterator[dict[str, Any]]:
    for value, category in name_categories(config):
        gallery = category.kind == GALLERY
        fields = [
            each | ({"default": value} if each["name"] == "category" else {}) for each in widgets
        ]
        yield {
            **_describe_articles(kind),
            "name": "muc-" + category.path.replace("/", "-"),
            "label": ("– " if "/" in category.path else "") + category.name,
            "icon": "photo_library" if gallery else "article",
            "filter": {"field": "category", "value": value},
            # Any two folders are seen; new articles lie where the guide has them.
            "path": "{{category}}/{{year}}/{{slug}}",
            "fields": _place_body(fields, GALLERY_BODY if gallery else BODY, kind),
        }
    yield {
        **_describe_articles(kind),
        "name": "moi-bai",
        "label": "Mọi bài, theo thư mục",
        "icon": "folder",
        "create": False,
        "filter": {"field": "category", "pattern": ".+"},
        "nested": {"depth": _DEPTH},
        "fields": _place_body(widgets, BODY, kind),
    }


def _describe_articles(kind: Kind) -> dict[str, Any]:
    return {
        "label_singular": "Bài",
        "folder": _CONTENT,
        "media_folder": f"/{PHOTOS}",
        "public_folder": PUBLIC_PHOTOS,
        "format": kind.name,
        "slug": "{{title}}",
        "summary": "{{title}}",
        "sortable_fields": {
            "fields": ["date", "title", "updated"],
            "default": {"field": "date", "direction": "descending"},
        },
        "view_filters": [
            {"label": "Bản nháp", "field": "draft", "pattern": True},
            {"label": "Nổi bật", "field": "featured", "pattern": True},
        ],
        "view_groups": [{"label": "Năm", "field": "date", "pattern": "\\d{4}"}],
    }


def _make_collection(kind: Kind, widgets: list[Widget]) -> dict[str, Any]:
    label, one, icon = _LABELS.get(kind.name, (kind.name, kind.name, "description"))
    title = widgets[0]["name"]
    return {
        "name": kind.name,
        "label": label,
        "label_singular": one,
        "icon": icon,
        "folder": kind.folder.rstrip("/"),
        "format": kind.name,
        "identifier_field": title,
        "slug": f"{{{{{title}}}}}",
        "summary": f"{{{{{title}}}}}",
        "sortable_fields": [title],
        "fields": _place_body(widgets, PAGE_BODY, kind),
    }


def _place_body(widgets: list[Widget], hint: str, kind: Kind) -> list[Widget]:
    """Return the fields of a form with the body behind the photo, where people look for it."""
    body = {
        "name": "body",
        "label": "Nội dung",
        "widget": "richtext",
        # Tables, notes and meanings of words are written as Markdown, at a button.
        "modes": ["rich_text", "raw"],
        "required": kind.filled,
        "hint": hint,
    }
    photos = [number for number, each in enumerate(widgets) if each["name"].startswith("photo")]
    place = photos[-1] + 1 if photos else len(widgets)
    return [*widgets[:place], body, *widgets[place:]]
