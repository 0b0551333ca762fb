"""How much one request may bring: more is refused before any of it is read, so that nobody fills the disk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 110 * 2**20
"""The largest form takes files of 100 MB together. Each form has a smaller limit of its own, and says so in plain words."""


class Limited(FileUploadHandler):
    """Looks at the length that the request tells of itself, and leaves the rest to the handlers after it."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:  # fmt: skip
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
