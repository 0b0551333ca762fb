"""`manage.py run_jobs`: what `skillmark worker` starts."""

from __future__ import annotations

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the jobs until stopped."

    def handle(self, *args: object, **options: object) -> None:
        # The engine reads the settings when it is imported.
        from skillmark.edges.jobs import engine

        engine.run_forever()
