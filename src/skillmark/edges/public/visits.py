"""What a browser has opened of other people's shares: whether the PIN was right, and which line of the log is this visit."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.http import HttpRequest

from skillmark.rooms.records.rules.shares import SAME_READER

KEY = "shares-read"
_MOST = 20  # shares remembered in one browser; the oldest is asked for its PIN again


class Visit:
    """One browser at one share. `view_id` is the line of the log, None: none yet."""

    def __init__(self, request: HttpRequest, *, share_id: uuid.UUID) -> None:
        self._session, self._name = request.session, str(share_id)
        self._kept: dict[str, object] = dict(request.session.get(KEY, {}).get(self._name, {}))

    @property
    def knows_pin(self) -> bool:
        return bool(self._kept.get("pin"))

    @property
    def view_id(self) -> uuid.UUID | None:
        view = self._kept.get("view")
        return uuid.UUID(str(view)) if view else None

    def is_the_same(self, *, now: datetime) -> bool:
        """Whether it was opened here a few minutes ago, so that this is no new visit."""
        at = self._kept.get("seen")
        return isinstance(at, float) and now.timestamp() - at < SAME_READER.total_seconds()

    def note_pin(self) -> None:
        self._write({"pin": True})

    def note_view(self, *, view_id: uuid.UUID) -> None:
        self._write({"view": str(view_id)})

    def note_seen(self, *, now: datetime) -> None:
        self._write({"seen": now.timestamp()})

    def _write(self, told: dict[str, object]) -> None:
        self._kept |= told
        others = {name: kept for name, kept in self._session.get(KEY, {}).items() if name != self._name}
        newest = list(others.items())[-(_MOST - 1) :]
        self._session[KEY] = {**dict(newest), self._name: self._kept}
