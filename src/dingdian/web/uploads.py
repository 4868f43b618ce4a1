"""An upload that is too large ends while it arrives: it never fills the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class Limited(FileUploadHandler):
    """Stops at the size that the configuration allows; the request then says so (``too_large``)."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.left = settings.CONFIG.upload_limit_mb * 1024 * 1024

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what arrives while there is room.

        Raises:
            StopUpload: there is none left.
        """
        del start
        self.left -= len(raw_data)
        if self.left < 0:
            if self.request is not None:
                self.request.too_large = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
        del file_size
