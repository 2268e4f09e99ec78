"""All renditions of a photograph as we make them, beside a plain way: each from the original, AVIF at its own speed."""

import io
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.newsroom import alternate, demo_newsroom

PHOTOGRAPH = "stream.jpg"
PLAIN = {"avif": {"quality": 60, "speed": 6}, "webp": {"quality": 78}, "jpg": {"quality": 80, "progressive": True}}


def measure() -> list[tuple[str, str]]:
    """Seconds for its 18 files, the median of 5 alternating rounds, their sizes together, and the ratio."""
    demo_newsroom()
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from broadsheet.mediabank import demo
    from broadsheet.mediabank.files import make_shown_file
    from broadsheet.mediabank.rendition_files import make_missing, path_of, remove_renditions
    from broadsheet.mediabank.renditions import Source, renditions_of

    content = (demo.FOLDER / "pictures" / PHOTOGRAPH).read_bytes()
    shown = make_shown_file(io.BytesIO(content))
    # A name of its own, so that the demo's renditions are not in the way.
    name = default_storage.save("originals/benchmark.jpg", ContentFile(content))
    source = Source(name, f"pictures/00/{'0' * 24}.jpg", shown.original_width, shown.original_height)
    sizes = sorted({rendition.size for rendition in renditions_of(source)})
    found = {}
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> None:
            remove_renditions(source.shown)
            made = make_missing(source)
            assert made == 18, made
            found["ours"] = sum(path_of(rendition).stat().st_size for rendition in renditions_of(source))

        def plain() -> None:
            found["plain"] = sum(_plainly(content, Path(folder), sizes))

        times = alternate(5, 1, ours=ours, plain=plain)
    remove_renditions(source.shown)
    default_storage.delete(name)
    our_time, plain_time = median(times["ours"]), median(times["plain"])
    return [
        ("renditions: 18 files as we make them", f"{our_time:.2f} s, {found['ours'] / 1000:.0f} kB"),
        ("renditions: each from the original, AVIF at speed 6", f"{plain_time:.2f} s, {found['plain'] / 1000:.0f} kB"),
        (
            "renditions: ratio",
            f"{our_time / plain_time:.2f} of the time, {found['ours'] / found['plain']:.2f} of the bytes",
        ),
    ]


def _plainly(content: bytes, folder: Path, sizes: list[tuple[int, int]]) -> list[int]:
    from PIL import Image, ImageOps

    written = []
    for size in sizes:
        for ending, options in PLAIN.items():
            with Image.open(io.BytesIO(content)) as image:
                path = folder / f"{size[0]}.{ending}"
                ImageOps.exif_transpose(image).convert("RGB").resize(size, Image.Resampling.LANCZOS).save(
                    path, **options
                )
                written.append(path.stat().st_size)
    return written
