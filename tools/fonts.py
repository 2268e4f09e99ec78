"""Makes the site's fonts anew from their packages; npm, fonttools and brotli are needed: python3 tools/fonts.py

Two families, both under the SIL Open Font License: Source Serif 4 for reading, Source Sans 3 for labels. Each is cut
to the weights and the letters that pages use. For each script a style sheet names the files with their ranges, and with
fallbacks whose letters take as much room, so that nothing moves when a font arrives.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src/broadsheet/design/static/design/fonts"
TOKENS = ROOT / "src/broadsheet/design/parts/tokens"
SERIF, SANS = "@fontsource-variable/source-serif-4@5.3.1", "@fontsource-variable/source-sans-3@5.3.0"
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
RANGES = {
    # English whole, with the signs of a newspaper: each file fits into what a server sends at once (14 kB).
    "latin": "U+0020-007E,U+00A0,U+00A3,U+00A9,U+00AB,U+00B0,U+00B7,U+00BB,U+00D7,U+00E9,U+2010-2015,"
    "U+2018-201E,U+2022,U+2026,U+20AC,U+2212",
    "latin-1": "U+00A1-00A2,U+00A4-00A8,U+00AA,U+00AC-00AF,U+00B1-00B6,U+00B8-00BA,U+00BC-00D6,U+00D8-00E8,U+00EA-00FF,"
    "U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2020-2021,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2122,U+2190-2193",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-017F,U+0192,U+01FA-01FF,U+0218-021B,U+1E80-1E85,U+1E9E,U+1EF2-1EF3",
    "cyrillic": "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}
SOURCES = {"latin-1": "latin"}
# What every script needs beside its letters. On a Cyrillic page the Cyrillic files serve these too, so that it need not
# load the Latin ones for its spaces and full stops.
COMMON = "U+0020-0040,U+005B-0060,U+007B-007E,U+00A0,U+00A9,U+00AB,U+00BB,U+2013-2014,U+2018-201E,U+2026"
# How often letters stand in running text (per thousand), to compare the widths of fonts by.
FREQUENT = {
    " ": 180, "e": 102, "t": 74, "a": 66, "o": 61, "i": 57, "n": 57, "s": 51, "h": 49, "r": 49, "d": 34, "l": 33,
    "u": 23, "c": 22, "m": 20, "w": 19, "f": 18, "g": 16, "y": 16, "p": 15, "b": 12, "v": 8, "k": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """One file a script: the family as CSS names it, which package and axes it is made from, its weight and style."""

    family: str
    package: str
    source: str
    weight: str
    style: str
    axes: "dict[str, float | tuple[float, float]]"
    name: str


CUTS = (
    Cut("Broadsheet Display", SERIF, "source-serif-4-{script}-opsz-normal", "600", "normal",
        {"opsz": 44, "wght": 620}, "display"),
    Cut("Broadsheet Text", SERIF, "source-serif-4-{script}-opsz-normal", "400", "normal",
        {"opsz": 15, "wght": 400}, "text"),
    Cut("Broadsheet Text", SERIF, "source-serif-4-{script}-opsz-italic", "400", "italic",
        {"opsz": 15, "wght": 400}, "text-italic"),
    Cut("Broadsheet Sans", SANS, "source-sans-3-{script}-wght-normal", "400 640", "normal",
        {"wght": (400, 640)}, "sans"),
)  # fmt: skip
OFTEN_IN_RUSSIAN = {
    " ": 160, "о": 92, "е": 71, "а": 67, "и": 62, "н": 56, "т": 53, "с": 46, "р": 40, "в": 38, "л": 37, "к": 29,
    "м": 27, "д": 25, "п": 24, "у": 22, "я": 17, "ы": 16, "ь": 15, "г": 14, "з": 14, "б": 13, "ч": 12, "й": 10, "х": 8,
    "ж": 8, "ш": 6, "ю": 5, "ц": 4, "щ": 3, "э": 3,
}  # fmt: skip
# What stands in until a font has arrived: its names, and the width of an average letter of running text in it, in ems,
# in Latin and in Cyrillic letters (as Liberation Serif and Liberation Sans have them).
FALLBACKS = {
    "Broadsheet Display": (("Times New Roman", "Liberation Serif", "Tinos"), 0.4016, 0.4601),
    "Broadsheet Text": (("Times New Roman", "Liberation Serif", "Tinos"), 0.4016, 0.4601),
    "Broadsheet Sans": (("Arial", "Liberation Sans", "Arimo"), 0.4465, 0.5104),
}


def packed(package: str, into: Path) -> Path:
    """The package's fonts, unpacked."""
    done = subprocess.run(["npm", "pack", package, "--silent"], cwd=into, check=True, stdout=subprocess.PIPE, text=True)
    folder = into / done.stdout.strip().removesuffix(".tgz")
    with tarfile.open(into / done.stdout.strip()) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "files"


def cut_font(source: Path, cut: Cut, ranges: str) -> TTFont:
    """The font at the cut's place on its axes, with some letters."""
    held = io.BytesIO()
    instantiateVariableFont(TTFont(source), cut.axes).save(held)
    font = TTFont(held)
    options = Options()
    options.layout_features, options.hinting, options.desubroutinize = FEATURES, False, True
    options.name_IDs, options.notdef_outline, options.flavor = [1, 2, 13, 14], True, "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters_of(ranges))
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def letters_of(ranges: str) -> "list[int]":
    """The numbers of the letters in a `unicode-range`."""
    found = []
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def with_common(font: TTFont, source: Path, cut: Cut, folder: Path) -> TTFont:
    """The font with what every script needs, from the Latin source. (Fonts with axes left cannot be put together.)"""
    paths = []
    for number, part in enumerate((font, cut_font(source, cut, COMMON))):
        part.flavor = None
        paths.append(folder / f"{cut.name}-{number}.ttf")
        part.save(paths[-1])
    merged = Merger().merge([str(path) for path in paths])
    merged.flavor = "woff2"
    return merged


def text_width(font: TTFont, frequent: "dict[str, int]") -> float:
    """The width of an average letter of running text, in ems; of the letters that the font has."""
    widths, names = font["hmtx"], font.getBestCmap()
    found = {letter: often for letter, often in frequent.items() if ord(letter) in names}
    total = sum(widths[names[ord(letter)]][0] * often for letter, often in found.items())
    return float(total / sum(found.values()) / font["head"].unitsPerEm)


def face(cut: Cut, file: str, ranges: str) -> str:
    return (
        f'@font-face {{ font-family: "{cut.family}";\n'
        f'  src: url("/static/design/fonts/{file}.woff2") format("woff2");\n'
        f"  font-weight: {cut.weight}; font-style: {cut.style}; font-display: optional;\n"
        f"  unicode-range: {ranges}; }}"
    )


def fallback(family: str, font: TTFont, script: str) -> str:
    """A font of the reader's own, made as wide and as high as ours."""
    names, *widths = FALLBACKS[family]
    often, width = {"latin": (FREQUENT, widths[0]), "cyrillic": (OFTEN_IN_RUSSIAN, widths[1])}[script]
    adjust = text_width(font, often) / width
    height, em = font["hhea"], font["head"].unitsPerEm
    sources = ", ".join(f'local("{name}")' for name in names)
    return (
        f'@font-face {{ font-family: "{family} Fallback"; src: {sources};\n'
        f"  size-adjust: {adjust:.2%}; ascent-override: {height.ascent / em / adjust:.2%};\n"
        f"  descent-override: {-height.descent / em / adjust:.2%}; "
        f"line-gap-override: {height.lineGap / em / adjust:.2%}; }}"
    )


def also_bold(cut: Cut) -> "list[Cut]":
    """The cut, and as the text's bold letters the headlines': a file that the page has already."""
    return [cut, replace(cut, family="Broadsheet Text", weight="700")] if cut.family == "Broadsheet Display" else [cut]


def without(ranges: str, others: str) -> str:
    """A `unicode-range` without the letters of another."""
    left: list[list[int]] = []
    for letter in sorted({*letters_of(ranges)} - {*letters_of(others)}):
        if left and left[-1][1] == letter - 1:
            left[-1][1] = letter
        else:
            left.append([letter, letter])
    return ",".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in left)


def save(font: TTFont, name: str) -> None:
    """Write the file, and say how large it is."""
    font.save(FONTS / f"{name}.woff2")
    sys.stdout.write(f"{name}.woff2 {(FONTS / f'{name}.woff2').stat().st_size}\n")


def make_files(cut: Cut, sources: Path, folder: Path) -> "dict[str, TTFont]":
    """Write the cut's files; the fonts by script."""
    made = {}
    for script, ranges in RANGES.items():
        source = sources / f"{cut.source.format(script=SOURCES.get(script, script))}.woff2"
        made[script] = cut_font(source, cut, ranges)
    latin = sources / f"{cut.source.format(script='latin')}.woff2"
    if has_axes(cut):
        save(cut_font(latin, cut, COMMON), f"{cut.name}-common")
    else:
        made["cyrillic"] = with_common(made["cyrillic"], latin, cut, folder)
    for script, font in made.items():
        save(font, f"{cut.name}-{script}")
    return made


def has_axes(cut: Cut) -> bool:
    """Whether the file still varies; such a one cannot be put together with another."""
    return any(isinstance(place, tuple) for place in cut.axes.values())


def faces(cut: Cut, script: str) -> "list[str]":
    """What names the cut's files on a page of a script. A family is one, not two in a row: what follows a font in a row
    is loaded, too, when that font is late."""
    ranges = dict(RANGES)
    if script == "cyrillic":
        ranges = {name: without(letters, COMMON) for name, letters in RANGES.items()}
        if has_axes(cut):
            ranges["common"] = COMMON
        else:
            ranges["cyrillic"] = f"{RANGES['cyrillic']},{COMMON}"
    return [face(one, f"{cut.name}-{name}", letters) for name, letters in ranges.items() for one in also_bold(cut)]


def main() -> int:
    """Make every file, and the style sheets that name them."""
    FONTS.mkdir(parents=True, exist_ok=True)
    sheets = {"latin": ["/* Written by tools/fonts.py. */"], "cyrillic": ["/* Written by tools/fonts.py. */"]}
    with tempfile.TemporaryDirectory() as folder:
        sources = {package: packed(package, Path(folder)) for package in (SERIF, SANS)}
        (FONTS / "OFL.txt").write_bytes((sources[SERIF].parent / "LICENSE").read_bytes())
        for cut in CUTS:
            made = make_files(cut, sources[cut.package], Path(folder))
            for script, sheet in sheets.items():
                stand_in = [] if cut.style == "italic" else [fallback(cut.family, made[script], script)]
                sheet += [*faces(cut, script), *stand_in]
    for script, sheet in sheets.items():
        (TOKENS / f"fonts-{script}.css").write_text("\n".join(sheet) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
