"""Lets Django find the management commands of this edge."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "skillmark.edges.jobs"
    label = "jobs"
