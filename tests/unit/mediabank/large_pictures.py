"""Pictures that are larger than their renditions, and what became of them on the disk."""

import io
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from broadsheet.mediabank.actions import add_picture
from broadsheet.mediabank.models import Picture
from broadsheet.mediabank.renditions import Source
from tests.factories import Newsroom

HASH = "0123456789abcdef01234567"
SECRET = b"kanareika"


def original(size: tuple[int, int] = (700, 350), mode: str = "RGB", kind: str = "JPEG", **more: Any) -> bytes:
    """Red above, blue below."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    if mode == "RGBA":
        image.putalpha(128)
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def source_of(
    media: Path, content: bytes, size: tuple[int, int] = (700, 350), ending: str = "jpg", name: str = "a"
) -> Source:
    (media / "originals").mkdir(parents=True, exist_ok=True)
    (media / "originals" / name).write_bytes(content)
    return Source(f"originals/{name}", f"pictures/01/{HASH}.{ending}", *size)


def files_in(media: Path) -> set[str]:
    folder = media / "renditions"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def fetch(client: Client, address: str) -> Any:
    """The answer, read to its end, so that its file is closed."""
    answer: Any = client.get(address)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def large_picture(newsroom: Newsroom, size: tuple[int, int] = (700, 350), title: str = "large", **more: Any) -> Picture:
    picture = Picture(title=title, creator="A. Photographer")
    picture.original = ContentFile(original(size, **more), name="large.jpg")
    return add_picture(newsroom.chief, picture)


def address(picture: Picture, width: int, ending: str) -> str:
    stem = Path(picture.shown.name).stem
    return f"/media/renditions/{stem[:2]}/{stem}-{width}.{ending}"
