"""Draws the demo's charts and maps anew from tools/demo_charts; needs Pillow, fonttools and brotli.

Each is a PNG of 1600 px for the mediabank, in the site's own letters and colours, with its source beneath.
"""

import io
import sys
import tomllib
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools/demo_charts"
FONTS = ROOT / "src/broadsheet/design/static/design/fonts"
TARGET = ROOT / "src/broadsheet/mediabank/demo_pictures/pictures"
WIDTH, HEIGHT, EDGE = 1600, 1000, 80
PAPER, INK, QUIET, RULE = "#fbf9f5", "#17130f", "#5e564e", "#d8d0c5"
SERIES = ("#9b1220", "#1c4c8c", "#0a6647")
LINES = {"river": ("#7fb1c9", 12), "coast": ("#7fb1c9", 6), "rail": ("#5e564e", 5), "road": ("#b58a4a", 7)}
BORDER = ("#a59c92", 4)
Spot = tuple[float, float]
Box = tuple[float, float, float, float]


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """One of the site's fonts at a size in pixels."""
    held = io.BytesIO()
    loaded = TTFont(FONTS / f"{name}-latin.woff2")
    loaded.flavor = None
    loaded.save(held)
    held.seek(0)
    return ImageFont.truetype(held, size)


# Large: on a phone a sheet is a fifth of its width.
DISPLAY, LABEL, SMALL = font("display", 76), font("sans", 48), font("sans", 40)


def number(value: float) -> str:
    return f"{value:,.2f}" if value != int(value) and value < 2 else f"{value:,.1f}".removesuffix(".0")


def wrapped(draw: ImageDraw.ImageDraw, text: str, letters: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if draw.textlength(f"{lines[-1]} {word}", letters) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def frame(chart: dict[str, Any]) -> tuple[Image.Image, ImageDraw.ImageDraw, int]:
    """A sheet with its title, unit and source; and where what is drawn may begin."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(sheet)
    top = 56
    for line in wrapped(draw, chart["title"], DISPLAY, WIDTH - 2 * EDGE):
        draw.text((EDGE, top), line, INK, DISPLAY)
        top += 88
    if chart["unit"]:
        draw.text((EDGE, top + 8), chart["unit"], QUIET, LABEL)
        top += 68
    draw.text((EDGE, HEIGHT - 72), chart["source"], QUIET, SMALL)
    return sheet, draw, top + 40


def bars(draw: ImageDraw.ImageDraw, chart: dict[str, Any], top: int) -> None:
    rows, bottom = chart["rows"], HEIGHT - 120
    step = (bottom - top) / len(rows)
    names = max(draw.textlength(str(row[0]), LABEL) for row in rows) + 30
    room = WIDTH - 2 * EDGE - names - 150
    most = max(row[1] for row in rows)
    for place, (name, value) in enumerate(rows):
        middle = top + step * (place + 0.5)
        draw.text((EDGE, middle), str(name), INK, LABEL, anchor="lm")
        left = EDGE + names
        draw.rectangle((left, middle - step * 0.32, left + room * value / most, middle + step * 0.32), SERIES[0])
        draw.text((left + room * value / most + 16, middle), number(value), INK, LABEL, anchor="lm")


def columns(draw: ImageDraw.ImageDraw, chart: dict[str, Any], top: int) -> None:
    rows, bottom = chart["rows"], HEIGHT - 220
    step = (WIDTH - 2 * EDGE) / len(rows)
    most = max(row[1] for row in rows)
    for place, (name, value) in enumerate(rows):
        middle = EDGE + step * (place + 0.5)
        height = (bottom - top - 50) * value / most
        draw.rectangle((middle - step * 0.33, bottom - height, middle + step * 0.33, bottom), SERIES[0])
        draw.text((middle, bottom - height - 10), number(value), INK, SMALL, anchor="mb")
        for line, text in enumerate(wrapped(draw, str(name), SMALL, int(step * 1.05))):
            draw.text((middle, bottom + 14 + 46 * line), text, INK, SMALL, anchor="ma")
    draw.line((EDGE, bottom, WIDTH - EDGE, bottom), INK, 3)


def line(draw: ImageDraw.ImageDraw, chart: dict[str, Any], top: int) -> None:
    rows, bottom = chart["rows"], HEIGHT - 210
    most = max(value for row in rows for value in row[1:]) * 1.08
    left, right = EDGE + 20, WIDTH - EDGE - 440
    spots = [left + (right - left) * place / (len(rows) - 1) for place in range(len(rows))]
    for share in range(5):
        height = bottom - (bottom - top) * share / 4
        draw.line((left, height, right, height), RULE, 2)
    for place, row in enumerate(rows):
        for line_of_it, text in enumerate(str(row[0]).split()):
            draw.text((spots[place], bottom + 16 + 42 * line_of_it), text, INK, SMALL, anchor="ma")
    for series in range(len(rows[0]) - 1):
        points = [(spots[n], bottom - (bottom - top) * row[series + 1] / most) for n, row in enumerate(rows)]
        draw.line(points, SERIES[series], 8, joint="curve")
        name = chart["header"][series + 1] if "header" in chart else ""
        draw.text((right + 20, points[-1][1]), f"{number(rows[-1][series + 1])}  {name}", SERIES[series], LABEL, "lm")
    for share in range(5):
        height = bottom - (bottom - top) * share / 4
        written(draw, (left, height - 6), number(round(most * share / 4, 1)), QUIET, SMALL, "lb")


def written(
    draw: ImageDraw.ImageDraw, place: Spot, text: str, colour: str, letters: ImageFont.FreeTypeFont, anchor: str
) -> None:
    """Write above what is drawn already, with paper around the letters."""
    draw.text(place, text, colour, letters, anchor, stroke_width=7, stroke_fill=PAPER)


def free_place(
    draw: ImageDraw.ImageDraw, spots: list[Spot], text: str, letters: ImageFont.FreeTypeFont, taken: list[Box]
) -> tuple[Spot, str]:
    """Where a name stands beside one of its spots, on the sheet and off every other name; the first if none is free."""
    sides = [((22, -4), "lb"), ((22, 8), "la"), ((-22, -4), "rb"), ((-22, 8), "ra"), ((0, -20), "mb"), ((0, 20), "ma")]
    for x, y in spots:
        for (right, down), anchor in sides:
            place = (x + right, y + down)
            left, top, end, bottom = draw.textbbox(place, text, letters, anchor)
            on_sheet = left >= EDGE / 2 and end <= WIDTH - EDGE / 2
            if on_sheet and not any(left < b[2] and b[0] < end and top < b[3] and b[1] < bottom for b in taken):
                return place, anchor
    return (spots[0][0] + 22, spots[0][1] - 4), "lb"


def plan(draw: ImageDraw.ImageDraw, chart: dict[str, Any], top: int) -> None:
    bottom = HEIGHT - 110

    def spot(x: float, y: float) -> tuple[float, float]:
        return EDGE + (WIDTH - 2 * EDGE) * x / 100, top + (bottom - top) * y / 100

    names: list[tuple[list[Spot], str, str, ImageFont.FreeTypeFont]] = []
    taken: list[Box] = []
    for entry in sorted(chart.get("lines", []), key=lambda entry: entry["kind"] == "road"):
        colour, width = LINES.get(entry["kind"], BORDER)
        points = [spot(*point) for point in entry["points"]]
        if entry["kind"] == "road" and ("round" in entry["name"].lower() or "planned" in entry["name"].lower()):
            colour = SERIES[0]
        draw.line(points, colour, width, joint="curve")
        names.append((points[len(points) // 2 :] + points, entry["name"], QUIET, SMALL))
    for entry in chart.get("places", []):
        x, y = spot(entry["x"], entry["y"])
        size, colour = (13, SERIES[0]) if entry["kind"] == "mark" else (11, INK)
        draw.ellipse((x - size, y - size, x + size, y + size), colour)
        names.insert(0, ([(x, y)], entry["name"], colour, LABEL))
        taken.append((x - size, y - size, x + size, y + size))
    for spots, name, colour, letters in names:
        place, anchor = free_place(draw, spots, name, letters, taken)
        written(draw, place, name, colour, letters, anchor)
        taken.append(draw.textbbox(place, name, letters, anchor))


def main() -> int:
    """Draw all of them."""
    ways = {"bars": bars, "columns": columns, "line": line, "map": plan}
    for source in sorted(SOURCES.glob("*.toml")):
        chart = tomllib.loads(source.read_text(encoding="utf-8"))
        sheet, draw, top = frame(chart)
        ways[chart["kind"]](draw, chart, top)
        sheet.quantize(64).save(TARGET / f"{chart['key']}.png", optimize=True)
        sys.stdout.write(f"{chart['key']}.png\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
