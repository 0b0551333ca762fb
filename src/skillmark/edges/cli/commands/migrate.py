"""`skillmark migrate`: the database, up to this version."""

from __future__ import annotations

import argparse

from skillmark.edges.cli import start

ABOUT = "Make the database, or bring it up to this version. `skillmark up` does it by itself. Make a backup first."
EXAMPLE = "skillmark migrate"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say how much that was."""
    start.django(args)
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", verbosity=0, interactive=False)
    print(f"The database is up to date ({missing} steps)." if missing else "The database was up to date already.")
    return 0
