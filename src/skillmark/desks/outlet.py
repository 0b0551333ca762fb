"""A ZIP on its way out: written while it is made, so that a big one never lies in memory as a whole."""

from __future__ import annotations

import io


class Outlet(io.RawIOBase):
    """Where the ZIP is written: what has come since the last time is taken away. It cannot go back, and says so."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole
