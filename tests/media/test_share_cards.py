"""Share cards: what is drawn on them, and when they are drawn."""

import io
import json
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from sitegen.foundation.parts import digest_bytes
from sitegen.media import share_cards
from sitegen.media.pictures import MediaFile
from sitegen.media.share_cards import (
    HEIGHT,
    WIDTH,
    ShareCard,
    _fit_title,
    draw_share_card,
    list_shapes,
    make_share_card,
)
from support.doubles import note_calls
from support.html_tree import parse
from support.photos import draw, encode
from support.site_folder import CONFIG, SiteFolder

ARTICLE = "/hoat-dong-cua-co-so/2024/05/bai/"
CARDS = CONFIG + "pictures:\n  cards: true\n"
WORDS = "Đưa chất lượng lên trước trong phát triển đảng viên ở những chi bộ cơ sở".split()


def card(title: str = "Bài", photo: MediaFile | None = None) -> ShareCard:
    return ShareCard(
        path="x/chia-se.jpg",
        source="content/bai.md",
        title=title,
        section="Hoạt động của cơ sở",
        day="06/05/2024",
        portal="Cổng thử nghiệm",
        photo=photo,
    )


def lines_of(title: str, *, on_photo: bool = False) -> tuple[float, list[str]]:
    font, lines = _fit_title(title, on_photo=on_photo)
    return font.size, lines


# Titles ------------------------------------------------------------------------------------------


def test_long_titles_are_smaller_and_the_longest_are_cut_at_a_word() -> None:
    short, several = lines_of("Thông báo"), lines_of(" ".join(WORDS))
    longer, endless = lines_of(" ".join(WORDS * 2)), lines_of(" ".join(WORDS * 9))
    assert (short[0], *short[1]) == (72, "Thông báo")
    assert several[0] >= longer[0] >= endless[0] == 48
    assert " ".join(several[1]).split() == WORDS
    assert len(endless[1]) == 4
    assert endless[1][-1].endswith("…")
    kept = " ".join(endless[1]).removesuffix("…").split()
    assert kept == (WORDS * 9)[: len(kept)]


def test_on_a_photo_every_title_has_room_in_the_lower_part() -> None:
    for count in range(1, 90):
        size, lines = lines_of("Ẫ" + "ự gỗ " * count, on_photo=True)
        height = size + round(size * share_cards._PHOTO_LINE_HEIGHT) * (len(lines) - 1)
        assert share_cards._PHOTO_TITLE_BOTTOM - height >= HEIGHT * 0.55 + 30, count
        assert lines[-1].endswith("…") == (" ".join(lines).count("gỗ") < count), count
    # Hardly any title is longer (docs/texts.md).
    assert not lines_of("đảng viên " * 19, on_photo=True)[1][-1].endswith("…")


def test_no_mark_stands_before_the_ellipsis() -> None:
    for count in range(60, 90):
        _, lines = lines_of("ừ " * count + ", " + "đúng " * 60)
        assert not lines[-1].endswith((",…", " …"))


# Pixels ------------------------------------------------------------------------------------------


def has_near(image: Image.Image, colour: tuple[int, int, int], limit: int = 12) -> bool:
    found = image.convert("RGB").getcolors(WIDTH * HEIGHT) or []
    return any(
        isinstance(each, tuple)
        and all(abs(a - b) <= limit for a, b in zip(each, colour, strict=True))
        for _, each in found
    )


def test_a_card_without_a_photo_is_red_with_the_star_and_light_letters(tmp_path: Path) -> None:
    image = draw_share_card(tmp_path, card())
    assert image.size == (WIDTH, HEIGHT)
    assert has_near(image, share_cards._RED)
    assert has_near(image, share_cards._GOLD)
    assert has_near(image, share_cards._WHITE)


def test_a_photo_fills_the_card_upright_and_is_dark_below_the_title(tmp_path: Path) -> None:
    photo = Image.new("RGB", (800, 1000), "white")
    photo.paste((40, 90, 200), (0, 0, 800, 500))
    source = encode(photo)
    (tmp_path / "a.jpg").write_bytes(source)
    image = draw_share_card(tmp_path, card(photo=MediaFile("a.jpg", "a.jpg", digest_bytes(source))))
    head = image.getpixel((WIDTH // 2, 10))
    assert isinstance(head, tuple)
    assert head[2] > 150 > head[0]
    # White letters are read on whatever is there: a contrast of 7 to 1 (WCAG 2.2, 1.4.6).
    foot = image.convert("L").getpixel((WIDTH - 10, HEIGHT - 60))
    assert isinstance(foot, int | float)
    assert foot < 89


@pytest.mark.parametrize("title", ["Bài", " ".join(WORDS), " ".join(WORDS * 4)])
def test_the_upper_part_of_a_photo_is_as_it_was_taken(tmp_path: Path, title: str) -> None:
    source = encode(Image.effect_noise((1200, 630), 60).convert("RGB"), quality=95)
    (tmp_path / "a.jpg").write_bytes(source)
    file = MediaFile("a.jpg", "a.jpg", digest_bytes(source))
    drawn = draw_share_card(tmp_path, card(title, file))
    # The category is in the left corner of the top.
    upper = (500, 0, WIDTH, round(HEIGHT * 0.55))
    assert drawn.crop(upper).tobytes() == Image.open(tmp_path / "a.jpg").crop(upper).tobytes()
    foot = drawn.convert("L").crop((0, HEIGHT - 60, 60, HEIGHT - 10))
    assert max(foot.tobytes()) < 89


@pytest.mark.parametrize(
    ("size", "shapes"),
    [
        ((1600, 1067), {"16x9": (1200, 675), "4x3": (1066, 800), "1x1": (800, 800)}),
        ((1600, 2400), {"16x9": (1200, 675), "4x3": (1200, 900), "1x1": (1200, 1200)}),
        ((400, 300), {"16x9": (400, 225), "4x3": (400, 300), "1x1": (300, 300)}),
        ((1600, 500), {"16x9": (666, 375), "4x3": (500, 375), "1x1": (375, 375)}),
        ((1600, 200), {}),
        ((300, 200), {}),
        ((1, 1), {}),
        ((0, 0), {}),
    ],
)
def test_a_photo_has_every_shape_or_none(
    size: tuple[int, int], shapes: dict[str, tuple[int, int]]
) -> None:
    found = {each.name: (each.width, each.height) for each in list_shapes(*size)}
    assert found == shapes


def test_a_shape_is_cut_around_its_focus(tmp_path: Path) -> None:
    photo = Image.new("RGB", (900, 600), "white")
    photo.paste("black", (0, 0, 300, 600))
    source = encode(photo)
    (tmp_path / "a.jpg").write_bytes(source)
    file = MediaFile("a.jpg", "a.jpg", digest_bytes(source))

    def cut(focus: tuple[int, int]) -> Image.Image:
        shape = msgspec.structs.replace(card(photo=file), shape="1x1", focus=focus)
        return Image.open(io.BytesIO(make_share_card(tmp_path, tmp_path / "cache", shape)))

    left, right = cut((0, 50)).convert("L"), cut((100, 50)).convert("L")
    assert left.size == right.size == (600, 600)
    assert left.getpixel((10, 300)) == 0
    assert right.getpixel((10, 300)) == 255


def test_a_card_is_a_light_jpeg_and_the_same_each_time(tmp_path: Path) -> None:
    made = make_share_card(tmp_path, tmp_path / "one", card())
    assert made == make_share_card(tmp_path, tmp_path / "two", card())
    image = Image.open(io.BytesIO(made))
    assert (image.format, image.size) == ("JPEG", (WIDTH, HEIGHT))
    assert len(made) < 150_000


# On sites ----------------------------------------------------------------------------------------


def meta(page: str) -> dict[str, str]:
    found = parse(page).find_all("meta")
    names = (each.attributes.get("property") or each.attributes.get("name", "") for each in found)
    return {
        name: each.attributes["content"]
        for name, each in zip(names, found, strict=True)
        if name.startswith(("og:image", "og:locale", "twitter:"))
    }


def test_a_page_names_its_share_card(site: SiteFolder) -> None:
    site.write("config.yaml", CARDS)
    site.article("bai", title='"Lễ kết nạp & tuyên thệ"', slug="bai").build()
    assert meta(site.page(ARTICLE)) == {
        "og:image": f"https://example.org{ARTICLE}chia-se.jpg",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Lễ kết nạp & tuyên thệ",
        "og:locale": "en_US",
        "twitter:card": "summary_large_image",
    }
    image = Image.open(io.BytesIO(site.files()[f"{ARTICLE[1:]}chia-se.jpg"]))
    assert image.size == (WIDTH, HEIGHT)


def test_without_cards_other_sites_are_shown_the_photo(site: SiteFolder) -> None:
    site.write("content/media/a.jpg", encode(draw((900, 600))))
    site.write("content/media/b.jpg", encode(draw((90, 60))))
    site.write("content/media/c.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')
    for name in "abc":
        suffix = "svg" if name == "c" else "jpg"
        site.article(f"bai-{name}", photo=f"/media/{name}.{suffix}", photo_caption=f"Ảnh {name}")
    site.article("bai").build()
    url = ARTICLE.replace("bai", "bai-{}").format
    assert meta(site.page(url("a"))) == {
        "og:image": "https://example.org/media/a.jpg",
        "og:image:width": "900",
        "og:image:height": "600",
        "og:image:alt": "Ảnh a",
        "og:locale": "en_US",
        "twitter:card": "summary_large_image",
    }
    assert meta(site.page(url("b")))["twitter:card"] == "summary"
    for page in (url("c"), ARTICLE, "/", "/hoat-dong-cua-co-so/", "/tim-kiem/"):
        assert meta(site.page(page)) == {"og:locale": "en_US", "twitter:card": "summary"}
    assert not [path for path in site.files() if "chia-se" in path]


def test_the_front_page_and_every_category_have_cards(site: SiteFolder) -> None:
    site.write("config.yaml", CARDS)
    site.write("content/media/a.jpg", encode(draw((900, 600))))
    site.article("bai", tags="[Đảng]")
    site.write("content/pages/mot.md", "---\ntitle: Một\n---\nChữ.\n")
    photo = "photo: /media/a.jpg\nphoto_caption: Ảnh\n"
    site.write("content/pages/hai.md", f"---\ntitle: Hai\n{photo}---\nChữ.\n").build()
    front, section = "chia-se.jpg", "hoat-dong-cua-co-so/chia-se.jpg"
    for page, image in {
        "/": front,
        "/hoat-dong-cua-co-so/": section,
        "/hoat-dong-cua-co-so/trang/1/": section,
        "/the/dang/": front,
        "/luu-tru/": front,
        "/mot/": front,
        "/hai/": "media/a.jpg",
        "/404.html": front,
    }.items():
        named = meta(site.page(page))
        assert named["og:image"] == f"https://example.org/{image}", page
        assert named["twitter:card"] == "summary_large_image", page
        size = Image.open(io.BytesIO(site.files()[image])).size
        assert (named["og:image:width"], named["og:image:height"]) == tuple(map(str, size))


def test_search_engines_are_told_of_the_photo_in_three_shapes(site: SiteFolder) -> None:
    site.write("config.yaml", CARDS)
    for name, size in {"a": (1600, 1067), "b": (90, 60)}.items():
        site.write(f"content/media/{name}.jpg", encode(draw(size)))
        photo = {"photo": f"/media/{name}.jpg", "photo_caption": "Chú thích"}
        site.article(f"bai {name}", photo_credit="THU HÀ", slug=f"bai-{name}", **photo)
    site.article("bai").build()

    def images(page: str) -> list[dict[str, object]]:
        (source,) = parse(page).find("script", type="application/ld+json").children
        (article,) = [
            node for node in json.loads(str(source))["@graph"] if node["@type"] == "NewsArticle"
        ]
        return list(article["image"])

    url = ARTICLE.replace("bai", "bai-{}").format
    shapes = images(site.page(url("a")))
    assert [(each["width"], each["height"]) for each in shapes] == [
        (1200, 675),
        (1066, 800),
        (800, 800),
    ]
    assert (shapes[0]["caption"], shapes[0]["creditText"]) == ("Chú thích", "THU HÀ")
    for each in shapes:
        path = str(each["url"]).removeprefix("https://example.org/")
        cut = Image.open(io.BytesIO(site.files()[path]))
        assert cut.size == (each["width"], each["height"])
    # Too small for them, a photo is shown as it is; without one there is the card.
    (small,) = images(site.page(url("b")))
    assert small["url"] == "https://example.org/media/b.jpg"
    (card,) = images(site.page(ARTICLE))
    assert (card["url"], card["width"]) == (f"https://example.org{ARTICLE}chia-se.jpg", WIDTH)


def test_a_card_is_drawn_again_when_what_it_shows_has_changed(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = note_calls(monkeypatch, draw_share_card)

    def build() -> list[str]:
        drawn.clear()
        site.build()
        cards = [each["card"] for each in drawn if not each["card"].shape]
        shapes = {each["card"].source for each in drawn if each["card"].shape}
        assert shapes <= {each.source for each in cards}
        return sorted(
            " ".join([card.source, *([card.photo.source] if card.photo else [])]) for card in cards
        )

    site.write("config.yaml", CARDS)
    site.write("content/media/a.jpg", encode(draw((900, 600))))
    site.write("content/media/b.jpg", encode(draw((90, 60))))
    site.write("content/media/c.png", encode(draw((900, 600)), "PNG"))
    photo = {"photo": "/media/a.jpg", "photo_caption": "Ảnh"}
    site.article("bai", **photo)
    site.article("hai", photo="/media/b.jpg", photo_caption="Nhỏ")
    site.article("ba", photo="/media/c.png", photo_caption="Hình vẽ")
    # A small photo would be blurred, and a title over a drawing would make both unreadable.
    lists = ["config.yaml"] * 3
    assert build() == [
        *lists,
        *("content/ba.md", "content/bai.md content/media/a.jpg", "content/hai.md"),
    ]
    assert build() == []
    site.article("bai", "Nội dung khác.", author="Minh", **photo)
    assert build() == []
    site.article("bai", title='"Tên khác"', **photo)
    assert build() == ["content/bai.md content/media/a.jpg"]
    site.write("content/media/a.jpg", encode(draw((900, 600)).rotate(180)))
    assert build() == ["content/bai.md content/media/a.jpg"]
    site.write("config.yaml", CARDS.replace("Cổng thử nghiệm", "Cổng khác"))
    assert len(build()) == 3 + len(lists)
    (site.root / "content/hai.md").unlink()
    assert build() == []
    assert not [path for path in site.files() if "/hai/" in path]


def test_an_old_address_cannot_be_that_of_a_card(site: SiteFolder) -> None:
    site.write("config.yaml", CARDS).article("bai")
    site.article("hai", aliases=f"[{ARTICLE}chia-se.jpg]")
    assert any("alias-taken" in each for each in site.problems())
