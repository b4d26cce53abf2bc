"""What readers see of a photo that is cropped: the face, wherever it is."""

import base64
import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from sitegen.pages.pictures import name_focus
from support.photos import encode

pytestmark = pytest.mark.browser

FACE = (240, 200, 40)


def paint_face(size: tuple[int, int], place: tuple[float, float]) -> Image.Image:
    """Return a grey photo with a yellow face whose middle is at ``place``."""
    photo = Image.new("RGB", size, (90, 90, 90))
    x, y, radius = place[0] * size[0], place[1] * size[1], min(size) // 10
    ImageDraw.Draw(photo).ellipse((x - radius, y - radius, x + radius, y + radius), fill=FACE)
    return photo


def see(page: Page, address: str, html: str) -> Image.Image:
    """Return what is seen of a photo that stands on the front page in place of all else."""
    page.goto(address)
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", html)
    shown = page.locator("main img")
    page.wait_for_function("document.querySelector('main img').complete")
    return Image.open(io.BytesIO(shown.screenshot())).convert("RGB")


@pytest.mark.parametrize(
    ("size", "place", "focus", "kept"),
    [
        ((600, 900), (0.5, 0.2), None, True),
        ((600, 900), (0.5, 0.92), None, False),
        ((600, 900), (0.5, 0.92), (50, 100), True),
        ((1500, 500), (0.08, 0.5), None, False),
        ((1500, 500), (0.08, 0.5), (0, 50), True),
        ((1500, 500), (0.08, 0.5), (8, 50), True),
        ((1500, 500), (0.5, 0.5), None, True),
    ],
)
def test_a_card_shows_the_face(
    page: Page,
    address: str,
    size: tuple[int, int],
    place: tuple[float, float],
    focus: tuple[int, int] | None,
    kept: bool,
) -> None:
    data = base64.b64encode(encode(paint_face(size, place), quality=95)).decode()
    html = (
        f'<div class="photo" style="width: 300px"><img src="data:image/jpeg;base64,{data}" alt="" '
        f'width="{size[0]}" height="{size[1]}" class="{name_focus(focus, *size)}"></div>'
    )
    seen = see(page, address, html)
    box = Image.eval(seen.split()[2], lambda value: 255 * (value < 65)).getbbox()
    width, height = (box[2] - box[0], box[3] - box[1]) if box else (0, 0)
    whole = 2 * (min(size) // 10) * max(300 / size[0], 200 / size[1])
    assert (min(width, height) > whole * 0.93) is kept


@pytest.mark.parametrize(("width", "height"), [(1366, 657), (390, 844), (844, 390)])
def test_an_opening_photo_leaves_room_on_the_screen(
    page: Page, address: str, article: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address + article)
    box = page.locator(".opening img").bounding_box()
    assert box
    assert box["height"] <= 0.75 * height + 1
