"""The health room."""

from __future__ import annotations

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "skillmark.rooms.health"
    label = "health"
    default_auto_field = "django.db.models.BigAutoField"
