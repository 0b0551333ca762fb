"""The people room."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "skillmark.rooms.people"
    label = "people"
