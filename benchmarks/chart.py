"""A chart as SVG: time over the number of articles, both logarithmic. A pure function."""

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

Series = Mapping[str, Sequence[tuple[int, float]]]

_WIDTH, _HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 50, 60
_LABEL_STEP = 16
# Okabe and Ito's colours, which everyone can tell apart, but for the yellow one; each is legible on
# white and on black; each line is named at its end, too.
_COLOURS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#888888")
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #222; }
.title { font-size: 16px; font-weight: 600; }
.grid { stroke: #8886; }
.line { fill: none; stroke-width: 2.5; }
@media (prefers-color-scheme: dark) { text { fill: #eee; } }"""


def draw_chart(title: str, series: Series) -> str:
    """Return a chart of each generator's points ``(articles, seconds)``."""
    points = [point for line in series.values() for point in line]
    sizes = sorted({size for size, _ in points})
    seconds = [time for _, time in points]
    low = 10.0 ** math.floor(math.log10(min(seconds, default=1)))
    high = max(10.0 ** math.ceil(math.log10(max(seconds, default=1))), low * 10)

    def across(size: int) -> float:
        if len(sizes) < 2:  # noqa: PLR2004 (one point has no extent)
            return (_LEFT + _WIDTH - _RIGHT) / 2
        share = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def up(time: float) -> float:
        share = math.log(time / low) / math.log(high / low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        _text(_LEFT, 26, title, kind="title"),
        *_draw_grid(low, high, up),
        *(_text(across(size), _HEIGHT - 36, f"{size:,}", anchor="middle") for size in sizes),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, "articles", anchor="middle"),
    ]
    labels: list[tuple[float, str, str]] = []
    for position, (name, line) in enumerate(series.items()):
        colour = _COLOURS[position % len(_COLOURS)]
        places = [(across(size), up(time)) for size, time in sorted(line)]
        if places:
            parts += _draw_line(places, colour)
            labels.append((places[-1][1], name, colour))
    parts += _draw_labels(labels)
    return "\n".join([*parts, "</svg>", ""])


def _draw_grid(low: float, high: float, up: Callable[[float], float]) -> list[str]:
    parts = []
    steps = round(math.log10(high / low))
    for step in range(steps + 1):
        time = low * 10**step
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}"'
            f' y1="{up(time):.1f}" y2="{up(time):.1f}"/>'
        )
        parts.append(_text(_LEFT - 8, up(time) + 4, f"{time:g} s", anchor="end"))
    return parts


def _draw_line(places: list[tuple[float, float]], colour: str) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in places]
    return [f'<polyline class="line" stroke="{colour}" points="{path}"/>', *dots]


def _draw_labels(labels: list[tuple[float, str, str]]) -> list[str]:
    """Name the lines at their ends, moved apart where they would overlap."""
    parts = []
    lowest = 0.0
    for height, name, colour in sorted(labels):
        lowest = max(height, lowest + _LABEL_STEP)
        parts.append(
            f'<circle cx="{_WIDTH - _RIGHT + 14}" cy="{lowest:.1f}" r="4" fill="{colour}"/>'
        )
        parts.append(_text(_WIDTH - _RIGHT + 24, lowest + 4, name))
    return parts


def _text(x: float, y: float, words: str, *, kind: str = "", anchor: str = "start") -> str:
    class_ = f' class="{kind}"' if kind else ""
    return f'<text{class_} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
