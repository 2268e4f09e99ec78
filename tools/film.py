"""Makes the demo's film and its captions anew from tools/demo_film; needs Pillow and ffmpeg with libx264.

Stills of the mediabank are panned and zoomed between pixels, which ffmpeg's own filter cannot do without shaking, and
crossed. There is no sound and no lettering: what is seen and said stands in the captions, in each language.
"""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools/demo_film"
PICTURES = ROOT / "src/broadsheet/mediabank/demo_pictures/pictures"
TARGET = ROOT / "src/broadsheet/mediabank/demo_films"
WIDTH, HEIGHT, RATE = 1280, 720, 24
CROSS, FADE_IN, FADE_OUT = 1.2, 0.8, 1.2
"""Seconds in which a still becomes the next one, and in which the film comes out of the dark and goes back."""
MOST_BYTES = 2_500_000
LANGUAGES = ("en", "ru")
Shot = dict[str, Any]


def eased(share: float) -> float:
    """How far a movement has come: it sets out and arrives a little slower than it goes."""
    return 0.5 * share + 0.5 * share * share * (3 - 2 * share)


def seen(still: Image.Image, shot: Shot, share: float) -> Image.Image:
    """What a shot shows when it has come so far."""
    along = eased(share)
    (wide, x, y), (other_wide, other_x, other_y) = shot["from"], shot["to"]
    width = wide * (other_wide / wide) ** along * still.width
    height = width * HEIGHT / WIDTH
    left = (x + (other_x - x) * along) * still.width - width / 2
    top = (y + (other_y - y) * along) * still.height - height / 2
    left, top = max(0.0, min(left, still.width - width)), max(0.0, min(top, still.height - height))
    box = (left, top, min(left + width, still.width), min(top + height, still.height))
    return still.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=box)


def beginnings(shots: list[Shot]) -> list[float]:
    """When each shot begins, and last of all when the film ends, in seconds."""
    moments = [0.0]
    for shot in shots:
        moments.append(moments[-1] + shot["seconds"] - CROSS)
    return [*moments[:-1], moments[-1] + CROSS]


def frames(shots: list[Shot]) -> Iterator[Image.Image]:
    """Every frame of the film."""
    stills = [Image.open(PICTURES / f"{shot['picture']}.jpg").convert("RGB") for shot in shots]
    begins = beginnings(shots)
    dark = Image.new("RGB", (WIDTH, HEIGHT))
    for number in range(round(begins[-1] * RATE)):
        now = number / RATE
        frame = dark
        for shot, still, begin in zip(shots, stills, begins, strict=False):
            share = (now - begin) / shot["seconds"]
            if 0 <= share <= 1:
                came = 1.0 if begin == 0 else min(1.0, (now - begin) / CROSS)
                frame = Image.blend(frame, seen(still, shot, share), came) if came < 1 else seen(still, shot, share)
        light = min(1.0, now / FADE_IN, (begins[-1] - now) / FADE_OUT)
        yield frame if light >= 1 else Image.blend(dark, frame, light)


def write_film(shots: list[Shot], target: Path) -> None:
    """The film as an MP4 whose beginning says where everything stands, so that it plays while it comes."""
    command = [
        *("ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-", "-an", "-map_metadata", "-1", "-fflags", "+bitexact"),
        # A little softer than the photographs: leaves and grass would take twice the bytes.
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,gblur=sigma=0.6"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-c:v", "libx264", "-profile:v", "high", "-level", "3.1", "-preset", "slower", "-crf", "29.5"),
        *("-x264-params", "psy-rd=0.4,0:bframes=8:aq-mode=3", "-g", str(RATE * 8)),
        *("-flags:v", "+bitexact", "-movflags", "+faststart", str(target)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as ffmpeg:
        assert ffmpeg.stdin is not None
        for frame in frames(shots):
            ffmpeg.stdin.write(frame.tobytes())
        ffmpeg.stdin.close()
    if ffmpeg.returncode:
        raise SystemExit("ffmpeg did not make the film.")


def moment(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    return f"{thousandths // 60_000:02}:{thousandths // 1000 % 60:02}.{thousandths % 1000:03}"


def captions(shots: list[Shot], language: str) -> str:
    """The words of a language as WebVTT; they come when a still stands alone, and go before the next comes."""
    cues = []
    for shot, begin in zip(shots, beginnings(shots), strict=False):
        words = shot["words"]
        first, last = begin + CROSS * 0.75, begin + shot["seconds"] - CROSS * 0.75
        each = (last - first) / len(words)
        for place, said in enumerate(words):
            start, end = first + each * place, first + each * (place + 1) - 0.2
            cues.append(f"{moment(start)} --> {moment(end)}\n{said[language]}\n")
    return "\n".join(["WEBVTT\n", *cues])


def main() -> int:
    """Make every film that is described."""
    TARGET.mkdir(exist_ok=True)
    for source in sorted(SOURCES.glob("*.toml")):
        film = tomllib.loads(source.read_text(encoding="utf-8"))
        target = TARGET / f"{film['key']}.mp4"
        write_film(film["shots"], target)
        for language in LANGUAGES:
            written = captions(film["shots"], language)
            (TARGET / f"{film['key']}.{language}.vtt").write_text(written, encoding="utf-8")
        size = target.stat().st_size
        sys.stdout.write(f"{target.name}: {beginnings(film['shots'])[-1]:.1f} s, {size:,} bytes\n")
        if size > MOST_BYTES:
            sys.stderr.write(f"It is larger than {MOST_BYTES:,} bytes: raise -crf.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
