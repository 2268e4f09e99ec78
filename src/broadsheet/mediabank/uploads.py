"""How large a file may be that comes in, held while it arrives: what is too large is never kept."""

import re
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

MOST_BYTES = 60 * 2**20
MOST_FILM_BYTES = 200 * 2**20
ROOM = 2**20
"""For the captions that come with a film."""
FORM_OF_FILMS = re.compile(r"/desk/films/(?:add|edit/[0-9]+)/", re.ASCII)


def too_large(most: int = 0) -> str:
    """The sentence that says so."""
    return _("The file is larger than %d MB.") % ((most or MOST_BYTES) // 2**20)


def most_bytes(request: Any) -> int:
    """How much a form may bring: more where films are added, and there only from somebody who is logged in.

    This is asked while the form arrives, before anybody's rights are known.
    """
    if request is None or not FORM_OF_FILMS.fullmatch(request.path):
        return MOST_BYTES
    session = getattr(request, "session", {})
    return MOST_FILM_BYTES + ROOM if session.get(SESSION_KEY) else MOST_BYTES


def check_size(file: Any) -> None:
    """A field's check; the form says what is wrong beside the field, and what was typed stays in it."""
    if not getattr(file, "_committed", False) and file.size > MOST_BYTES:
        raise ValidationError(too_large(), code="picture.too-large")


class TooLargeFile(SimpleUploadedFile):
    """A file of which nothing was kept but its name and its size."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size


class BoundedUpload(FileUploadHandler):
    """Stands before Django's own handlers, and lets no more through than a form may bring.

    The rest is still read, in small pieces, and forgotten: a browser shows an answer only after it has sent
    everything. All files of a form count together, so that many of them are no way around.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._before = self._size = 0
        self._most = most_bytes(request)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._before += self._size
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        was_too_large = self._is_too_large()
        self._size += len(raw_data)
        if not self._is_too_large():
            return raw_data
        if not was_too_large or start == 0:
            self._forget()
        return None

    def file_complete(self, file_size: int) -> TooLargeFile | None:
        return TooLargeFile(str(self.file_name), max(self._size, self._most + 1)) if self._is_too_large() else None

    def _forget(self) -> None:
        """Let the handlers behind this one remove what they have kept of the file."""
        assert self.request is not None
        for handler in self.request.upload_handlers:
            if handler is not self:
                handler.upload_interrupted()

    def _is_too_large(self) -> bool:
        return self._before + self._size > self._most
