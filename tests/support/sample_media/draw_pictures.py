"""Draw the pictures of the sample site.

The sample articles need photographs that anybody may copy, so this script paints
them: landscapes and scenes of Quảng Nam, in the manner of gouache, rendered at twice
the size and scaled down, with a little grain and a vignette.  Everything is a
function of the scene's name, so two runs on the same Pillow write the same bytes.

    python tests/support/sample_media/draw_pictures.py [DIR] [--only NAME ...]

DIR defaults to ``content/media`` of this repository; some pictures lie beside their
texts, in folders next to DIR.  Only Pillow is needed.
"""

# A scene is a list of strokes, one to a line: long, flat and full of numbers.
# ruff: noqa: C901, E501, PLR0912, PLR0915, S311, T201

from __future__ import annotations

import argparse
import math
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parents[3]
SCALE = 2
STAR_RATIO = (3 - math.sqrt(5)) / 2  # inner to outer radius of a regular pentagram

RGB = tuple[int, int, int]
Point = tuple[float, float]


# ---------------------------------------------------------------- colour and curves


def rgb(colour: str) -> RGB:
    """Turn ``#rrggbb`` into a triple."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, two: str, share: float) -> str:
    """Mix two colours; ``share`` is how much of the second."""
    pairs = zip(rgb(one), rgb(two), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def spline(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> list[Point]:
    """Run a Catmull-Rom curve through the points."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        quad = []
        for offset in (-1, 0, 1, 2):
            at = index + offset
            quad.append(points[at % count] if closed else points[min(max(at, 0), count - 1)])
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    0.5
                    * (
                        2 * x1
                        + (x2 - x0) * t
                        + (2 * x0 - 5 * x1 + 4 * x2 - x3) * t**2
                        + (3 * x1 - x0 - 3 * x2 + x3) * t**3
                    ),
                    0.5
                    * (
                        2 * y1
                        + (y2 - y0) * t
                        + (2 * y0 - 5 * y1 + 4 * y2 - y3) * t**2
                        + (3 * y1 - y0 - 3 * y2 + y3) * t**3
                    ),
                ),
            )
    if not closed:
        curve.append(points[-1])
    return curve


def star_points(cx: float, cy: float, radius: float) -> list[Point]:
    """Return the ten corners of a regular five-pointed star, one point up."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * STAR_RATIO
        angle = -math.pi / 2 + corner * math.pi / 5
        corners.append((cx + reach * math.cos(angle), cy + reach * math.sin(angle)))
    return corners


def oval(
    cx: float, cy: float, rx: float, ry: float, turn: float = 0.0, sides: int = 14
) -> list[Point]:
    """Return an ellipse as a polygon, turned by ``turn`` radians."""
    cos, sin = math.cos(turn), math.sin(turn)
    ring = []
    for side in range(sides):
        angle = 2 * math.pi * side / sides
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        ring.append((cx + x * cos - y * sin, cy + x * sin + y * cos))
    return ring


def profile(
    rng: random.Random,
    width: float,
    base: float,
    amp: float,
    freq: float = 3,
    octaves: int = 6,
    rough: float = 0.5,
) -> list[Point]:
    """Return a mountain line: value noise over ``width``, one point every six pixels."""
    layers = []
    for octave in range(octaves):
        cells = max(2, round(freq * 2**octave))
        layers.append((cells, rough**octave, [rng.uniform(-1, 1) for _ in range(cells + 2)]))
    total = sum(weight for _, weight, _ in layers)
    line = []
    x = -12.0
    while x <= width + 12:
        place = min(max(x / width, 0), 0.9999)
        height = 0.0
        for cells, weight, values in layers:
            spot = place * cells
            cell = int(spot)
            t = (1 - math.cos((spot - cell) * math.pi)) / 2
            height += weight * (values[cell] * (1 - t) + values[cell + 1] * t)
        line.append((x, base - amp * height / total))
        x += 6
    return line


# ------------------------------------------------------------------------- the canvas


class Canvas:
    """A picture in progress, addressed in the pixels of the finished one."""

    def __init__(self, name: str, width: int = 1600, height: int = 1067) -> None:
        """Start an empty picture whose chance depends on its name alone."""
        self.rng = random.Random(f"sample-picture:{name}")
        self.width = width
        self.height = height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), (128, 128, 128))

    # -- areas

    def _gradient(
        self, size: tuple[int, int], stops: Sequence[str], *, across: bool = False
    ) -> Image.Image:
        column = Image.new("RGB", (1, len(stops)))
        column.putdata([rgb(stop) for stop in stops])
        tall = column
        if len(stops) > 1:
            # sample the stops ourselves: resize would blur the two ends
            fine = Image.new("RGB", (1, 512))
            values = []
            for row in range(512):
                spot = row / 511 * (len(stops) - 1)
                low = min(int(spot), len(stops) - 2)
                values.append(rgb(mix(stops[low], stops[low + 1], spot - low)))
            fine.putdata(values)
            tall = fine
        if across:
            tall = tall.transpose(Image.Transpose.ROTATE_90)
            tall = ImageOps.mirror(tall)
        return tall.resize(size, Image.Resampling.BILINEAR)

    def wash(self, *stops: str, top: float = 0, bottom: float | None = None) -> None:
        """Fill a band of the whole width with a vertical gradient."""
        end = self.height if bottom is None else bottom
        y0, y1 = round(top * SCALE), round(end * SCALE)
        self.image.paste(self._gradient((self.width * SCALE, max(1, y1 - y0)), stops), (0, y0))

    def shape(
        self,
        points: Iterable[Point],
        *fill: str,
        alpha: float = 1.0,
        blur: float = 0.0,
        across: bool = False,
    ) -> None:
        """Fill a polygon with a colour or a gradient, softly if asked."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        pad = int(blur * SCALE * 3) + 2
        x0 = max(0, int(min(x for x, _ in scaled)) - pad)
        y0 = max(0, int(min(y for _, y in scaled)) - pad)
        x1 = min(self.width * SCALE, int(max(x for x, _ in scaled)) + pad)
        y1 = min(self.height * SCALE, int(max(y for _, y in scaled)) + pad)
        if x1 <= x0 or y1 <= y0:
            return
        mask = Image.new("L", (x1 - x0, y1 - y0), 0)
        ImageDraw.Draw(mask).polygon([(x - x0, y - y0) for x, y in scaled], fill=round(255 * alpha))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        paint: Image.Image | RGB
        paint = rgb(fill[0]) if len(fill) == 1 else self._gradient(mask.size, fill, across=across)
        self.image.paste(paint, (x0, y0, x1, y1), mask)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *fill: str,
        alpha: float = 1.0,
        blur: float = 0.0,
        across: bool = False,
    ) -> None:
        """Fill a rectangle."""
        self.shape(
            [(x, y), (x + width, y), (x + width, y + height), (x, y + height)],
            *fill,
            alpha=alpha,
            blur=blur,
            across=across,
        )

    def disc(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        *fill: str,
        alpha: float = 1.0,
        blur: float = 0.0,
        turn: float = 0.0,
    ) -> None:
        """Fill an ellipse."""
        self.shape(oval(cx, cy, rx, ry, turn, 48), *fill, alpha=alpha, blur=blur)

    def stroke(
        self, points: Sequence[Point], width: float, colour: str, alpha: float = 1.0
    ) -> None:
        """Draw a line with round joints."""
        draw = ImageDraw.Draw(self.image, "RGBA")
        paint = (*rgb(colour), round(255 * alpha))
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        draw.line(scaled, fill=paint, width=max(1, round(width * SCALE)), joint="curve")

    def limb(self, one: Point, two: Point, w1: float, w2: float, colour: str) -> None:
        """Draw a tapering stroke with round ends."""
        angle = math.atan2(two[1] - one[1], two[0] - one[0]) + math.pi / 2
        cos, sin = math.cos(angle), math.sin(angle)
        self.shape(
            [
                (one[0] + w1 * cos, one[1] + w1 * sin),
                (two[0] + w2 * cos, two[1] + w2 * sin),
                (two[0] - w2 * cos, two[1] - w2 * sin),
                (one[0] - w1 * cos, one[1] - w1 * sin),
            ],
            colour,
        )
        self.disc(*one, w1, w1, colour)
        self.disc(*two, w2, w2, colour)

    def dabs(
        self, spots: Iterable[tuple[float, float, float, float, float, str]], alpha: float = 1.0
    ) -> None:
        """Set many small strokes: x, y, half length, half width, turn, colour."""
        draw = ImageDraw.Draw(self.image, "RGBA")
        opacity = round(255 * alpha)
        for x, y, rx, ry, turn, colour in spots:
            draw.polygon(
                [(px * SCALE, py * SCALE) for px, py in oval(x, y, rx, ry, turn, 10)],
                fill=(*rgb(colour), opacity),
            )

    # -- light and air

    def glow(
        self,
        cx: float,
        cy: float,
        radius: float,
        colour: str,
        strength: float = 1.0,
        squash: float = 1.0,
    ) -> None:
        """Add a round light that fades out."""
        span = (
            max(2, round(radius * 2 * SCALE / 4)),
            max(2, round(radius * 2 * squash * SCALE / 4)),
        )
        fade = ImageOps.invert(Image.radial_gradient("L")).point(
            [
                round(min(255, max(0, v - 75) / 180 * 255) ** 1.6 / 255**0.6 * strength)
                for v in range(256)
            ]
        )
        fade = fade.resize(span, Image.Resampling.BILINEAR).resize(
            (span[0] * 4, span[1] * 4), Image.Resampling.BILINEAR
        )
        light = Image.new("RGB", fade.size, rgb(colour))
        at = (round(cx * SCALE) - fade.width // 2, round(cy * SCALE) - fade.height // 2)
        under = self.image.crop((*at, at[0] + fade.width, at[1] + fade.height))
        lit = ImageChops.screen(under, Image.composite(light, Image.new("RGB", light.size), fade))
        self.image.paste(lit, at)

    def fractal(
        self,
        width: int,
        height: int,
        cells: tuple[float, float],
        octaves: int = 5,
        rough: float = 0.55,
    ) -> Image.Image:
        """Return cloud-like noise, stretched to full contrast."""
        small = (max(8, width // 4), max(8, height // 4))
        total = Image.new("L", small, 128)
        weight = 1.0
        whole = 0.0
        for octave in range(octaves):
            grid = (max(2, round(cells[0] * 2**octave)), max(2, round(cells[1] * 2**octave)))
            layer = Image.frombytes("L", grid, self.rng.randbytes(grid[0] * grid[1])).resize(
                small, Image.Resampling.BICUBIC
            )
            whole += weight
            total = Image.blend(total, layer, weight / whole)
            weight *= rough
        return ImageOps.autocontrast(total, cutoff=1).resize(
            (width, height), Image.Resampling.BICUBIC
        )

    def clouds(
        self,
        top: float,
        bottom: float,
        colour: str,
        alpha: float = 0.8,
        cells: tuple[float, float] = (3, 4),
        cut: int = 120,
        gain: float = 2.0,
    ) -> None:
        """Lay drifting cloud or mist over a band, densest in its middle."""
        y0, y1 = round(max(0, top) * SCALE), round(min(self.height, bottom) * SCALE)
        size = (self.width * SCALE, y1 - y0)
        noise = self.fractal(*size, cells).point(
            [min(255, max(0, round((v - cut) * gain))) for v in range(256)]
        )
        window = Image.new("L", (1, 256))
        window.putdata(
            [
                round(255 * alpha * math.sin(math.pi * (row + 0.5) / 256) ** 1.2)
                for row in range(256)
            ]
        )
        mask = ImageChops.multiply(noise, window.resize(size))
        self.image.paste(rgb(colour), (0, y0, size[0], y1), mask)

    def haze(
        self, top: float, bottom: float, colour: str, alpha: float = 0.6, *, rise: bool = True
    ) -> None:
        """Lay an even veil over a band, thickest at its foot (or at its head)."""
        y0, y1 = round(max(0, top) * SCALE), round(min(self.height, bottom) * SCALE)
        window = Image.new("L", (1, 256))
        values = [round(255 * alpha * (row / 255) ** 1.5) for row in range(256)]
        window.putdata(values if rise else values[::-1])
        self.image.paste(
            rgb(colour),
            (0, y0, self.width * SCALE, y1),
            window.resize((self.width * SCALE, y1 - y0)),
        )

    def beam(
        self,
        x: float,
        y: float,
        length: float,
        angle: float,
        spread: float,
        colour: str,
        alpha: float,
    ) -> None:
        """Add a shaft of light from a point, in radians from straight down."""
        ends = []
        for side in (-spread, spread):
            turn = angle + side
            ends.append((x + math.sin(turn) * length, y + math.cos(turn) * length))
        layer = Image.new("L", (self.width, self.height), 0)
        ImageDraw.Draw(layer).polygon([(x, y), *ends], fill=round(255 * alpha))
        layer = layer.filter(ImageFilter.GaussianBlur(14))
        window = Image.new("L", (1, 256))
        window.putdata([round(255 * (1 - row / 255) ** 0.8) for row in range(256)])
        layer = ImageChops.multiply(layer, window.resize(layer.size)).resize(self.image.size)
        tint = Image.composite(
            Image.new("RGB", self.image.size, rgb(colour)), Image.new("RGB", self.image.size), layer
        )
        self.image = ImageChops.screen(self.image, tint)

    # -- land and water

    def ridge(
        self,
        base: float,
        amp: float,
        *fill: str,
        freq: float = 3,
        octaves: int = 6,
        rough: float = 0.5,
        bottom: float | None = None,
    ) -> list[Point]:
        """Draw a range of hills down to ``bottom`` and return its line."""
        line = profile(self.rng, self.width, base, amp, freq, octaves, rough)
        end = self.height if bottom is None else bottom
        self.shape([*line, (self.width + 20, end), (-20, end)], *fill)
        return line

    def streaks(
        self,
        top: float,
        bottom: float,
        colours: Sequence[str],
        count: int,
        alpha: float = 0.4,
        span: tuple[float, float] = (14, 150),
        centre: float | None = None,
        spread: float = 0.5,
    ) -> None:
        """Draw the flat strokes of water, larger towards the viewer."""
        spots = []
        for _ in range(count):
            t = self.rng.random() ** 1.3
            y = top + (bottom - top) * t
            x = (
                self.rng.uniform(-40, self.width + 40)
                if centre is None
                else self.rng.gauss(centre, self.width * spread * (0.12 + 0.25 * t))
            )
            length = (span[0] + (span[1] - span[0]) * t) * self.rng.uniform(0.4, 1)
            spots.append(
                (
                    x,
                    y,
                    length,
                    0.7 + 3.2 * t * self.rng.uniform(0.4, 1),
                    self.rng.uniform(-0.01, 0.01),
                    self.rng.choice(list(colours)),
                )
            )
        self.dabs(spots, alpha)

    def reflect(
        self, line: float, depth: float, tint: str, dark: float = 0.35, wave: float = 5.0
    ) -> None:
        """Mirror what lies above ``line`` into the water below it."""
        y0 = round(line * SCALE)
        tall = min(round(depth * SCALE), self.height * SCALE - y0, y0)
        part = ImageOps.flip(self.image.crop((0, y0 - tall, self.width * SCALE, y0)))
        part = part.filter(ImageFilter.BoxBlur(3 * SCALE // 2))
        part = Image.blend(part, Image.new("RGB", part.size, rgb(tint)), dark)
        out = part.copy()
        phase = self.rng.random() * 6
        step = 3
        for row in range(0, tall, step):
            near = row / tall
            shift = round(
                math.sin(row / (5 + 26 * near) + phase) * wave * SCALE * (0.15 + near)
                + self.rng.uniform(-1, 1) * wave * near
            )
            strip = part.crop((0, row, part.width, min(tall, row + step)))
            out.paste(strip, (shift, row))
        self.image.paste(out, (0, y0))

    # -- plants

    def foliage(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        colours: Sequence[str],
        count: int,
        dab: float = 9,
        light: float = -0.6,
    ) -> None:
        """Build a crown of leaves from dark dabs to lit ones."""
        spots = []
        for number in range(count):
            part = number / count
            shade = colours[min(len(colours) - 1, int(part * len(colours)))]
            angle = self.rng.uniform(0, 2 * math.pi)
            reach = math.sqrt(self.rng.random()) * (1 - 0.28 * part)
            x = cx + rx * reach * math.cos(angle) + rx * 0.2 * part * light
            y = cy + ry * reach * math.sin(angle) - ry * 0.22 * part
            size = dab * self.rng.uniform(0.6, 1.3) * (1.25 - 0.5 * part)
            spots.append((x, y, size, size * 0.62, self.rng.uniform(0, math.pi), shade))
        self.dabs(spots)

    def palm(
        self, x: float, y: float, tall: float, lean: float, colour: str, leaf: str, fronds: int = 13
    ) -> None:
        """Draw an areca or coconut palm."""
        top = (x + lean, y - tall)
        trunk = spline([(x, y), (x + lean * 0.25, y - tall * 0.45), top], closed=False, steps=12)
        for (x0, y0), (x1, y1) in pairwise(trunk):
            width = tall * 0.011 * (1.35 - 0.5 * (y - y0) / tall)
            self.limb((x0, y0), (x1, y1), width, width, colour)
        for frond in range(fronds):
            angle = math.pi * (-1.16 + 1.32 * frond / (fronds - 1)) + self.rng.uniform(-0.08, 0.08)
            length = tall * self.rng.uniform(0.24, 0.33)
            end = (
                top[0] + length * math.cos(angle),
                top[1] + length * math.sin(angle) * 0.75 + length * 0.38,
            )
            mid = (
                top[0] + length * 0.55 * math.cos(angle),
                top[1] + length * 0.6 * math.sin(angle),
            )
            fine = max(8, round(tall / 24))
            rib = spline([top, mid, end], closed=False, steps=fine)
            self.stroke(rib, max(1.6, tall * 0.006), leaf)
            for index, (rx, ry) in enumerate(rib[2:], 2):
                part = index / len(rib)
                reach = length * 0.24 * math.sin(math.pi * (0.12 + 0.82 * part)) + 2
                for side in (-1, 1):
                    turn = angle + side * 0.75 + 0.35
                    tip = (
                        rx + reach * math.cos(turn),
                        ry + reach * abs(math.sin(turn)) * 0.9 + reach * 0.25,
                    )
                    wide = max(0.8, tall * 0.0035)
                    self.shape(
                        [(rx - wide, ry), tip, (rx + wide, ry + wide)],
                        mix(leaf, "#d8e08a" if side > 0 else "#10202a", 0.14),
                    )

    def grass(
        self,
        top: float,
        bottom: float,
        colours: Sequence[str],
        count: int,
        tall: float = 30,
        lean: float = 0.25,
    ) -> None:
        """Draw blades of grass or rice, taller towards the viewer."""
        draw = ImageDraw.Draw(self.image, "RGBA")
        for number in range(count):
            t = (number / count) ** 0.8
            y = top + (bottom - top) * t
            x = self.rng.uniform(-20, self.width + 20)
            size = tall * (0.3 + 0.9 * t) * self.rng.uniform(0.6, 1.2)
            tip = (x + size * (lean + self.rng.uniform(-0.25, 0.25)), y - size)
            base = 0.8 + 1.6 * t
            blade = [(x - base, y), tip, (x + base, y)]
            draw.polygon(
                [(px * SCALE, py * SCALE) for px, py in blade],
                fill=(*rgb(self.rng.choice(list(colours))), 235),
            )

    # -- people, as silhouettes

    def person(
        self,
        x: float,
        y: float,
        tall: float,
        top: str,
        legs: str,
        *,
        skin: str | None = None,
        pose: str = "stand",
        hat: str | None = None,
        flip: bool = False,
    ) -> None:
        """Draw a figure seen small: feet at (x, y)."""
        joints = POSES[pose]
        side = -1 if flip else 1

        def at(joint: str) -> Point:
            jx, jy = joints[joint]
            return x + side * jx * tall, y - jy * tall

        tone = skin or legs
        unit = tall
        self.limb(at("hip"), at("knee_b"), 0.052 * unit, 0.038 * unit, legs)
        self.limb(at("knee_b"), at("foot_b"), 0.038 * unit, 0.024 * unit, legs)
        self.limb(at("chest"), at("elbow_b"), 0.03 * unit, 0.025 * unit, mix(top, legs, 0.3))
        self.limb(at("elbow_b"), at("hand_b"), 0.022 * unit, 0.018 * unit, tone)
        self.limb(at("hip"), at("knee_a"), 0.055 * unit, 0.04 * unit, legs)
        self.limb(at("knee_a"), at("foot_a"), 0.04 * unit, 0.025 * unit, legs)
        self.limb(at("hip"), at("chest"), 0.072 * unit, 0.082 * unit, top)
        self.limb(at("chest"), at("neck"), 0.06 * unit, 0.026 * unit, top)
        self.limb(at("chest"), at("elbow_a"), 0.036 * unit, 0.028 * unit, top)
        self.limb(at("elbow_a"), at("hand_a"), 0.023 * unit, 0.018 * unit, tone)
        hx, hy = at("head")
        self.disc(hx, hy, 0.056 * unit, 0.068 * unit, tone)
        if hat:
            self.shape(
                [
                    (hx - 0.15 * unit, hy),
                    (hx, hy - 0.125 * unit),
                    (hx + 0.15 * unit, hy),
                    (hx, hy + 0.035 * unit),
                ],
                hat,
                mix(hat, "#5b4a2f", 0.35),
            )
        else:
            self.disc(
                hx - side * 0.008 * unit,
                hy - 0.018 * unit,
                0.058 * unit,
                0.055 * unit,
                mix(legs, "#15120f", 0.6),
            )

    def sitter(
        self, x: float, y: float, size: float, shirt: str, hair: str, rim: str | None = None
    ) -> None:
        """Draw a seated listener from behind: head and shoulders, shoulders' foot at y."""
        back = spline(
            [
                (x - size * 0.95, y),
                (x - size * 0.88, y - size * 0.62),
                (x - size * 0.38, y - size * 0.92),
                (x + size * 0.38, y - size * 0.92),
                (x + size * 0.88, y - size * 0.62),
                (x + size * 0.95, y),
            ],
            closed=False,
        )
        if rim:
            self.shape([(px, py - size * 0.03) for px, py in back], rim)
        self.shape(back, shirt, mix(shirt, "#20242e", 0.35))
        self.box(
            x - size * 0.2, y - size * 1.12, size * 0.4, size * 0.3, mix("#a9785a", hair, 0.35)
        )
        if rim:
            self.disc(x + size * 0.02, y - size * 1.43, size * 0.405, size * 0.48, rim)
        self.disc(x, y - size * 1.4, size * 0.4, size * 0.47, hair, mix(hair, "#0c0a0a", 0.5))

    # -- the end

    def finish(
        self,
        *,
        warm: float = 0.0,
        bloom: float = 0.22,
        grain: float = 3.6,
        vignette: float = 0.3,
        brush: float = 0.07,
    ) -> Image.Image:
        """Add brush texture, bloom, vignette and grain, and scale down."""
        size = self.image.size
        if brush:
            strokes = self.fractal(*size, (26, 60), 4, 0.75)
            strokes = strokes.point([round(128 + (v - 128) * brush * 2.2) for v in range(256)])
            textured = ImageChops.soft_light(self.image, Image.merge("RGB", (strokes,) * 3))
            self.image = textured
        out = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        if bloom:
            soft = out.filter(ImageFilter.GaussianBlur(22))
            soft = ImageChops.multiply(soft, soft)
            out = Image.blend(out, ImageChops.screen(out, soft), bloom)
        if warm:
            tint = Image.new("RGB", out.size, rgb("#ffb066") if warm > 0 else rgb("#6a93ff"))
            out = Image.blend(out, ImageChops.soft_light(out, tint), abs(warm))
        edge = ImageOps.invert(Image.radial_gradient("L")).point(
            [round(255 - (255 - min(255, v * 1.5 + 70)) * vignette) for v in range(256)]
        )
        edge = edge.resize(
            (round(self.width * 1.25), round(self.height * 1.25)), Image.Resampling.BICUBIC
        )
        left, top = (edge.width - self.width) // 2, (edge.height - self.height) // 2
        edge = edge.crop((left, top, left + self.width, top + self.height))
        out = ImageChops.multiply(out, Image.merge("RGB", (edge,) * 3))
        if grain:
            count = self.width * self.height
            one = Image.frombytes("L", out.size, self.rng.randbytes(count))
            two = Image.frombytes("L", out.size, self.rng.randbytes(count))
            noise = Image.blend(one, two, 0.5).filter(ImageFilter.GaussianBlur(0.55))
            noise = noise.point([round(128 + (v - 128) * grain / 30) for v in range(256)])
            out = ImageChops.overlay(out, Image.merge("RGB", (noise,) * 3))
        return ImageEnhance.Color(out).enhance(1.04)


# fmt: off
POSES: dict[str, dict[str, Point]] = {
    "stand": {"head": (0, 0.93), "neck": (0, 0.86), "chest": (0, 0.76), "hip": (0, 0.5), "knee_a": (0.04, 0.27), "foot_a": (0.045, 0.01), "knee_b": (-0.045, 0.27), "foot_b": (-0.055, 0.01), "elbow_a": (0.12, 0.6), "hand_a": (0.11, 0.45), "elbow_b": (-0.12, 0.6), "hand_b": (-0.11, 0.45)},
    "walk": {"head": (0.03, 0.93), "neck": (0.02, 0.86), "chest": (0.015, 0.76), "hip": (0, 0.5), "knee_a": (0.1, 0.29), "foot_a": (0.16, 0.01), "knee_b": (-0.05, 0.26), "foot_b": (-0.18, 0.03), "elbow_a": (-0.07, 0.61), "hand_a": (-0.06, 0.46), "elbow_b": (0.1, 0.61), "hand_b": (0.17, 0.48)},
    "run": {"head": (0.09, 0.92), "neck": (0.07, 0.85), "chest": (0.05, 0.75), "hip": (0, 0.5), "knee_a": (0.17, 0.38), "foot_a": (0.12, 0.14), "knee_b": (-0.08, 0.27), "foot_b": (-0.26, 0.2), "elbow_a": (-0.08, 0.63), "hand_a": (0.04, 0.56), "elbow_b": (0.17, 0.62), "hand_b": (0.24, 0.73)},
    "dig": {"head": (0.2, 0.83), "neck": (0.14, 0.78), "chest": (0.1, 0.7), "hip": (-0.03, 0.48), "knee_a": (0.1, 0.28), "foot_a": (0.12, 0.01), "knee_b": (-0.12, 0.26), "foot_b": (-0.18, 0.01), "elbow_a": (0.2, 0.55), "hand_a": (0.28, 0.44), "elbow_b": (0.12, 0.5), "hand_b": (0.22, 0.36)},
    "stoop": {"head": (0.36, 0.6), "neck": (0.28, 0.6), "chest": (0.2, 0.58), "hip": (-0.04, 0.49), "knee_a": (0.05, 0.26), "foot_a": (0.02, 0.01), "knee_b": (-0.08, 0.26), "foot_b": (-0.1, 0.01), "elbow_a": (0.26, 0.4), "hand_a": (0.33, 0.22), "elbow_b": (0.2, 0.38), "hand_b": (0.26, 0.2)},
    "kneel": {"head": (0.14, 0.66), "neck": (0.1, 0.6), "chest": (0.07, 0.51), "hip": (-0.05, 0.27), "knee_a": (0.16, 0.23), "foot_a": (0.15, 0.01), "knee_b": (0.03, 0.03), "foot_b": (-0.2, 0.02), "elbow_a": (0.18, 0.36), "hand_a": (0.3, 0.3), "elbow_b": (0.15, 0.34), "hand_b": (0.27, 0.22)},
    "row": {"head": (0.08, 0.92), "neck": (0.06, 0.85), "chest": (0.04, 0.75), "hip": (-0.02, 0.5), "knee_a": (0.07, 0.27), "foot_a": (0.08, 0.01), "knee_b": (-0.06, 0.27), "foot_b": (-0.1, 0.01), "elbow_a": (0.18, 0.68), "hand_a": (0.26, 0.62), "elbow_b": (0.12, 0.62), "hand_b": (0.24, 0.52)},
    "speak": {"head": (0, 0.93), "neck": (0, 0.86), "chest": (0, 0.76), "hip": (0, 0.5), "knee_a": (0.04, 0.27), "foot_a": (0.045, 0.01), "knee_b": (-0.045, 0.27), "foot_b": (-0.055, 0.01), "elbow_a": (0.15, 0.63), "hand_a": (0.21, 0.72), "elbow_b": (-0.13, 0.62), "hand_b": (-0.1, 0.5)},
    "ride": {"head": (0.1, 0.95), "neck": (0.06, 0.88), "chest": (0.04, 0.78), "hip": (-0.07, 0.54), "knee_a": (0.11, 0.43), "foot_a": (0.06, 0.19), "knee_b": (0.08, 0.36), "foot_b": (-0.02, 0.12), "elbow_a": (0.15, 0.66), "hand_a": (0.25, 0.63), "elbow_b": (0.13, 0.68), "hand_b": (0.24, 0.64)},
}


# ------------------------------------------------------------------- props of the scenes


def sampan(c: Canvas, x: float, y: float, length: float, colour: str, *, rower: bool = True, flip: bool = False, roof: bool = False) -> None:
    """Draw a river boat with or without its rower."""
    side = -1 if flip else 1
    hull = spline([(x - side * length * 0.5, y - length * 0.06), (x - side * length * 0.3, y + length * 0.022), (x, y + length * 0.04), (x + side * length * 0.32, y + length * 0.02), (x + side * length * 0.54, y - length * 0.085)], closed=False)
    deck = spline([(x + side * length * 0.54, y - length * 0.085), (x, y - length * 0.002), (x - side * length * 0.5, y - length * 0.06)], closed=False)
    c.shape([*hull, *deck], mix(colour, "#ffffff", 0.06), colour)
    if roof:
        c.shape(spline([(x - length * 0.2, y), (x - length * 0.19, y - length * 0.1), (x, y - length * 0.135), (x + length * 0.19, y - length * 0.1), (x + length * 0.2, y)], closed=False), mix(colour, "#b08a5a", 0.25), colour)
    if rower:
        foot = x - side * length * 0.34
        c.person(foot, y - length * 0.012, length * 0.36, mix(colour, "#27425a", 0.35), colour, pose="row", hat=mix(colour, "#d8bd84", 0.55), flip=flip)
        hand = (foot + side * length * 0.09, y - length * 0.21)
        c.stroke([hand, (foot - side * length * 0.1, y + length * 0.06)], length * 0.011, colour)


def tree(c: Canvas, x: float, y: float, tall: float, bark: str, leaves: Sequence[str], *, spread: float = 0.5, count: int = 900, dab: float = 9) -> None:
    """Draw a broad tree: forked trunk and a crown of several clumps."""
    fork = (x + tall * 0.02, y - tall * 0.42)
    c.limb((x, y - tall * 0.05), fork, tall * 0.032, tall * 0.022, bark)
    foot = [(x - tall * 0.075, y + tall * 0.012), (x - tall * 0.036, y - tall * 0.02), (x - tall * 0.028, y - tall * 0.12), (x + tall * 0.03, y - tall * 0.12), (x + tall * 0.036, y - tall * 0.02), (x + tall * 0.07, y + tall * 0.008)]
    c.shape(foot, bark)
    clumps = []
    for number in range(7):
        angle = math.pi * (-0.98 + 0.96 * number / 6)
        reach = tall * spread * c.rng.uniform(0.55, 0.95)
        end = (fork[0] + reach * math.cos(angle), fork[1] + reach * math.sin(angle) * 0.72 - tall * 0.08)
        c.limb(fork, end, tall * 0.014, tall * 0.005, bark)
        clumps.append(end)
    c.foliage(fork[0], fork[1] - tall * 0.3, tall * spread * 0.85, tall * 0.24, leaves, count // 2, dab)
    for cx, cy in sorted(clumps, key=lambda spot: spot[1]):
        c.foliage(cx, cy - tall * 0.03, tall * spread * 0.4, tall * 0.13, leaves, count // 10, dab)


def lotus(c: Canvas, x: float, y: float, size: float, dark: str, light: str, *, bud: bool = False) -> None:
    """Draw a lotus flower seen from the side."""
    turns = (-0.26, 0.26, 0) if bud else (-1.25, 1.25, -0.9, 0.9, -0.5, 0.5, -0.18, 0.22, 0)
    for number, turn in enumerate(turns):
        reach = size * (0.95 if abs(turn) > 1 else 1.05)
        wide = size * (0.15 if bud else 0.25)
        tip = (x + reach * math.sin(turn), y - reach * math.cos(turn))
        across = (math.cos(turn) * wide, math.sin(turn) * wide)
        mid = (x + reach * 0.52 * math.sin(turn), y - reach * 0.52 * math.cos(turn))
        petal = spline([(x, y), (mid[0] - across[0], mid[1] - across[1]), tip, (mid[0] + across[0], mid[1] + across[1])], steps=10)
        tone = 0.15 + 0.7 * number / len(turns)
        c.shape(petal, mix(dark, light, tone * 0.55), mix(dark, light, tone))
        c.stroke([(x, y), mid, tip], max(0.6, size * 0.008), mix(dark, light, tone * 0.4), 0.5)


def gable(c: Canvas, x: float, y: float, width: float, tall: float, wall: str, roof: str, door: str) -> None:
    """Draw a small tiled house seen from the front."""
    c.box(x, y - tall * 0.58, width, tall * 0.58, mix(wall, "#ffffff", 0.08), mix(wall, "#6b5a4a", 0.18))
    c.shape([(x - width * 0.07, y - tall * 0.56), (x + width * 0.12, y - tall), (x + width * 0.88, y - tall), (x + width * 1.07, y - tall * 0.56)], mix(roof, "#ffffff", 0.1), mix(roof, "#3a1f18", 0.25))
    for number in range(1, 14):
        share = number / 14
        c.stroke([(x + width * (0.12 + 0.76 * share), y - tall), (x + width * (-0.07 + 1.14 * share), y - tall * 0.56)], 1.2, mix(roof, "#3a1f18", 0.45), 0.5)
    c.box(x, y - tall * 0.56, width, tall * 0.05, "#2c2622", alpha=0.3, blur=2)
    for share in (0.16, 0.44, 0.72):
        c.box(x + width * share, y - tall * 0.42, width * 0.13, tall * 0.42 if share == 0.44 else tall * 0.24, door, mix(door, "#1c1512", 0.3))


def windows(c: Canvas, x: float, y: float, columns: int, rows: int, step: tuple[float, float], size: tuple[float, float], colours: Sequence[str], alpha: float = 1.0) -> None:
    """Draw a grid of windows, each of a colour by chance."""
    for row in range(rows):
        for column in range(columns):
            colour = c.rng.choice(list(colours))
            c.box(x + column * step[0], y + row * step[1], *size, mix(colour, "#ffffff", 0.12), colour, alpha=alpha)


# -------------------------------------------------------------------------- the scenes


def thu_bon_dawn(c: Canvas) -> None:
    """Paint the Thu Bồn river at dawn, with sampans."""
    c.wash("#34537a", "#7d86a3", "#e2a58c", "#ffd49a", bottom=560)
    c.clouds(20, 420, "#ffcfae", 0.75, (2.2, 7), 118, 2.2)
    c.clouds(150, 500, "#f59c7c", 0.55, (2.5, 10), 130, 2.4)
    c.glow(1050, 500, 620, "#ffb56b", 0.9)
    c.disc(1050, 492, 47, 47, "#fff3d2", "#ffdf9d")
    c.glow(1050, 492, 190, "#ffe2a8", 0.8)
    c.ridge(470, 60, "#8d86a0", "#d6a18f", freq=2.2, bottom=562)
    c.haze(400, 562, "#ffcf9f", 0.5)
    c.ridge(512, 42, "#63688a", "#b58a88", freq=3.4, bottom=562)
    c.haze(470, 562, "#ffc795", 0.45)
    line = c.ridge(540, 20, "#39445f", "#5d5468", freq=7, octaves=6, rough=0.7, bottom=562)
    c.dabs([(x, y + c.rng.uniform(-6, 8), c.rng.uniform(5, 13), c.rng.uniform(4, 8), c.rng.uniform(0, 3), mix("#2f3b55", "#544b61", c.rng.random())) for x, y in line for _ in range(2)])
    for x, tall, lean in ((160, 120, 14), (205, 95, -10), (262, 132, 18), (1420, 105, -12), (1466, 126, 12)):
        c.palm(x, 560, tall, lean, "#2b3550", "#2b3550", 11)
    c.reflect(560, 507, "#6d6c86", 0.2, 6)
    c.haze(560, 1067, "#2d4668", 0.72)
    c.streaks(562, 1067, ["#ffdcae", "#ffc38c", "#fff0cf"], 260, 0.6, (10, 90), 1050, 0.34)
    c.streaks(562, 1067, ["#2f4566", "#415676", "#8f8199"], 300, 0.35)
    sampan(c, 560, 660, 190, "#26304a", roof=True)
    sampan(c, 1010, 735, 330, "#1d263c", flip=True)
    sampan(c, 300, 612, 96, "#3c4662", rower=False)
    for x in (950, 1010, 1065):
        c.shape(oval(x, 765, 70, 6), "#16203a", alpha=0.35, blur=3)
    c.grass(1010, 1110, ["#182a3b", "#20364a", "#122231"], 420, 120, 0.3)


def my_son(c: Canvas) -> None:
    """Paint the towers of Mỹ Sơn against the evening."""
    c.wash("#2a3157", "#6b4c77", "#d9726a", "#ffb870", "#ffe0a0", bottom=800)
    c.clouds(40, 420, "#ff9d80", 0.7, (2, 8), 122, 2.3)
    c.clouds(180, 560, "#ffd09a", 0.5, (2.4, 11), 130, 2.2)
    c.glow(620, 640, 760, "#ffb15e", 0.85)
    c.disc(620, 610, 62, 62, "#fff0c4", "#ffd283")
    c.shape([(330, 640), (520, 470), (640, 345), (690, 318), (735, 352), (860, 486), (1060, 610), (1250, 690), (200, 720)], "#7d5473", "#d98a76")
    c.ridge(640, 44, "#7a5272", "#c47c72", freq=3)
    c.haze(540, 780, "#ffbd85", 0.6)
    c.ridge(720, 34, "#4a3a5b", "#6d4a5e", freq=5, rough=0.6)

    def tower(x: float, base: float, width: float, tall: float, tone: str) -> None:
        lit = mix(tone, "#e2805e", 0.42)
        body = tall * 0.52
        c.shape([(x - width * 0.54, base), (x - width * 0.5, base - body), (x + width * 0.5, base - body), (x + width * 0.54, base)], lit, tone, across=True)
        for share in (-0.34, -0.12, 0.12, 0.34):
            c.box(x + width * (share - 0.045), base - body * 0.93, width * 0.09, body * 0.86, mix(tone, "#120d18", 0.35), alpha=0.7)
        door = [(x - width * 0.15, base), (x - width * 0.15, base - body * 0.5), (x, base - body * 0.72), (x + width * 0.15, base - body * 0.5), (x + width * 0.15, base)]
        c.shape(door, "#140e1a")
        level, wide = base - body, width
        for step in range(4):
            high = tall * (0.15 - 0.016 * step)
            c.box(x - wide * 0.57, level - tall * 0.022, wide * 1.14, tall * 0.026, mix(lit, "#ffcf9a", 0.15), tone, across=True)
            wide *= 0.76
            c.shape([(x - wide * 0.53, level - tall * 0.02), (x - wide * 0.47, level - high), (x + wide * 0.47, level - high), (x + wide * 0.53, level - tall * 0.02)], lit, tone, across=True)
            niche = spline([(x - wide * 0.13, level - tall * 0.02), (x - wide * 0.13, level - high * 0.5), (x, level - high * 0.78), (x + wide * 0.13, level - high * 0.5), (x + wide * 0.13, level - tall * 0.02)], closed=False)
            c.shape(niche, "#171019", alpha=0.75)
            for side in (-1, 1):
                c.shape([(x + side * wide * 0.62, level - tall * 0.02), (x + side * wide * 0.58, level - high * 0.72), (x + side * wide * 0.5, level - tall * 0.02)], tone)
            level -= high
        c.shape(spline([(x - wide * 0.42, level), (x - wide * 0.3, level - tall * 0.05), (x, level - tall * 0.12), (x + wide * 0.3, level - tall * 0.05), (x + wide * 0.42, level)], closed=False), lit, tone, across=True)
        weeds = [(x + c.rng.uniform(-0.5, 0.5) * width, base - body + c.rng.uniform(-10, 6), c.rng.uniform(3, 8), 3, c.rng.uniform(0, 3), "#2c3a33") for _ in range(26)]
        c.dabs(weeds, 0.9)

    tower(1180, 905, 172, 520, "#38243a")
    tower(915, 880, 106, 330, "#48304a")
    tower(1390, 900, 118, 300, "#33223a")
    tower(420, 890, 130, 300, "#3c2840")
    c.shape([(180, 900), (185, 800), (225, 770), (262, 812), (300, 790), (318, 900)], "#3c2840", "#2a1c30")
    c.ridge(905, 18, "#2a2035", "#17131f", freq=6, rough=0.65)
    for x, y, size in ((70, 870, 210), (1540, 860, 240), (690, 905, 90)):
        c.foliage(x, y - size * 0.3, size * 0.8, size * 0.55, ["#171724", "#1f2230", "#34303a", "#54403c"], 620, 10)
    c.grass(930, 1100, ["#17141f", "#221b28", "#3a2a2e"], 900, 60)
    c.person(770, 962, 84, "#2a1f2c", "#1b1520", pose="walk")
    c.person(816, 966, 80, "#3a2730", "#1b1520", pose="stand", hat="#6b4b40")


def meeting_hall(c: Canvas) -> None:
    """Paint a conference hall during a session."""
    c.wash("#6b1116", "#a4161c", "#8d1218", "#5c0d12", bottom=690)
    for fold in range(64):
        x = fold * 25 + c.rng.uniform(-3, 3)
        c.box(x, 0, 11, 690, "#4a070b", alpha=0.32, blur=5)
        c.box(x + 13, 0, 5, 690, "#d23b3a", alpha=0.25, blur=4)
    c.glow(800, 250, 640, "#ff7a4a", 0.42)
    c.shape(star_points(800, 232, 118), "#f7cf55", "#eaa92c")
    c.glow(800, 232, 260, "#ffd977", 0.35)
    # gilded band and stage
    c.box(0, 470, 1600, 5, "#e0ad4b", alpha=0.85)
    c.box(0, 484, 1600, 2, "#e0ad4b", alpha=0.6)
    c.box(0, 0, 1600, 44, "#3a0a0d", "#5a1013")
    c.box(0, 44, 1600, 6, "#d9a441")
    c.wash("#7a3a22", "#5a2818", top=640, bottom=720)
    c.box(0, 636, 1600, 7, "#c9854a", alpha=0.8)
    # table of the presidium
    for number in range(5):
        x = 890 + number * 118
        c.sitter(x, 606, 43, "#e9e6df", "#241c1a")
        c.disc(x, 606 - 43 * 1.35, 14, 17, "#b48768", alpha=0.9)
        c.shape([(x - 4, 572), (x + 4, 572), (x + 5, 603), (x, 610), (x - 5, 603)], mix("#24324f", "#7d1a1d", number % 2))
    c.box(820, 592, 640, 96, "#b3312f", "#7c1518")
    c.box(820, 588, 640, 9, "#f0d9a8")
    for number in range(9):
        c.foliage(850 + number * 73, 590, 17, 10, ["#244a2d", "#3f7a44", "#e8c34a", "#f6e7b0"] if number % 2 else ["#244a2d", "#3f7a44", "#d14a56", "#f2a6a8"], 46, 4)
    # rostrum and speaker
    c.person(372, 700, 250, "#eceae4", "#2a2f3d", skin="#a9795c", pose="speak", flip=True)
    c.shape([(285, 690), (300, 528), (444, 528), (459, 690)], "#9a5a2e", "#5f3219")
    c.box(288, 516, 168, 16, "#bd7d45", "#8a4f28")
    c.shape(star_points(372, 606, 30), "#f1c65a", "#dd9d33")
    c.stroke([(352, 518), (347, 480), (354, 468)], 3, "#20191a")
    for x in (120, 1535):
        c.shape([(x - 34, 690), (x - 24, 620), (x + 24, 620), (x + 34, 690)], "#d9d0bd", "#9c8d78")
        c.foliage(x, 570, 74, 72, ["#173322", "#22512f", "#3c7a45", "#6da65c"], 300, 9)
    c.beam(420, -20, 820, 0.02, 0.16, "#ffdca0", 0.3)
    c.beam(1130, -20, 820, 0.0, 0.2, "#ffdca0", 0.26)
    # the floor and the audience
    c.wash("#4b2620", "#2a1614", top=716)
    rows = ((760, 28, 25), (815, 37, 21), (884, 50, 16), (975, 68, 12), (1092, 92, 9))
    for row, (y, size, count) in enumerate(rows):
        step = 1600 / count
        for number in range(count + 1):
            x = number * step + (step / 2 if row % 2 else 0) + c.rng.uniform(-5, 5)
            if abs(x - 800) < step * (0.62 + 0.05 * row):
                continue
            shirt = c.rng.choice(["#dfe3e6", "#cfd8df", "#e8e2d4", "#b9c9d8", "#dfe3e6", "#b96b70", "#5f7f9c"])
            near = row / len(rows)
            seat = spline([(x - size * 1.1, y + size), (x - size * 1.08, y - size * 0.2), (x - size * 0.8, y - size * 0.42), (x + size * 0.8, y - size * 0.42), (x + size * 1.08, y - size * 0.2), (x + size * 1.1, y + size)], closed=False)
            c.sitter(x, y, size, mix(shirt, "#3a2226", 0.18 + 0.3 * near), mix("#2b211f", "#150e0e", near), mix(shirt, "#ffd9a0", 0.6))
            c.shape(seat, mix("#7f1d22", "#3d0c10", near), mix("#5a1216", "#22070a", near))
    c.haze(740, 1067, "#1a0a0c", 0.5)


def digital_office(c: Canvas) -> None:
    """Paint a desk with screens of charts, late in the day."""
    c.wash("#cfd9de", "#dfe0d8", "#c9b79f")
    # window with the town outside
    c.box(70, 70, 640, 560, "#7fb0cf", "#bcd9e2", "#f4dcb4")
    for x, width, tall in ((90, 90, 210), (190, 70, 290), (270, 110, 170), (390, 80, 330), (480, 120, 230), (610, 90, 280)):
        c.box(x, 630 - tall, width, tall, mix("#8aa9b8", "#d9c7a9", c.rng.random()), "#c9c3b0")
        windows(c, x + 10, 645 - tall, max(1, int(width / 22)), int(tall / 34), (21, 30), (11, 15), ["#7393a5", "#9db4bd", "#ffe0a0"], 0.7)
    c.foliage(190, 640, 150, 70, ["#3f6b58", "#5c8a66", "#86ab74", "#b9c98a"], 420, 9)
    c.foliage(560, 645, 170, 60, ["#3f6b58", "#5c8a66", "#86ab74", "#b9c98a"], 420, 9)
    for x in (70, 282, 496, 704):
        c.box(x, 60, 9, 580, "#f3efe6", "#d8cfc0")
    c.box(60, 60, 660, 11, "#f3efe6")
    c.box(60, 630, 660, 26, "#f3efe6", "#c9bda8")
    for row in range(9):
        c.box(60, 60 + row * 15, 660, 8, "#f7f3ea", alpha=0.9)
    # wall board with a plan
    c.box(1150, 90, 380, 250, "#7d8a86", alpha=0.35, blur=14)
    c.box(1140, 80, 380, 250, "#fbf9f2", "#ece7da")
    for row in range(4):
        for column in range(6):
            c.box(1162 + column * 58, 112 + row * 52, 46, 38, c.rng.choice(["#d9e4e4", "#d9e4e4", "#f0c987", "#9cc3b5", "#e59a86"]))
    # desk
    c.shape([(0, 840), (1600, 800), (1600, 1067), (0, 1067)], "#b98a5d", "#7f5736")
    c.shape([(0, 840), (1600, 800), (1600, 812), (0, 852)], "#e3bd8a")
    for _ in range(40):
        y = c.rng.uniform(860, 1067)
        c.stroke([(c.rng.uniform(-50, 900), y), (c.rng.uniform(900, 1650), y - 18)], 1.4, "#6a4529", 0.16)

    def screen(x: float, y: float, width: float, tall: float) -> None:
        c.box(x + 14, y + 20, width, tall, "#3b2f2a", alpha=0.35, blur=18)
        c.box(x, y, width, tall, "#2a3038", "#1d2228")
        c.box(x + 12, y + 12, width - 24, tall - 26, "#123047", "#0e2233")
        c.shape([(x + width * 0.42, y + tall), (x + width * 0.58, y + tall), (x + width * 0.6, y + tall + 96), (x + width * 0.4, y + tall + 96)], "#4a5058", "#2c3036")
        c.disc(x + width * 0.5, y + tall + 98, width * 0.19, 13, "#4c535b", "#2a2e34")

    screen(560, 400, 560, 350)
    screen(1150, 430, 400, 280)
    for number, value in enumerate((0.32, 0.45, 0.41, 0.58, 0.66, 0.74, 0.9)):
        c.box(596 + number * 37, 690 - 200 * value, 23, 200 * value, "#5ec2b7", "#2b7f8a")
    points = [(600 + number * 37, 640 - 130 * value) for number, value in enumerate((0.3, 0.36, 0.6, 0.52, 0.78, 0.86, 1.0))]
    c.stroke(points, 4, "#f4b860")
    for x, y in points:
        c.disc(x, y, 6, 6, "#fff0cf")
    for start, share, colour in ((0, 0.42, "#f4b860"), (0.42, 0.33, "#5ec2b7"), (0.75, 0.25, "#e0715f")):
        arc = [(975 + 72 * math.cos(2 * math.pi * (start + share * s / 20) - 1.57), 500 + 72 * math.sin(2 * math.pi * (start + share * s / 20) - 1.57)) for s in range(21)]
        c.shape([(975, 500), *arc], colour, mix(colour, "#0e2233", 0.2))
    c.disc(975, 500, 38, 38, "#102a3e")
    for row in range(5):
        c.box(890, 610 + row * 22, 190 - 26 * (row % 3), 9, "#6f95a8", alpha=0.8)
    for row in range(9):
        c.box(1180, 466 + row * 24, c.rng.uniform(90, 200), 8, c.rng.choice(["#6f95a8", "#5ec2b7", "#8fb0bf"]), alpha=0.85)
    c.shape([(1400, 660), *[(1400 + s * 12, 640 - 120 * (s / 10) ** 1.5 - c.rng.uniform(0, 14)) for s in range(11)], (1520, 660)], "#f4b860", "#8a6a3a", alpha=0.8)
    # keyboard, cup, papers, plant
    c.shape([(640, 896), (1010, 886), (1040, 946), (626, 958)], "#eceae4", "#c3bfb5")
    for row in range(4):
        for key in range(15):
            c.shape(oval(662 + key * 24 - row * 2 + 1, 903 + row * 13 - key * 0.6, 9.5, 4.2, 0, 8), "#8d9296", alpha=0.75)
    c.disc(1110, 915, 26, 15, "#e6e3dc", "#b5b0a6")
    c.shape([(1290, 830), (1298, 940), (1370, 940), (1380, 830)], "#f2efe8", "#b9b0a2", across=True)
    c.disc(1335, 830, 45, 11, "#5b3a26")
    c.shape([(240, 900), (520, 888), (560, 985), (230, 1000)], "#fbf8ef", "#dcd5c5")
    for row in range(6):
        c.stroke([(262 - row, 914 + row * 13), (505 + row * 5, 904 + row * 13)], 2, "#8f9aa0", 0.6)
    c.shape([(90, 790), (102, 905), (198, 905), (212, 790)], "#cf7d58", "#8d4a33", across=True)
    for turn in range(15):
        angle = math.pi * (-1.0 + turn / 14)
        length = c.rng.uniform(140, 250)
        tip = (150 + length * math.cos(angle) * 0.75, 795 + length * math.sin(angle) - 26)
        mid = (150 + length * 0.5 * math.cos(angle), 790 + length * 0.62 * math.sin(angle) - 20)
        side = (math.cos(angle + 1.57) * 17, math.sin(angle + 1.57) * 17)
        c.shape(spline([(150, 800), (mid[0] + side[0], mid[1] + side[1]), tip, (mid[0] - side[0], mid[1] - side[1])]), mix("#3f7a4f", "#8dbb72", c.rng.random()), mix("#23523c", "#3f7a4f", c.rng.random()))
    c.beam(380, -60, 1500, 0.75, 0.2, "#ffd28f", 0.42)
    c.glow(840, 580, 420, "#3f8fa8", 0.25)


def tree_planting(c: Canvas) -> None:
    """Paint young volunteers who plant trees on a hill at morning."""
    c.wash("#7fb6d2", "#cfe3d9", "#fbe6b0", "#ffd383", bottom=720)
    c.clouds(10, 420, "#ffffff", 0.95, (2.4, 5), 118, 2.8)
    c.glow(1240, 520, 560, "#ffd070", 0.6)
    c.ridge(480, 90, "#9fc0bd", "#d3d8b4", freq=2.4)
    c.haze(460, 700, "#fff0c0", 0.6)
    c.ridge(640, 55, "#6fa08f", "#b6c596", freq=3.2)
    c.haze(560, 760, "#ffefb8", 0.5)
    c.ridge(720, 36, "#4d8569", "#8fae6d", freq=5, rough=0.6)
    c.haze(650, 820, "#fbe6a0", 0.35)
    hill = [(-20, 880), (300, 815), (700, 800), (1100, 832), (1620, 790), (1620, 1080), (-20, 1080)]
    c.shape(hill, "#567d43", "#2b4a2c")
    c.grass(815, 1000, ["#6f9a4c", "#86ac55", "#4d7a3f", "#a5b85f"], 1500, 24)
    for x, y in ((120, 850), (235, 832), (520, 812), (1010, 826), (1330, 818), (1490, 806)):
        c.disc(x, y + 2, 26, 6, "#5c402a")
        c.limb((x, y), (x + 2, y - 42), 2, 1.4, "#4a3a24")
        c.foliage(x + 2, y - 50, 17, 24, ["#2f5c34", "#4c8442", "#8db657"], 46, 5)
    back = "#1f3550"
    c.person(640, 868, 190, "#2c5f96", back, skin="#5c4234", pose="dig")
    c.stroke([(708, 762), (672, 800), (742, 866)], 5, "#2a2018")
    c.shape([(732, 858), (752, 850), (762, 884), (744, 888)], "#3a3a3e")
    c.person(820, 884, 190, "#32689f", back, skin="#5c4234", pose="kneel", flip=True)
    c.limb((752, 884), (754, 800), 3, 2, "#43331f")
    c.foliage(754, 785, 34, 46, ["#2c5a33", "#4d8744", "#97bf5c", "#cfdc84"], 130, 6)
    c.disc(756, 888, 50, 10, "#533823")
    c.person(360, 880, 196, "#2a5a8f", back, skin="#5c4234", pose="walk", hat="#e3cf9c")
    c.limb((394, 786), (396, 726), 2, 1, "#43331f")
    c.foliage(396, 716, 22, 30, ["#2c5a33", "#4d8744", "#97bf5c"], 70, 5)
    c.person(1140, 872, 186, "#2f659c", back, skin="#5c4234", pose="stoop")
    c.person(1260, 866, 184, "#2a5a8f", back, skin="#5c4234", pose="stand", flip=True)
    c.shape([(1276, 786), (1298, 786), (1295, 815), (1279, 815)], "#c8553d")
    c.person(960, 850, 150, "#3a6ea5", "#2a4058", skin="#6b5040", pose="walk", flip=True)
    c.dabs([(c.rng.uniform(0, 1600), c.rng.uniform(890, 1060), c.rng.uniform(2, 5), 2, 0, c.rng.choice(["#f3d66b", "#f5efe0", "#e79a5b"])) for _ in range(90)])
    c.grass(980, 1120, ["#274826", "#355c2e", "#4d7a3a", "#1f3b22"], 900, 90)
    c.beam(1240, 480, 1300, -0.75, 0.09, "#ffe9a6", 0.35)
    c.beam(1240, 480, 1300, -0.35, 0.06, "#ffe9a6", 0.3)


def sua_blossom(c: Canvas) -> None:
    """Paint a lane under blossoming sưa trees in Hương Trà."""
    c.wash("#a9cbd6", "#dfe8d6", "#fbf0c8", bottom=760)
    c.ridge(600, 30, "#a9c2b4", "#d5dcb9", freq=4)
    c.box(0, 560, 1600, 200, "#e9e7bf", alpha=0.5, blur=40)
    c.wash("#9db27a", "#7a9a5c", "#55753f", top=690)
    c.shape([(770, 690), (860, 690), (1290, 1080), (300, 1080)], "#efe1bd", "#c8ab80")
    for _ in range(90):
        y = c.rng.uniform(700, 1060)
        half = (y - 680) * 1.2
        c.dabs([(815 + c.rng.uniform(-half, half) * 0.9, y, c.rng.uniform(10, 60), 2.2, 0, c.rng.choice(["#d3b98b", "#f6ecd0", "#bd9d72"]))], 0.5)
    gable(c, 1080, 715, 190, 120, "#e8d6a8", "#a95b42", "#5c7a78")
    gable(c, 420, 708, 150, 98, "#dfcfae", "#9a5140", "#6b6a54")
    golden = ["#6f7f3f", "#a99a3a", "#d9b83c", "#f3d65a", "#fff0a0"]
    for x, tall in ((610, 260), (1000, 270), (690, 190), (930, 190)):
        tree(c, x, 715 + tall * 0.06, tall, "#5d4a3c", golden, spread=0.52, count=900, dab=6)
    for x, y, tall in ((1290, 860, 640), (280, 870, 690)):
        tree(c, x, y, tall, "#463529", golden, spread=0.55, count=4200, dab=6)
    tree(c, 40, 1000, 980, "#382a22", golden, spread=0.5, count=6000, dab=7.5)
    tree(c, 1590, 1000, 930, "#382a22", golden, spread=0.48, count=6000, dab=7.5)
    c.person(760, 800, 120, "#c9d7df", "#33414a", skin="#5a4538", pose="walk")
    c.person(838, 806, 118, "#f4f1ea", "#e9e2d6", skin="#5a4538", pose="walk", hat="#efe0b4")
    c.shape([(815, 800), (824, 712), (850, 712), (866, 800)], "#f6f3ec", "#dcd6cc")
    for _ in range(700):
        y = c.rng.uniform(735, 1060)
        size = 1.2 + (y - 730) / 120
        c.dabs([(c.rng.uniform(0, 1600), y, size * 1.5, size * 0.7, c.rng.uniform(0, 3), c.rng.choice(["#f7dd6e", "#ffe98f", "#e9c546"]))], 0.85)
    c.dabs([(c.rng.uniform(0, 1600), c.rng.uniform(120, 1000), c.rng.uniform(2, 5), 2, c.rng.uniform(0, 3), "#ffee9e") for _ in range(190)], 0.9)
    c.beam(1150, -80, 1500, -0.42, 0.12, "#fff0b8", 0.42)
    c.beam(900, -80, 1500, -0.36, 0.05, "#fff0b8", 0.35)

def harvest(c: Canvas) -> None:
    """Paint the rice harvest late in the afternoon."""
    size: float
    x: float
    y: float
    c.wash("#7fb2cc", "#c3dbd8", "#fbe9b8", "#ffd487", bottom=520)
    c.clouds(0, 340, "#ffffff", 0.9, (2.2, 5), 120, 2.6)
    c.clouds(180, 470, "#ffd9a0", 0.6, (2.6, 9), 126, 2.4)
    c.glow(330, 430, 620, "#ffd27a", 0.85)
    c.ridge(430, 70, "#8fa9b5", "#cfc6a8", freq=2.3, bottom=540)
    c.haze(340, 540, "#ffe3ab", 0.6)
    c.ridge(486, 34, "#6f8f86", "#b9b487", freq=3.4, bottom=540)
    c.wash("#e3c25c", "#d6a53a", "#a9762a", top=518)
    for x in range(-20, 1640, 22):
        tall = 34 + 22 * math.sin(x / 140) + c.rng.uniform(-8, 8)
        c.foliage(x, 520 - tall * 0.5, 25, tall * 0.62, ["#35563f", "#4d7448", "#7f9a55"], 34, 6)
    for x, tall, lean in ((1180, 150, 12), (1220, 120, -8), (1395, 165, -14)):
        c.palm(x, 524, tall, lean, "#4d4a35", "#466643", 11)
    gable(c, 1260, 528, 96, 58, "#ecdcb4", "#a4553c", "#5f6c66")
    # the plots, in perspective
    for left, right, shade in ((-400, 240, "#d9b648"), (260, 620, "#e8cd6a"), (640, 980, "#cfa53c"), (1000, 1400, "#e2c158"), (1420, 2100, "#c99b38")):
        far = [(800 + (left - 800) * 0.42, 534), (800 + (right - 800) * 0.42, 534)]
        near = [(800 + (right - 800) * 2.0, 1080), (800 + (left - 800) * 2.0, 1080)]
        c.shape([*far, *near], mix(shade, "#fff0b0", 0.35), mix(shade, "#7a5a22", 0.3))
    c.shape([(800 - 67, 534), (800 - 60, 534), (500, 1080), (420, 1080)], "#93a55a", "#5d7437")
    c.shape([(800 + 80, 534), (800 + 86, 534), (1250, 1080), (1170, 1080)], "#93a55a", "#5d7437")
    c.grass(540, 720, ["#f1d879", "#d4a93f", "#b98a30", "#f7e6a0"], 2600, 20, 0.3)
    # reaped strip with sheaves
    c.shape([(742, 600), (880, 600), (1130, 940), (560, 940)], "#e8d193", "#c9a65c")
    for _ in range(240):
        y = c.rng.uniform(606, 935)
        half = 70 + (y - 600) * 0.6
        x = 830 + (y - 600) * 0.04 + c.rng.uniform(-half, half)
        c.stroke([(x, y), (x + c.rng.uniform(-3, 3), y - 5 - (y - 600) * 0.02)], 1.6, c.rng.choice(["#a6803a", "#f4e3ad", "#8d6a30"]))
    for x, y, size in ((700, 690, 26), (930, 720, 30), (650, 800, 40), (1010, 830, 44)):
        c.disc(x, y + size * 0.2, size * 1.3, size * 0.3, "#6b4d20", alpha=0.45, blur=5)
        for blade in range(34):
            tilt = (blade - 17) / 17
            c.stroke([(x + tilt * size * 0.5, y), (x + tilt * size * 0.22, y - size * 0.9), (x + tilt * size * 1.05, y - size * 1.7 + abs(tilt) * size * 0.4)], 2.3, c.rng.choice(["#e9c65e", "#c8973a", "#f5df90", "#a87a2e"]))
        c.stroke([(x - size * 0.27, y - size * 0.85), (x + size * 0.27, y - size * 0.85)], 4, "#8a6428")
    dark = "#3a3b4a"
    c.person(860, 660, 112, "#7c4a55", dark, skin="#6b4a38", pose="walk", hat="#f0deb0")
    c.person(1010, 690, 128, "#41668a", dark, skin="#6b4a38", pose="stoop", hat="#f0deb0", flip=True)
    c.person(1290, 790, 190, "#8a4b44", dark, skin="#6b4a38", pose="stoop", hat="#f3e2b6", flip=True)
    c.person(480, 800, 196, "#3f6b62", dark, skin="#6b4a38", pose="stoop", hat="#f3e2b6")
    c.person(330, 760, 176, "#4a5f8c", dark, skin="#6b4a38", pose="stand", hat="#f3e2b6")
    c.person(1140, 650, 106, "#5c7a50", dark, skin="#6b4a38", pose="stoop", hat="#f0deb0")
    c.grass(830, 1110, ["#f5de86", "#d2a23a", "#a87628", "#8a5f22", "#fbeeb0"], 1700, 120, 0.32)
    for _ in range(240):
        x, y = c.rng.uniform(0, 1600), c.rng.uniform(850, 1040)
        size = 3 + (y - 840) / 60
        c.dabs([(x + k * size * 1.1, y + k * k * size * 0.32, size * 0.9, size * 0.42, 0.6, c.rng.choice(["#f8e08a", "#e0b244", "#c8912f"])) for k in range(5)])
    c.beam(330, 300, 1500, 0.7, 0.14, "#ffe3a0", 0.3)


def reading_room(c: Canvas) -> None:
    """Paint a reading room with a tall window."""
    x: float
    c.wash("#e9dcc0", "#d6bf97")
    vanish = (800, 470)
    c.shape([(0, 0), (1600, 0), (1090, 210), (510, 210)], "#f1e7d2", "#d9c6a0")
    c.shape([(0, 1067), (1600, 1067), (1090, 690), (510, 690)], "#8b5a34", "#b98350")
    for number in range(-9, 10):
        c.stroke([(vanish[0] + number * 62, 690), (vanish[0] + number * 240, 1080)], 2, "#6a4226", 0.35)
    # end wall and window
    c.box(510, 210, 580, 480, "#f3e8cf", "#dcc69d")
    c.box(600, 240, 400, 380, "#bfe0e2", "#e9f2d4")
    c.foliage(690, 560, 120, 90, ["#5f8f6a", "#85ad72", "#b7cd86", "#dfe3a4"], 500, 9)
    c.foliage(910, 540, 120, 110, ["#5f8f6a", "#85ad72", "#b7cd86", "#dfe3a4"], 500, 9)
    for x in (596, 696, 796, 896, 996):
        c.box(x, 236, 9, 390, "#fffaf0", "#e8dcc2")
    for y in (236, 360, 616):
        c.box(596, y, 409, 9, "#fffaf0")
    c.glow(800, 420, 560, "#fff3c8", 0.75)
    spines = ["#8f3b36", "#b5533f", "#2f5d62", "#3f6f58", "#c8974a", "#d9c08a", "#40506e", "#6b4a5e", "#a8473c", "#e3d6b6"]
    for side in (-1, 1):
        def wall(depth: float, level: float, side: int = side) -> Point:
            """Map depth 0..1 (near to far) and level 0..1 (floor to ceiling) to the side wall."""
            share = 1 - (1 - depth) ** 1.7
            x = vanish[0] + side * (860 + (300 - 860) * share)
            low, high = 1110 + (690 - 1110) * share, -30 + (215 + 30) * share
            return x, low + (high - low) * level

        c.shape([wall(0, 0), wall(1, 0), wall(1, 0.96), wall(0, 0.96)], "#5a3820", "#7a4e2c")
        for shelf in range(7):
            low, high = 0.05 + shelf * 0.13, 0.05 + shelf * 0.13 + 0.112
            c.shape([wall(0, low), wall(1, low), wall(1, high), wall(0, high)], "#2f1d12", "#3f2818")
            at = 0.0
            while at < 0.985:
                wide = c.rng.uniform(0.007, 0.016)
                tall = high - (high - low) * c.rng.uniform(0.06, 0.36)
                if c.rng.random() > 0.05:
                    tone = mix(c.rng.choice(spines), "#f4dca6", 0.06 + 0.3 * at)
                    c.shape([wall(at, low), wall(at + wide * 0.9, low), wall(at + wide * 0.9, tall), wall(at, tall)], mix(tone, "#ffffff", 0.08), mix(tone, "#1f120b", 0.25))
                at += wide
            c.shape([wall(0, low), wall(1, low), wall(1, low - 0.014), wall(0, low - 0.014)], "#a06d3f", "#8a5a32")
        for depth in (0.0, 0.26, 0.5, 0.74, 0.985):
            c.shape([wall(depth, 0), wall(min(1, depth + 0.014), 0), wall(min(1, depth + 0.014), 0.97), wall(depth, 0.97)], "#8f5f36", "#6f4626")
    # lamps
    for x, y, size in ((800, 175, 26), (800, 95, 44)):
        c.stroke([(x, 0), (x, y)], 2.5, "#4b3322")
        c.shape([(x - size * 1.5, y + size * 0.9), (x - size * 0.5, y), (x + size * 0.5, y), (x + size * 1.5, y + size * 0.9)], "#2f6b58", "#1f4a3e")
        c.glow(x, y + size * 1.2, size * 7, "#ffe2a0", 0.7)
    # tables with readers
    for y, half, tall, heads in ((770, 260, 26, (-150, 30, 170)), (930, 420, 40, (-270, -40, 250))):
        for number, offset in enumerate(heads):
            c.sitter(800 + offset, y + tall * 0.4, tall * 1.9, ("#dfe3e6", "#7f97ae", "#c8b08a", "#b5c4b8", "#d6a79a", "#e8e2d6")[(number + int(y)) % 6], "#2a201c", "#ffe9bd")
        c.shape([(800 - half, y), (800 + half, y), (800 + half * 1.12, y + tall * 1.5), (800 - half * 1.12, y + tall * 1.5)], "#c99662", "#8d5b33")
        c.box(800 - half * 1.12, y + tall * 1.5, half * 2.24, tall * 0.5, "#6d4325", "#4f2f1a")
        for share in (-0.62, 0.1, 0.66):
            x = 800 + half * share
            c.stroke([(x, y + tall * 0.8), (x, y - tall * 0.55)], 3.4, "#b98f43")
            c.shape(spline([(x - tall * 0.85, y - tall * 0.4), (x - tall * 0.6, y - tall * 0.95), (x + tall * 0.6, y - tall * 0.95), (x + tall * 0.85, y - tall * 0.4)], closed=False), "#3f8a6c", "#2a6350")
            c.glow(x, y + tall * 0.3, tall * 4.2, "#ffe0a0", 0.75, 0.5)
            c.shape([(x + tall * 1.0, y + tall * 0.55), (x + tall * 1.75, y + tall * 0.35), (x + tall * 2.5, y + tall * 0.55), (x + tall * 2.6, y + tall * 1.05), (x + tall * 1.78, y + tall * 0.85), (x + tall * 0.95, y + tall * 1.05)], "#fffaf0", "#e5d9c0")
    c.beam(700, 180, 900, -0.35, 0.12, "#fff1c4", 0.4)
    c.beam(900, 180, 900, 0.3, 0.1, "#fff1c4", 0.35)
    c.haze(760, 1067, "#2a160c", 0.4)


def hospital_night(c: Canvas) -> None:
    """Paint a hospital before dawn."""
    c.wash("#0f1d3d", "#223a66", "#5a6d95", "#c99a94", bottom=800)
    for _ in range(240):
        c.disc(c.rng.uniform(0, 1600), c.rng.uniform(0, 420) ** 0.97, 1.1, 1.1, "#dfe8ff", alpha=c.rng.uniform(0.25, 0.9))
    c.clouds(240, 700, "#e8b4a4", 0.4, (2, 8), 124, 2.2)
    c.ridge(700, 40, "#33456d", "#56618a", freq=3)
    for x, wide, tall in ((-40, 210, 250), (1320, 330, 220)):
        c.box(x, 790 - tall, wide, tall, "#22345a", "#2f4068")
        windows(c, x + 20, 810 - tall, int(wide / 34), int(tall / 42), (33, 40), (15, 20), ["#1b2c50", "#1b2c50", "#f3c677"], 0.85)
    # the main building
    c.box(250, 250, 900, 560, "#53688f", "#3a4d78")
    c.box(250, 250, 900, 22, "#6f83a6")
    c.box(1080, 330, 340, 480, "#465b86", "#33466f")
    c.box(560, 180, 240, 90, "#4b6089", "#42567f")
    c.box(664, 192, 32, 70, "#fff4e0")
    c.box(644, 212, 72, 30, "#fff4e0")
    c.glow(680, 228, 160, "#ffd9b0", 0.7)
    windows(c, 285, 300, 13, 7, (61, 68), (40, 42), ["#263c68", "#ffd98f", "#263c68", "#ffe7b4", "#8fb0cf", "#2e4673"])
    windows(c, 1112, 372, 5, 6, (60, 68), (40, 42), ["#263c68", "#ffd98f", "#263c68", "#ffe7b4"])
    for row in range(8):
        c.box(250, 286 + row * 68, 900, 5, "#7b8fb2", alpha=0.8)
    # the porch
    c.box(380, 690, 560, 120, "#ffe9bd", "#ffd489")
    for x in range(400, 930, 66):
        c.box(x, 690, 6, 120, "#5d6a86")
    c.glow(660, 760, 520, "#ffcf86", 0.75, 0.55)
    c.shape([(330, 664), (990, 664), (1020, 692), (300, 692)], "#c9d3e2", "#8090b0")
    c.box(300, 690, 720, 7, "#d9473f")
    for x in (322, 985):
        c.box(x, 694, 13, 118, "#a9b6cc", "#67779b")
    # the forecourt, wet
    c.wash("#3d4c6e", "#1c2642", top=806)
    c.reflect(808, 259, "#26345a", 0.45, 7)
    c.streaks(812, 1067, ["#ffd796", "#ffe6b8"], 130, 0.3, (10, 110), 660, 0.5)
    c.streaks(812, 1067, ["#141d38", "#22305a", "#48587f"], 240, 0.4)
    # ambulance
    c.disc(1120, 905, 210, 16, "#0b1226", alpha=0.6, blur=8)
    body = [(930, 900), (930, 768), (944, 752), (1190, 752), (1252, 822), (1306, 838), (1314, 900)]
    c.shape(body, "#f2f3f2", "#b9c1d0")
    c.shape([(1150, 768), (1186, 768), (1234, 824), (1150, 824)], "#33466a", "#5b719b")
    c.box(930, 842, 384, 16, "#d8433c")
    c.box(1030, 778, 14, 48, "#d8433c")
    c.box(1013, 795, 48, 14, "#d8433c")
    c.box(1080, 740, 60, 13, "#3f7fe0")
    c.glow(1110, 742, 150, "#5b9bff", 0.95)
    for x in (1000, 1240):
        c.disc(x, 902, 32, 32, "#141824")
        c.disc(x, 902, 14, 14, "#8d97ab")
    c.glow(1312, 868, 90, "#fff0c0", 0.9)
    c.person(560, 872, 150, "#eef1f2", "#cfd8e2", skin="#6f5142", pose="walk")
    c.person(690, 862, 138, "#bfe0d8", "#7fa8a6", skin="#6f5142", pose="stand", flip=True)
    c.person(742, 866, 140, "#eef1f2", "#cfd8e2", skin="#6f5142", pose="stand")
    for x, y, tall in ((150, 860, 430), (1540, 880, 470)):
        tree(c, x, y, tall, "#121a30", ["#111b30", "#16263a", "#22394c", "#3a5560"], spread=0.45, count=1500, dab=9)


def rice_terraces(c: Canvas) -> None:
    """Paint rice terraces in the western mountains, in the watering season."""
    c.wash("#86a9bf", "#c9d8d2", "#f3e6c6", bottom=460)
    c.clouds(0, 360, "#ffffff", 0.9, (2, 4), 118, 2.4)
    c.glow(1180, 250, 520, "#fff0c0", 0.8)
    c.ridge(270, 120, "#7f9fae", "#bccabf", freq=2)
    c.haze(180, 480, "#f4ead0", 0.65)
    c.ridge(350, 110, "#5d8686", "#a0b7a0", freq=2.6)
    c.clouds(260, 480, "#fdf6e6", 0.8, (2.5, 7), 116, 2.6)
    c.ridge(430, 80, "#3f6b5c", "#7d9c78", freq=3.5, rough=0.55)
    c.haze(380, 560, "#efe6c4", 0.4)
    c.wash("#7f9f66", "#4f7a44", "#2f5232", top=500)
    c.ridge(530, 40, "#7d9f70", "#55804c", freq=3)

    def hillside(cx: float, foot: float, rx: float, ry: float, levels: int, rise: float, far: float) -> None:
        """Stack the steps of one hill, the lowest and widest first."""
        phase = c.rng.uniform(0, 6)
        for level in range(levels):
            up = level / levels
            wide = 1 - 0.93 * up**0.9
            ring = []
            for turn in range(120):
                angle = 2 * math.pi * turn / 120
                wobble = 1 + 0.07 * math.sin(3 * angle + phase + level * 0.35) + 0.045 * math.sin(5 * angle - phase + level * 0.55) + 0.02 * math.sin(11 * angle + level)
                ring.append((cx + level * 5 * math.sin(phase) + rx * wide * wobble * math.cos(angle), foot - level * rise + ry * wide * wobble * math.sin(angle)))
            bank = rise * 0.78
            c.shape([(x, y + bank) for x, y in ring], mix("#5d7a3c", "#c9cfa4", far * 0.5), mix("#37522c", "#a9b890", far * 0.5))
            kind = (level * 2 + levels) % 5
            water = kind in (0, 1, 3)
            top, low = ("#eef3e6", "#9dbfc9") if water else (("#d2dc83", "#7fa548") if kind == 2 else ("#a9c766", "#5d8c3e"))
            if water and level % 2:
                top, low = "#fbe9c0", "#a7c3bd"
            c.shape(ring, mix(top, "#eee6c8", far * 0.4), mix(low, "#d4d8bc", far * 0.5))
            c.stroke([*ring, ring[0]], 2.2 + 1.4 * (1 - far), mix("#6f8744", "#d8d9a8", 0.25 + far * 0.4), 0.9)
            spots = []
            for _ in range(int(150 * wide)):
                angle, reach = c.rng.uniform(0, math.pi), c.rng.uniform(max(0.0, wide - 0.16), wide) * 0.98
                x, y = cx + rx * reach * math.cos(angle), foot - level * rise + ry * reach * math.sin(angle)
                tone = c.rng.choice(["#ffffff", "#fff3d0", "#86aab4"]) if water else c.rng.choice(["#e4ea9a", "#7fa548", "#4f7a3a"])
                spots.append((x, y, 9 if water else 3.5, 0.9 if water else 1.8, 0.0, tone))
            c.dabs(spots, 0.5)

    hillside(1250, 640, 520, 96, 8, 21, 0.7)
    hillside(330, 690, 470, 110, 9, 25, 0.45)
    c.haze(480, 700, "#f1e8c8", 0.28)
    hillside(980, 900, 720, 190, 11, 33, 0.15)
    c.foliage(1330, 800, 90, 60, ["#2c4f3a", "#44703f", "#7c9f50", "#b7c56c"], 300, 7)
    hillside(260, 1150, 700, 230, 9, 40, 0.0)
    for x, y, wide in ((950, 556, 84), (1040, 562, 66)):
        c.box(x + wide * 0.1, y - wide * 0.38, wide * 0.8, wide * 0.4, "#6b4a32", "#4d3524")
        c.shape([(x - wide * 0.08, y - wide * 0.36), (x + wide * 0.2, y - wide * 0.82), (x + wide * 0.8, y - wide * 0.82), (x + wide * 1.08, y - wide * 0.36)], "#b58f5c", "#7d5c3a")
    for x, y, size in ((900, 560, 46), (1120, 566, 60), (1250, 470, 44), (330, 470, 52), (372, 478, 36)):
        c.foliage(x, y - size * 0.5, size, size * 0.7, ["#2c4f3a", "#44703f", "#7c9f50", "#b7c56c"], 220, 6)
    c.person(440, 845, 118, "#8a4650", "#2b2f3d", skin="#5b4032", pose="stoop", hat="#f0deb0")
    c.person(300, 822, 110, "#32527a", "#2b2f3d", skin="#5b4032", pose="walk", hat="#f0deb0")
    c.person(1180, 760, 86, "#77434a", "#2b2f3d", skin="#5b4032", pose="stoop", hat="#f0deb0", flip=True)
    c.foliage(1560, 1150, 300, 190, ["#1f3a2a", "#2f5a36", "#54823f", "#9bb457"], 900, 14)
    c.beam(1180, -60, 1200, -0.35, 0.1, "#fff4d0", 0.35)


def hoi_an_lanterns(c: Canvas) -> None:
    """Paint the quay of Hội An at dusk under lanterns."""
    c.wash("#1d2250", "#4a3a73", "#a35a78", "#f0a06c", bottom=600)
    c.clouds(60, 420, "#e88a7c", 0.5, (2, 8), 124, 2.2)
    c.glow(1250, 560, 600, "#ffae66", 0.8)
    x = -40.0
    while x < 1640:
        wide, tall = c.rng.uniform(120, 210), c.rng.uniform(130, 215)
        wall = c.rng.choice(["#d9a23e", "#c98d35", "#e0b252", "#b97a35"])
        wall = mix(wall, "#3a2a52", 0.3)
        c.box(x, 640 - tall, wide, tall, mix(wall, "#ffcf80", 0.12), mix(wall, "#5a2f3a", 0.2))
        roof = [(x - 14, 644 - tall), (x + 16, 644 - tall - 46), (x + wide - 16, 644 - tall - 46), (x + wide + 14, 644 - tall)]
        c.shape(roof, "#5b3446", "#3c2337")
        for number in range(1, int(wide / 9)):
            share = number / (wide / 9)
            c.stroke([(x + 16 + (wide - 32) * share, 598 - tall), (x - 14 + (wide + 28) * share, 644 - tall)], 1.4, "#2b182a", 0.5)
        c.shape([(x - 10, 640 - tall * 0.46), (x + 6, 640 - tall * 0.6), (x + wide - 6, 640 - tall * 0.6), (x + wide + 10, 640 - tall * 0.46)], "#4a2a3c", "#331d30")
        doors = max(2, int(wide / 44))
        for number in range(doors):
            at = x + 12 + number * (wide - 24) / doors
            c.box(at, 640 - tall * 0.42, 24, tall * 0.42, "#ffd98a", "#f0a24c", alpha=0.95)
            c.box(at + 11, 640 - tall * 0.42, 2.5, tall * 0.42, "#5a3024")
            c.box(at, 648 - tall * 0.95, 22, tall * 0.24, c.rng.choice(["#ffce7a", "#4a2f4a", "#e09a4a"]), "#5a3a3a")
        c.glow(x + wide / 2, 615, wide * 0.8, "#ffb45e", 0.5, 0.6)
        x += wide + c.rng.uniform(2, 10)
    c.box(0, 636, 1600, 26, "#3c2a44", "#2a1d36")
    for number in range(40):
        px = c.rng.uniform(20, 1580)
        tone = c.rng.choice(["#2a1d33", "#4a2f44", "#5a3a4a", "#33304f"])
        c.person(px, 644, c.rng.uniform(46, 56), tone, "#1d1528", skin="#3a2630", pose=c.rng.choice(["stand", "walk"]), hat="#c9a468" if number % 6 == 0 else None, flip=number % 2 == 0)
    strings = ((380, 120), (470, 150))
    for y, sag in strings:
        for px in range(0, 1600, 62):
            py = y + sag * 0.5 * math.sin(math.pi * ((px % 800) / 800))
            tone = c.rng.choice(["#ff7a4a", "#ffc24f", "#ff9a5c", "#e85a6a", "#ffd884"])
            c.disc(px, py, 7, 8, mix(tone, "#ffffff", 0.3), tone)
            c.glow(px, py, 46, tone, 0.75)
    c.reflect(662, 405, "#241d45", 0.25, 8)
    c.haze(700, 1067, "#14122e", 0.62)
    c.streaks(664, 1067, ["#ffb866", "#ff8f5a", "#ffd998"], 330, 0.45, (6, 60))
    c.streaks(664, 1067, ["#1a1738", "#2b2450", "#5b4a7a"], 280, 0.4)
    sampan(c, 430, 760, 260, "#17132a", flip=True)
    sampan(c, 1120, 720, 170, "#1d1832", roof=True)
    for _ in range(34):
        px, py = c.rng.uniform(60, 1540), c.rng.uniform(760, 1030)
        size = 3 + (py - 740) / 70
        c.shape([(px - size, py), (px - size * 0.7, py - size * 1.3), (px + size * 0.7, py - size * 1.3), (px + size, py)], "#ffe0a0", "#ff9a5a")
        c.glow(px, py - size * 0.5, size * 8, "#ffb45e", 0.75)
    # large lanterns near by
    lanterns = ((120, 150, 92, "#e0432f"), (330, 60, 74, "#f2a531"), (1330, 70, 84, "#d8365a"), (1510, 205, 100, "#f08a2c"), (1130, 30, 56, "#f6c24a"))
    for px, py, size, tone in lanterns:
        c.stroke([(px, -10), (px, py - size * 0.9)], 3, "#1b1226")
        c.glow(px, py, size * 3.4, tone, 0.75)
        c.disc(px, py, size, size * 0.86, mix(tone, "#fff0b8", 0.55), mix(tone, "#ffd070", 0.2), mix(tone, "#5a1020", 0.25))
        for share in (-0.78, -0.48, -0.16, 0.16, 0.48, 0.78):
            rib = [(px + size * share * math.cos(t * math.pi / 2), py + size * 0.86 * math.sin(t * math.pi / 2)) for t in (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)]
            c.stroke(rib, 2, mix(tone, "#5a1020", 0.55), 0.6)
        c.box(px - size * 0.3, py - size * 0.93, size * 0.6, size * 0.12, "#2a1520")
        c.box(px - size * 0.3, py + size * 0.8, size * 0.6, size * 0.12, "#2a1520")
        for thread in range(-4, 5):
            c.stroke([(px + thread * size * 0.05, py + size * 0.92), (px + thread * size * 0.07, py + size * 1.6)], 2, mix(tone, "#ffcf70", 0.3), 0.9)


def tam_thanh_beach(c: Canvas) -> None:
    """Paint Tam Thanh beach with basket boats on a clear morning."""
    y: float
    c.wash("#3f8fc4", "#8cc4de", "#d8ecea", bottom=470)
    c.clouds(40, 430, "#ffffff", 0.95, (2.2, 4), 122, 2.8)
    c.clouds(260, 470, "#fff3dc", 0.8, (3, 10), 124, 2.6)
    c.wash("#2f7fae", "#3fa3bd", "#7fd0c8", "#c8ecdc", top=466, bottom=720)
    c.streaks(470, 700, ["#ffffff", "#bfe8e4", "#2a74a2"], 420, 0.4, (8, 80))
    for x, y, size in ((260, 480, 46), (420, 476, 30), (1240, 482, 52), (980, 474, 24)):
        c.shape([(x - size, y - size * 0.1), (x + size * 1.1, y - size * 0.26), (x + size * 0.8, y + size * 0.16), (x - size * 0.8, y + size * 0.16)], "#2b5f9a", "#20406a")
        c.box(x - size * 0.25, y - size * 0.42, size * 0.5, size * 0.3, "#e8e2d2")
        c.stroke([(x, y - size * 0.4), (x, y - size)], 2, "#40352c")
        c.shape([(x, y - size), (x + size * 0.3, y - size * 0.92), (x, y - size * 0.84)], "#d8433c")
    sand = spline([(-40, 720), (250, 690), (560, 716), (900, 684), (1250, 712), (1640, 676)], closed=False, steps=14)
    for offset, tone, alpha in ((-26, "#ffffff", 0.55), (-14, "#f2fbf4", 0.8), (0, "#ffffff", 0.95)):
        wavy = [(x, y + offset + 5 * math.sin(x / 47 + offset)) for x, y in sand]
        c.shape([*wavy, (1640, 760), (-40, 760)], tone, alpha=alpha)
    c.shape([*[(x, y + 10) for x, y in sand], (1640, 1100), (-40, 1100)], "#c9a878", "#ead0a0", "#f3dfb6")
    c.shape([*[(x, y + 9) for x, y in sand], *[(x, y + 44 + 6 * math.sin(x / 60)) for x, y in reversed(sand)]], "#a98a63", alpha=0.45, blur=5)
    for _ in range(500):
        y = c.rng.uniform(770, 1060)
        c.dabs([(c.rng.uniform(0, 1600), y, 2 + (y - 760) / 30, 1.2, 0, c.rng.choice(["#d6b98a", "#fbeccb", "#c2a277"]))], 0.5)

    def coracle(x: float, y: float, size: float, tone: str, rim: str) -> None:
        c.disc(x + size * 0.25, y + size * 0.42, size * 1.15, size * 0.2, "#7a5f42", alpha=0.5, blur=8)
        hull = [(x + size * math.cos(t * math.pi / 20), y + size * 0.62 * math.sin(t * math.pi / 20) ** 0.7) for t in range(21)]
        c.shape(hull, tone, mix(tone, "#2a1c14", 0.45))
        c.disc(x, y, size, size * 0.3, rim)
        c.disc(x, y + size * 0.02, size * 0.92, size * 0.255, mix(tone, "#2a1c14", 0.55), mix(tone, "#f0dcb0", 0.2))
        for number in range(1, 20):
            angle = number * math.pi / 20
            px = x + size * math.cos(angle)
            c.stroke([(px, y + size * 0.28 * math.sin(angle)), (px * 0.97 + x * 0.03, y + size * 0.58 * math.sin(angle) ** 0.8)], 1.6, mix(tone, "#2a1c14", 0.5), 0.5)
        c.stroke([(x + size * math.cos(t * math.pi / 20), y + size * (0.3 * math.sin(t * math.pi / 20) + 0.1)) for t in range(21)], size * 0.05, mix(rim, "#ffffff", 0.1), 0.9)
        c.stroke([(x - size * 0.9, y - size * 0.12), (x + size * 1.2, y - size * 0.42)], size * 0.035, "#7a5a38")

    coracle(1010, 770, 84, "#7a6a4c", "#3f86a8")
    coracle(1210, 800, 104, "#8a6f4a", "#d8563f")
    coracle(330, 850, 150, "#8d7048", "#2f7fae")
    coracle(690, 900, 176, "#94784e", "#e0a33a")
    c.person(520, 792, 128, "#3f668c", "#33384a", skin="#6b4a38", pose="walk", hat="#efe0b4")
    c.person(1390, 812, 140, "#b0584a", "#33384a", skin="#6b4a38", pose="stoop", hat="#efe0b4", flip=True)
    c.person(1440, 806, 138, "#4d7a6a", "#33384a", skin="#6b4a38", pose="stand", hat="#efe0b4")
    for px in range(1290, 1380, 9):
        c.stroke([(px, 806 + 6 * math.sin(px)), (px + 30, 826)], 1.4, "#3f7a72", 0.7)
    c.palm(90, 1010, 760, 120, "#5c4a36", "#2f6a4a", 17)
    c.palm(1530, 1000, 640, -90, "#5c4a36", "#38714c", 16)


def tra_my_mist(c: Canvas) -> None:
    """Paint the mountains of Trà My after rain."""
    c.wash("#b9c7cd", "#d8dfdc", "#eee9da", bottom=700)
    c.glow(420, 180, 520, "#fff4d8", 0.7)
    tones = (("#a3b7bf", "#d3dad6"), ("#86a1a8", "#c3cfc8"), ("#66888b", "#abbfb2"), ("#486f6c", "#8aa898"), ("#325a53", "#648b74"))
    for number, (top, foot) in enumerate(tones):
        base = 330 + number * 105
        c.ridge(base, 150 - number * 12, top, foot, freq=1.8 + 0.5 * number, octaves=7, rough=0.52)
        c.clouds(base - 10, base + 190, "#f4f3ea", 0.95, (2 + number * 0.4, 6), 108, 2.4)
    line = c.ridge(850, 70, "#23473f", "#1b382f", freq=4, rough=0.6)
    spots = []
    for x, y in line:
        spots += [(x + c.rng.uniform(-6, 6), y + c.rng.uniform(-14, 60), c.rng.uniform(6, 13), c.rng.uniform(4, 8), c.rng.uniform(0, 3), mix("#2c574a", "#5d8a5f", c.rng.random())) for _ in range(5)]
    c.dabs(spots)
    c.clouds(800, 1000, "#eef0e6", 0.55, (3, 6), 120, 2.2)
    for x, y, wide in ((980, 872, 116), (1120, 850, 92), (1235, 880, 104), (860, 856, 80)):
        for leg in (0.12, 0.5, 0.88):
            c.box(x + wide * leg - 2, y - 4, 4.5, wide * 0.26, "#3a2a20")
        c.box(x + wide * 0.05, y - wide * 0.36, wide * 0.9, wide * 0.38, "#8a6444", "#5d4130")
        c.box(x + wide * 0.42, y - wide * 0.26, wide * 0.15, wide * 0.28, "#ffd48a", "#c98a4a")
        c.shape([(x - wide * 0.12, y - wide * 0.32), (x + wide * 0.16, y - wide * 0.84), (x + wide * 0.84, y - wide * 0.84), (x + wide * 1.12, y - wide * 0.32)], "#9c8460", "#5f4c38")
        c.clouds(y - wide * 1.6, y - wide * 0.7, "#f2f1e8", 0.25, (6, 3), 135, 1.8)
    c.ridge(985, 46, "#17302a", "#0f211d", freq=5, rough=0.65)
    for x, y, size in ((60, 960, 200), (210, 1010, 160), (1560, 940, 240), (1400, 1020, 170), (700, 1060, 130)):
        c.foliage(x, y - size * 0.2, size, size * 0.62, ["#10241f", "#1b3a2e", "#2d5a3f", "#5a8754"], 620, 13)
    path = spline([(560, 1080), (640, 1000), (760, 950), (860, 925), (960, 905)], closed=False)
    c.stroke(path, 14, "#b59a72", 0.75)
    c.person(700, 975, 84, "#a34a4a", "#2b2a33", skin="#4d382c", pose="walk")
    c.person(650, 1000, 94, "#3f5f8c", "#2b2a33", skin="#4d382c", pose="walk")


def school_yard(c: Canvas) -> None:
    """Paint a school yard when the flamboyant trees bloom."""
    size: float
    x: float
    y: float
    c.wash("#6fb2d8", "#bfdfe6", "#f6ecc9", bottom=700)
    c.foliage(1540, 660, 120, 60, ["#3d6a4a", "#5f8f58", "#8fb06a"], 260, 9)
    c.foliage(60, 660, 120, 70, ["#3d6a4a", "#5f8f58", "#8fb06a"], 260, 9)
    c.clouds(0, 380, "#ffffff", 0.9, (2.2, 4), 122, 2.6)
    c.box(150, 290, 1300, 400, "#f5d98c", "#e3b860")
    c.box(130, 262, 1340, 34, "#b5533f", "#8f3c30")
    c.shape([(640, 262), (800, 190), (960, 262)], "#c8614a", "#a34a3a")
    for floor in range(2):
        y = 320 + floor * 185
        c.box(150, y + 128, 1300, 14, "#fbeecb", "#d8b878")
        for number in range(13):
            x = 172 + number * 99
            c.box(x + 12, y, 70, 128, "#8a9fa6", "#5f7880")
            c.box(x + 16, y + 6, 30, 86, "#dbeef0", "#9fc3cc")
            c.box(x + 50, y + 6, 28, 122, "#3f7f8c", "#2c5f6c")
            c.box(x - 8, y - 14, 16, 146, "#fff2cf", "#d9bd85")
        for number in range(110):
            c.box(158 + number * 11.8, y + 94, 3, 34, "#fff6dc", alpha=0.9)
        c.box(150, y + 90, 1300, 6, "#fff6dc")
    c.box(150, 262, 1300, 40, "#5c2a20", alpha=0.25, blur=8)
    c.wash("#e3c79a", "#d0a878", "#b0835a", top=688)
    c.shape([(-20, 690), (1620, 690), (1620, 730), (-20, 712)], "#8a6a4a", alpha=0.3, blur=8)
    for number in range(-14, 15):
        c.stroke([(800 + number * 75, 690), (800 + number * 210, 1080)], 1.6, "#a07a52", 0.3)
    c.limb((1090, 690), (1090, 300), 5, 4, "#d9dde0")
    for x, y, size in ((320, 730, 100), (560, 745, 112), (640, 742, 110), (930, 760, 124), (1010, 756, 120), (1250, 735, 104)):
        c.disc(x + size * 0.3, y + 2, size * 0.4, size * 0.06, "#5c4028", alpha=0.4, blur=4)
        c.person(x, y, size, "#fbfaf5", "#2f3a5c" if x % 20 else "#fbf8f0", skin="#7a5644", pose="walk" if x % 3 else "stand", flip=x > 800)
    red = ["#7a1c1c", "#b02a22", "#d8402c", "#f0613a", "#ff8a5a"]
    c.shape([(-30, 1080), (40, 760), (110, 740), (150, 1080)], "#3f2c22", "#5a4130", across=True)
    for end, wide in (((330, 520), 16), ((80, 420), 18), ((-60, 470), 16), ((470, 420), 10), ((250, 330), 12)):
        c.limb((82, 770), end, 32, wide, "#4a3427")
    for x, y, rx, ry, count in ((60, 240, 330, 150, 1500), (330, 190, 300, 120, 1300), (520, 330, 190, 84, 700), (230, 400, 250, 90, 800), (-20, 420, 170, 110, 500)):
        c.foliage(x, y + 22, rx, ry, ["#25452c", "#3d6a38", "#6b9448"], count // 3, 11)
        c.foliage(x, y, rx, ry, red, count, 8)
    c.foliage(1560, 230, 230, 150, ["#25452c", "#3d6a38", "#6b9448"], 500, 11)
    c.foliage(1560, 215, 240, 150, red, 1100, 8)
    for _ in range(340):
        y = c.rng.uniform(780, 1062)
        x = c.rng.uniform(-20, 900) if c.rng.random() < 0.75 else c.rng.uniform(900, 1620)
        size = 2 + (y - 760) / 70
        c.dabs([(x, y, size * 1.4, size * 0.7, c.rng.uniform(0, 3), c.rng.choice(red[2:]))], 0.9)
    for x in (1180, 1290, 1400):
        for wheel in (-46, 46):
            ring = oval(x + wheel, 905, 36, 38, 0, 30)
            c.stroke([*ring, ring[0]], 3.4, "#2e2a2c")
        c.stroke([(x - 46, 905), (x - 14, 845), (x + 34, 845), (x + 2, 905), (x - 46, 905)], 4, "#3f6a8c")
        c.stroke([(x + 2, 905), (x - 18, 832)], 4, "#3f6a8c")
        c.stroke([(x + 46, 905), (x + 30, 828), (x + 18, 822)], 4, "#3f6a8c")
        c.box(x - 32, 826, 26, 7, "#2e2a2c")
    c.beam(500, -100, 1400, 0.35, 0.1, "#fff0c0", 0.25)

def rider(c: Canvas, x: float, y: float, tall: float, top: str, dark: str, *, hat: str | None = None, flip: bool = False, motor: bool = False) -> None:
    """Draw somebody on a bicycle or a motorbike, wheels on y."""
    side = -1 if flip else 1
    wheel = tall * (0.13 if motor else 0.18)
    for offset in (-0.25, 0.3):
        ring = oval(x + side * offset * tall, y - wheel, wheel, wheel, 0, 28)
        c.stroke([*ring, ring[0]], tall * (0.04 if motor else 0.016), dark)
    if motor:
        c.shape(spline([(x - side * tall * 0.34, y - tall * 0.36), (x - side * tall * 0.05, y - tall * 0.38), (x + side * tall * 0.1, y - tall * 0.2), (x + side * tall * 0.24, y - tall * 0.44), (x + side * tall * 0.29, y - tall * 0.3), (x + side * tall * 0.12, y - tall * 0.11), (x - side * tall * 0.22, y - tall * 0.14)]), mix(dark, top, 0.2))
    else:
        c.stroke([(x - side * tall * 0.25, y - wheel), (x - side * tall * 0.07, y - tall * 0.44), (x + side * tall * 0.22, y - tall * 0.46), (x + side * tall * 0.02, y - wheel), (x - side * tall * 0.25, y - wheel)], tall * 0.018, dark)
    c.stroke([(x + side * tall * 0.3, y - wheel), (x + side * tall * 0.21, y - tall * 0.54), (x + side * tall * 0.15, y - tall * 0.57)], tall * 0.02, dark)
    c.person(x, y + tall * 0.02, tall, top, dark, skin="#5c4334", pose="ride", hat=hat, flip=flip)


def rain_street(c: Canvas) -> None:
    """Paint a street of Tam Kỳ on a rainy night."""
    size: float
    x: float
    y: float
    c.wash("#16233a", "#2b3f58", "#5a6a78", "#a58f7a", bottom=640)
    c.clouds(0, 360, "#6d8092", 0.5, (2, 5), 118, 2.2)
    c.glow(800, 560, 520, "#ffcf90", 0.65)
    for side in (-1, 1):
        edge = 800 + side * 110
        for number in range(7):
            near = 1 - number / 7
            x0 = edge + side * 720 * (1 - number / 7) ** 1.6
            x1 = edge + side * 720 * max(0, 1 - (number + 1) / 7) ** 1.6
            high = 620 - (170 + 420 * near**1.5) * c.rng.uniform(0.8, 1.0)
            tone = c.rng.choice(["#34465e", "#3c4a5c", "#46505e", "#2f4058"])
            foot0, foot1 = 640 + 190 * (1 - number / 7) ** 1.6, 640 + 190 * max(0, 1 - (number + 1) / 7) ** 1.6
            c.shape([(x0, high), (x1, high + 20), (x1, foot1), (x0, foot0)], mix(tone, "#8fa0ad", 0.2 * (1 - near)), mix(tone, "#c99a6a", 0.22))
            lit = c.rng.choice(["#ffd48a", "#ffbf73", "#bfe0e8", "#ffdfa8"])
            low = foot0 - 150 * near - 30
            c.shape([(x0 * 0.96 + x1 * 0.04, low), (x0 * 0.06 + x1 * 0.94, low + 16), (x0 * 0.06 + x1 * 0.94, foot1 - 4), (x0 * 0.96 + x1 * 0.04, foot0 - 6)], lit, mix(lit, "#8a5a3a", 0.35))
            c.glow((x0 + x1) / 2, foot0 - 70 * near, 190 * near + 50, lit, 0.5)
            for row in range(3):
                for column in range(3):
                    wx = x0 + (x1 - x0) * (0.14 + 0.28 * column)
                    wy = high + 40 + (low - high - 60) * row / 3
                    c.box(min(wx, wx + (x1 - x0) * 0.14), wy, abs(x1 - x0) * 0.14, (low - high) * 0.17, c.rng.choice(["#22324a", "#22324a", "#f3c987", "#2c405a"]), alpha=0.9)
    c.shape([(700, 640), (900, 640), (1900, 1080), (-300, 1080)], "#5b5f68", "#2a3242")
    for side in (-1, 1):
        c.shape([(800 + side * 110, 640), (800 + side * 850, 834), (800 + side * 850, 1080), (800 + side * 690, 1080)], "#66645f", "#3c4450")
        c.shape([(800 + side * 104, 640), (800 + side * 110, 640), (800 + side * 690, 1080), (800 + side * 640, 1080)], "#8a8272", "#4d5058")
    for x, y, wide, tone in ((330, 820, 60, "#ffd48a"), (1290, 830, 60, "#ffbf73"), (935, 780, 26, "#fff2c8"), (520, 760, 34, "#ffd48a"), (1080, 740, 30, "#bfe0e8"), (800, 660, 70, "#ffdca0")):
        c.box(x - wide / 2, y, wide, 250, tone, "#2a3242", alpha=0.4, blur=16)
    for x, y, tall in ((1000, 800, 150), (730, 730, 80), (420, 838, 150), (1290, 820, 150)):
        c.shape(oval(x, y + tall * 0.42, tall * 0.16, tall * 0.45), "#141c2a", alpha=0.45, blur=7)
    rider(c, 1000, 800, 210, "#3f78a8", "#151c28", motor=True, flip=True)
    c.shape(spline([(955, 640), (1000, 585), (1045, 640), (1070, 740), (1000, 756), (950, 735)]), "#4b8fc0", "#2c5f8c", alpha=0.92)
    c.glow(935, 712, 110, "#fff2c8", 1.0)
    rider(c, 730, 730, 110, "#a8474a", "#1a2230", motor=True)
    c.person(420, 838, 210, "#39465c", "#1a2230", skin="#4a382e", pose="walk")
    c.person(1290, 820, 200, "#7a3f4a", "#1a2230", skin="#4a382e", pose="walk", flip=True)
    c.person(560, 770, 140, "#4d5a50", "#1a2230", skin="#4a382e", pose="walk")
    for x, y, size, tone in ((440, 628, 96, "#d8564a"), (1270, 606, 90, "#e0a83f"), (570, 625, 62, "#3f8f8a")):
        c.stroke([(x, y - size * 0.4), (x, y + size * 0.8)], 4, "#161c28")
        dome = [(x + size * math.cos(math.pi * t / 20), y - size * 0.62 * math.sin(math.pi * t / 20)) for t in range(21)]
        c.shape(dome, mix(tone, "#ffffff", 0.2), mix(tone, "#1a2030", 0.25))
        for share in (-0.4, 0.4):
            c.stroke([(x, y - size * 0.62), (x + share * size * 0.7, y - size * 0.35), (x + share * size, y)], 1.5, mix(tone, "#1a2030", 0.5), 0.6)
    c.streaks(650, 1067, ["#ffd79a", "#ffe9c2", "#f2a968"], 260, 0.28, (6, 90), 800, 0.7)
    c.streaks(700, 1067, ["#1b2435", "#46566c"], 160, 0.35)
    draw = ImageDraw.Draw(c.image, "RGBA")
    for _ in range(1500):
        x, y, size = c.rng.uniform(-50, 1600), c.rng.uniform(-40, 1060), c.rng.uniform(16, 58)
        draw.line([(x * SCALE, y * SCALE), ((x - size * 0.16) * SCALE, (y + size) * SCALE)], fill=(214, 226, 238, c.rng.randint(22, 80)), width=c.rng.choice((1, 2, 3)))
    for _ in range(120):
        x, y = c.rng.uniform(0, 1600), c.rng.uniform(850, 1060)
        ring = oval(x, y, 5 + (y - 840) / 14, 1.5 + (y - 840) / 55, 0, 20)
        c.stroke([*ring, ring[0]], 1.2, "#dfe8f0", 0.4)


def city_night(c: Canvas) -> None:
    """Paint Tam Kỳ by its river under a clear night sky."""
    c.wash("#070d24", "#0f2147", "#2a3f70", "#6b5d86", bottom=660)
    for _ in range(620):
        size = c.rng.choice((0.7, 0.8, 1.0, 1.3, 1.8))
        c.disc(c.rng.uniform(0, 1600), 560 * c.rng.random() ** 1.3, size, size, c.rng.choice(["#ffffff", "#cfe0ff", "#fff0cf"]), alpha=c.rng.uniform(0.3, 1))
    c.clouds(60, 520, "#8c8fd0", 0.28, (1.5, 5), 118, 2.0)
    c.disc(1230, 170, 48, 48, "#fdf6dc", "#efe2b8")
    c.glow(1230, 170, 260, "#cfd6ff", 0.55)
    c.ridge(560, 60, "#1c2b56", "#344473", freq=2.4, bottom=665)
    c.glow(780, 640, 820, "#ff9f5c", 0.42, 0.4)
    x = -20.0
    while x < 1620:
        wide = c.rng.uniform(44, 110)
        tall = c.rng.uniform(40, 130) * (1.7 if 480 < x < 1080 else 1)
        c.box(x, 662 - tall, wide, tall, mix("#172348", "#3a416c", c.rng.random()), "#141c3a")
        windows(c, x + 6, 670 - tall, max(1, int(wide / 13)), max(1, int(tall / 17)), (12, 16), (6, 8), ["#131b38", "#ffd98f", "#1b2548", "#ffc36b", "#131b38", "#cfe6f0"], 0.95)
        x += wide + c.rng.uniform(0, 9)
    c.box(760, 470, 10, 100, "#202b52")
    for y in (480, 520, 556):
        c.glow(765, y, 22, "#ff5a4a", 1.0)
    c.box(0, 656, 1600, 12, "#232c52")
    for px in range(10, 1600, 46):
        c.stroke([(px, 660), (px, 622)], 2, "#2c355c")
        c.disc(px, 620, 4, 4, "#fff3d0")
        c.glow(px, 620, 44, "#ffcf84", 0.85)
    for px in range(20, 1600, 60):
        c.foliage(px + c.rng.uniform(-10, 10), 640, 22, 17, ["#14213c", "#1f3a44", "#3d5a4a", "#6d7a4e"], 44, 5)
    c.reflect(668, 399, "#0d1836", 0.2, 9)
    c.haze(720, 1067, "#081028", 0.7)
    c.streaks(670, 1067, ["#ffcf88", "#ffe4b0", "#ff9f62"], 280, 0.35, (5, 50))
    c.streaks(670, 1067, ["#0a1230", "#20305c"], 260, 0.4)
    c.streaks(680, 1000, ["#f4efd8"], 90, 0.5, (5, 40), 1230, 0.12)
    sampan(c, 380, 880, 230, "#070c1e")
    c.glow(430, 862, 70, "#ffbf6b", 0.9)
    c.grass(1010, 1110, ["#070d1c", "#0c1528", "#12203a"], 360, 120, -0.25)


def lotus_pond(c: Canvas) -> None:
    """Paint a lotus pond in the morning."""
    x: float
    y: float
    c.wash("#a9c9c4", "#dbe4c4", "#f6ebc2", bottom=330)
    c.glow(1200, 120, 560, "#fff3c4", 0.9)
    c.ridge(250, 40, "#8fb0a4", "#c3cfa8", freq=2.6, bottom=340)
    for x in range(-20, 1640, 34):
        c.foliage(x, 310 + c.rng.uniform(-8, 8), 34, 30 + 16 * math.sin(x / 150), ["#3f6f58", "#5f8f62", "#93b06e"], 44, 7)
    c.palm(1330, 330, 200, 24, "#5a6b50", "#4d7a58", 13)
    c.palm(1390, 332, 160, -14, "#5a6b50", "#4d7a58", 13)
    gable(c, 360, 334, 120, 70, "#e9dcb8", "#a85b44", "#5c6f6a")
    c.haze(230, 345, "#fbf2cf", 0.5)
    c.wash("#c3d3b4", "#7fa39a", "#3f6f6b", "#234b4c", top=334)
    c.reflect(334, 110, "#b5cbb2", 0.4, 3)
    c.box(-20, 400, 1640, 70, "#aac2a8", "#8fb0a4", alpha=0.9, blur=22)
    c.streaks(340, 1060, ["#e9f0d4", "#f7f3d0", "#5d8f88"], 320, 0.4)
    items = []
    for _ in range(165):
        t = c.rng.random() ** 0.75
        items.append((372 + 700 * t, c.rng.uniform(-60, 1660), "leaf"))
    flowers = ((430, 300, 0), (455, 1010, 1), (440, 690, 0), (520, 1330, 0), (560, 480, 1), (610, 930, 0), (690, 200, 0), (760, 1230, 0), (840, 620, 1), (930, 1010, 0), (905, 330, 0))
    items += [(y, x, "bud" if bud else "flower") for y, x, bud in flowers]
    for y, x, kind in sorted(items):
        near = (y - 360) / 700
        if kind == "leaf":
            rx = (16 + 92 * near) * c.rng.uniform(0.75, 1.2)
            lift = c.rng.random() < 0.45
            tone = c.rng.choice(["#4d8a5c", "#5f9a5f", "#3f7a58", "#7aab66"])
            cy = y - (rx * 0.9 if lift else 0)
            if lift:
                c.stroke([(x, y + rx * 0.5), (x + rx * 0.08, cy)], 2 + 3 * near, "#3a6648")
            c.disc(x + 3, cy + rx * 0.12, rx, rx * 0.36, "#173a3a", alpha=0.4, blur=3)
            edge = [(px, py + math.sin(number * 1.3 + x) * rx * 0.025) for number, (px, py) in enumerate(oval(x, cy, rx, rx * (0.42 if lift else 0.33), c.rng.uniform(-0.12, 0.12), 34))]
            c.shape(edge, mix(tone, "#e6edaa", 0.42), mix(tone, "#14382f", 0.18))
            for vein in range(11):
                angle = vein * 2 * math.pi / 11 + x
                c.stroke([(x, cy), (x + rx * 0.86 * math.cos(angle), cy + rx * 0.3 * math.sin(angle))], 0.8 + near, mix(tone, "#e9f0b4", 0.5), 0.45)
            c.disc(x, cy, rx * 0.06, rx * 0.04, "#e3eab0", alpha=0.8)
            continue
        size = 30 + 82 * near
        c.stroke([(x + 4, y + size * 1.1), (x, y)], 3 + 3.5 * near, "#4a7a4e")
        lotus(c, x, y, size, "#c94a78", "#ffe3e6", bud=kind == "bud")
        if kind == "flower":
            c.glow(x, y - size * 0.4, size * 1.1, "#ffd9e0", 0.3)
    sampan(c, 860, 424, 120, "#3f5a52", flip=True)
    c.beam(1200, -60, 1300, -0.45, 0.12, "#fff6cf", 0.4)


def handshake(c: Canvas) -> None:
    """Paint two people shaking hands before a bright window."""
    c.wash("#c98d55", "#a8683c", "#5a3420")
    c.box(210, 60, 1180, 800, "#fbe2ad", "#ffd08a", "#f0a560")
    c.glow(900, 380, 620, "#fff3cf", 0.85)
    c.ridge(700, 70, "#e9b27a", "#dd9a63", freq=3, bottom=860)
    x = 215.0
    while x < 1385:
        wide, tall = c.rng.uniform(50, 110), c.rng.uniform(60, 220)
        c.box(x, 860 - tall, min(wide, 1388 - x), tall, "#d99a66", "#c9814f", alpha=0.75)
        x += wide + c.rng.uniform(2, 20)
    for px in range(240, 1390, 70):
        c.foliage(px, 845, 48, 36, ["#a86a3c", "#bf8145", "#d9a45c", "#f0c880"], 80, 8)
    for px in (200, 590, 985, 1378):
        c.box(px, 50, 20, 820, "#4a2a1a", "#3a2014")
    for y in (48, 300, 850):
        c.box(200, y, 1198, 18, "#4a2a1a")
    for side in (-1, 1):
        for fold in range(7):
            px = 800 + side * (600 + fold * 36)
            c.shape(spline([(px - 24, -10), (px + 24, -10), (px + 30 - side * 10, 500), (px + 26, 1000), (px - 26, 1000), (px - 22 - side * 10, 500)]), mix("#a34a34", "#5c2018", fold % 2 * 0.6), mix("#7a3424", "#3a140f", fold % 2 * 0.5))
    c.wash("#7a4628", "#3a2014", top=900)
    c.shape([(420, 905), (1180, 905), (1500, 1080), (100, 1080)], "#ffcf8a", "#a8683c", alpha=0.4, blur=14)
    dark, dark2 = "#2b1712", "#331b15"

    def standing(x: float, side: int, coat: str, *, gown: bool) -> None:
        """Draw one of the two, turned to the middle."""
        def at(dx: float, up: float) -> Point:
            return x + side * dx * 900, 1160 - up * 900

        if gown:
            c.shape(spline([at(-0.09, 0), at(-0.075, 0.3), at(-0.062, 0.5), at(0.07, 0.5), at(0.085, 0.3), at(0.11, 0)], closed=False), coat)
        else:
            c.shape([at(-0.085, 0), at(-0.08, 0.52), at(0.085, 0.52), at(0.092, 0), at(0.02, 0), at(0.004, 0.4), at(-0.015, 0)], coat)
        wide = 0.088 if gown else 0.108
        body = [at(-wide * 0.86, 0.46), at(-wide * 0.72, 0.6), at(-wide, 0.75), at(-wide * 0.8, 0.795), at(-0.03, 0.822), at(0.035, 0.822), at(wide * 0.78, 0.79), at(wide * 0.95, 0.74), at(wide * 0.8, 0.6), at(wide * 0.92, 0.46)]
        c.shape(spline(body), mix(coat, "#a8603a", 0.14), coat)
        c.limb(at(0.004, 0.8), at(0.012, 0.88), 23, 21, coat)
        face = [at(0.052, 0.945), at(0.06, 0.915), at(0.053, 0.9), at(0.05, 0.872), at(0.022, 0.858), at(-0.02, 0.868), at(-0.038, 0.9), at(-0.044, 0.945), at(-0.03, 0.985), at(0.008, 0.998), at(0.04, 0.982)]
        c.shape(spline(face), coat)
        if gown:
            c.shape(spline([at(-0.03, 0.99), at(-0.06, 0.93), at(-0.058, 0.84), at(-0.07, 0.74), at(-0.03, 0.72), at(-0.012, 0.84), at(0.0, 0.96)]), mix(coat, "#000000", 0.25))
        c.limb(at(-wide * 0.85, 0.75), at(-wide * 1.25, 0.58), 30, 24, coat)
        c.limb(at(-wide * 1.25, 0.58), at(-wide * 1.05, 0.43), 24, 15, coat)
        elbow = at(0.135, 0.63)
        c.limb(at(wide * 0.8, 0.745), elbow, 33, 26, mix(coat, "#a8603a", 0.1))
        c.limb(elbow, (800 - side * 24, 566), 26, 16, mix(coat, "#a8603a", 0.1))
        c.stroke(spline([at(0.035, 0.826), at(wide * 0.8, 0.79), at(wide * 1.08, 0.7), at(0.15, 0.65)], closed=False), 5, "#ffd79a", 0.6)
        c.stroke(spline([at(0.04, 0.984), at(0.056, 0.945), at(0.064, 0.915), at(0.054, 0.873)], closed=False), 4, "#ffd79a", 0.7)

    standing(555, 1, dark, gown=False)
    standing(1050, -1, dark2, gown=True)
    c.shape(spline([(752, 552), (790, 540), (836, 546), (856, 566), (842, 590), (800, 596), (760, 586)]), dark2)
    c.shape(spline([(774, 546), (800, 536), (826, 544), (820, 556), (786, 558)]), dark)
    for number in range(4):
        c.stroke([(778 + number * 15, 562), (786 + number * 15, 584)], 3.4, "#5c3422", 0.9)
    c.foliage(1400, 900, 120, 150, ["#2a2014", "#43301c", "#6b4a26", "#a87838"], 420, 14)


def study_desk(c: Canvas) -> None:
    """Paint books and a lamp by a window at night."""
    px: float
    y: float
    c.wash("#2d2a3c", "#4a3a3c", "#5c4232")
    c.box(120, 40, 620, 660, "#0e1a3a", "#22365e", "#4a4a72")
    for _ in range(90):
        c.disc(c.rng.uniform(130, 730), c.rng.uniform(50, 430), 1.2, 1.2, "#e8eeff", alpha=c.rng.uniform(0.3, 0.95))
    for px in range(140, 730, 36):
        tall = c.rng.uniform(50, 150)
        c.box(px, 700 - tall, 32, tall, "#16213f", "#1f2b4c")
        windows(c, px + 5, 706 - tall, 2, int(tall / 18), (13, 17), (7, 9), ["#16213f", "#f3c77c", "#1c284a"], 0.9)
    for px in (108, 424, 734):
        c.box(px, 30, 16, 690, "#7a5638", "#5c3f2a")
    for y in (28, 330, 700):
        c.box(104, y, 650, 16, "#7a5638", "#5c3f2a")
    c.glow(1010, 520, 760, "#ffb964", 0.85)
    c.shape([(-20, 760), (1620, 760), (1620, 1080), (-20, 1080)], "#a86f3f", "#7a4a28", "#4a2c18")
    for _ in range(46):
        y = c.rng.uniform(775, 1060)
        c.stroke([(c.rng.uniform(-50, 800), y), (c.rng.uniform(800, 1650), y + c.rng.uniform(-6, 6))], 1.6, "#4a2c16", 0.22)
    c.disc(1000, 850, 520, 110, "#ffd490", alpha=0.42, blur=50)
    # books upright
    x = 1200.0
    for wide, tall, tone in ((54, 330, "#9c2f2a"), (40, 290, "#2f5560"), (62, 350, "#b98a3f"), (36, 300, "#46604a"), (50, 322, "#7a3f4a"), (44, 280, "#35466b"), (58, 336, "#a5522f")):
        c.box(x, 790 - tall, wide, tall, mix(tone, "#ffd9a0", 0.3), tone, mix(tone, "#150c08", 0.45), across=True)
        for share in (0.1, 0.16, 0.82):
            c.box(x + 3, 790 - tall + tall * share, wide - 6, 4, "#e9c878", alpha=0.75)
        x += wide + 3
    # a pile
    for number, (tone, wide) in enumerate((("#3f5a4a", 360), ("#8a3a30", 330), ("#c29a56", 350), ("#33476b", 300))):
        y = 850 - number * 44
        px = 250 + c.rng.uniform(-14, 14)
        c.box(px + 8, y + 8, wide, 40, "#20130c", alpha=0.35, blur=8)
        c.box(px, y, wide, 40, tone, mix(tone, "#150c08", 0.35))
        c.box(px + 10, y + 5, wide - 14, 28, "#f2e4c4", "#cbb48a")
        c.box(px, y, 30, 40, mix(tone, "#ffd9a0", 0.15), tone)
    # open book
    c.disc(830, 985, 330, 44, "#2a170c", alpha=0.45, blur=14)
    for side in (-1, 1):
        page = spline([(830, 930), (830 + side * 80, 895), (830 + side * 190, 892), (830 + side * 290, 915)], closed=False)
        low = spline([(830 + side * 330, 1000), (830 + side * 200, 968), (830 + side * 80, 975), (830, 1005)], closed=False)
        c.shape([(px, py + 12) for px, py in [*page, *low]], "#9a3b32")
        c.shape([*page, *low], "#fff6df", "#e6d2a8")
        for row in range(7):
            start, end = 830 + side * 34, 830 + side * (262 + row * 5)
            y = 918 + row * 10
            c.stroke([(start, y + 8), ((start + end) / 2, y - 12), (end, y + 2)], 2.2, "#8a7a62", 0.6)
    c.stroke([(830, 930), (830, 1006)], 3, "#b59a6a")
    # spectacles and cup
    for px in (1120, 1190):
        ring = oval(px, 930, 30, 17, 0.1, 30)
        c.stroke([*ring, ring[0]], 4, "#2a1a12")
    c.stroke([(1150, 930), (1160, 930)], 4, "#2a1a12")
    c.stroke([(1220, 934), (1290, 905)], 4, "#2a1a12")
    c.shape([(590, 800), (600, 892), (672, 892), (682, 800)], "#f4efe2", "#b3a48a", across=True)
    c.disc(636, 800, 46, 12, "#6b3f22", "#4a2a16")
    # lamp
    c.disc(1010, 800, 92, 20, "#3f5f54", "#233a34")
    c.stroke(spline([(1010, 795), (1004, 640), (960, 520), (930, 470)], closed=False), 11, "#3a564c")
    c.shape(spline([(820, 560), (850, 480), (925, 440), (990, 465), (1030, 540), (925, 575)]), "#4d8a76", "#24483e")
    c.disc(925, 556, 104, 20, "#fff3c8", "#ffd98a", turn=-0.06)
    c.beam(925, 540, 620, 0.0, 0.55, "#ffe2a0", 0.5)


def one_stop(c: Canvas) -> None:
    """Paint the counters of a public service hall."""
    x: float
    c.wash("#f1ead8", "#e6dcc4", bottom=720)
    for number in range(9):
        c.shape([(800 + (number - 4) * 130 - 30, 0), (800 + (number - 4) * 130 + 30, 0), (800 + (number - 4) * 260 + 60, -40), (800 + (number - 4) * 260 - 60, -40)], "#ffffff")
        c.box(130 + number * 165, 30, 70, 10, "#ffffff")
        c.glow(165 + number * 165, 36, 110, "#fff6dc", 0.55, 0.5)
    c.box(0, 90, 1600, 120, "#a3262a", "#8a1d21")
    c.shape(star_points(800, 150, 42), "#f5cd58", "#e5a935")
    for side in (-1, 1):
        for row in range(2):
            c.box(800 + side * 420 - 270, 128 + row * 30, 540 - row * 120, 12, "#f3d9a0", alpha=0.85)
    c.box(0, 210, 1600, 10, "#e0b04f")
    c.box(90, 270, 1420, 230, "#bcd3d6", "#dbe6df")
    for px in range(90, 1520, 178):
        c.box(px, 262, 9, 250, "#f8f4ea")
    for px in (220, 640, 1100, 1380):
        c.foliage(px, 470, 90, 60, ["#5c8f78", "#86ad86", "#b4cb9c"], 150, 9)
    for number in range(6):
        x = 110 + number * 238
        c.box(x + 58, 318, 96, 46, "#20303c", "#16222c")
        for bar in range(3):
            c.box(x + 72 + bar * 24, 330, 15, 22, "#ff7a4a" if bar else "#ffb45e")
        c.sitter(x + 106, 560, 46, "#e9ecec", "#2a211d")
        c.disc(x + 106, 560 - 46 * 1.32, 15, 18, "#b1856a")
        c.box(x + 20, 510, 66, 52, "#3b444c", "#252c33")
        c.box(x, 556, 212, 22, "#fbf4e2", "#d8c8a6")
        c.box(x, 578, 212, 150, "#c08a55", "#8a5a33")
        c.box(x + 14, 594, 184, 110, "#d4a06a", "#a06c3f", alpha=0.8)
        c.box(x + 213, 470, 6, 256, "#dfe9ea", alpha=0.9)
    c.wash("#d8cdb6", "#b9a98c", "#94836a", top=726)
    for number in range(-12, 13):
        c.stroke([(800 + number * 110, 726), (800 + number * 260, 1080)], 2, "#a3937a", 0.5)
    for y in (770, 836, 930):
        c.stroke([(0, y), (1600, y)], 2, "#a3937a", 0.5)
    c.streaks(740, 1000, ["#f8f0dc"], 130, 0.35, (20, 160))
    looks = (("#f4f1ea", "#2f3648", "stand", None), ("#7fa3b8", "#33384a", "stand", None), ("#a8535a", "#2b2f3d", "stand", None), ("#d9c89a", "#3a4050", "walk", None))
    for number, x in enumerate((215, 690, 930, 1410)):
        top, legs, pose, hat = looks[number]
        c.disc(x + 20, 842, 70, 9, "#5c4c38", alpha=0.4, blur=5)
        c.person(x, 840, 268, top, legs, skin="#8a6048", pose=pose, hat=hat, flip=number % 2 == 0)
    c.person(1160, 900, 286, "#6b7f5c", "#2f3440", skin="#8a6048", pose="walk", hat="#efdfb2", flip=True)
    for row, (y, size, count) in enumerate(((1000, 66, 8), (1110, 92, 6))):
        step = 1600 / count
        for number in range(count):
            x = number * step + step * (0.5 if row else 0.35)
            if (number + row) % 4 == 2:
                continue
            c.sitter(x, y, size, c.rng.choice(["#dfe3e6", "#b5c4cf", "#d6b9a0", "#8f9fae", "#b0757a"]), "#2a201c", "#fff2d4")
        c.box(0, y - size * 0.35, 1600, size * 0.14, "#7d8f96", "#4f5f68")


def spring_street(c: Canvas) -> None:
    """Paint a street in the days before Tết, with peach and kumquat."""
    c.wash("#8fb9cf", "#dbe2d4", "#fbe6bf", bottom=640)
    c.clouds(0, 330, "#ffffff", 0.85, (2.4, 5), 122, 2.4)
    c.glow(820, 520, 560, "#ffe0a0", 0.7)
    x = -30.0
    while x < 1630:
        wide, tall = c.rng.uniform(110, 180), c.rng.uniform(210, 330)
        wall = c.rng.choice(["#e9d7a8", "#d9b98a", "#e3c9b4", "#c9d3c4", "#e0b77c"])
        c.box(x, 690 - tall, wide, tall, mix(wall, "#ffffff", 0.2), mix(wall, "#7a6650", 0.2))
        windows(c, x + 16, 712 - tall, 2, 2, (wide * 0.46, 78), (wide * 0.3, 46), ["#8fa9b0", "#6f8c98"])
        c.shape([(x - 6, 590), (x + wide + 6, 590), (x + wide + 18, 622), (x - 18, 622)], c.rng.choice(["#b5483f", "#d99a3f", "#4d7f78", "#a8433a"]))
        c.box(x + 10, 622, wide - 20, 70, "#7a5c44", "#4a382c")
        x += wide + 3
    c.wash("#cfc0a6", "#a8967c", "#7f6e5a", top=688)
    for px in range(-20, 1640, 118):
        c.shape([(px - 20, 742), (px - 14, 706), (px + 14, 706), (px + 20, 742)][::1], "#c9683f", "#8f4329")
        kind = (px // 118) % 2
        c.limb((px, 708), (px + 4, 640), 4, 2, "#5c4030")
        c.foliage(px, 640, 46, 62, ["#2f5a36", "#4d7f3f", "#7fa54a"] if kind else ["#7a4a4a", "#c9707f", "#e88fa0"], 150, 6)
        c.dabs([(px + c.rng.uniform(-40, 40), 640 + c.rng.uniform(-56, 52), 4.6, 4.4, 0, "#f2a531" if kind else "#ffd0d8") for _ in range(38)])
    for number, px in enumerate((150, 330, 480, 760, 880, 1090, 1300, 1450)):
        c.disc(px + 20, 792, 46, 7, "#5c4c38", alpha=0.35, blur=4)
        c.person(px, 790, 158 + number % 3 * 10, ("#b5483f", "#f4efe2", "#3f6a8c", "#d99a3f")[number % 4], "#33343f", skin="#7a5644", pose=("walk", "stand")[number % 2], hat="#efdfb2" if number % 3 == 0 else None, flip=number % 2 == 0)
    rider(c, 620, 920, 250, "#b5483f", "#2a2a30", motor=True)
    c.foliage(545, 700, 70, 110, ["#7a4a4a", "#c9707f", "#e88fa0", "#ffc9d2"], 240, 8)
    c.limb((560, 830), (548, 720), 6, 4, "#5c4030")
    rider(c, 1180, 960, 270, "#3f6a8c", "#2a2a30", motor=True, flip=True)
    for px in range(-20, 1620, 80):
        y = 300 + 30 * math.sin(px / 200)
        c.shape([(px, y), (px + 52, y), (px + 26, y + 40)], ("#d8433c", "#f2c24a", "#4d9a8a", "#f4efe2")[px // 80 % 4])
    c.stroke([(px, 300 + 30 * math.sin(px / 200)) for px in range(-20, 1640, 20)], 2, "#6b5a48")
    c.foliage(-20, 120, 240, 130, ["#c9707f", "#e88fa0", "#ffc9d2", "#fff0f2"], 900, 8)
    c.foliage(1620, 150, 220, 150, ["#c9707f", "#e88fa0", "#ffc9d2", "#fff0f2"], 900, 8)


def cua_dai_bridge(c: Canvas) -> None:
    """Paint the bridge over the river mouth of Cửa Đại at sunset."""
    c.wash("#33507f", "#8a7fa3", "#f0a58a", "#ffdca0", bottom=520)
    c.clouds(10, 320, "#ffc4a0", 0.7, (2, 7), 120, 2.3)
    c.clouds(180, 470, "#ff9f7c", 0.5, (2.6, 10), 128, 2.3)
    c.glow(430, 470, 520, "#ffc070", 0.85)
    c.disc(430, 455, 40, 40, "#fff4d2")
    c.ridge(480, 40, "#7d7896", "#d59c86", freq=2.4, bottom=524)
    c.ridge(508, 18, "#4d5272", "#77647a", freq=6, rough=0.65, bottom=526)
    for px in range(1180, 1640, 34):
        c.palm(px, 524, c.rng.uniform(46, 84), c.rng.uniform(-12, 12), "#39415f", "#39415f", 9)
    # the deck rises in a long arc; piers in pairs
    def deck(x: float) -> float:
        return 470 - 150 * math.exp(-(((x - 980) / 560) ** 2)) - 0.03 * x

    for px in range(-40, 1680, 74):
        top = deck(px)
        wide = 15 if 760 < px < 1200 else 10
        c.shape([(px - wide * 0.6, top), (px + wide * 0.6, top), (px + wide * 0.9, 560), (px - wide * 0.9, 560)], "#8f86a0", "#3f4666", across=True)
        c.box(px - wide * 1.3, 548, wide * 2.6, 12, "#4a4f6d", "#2f3654")
    line = [(x, deck(x)) for x in range(-40, 1681, 10)]
    c.shape([*[(x, y - 9) for x, y in line], *[(x, y + 13) for x, y in reversed(line)]], "#d9bfae", "#4f5274")
    c.stroke([(x, y - 10) for x, y in line], 2.4, "#ffe2b8", 0.9)
    for px in range(-20, 1640, 55):
        c.stroke([(px, deck(px) - 8), (px, deck(px) - 46), (px + 9, deck(px) - 50)], 2, "#39415f")
    for px, size in ((360, 12), (640, 14), (1010, 13), (1240, 12)):
        c.box(px, deck(px) - 9 - size, size * 2.4, size, "#39415f")
    c.reflect(560, 340, "#8d7f9a", 0.18, 7)
    c.haze(590, 900, "#2b3e68", 0.6)
    c.streaks(562, 900, ["#ffdfa8", "#ffc78c"], 230, 0.6, (8, 80), 430, 0.3)
    c.streaks(562, 900, ["#2f4470", "#5c5f86"], 240, 0.35)
    sampan(c, 640, 700, 210, "#222c4a")
    sampan(c, 1180, 640, 120, "#39415f", rower=False, roof=True)
    c.grass(860, 930, ["#18233f", "#202d4c"], 260, 80)


def dyke_road(c: Canvas) -> None:
    """Paint cyclists on a dyke among green rice fields."""
    size: float
    x: float
    y: float
    c.wash("#6fafd6", "#bfdde4", "#f2edd0", bottom=470)
    c.clouds(0, 420, "#ffffff", 0.95, (2, 3.4), 118, 2.8)
    c.ridge(420, 70, "#8fb0bf", "#c3d3c4", freq=2.2, bottom=500)
    c.haze(330, 500, "#f4f0d8", 0.5)
    for x in range(-20, 1640, 26):
        c.foliage(x, 470 - 8 * math.sin(x / 90), 30, 26 + 14 * math.sin(x / 170), ["#3f7050", "#5c8f56", "#93b565"], 40, 7)
    gable(c, 250, 486, 110, 66, "#f0e0b6", "#b0583f", "#4f7a78")
    gable(c, 1240, 484, 90, 54, "#e6d3a8", "#a5523c", "#4f7a78")
    c.palm(200, 486, 150, -14, "#6b6a4a", "#4a7f55", 13)
    c.palm(1360, 486, 170, 16, "#6b6a4a", "#4a7f55", 13)
    c.wash("#b4cf6e", "#7fb04c", "#4d8a3c", top=484)
    c.grass(500, 760, ["#a3c95c", "#c3db7c", "#5f9a45", "#86b650"], 3400, 22)
    c.grass(760, 1120, ["#7fb04c", "#a9cf62", "#4a8a3c", "#c9e08a", "#3a7434"], 2600, 90)
    road = [(-40, 792), (500, 730), (1050, 720), (1640, 770), (1640, 856), (1050, 792), (500, 800), (-40, 880)]
    c.shape(spline(road[:4], closed=False) + spline(road[4:], closed=False), "#e9d3a3", "#c2a070")
    c.stroke(spline([(-40, 834), (500, 764), (1050, 756), (1640, 812)], closed=False), 7, "#f6e9c8", 0.5)
    for x, y, size, top, hat in ((330, 812, 200, "#f8f5ee", "#f3e4b8"), (560, 796, 190, "#f8f5ee", None), (820, 784, 184, "#b9d3e6", "#f3e4b8"), (1180, 794, 196, "#f8f5ee", None)):
        c.disc(x, y + 3, size * 0.45, 8, "#6b5a38", alpha=0.45, blur=4)
        rider(c, x, y, size, top, "#2f3648", hat=hat)
    for _ in range(26):
        x, y = c.rng.uniform(100, 1500), c.rng.uniform(500, 660)
        size = c.rng.uniform(4, 8)
        c.dabs([(x, y, size * 1.5, size * 0.55, -0.2, "#ffffff"), (x + size, y - size * 0.6, size, size * 0.35, -0.9, "#ffffff")], 0.95)
    c.grass(850, 1130, ["#4a8a3c", "#3a7434", "#2c5f2e", "#86b650"], 1000, 150)
    c.beam(1100, -80, 1300, -0.3, 0.14, "#fff6d0", 0.25)


def village_market(c: Canvas) -> None:
    """Paint an early market under awnings."""
    c.wash("#7d8fb0", "#d9b8a0", "#ffd9a0", bottom=520)
    c.glow(780, 430, 620, "#ffcf8a", 0.85)
    for x in range(-20, 1640, 40):
        c.foliage(x, 380 + 20 * math.sin(x / 120), 46, 60, ["#4d6a5c", "#6d8460", "#b0a468"], 60, 9)
    gable(c, 560, 520, 420, 190, "#e6cfa0", "#a5523c", "#5c5f5c")
    c.wash("#b59a78", "#8a6d50", "#5c4634", top=516)
    for row, (y, scale, dark) in enumerate(((560, 0.62, 0.15), (690, 0.86, 0.05), (880, 1.25, 0.0))):
        for number in range(6 - row):
            x = -60 + number * (300 + row * 85) + row * 50
            wide = 270 * scale
            tone = c.rng.choice(["#c8453a", "#3f7f9a", "#d9a03f", "#5a8a5c", "#b5637a", "#e3d3b0"])
            tone = mix(tone, "#c9a07a", dark * 2)
            if abs(x + wide / 2 - 800) < 90 + row * 70:
                continue
            top = y - 260 * scale
            for px in (x + 10, x + wide - 10):
                c.box(px, top, 6 * scale, 260 * scale, "#5c4634")
            awning = [(x - 24 * scale, top + 36 * scale), (x + 20 * scale, top - 26 * scale), (x + wide - 20 * scale, top - 26 * scale), (x + wide + 24 * scale, top + 36 * scale)]
            c.shape(awning, mix(tone, "#fff0d0", 0.3), tone)
            for stripe in range(0, 8, 2):
                a, b = stripe / 8, (stripe + 1) / 8
                c.shape([(awning[1][0] + (awning[2][0] - awning[1][0]) * a, awning[1][1]), (awning[1][0] + (awning[2][0] - awning[1][0]) * b, awning[1][1]), (awning[0][0] + (awning[3][0] - awning[0][0]) * b, awning[0][1]), (awning[0][0] + (awning[3][0] - awning[0][0]) * a, awning[0][1])], "#fff4dc", alpha=0.55)
            c.box(x, top + 36 * scale, wide, 150 * scale, "#3a2a20", alpha=0.3, blur=8)
            c.glow(x + wide / 2, top + 60 * scale, 110 * scale, "#ffc978", 0.6)
            c.person(x + wide * 0.5, y - 6, 176 * scale, c.rng.choice(["#7a4a6b", "#3f668c", "#4d7a5c", "#a8534a"]), "#2f2a30", skin="#7a5642", hat="#efdcae" if number % 2 else None)
            c.shape([(x, y - 74 * scale), (x + wide, y - 74 * scale), (x + wide + 14 * scale, y), (x - 14 * scale, y)], "#9a6f48", "#6b4a30")
            for heap in range(4):
                hx = x + wide * (0.14 + 0.24 * heap)
                colours = c.rng.choice([["#2f5a2c", "#4d8a3c", "#8fc05a"], ["#8a2a1c", "#d04a2c", "#f47a4a"], ["#a86a1c", "#e9a12c", "#ffd05a"], ["#5c2a4a", "#8a4a78", "#c08ab0"], ["#b59a6a", "#e3d3a8", "#fff6dc"]])
                c.disc(hx, y - 66 * scale, 34 * scale, 12 * scale, "#7a5432")
                c.foliage(hx, y - 84 * scale, 30 * scale, 20 * scale, colours, 60, 6.5 * scale)
    for x, y, size, tone, hat in ((760, 720, 150, "#8a4650", "#efdcae"), (850, 640, 112, "#41668a", "#efdcae"), (800, 590, 90, "#d9c9a8", None), (690, 900, 230, "#3f6b62", "#f3e2b6"), (960, 960, 260, "#6b4a7a", "#f3e2b6")):
        c.disc(x + 20, y + 2, size * 0.3, size * 0.05, "#2a1c14", alpha=0.45, blur=5)
        c.person(x, y, size, tone, "#2b2a33", skin="#6b4a38", pose="walk", hat=hat, flip=x > 800)
    c.stroke([(880, 800), (1060, 792)], 6, "#5c4028")
    for px in (890, 1050):
        c.stroke([(px, 797), (px - 22, 890), (px + 22, 890), (px, 797)], 2, "#5c4028")
        c.disc(px, 900, 44, 17, "#a07a4a", "#6b4a2c")
        c.foliage(px, 884, 34, 16, ["#2f5a2c", "#5c9a45", "#a8cf6a"], 50, 7)
    c.beam(780, 200, 1100, 0.1, 0.3, "#ffe0a8", 0.35)


def solar_field(c: Canvas) -> None:
    """Paint rows of solar panels on a roof, the hills beyond."""
    c.wash("#2f82c0", "#8cc2de", "#e3ecdf", bottom=560)
    c.clouds(20, 460, "#ffffff", 0.95, (2, 3.4), 118, 2.8)
    c.glow(1290, 150, 420, "#fff6d0", 1.0)
    c.disc(1290, 150, 40, 40, "#ffffff")
    c.ridge(520, 80, "#7fa5b5", "#b9d0c4", freq=2.4, bottom=640)
    c.ridge(580, 40, "#5c8f7c", "#9cbd8a", freq=4, bottom=660)
    x = -20.0
    while x < 1620:
        wide, tall = c.rng.uniform(60, 130), c.rng.uniform(36, 100)
        c.box(x, 660 - tall, wide, tall, "#efe3c8", "#d0bd9a")
        c.shape([(x - 6, 662 - tall), (x + 10, 644 - tall), (x + wide - 10, 644 - tall), (x + wide + 6, 662 - tall)], c.rng.choice(["#b5533f", "#a8614a", "#5f7f8c"]))
        c.foliage(x + wide, 640, 30, 26, ["#3f6f48", "#5f9352", "#93b868"], 40, 7)
        x += wide + c.rng.uniform(20, 50)
    c.wash("#c9cdc8", "#aab2b0", "#7f8a8c", top=656)
    for row, y in enumerate((690, 790, 930, 1110)):
        near = (row + 1) / 4
        wide, tall = 130 + 170 * near, 54 + 92 * near
        skew = wide * 0.28
        start = -wide - row * 70
        while start < 1640:
            panel = [(start, y), (start + wide * 0.94, y), (start + wide * 0.94 + skew, y - tall), (start + skew, y - tall)]
            c.shape([(px + 16, py + 15) for px, py in panel], "#4d5a60", alpha=0.5, blur=5)
            c.shape(panel, "#7fb4de", "#28568c", "#173560")
            for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
                c.stroke([(panel[0][0] + wide * 0.94 * share, y), (panel[3][0] + wide * 0.94 * share, y - tall)], 1.2 + near, "#bcd8ee", 0.55)
            for share in (0.33, 0.66):
                c.stroke([(start + skew * share, y - tall * share), (start + skew * share + wide * 0.94, y - tall * share)], 1.2 + near, "#bcd8ee", 0.55)
            c.stroke([*panel, panel[0]], 3 + 2 * near, "#e8eef0")
            c.shape([(start + wide * 0.5, y), (start + wide * 0.62, y), (start + wide * 0.62 + skew, y - tall), (start + wide * 0.5 + skew, y - tall)], "#ffffff", alpha=0.2, blur=3)
            start += wide
    c.person(1080, 842, 190, "#d9803a", "#2c3a55", skin="#6b4a38", pose="kneel")
    c.disc(1106, 716, 24, 16, "#f6d24a", "#d9a92c")
    c.person(660, 770, 150, "#d9803a", "#2c3a55", skin="#6b4a38", pose="walk")
    c.disc(664, 628, 17, 12, "#f6d24a", "#d9a92c")


def ngoc_linh_forest(c: Canvas) -> None:
    """Paint the forest of Ngọc Linh with ginseng in the undergrowth."""
    c.wash("#dfe8c8", "#a9c79a", "#5f8f6c", "#274a3a")
    c.glow(900, 220, 760, "#fff6cf", 0.9)
    for depth in range(5):
        tone = mix("#a3bf98", "#16281f", depth / 4)
        for _ in range(9 - depth):
            x = c.rng.uniform(-40, 1640)
            if 620 < x < 1080 and depth > 1:
                continue
            wide = 9 + depth * 13
            lean = c.rng.uniform(-30, 30)
            trunk = spline([(x - wide, 1100), (x - wide * 0.7 + lean * 0.4, 500), (x - wide * 0.6 + lean, -20), (x + wide * 0.6 + lean, -20), (x + wide * 0.7 + lean * 0.4, 500), (x + wide * 1.1, 1100)], closed=False)
            c.shape(trunk, mix(tone, "#f4f0c8", 0.22), tone, mix(tone, "#0c1812", 0.25), across=True)
            for _ in range(depth * 8):
                y = c.rng.uniform(0, 1000)
                c.dabs([(x + c.rng.uniform(-wide, wide) * 0.7, y, wide * 0.3, 5, 1.4, mix(tone, "#7f9a4c", 0.5))], 0.6)
        for _ in range(7):
            c.foliage(c.rng.uniform(-40, 1640), c.rng.uniform(-30, 190 - 20 * depth), 200, 90, [mix(tone, "#2c5f3a", 0.4), mix(tone, "#6f9a4c", 0.5), mix(tone, "#c3d67c", 0.5)], 170, 10 + depth)
        c.clouds(420 + depth * 60, 760 + depth * 70, "#eef3d8", 0.5 - depth * 0.09, (3, 5), 118, 2.2)
    for x, turn, spread in ((980, -0.4, 0.05), (900, -0.18, 0.07), (860, 0.12, 0.05), (1060, -0.62, 0.06)):
        c.beam(x, -120, 1250, turn, spread, "#fff8d4", 0.5)
    c.ridge(900, 40, "#2f5238", "#172c20", freq=4, rough=0.6)
    c.person(830, 892, 150, "#5c3f4a", "#1c2420", skin="#4d382c", pose="stoop")
    c.person(930, 884, 150, "#33506b", "#1c2420", skin="#4d382c", pose="walk", flip=True, hat="#cdb98a")
    for _ in range(46):
        y = c.rng.uniform(915, 1067)
        x = c.rng.uniform(-20, 1620)
        size = 16 + (y - 900) / 3.2
        tone = c.rng.choice(["#3f7a45", "#569a4c", "#2f6440", "#7fb45a"])
        c.stroke([(x, y + size * 0.4), (x, y - size * 0.7)], 2.4, "#6b7a45")
        for arm in range(5):
            angle = math.pi * (-0.98 + 0.24 * arm)
            ax, ay = x + size * 0.75 * math.cos(angle), y - size * 0.7 + size * 0.3 * math.sin(angle)
            c.shape(spline([(x, y - size * 0.7), (ax, ay - size * 0.16), (ax + size * 0.4 * math.cos(angle), ay + size * 0.1), (ax, ay + size * 0.15)]), mix(tone, "#e3efaa", 0.3), tone)
        if c.rng.random() < 0.4:
            c.dabs([(x + c.rng.uniform(-7, 7), y - size * 0.95 + c.rng.uniform(-7, 7), 4.4, 4.2, 0, c.rng.choice(["#d8322c", "#f0503c", "#a81f22"])) for _ in range(16)])


def phu_ninh_lake(c: Canvas) -> None:
    """Paint the islands of Phú Ninh lake at noon."""
    c.wash("#3f93c9", "#9accdf", "#eef0d8", bottom=430)
    c.clouds(0, 400, "#ffffff", 0.95, (1.8, 3), 116, 3.0)
    c.ridge(340, 110, "#7fa9bc", "#b5d0cb", freq=2, bottom=440)
    c.ridge(400, 60, "#5c938f", "#93bda0", freq=3, bottom=440)
    for cx, wide, tall, y in ((300, 240, 86, 438), (820, 170, 60, 437), (1310, 300, 110, 440)):
        dome = [(cx + wide * math.cos(math.pi * t / 30), y - tall * math.sin(math.pi * t / 30) ** 0.8) for t in range(31)]
        c.shape(dome, "#4d8a5c", "#2f6650")
        for _ in range(120):
            angle = c.rng.uniform(0, math.pi)
            c.foliage(cx + wide * 0.97 * math.cos(angle) * c.rng.random() ** 0.4, y - tall * math.sin(angle) * c.rng.uniform(0.4, 1.12), 22, 17, ["#2f6650", "#4d8f56", "#8fba62"], 20, 7)
        c.shape([(cx - wide, y - 6), (cx + wide, y - 6), (cx + wide * 0.98, y + 1), (cx - wide * 0.98, y + 1)], "#d9b27c", "#b0845a")
    c.wash("#3f86ac", "#2a6f98", top=440)
    c.reflect(440, 440, "#4f93a8", 0.25, 6)
    c.haze(470, 900, "#1f6a94", 0.7)
    c.streaks(442, 900, ["#ffffff", "#cfeaf0"], 240, 0.4)
    c.streaks(442, 900, ["#1d5f88", "#3f8fae"], 260, 0.4)
    sampan(c, 620, 620, 230, "#3a3f44")
    sampan(c, 1100, 540, 110, "#4d5a60", flip=True)
    for x, y, size in ((-10, 880, 210), (1620, 890, 240)):
        c.foliage(x, y - 60, size, 150, ["#1f4a38", "#33694a", "#5f9650", "#a8c96a"], 700, 12)


def reader_at_window(c: Canvas) -> None:
    """Paint somebody who reads at a tall window; an upright picture."""
    c.wash("#6f5a48", "#5a4436", "#3a2a22")
    c.box(250, 100, 760, 1150, "#bcd8dc", "#e6ecd4", "#f6e6b8")
    c.glow(640, 480, 620, "#fff6d8", 0.8)
    for x, y, rx, ry in ((360, 900, 230, 240), (880, 980, 240, 200), (620, 1120, 320, 140)):
        c.foliage(x, y, rx, ry, ["#5c8f68", "#86b070", "#b9cf86", "#e6e6a8"], 900, 12)
    for x in (236, 492, 750, 1002):
        c.box(x, 80, 22, 1190, "#efe4cc", "#c2ae8a", across=True)
    for y in (78, 430, 800, 1240):
        c.box(236, y, 790, 20, "#f4ead4", "#cbb894")
    c.box(180, 1252, 900, 40, "#d9c19a", "#a88658")
    for side in (-1, 1):
        for fold in range(5):
            x = 620 + side * (430 + fold * 50)
            c.shape(spline([(x - 32, -10), (x + 32, -10), (x + 36, 800), (x + 30, 1500), (x - 30, 1500), (x - 28, 800)]), mix("#d9c9a8", "#8a7658", fold % 2 * 0.7), mix("#a8916a", "#5c4a36", fold % 2 * 0.6))
    c.wash("#5c4230", "#33241a", top=1440)
    c.shape([(330, 1440), (930, 1440), (1180, 1600), (160, 1600)], "#ffe6b0", "#a87f4f", alpha=0.45, blur=16)
    dark = "#2a1f1c"
    # a figure seated sideways on the sill, a book on the knees
    c.shape(spline([(470, 1262), (452, 1100), (470, 940), (520, 872), (590, 880), (624, 960), (640, 1090), (650, 1262)]), "#4a3c40", dark)
    c.limb((560, 880), (572, 820), 26, 24, "#6b4a3a")
    c.shape(spline([(520, 800), (522, 726), (574, 690), (634, 716), (648, 776), (640, 820), (604, 846), (556, 836)]), "#33241f", "#1f1512")
    c.shape(spline([(604, 756), (640, 752), (654, 790), (640, 828), (606, 836)]), "#8a6048", "#6b4838")
    c.shape(spline([(516, 800), (512, 740), (560, 690), (622, 706), (628, 744), (590, 760), (578, 830), (548, 880), (508, 900), (500, 850)]), "#231815", "#160f0d")
    c.limb((560, 1226), (770, 1130), 66, 56, "#38303a")
    c.limb((770, 1130), (800, 1262), 52, 40, "#2f2830")
    c.limb((548, 960), (580, 1080), 38, 30, "#54454a")
    c.limb((580, 1080), (700, 1060), 27, 20, "#7a5644")
    c.shape([(668, 1062), (712, 984), (742, 996), (704, 1076)], "#fff9e6", "#d9c8a0")
    c.shape([(704, 1076), (742, 996), (836, 1000), (800, 1084)], "#fffdf4", "#e9dcb8")
    c.stroke(spline([(468, 940), (518, 872), (516, 800), (512, 740), (560, 692)], closed=False), 5, "#ffe6b8", 0.7)
    c.shape([(900, 1250), (912, 1170), (990, 1170), (1002, 1250)], "#b5653f", "#7a3f28", across=True)
    c.foliage(950, 1110, 80, 86, ["#2c5038", "#46784a", "#86ad5c"], 170, 12)
    c.beam(620, -80, 1900, 0.1, 0.24, "#fff2cc", 0.3)


def beach_run(c: Canvas) -> None:
    """Paint runners on the beach at sunrise."""
    y: float
    c.wash("#4a4a86", "#b5759a", "#ff9f7c", "#ffd99a", bottom=520)
    c.clouds(10, 340, "#ffb3a0", 0.75, (2, 7), 118, 2.4)
    c.clouds(180, 480, "#ffd9a8", 0.6, (2.6, 10), 124, 2.4)
    c.glow(1080, 500, 640, "#ffcf8a", 0.95)
    c.disc(1080, 500, 66, 66, "#fff8dc", "#ffe2a0")
    c.wash("#e39a86", "#b57f94", "#7a6f9a", top=518, bottom=700)
    c.streaks(520, 700, ["#ffe6b8", "#ffcf9a"], 260, 0.65, (8, 80), 1080, 0.34)
    c.streaks(520, 700, ["#6d6494", "#d58f8a"], 220, 0.4)
    edge = spline([(-40, 730), (300, 700), (700, 722), (1100, 690), (1640, 716)], closed=False, steps=12)
    for offset, alpha in ((-24, 0.5), (-10, 0.85)):
        c.shape([*[(x, y + offset + 4 * math.sin(x / 50)) for x, y in edge], (1640, 770), (-40, 770)], "#ffe9d2", alpha=alpha)
    c.shape([*edge, (1640, 1100), (-40, 1100)], "#c98f80", "#a5706a", "#6b4a58")
    c.shape([*edge, *[(x, y + 90) for x, y in reversed(edge)]], "#ffcfa8", alpha=0.4, blur=12)
    looks = ["#d8433c", "#3f6a9c", "#e9b24a", "#f4efe6", "#4d8a78", "#b5507a", "#3a4a7a", "#d8433c"]
    for number, (x, y, size) in enumerate(((1330, 800, 190), (1180, 824, 208), (1040, 812, 200), (880, 846, 228), (700, 838, 222), (520, 872, 246), (330, 866, 240), (150, 900, 262))):
        shade = oval(x - size * 0.35, y + 7, size * 0.5, size * 0.045, 0.06, 30)
        c.shape(shade, "#3f2a44", alpha=0.5, blur=4)
        c.person(x, y, size, mix(looks[number], "#3a2440", 0.25), "#2a1c34", skin="#4d3036", pose="run" if number % 3 else "walk")
    for _ in range(130):
        y = c.rng.uniform(860, 1050)
        c.dabs([(c.rng.uniform(0, 1600), y, 5 + (y - 850) / 18, 2, 0, c.rng.choice(["#8a5c62", "#d9a08c", "#5c4050"]))], 0.5)


def house_raising(c: Canvas) -> None:
    """Paint neighbours who build a house together."""
    c.wash("#8fbfd3", "#d3e2d3", "#fbeec2", bottom=620)
    c.clouds(0, 380, "#ffffff", 0.9, (2.2, 4), 120, 2.6)
    c.ridge(520, 110, "#86ab9f", "#c3cfa8", freq=2.2)
    c.haze(420, 660, "#fbf0c8", 0.5)
    c.ridge(600, 50, "#5f9070", "#9cb878", freq=4)
    c.wash("#c9ad7c", "#a8855a", "#7a5c3e", top=690)
    for x, y, size in ((90, 700, 130), (1530, 700, 150), (260, 690, 80)):
        c.foliage(x, y - size * 0.5, size, size * 0.8, ["#2c5a3c", "#4a8048", "#86ad58", "#c3d27c"], 400, 9)
    c.palm(1440, 706, 300, -26, "#6b5a44", "#3f7a4c", 15)
    # walls, frame and half a roof
    c.box(480, 500, 640, 260, "#cf8a5c", "#b5704a")
    for row in range(13):
        c.stroke([(480, 512 + row * 20), (1120, 512 + row * 20)], 2, "#e3c3a0", 0.7)
        for brick in range(17):
            x = 480 + brick * 40 + (20 if row % 2 else 0)
            c.stroke([(x, 512 + row * 20), (x, 532 + row * 20)], 1.6, "#e3c3a0", 0.6)
    for x, wide, tall in ((560, 90, 110), (760, 96, 196), (960, 90, 110)):
        c.box(x, 564, wide, tall, "#4a382e", "#33261f")
        c.box(x - 7, 556, wide + 14, 9, "#d9c9a8")
    ridge_y, eave = 330, 500
    for number in range(11):
        x = 450 + number * 70
        c.stroke([(x, eave), (560 + number * 48, ridge_y)], 7, "#8a5c34")
    for share in (0.0, 0.34, 0.67, 1.0):
        c.stroke([(450 + 110 * share, eave - 170 * share), (1150 - 110 * share, eave - 170 * share)], 6, "#9a6a3f")
    c.shape([(436, 506), (558, 326), (800, 326), (780, 506)], "#d0643f", "#a5452c")
    for row in range(9):
        y = 326 + row * 20
        c.stroke([(558 - 13.5 * row, y), (800 - 2.2 * row, y)], 2, "#7a2f1c", 0.5)
    c.person(860, 420, 150, "#3f6a9c", "#2b2f3d", skin="#6b4a38", pose="kneel", flip=True, hat="#efdfb2")
    c.person(990, 452, 150, "#b5513f", "#2b2f3d", skin="#6b4a38", pose="stoop", flip=True)
    c.person(640, 392, 140, "#e3d3a8", "#2b2f3d", skin="#6b4a38", pose="kneel", hat="#efdfb2")
    for x in (330, 400, 1190, 1260):
        c.stroke([(x, 770), (x, 380)], 8, "#b09a5c")
    for y in (470, 590, 700):
        c.stroke([(310, y), (430, y)], 7, "#c2ab6a")
        c.stroke([(1170, y), (1290, y)], 7, "#c2ab6a")
    c.person(1228, 588, 150, "#3f6a9c", "#2b2f3d", skin="#6b4a38", pose="stand", flip=True)
    c.person(368, 588, 150, "#7a4a6b", "#2b2f3d", skin="#6b4a38", pose="speak")
    for number, x in enumerate((170, 560, 700, 900, 1050, 1370)):
        y = (880, 850, 900, 860, 920, 870)[number]
        c.disc(x + 20, y + 3, 66, 10, "#5c4028", alpha=0.4, blur=5)
        c.person(x, y, 220 + number % 3 * 14, ("#3f6a9c", "#3f6a9c", "#d9b25c", "#f1ece0", "#3f6a9c", "#8a4650")[number], "#2b2f3d", skin="#6b4a38", pose=("walk", "dig", "walk", "stoop", "walk", "stand")[number], hat="#efdfb2" if number in (1, 3, 5) else None, flip=number in (2, 4))
    for row in range(5):
        for brick in range(9 - row):
            c.box(1180 + brick * 36 + row * 18, 1000 - row * 22, 33, 19, mix("#c8704a", "#a5502f", c.rng.random()), "#95452a")
    c.shape(spline([(180, 1010), (270, 930), (350, 915), (440, 950), (520, 1012)]), "#dcc393", "#b5956a")
    c.beam(300, -80, 1300, 0.35, 0.14, "#fff2c8", 0.3)


def lotus_plate(c: Canvas) -> None:
    """Draw a flat plate: one lotus in a ring of bronze-age rays."""
    c.wash("#8f1d21")
    c.disc(800, 534, 470, 470, "#a5292b")
    for ring, width in ((470, 5), (440, 2), (352, 3), (322, 2)):
        line = oval(800, 534, ring, ring, 0, 180)
        c.stroke([*line, line[0]], width, "#e3b457")
    for number in range(60):
        angle = 2 * math.pi * number / 60
        cx, cy = 800 + 396 * math.cos(angle), 534 + 396 * math.sin(angle)
        c.disc(cx, cy, 15, 15, "#e3b457")
        c.disc(cx, cy, 9, 9, "#a5292b")
        c.disc(cx, cy, 4, 4, "#e3b457")
    for number in range(28):
        angle = 2 * math.pi * number / 28
        cos, sin = math.cos(angle), math.sin(angle)
        c.shape([(800 + 310 * cos, 534 + 310 * sin), (800 + 240 * math.cos(angle + 0.07), 534 + 240 * math.sin(angle + 0.07)), (800 + 240 * math.cos(angle - 0.07), 534 + 240 * math.sin(angle - 0.07))], "#c98f3f")
    for side in (-1, 1):
        for row in range(11):
            c.stroke([(800 + side * 520, 330 + row * 41), (800 + side * 900, 330 + row * 41)], 3, "#a83a35")
    c.disc(800, 534, 232, 232, "#f6e6bd")
    for wave in range(4):
        line = [(x, 640 + wave * 22 + 6 * math.sin(x / 18 + wave)) for x in range(620 + wave * 22, 981 - wave * 22, 6)]
        c.stroke(line, 4, "#c98f3f")
    lotus(c, 800, 634, 178, "#b02a3c", "#f7c9bd")


def portrait(c: Canvas, wall: str, coat: str, shirt: str, hair: str, *, long: bool = False) -> None:
    """Paint the head and shoulders of somebody who does not exist, before a plain wall."""
    c.wash(mix(wall, "#ffffff", 0.35), wall, mix(wall, "#2a2a33", 0.25))
    c.glow(240, 330, 520, "#fff6e0", 0.55)
    skin, shade = "#d9a67e", "#b07c58"
    if long:
        c.shape(spline([(282, 300), (258, 470), (262, 690), (330, 720), (470, 720), (540, 690), (542, 470), (518, 300), (400, 214)]), hair, mix(hair, "#000000", 0.4))
    c.shape(spline([(60, 1090), (84, 900), (190, 800), (330, 752), (400, 744), (470, 752), (610, 800), (716, 900), (740, 1090)], closed=False), mix(coat, "#ffffff", 0.16), coat, mix(coat, "#000000", 0.35))
    c.shape([(338, 620), (462, 620), (470, 780), (400, 850), (330, 780)], shade, mix(shade, "#7a4a34", 0.5))
    c.shape([(330, 764), (400, 850), (352, 960), (286, 800)], shirt, mix(shirt, "#8a8a96", 0.3))
    c.shape([(470, 764), (400, 850), (448, 960), (514, 800)], shirt, mix(shirt, "#8a8a96", 0.45))
    for x in (278, 522):
        c.disc(x, 480, 24, 44, shade)
    c.shape(spline([(288, 400), (284, 500), (312, 600), (360, 668), (400, 682), (440, 668), (488, 600), (516, 500), (512, 400), (400, 300)]), mix(skin, "#fff0dc", 0.3), skin, shade, across=True)
    c.shape(spline([(276, 470), (270, 360), (316, 268), (400, 236), (486, 268), (530, 360), (524, 470), (506, 400), (470, 350), (400, 372), (330, 344), (296, 396)]), mix(hair, "#6b5a50", 0.35), hair)
    for x in (348, 452):
        c.stroke(spline([(x - 32, 434), (x, 422), (x + 32, 434)], closed=False), 8, hair, 0.9)
        c.disc(x, 472, 25, 11, "#fbf4ea")
        c.disc(x, 472, 11, 11, "#2a1d18")
    c.stroke(spline([(400, 470), (390, 540), (402, 556), (420, 550)], closed=False), 6, shade, 0.9)
    c.shape(spline([(356, 604), (400, 594), (444, 604), (400, 630)]), "#a8503f", "#8a3a30")
    c.shape(spline([(288, 420), (284, 500), (312, 600), (360, 668), (336, 560), (322, 470)]), "#fff0dc", alpha=0.35, blur=10)


def first_portrait(c: Canvas) -> None:
    """Paint a man in a dark coat."""
    portrait(c, "#9db3b8", "#2c3a55", "#f1ece0", "#2a2422")


def second_portrait(c: Canvas) -> None:
    """Paint a woman in a red gown."""
    portrait(c, "#c9b89a", "#8a3038", "#e9c9a0", "#241a18", long=True)


def third_portrait(c: Canvas) -> None:
    """Paint a woman in a green coat."""
    portrait(c, "#b5bfa3", "#2f5a4c", "#f6efe2", "#33241f", long=True)


# fmt: on
# ------------------------------------------------------------------------- the files


@dataclass(frozen=True)
class Picture:
    """One file to draw: where, what, how large, and what its EXIF says."""

    path: str
    scene: Callable[[Canvas], None]
    taken: str
    size: tuple[int, int] = (1600, 1067)
    warm: float = 0.0
    vignette: float = 0.3
    grain: float = 3.0
    quality: int = 71
    orientation: int = 1
    gps: tuple[float, float] | None = None
    beside: bool = False  # lies beside its article, so path counts from the folder above


PICTURES = (
    Picture(
        "anh/2025/binh-minh-thu-bon.jpg",
        thu_bon_dawn,
        "2025:04:12 05:41:08",
        warm=0.12,
        gps=(15.8772, 108.3281),
    ),
    Picture(
        "anh/2024/my-son-chieu-ta.jpg",
        my_son,
        "2024:07:20 17:52:33",
        warm=0.1,
        gps=(15.7636, 108.1246),
    ),
    Picture("anh/2025/hoi-truong-hoi-nghi.jpg", meeting_hall, "2025:03:06 08:22:14"),
    Picture("anh/2025/van-phong-so.jpg", digital_office, "2025:09:17 16:40:51"),
    Picture("anh/2025/trong-cay-dau-xuan.jpg", tree_planting, "2025:02:05 07:12:40", warm=0.1),
    Picture(
        "anh/2026/hoa-sua-huong-tra.jpg", sua_blossom, "2026:03:28 08:05:19", warm=0.1, quality=64
    ),
    Picture("anh/2025/dong-lua-mua-gat.jpg", harvest, "2025:04:28 16:20:05", warm=0.1),
    Picture("anh/2025/phong-doc-thu-vien.jpg", reading_room, "2025:05:14 09:12:47"),
    Picture("anh/2026/benh-vien-ve-dem.jpg", hospital_night, "2026:06:09 04:31:22"),
    Picture("anh/2024/ruong-bac-thang.jpg", rice_terraces, "2024:06:15 07:48:10", (1600, 1200)),
    Picture("anh/2024/hoi-an-den-long.jpg", hoi_an_lanterns, "2024:09:17 18:14:36"),
    Picture("anh/2025/bien-tam-thanh.jpg", tam_thanh_beach, "2025:07:06 06:55:03"),
    Picture("anh/2025/nui-tra-my.jpg", tra_my_mist, "2025:11:08 06:22:18"),
    Picture("anh/2025/san-truong-hoa-phuong.jpg", school_yard, "2025:05:23 09:40:29"),
    Picture("anh/2026/mua-tren-pho.jpg", rain_street, "2026:10:26 19:32:40"),
    Picture("anh/2025/dem-tam-ky.jpg", city_night, "2025:12:24 20:15:02"),
    Picture("anh/2025/dam-sen-phu-ninh.jpg", lotus_pond, "2025:05:18 06:38:11"),
    Picture("anh/2026/bat-tay-chao-mung.jpg", handshake, "2026:06:29 16:44:20"),
    Picture("anh/2026/ban-lam-viec-den-khuya.jpg", study_desk, "2026:05:26 21:18:07"),
    Picture("anh/2026/quay-tiep-dan.jpg", one_stop, "2026:10:12 07:24:55"),
    Picture("anh/2027/pho-xuan.jpg", spring_street, "2026:02:12 08:10:31"),
    Picture("anh/2023/cau-cua-dai.jpg", cua_dai_bridge, "2023:06:24 17:49:12", (1600, 900)),
    Picture("anh/2024/duong-que-mua-lua-xanh.jpg", dyke_road, "2024:02:27 07:21:43"),
    Picture(
        "nguoi-tot-viec-tot/2023/cho-som.jpg", village_market, "2023:11:04 05:52:16", beside=True
    ),
    Picture("anh/2026/mai-nha-dien-mat-troi.jpg", solar_field, "2026:05:08 10:33:28"),
    Picture("anh/2024/rung-ngoc-linh.jpg", ngoc_linh_forest, "2024:08:08 09:15:50"),
    Picture(
        "anh/2024/ho-phu-ninh.webp", phu_ninh_lake, "2024:04:30 11:40:00", (1600, 900), quality=74
    ),
    Picture(
        "anh/2025/ben-cua-so.jpg",
        reader_at_window,
        "2025:04:20 15:27:36",
        (1200, 1600),
        orientation=6,
    ),
    Picture("doan-the/2024/chay-bo-tam-thanh.jpg", beach_run, "2024:03:24 05:48:29", beside=True),
    Picture("anh/2025/dung-nha-nghia-tinh.jpg", house_raising, "2025:10:11 08:51:37"),
    Picture("anh/2023/hoa-tiet-sen.png", lotus_plate, "2023:05:10 09:00:00"),
    Picture(
        "people/le-quang-minh-triet.jpg",
        first_portrait,
        "2026:01:12 09:05:10",
        (800, 1067),
        beside=True,
    ),
    Picture(
        "people/tran-thi-hoai-thuong.jpg",
        second_portrait,
        "2026:01:12 09:12:44",
        (800, 1067),
        beside=True,
    ),
    Picture(
        "people/pham-ngoc-bich-tram.jpg",
        third_portrait,
        "2026:01:12 09:20:31",
        (800, 1067),
        beside=True,
    ),
)


def degrees(value: float) -> tuple[float, float, float]:
    """Split decimal degrees into degrees, minutes and seconds, as EXIF has them."""
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 2)


def exif_of(picture: Picture) -> Image.Exif:
    """Return the EXIF block a camera would have written."""
    exif = Image.Exif()
    exif[0x010F] = "Sitegen"  # Make
    exif[0x0110] = "Paintbox 1"  # Model
    exif[0x0112] = picture.orientation
    exif[0x0132] = picture.taken
    details = exif.get_ifd(0x8769)
    details[0x9003] = picture.taken  # DateTimeOriginal
    details[0x9004] = picture.taken
    if picture.gps:
        north, east = picture.gps
        place = exif.get_ifd(0x8825)
        place.update({0: b"\x02\x03\x00\x00", 1: "N", 2: degrees(north), 3: "E", 4: degrees(east)})
    return exif


def draw(picture: Picture, target: Path) -> str:
    """Draw one picture, write it, and say how large the file is."""
    canvas = Canvas(picture.path, *picture.size)
    picture.scene(canvas)
    file = (target.parent if picture.beside else target) / picture.path
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".png":  # a flat plate: few colours, no grain
        plate = canvas.finish(grain=0, brush=0, bloom=0.1, vignette=picture.vignette)
        plate.quantize(96, dither=Image.Dither.NONE).save(file, optimize=True)
    else:
        image = canvas.finish(warm=picture.warm, vignette=picture.vignette, grain=picture.grain)
        if picture.orientation == 6:
            image = image.transpose(Image.Transpose.ROTATE_90)
        if file.suffix == ".webp":
            image.save(file, quality=picture.quality, method=6)
        else:
            image.save(
                file,
                quality=picture.quality,
                optimize=True,
                progressive=True,
                subsampling="4:2:0",
                exif=exif_of(picture),
            )
    return f"{file.stat().st_size / 1000:7.0f} kB  {picture.path}"


def main() -> None:
    """Draw all pictures, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "target", nargs="?", type=Path, default=ROOT / "content" / "media", metavar="DIR"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="parts of file names")
    options = parser.parse_args()
    wanted = [
        p for p in PICTURES if not options.only or any(name in p.path for name in options.only)
    ]
    with ProcessPoolExecutor() as pool:
        for report in pool.map(draw, wanted, [options.target] * len(wanted)):
            print(report)


if __name__ == "__main__":
    main()
