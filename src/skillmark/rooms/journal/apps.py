"""The journal room."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "skillmark.rooms.journal"
    label = "journal"
