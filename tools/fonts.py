"""Makes the site's fonts anew from their packages; npm, fonttools and brotli are needed: python3 tools/fonts.py

Two families, both under the SIL Open Font License: Source Serif 4 for reading, Source Sans 3 for labels. Each is cut
to the weights and the letters that pages use; fonts.css names the files with their ranges, and with fallbacks whose
letters take as much room, so that nothing moves when a font arrives.
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
CSS = ROOT / "src/broadsheet/design/parts/tokens/fonts.css"
SERIF, SANS = "@fontsource-variable/source-serif-4@5.3.1", "@fontsource-variable/source-sans-3@5.3.0"
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
RANGES = {
    "latin": "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2010-2015,U+2018-201E,U+2020-2022,"
    "U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-017F,U+0192,U+01FA-01FF,U+0218-021B,U+1E80-1E85,U+1E9E,U+1EF2-1EF3",
    "cyrillic": "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}
# What every script needs beside its letters. A Cyrillic page has families of its own (see tokens.css) whose files hold
# these too, so that it need not load the Latin ones for its spaces and full stops.
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


def fallback(family: str, font: TTFont, *, cyrillic: bool = False) -> str:
    """A font of the reader's own, made as wide and as high as ours."""
    names, latin_width, cyrillic_width = FALLBACKS[family]
    adjust = (
        text_width(font, OFTEN_IN_RUSSIAN) / cyrillic_width if cyrillic else text_width(font, FREQUENT) / latin_width
    )
    family = f"{family} Cyrillic" if cyrillic else family
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


def cyrillic_family(cut: Cut, font: TTFont, latin: Path, folder: Path) -> "tuple[TTFont, list[str]]":
    """The cut's Cyrillic font and its faces in a family that is whole without the Latin file."""
    whole, file = f"{RANGES['cyrillic']},{COMMON}", f"{cut.name}-cyrillic"
    if any(isinstance(place, tuple) for place in cut.axes.values()):
        save(cut_font(latin, cut, COMMON), f"{cut.name}-common")
        own = replace(cut, family=f"{cut.family} Cyrillic")
        return font, [face(own, file, RANGES["cyrillic"]), face(own, f"{cut.name}-common", COMMON)]
    owns = [replace(one, family=f"{one.family} Cyrillic") for one in also_bold(cut)]
    return with_common(font, latin, cut, folder), [face(one, file, whole) for one in owns]


def save(font: TTFont, name: str) -> None:
    """Write the file, and say how large it is."""
    font.save(FONTS / f"{name}.woff2")
    sys.stdout.write(f"{name}.woff2 {(FONTS / f'{name}.woff2').stat().st_size}\n")


def main() -> int:
    """Make every file, and the style sheet that names them."""
    FONTS.mkdir(parents=True, exist_ok=True)
    CSS.parent.mkdir(parents=True, exist_ok=True)
    rules, stand_ins = [], {}
    with tempfile.TemporaryDirectory() as folder:
        sources = {package: packed(package, Path(folder)) for package in (SERIF, SANS)}
        (FONTS / "OFL.txt").write_bytes((sources[SERIF].parent / "LICENSE").read_bytes())
        for cut in CUTS:
            for script, ranges in RANGES.items():
                font = cut_font(sources[cut.package] / f"{cut.source.format(script=script)}.woff2", cut, ranges)
                rules += [face(one, f"{cut.name}-{script}", ranges) for one in also_bold(cut)]
                if script == "cyrillic":
                    latin = sources[cut.package] / f"{cut.source.format(script='latin')}.woff2"
                    font, more = cyrillic_family(cut, font, latin, Path(folder))
                    rules += more
                    stand_ins.setdefault(f"{cut.family} Cyrillic", fallback(cut.family, font, cyrillic=True))
                if script == "latin":
                    stand_ins.setdefault(cut.family, fallback(cut.family, font))
                save(font, f"{cut.name}-{script}")
    head = "/* Written by tools/fonts.py. */\n"
    CSS.write_text(head + "\n".join([*rules, *stand_ins.values()]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
