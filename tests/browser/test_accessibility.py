"""The sample site as readers meet it who use no mouse, large letters, or want nothing to move."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


# What can be reached at all: what is shown and not switched off, once for each group of details.
_REACHABLE = """
() => {
  window.reachable = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, summary, iframe, video[controls],"
      + "[tabindex='0']"
  )].filter((each) => !each.disabled && !each.closest("fieldset:disabled")
    && each.checkVisibility({ visibilityProperty: true }));
  return reachable.length;
}
"""
_FOCUSED = """
() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const style = getComputedStyle(focused);
  const box = focused.getBoundingClientRect();
  const middle = [box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2];
  const there = document.elementFromPoint(...middle);
  return {
    place: reachable.indexOf(focused),
    name: focused.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    covered: !there || !(focused.contains(there) || there.contains(focused)
      || there.closest("a, button, label")?.contains(focused)
      || focused.closest(".card")?.contains(there)),
  };
}
"""


def walk_by_keyboard(page: Page) -> tuple[int, list[dict[str, Any]]]:
    """Press Tab to the end of the page; return how much can be reached, and what was."""
    count = page.evaluate(_REACHABLE)
    walked: list[dict[str, Any]] = []
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None or (walked and focused["place"] == walked[0]["place"]):
            break
        walked.append(focused)
    return count, walked


@pytest.mark.parametrize("width", [360, 1280])
def test_every_control_is_reached_in_order_and_seen(
    page: Page, address: str, one_of_each: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    for url in one_of_each:
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
        count, walked = walk_by_keyboard(page)
        places = [each["place"] for each in walked]
        assert -1 not in places, (url, walked[places.index(-1)])
        assert places == sorted(set(places)), url
        assert set(places) == set(range(count)), (url, count, len(places))
        unseen = [
            each for each in walked if not (each["outlined"] and each["shown"]) or each["covered"]
        ]
        assert unseen == [], (url, json.dumps(unseen, ensure_ascii=False, indent=1))


_CUT = """
() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .filter((each) => !each.closest("svg, .unseen, .skip"))
  .filter((each) => {
    const style = getComputedStyle(each);
    const hidden = (way) => ["hidden", "clip"].includes(way);
    return each.innerText?.trim()
      && ((hidden(style.overflowX) && each.scrollWidth > each.clientWidth + 1)
        || (hidden(style.overflowY) && each.scrollHeight > each.clientHeight + 1));
  })
  .map((each) => each.outerHTML.slice(0, 120))
"""


def test_at_twice_the_size_nothing_is_cut_and_nothing_scrolls_sideways(
    page: Page, address: str, one_of_each: list[str]
) -> None:
    # A window of 1280 × 1024 shows so much at 200 %.
    page.set_viewport_size({"width": 640, "height": 512})
    for url in one_of_each:
        page.goto(address + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, url
        assert page.evaluate(_CUT) == [], url


def test_letters_of_twice_the_size_are_not_cut(
    page: Page, address: str, one_of_each: list[str]
) -> None:
    # What a reader sets in the browser, the window being as wide as before (WCAG 1.4.4).
    for url in one_of_each:
        page.goto(address + url)
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, url
        assert page.evaluate(_CUT) == [], url


_MOVING = """
() => {
  const long = (times) => times.split(",").some((each) => parseFloat(each) > 0);
  // What waits and then shows at once does not move.
  const moves = (style) => style.animationName !== "none" && long(style.animationDuration)
    && style.animationTimingFunction !== "steps(1)";
  return [document.documentElement, ...document.querySelectorAll("*")]
    .filter((each) => {
      const style = getComputedStyle(each);
      return long(style.transitionDuration) || style.scrollBehavior === "smooth"
        || moves(style);
    })
    .map((each) => each.outerHTML.slice(0, 80));
}
"""


def test_nothing_moves_where_the_reader_wants_it_so(
    page: Page, address: str, one_of_each: list[str]
) -> None:
    found = 0
    motions: tuple[Any, ...] = ("no-preference", "reduce")
    for motion in motions:
        page.emulate_media(reduced_motion=motion)
        for url in one_of_each:
            page.goto(address + url)
            moving = page.evaluate(_MOVING)
            if motion == "reduce":
                assert moving == [], url
            found += len(moving)
    assert found, "nothing ever moves: the test sees nothing"
