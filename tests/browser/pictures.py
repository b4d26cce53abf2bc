"""The pictures of docs/pictures, taken of the sample site: ``make pictures``.

Every template on a desk and on a telephone, some of them in the dark, and an article on paper.
"""

import io
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from support.sample_site import build_sample
from support.site_folder import NOW, REPOSITORY
from support.web_server import find_nginx, serve_releases

PICTURES = REPOSITORY / "docs" / "pictures"
ARTICLE = (
    "/chuyen-doi-so/2025/09/so-hoa-ho-so-dang-vien-9-thang-8-400-bo-va-nhung-trang-giay-o-vang/"
)
TEMPLATES = {
    "front": "/",
    "article": ARTICLE,
    "page": "/gioi-thieu/",
    "people": "/co-cau-to-chuc/",
    "person": "/co-cau-to-chuc/le-quang-minh-triet/",
    "list": "/hoat-dong-cua-co-so/",
    "gallery": "/thu-vien-anh/",
    "index": "/the/",
    "archive": "/luu-tru/",
    "year": "/luu-tru/2026/",
    "site_map": "/so-do-trang/",
    "feeds": "/rss/",
    "search": "/tim-kiem/?q=chuyen+doi+so",
    "not_found": "/khong-co-trang-nay/",
}
DARK = ("front", "article", "search")
GALLERY = "/thu-vien-anh/2025/12/mot-vong-xu-quang-tu-nui-xuong-bien/"
# What is shown in every size, by day and in the dark, on one sheet each.
IN_ALL_SIZES = {
    "front": "/",
    "article": ARTICLE,
    "gallery": "/thu-vien-anh/",
    "viewer": GALLERY,
    "search": "/tim-kiem/?q=chuyen+doi+so",
}
SIZES = ((320, 640), (390, 844), (768, 1024), (1280, 800), (1366, 657), (1920, 1080))
# In pixels, how tall each window is on the sheet.
ROW = 240
# Width and height in CSS pixels, and how many pixels of the picture one of them has.
DESK = (1280, 960, 0.75)
TELEPHONE = (390, 844, 1.25)
PAPER_SCALE = 1.2
QUALITY = 72


def save(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)


def open_page(browser: Browser, url: str, size: tuple[int, int, float], scheme: str) -> Page:
    width, height, _ = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    # The clock of the masthead shows the same on every run.
    page.clock.set_fixed_time(NOW)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    return page


def take(page: Page, size: tuple[int, int, float]) -> Image.Image:
    """Return the window as a picture, drawn large and made small, so that letters are smooth."""
    width, height, scale = size
    drawn = Image.open(io.BytesIO(page.screenshot()))
    return drawn.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)


def open_photo(page: Page) -> None:
    """Open the second photo of a page in the viewer."""
    page.locator("a.enlarge").nth(1).click()
    page.locator(".viewer[open]").wait_for()
    page.wait_for_load_state("networkidle")


def take_all_sizes(browser: Browser, address: str, name: str) -> Image.Image:
    """Return a sheet: what a page looks like in every size, by day above and in the dark below."""
    gap = 10
    widths = [round(ROW * width / height) for width, height in SIZES]
    sheet = Image.new("RGB", (sum(widths) + gap * (len(SIZES) + 1), 2 * ROW + 3 * gap), "#8a857c")
    for row, scheme in enumerate(("light", "dark")):
        for number, (width, height) in enumerate(SIZES):
            page = open_page(browser, address + IN_ALL_SIZES[name], (width, height, 1), scheme)
            if name == "viewer":
                open_photo(page)
            window = take(page, (width, height, ROW / height))
            place = (gap + sum(widths[:number]) + gap * number, gap + row * (ROW + gap))
            sheet.paste(window.resize((widths[number], ROW)), place)
            page.context.close()
    return sheet


def print_page(page: Page) -> Image.Image:
    """Return the sheets of paper side by side."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sheets = [sheet.render(scale=PAPER_SCALE).to_pil() for sheet in document]
    gap = 12
    width = sum(sheet.width for sheet in sheets) + gap * (len(sheets) + 1)
    desk = Image.new("RGB", (width, sheets[0].height + 2 * gap), "#8a857c")
    for number, sheet in enumerate(sheets):
        desk.paste(sheet, (gap + number * (sheet.width + gap), gap))
    return desk


def main() -> int:
    """Take every picture anew, and say what they weigh together."""
    nginx, chromium = find_nginx(), os.environ.get("SITEGEN_CHROMIUM")
    if not nginx or not chromium:
        return 1
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "current").symlink_to(build_sample(folder / "site"))
        with serve_releases(nginx, folder, folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            for template, path in TEMPLATES.items():
                for device, size in (("desk", DESK), ("telephone", TELEPHONE)):
                    for scheme in ("light", "dark") if template in DARK else ("light",):
                        page = open_page(browser, address + path, size, scheme)
                        ending = "-dark" if scheme == "dark" else ""
                        save(take(page, size), f"{template}-{device}{ending}")
                        page.context.close()
            for name in IN_ALL_SIZES:
                save(take_all_sizes(browser, address, name), f"{name}-sizes")
            page = open_page(browser, address + ARTICLE, DESK, "light")
            save(print_page(page), "article-paper")
            browser.close()
    weight = sum(each.stat().st_size for each in PICTURES.iterdir())
    click.echo(f"{len(list(PICTURES.iterdir()))} pictures, {weight / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
