"""The signing room."""

from __future__ import annotations

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "skillmark.rooms.signing"
    label = "signing"
